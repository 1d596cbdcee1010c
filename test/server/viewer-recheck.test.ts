import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { manualClock } from '../helpers/manual-platform.js';
import { entriesOf, startServer, TOKEN } from './start-server.js';
import { allowed, sessionOf, settled, START } from './start-session.js';
import type { SignIn } from '../../src/server/sign-in.js';

const UPGRADE = 'what came with the upgrade', RECHECK_MS = 45_000;
const failed = '{"type":"auth","status":"error","error":{"code":"AUTH_FAILED","message":"Unauthorized access."}}';

describe('asking again', () => {
  test('is done from time to time, with what the viewer brought, and then with its newest token', async () => {
    const { session, clock, asked, socket } = sessionOf({ answers: { '': allowed(), fresh: allowed() } });
    clock.advance(RECHECK_MS - 1);
    await settled();
    assert.deepEqual(asked, []);
    clock.advance(1);
    await settled();
    session.message('{"type":"auth","access_token":"fresh"}');
    await settled();
    clock.advance(15_000);
    session.pong();
    clock.advance(30_000);
    await settled();
    assert.deepEqual(asked, [UPGRADE, 'fresh', 'fresh']);
    assert.equal(socket.closedWith, null);
  });

  for (const [verdict, code, reason, words] of [
    ['unknown', 4003, 'The sign-in was taken back.', failed], ['forbidden', 4003, 'The sign-in was taken back.', failed],
    ['expired', 4001, 'The sign-in has expired.', '{"type":"auth","status":"error","error":{"code":"TOKEN_EXPIRED","message":"Token expired."}}'],
  ] as const) {
    test(`ends the session of who is ${verdict} by now`, async () => {
      const { say, clock, socket, log } = sessionOf({ answers: { '': { verdict } } });
      say({ type: 'subscribe', log_level: 'info' });
      clock.advance(RECHECK_MS);
      await settled();
      log();
      assert.deepEqual(socket.take(), [words]);
      assert.deepEqual(socket.closedWith, [code, reason]);
      assert.equal(clock.pending, 0);
    });
  }

  test('leaves the sign-in as it is where the application cannot say, and asks on', async () => {
    const { clock, socket, asked, session } = sessionOf({ answers: { '': { verdict: 'unavailable', reason: 'The sign-in check of this server failed.' } } });
    for (let times = 0; times < 3; times++) {
      clock.advance(15_000);
      session.pong();
      clock.advance(30_000);
      session.pong();
      await settled();
    }
    assert.deepEqual([asked.length, socket.sent, socket.closedWith], [3, [], null]);
  });

  test('can shorten a sign-in', async () => {
    const { clock, socket } = sessionOf({ answers: { '': allowed(START + RECHECK_MS + 10) } });
    clock.advance(RECHECK_MS);
    await settled();
    clock.advance(9);
    assert.equal(socket.closedWith, null);
    clock.advance(1);
    assert.deepEqual(socket.closedWith, [4001, 'The sign-in has expired.']);
  });

  test('comes too late where the session has ended meanwhile', async () => {
    let answer = (_: SignIn): void => undefined;
    const { session, clock, socket } = sessionOf({ answers: { '': new Promise<SignIn>((resolve) => (answer = resolve)) } });
    clock.advance(RECHECK_MS);
    await settled();
    session.closed();
    answer({ verdict: 'forbidden' });
    await settled();
    assert.deepEqual([socket.sent, socket.closedWith, clock.pending], [[], null, 0]);
  });
});

describe('taking back a sign-in', () => {
  test('ends every connection of that viewer and of nobody else, each with its reason', async (context) => {
    const server = await startServer(context, { authenticate: ({ token }) => (token === null ? null : { id: token }) });
    const watch = async (token: string) => {
      const client = await server.open({}, server.url.replace(TOKEN, token));
      await client.ask({ type: 'subscribe', log_level: 'info', ext: { v: 1 } });
      return client;
    };
    const [ada, twin, bob] = [await watch('ada'), await watch('ada'), await watch('bob')];
    assert.equal(server.logs.revoke('ada'), 2);
    assert.equal(server.logs.revoke('ada'), 0);
    server.logger.info('too late for one');
    for (const client of [ada, twin]) {
      assert.deepEqual(await client.closed, { code: 4003, reason: 'The sign-in was taken back.' });
      assert.deepEqual(client.frames.slice(1), [failed, '{"type":"logs","event":"bye","code":"forbidden"}']);
    }
    assert.equal(entriesOf([await bob.next()])[0]?.['msg'], 'too late for one');
  });

  test('sends nothing of what waits, however much that is', async (context) => {
    const server = await startServer(context, { clock: manualClock() }), client = await server.watch('info', true);
    client.pause();
    const text = 'x'.repeat(1000);
    for (let index = 0; index < 10_000; index++) {
      server.logger.info({ index, text });
      if (index % 200 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(server.logs.revoke('ada'), 1);
    client.resume();
    assert.equal((await client.closed).code, 1006);
    assert.ok(entriesOf(client.frames.slice(1)).length < 10_000);
  });
});
