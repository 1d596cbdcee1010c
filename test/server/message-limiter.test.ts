import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MessageLimiter } from '../../src/server/message-limiter.js';

test('so many messages pass in a window; the next says how long to wait; a new window lets them pass again', () => {
  const limiter = new MessageLimiter(3, 1000);
  assert.deepEqual([limiter.take(0), limiter.take(10), limiter.take(20), limiter.take(400)], [0, 0, 0, 600]);
  assert.equal(limiter.take(999.5), 1);
  assert.equal(limiter.take(1000), 0);
});

test('five times the limit in one window is a flood', () => {
  const limiter = new MessageLimiter(3, 1000);
  for (let index = 0; index < 15; index++) limiter.take(0);
  assert.equal(limiter.flooded, false);
  limiter.take(0);
  assert.equal(limiter.flooded, true);
  limiter.take(1000);
  assert.equal(limiter.flooded, false);
});

test('a clock that is set back does not lock a viewer out', () => {
  const limiter = new MessageLimiter(1, 1000);
  limiter.take(5000);
  assert.ok(limiter.take(5001) > 0);
  assert.equal(limiter.take(0), 0);
});
