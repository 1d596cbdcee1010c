import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FrameQueue } from '../../src/core/frame-queue.js';
import { encodeMark, encodePacked, encodePlainEntry, encodeStampedEntry, type StampedEntry } from '../../src/core/protocol.js';

function entry(level: number, seq = 1, text = `{"level":${level},"msg":"a"}`): StampedEntry {
  return { instance: 'a', epoch: 'e', seq, lseq: 1, level, text };
}

/** Frames, and the numbers of what was skipped that no server had numbered. */
function passedOf(queue: FrameQueue): unknown[] {
  return queue.takePassed().map((passed) => (typeof passed === 'string' ? passed : { levels: passed.unnumbered, from: passed.from, to: passed.to }));
}

test('frames are taken in order, and once', () => {
  const queue = new FrameQueue(1000);
  queue.push('a', 1);
  queue.push('b', 2);
  assert.deepEqual([queue.length, queue.take(), queue.length, queue.take(), queue.takePassed(), queue.pushed], [2, ['a', 'b'], 0, [], [], 2]);
});

test('so much of what waits is taken, oldest first, and one frame whatever its length', () => {
  const queue = new FrameQueue(1000);
  for (const frame of ['aaaaa', 'bb', 'cc', 'dddd', 'e']) queue.push(frame, 1);
  assert.deepEqual([queue.take(3), queue.length, queue.bytes], [['aaaaa'], 4, 9]);
  assert.deepEqual([queue.take(4), queue.length, queue.bytes], [['bb', 'cc'], 2, 5]);
  queue.push('ff', 1);
  assert.deepEqual([queue.take(7), queue.length, queue.bytes, queue.pushed], [['dddd', 'e', 'ff'], 0, 0, 6]);
  assert.deepEqual(queue.take(1), []);
});

test('what is left over makes room like any other', () => {
  const queue = new FrameQueue(100), frame = encodePlainEntry(entry(30));
  queue.push(frame, 1);
  queue.push('{"type":"mark"}', 1);
  queue.push(frame, 1);
  queue.take(1);
  queue.push(frame, 2);
  assert.deepEqual([queue.takePassed().length, queue.take()], [1, [frame]]);
});

test('past its bytes the oldest frames go, and are counted by level with the time of the first and the last', () => {
  const queue = new FrameQueue(300), frames = [10, 50, 35, 0, 20, 30].map((level) => encodePlainEntry(entry(level)));
  frames.forEach((frame, index) => queue.push(frame, 1000 + index));
  const kept = queue.take();
  assert.deepEqual(kept, frames.slice(-kept.length));
  assert.equal(kept.length, Math.floor(300 / (frames[0] as string).length));
  assert.deepEqual(passedOf(queue), [{ levels: [1, 0, 0, 0, 0, 0], from: 1005, to: 1005 }]);
  for (let index = 0; index < 10; index++) queue.push(encodePlainEntry(entry(60)), 2000 + index);
  assert.deepEqual(passedOf(queue), [{ levels: [0, 0, 0, 0, 0, 5], from: 2005, to: 2009 }]);
  assert.deepEqual(queue.takePassed(), []);
});

test('the newest frame is taken even where it alone is too long', () => {
  const queue = new FrameQueue(10), frame = encodePlainEntry(entry(30));
  queue.push(frame, 1);
  assert.deepEqual([queue.takePassed(), queue.take()], [[], [frame]]);
  queue.push(frame, 2);
  queue.push(frame, 3);
  assert.deepEqual([queue.length, passedOf(queue)], [1, [{ levels: [0, 0, 1, 0, 0, 0], from: 3, to: 3 }]]);
});

