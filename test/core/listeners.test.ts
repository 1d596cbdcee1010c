import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Listeners } from '../../src/core/listeners.js';
import { manualClock } from '../helpers/manual-platform.js';

test('each hears it in the order in which they asked, until it leaves', () => {
  const listeners = new Listeners<number>(manualClock()), heard: string[] = [];
  const leave = listeners.add((value) => heard.push(`a${value}`));
  listeners.add((value) => heard.push(`b${value}`));
  listeners.tell(() => 1);
  leave();
  listeners.tell(() => 2);
  assert.deepEqual(heard, ['a1', 'b1', 'b2']);
});

test('what one of them throws keeps it from nobody, and reaches the host as an error of its own', () => {
  const clock = manualClock(), listeners = new Listeners<number>(clock), heard: number[] = [];
  listeners.add(() => {
    throw new Error('mine');
  });
  listeners.add((value) => heard.push(value));
  listeners.tell(() => 1);
  assert.deepEqual(heard, [1]);
  assert.throws(() => clock.advance(0), /mine/);
});

test('one that changes the value is followed by others that hear the new one', () => {
  const listeners = new Listeners<number>(manualClock()), heard: number[] = [];
  let value = 1;
  listeners.add(() => (value = 2));
  listeners.add((now) => heard.push(now));
  listeners.tell(() => value);
  assert.deepEqual(heard, [2]);
});
