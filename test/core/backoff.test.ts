import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryDelay, retryWindow } from '../../src/core/backoff.js';

test('ten windows of one second, then two, four, eight, and ten for ever', () => {
  assert.deepEqual(Array.from({ length: 15 }, (_, index) => retryWindow(index + 1)), [...new Array<number>(10).fill(1000), 2000, 4000, 8000, 10_000, 10_000]);
  for (const attempt of [100, 5000, 1e9, Number.MAX_SAFE_INTEGER]) assert.equal(retryWindow(attempt), 10_000);
});

test('chance takes the whole of a window', () => {
  assert.deepEqual([0, 0.25, 0.5, 0.9999].map((random) => retryDelay(12, random)), [0, 1000, 2000, 4000]);
  assert.equal(retryDelay(1, 0), 0);
});
