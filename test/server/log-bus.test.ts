import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LocalBus } from '../../src/server/log-bus.js';
import { batchOf, busContract } from './bus-contract.js';

busContract('LocalBus', () => {
  const bus = new LocalBus();
  return Promise.resolve({ here: bus, there: bus });
});

test('LocalBus tells what a listener threw', () => {
  const told: unknown[] = [], bus = new LocalBus((error) => told.push(error)), error = new Error('from a listener');
  bus.subscribe(() => {
    throw error;
  });
  bus.publish(batchOf('a', 1, 1));
  assert.deepEqual(told, [error]);
});
