import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { StampedEntry } from '../../src/core/protocol.js';
import type { FrameBatch } from '../../src/server/frame-batch.js';
import { LogHub } from '../../src/server/log-hub.js';
import type { SignIn, Viewer } from '../../src/server/sign-in.js';
import { ViewerSession, type SessionSocket } from '../../src/server/viewer-session.js';
import { manualClock } from '../helpers/manual-platform.js';

class FakeSocket implements SessionSocket {
  readonly sent: string[] = [];
  bufferedBytes = 0;
  takenBytes = 0;
  pings = 0;
  closedWith: [number, string] | 'cut' | null = null;

  send(batch: FrameBatch): void {
    this.sent.push(...batch.texts);
  }

  sendText(text: string): void {
    this.sent.push(text);
  }

  ping(): void {
    this.pings++;
  }

  close(code: number, reason: string): void {
    this.closedWith = [code, reason];
  }

  cut(): void {
    this.closedWith = 'cut';
  }

  /** What came since this was asked last. */
  take(): string[] {
    return this.sent.splice(0);
  }
}

const START = 1_000_000;

function sessionOf({ viewer = { id: 'ada' }, answers = {} }: { viewer?: Viewer; answers?: Record<string, SignIn | Promise<SignIn>> } = {}) {
  const clock = manualClock(START), socket = new FakeSocket(), asked: string[] = [];
  const hub = new LogHub({ instance: 'hub00001', floor: 'debug', style: 'raw', clock, maxBufferedBytes: 1000, maxRingEntries: 10, maxRingBytes: 10_000 });
  const session = new ViewerSession({
    socket, viewer, hub, clock, heartbeatMs: 30_000, maxMessages: 20, messageWindowMs: 10_000,
    signIn: (token) => {
      asked.push(token);
      return Promise.resolve(answers[token] ?? { verdict: 'unknown' });
    },
  });
  let seq = 0;
  const log = (level = 30): void => {
    seq++;
    hub.receive([{ instance: 'a', epoch: 'e', seq, lseq: seq, level, text: `{"level":${level},"msg":"${seq}"}` } satisfies StampedEntry]);
  };
  const say = (message: object | string): string[] => {
    session.message(typeof message === 'string' ? message : JSON.stringify(message));
    return socket.take();
  };
  return { clock, socket, hub, session, asked, log, say };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const allowed = (expiresAt?: number): SignIn => ({ verdict: 'allowed', viewer: expiresAt === undefined ? { id: 'ada' } : { id: 'ada', expiresAt } });

describe('messages', () => {
  test('subscribe, subscribe again, unsubscribe', () => {
    const { say, log, socket } = sessionOf();
    log();
    assert.deepEqual(say({ type: 'unsubscribe' }), ['{"type":"logs","event":"unsubscribe"}'], 'also before any subscription');
    assert.deepEqual(say({ type: 'subscribe', log_level: 'info', uid: '1' }), ['{"type":"logs","event":"subscribe","log_level":"info"}']);
    log();
    assert.deepEqual(socket.take(), ['{"type":"logs","data":{"level":30,"msg":"2"},"uid":"a"}']);
    assert.deepEqual(say({ type: 'subscribe', log_level: 'warn' }), ['{"type":"logs","event":"subscribe","log_level":"warn"}']);
    log(30);
    log(40);
    assert.deepEqual(socket.take(), ['{"type":"logs","data":{"level":40,"msg":"4"},"uid":"a"}']);
    assert.deepEqual(say({ type: 'unsubscribe' }), ['{"type":"logs","event":"unsubscribe"}']);
    log(50);
    assert.deepEqual(socket.take(), []);
  });

  test('a subscription below the floor is acknowledged as asked, and the extension says the floor', () => {
    const { say, log, socket } = sessionOf();
    assert.deepEqual(say({ type: 'subscribe', log_level: 'trace', ext: { v: 1 } }), ['{"type":"logs","event":"subscribe","log_level":"trace","ext":{"v":1,"floor":"debug","hub":"hub00001"}}']);
    log(10);
    log(20);
    assert.deepEqual(socket.take(), ['{"type":"logs","data":{"level":20,"msg":"2"},"uid":"a","epoch":"e","seq":2,"lseq":2}']);
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
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.record({ type: fc.constantFrom('subscribe', 'auth', 'ping'), log_level: fc.jsonValue(), ext: fc.jsonValue(), access_token: fc.jsonValue(), uid: fc.jsonValue() }, { requiredKeys: ['type'] }).map((value) => JSON.stringify(value))), (text) => {
      const { say } = sessionOf();
      for (const frame of say(text)) assert.doesNotThrow(() => JSON.parse(frame));
    }), { numRuns: 500 });
  });
});

