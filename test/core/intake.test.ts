import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Intake, type IntakeSink } from '../../src/core/intake.js';
import type { SkippedFrames } from '../../src/core/skipped-frames.js';
import { encodePacked, encodePlainEntry, encodeStampedEntry, type StampedEntry } from '../../src/core/protocol.js';
import { manualClock, manualScheduler, type ManualClock, type ManualScheduler } from '../helpers/manual-platform.js';

interface Bench {
  readonly intake: Intake;
  readonly clock: ManualClock;
  readonly scheduler: ManualScheduler;
  /** What was handed over, in words. */
  readonly taken: string[];
  readonly skipped: SkippedFrames[];
  readonly sink: IntakeSink;
}

function bench(maxWaitingBytes = 1e6): Bench {
  const clock = manualClock(), scheduler = manualScheduler(), taken: string[] = [], skipped: SkippedFrames[] = [];
  const sink: IntakeSink = {
    entry: ({ text, level, instance, epoch, seq }) => {
      taken.push(`${text} ${level} ${instance} ${epoch} ${seq}`);
    },
    notice: (notice) => taken.push(notice.name),
    news: (news) => taken.push(news.type),
    skipped: (frames) => {
      taken.push('skipped');
      skipped.push(frames);
    },
    unreadable: () => taken.push('unreadable'),
  };
  const intake = new Intake(clock, scheduler, maxWaitingBytes, (interim) => intake.drain(sink, interim));
  return { intake, clock, scheduler, taken, skipped, sink };
}

const entry: StampedEntry = { instance: 'api', epoch: 'e', seq: 7, lseq: 3, level: 30, text: '{"level":30}' };

const MUCH = 'x'.repeat(150_000);

test('nothing is read before the next picture, and then all of it, once', () => {
  const { intake, scheduler, taken } = bench();
  intake.receive(encodePlainEntry(entry));
  intake.push([{ a: 1 }], 'page');
  assert.deepEqual([taken, scheduler.pending], [[], 1]);
  scheduler.draw();
  assert.deepEqual(taken, ['{"level":30} 30 api null NaN', '{"a":1} 0 page null NaN']);
  scheduler.draw();
  assert.deepEqual([taken.length, scheduler.pending], [2, 0]);
});

test('each kind of frame is read, and what is none is counted', () => {
  const { intake, scheduler, taken } = bench();
  intake.receive(encodeStampedEntry({ ...entry, level: 50 }, 30));
  intake.receive(encodePacked([entry, { ...entry, seq: 9, level: 60, text: '[1.10]' }, { ...entry, seq: 10, text: '{"cut' }]));
  for (const frame of ['', 'hello', '{"type":"pong"}', '{"type":"logs","event":"packed"}\n1']) intake.receive(frame);
  scheduler.draw();
  const five = Array.from({ length: 5 }, () => 'unreadable');
  assert.deepEqual(taken, ['{"level":30} 50 api e 7', '{"level":30} 30 api e 7', '[1.10] 60 api e 9', ...five]);
});

test('frames, entries of the page and notices keep the order in which they came', () => {
  const { intake, scheduler, taken } = bench();
  const frame = (index: number): string => encodePlainEntry({ ...entry, text: String(index), instance: '' });
  intake.notify({ name: 'level', level: 'debug' });
  intake.receive(frame(1));
  intake.receive(frame(2));
  intake.notify({ name: 'disconnected', from: 1, to: 2 });
  intake.push([3, 4], '');
  intake.receive(frame(5));
  intake.notify({ name: 'cleared', count: 1 });
  scheduler.draw();
  intake.receive(frame(6));
  intake.push([7], '');
  scheduler.draw();
  assert.deepEqual(taken.map((words) => words.split(' ')[0]), ['level', '1', '2', 'disconnected', '3', '4', '5', 'cleared', '6', '7']);
});

