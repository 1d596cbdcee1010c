// A session's sign-in: renewed on the open socket, refused, run out.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SignIn } from '../../src/server/sign-in.js';
import { allowed, sessionOf, settled, START } from './start-session.js';

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
    assert.equal(socket.take().length, 2, 'its stream, and the entry');
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
    const day = 86_400_000;
    for (const [expiresAt, end] of [[START + 40 * day, 4001], [Infinity, null]] as const) {
      const waits: number[] = [], { clock, socket, session } = sessionOf({ viewer: { id: 'ada', expiresAt }, waits });
      for (let passed = 0; passed < 40 * day; passed += 30_000) {
        assert.equal(socket.closedWith, null);
        session.pong();
        clock.advance(30_000);
      }
      assert.equal(socket.closedWith?.[0] ?? null, end);
      assert.ok(Math.max(...waits) < 2 ** 31, 'no timer is set that overflows');
    }
  });
});
