// Signing in against the whole server: real sockets, real pino, a clock that the test moves.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import type { Viewer } from '../../src/server/index.js';
import { manualClock } from '../helpers/manual-platform.js';
import { refusedBy } from '../helpers/ws-client.js';
import { entriesOf, startServer, TOKEN } from './start-server.js';

const msgs = (frames: readonly string[]): unknown[] => entriesOf(frames).map((entry) => entry['msg']);

describe('signing in', () => {
  const expiring = (clock: { now(): number }, ms: number) => ({ token }: { token: string | null }): Viewer | null => (
    token === TOKEN || token === 'fresh' ? { id: 'ada', expiresAt: clock.now() + ms } : token === 'demoted' ? { id: 'ada', allowed: false } : null);

  test('runs out at its time, with its reason, and not one entry after', async (context) => {
    const clock = manualClock(), server = await startServer(context, { clock, authenticate: expiring(clock, 10_000) });
    const plain = await server.watch('info'), extended = await server.watch('info', true);
    clock.advance(9_999);
    server.logger.info('in time');
    await plain.next();
    clock.advance(1);
    server.logger.info('too late');
    for (const client of [plain, extended]) assert.deepEqual(await client.closed, { code: 4001, reason: 'The sign-in has expired.' });
    const error = '{"type":"auth","status":"error","error":{"code":"TOKEN_EXPIRED","message":"Token expired."}}';
    assert.deepEqual(plain.frames.slice(2), [error]);
    assert.deepEqual(extended.frames.slice(-2), [error, '{"type":"logs","event":"bye","code":"expired"}']);
    assert.equal(msgs([...plain.frames, ...extended.frames]).includes('too late'), false);
  });

  test('is renewed on the open socket, again and again, without a missing entry', async (context) => {
    const clock = manualClock(), server = await startServer(context, { clock, authenticate: expiring(clock, 10_000) }), client = await server.watch('info');
    for (let cycle = 0; cycle < 20; cycle++) {
      clock.advance(9_000);
      assert.equal(await client.ask({ type: 'auth', access_token: 'fresh', uid: cycle }), `{"type":"auth","status":"ok","uid":${cycle}}`);
      server.logger.info(String(cycle));
      assert.deepEqual(msgs([await client.next()]), [String(cycle)]);
    }
  });

  test('with a token that is refused ends the connection', async (context) => {
    const clock = manualClock(), server = await startServer(context, { clock, authenticate: expiring(clock, 10_000) });
    for (const [token, message, rest] of [['wrong', 'Authentication failed.', ',"uid":"u"'], ['demoted', 'Unauthorized access.', '']] as const) {
      const client = await server.watch('info');
      assert.equal(await client.ask({ type: 'auth', access_token: token, uid: 'u' }), `{"type":"auth","status":"error","error":{"code":"AUTH_FAILED","message":"${message}"}${rest}}`);
      assert.equal((await client.closed).code, 4003);
    }
  });

  test('a viewer that has stopped reading is cut off at its expiry, with what it had not read', async (context) => {
    const clock = manualClock(), server = await startServer(context, { clock, authenticate: expiring(clock, 10_000) }), client = await server.watch('info', true);
    client.pause();
    const text = 'x'.repeat(1000);
    for (let index = 0; index < 20_000; index++) {
      server.logger.info({ index, text });
      if (index % 200 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    clock.advance(10_000);
    client.resume();
    assert.equal((await client.closed).code, 1006);
    assert.ok(entriesOf(client.frames).every((entry) => entry['index'] !== 19_999));
  });

  test('a token is nowhere: not in what is logged, sent, answered or told', async (context) => {
    const secret = 's3cr3t-t0ken', lines: string[] = [], told: string[] = [];
    const server = await startServer(context, {
      level: 'trace',
      authenticate: ({ token }) => (token === TOKEN ? { id: 'ada' } : token === secret ? Promise.reject(new Error('no database')) : null),
      onError: (error) => told.push(String(error)),
    });
    const client = await server.watch('trace');
    server.logger.trace('begin');
    for (const path of ['', '/x']) lines.push((await refusedBy(`ws://${server.host}/websocket/logs${path}?access_token=${secret}`)).body);
    lines.push((await refusedBy(`ws://${server.host}/websocket/logs?access_token=${secret}&access_token=${secret}`)).body);
    lines.push(await client.ask({ type: 'auth', access_token: secret }), await client.next());
    assert.equal([...lines, ...told, ...client.frames].filter((line) => line.includes(secret)).length, 0);
    assert.deepEqual(told, ['Error: no database']);
  });
});

describe('heartbeat', () => {
  test('a viewer that answers pings stays, one that does not is cut off', async (context) => {
    const clock = manualClock(), server = await startServer(context, { clock }), alive = await server.watch('info'), dead = await server.watch('info');
    dead.pause();
    for (let beat = 1; beat <= 2; beat++) {
      clock.advance(30_000);
      await alive.until(() => alive.pings === beat, 'a ping');
      // its pong is on the way; when a ping of its own comes back, the server has read it
      alive.socket.ping();
      await once(alive.socket, 'pong');
    }
    dead.resume();
    assert.equal((await dead.closed).code, 1006);
    assert.equal(alive.isClosed, false);
  });
});