test('what a page pushes and what has no JSON is counted; nothing else is lost by it', () => {
  const { intake, scheduler, taken } = bench();
  const circle: unknown[] = [], deep: unknown[] = [];
  circle.push(circle);
  for (let at = deep, depth = 0; depth < 100_000; depth++) at.push((at = []));
  const refuse = (): never => {
    throw new Error('no');
  };
  const hostile = [
    undefined, () => 1, Symbol('x'), 12n, circle, deep, 'no JSON', '',
    { toJSON: refuse }, Object.defineProperty({}, 'a', { get: refuse, enumerable: true }), new Proxy({}, { ownKeys: refuse }),
  ];
  assert.doesNotThrow(() => intake.push([{ first: 1 }, ...hostile, '{"last":1}'], ''));
  scheduler.draw();
  assert.deepEqual(taken, ['{"first":1} 0  null NaN', ...hostile.map(() => 'unreadable'), '{"last":1} 0  null NaN']);
});

test('a value is taken as it was when it was pushed', () => {
  const { intake, scheduler, taken } = bench();
  const value = { a: 1 };
  intake.push([value, new Date(0), NaN, null, true], '');
  value.a = 2;
  scheduler.draw();
  assert.deepEqual(taken.map((words) => words.split(' ')[0]), ['{"a":1}', '"1970-01-01T00:00:00.000Z"', 'null', 'null', 'true']);
});

test('a source that breaks off tells its own page; what it gave before is taken', () => {
  const { intake, scheduler, taken } = bench();
  function* source(): Generator<number> {
    yield 1;
    throw new Error('broken off');
  }
  assert.throws(() => intake.push(source(), ''), /broken off/);
  scheduler.draw();
  assert.equal(taken.length, 1);
});

test('a hidden page, which draws nothing, is flushed from the message that is number 1,000', () => {
  const { intake, scheduler, taken } = bench();
  scheduler.hide(true);
  for (let index = 0; index < 999; index++) intake.receive(encodePlainEntry(entry));
  assert.equal(taken.length, 0);
  intake.receive(encodePlainEntry(entry));
  assert.equal(taken.length, 1000);
  for (let index = 0; index < 1000; index++) intake.push([1], '');
  assert.equal(taken.length, 2000, 'entries of the page count like frames');
  assert.equal(scheduler.pending, 0);
});

test('a hidden page is flushed from the first message 100 ms after the oldest that waits', () => {
  const { intake, scheduler, clock, taken } = bench();
  scheduler.hide(true);
  intake.receive(encodePlainEntry(entry));
  clock.advance(99);
  intake.receive(encodePlainEntry(entry));
  assert.equal(taken.length, 0);
  clock.advance(1);
  intake.notify({ name: 'cleared', count: 0 });
  assert.equal(taken.length, 3);
  intake.receive(encodePlainEntry(entry));
  assert.equal(taken.length, 3, 'the wait begins anew');
  scheduler.hide(false);
  scheduler.draw();
  assert.equal(taken.length, 4, 'what still waits is drawn when the page is shown');
});

test('what does not fit is said first, counted by level', () => {
  const { intake, scheduler, clock, taken, skipped } = bench(200);
  const from = clock.now();
  for (const level of [50, 30, 30, 10, 10, 10]) {
    intake.receive(encodePlainEntry({ ...entry, level, text: `{"level":${level}}` }));
    clock.advance(5);
  }
  scheduler.draw();
  assert.equal(taken.length, 5);
  assert.deepEqual(skipped.map(({ unnumbered, from, to }) => ({ unnumbered, from, to })), [{ unnumbered: [0, 0, 1, 0, 1, 0], from: from + 20, to: from + 25 }]);
  assert.equal(taken[0], 'skipped');
});

test('a picture is asked for as one of little, until there is more than can be read as it comes', () => {
  const { intake, scheduler } = bench(8e6), ask = (fill: () => void): boolean => {
    fill();
    const { isLittle } = scheduler;
    scheduler.draw();
    return isLittle;
  };
  const receive = (count: number, text = '{"level":30}'): void => {
    for (let index = 0; index < count; index++) intake.receive(encodePlainEntry({ ...entry, text }));
  };
  assert.equal(ask(() => receive(8)), true);
  assert.equal(ask(() => receive(200)), false);
  assert.equal(ask(() => receive(1, JSON.stringify('x'.repeat(5000)))), false);
  assert.equal(ask(() => intake.push([1, 2, 3], '')), true);
  assert.equal(ask(() => intake.push(Array.from({ length: 9 }, () => 1), '')), false);
  // what was taken between two pictures is to be drawn too
  assert.equal(ask(() => receive(2, JSON.stringify(MUCH))), false);
  assert.equal(ask(() => receive(1)), true);
});

