import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeServerFrame, NONE_QUIET } from '../../src/core/protocol.js';
import { source } from './hub-bench.js';
import { sessionOf, START } from './start-session.js';

describe('messages', () => {
  test('subscribe, subscribe again, unsubscribe', () => {
    const { say, log, socket } = sessionOf();
    log();
    assert.deepEqual(say({ type: 'unsubscribe' }), ['{"type":"logs","event":"unsubscribe"}'], 'also before any subscription');
    assert.deepEqual(say({ type: 'subscribe', log_level: 'info', uid: '1' }), ['{"type":"logs","event":"subscribe","log_level":"info"}']);
    log();
    assert.deepEqual(socket.take(), ['{"type":"logs","data":{"level":30,"time":1,"msg":"2"},"uid":"a"}']);
    assert.deepEqual(say({ type: 'subscribe', log_level: 'warn' }), ['{"type":"logs","event":"subscribe","log_level":"warn"}']);
    log(30);
    log(40);
    assert.deepEqual(socket.take(), ['{"type":"logs","data":{"level":40,"time":1,"msg":"4"},"uid":"a"}']);
    assert.deepEqual(say({ type: 'unsubscribe' }), ['{"type":"logs","event":"unsubscribe"}']);
    log(50);
    assert.deepEqual(socket.take(), []);
  });

  test('the same subscription again, as a sign of life, loses nothing of what was on its way', () => {
    const { say, log, socket } = sessionOf();
    say({ type: 'subscribe', log_level: 'info' });
    socket.bufferedBytes = 2000;
    log();
    say({ type: 'subscribe', log_level: 'info' });
    socket.bufferedBytes = 0;
    log();
    assert.deepEqual(socket.take(), ['{"type":"logs","data":{"level":30,"time":1,"msg":"1"},"uid":"a"}', '{"type":"logs","data":{"level":30,"time":1,"msg":"2"},"uid":"a"}']);
  });

  test('places in several messages are one resume, which begins with the message that says no more of them', () => {
    const { say, hub, socket } = sessionOf(), [a, b] = [source('a'), source('b')];
    hub.receive(a.log(30, 30));
    hub.receive(b.log(30, 30));
    const ext = (instance: string, more: object): object => ({ type: 'subscribe', log_level: 'info', ext: { v: 1, resume: { [instance]: { epoch: 'e', seq: 1 } }, ...more } });
    assert.deepEqual(say(ext('a', { more: true })), [], 'not answered, and nothing is sent');
    hub.receive(a.log(30));
    assert.deepEqual(socket.take(), []);
    const [answer = '', ...frames] = say(ext('b', {}));
    assert.match(answer, /"streams":\{"a":\{"epoch":"e","seq":1,"l":\{\}\},"b":\{"epoch":"e","seq":1,"l":\{\}\}\}/);
    assert.deepEqual(frames.flatMap((frame) => frame.match(/"msg":"\d"/g) ?? []), ['"msg":"2"', '"msg":"2"', '"msg":"3"']);
    assert.equal(say(ext('a', { more: true })).length, 1, 'to a subscription there is nothing more');
  });

  test('places that are given up with an unsubscribe, or are more than there can be streams, are not kept', () => {
    const { say, hub } = sessionOf();
    const places = (from: number, more: boolean): object => ({ type: 'subscribe', log_level: 'info', ext: { v: 1, more, resume: Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`i${from + n}`, { epoch: 'e', seq: 1 }])) } });
    let asked = -1;
    const { join } = hub;
    hub.join = (...given) => {
      asked = given[3]?.size ?? 0;
      return join.apply(hub, given);
    };
    for (let from = 0; from < 1080; from += 60) say(places(from, true));
    say({ type: 'subscribe', log_level: 'info', ext: { v: 1 } });
    assert.equal(asked, 1000);
    const other = sessionOf();
    other.say(places(0, true));
    other.say({ type: 'unsubscribe' });
    assert.doesNotMatch(other.say({ type: 'subscribe', log_level: 'info', ext: { v: 1 } }).join(), /unknown/);
  });

  test('a subscription below the floor is acknowledged as asked, and the extension says the floor', () => {
    const { say, log, socket } = sessionOf();
    assert.deepEqual(say({ type: 'subscribe', log_level: 'trace', ext: { v: 1 } }), ['{"type":"logs","event":"subscribe","log_level":"trace","ext":{"v":1,"floor":"debug","hub":"hub00001",'
      + '"mark_ms":5000,"keep":{"entries":10,"bytes":10000,"ms":60000},"streams":{}}}']);
    log(10);
    log(20);
    assert.deepEqual(socket.take(), [
      '{"type":"logs","event":"stream","uid":"a","epoch":"e","seq":0,"l":{},"state":"new"}',
      '{"type":"logs","data":{"level":20,"time":1,"msg":"2"},"uid":"a","epoch":"e","seq":2,"lseq":1}',
    ]);
    assert.deepEqual(say({ type: 'subscribe', log_level: 'info', ext: { v: 1 } }).map((frame) => frame.replace(/^.*"streams"/, '')), [':{"a":{"epoch":"e","seq":2,"l":{"20":1}}}}}']);
  });

  test('a level that is none is refused, and the old subscription stays', () => {
    const { say, log, socket } = sessionOf();
    say({ type: 'subscribe', log_level: 'info' });
    for (const level of ['verbose', 'INFO', '', 'silent', 'constructor', 'toString', '__proto__', 'info ']) {
      assert.deepEqual(say({ type: 'subscribe', log_level: level }), [JSON.stringify({ type: 'logs', status: 'error', error: { code: 'INVALID_PAYLOAD', message: `Invalid "${level}" log level` } })]);
    }
    log();
    assert.equal(socket.take().length, 1);
  });

  test('a level that is no text, and what is no message, are told apart as Directus does', () => {
    const { say } = sessionOf();
    for (const [level, kind] of [[30, 'number'], [null, 'null'], [undefined, 'undefined'], [['info'], 'array'], [{}, 'object']] as const) {
      const message = `Validation error: Invalid input: expected string, received ${kind} at "log_level" or Invalid input: expected "unsubscribe" at "type"`;
      assert.deepEqual(say({ type: 'subscribe', log_level: level }), [JSON.stringify({ type: 'logs', status: 'error', error: { code: 'INVALID_PAYLOAD', message } })]);
    }
    for (const text of ['not json', '', '[]', 'null', '"subscribe"', '{"hello":1}', '{"type":5}']) {
      assert.deepEqual(say(text), ['{"type":"server","status":"error","error":{"code":"INVALID_PAYLOAD","message":"Unable to parse the incoming message."}}'], text);
    }
    for (const type of ['pong', 'logs', 'items', 'constructor']) assert.deepEqual(say({ type }), []);
  });

  test('a ping is answered where the extension is spoken', () => {
    const { say } = sessionOf();
    assert.deepEqual(say({ type: 'ping' }), []);
    say({ type: 'subscribe', log_level: 'info', ext: { v: 1 } });
    assert.deepEqual(say({ type: 'ping' }), ['{"type":"pong"}']);
  });

  test('too many messages are dropped and said; a flood ends the session', () => {
    const { say, clock, socket } = sessionOf();
    for (let index = 0; index < 20; index++) assert.equal(say({ type: 'unsubscribe' })[0], '{"type":"logs","event":"unsubscribe"}');
    clock.advance(4000);
    assert.deepEqual(say({ type: 'subscribe', log_level: 'info' }), ['{"type":"server","status":"error","error":{"code":"REQUESTS_EXCEEDED","message":"Too many messages, retry after 6000ms."}}']);
    clock.advance(6000);
    assert.equal(say({ type: 'subscribe', log_level: 'info' })[0], '{"type":"logs","event":"subscribe","log_level":"info"}');
    for (let index = 0; index < 99; index++) say({ type: 'unsubscribe' });
    assert.equal(socket.closedWith, null);
    say({ type: 'unsubscribe' });
    assert.deepEqual(socket.closedWith, [1008, 'Too many messages.']);
    assert.deepEqual(say({ type: 'unsubscribe' }), []);
    assert.equal(clock.pending, 0);
  });

  test('no text at all makes it throw', () => {
    const any = fc.jsonValue();
    const nearly = fc.record({ type: fc.constantFrom('subscribe', 'auth', 'ping'), log_level: any, ext: any, access_token: any, uid: any }, { requiredKeys: ['type'] });
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), nearly.map((value) => JSON.stringify(value))), (text) => {
      const { say } = sessionOf();
      for (const frame of say(text)) assert.doesNotThrow(() => JSON.parse(frame));
    }), { numRuns: 500 });
  });
});

