import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EntryRing, NOTICE, type RingRow } from '../../src/core/entry-ring.js';

function row(index: number, length = 4): RingRow {
  // one row in a hundred is wide, one has half of a pair
  const fill = index % 100 === 40 ? '日' : index % 100 === 80 ? '\ud83d' : '.';
  return { text: `${index}`.padEnd(length, fill), search: `s${index}`, level: (index % 7) * 10, time: index * 1.5, stream: index % 3, seq: index % 2 === 0 ? index : NaN };
}

function ringOf(maxEntries: number, maxBytes = 1e9): { ring: EntryRing; evicted: number[] } {
  const evicted: number[] = [];
  return { ring: new EntryRing(maxEntries, maxBytes, (id) => evicted.push(id)), evicted };
}

function read(ring: EntryRing, id: number): RingRow {
  return { text: ring.text(id), search: ring.search(id), level: ring.level(id), time: ring.time(id), stream: ring.stream(id), seq: ring.seq(id) };
}

test('a row is read back by the id that it got', () => {
  const { ring } = ringOf(10);
  const notice: RingRow = { text: '', search: '', level: -2147483648, time: NaN, stream: NOTICE, seq: 2 ** 53 - 1 };
  assert.equal(ring.push(row(0)), 0);
  assert.equal(ring.push(notice), 1);
  assert.deepEqual(read(ring, 0), row(0));
  assert.deepEqual(read(ring, 1), notice);
  assert.deepEqual([-1, 0, 1, 2].map((id) => ring.has(id)), [false, true, true, false]);
});

test('past its count the oldest row leaves, and can be read while it is told of', () => {
  const texts: string[] = [];
  const ring: EntryRing = new EntryRing(3, 1e9, (id) => texts.push(`${id} ${ring.text(id)} ${ring.has(id)}`));
  for (let index = 0; index < 5; index++) ring.push(row(index));
  assert.deepEqual(texts, ['0 0... true', '1 1... true']);
  assert.deepEqual([ring.first, ring.next, ring.length, ring.bytes], [2, 5, 3, 12]);
});

test('past its bytes the oldest rows leave until the new one fits', () => {
  const { ring, evicted } = ringOf(100, 10);
  for (const length of [3, 3, 4]) ring.push(row(1, length));
  assert.deepEqual(evicted, [], 'ten bytes fit');
  ring.push(row(1, 5));
  assert.deepEqual([evicted, ring.bytes], [[0, 1], 9]);
});

test('a row that alone is longer than the limit is kept, alone', () => {
  const { ring, evicted } = ringOf(100, 10);
  ring.push(row(0));
  ring.push(row(1, 50));
  assert.deepEqual([evicted, ring.length, ring.bytes], [[0], 1, 50]);
  ring.limit(100, 5);
  assert.equal(ring.length, 1, 'a lower limit lets it stay too');
  ring.push(row(2));
  assert.deepEqual([evicted, ring.length, ring.bytes], [[0, 1], 1, 4]);
});

test('a ring of one row holds the newest', () => {
  const { ring, evicted } = ringOf(1);
  for (let index = 0; index < 4; index++) assert.equal(ring.push(row(index)), index);
  assert.deepEqual([evicted, ring.first, ring.text(3)], [[0, 1, 2], 3, '3...']);
});

test('a limit that is lowered evicts, oldest first; one that is raised leaves room', () => {
  const { ring, evicted } = ringOf(5000);
  for (let index = 0; index < 3000; index++) ring.push(row(index));
  ring.limit(2, 1e9);
  assert.deepEqual([evicted.length, evicted[0], evicted.at(-1)], [2998, 0, 2997]);
  assert.deepEqual([read(ring, 2998), read(ring, 2999)], [row(2998), row(2999)]);
  ring.limit(4, 1e9);
  for (let index = 3000; index < 3002; index++) ring.push(row(index));
  assert.deepEqual([ring.first, read(ring, 2998), read(ring, 3001)], [2998, row(2998), row(3001)]);
});