describe('signing in again on the open socket', () => {
  test('a good token moves the expiry, and the subscription stays', async () => {
    const { say, socket, clock, session, log } = sessionOf({ viewer: { id: 'ada', expiresAt: START + 10_000 }, answers: { good: allowed(START + 60_000), forever: allowed() } });
    say({ type: 'subscribe', log_level: 'info' });
    clock.advance(7000);
    session.message('{"type":"auth","access_token":"good"}');
    await settled();
    assert.deepEqual(socket.take(), ['{"type":"auth","status":"ok"}']);
    clock.advance(50_000);
    log();
    assert.equal(socket.take().length, 1);
    session.pong();
    session.message('{"type":"auth","access_token":"forever","uid":7}');
    await settled();
    assert.deepEqual(socket.take(), ['{"type":"auth","status":"ok","uid":7}']);
    clock.advance(10_000);
    assert.equal(socket.closedWith, null);
  });

  for (const [answer, message, uid] of [
    [{ verdict: 'unknown' }, 'Authentication failed.', true], [{ verdict: 'expired' }, 'Authentication failed.', true], [{ verdict: 'forbidden' }, 'Unauthorized access.', false],
  ] as const) {
    test(`a token that is refused (${answer.verdict}) ends the session with its reason`, async () => {
      const { session, socket, clock, log } = sessionOf({ answers: { bad: answer } });
      session.message('{"type":"subscribe","log_level":"info","ext":{"v":1}}');
      socket.take();
      session.message('{"type":"auth","access_token":"bad","uid":"u1"}');
      await settled();
      log();
      assert.deepEqual(socket.take(), [
        JSON.stringify({ type: 'auth', status: 'error', error: { code: 'AUTH_FAILED', message }, ...(uid ? { uid: 'u1' } : {}) }),
        '{"type":"logs","event":"bye","code":"forbidden"}',
      ]);
      assert.deepEqual(socket.closedWith, [4003, 'The new token was refused.']);
      assert.equal(clock.pending, 0);
    });
  }

  test('where the application cannot say, the old sign-in holds', async () => {
    const { session, socket } = sessionOf({ answers: { any: { verdict: 'unavailable', reason: 'The sign-in check of this server failed.' } } });
    session.message('{"type":"auth","access_token":"any","uid":1}');
    await settled();
    assert.deepEqual(socket.take(), ['{"type":"auth","status":"error","error":{"code":"SERVICE_UNAVAILABLE","message":"The sign-in check of this server failed."},"uid":1}']);
    assert.equal(socket.closedWith, null);
  });

  test('several tokens are asked about one after the other; the last good one counts', async () => {
    let answerFirst = (_: SignIn): void => undefined;
    const first = new Promise<SignIn>((resolve) => (answerFirst = resolve));
    const { session, socket, asked, clock } = sessionOf({ answers: { first, second: allowed(START + 90_000) } });
    session.message('{"type":"auth","access_token":"first","uid":1}');
    session.message('{"type":"auth","access_token":"second","uid":2}');
    await settled();
    assert.deepEqual(asked, ['first']);
    answerFirst(allowed(START + 20_000));
    await settled();
    assert.deepEqual(socket.take(), ['{"type":"auth","status":"ok","uid":1}', '{"type":"auth","status":"ok","uid":2}']);
    clock.advance(25_000);
    assert.equal(socket.closedWith, null);
  });

  test('an answer that comes after the end changes nothing', async () => {
    let answer = (_: SignIn): void => undefined;
    const { session, socket, clock } = sessionOf({ viewer: { id: 'ada', expiresAt: START + 1000 }, answers: { slow: new Promise<SignIn>((resolve) => (answer = resolve)) } });
    session.message('{"type":"auth","access_token":"slow"}');
    await settled();
    clock.advance(1000);
    const sent = socket.take().length;
    assert.deepEqual([sent, socket.closedWith?.[0]], [1, 4001]);
    answer(allowed());
    await settled();
    assert.deepEqual([socket.take(), clock.pending], [[], 0]);
  });

  test('a message without a token, or with an empty one, renews nothing', async () => {
    const { say, asked } = sessionOf();
    assert.deepEqual(say({ type: 'auth', uid: 'empty' }), ['{"type":"server","status":"error","error":{"code":"INVALID_PAYLOAD","message":"An \\"auth\\" message needs an \\"access_token\\"."}}']);
    await settled();
    assert.deepEqual(asked, []);
  });
});