test('where much waits it is taken at once, in its order, and the picture comes all the same', () => {
  const { intake, scheduler, taken } = bench(8e6);
  intake.notify({ name: 'cleared', count: 1 });
  intake.receive(encodePlainEntry({ ...entry, text: JSON.stringify(MUCH) }));
  assert.deepEqual([taken.length, scheduler.pending], [0, 1]);
  intake.receive(encodePlainEntry({ ...entry, text: JSON.stringify(MUCH) }));
  assert.deepEqual([taken.map((words) => words.slice(0, 3)), scheduler.pending], [['cle', '"xx', '"xx'], 1]);
  scheduler.draw();
  assert.deepEqual([taken.length, scheduler.pending], [3, 0]);
});

test('a page that has drawn nothing for a second leaves unread what comes, until it draws', () => {
  const { intake, scheduler, clock, taken } = bench(8e6);
  const receive = (): void => intake.receive(encodePlainEntry({ ...entry, text: JSON.stringify(MUCH + MUCH) }));
  receive();
  clock.advance(999);
  receive();
  assert.equal(taken.length, 2);
  clock.advance(1);
  receive();
  assert.equal(taken.length, 2);
  scheduler.draw();
  assert.equal(taken.length, 3);
  receive();
  assert.equal(taken.length, 4);
});

test('of what has gathered while nothing was drawn a picture takes a part, and the rest follows in its order', () => {
  const { intake, scheduler, clock, taken } = bench(8e6);
  intake.schedule();
  clock.advance(1000);
  for (let index = 0; index < 10; index++) intake.receive(encodePlainEntry({ ...entry, text: JSON.stringify(`${index}${MUCH}`) }));
  intake.notify({ name: 'cleared', count: 1 });
  assert.equal(taken.length, 0);
  scheduler.draw();
  assert.deepEqual([taken.length, scheduler.pending], [3, 0]);
  clock.advance(0);
  assert.deepEqual([taken.length > 3, scheduler.pending], [true, 1]);
  clock.advance(0);
  assert.deepEqual(taken.map((words) => words.slice(0, 3)), [...Array.from({ length: 10 }, (_, index) => `"${index}x`), 'cle']);
  scheduler.draw();
  assert.deepEqual([taken.length, scheduler.pending, clock.pending], [11, 0, 0]);
});

test('who asks for all gets all', () => {
  const { intake, scheduler, clock, taken, sink } = bench(8e6);
  intake.schedule();
  clock.advance(1000);
  for (let index = 0; index < 10; index++) intake.receive(encodePlainEntry({ ...entry, text: JSON.stringify(MUCH) }));
  scheduler.draw();
  assert.equal(taken.length, 3);
  intake.drain(sink);
  assert.equal(taken.length, 10);
  clock.advance(0);
  assert.deepEqual([taken.length, scheduler.pending], [10, 0]);
});

test('a hidden page is flushed where much waits, and asks for no picture', () => {
  const { intake, scheduler, taken } = bench(8e6);
  scheduler.hide(true);
  intake.receive(encodePlainEntry({ ...entry, text: JSON.stringify(MUCH + MUCH) }));
  assert.deepEqual([taken.length, scheduler.pending], [1, 0]);
});

test('draining leaves no picture asked for', () => {
  const { intake, scheduler } = bench();
  intake.schedule();
  intake.schedule();
  assert.equal(scheduler.pending, 1);
  const never = (): void => assert.fail('nothing waits');
  intake.drain({ entry: never, news: never, skipped: never, notice: never, unreadable: never });
  assert.equal(scheduler.pending, 0);
});