test('what a packed frame held is counted entry by entry', () => {
  const queue = new FrameQueue(10);
  queue.push(encodePacked([10, 50, 50, 0, -3].map((level, index) => entry(level, index + 1))), 1);
  queue.push('x', 2);
  assert.deepEqual(queue.takePassed().map((passed) => typeof passed !== 'string' && passed.gaps), [[
    { instance: 'a', epoch: 'e', from: 1, to: 5, cause: 'page', levels: new Map([[10, 1], [50, 2], [0, 1], [-3, 1]]), times: { from: 2, to: 2 } },
  ]]);
});

test('a frame that cannot be read is missing too: it counts as one entry without a level', () => {
  const frames = [
    '{"type":"logs","data":{"level":50,', '{"type":"logs","data":{"\\q":1},"uid":"a"}',
    '{"type":"logs","event":"packed"}', '{"type":"logs","event":"packed","levels":[50]}\n{}',
  ];
  for (const frame of frames) {
    const queue = new FrameQueue(1);
    queue.push(frame, 1);
    queue.push('yy', 2);
    assert.deepEqual(passedOf(queue), [{ levels: [0, 0, 1, 0, 0, 0], from: 2, to: 2 }], frame);
  }
});

test('what a server says of its numbers is never skipped, and stands between what was', () => {
  const queue = new FrameQueue(300), mark = encodeMark(1, new Map());
  for (const frame of [encodePlainEntry(entry(30)), mark, encodePlainEntry(entry(50)), encodePlainEntry(entry(50)), mark, 'y'.repeat(300)]) queue.push(frame, 1);
  assert.deepEqual(passedOf(queue), [{ levels: [0, 0, 1, 0, 0, 0], from: 1, to: 1 }, mark, { levels: [0, 0, 0, 0, 2, 0], from: 1, to: 1 }, mark]);
});

test('a server that says more beside its entries than may wait is cut short, and that can be seen', () => {
  const queue = new FrameQueue(100);
  for (let time = 0; time < 1000; time++) queue.push('{"type":"later"}', 1);
  const passed = queue.takePassed();
  assert.deepEqual([passed.length, passed.at(-1), queue.length], [7, '', 6]);
});

test('whatever comes, what was pushed is taken or counted, and what waits is bounded', () => {
  const level = fc.constantFrom(0, 10, 20, 30, 40, 50, 60);
  const push = fc.record({ level, times: fc.integer({ min: 1, max: 400 }), isStamped: fc.boolean() });
  const step = fc.oneof({ weight: 9, arbitrary: push }, { weight: 1, arbitrary: fc.constant('take' as const) });
  const ranks: Record<number, number> = { 0: 2, 10: 0, 20: 1, 30: 2, 40: 3, 50: 4, 60: 5 };
  fc.assert(fc.property(fc.array(step, { maxLength: 20 }), fc.integer({ min: 100, max: 100_000 }), (steps, maxBytes) => {
    const queue = new FrameQueue(maxBytes), pushed = [0, 0, 0, 0, 0, 0], found = [0, 0, 0, 0, 0, 0];
    const count = (counts: number[], rank: number, by = 1): void => void (counts[rank] = (counts[rank] as number) + by);
    const take = (): void => {
      for (const passed of queue.takePassed()) if (typeof passed !== 'string') {
        passed.unnumbered?.forEach((by, rank) => count(found, rank, by));
        for (const { levels } of passed.gaps) levels?.forEach((by, level) => count(found, ranks[level] as number, by));
      }
      const frames = queue.take();
      if (frames.length > 1) assert.equal(frames.join('').length <= maxBytes, true);
      for (const frame of frames) count(found, ranks[(JSON.parse(frame) as { data: { level: number } }).data.level] as number);
    };
    for (const now of steps) {
      if (now === 'take') take();
      else {
        const frame = now.isStamped ? encodeStampedEntry(entry(now.level), now.level) : encodePlainEntry(entry(now.level));
        for (let time = 0; time < now.times; time++) queue.push(frame, 1);
        count(pushed, ranks[now.level] as number, now.times);
      }
    }
    take();
    assert.deepEqual(found, pushed);
    assert.equal(queue.length, 0);
  }), { numRuns: 60 });
});