describe('heartbeat', () => {
  test('who answers a ping stays; who lets one pass is cut off at the next', () => {
    const { clock, socket, session } = sessionOf();
    for (let beat = 1; beat <= 5; beat++) {
      clock.advance(30_000);
      assert.equal(socket.pings, beat);
      session.pong();
    }
    clock.advance(30_000);
    assert.equal(socket.closedWith, null);
    clock.advance(29_999);
    assert.equal(socket.closedWith, null);
    clock.advance(1);
    assert.equal(socket.closedWith, 'cut');
  });

  test('any message is a sign of life', () => {
    const { clock, socket, say } = sessionOf();
    for (let beat = 0; beat < 5; beat++) {
      clock.advance(30_000);
      say({ type: 'unsubscribe' });
    }
    assert.equal(socket.closedWith, null);
  });

  test('behind a backlog a pipe that moves is alive, and one that stands still is not', () => {
    const { clock, socket } = sessionOf();
    socket.bufferedBytes = 100_000;
    for (let beat = 0; beat < 5; beat++) {
      clock.advance(30_000);
      socket.takenBytes += 1;
    }
    assert.equal(socket.closedWith, null);
    clock.advance(30_000);
    assert.equal(socket.closedWith, null);
    clock.advance(30_000);
    assert.equal(socket.closedWith, 'cut');
  });

  test('a network that takes everything proves nobody', () => {
    const { clock, socket } = sessionOf();
    for (let beat = 0; beat < 2; beat++) {
      clock.advance(30_000);
      socket.takenBytes += 1000;
    }
    assert.equal(socket.closedWith, 'cut');
  });
});

