import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeServerFrame, NONE_QUIET, type StampedEntry } from '../../src/core/protocol.js';
import { FrameCache, type FrameView } from '../../src/server/frame-cache.js';
import { HubRing, type RingItem } from '../../src/server/hub-ring.js';
import type { HubStream } from '../../src/server/hub-streams.js';

const INFO = 2;

function entry(seq: number, given: Partial<StampedEntry> = {}): StampedEntry {
  return { instance: 'a', epoch: 'e', seq, lseq: seq, level: 30, text: `{"level":${given.level ?? 30},"msg":"${seq}"}`, ...given };
}

const stream: HubStream = { instance: 'a', epoch: 'e', order: 0, seq: 0, lseqs: new Map(), beganAt: 0, firstHeardAt: 0, heardAt: 0, state: 'live', gone: [] };
const viewOf = (numbered: boolean, rank = INFO): FrameView => ({ rank, numbered, filter: null });

function cacheOf(items: readonly RingItem[]): FrameCache {
  const ring = new HubRing({ maxEntries: 10_000, maxBytes: 1e9, maxMs: 1e9, maxErrors: 0 });
  for (const each of items) ring.push(each, stream, 0);
  return new FrameCache({ ring, instance: 'hub', floorRank: INFO, now: 5, standAt: () => ({ streams: new Map(), quiet: NONE_QUIET }) });
}

function framesOf(items: readonly RingItem[], numbered = true, rank = INFO): readonly string[] {
  return cacheOf(items).from(0, viewOf(numbered, rank)).batch?.texts ?? [];
}

test('without the extension each entry is one frame as Directus writes it', () => {
  assert.deepEqual(framesOf([entry(1), entry(2)], false), [
    '{"type":"logs","data":{"level":30,"msg":"1"},"uid":"a"}',
    '{"type":"logs","data":{"level":30,"msg":"2"},"uid":"a"}',
  ]);
});

test('with it a lone entry is such a frame with its numbers, and more of them are one packed frame', () => {
  assert.deepEqual(framesOf([entry(7, { lseq: 3 })]), ['{"type":"logs","data":{"level":30,"msg":"7"},"uid":"a","epoch":"e","seq":7,"lseq":3}']);
  const [packed = ''] = framesOf([entry(7, { lseq: 3 }), entry(8, { lseq: 1, level: 40 })]);
  assert.deepEqual(decodeServerFrame(packed), {
    type: 'packed', instance: 'a', epoch: 'e', seqs: [7, 8], lseqs: [3, 1], levels: [30, 40], lines: ['{"level":30,"msg":"7"}', '{"level":40,"msg":"8"}'],
  });
});

test('a lone entry that claims another level than it was logged at carries the true one', () => {
  for (const text of ['{"level":30,"level":10}', '{"level":30,"\\u006cevel":10}', '{"level":"trace"}', '{}']) {
    assert.match(framesOf([entry(1, { text })])[0] as string, /"lseq":1,"level":30\}$/, text);
  }
  for (const text of ['{"level":30}', '{"level":"info"}']) assert.match(framesOf([entry(1, { text })])[0] as string, /"lseq":1\}$/, text);
});

test('entries below the rank are left out, and the place after them is still reached', () => {
  const cache = cacheOf([entry(1, { level: 20 }), entry(2, { level: 50 }), entry(3, { level: 20 })]);
  const { batch, next } = cache.from(0, viewOf(false));
  assert.equal(batch?.texts.length, 1);
  assert.equal(next, 3);
  assert.deepEqual(cache.from(2, viewOf(false)), { batch: null, next: 3 });
});

test('a packed frame holds one instance, one start of it, and no hole in the numbers of a level', () => {
  const lengths = (entries: StampedEntry[]): number[] => framesOf(entries).map((frame) => frame.split('\n').length - 1 || 1);
  assert.deepEqual(lengths([entry(1), entry(2), entry(1, { instance: 'b' }), entry(2, { instance: 'b' }), entry(3)]), [2, 2, 1]);
  assert.deepEqual(lengths([entry(1), entry(2), entry(3, { epoch: 'f' })]), [2, 1]);
  assert.deepEqual(lengths([entry(1, { level: 40, lseq: 5 }), entry(1, { instance: 'b' }), entry(2, { instance: 'b', level: 40, lseq: 9 })]), [1, 2]);
  assert.deepEqual(lengths([entry(1), entry(5, { lseq: 2, level: 40 }), entry(6, { lseq: 2 }), entry(9, { lseq: 4 })]), [3, 1]);
  assert.deepEqual(lengths([entry(2), entry(1)]), [1, 1]);
});

test('a batch is at most 500 entries, or 256 KiB and one entry more', () => {
  const cache = cacheOf(Array.from({ length: 1200 }, (_, index) => entry(index + 1)));
  assert.deepEqual([0, 500, 1000].map((place) => cache.from(place, viewOf(true)).next), [500, 1000, 1200]);
  const long = cacheOf(Array.from({ length: 10 }, (_, index) => entry(index + 1, { text: `{"m":"${'x'.repeat(60_000)}"}` })));
  assert.equal(long.from(0, viewOf(true)).next, 5);
});

test('viewers of one level and dialect at one place share a batch', () => {
  const cache = cacheOf([entry(1)]);
  assert.equal(cache.from(0, viewOf(true)).batch, cache.from(0, viewOf(true)).batch);
  assert.notEqual(cache.from(0, viewOf(true)).batch, cache.from(0, viewOf(false)).batch);
  assert.notEqual(cache.from(0, viewOf(true)).batch, cache.from(0, viewOf(true, 0)).batch);
});

test('a hole is a gap with the levels that are asked for, or an ordinary entry at warn, where it is; marks and news are for who knows them', () => {
  const gap: RingItem = { type: 'gap', instance: 'a', epoch: 'e', from: 2, to: 9, cause: 'source', levels: new Map([[20, 3], [30, 4], [50, 1]]) };
  const position = { epoch: 'e', seq: 9, levels: new Map([[20, 3], [30, 5]]) };
  const items: RingItem[] = [
    { type: 'stream', instance: 'a', ...position, seq: 0, levels: new Map([[20, 7]]), state: 'new', time: 4 }, entry(1), gap, { type: 'mark', time: 7, streams: new Map([['a', position]]), quiet: NONE_QUIET }, entry(10),
  ];
  assert.deepEqual(framesOf(items).map((frame) => decodeServerFrame(frame)), [
    { type: 'stream', instance: 'a', epoch: 'e', seq: 0, levels: new Map(), state: 'new', time: 4 },
    decodeServerFrame(framesOf([entry(1)])[0] ?? ''),
    { ...gap, levels: new Map([[30, 4], [50, 1]]) },
    { type: 'mark', time: 7, streams: new Map([['a', position]]), quiet: NONE_QUIET },
    decodeServerFrame(framesOf([entry(10)])[0] ?? ''),
  ]);
  assert.deepEqual(framesOf(items, false), [
    '{"type":"logs","data":{"level":30,"msg":"1"},"uid":"a"}',
    '{"type":"logs","data":{"level":40,"time":5,"msg":"[log stream] 5 entries not delivered: more than this instance could pass on (4 info, 1 error)"},"uid":"a"}',
    '{"type":"logs","data":{"level":30,"msg":"10"},"uid":"a"}',
  ]);
  assert.deepEqual([framesOf([{ ...gap, levels: new Map([[20, 8]]) }]), framesOf([{ ...gap, levels: new Map([[20, 8]]) }], false)], [[], []]);
});
