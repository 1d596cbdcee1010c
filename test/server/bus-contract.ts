// What every bus promises, as tests that run on each kind of it.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { StampedEntry } from '../../src/core/protocol.js';
import type { LogBatch } from '../../src/server/log-batch.js';
import type { LogBus } from '../../src/server/log-bus.js';
import { FakeSocket, hubOf, joined } from './hub-bench.js';

export interface BusPair {
  /** Where entries are published. */
  readonly here: LogBus;
  /** Where they are listened for: the same bus, or one of another process. */
  readonly there: LogBus;
}

type Listener = (batch: LogBatch) => void;

/** @param make both ends, connected; whatever they need ends with the test */
export function busContract(name: string, make: (test: TestContext) => Promise<BusPair>): void {
  const start = async (context: TestContext): Promise<BusPair & { readonly publish: () => readonly StampedEntry[]; readonly settled: () => Promise<void> }> => {
    const pair = await make(context);
    let number = 0, marks = 0;
    context.after(() => Promise.all([pair.here.close(), pair.there.close()]));
    return {
      ...pair,
      publish: () => {
        const batch = batchOf('a', number + 1, 2);
        number += 2;
        pair.here.publish(batch);
        return batch.entries;
      },
      // what was published is there when what was published after it is
      settled: () => new Promise<void>((resolve) => {
        const mark = batchOf('mark', ++marks, 1);
        const leave = pair.there.subscribe(({ instance, seq }) => {
          if (instance !== 'mark' || seq !== mark.seq) return;
          leave();
          resolve();
        });
        pair.here.publish(mark);
      }),
    };
  };

  describe(name, () => {
    test('every listener gets every batch as it was published', async (context) => {
      const { there, publish, settled } = await start(context);
      const first: StampedEntry[] = [], second: StampedEntry[] = [];
      there.subscribe(own(({ entries }) => first.push(...entries)));
      there.subscribe(own(({ entries }) => second.push(...entries)));
      const published = [...publish(), ...publish()];
      await settled();
      assert.deepEqual(first, published);
      assert.deepEqual(second, published);
    });

    test('a listener that throws hurts neither the others nor the publisher', async (context) => {
      const { there, publish, settled } = await start(context);
      const heard: StampedEntry[] = [];
      there.subscribe(() => {
        throw new Error('from a listener');
      });
      there.subscribe(own(({ entries }) => heard.push(...entries)));
      publish();
      publish();
      await settled();
      assert.equal(heard.length, 4);
    });

    test('who has left, even while a batch is handed on, hears nothing more; the same function may listen twice', async (context) => {
      const { there, publish, settled } = await start(context);
      let heard = 0;
      const listener = own(() => void heard++);
      const leave = [there.subscribe(listener), there.subscribe(listener)];
      publish();
      await settled();
      assert.equal(heard, 2);
      leave[0]?.();
      leave[0]?.();
      publish();
      await settled();
      assert.equal(heard, 3);
      there.subscribe(own(() => leave[1]?.()));
      publish();
      await settled();
      publish();
      await settled();
      assert.equal(heard, 4);
    });

    test('batches of several instances come each under its own name, in the order of each, with all that they say', async (context) => {
      const { here, there, settled } = await start(context);
      const heard: LogBatch[] = [];
      there.subscribe(own((batch) => heard.push(batch)));
      const text = '{"msg":"ünïcode \\u2028 🙂 \\" ","n":1e400,"level":10}';
      const said: LogBatch[] = [
        { ...batchOf('a', 1, 0) },
        batchOf('b', 1, 1),
        { ...batchOf('a', 4, 1), lost: new Map([[30, 2]]) },
        { ...batchOf('b', 2, 0), entries: [{ instance: 'b', epoch: 'e', seq: 2, lseq: 1, level: 50, text }] },
        { ...batchOf('a', 5, 0), ended: true },
      ];
      for (const batch of said) here.publish(batch);
      await settled();
      assert.deepEqual(heard.flatMap(({ entries }) => entries).map(({ instance, seq }) => `${instance}${seq}`).sort(), ['a4', 'b1', 'b2']);
      assert.deepEqual(heard.flatMap(({ entries }) => entries).find(({ level }) => level === 50), { instance: 'b', epoch: 'e', seq: 2, lseq: 1, level: 50, text });
      const ofA = heard.filter(({ instance }) => instance === 'a');
      assert.deepEqual(ofA.map(({ seq, levels, lost, ended }) => [seq, [...levels], [...lost], ended]).at(-1)?.at(-1), true, 'its end');
      assert.ok(ofA.some(({ seq, levels, lost }) => seq === 3 && levels.get(30) === 3 && lost.get(30) === 2), 'what it lost');
    });

    test('a hub behind it tells its viewers that an instance has begun, and, after its last entry, that it has ended', async (context) => {
      const { here, there, settled } = await start(context), hub = hubOf({ maxRingEntries: 100, maxBufferedBytes: 1e6 }), socket = new FakeSocket();
      there.subscribe(own((batch) => hub.receive(batch)));
      joined(hub, socket, 'info', true);
      here.publish(batchOf('a', 1, 0));
      here.publish(batchOf('a', 1, 2));
      here.publish({ ...batchOf('a', 3, 1), ended: true });
      await settled();
      const told = socket.decoded().flatMap((frame): unknown[] => (frame.type === 'stream' ? [`${frame.instance} ${frame.state} ${frame.seq}`] : frame.type === 'packed' ? [...frame.seqs] : frame.type === 'entry' ? [frame.stamp?.seq] : []));
      assert.deepEqual(told, ['a new 0', 1, 2, 3, 'a end 3']);
      hub.close();
    });

    test('a closed bus is silent, and may be closed again', async (context) => {
      const { here, there, publish } = await start(context);
      let heard = 0;
      here.subscribe(() => heard++);
      there.subscribe(() => heard++);
      await Promise.all([here.close(), there.close()]);
      await Promise.all([here.close(), there.close()]);
      publish();
      assert.equal(heard, 0);
    });
  });
}

/** `count` entries of level 30 from number `from` on, and where they stand. */
export function batchOf(instance: string, from: number, count: number, text = (n: number): string => `{"msg":"${instance} ${n}"}`): LogBatch {
  const entries = Array.from({ length: count }, (_, index): StampedEntry => (
    { instance, epoch: 'e', seq: from + index, lseq: from + index, level: 30, text: text(from + index) }));
  return { instance, epoch: 'e', seq: from - 1, levels: new Map(from > 1 ? [[30, from - 1]] : []), lost: new Map(), ended: false, entries };
}

/** The marks of `settled` are not the test's own. */
function own(listener: Listener): Listener {
  return (batch) => {
    if (batch.instance !== 'mark') listener(batch);
  };
}
