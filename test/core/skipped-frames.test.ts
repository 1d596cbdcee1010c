import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodePacked, encodePlainEntry, encodeStampedEntry } from '../../src/core/protocol.js';
import { SkippedFrames } from '../../src/core/skipped-frames.js';
import { stampedEntry } from '../helpers/store-bench.js';

test('what a server numbered is counted stream by stream, everything else by level alone', () => {
  const skipped = new SkippedFrames(10);
  skipped.add(encodeStampedEntry(stampedEntry(30, 'a', 4), 30), 10);
  skipped.add(encodePacked([stampedEntry(50, 'a', 5), stampedEntry(30, 'a', 7)]), 11);
  skipped.add(encodeStampedEntry({ ...stampedEntry(50, 'a', 2, 'web'), text: '{"level":10}' }, 10), 12);
  assert.equal(skipped.unnumbered, null);
  skipped.add(encodePlainEntry(stampedEntry(40)), 13);
  skipped.add('{"type":"logs","data":', 14);
  const times = { from: 10, to: 14 };
  assert.deepEqual(skipped.gaps, [
    { instance: 'api', epoch: 'e', from: 4, to: 7, cause: 'page', levels: new Map([[30, 2], [50, 1]]), times },
    { instance: 'web', epoch: 'e', from: 2, to: 2, cause: 'page', levels: new Map([[50, 1]]), times },
  ]);
  assert.deepEqual([skipped.unnumbered, skipped.from, skipped.to], [[0, 0, 1, 1, 0, 0], 10, 14]);
});

test('invented streams have an end, and their entries are counted', () => {
  const skipped = new SkippedFrames(1);
  for (let number = 0; number < 1500; number++) skipped.add(encodeStampedEntry(stampedEntry(30, '', 1, `x${number}`), 30), 1);
  assert.deepEqual([skipped.gaps.length, skipped.unnumbered], [1000, [0, 0, 500, 0, 0, 0]]);
});
