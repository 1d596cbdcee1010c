import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SingleTimer } from '../../src/core/single-timer.js';
import { manualClock } from '../helpers/manual-platform.js';

test('what is set last runs, once, and nothing that was set before or is cancelled', () => {
  const clock = manualClock(), timer = new SingleTimer(clock), ran: string[] = [];
  timer.cancel();
  timer.set(10, () => ran.push('first'));
  timer.set(20, () => ran.push('second'));
  clock.advance(19);
  assert.equal(ran.length, 0);
  clock.advance(100);
  assert.deepEqual([ran.join(), clock.pending], ['second', 0]);
  timer.set(10, () => ran.push('third'));
  timer.cancel();
  clock.advance(10);
  assert.deepEqual([ran.join(), clock.pending], ['second', 0]);
});