test('cleared, it is empty, tells of no eviction, and its ids go on', () => {
  const { ring, evicted } = ringOf(5);
  for (let index = 0; index < 7; index++) ring.push(row(index));
  ring.clear();
  assert.deepEqual([ring.length, ring.bytes, ring.first, ring.next, evicted], [0, 0, 7, 7, [0, 1]]);
  assert.equal(ring.push(row(7)), 7);
});

test('it holds no more rows than it says, and every one of them, with any limit beside the borders of its chunks', () => {
  for (const limit of [1, 2, 31, 32, 33, 63, 64, 65, 96, 1000, 1024, 1025]) {
    const { ring } = ringOf(limit);
    for (let index = 0; index < 1100 + limit; index++) {
      ring.push(row(index));
      assert.deepEqual([ring.length, ring.text(ring.first), ring.search(index)], [Math.min(index + 1, limit), row(ring.first).text, `s${index}`]);
    }
  }
});

test('rows with long texts leave and make room like all others', () => {
  const { ring } = ringOf(64), long = (index: number): RingRow => ({ ...row(index, 5000), search: `s${index}`.padEnd(6000, '-') });
  for (let index = 0; index < 300; index++) {
    ring.push(long(index));
    assert.deepEqual([read(ring, ring.first), read(ring, index)], [long(ring.first), long(index)]);
  }
});

test('the rows of a full chunk are found by a word, and picked by level and stream, all at once', () => {
  const { ring } = ringOf(100);
  for (let index = 0; index < 70; index++) ring.push(row(index));
  assert.deepEqual([0, 1, 2].map((chunk) => ring.isFull(chunk)), [true, true, false]);
  assert.equal(ring.find(1, /s3/gi, -1), 0xff, 's32 to s39');
  assert.equal(ring.find(1, /s3/gi, 0b1010), 0b1010);
  assert.equal(ring.pick(1, (level, stream) => level === 0 && stream === 2), (1 << (35 - 32)) | (1 << (56 - 32)));
  for (let index = 70; index < 1000; index++) ring.push(row(index));
  for (const chunk of [29, 30]) {
    const rows = Array.from({ length: 32 }, (_, at) => row(chunk * 32 + at));
    assert.equal(ring.pick(chunk, (level) => level === 20), rows.reduce((bits, { level }, at) => bits | (level === 20 ? 1 << at : 0), 0));
  }
});

test('pushed, limited and cleared in any order, it holds what a plain list holds', () => {
  const step = fc.oneof(
    { weight: 20, arbitrary: fc.record({ do: fc.constant('push' as const), count: fc.integer({ min: 1, max: 700 }), length: fc.integer({ min: 0, max: 9 }) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('limit' as const), entries: fc.integer({ min: 1, max: 2500 }), bytes: fc.integer({ min: 0, max: 9000 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const) }) },
  );
  fc.assert(fc.property(fc.integer({ min: 1, max: 2500 }), fc.integer({ min: 0, max: 9000 }), fc.array(step, { maxLength: 25 }), (entries, bytes, steps) => {
    const { ring, evicted } = ringOf(entries, bytes);
    let limits = { entries, bytes }, next = 0;
    let list: { id: number; row: RingRow }[] = [];
    const expectedEvictions: number[] = [];
    const size = (): number => list.reduce((sum, item) => sum + item.row.text.length, 0);
    const evict = (): void => {
      while (list.length > limits.entries || (list.length > 1 && size() > limits.bytes)) expectedEvictions.push((list.shift() as { id: number }).id);
    };
    for (const now of steps) {
      if (now.do === 'push') {
        for (let index = 0; index < now.count; index++) {
          list.push({ id: next, row: row(next, now.length) });
          assert.equal(ring.push(row(next, now.length)), next++);
        }
        evict();
      } else if (now.do === 'limit') {
        limits = now;
        ring.limit(now.entries, now.bytes);
        evict();
      } else {
        ring.clear();
        list = [];
      }
      assert.deepEqual([ring.length, ring.next, ring.bytes, ring.first], [list.length, next, size(), list[0]?.id ?? next]);
    }
    for (const item of list) assert.deepEqual(read(ring, item.id), item.row);
    assert.deepEqual(evicted, expectedEvictions);
  }), { numRuns: 60 });
});
