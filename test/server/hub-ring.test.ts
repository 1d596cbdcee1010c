import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { StampedEntry } from '../../src/core/protocol.js';
import { HubRing, type RingItem } from '../../src/server/hub-ring.js';
import type { HubStream } from '../../src/server/hub-streams.js';

const NOBODY: ReadonlySet<number> = new Set();

function entry(seq: number, length = 10, level = 30): StampedEntry {
  return { instance: 'a', epoch: 'e', seq, lseq: seq, level, text: 'x'.repeat(length) };
}

function streamOf(): HubStream {
  return { instance: 'a', epoch: 'e', order: 0, seq: 0, lseqs: new Map(), beganAt: 0, firstHeardAt: 0, heardAt: 0, state: 'live', gone: [0, 0, 0, 0, 0, 0] };
}

const ringOf = (maxEntries = 3, maxBytes = 1e6, maxErrors = 0): HubRing => new HubRing({ maxEntries, maxBytes, maxMs: 1000, maxErrors });
const seqOf = (item: RingItem): number => (item as StampedEntry).seq;

test('places rise by one and keep their entry, whatever leaves', () => {
  const ring = ringOf(), stream = streamOf();
  for (let seq = 0; seq < 5; seq++) ring.push(entry(seq), stream, 0);
  ring.trim(NOBODY, 0);
  ring.push(entry(5), stream, 0);
  assert.deepEqual([ring.tail, ring.head, ring.bytes], [2, 6, 40]);
  assert.deepEqual([2, 3, 4, 5].map((place) => seqOf(ring.at(place))), [2, 3, 4, 5]);
  ring.clear();
  assert.deepEqual([ring.start, ring.tail, ring.head, ring.bytes], [6, 6, 6, 0]);
  ring.push(entry(6), stream, 0);
  assert.equal(seqOf(ring.at(6)), 6);
});

test('what leaves first is the oldest, by count, by size and by age', () => {
  const stream = streamOf(), bySize = ringOf(1000, 250), byAge = ringOf(1000);
  for (let seq = 0; seq < 10; seq++) bySize.push(entry(seq, 100), stream, 0);
  bySize.trim(NOBODY, 0);
  assert.equal(bySize.tail, 8);
  for (let seq = 0; seq < 10; seq++) byAge.push(entry(seq), stream, seq * 300);
  byAge.trim(NOBODY, 2701);
  assert.equal(byAge.tail, 6);
  assert.deepEqual(stream.gone, [0, 0, 7, 0, 0, 0], 'and the stream knows up to where nobody can have it any more');
});

test('errors outlive the rest by count, by an eighth of the bytes and by age', () => {
  const kept = (ring: HubRing): unknown[] => ring.remains.parts.map((part) => part.entry?.seq ?? [...part.losses.streams.values()].map(({ from, to }) => [from, to]));
  const fill = (ring: HubRing): HubRing => {
    const stream = streamOf();
    for (let seq = 1; seq <= 20; seq++) ring.push(entry(seq, 10, seq % 4 === 0 ? 50 : 30), stream, seq * 10);
    ring.trim(NOBODY, 200);
    return ring;
  };
  assert.deepEqual(kept(fill(ringOf(3, 1e6, 2))), [12, [[13, 15]], 16, [[17, 17]]]);
  assert.deepEqual(kept(fill(ringOf(3, 80, 9))), [16, [[17, 17]]]);
  const ring = fill(ringOf(3, 1e6, 9));
  ring.trim(NOBODY, 1140);
  assert.deepEqual(kept(ring), [16, [[17, 17]]]);
  ring.trim(NOBODY, 2000);
  assert.deepEqual(kept(ring), []);
});

test('what is lost is parted where somebody stands, until nobody stands there any more', () => {
  const ring = ringOf(1), stream = streamOf();
  const losses = (cuts: readonly number[]): unknown[] => {
    ring.trim(new Set(cuts), 0);
    return ring.remains.parts.map(({ from, to, losses: { streams } }) => [from, to, streams.get(stream)?.levels.get(30)]);
  };
  for (let seq = 1; seq <= 9; seq++) ring.push(entry(seq), stream, 0);
  assert.deepEqual(losses([2, 5]), [[2, 5, 3], [5, 8, 3]]);
  for (let seq = 10; seq <= 12; seq++) ring.push(entry(seq), stream, 0);
  assert.deepEqual(losses([2, 9]), [[2, 5, 3], [5, 9, 4], [9, 11, 2]]);
  assert.deepEqual(losses([2]), [[2, 11, 9]], 'parts that nobody needs are put together now and then');
  assert.deepEqual(losses([11]), []);
});

test('pushed, trimmed and cleared in any order, it holds what a plain list holds', () => {
  const step = fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.boolean());
  fc.assert(fc.property(fc.array(step, { maxLength: 12 }), fc.integer({ min: 1, max: 4000 }), (steps, maxEntries) => {
    const ring = ringOf(maxEntries), stream = streamOf();
    let count = 0, tail = 0;
    for (const [pushed, isCleared] of steps) {
      for (let index = 0; index < pushed; index++) ring.push(entry(count, count++ % 7), stream, 0);
      if (isCleared) ring.clear();
      else ring.trim(NOBODY, 0);
      tail = isCleared ? count : Math.max(tail, count - maxEntries);
      assert.deepEqual([ring.start, ring.tail, ring.head], [tail, tail, count]);
      let bytes = 0;
      for (let seq = tail; seq < count; seq++) bytes += seq % 7;
      assert.equal(ring.bytes, bytes);
      if (tail < count) assert.deepEqual([seqOf(ring.at(tail)), seqOf(ring.at(count - 1))], [tail, count - 1]);
    }
  }), { numRuns: 30 });
});
