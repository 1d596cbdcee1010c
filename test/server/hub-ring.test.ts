import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { StampedEntry } from '../../src/core/protocol.js';
import { HubRing } from '../../src/server/hub-ring.js';

function entry(seq: number, length = 10): StampedEntry {
  return { instance: 'a', epoch: 'e', seq, lseq: seq, level: 30, text: 'x'.repeat(length) };
}

test('places rise by one and keep their entry, whatever is trimmed', () => {
  const ring = new HubRing();
  for (let seq = 0; seq < 5; seq++) ring.push(entry(seq));
  ring.trim(3);
  ring.push(entry(5));
  assert.deepEqual([ring.tail, ring.head, ring.bytes], [3, 6, 30]);
  assert.deepEqual([3, 4, 5].map((place) => ring.at(place).seq), [3, 4, 5]);
  ring.trim(6);
  assert.deepEqual([ring.tail, ring.head, ring.bytes], [6, 6, 0]);
  ring.push(entry(6));
  assert.equal(ring.at(6).seq, 6);
});

test('the tail that fits is the least within both bounds', () => {
  const ring = new HubRing();
  for (let seq = 0; seq < 10; seq++) ring.push(entry(seq, 100));
  assert.equal(ring.tailWithin(10, 1000), 0);
  assert.equal(ring.tailWithin(4, 1000), 6);
  assert.equal(ring.tailWithin(10, 250), 8);
  assert.equal(ring.tailWithin(10, 99), 10);
});

test('pushed and trimmed in any order, it holds what a plain list holds', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3000 })), { maxLength: 12 }), (steps) => {
    const ring = new HubRing(), list: number[] = [];
    let tail = 0;
    for (const [pushed, trimmed] of steps) {
      for (let index = 0; index < pushed; index++) {
        ring.push(entry(list.length, list.length % 7));
        list.push(list.length);
      }
      tail = Math.min(tail + trimmed, list.length);
      ring.trim(tail);
      assert.deepEqual([ring.tail, ring.head], [tail, list.length]);
      assert.equal(ring.bytes, list.slice(tail).reduce((sum, seq) => sum + (seq % 7), 0));
      if (tail < list.length) assert.deepEqual([ring.at(tail).seq, ring.at(list.length - 1).seq], [tail, list.length - 1]);
    }
  }), { numRuns: 30 });
});