describe('expiry', () => {
  test('at its time, not before, the session says why, sends no entry more, and closes', () => {
    const { say, clock, socket, log } = sessionOf({ viewer: { id: 'ada', expiresAt: START + 10_000 } });
    say({ type: 'subscribe', log_level: 'info', ext: { v: 1 } });
    clock.advance(9_999);
    log();
    assert.equal(socket.take().length, 1);
    clock.advance(1);
    log();
    assert.deepEqual(socket.take(), ['{"type":"auth","status":"error","error":{"code":"TOKEN_EXPIRED","message":"Token expired."}}', '{"type":"logs","event":"bye","code":"expired"}']);
    assert.deepEqual(socket.closedWith, [4001, 'The sign-in has expired.']);
    assert.equal(clock.pending, 0);
  });

  test('a plain client is not sent our own goodbye', () => {
    const { say, clock, socket } = sessionOf({ viewer: { id: 'ada', expiresAt: START + 10_000 } });
    say({ type: 'subscribe', log_level: 'info' });
    clock.advance(10_000);
    assert.deepEqual(socket.take(), ['{"type":"auth","status":"error","error":{"code":"TOKEN_EXPIRED","message":"Token expired."}}']);
  });

  test('what waits in the socket is cut off with it', () => {
    const { say, clock, socket } = sessionOf({ viewer: { id: 'ada', expiresAt: START + 10_000 } });
    say({ type: 'subscribe', log_level: 'info' });
    socket.bufferedBytes = 5;
    clock.advance(10_000);
    assert.deepEqual([socket.take(), socket.closedWith], [[], 'cut']);
  });

  test('a sign-in of a year, or for ever, does not end after the 25 days that a timer can wait', () => {
    const year = 365 * 86_400_000;
    for (const expiresAt of [START + year, Infinity]) {
      const { clock, socket, session } = sessionOf({ viewer: { id: 'ada', expiresAt } });
      for (let passed = 0; passed < year - 30_000; passed += 30_000) {
        session.pong();
        clock.advance(30_000);
        if (passed > 40 * 86_400_000) break;
      }
      assert.equal(socket.closedWith, null);
    }
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
    say({ type: 'subscribe', log_level: 'info', ext: { v: 1 } });
    socket.bufferedBytes = 2000;
    log();
    session.restart();
    assert.deepEqual(socket.take(), [
      `{"type":"logs","data":{"level":40,"time":${START},"msg":"[log stream] 1 entry not delivered: this viewer was too slow (1 info)"},"uid":"hub00001"}`,
      '{"type":"logs","event":"bye","code":"restart"}',
    ]);
    assert.deepEqual(socket.closedWith, [1012, 'The server is shutting down.']);
    session.restart();
    session.closed();
    assert.equal(clock.pending, 0);
  });

  test('a socket that is gone leaves nothing behind', () => {
    const { say, session, clock, hub, log, socket } = sessionOf({ viewer: { id: 'ada', expiresAt: START + 1e9 } });
    say({ type: 'subscribe', log_level: 'info' });
    session.closed();
    log();
    assert.deepEqual([clock.pending, hub.ring.head, socket.take(), socket.closedWith], [0, 0, [], null]);
  });
});
