import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Writable } from 'node:stream';
import * as ws from 'ws';
import { decodeServerFrame, type StampedEntry } from '../../src/core/protocol.js';
import { FrameBatch, FrameCache } from '../../src/server/frame-batch.js';
import { HubRing } from '../../src/server/hub-ring.js';

const INFO = 2;

function entry(seq: number, given: Partial<StampedEntry> = {}): StampedEntry {
  return { instance: 'a', epoch: 'e', seq, lseq: seq, level: 30, text: `{"level":${given.level ?? 30},"msg":"${seq}"}`, ...given };
}

function framesOf(entries: readonly StampedEntry[], packed = true, rank = INFO): readonly string[] {
  const ring = new HubRing();
  for (const each of entries) ring.push(each);
  return new FrameCache(ring).from(0, rank, packed).batch?.texts ?? [];
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
    type: 'packed', instance: 'a', epoch: 'e', seqs: [7, 8], levels: [30, 40], lines: ['{"level":30,"msg":"7"}', '{"level":40,"msg":"8"}'],
  });
});

test('a lone entry that claims another level than it was logged at carries the true one', () => {
  for (const text of ['{"level":30,"level":10}', '{"level":30,"\\u006cevel":10}', '{"level":"trace"}', '{}']) {
    assert.match(framesOf([entry(1, { text })])[0] as string, /"lseq":1,"level":30\}$/, text);
  }
  for (const text of ['{"level":30}', '{"level":"info"}']) assert.match(framesOf([entry(1, { text })])[0] as string, /"lseq":1\}$/, text);
});

test('entries below the rank are left out, and the place after them is still reached', () => {
  const ring = new HubRing(), cache = new FrameCache(ring);
  for (const each of [entry(1, { level: 20 }), entry(2, { level: 50 }), entry(3, { level: 20 })]) ring.push(each);
  const { batch, next } = cache.from(0, INFO, false);
  assert.equal(batch?.texts.length, 1);
  assert.equal(next, 3);
  assert.deepEqual(cache.from(2, INFO, false), { batch: null, next: 3 });
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
  const ring = new HubRing(), cache = new FrameCache(ring);
  for (let seq = 1; seq <= 1200; seq++) ring.push(entry(seq));
  assert.deepEqual([0, 500, 1000].map((place) => cache.from(place, INFO, true).next), [500, 1000, 1200]);
  const long = new HubRing();
  for (let seq = 1; seq <= 10; seq++) long.push(entry(seq, { text: `{"m":"${'x'.repeat(60_000)}"}` }));
  assert.equal(new FrameCache(long).from(0, INFO, true).next, 5);
});

test('viewers of one level and dialect at one place share a batch', () => {
  const ring = new HubRing(), cache = new FrameCache(ring);
  ring.push(entry(1));
  assert.equal(cache.from(0, INFO, true).batch, cache.from(0, INFO, true).batch);
  assert.notEqual(cache.from(0, INFO, true).batch, cache.from(0, INFO, false).batch);
  assert.notEqual(cache.from(0, INFO, true).batch, cache.from(0, 0, true).batch);
});

test('the bytes are the frames as another WebSocket implementation reads them, at every length of header', () => {
  const texts = ['', 'x', 'x'.repeat(125), 'x'.repeat(126), 'ä'.repeat(100), '🚀\ud800', 'x'.repeat(65_535), 'x'.repeat(65_536), 'ö'.repeat(100_000)];
  const { Receiver } = ws as unknown as { Receiver: new (options: object) => Writable };
  const received: string[] = [], receiver = new Receiver({ isServer: false, allowSynchronousEvents: true });
  receiver.on('message', (data: Buffer, isBinary: boolean) => {
    assert.equal(isBinary, false);
    received.push(data.toString('utf8'));
  });
  receiver.write(new FrameBatch(texts).bytes);
  assert.deepEqual(received, texts.map((text) => text.replace('\ud800', '\ufffd')));
});
