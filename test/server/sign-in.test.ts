import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { ErrorReport } from '../../src/server/error-report.js';
import { signIn, type Authenticate, type SignIn } from '../../src/server/sign-in.js';
import { manualClock } from '../helpers/manual-platform.js';

const request = {} as IncomingMessage;

async function answerTo(authenticate: unknown, token: string | null = 'secret-token'): Promise<{ answer: SignIn; told: unknown[]; clock: ReturnType<typeof manualClock> }> {
  const clock = manualClock(1000), told: unknown[] = [];
  const answer = await signIn({ token, request }, { authenticate: authenticate as Authenticate, clock, handshakeTimeoutMs: 5000, errors: new ErrorReport((error) => told.push(error), clock) });
  return { answer, told, clock };
}

test('every answer of authenticate is one verdict; only a viewer lets somebody in', async () => {
  const notAViewer = { verdict: 'unavailable', reason: 'The sign-in check of this server gave an answer that is no viewer; an object with the text id is one, null is nobody.' };
  for (const [given, expected] of [
    [{ id: 'ada' }, { verdict: 'allowed', viewer: { id: 'ada' } }],
    [{ id: 'ada', allowed: true, expiresAt: 1001, secret: 1 }, { verdict: 'allowed', viewer: { id: 'ada', expiresAt: 1001 } }],
    [{ id: 'ada', expiresAt: Infinity }, { verdict: 'allowed', viewer: { id: 'ada', expiresAt: Infinity } }],
    [null, { verdict: 'unknown' }], [undefined, { verdict: 'unknown' }], [false, { verdict: 'unknown' }],
    [{ id: 'ada', allowed: false }, { verdict: 'forbidden' }],
    [{ id: 'ada', allowed: 0 }, { verdict: 'forbidden' }],
    [{ id: 'ada', allowed: null }, { verdict: 'forbidden' }],
    [{ id: 'ada', expiresAt: 1000 }, { verdict: 'expired' }],
    [{ id: 'ada', expiresAt: -Infinity }, { verdict: 'expired' }],
    [{ id: 'ada', expiresAt: NaN }, notAViewer], [{ id: 'ada', expiresAt: '9999' }, notAViewer], [{ id: 'ada', expiresAt: null }, notAViewer],
    [true, notAViewer], ['ada', notAViewer], [{}, notAViewer], [{ id: 5 }, notAViewer], [[], notAViewer], [() => ({ id: 'ada' }), notAViewer],
  ] as const) {
    assert.deepEqual((await answerTo(() => given)).answer, expected, JSON.stringify(given));
    assert.deepEqual((await answerTo(() => Promise.resolve(given))).answer, expected);
  }
});

test('a check that throws or rejects lets nobody in, is told to the application, and says nothing of the token', async () => {
  for (const failing of [() => { throw new Error('bad secret-token'); }, () => Promise.reject(new Error('bad secret-token'))]) {
    const { answer, told, clock } = await answerTo(failing);
    assert.deepEqual(answer, { verdict: 'unavailable', reason: 'The sign-in check of this server failed.' });
    assert.equal(told.length, 1);
    assert.equal(clock.pending, 0);
  }
});

test('a check that does not answer in time lets nobody in, whatever it answers later', async () => {
  const clock = manualClock();
  let resolveLate = (_: unknown): void => undefined;
  const authenticate = (() => new Promise((_, reject) => (resolveLate = reject))) as Authenticate;
  const answer = signIn({ token: 'x', request }, { authenticate, clock, handshakeTimeoutMs: 5000, errors: new ErrorReport(() => undefined, clock) });
  clock.advance(5000);
  assert.deepEqual(await answer, { verdict: 'unavailable', reason: 'The sign-in check took longer than 5000 ms.' });
  resolveLate(new Error('too late'));
  await new Promise((resolve) => setImmediate(resolve));
});

test('an empty token is nobody\'s, and is not asked about', async () => {
  assert.deepEqual((await answerTo(() => ({ id: 'anybody' }), '')).answer, { verdict: 'unknown' });
});