describe('the end', () => {
  test('a server that stops says so, tells what a slow viewer is owed, and closes', () => {
    const { say, socket, session, log, clock } = sessionOf();
    log();
    say({ type: 'subscribe', log_level: 'info', ext: { v: 1 } });
    socket.bufferedBytes = 2000;
    log();
    session.restart(700);
    assert.deepEqual(socket.take().map(decodeServerFrame), [
      { type: 'gap', instance: 'a', epoch: 'e', from: 2, to: 2, cause: 'slow', levels: new Map([[30, 1]]) },
      { type: 'mark', time: START, streams: new Map([['a', { epoch: 'e', seq: 2, levels: new Map([[30, 2]]) }]]), quiet: NONE_QUIET },
      { type: 'bye', code: 'restart', retryMs: 700 },
    ]);
    assert.deepEqual(socket.closedWith, [1012, 'The server is shutting down.']);
    session.restart(700);
    session.closed();
    assert.equal(clock.pending, 0);
  });

  test('a socket that is gone leaves nothing behind', () => {
    const { say, session, clock, log, socket } = sessionOf({ viewer: { id: 'ada', expiresAt: START + 1e9 } });
    say({ type: 'subscribe', log_level: 'info' });
    session.closed();
    log();
    assert.deepEqual([clock.pending, socket.take(), socket.closedWith], [0, [], null]);
  });
});
