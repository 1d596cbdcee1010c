import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ASK_AGAIN_MS, CONNECT_TIMEOUT_MS } from '../../src/core/connection.js';
import { encodeBye, encodeError } from '../../src/core/protocol.js';
import { advance, connected, live } from '../helpers/connection-bench.js';
import { settled, type FakeSocket } from '../helpers/fake-socket.js';

const SUBSCRIBE = '{"type":"subscribe","log_level":"info","ext":{"v":1}}';

/** When a token runs out Directus sends the first and, a millisecond later, the second. */
const EXPIRY = ['TOKEN_EXPIRED', 'AUTH_TIMEOUT'];

describe('a cause', () => {
  for (const [what, end, code] of [
    ['a goodbye', (socket: FakeSocket) => socket.say(encodeBye('restart')), 'server-stopped'],
    ['a goodbye that is busy', (socket: FakeSocket) => socket.say(encodeBye('busy')), 'busy'],
    ['the two errors of an expiry', (socket: FakeSocket) => EXPIRY.forEach((name) => socket.say(encodeError('auth', name, 'x'))), 'sign-in-expired'],
    ['nothing', () => undefined, 'connection-lost'],
  ] as const) {
    test(`of a live connection that ends after ${what} is ${code}`, async () => {
      const made = await live();
      end(made.socket);
      made.socket.end(code === 'connection-lost' ? 1006 : 1005);
      assert.deepEqual([made.cause, made.probes.length], [code, 1], 'and the one question by HTTP was that for the floor');
    });
  }

  test('is told by the close code where the socket was open, though nothing was answered', async () => {
    const made = await connected();
    made.socket.open();
    made.socket.end(1013, 'Too many viewers.');
    assert.deepEqual([made.cause, made.probes.length], ['busy', 0]);
  });

  test('of a failure that an error of long ago did not bring is not that error', async () => {
    const made = await live();
    made.socket.say(encodeError('logs', 'REQUESTS_EXCEEDED', 'Too many.'));
    await advance(made.clock, 12_500);
    made.socket.acknowledge();
    await advance(made.clock, 12_500);
    await advance(made.clock, 5000);
    assert.equal(made.cause, 'connection-lost');
  });

  test('that nobody can know is asked about over HTTP, and then said better', async () => {
    const made = await connected({ accessToken: 'SECRET' });
    made.socket.end();
    assert.deepEqual([made.cause, made.probes.map(({ url, token }) => `${url} ${token}`)], ['no-connection', ['https://logs.example.com/server/info SECRET']]);
    made.probes[0]?.answer({ kind: 'silent' });
    await settled();
    assert.deepEqual([made.cause, made.states], ['unreachable', 'connecting reconnecting reconnecting']);
    await advance(made.clock, 500);
    made.socket.end();
    assert.equal(made.cause, 'unreachable', 'the next failure begins with what is known');
    await advance(made.clock, 500);
    made.socket.accept();
    made.socket.end();
    await advance(made.clock, 500);
    made.socket.end();
    assert.equal(made.cause, 'no-connection', 'and forgets it once it was live');
  });

  test('that HTTP tells and no other try can mend ends the tries too', async () => {
    const made = await connected({ accessToken: 'wrong' });
    made.socket.end();
    made.probes[0]?.answer({ kind: 'readable', status: 401, body: null });
    await settled();
    assert.deepEqual([made.connection.status.state, made.cause, made.clock.pending], ['closed', 'not-allowed', 0]);
  });

  test('that HTTP tells while the next try is under way is said when that fails: where everything is swallowed it takes longer than the wait', async () => {
    const made = await connected();
    await advance(made.clock, CONNECT_TIMEOUT_MS);
    assert.equal(made.cause, 'no-answer');
    await advance(made.clock, 500);
    made.probes[0]?.answer({ kind: 'silent' });
    await settled();
    assert.equal(made.connection.status.state, 'connecting');
    await advance(made.clock, CONNECT_TIMEOUT_MS);
    assert.equal(made.cause, 'unreachable');
  });

  test('is not changed by an answer that comes too late', async () => {
    const made = await connected();
    made.socket.end();
    await advance(made.clock, 500);
    made.socket.accept();
    made.probes[0]?.answer({ kind: 'silent' });
    await settled();
    assert.equal(made.connection.status.state, 'live');
    made.socket.end();
    await advance(made.clock, 500);
    made.socket.end();
    assert.equal(made.cause, 'no-connection');
    made.connection.disconnect();
    made.probes[1]?.answer({ kind: 'opaque' });
    await settled();
    assert.deepEqual(made.connection.status, { state: 'closed', cause: null });
  });

  test('does without an answer where asking fails', async () => {
    for (const probe of [() => Promise.reject(new Error('no')), () => { throw new Error('no'); }]) {
      const made = await connected({ probe });
      made.socket.end();
      await settled();
      assert.deepEqual([made.cause, made.states], ['no-connection', 'connecting reconnecting']);
    }
  });

  test('is the browser’s own word where that is offline', async () => {
    const made = await connected({ isOnline: () => false });
    made.socket.end();
    assert.deepEqual([made.cause, made.probes.length], ['offline', 0]);
  });

  test('that no other try can mend ends the tries of a fixed token, but not those of a function', async () => {
    for (const isFunction of [false, true]) {
      const made = await live({ accessToken: isFunction ? () => 'a' : 'a' });
      made.socket.say(encodeError('auth', 'AUTH_FAILED', 'Authentication failed.'));
      made.socket.end(1005);
      assert.deepEqual([made.cause, made.connection.status.state, made.clock.pending], isFunction ? ['not-allowed', 'reconnecting', 1] : ['not-allowed', 'closed', 0]);
    }
  });
});

