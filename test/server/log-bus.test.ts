import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StampedEntry } from '../../src/core/protocol.js';
import { LocalBus, type LogBus } from '../../src/server/log-bus.js';

const batch: readonly StampedEntry[] = [{ instance: 'a', epoch: 'e', seq: 1, lseq: 1, level: 30, text: '{"msg":"x"}' }];

/** What every bus promises. `settled` resolves when what was published has been handed on. */
function contract(name: string, make: () => Promise<{ bus: LogBus; settled: () => Promise<void> }>): void {
  describe(name, () => {
    test('every listener gets every batch as it was published', async (context) => {
      const { bus, settled } = await make();
      context.after(() => bus.close());
      const heard: unknown[] = [];
      bus.subscribe((entries) => heard.push(['first', ...entries]));
      bus.subscribe((entries) => heard.push(['second', ...entries]));
      bus.publish(batch);
      await settled();
      assert.deepEqual(heard, [['first', ...batch], ['second', ...batch]]);
    });

    test('a listener that throws hurts neither the others nor the publisher', async (context) => {
      const { bus, settled } = await make();
      context.after(() => bus.close());
      const heard: unknown[] = [];
      bus.subscribe(() => {
        throw new Error('from a listener');
      });
      bus.subscribe((entries) => heard.push(...entries));
      bus.publish(batch);
      bus.publish(batch);
      await settled();
      assert.equal(heard.length, 2);
    });

    test('who has left, even while a batch is handed on, hears nothing more; the same function may listen twice', async (context) => {
      const { bus, settled } = await make();
      context.after(() => bus.close());
      let heard = 0;
      const listener = (): void => void heard++;
      const leave = [bus.subscribe(listener), bus.subscribe(listener)];
      bus.publish(batch);
      await settled();
      assert.equal(heard, 2);
      leave[0]?.();
      leave[0]?.();
      bus.publish(batch);
      await settled();
      assert.equal(heard, 3);
      bus.subscribe(() => leave[1]?.());
      bus.publish(batch);
      bus.publish(batch);
      await settled();
      assert.equal(heard, 4);
    });

    test('a closed bus is silent, and may be closed again', async () => {
      const { bus, settled } = await make();
      let heard = 0;
      bus.subscribe(() => heard++);
      await bus.close();
      await bus.close();
      bus.publish(batch);
      await settled();
      assert.equal(heard, 0);
    });
  });
}

contract('LocalBus', () => Promise.resolve({ bus: new LocalBus(), settled: () => Promise.resolve() }));

test('LocalBus tells what a listener threw', () => {
  const told: unknown[] = [], bus = new LocalBus((error) => told.push(error)), error = new Error('from a listener');
  bus.subscribe(() => {
    throw error;
  });
  bus.publish(batch);
  assert.deepEqual(told, [error]);
});