describe('the level', () => {
  test('below which a server without the extension sends nothing is asked for over HTTP, once', async () => {
    const made = await live();
    assert.deepEqual(made.probes.map(({ url }) => url), ['https://logs.example.com/server/info']);
    made.probes[0]?.answer({ kind: 'readable', status: 200, body: { data: { websocket: { logs: { allowedLogLevels: { warn: 40, error: 50, fatal: 60 } } } } } });
    await settled();
    assert.deepEqual(made.connection.status, { state: 'live', level: 'info', floor: 'warn', numbered: false, silentSince: null, othersAway: null });
    await advance(made.clock, 12_500);
    made.socket.acknowledge();
    assert.deepEqual(made.connection.status, { state: 'live', level: 'info', floor: 'warn', numbered: false, silentSince: null, othersAway: null });
    assert.deepEqual([made.probes.length, made.states], [1, 'connecting live live']);
  });

  test('is changed on the open socket, and live is what the server has acknowledged', async () => {
    const made = await live();
    made.connection.setLevel('info');
    made.connection.setLevel('debug');
    assert.equal(made.connection.status.state === 'live' && made.connection.status.level, 'info');
    made.socket.acknowledge('debug');
    assert.equal(made.connection.status.state === 'live' && made.connection.status.level, 'debug');
    assert.deepEqual(made.socket.sent, [SUBSCRIBE, SUBSCRIBE.replace('info', 'debug')]);
    await advance(made.clock, 12_500);
    assert.deepEqual(made.socket.sent.at(-1), SUBSCRIBE.replace('info', 'debug'), 'the question about silence asks for the new one too');
  });

  test('that is changed before the answer is asked for anew, so that the answer to the old one is not taken for it', async () => {
    const made = await connected();
    made.socket.open();
    made.connection.setLevel('trace');
    assert.deepEqual(made.socket.sent, [SUBSCRIBE, SUBSCRIBE.replace('info', 'trace')]);
    made.socket.acknowledge('info');
    assert.equal(made.connection.status.state === 'live' && made.connection.status.level, 'info');
    made.socket.acknowledge('trace');
    assert.equal(made.connection.status.state === 'live' && made.connection.status.level, 'trace');
  });

  test('that is changed without a socket is that of the next subscription', async () => {
    const made = await connected();
    made.connection.setLevel('warn');
    made.socket.end();
    made.connection.setLevel('error');
    await advance(made.clock, 500);
    made.socket.open();
    assert.deepEqual(made.socket.sent, [SUBSCRIBE.replace('info', 'error')]);
  });

  test('that was asked for once too often is asked for again, until the server hears it', async () => {
    const made = await live({ resume: () => new Map() }), refusal = encodeError('logs', 'REQUESTS_EXCEEDED', 'Too many messages, retry after 2000ms.');
    made.connection.setLevel('debug');
    const asked = made.socket.sent.at(-1);
    made.socket.say(refusal);
    made.socket.say(refusal);
    assert.equal(made.socket.sent.length, 2);
    await advance(made.clock, ASK_AGAIN_MS);
    assert.deepEqual(made.socket.sent.slice(2), [asked]);
    made.socket.say(refusal);
    await advance(made.clock, ASK_AGAIN_MS);
    assert.deepEqual(made.socket.sent.slice(3), [asked]);
    made.socket.acknowledge('debug');
    made.socket.say(refusal);
    await advance(made.clock, 2 * ASK_AGAIN_MS);
    assert.equal(made.socket.sent.length, 4, 'of anything else nothing is said again');
    made.connection.setLevel('trace');
    made.socket.say(refusal);
    made.connection.disconnect();
    assert.equal(made.clock.pending, 0);
  });

  test('that an answer does not name is the one that was asked for', async () => {
    const made = await connected();
    made.socket.open();
    made.socket.say('{"type":"logs","event":"subscribe"}');
    assert.equal(made.connection.status.state === 'live' && made.connection.status.level, 'info');
  });
});
