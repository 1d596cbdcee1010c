import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Accounting } from '../../src/core/accounting.js';
import type { Gap } from '../../src/core/gap.js';
import { levelsInWords } from '../../src/core/level-counts.js';
import { NONE_QUIET, type StreamPosition } from '../../src/core/protocol.js';
import { manualClock } from '../helpers/manual-platform.js';

const INFO = 2, WARN = 3;

function accountingOf() {
  const clock = manualClock(1000), gaps: Gap[] = [], accounting = new Accounting(clock, (gap) => gaps.push(gap));
  const at = (seq: number, levels: Record<number, number>, epoch = 'e'): [string, StreamPosition] => ['api', { epoch, seq, levels: numbersOf(levels) }];
  return {
    clock, accounting, at, gaps,
    /** A subscription at info, answered by a server that has come to these numbers. */
    subscribe: (rank = INFO, streams: [string, StreamPosition][] = [at(0, {})], unknown: string[] = []) => accounting.subscribed(rank, { floor: 'trace', streams: new Map(streams), quiet: NONE_QUIET, away: null, unknown }),
    entry: (seq: number, lseq: number, level = 30, epoch = 'e') => accounting.entry('api', epoch, seq, lseq, level),
    mark: (seq: number, levels: Record<number, number>, epoch = 'e') => accounting.mark(new Map([at(seq, levels, epoch)]), 0),
    gap: (from: number, to: number, levels: Record<number, number> | null, cause: Gap['cause'] = 'slow', epoch = 'e') =>
      accounting.gap({ instance: 'api', epoch, from, to, cause, levels: levels === null ? null : numbersOf(levels) }),
    level: (level = 30) => accounting.streams[0]?.levels.find((one) => one.level === level),
    /** Gaps in words, and forgets them. */
    said: () => gaps.splice(0).map(({ cause, instance, levels }) => `${instance} ${cause}: ${levelsInWords(levels) || 'unknown'}`),
  };
}

function numbersOf(levels: Record<number, number>): Map<number, number> {
  return new Map(Object.entries(levels).map(([level, number]) => [Number(level), number]));
}

describe('Accounting', () => {
  test('finds nothing where every entry comes', () => {
    const { subscribe, entry, mark, level, said, accounting } = accountingOf();
    subscribe();
    assert.deepEqual([entry(1, 1), entry(3, 1, 40), entry(4, 2)], [true, true, true]);
    mark(5, { 20: 2, 30: 2, 40: 1 });
    assert.deepEqual(level(), { level: 30, asked: true, base: 0, last: 2, owed: 2, shown: 2, missing: 0 });
    assert.deepEqual(said(), []);
    assert.equal(accounting.contradictions, 0);
  });

  test('drops and counts an entry that comes again', () => {
    const { subscribe, entry, accounting, level } = accountingOf();
    subscribe();
    entry(1, 1);
    entry(2, 2);
    assert.deepEqual([entry(2, 2), entry(1, 1), entry(3, 3)], [false, false, true]);
    assert.equal(accounting.duplicates, 2);
    assert.equal(level()?.shown, 3);
  });

  test('finds a hole that nobody declared, at the entry behind it and at a mark', () => {
    const { subscribe, entry, mark, said, accounting } = accountingOf();
    subscribe();
    entry(1, 1);
    entry(9, 5);
    assert.deepEqual(said(), ['api unexplained: 3 info']);
    mark(20, { 30: 6, 50: 2 });
    assert.deepEqual(said(), ['api unexplained: 1 info, 2 error']);
    assert.deepEqual(accounting.missing, [0, 0, 4, 0, 2, 0]);
  });

  test('a declared gap with counts explains its hole, and no more than it', () => {
    const { subscribe, entry, gap, mark, said, level } = accountingOf();
    subscribe();
    entry(1, 1);
    gap(2, 9, { 30: 5, 40: 1, 20: 2 });
    assert.deepEqual(said(), ['api slow: 5 info, 1 warn']);
    entry(10, 7);
    assert.deepEqual(said(), []);
    entry(12, 9);
    assert.deepEqual(said(), ['api unexplained: 1 info']);
    mark(12, { 20: 2, 30: 9, 40: 1 });
    assert.deepEqual(level(), { level: 30, asked: true, base: 0, last: 9, owed: 9, shown: 3, missing: 6 });
  });

  test('a declared gap without counts gives its cause to the next holes, up to its length and up to the next mark', () => {
    const { subscribe, entry, gap, mark, said } = accountingOf();
    subscribe();
    gap(1, 4, null, 'bus');
    entry(5, 3);
    assert.deepEqual(said(), ['api bus: 2 info']);
    mark(6, { 30: 3, 50: 3 });
    assert.deepEqual(said(), ['api bus: 2 error', 'api unexplained: 1 error']);
    gap(7, 8, null, 'bus');
    mark(8, { 30: 3, 50: 3 });
    entry(9, 5);
    assert.deepEqual(said(), ['api unexplained: 1 info']);
  });

  test('entries that were said to be missing and come after all are shown, taken back and noted as a contradiction', () => {
    const { subscribe, entry, gap, accounting, level } = accountingOf();
    subscribe();
    gap(1, 3, { 30: 3 });
    assert.equal(entry(4, 2), true);
    assert.deepEqual(accounting.missing, [0, 0, 1, 0, 0, 0]);
    assert.equal(accounting.contradictions, 1);
    assert.deepEqual(level(), { level: 30, asked: true, base: 0, last: 2, owed: 2, shown: 1, missing: 1 });
  });

  test('a mark that falls back, and a gap over what was shown, are contradictions and change nothing', () => {
    const { subscribe, entry, gap, mark, accounting, level } = accountingOf();
    subscribe();
    entry(1, 1);
    entry(2, 2);
    mark(1, { 30: 1 });
    gap(1, 2, { 30: 2 });
    assert.equal(accounting.contradictions, 2);
    assert.equal(level()?.missing, 0);
  });

  test('levels that are not asked for are not missing', () => {
    const { subscribe, entry, mark, gap, said } = accountingOf();
    subscribe(WARN);
    mark(10, { 20: 4, 30: 5, 40: 1 });
    assert.deepEqual(said(), ['api unexplained: 1 warn']);
    gap(11, 20, { 30: 9, 40: 1 });
    assert.deepEqual(said(), ['api slow: 1 warn']);
    entry(21, 15);
    entry(30, 20);
    assert.deepEqual(said(), []);
  });

  test('a level that is asked for later is owed from there on, and not owed any more when it is given up', () => {
    const { subscribe, entry, mark, at, level, said } = accountingOf();
    subscribe(WARN);
    entry(7, 1, 40);
    subscribe(INFO, [at(10, { 30: 5, 40: 1 })]);
    entry(11, 6);
    entry(14, 8);
    assert.deepEqual(said(), ['api unexplained: 1 info']);
    subscribe(WARN, [at(14, { 30: 8, 40: 1 })]);
    mark(50, { 30: 40, 40: 1 });
    assert.deepEqual(said(), []);
    assert.deepEqual(level(), { level: 30, asked: false, base: 5, last: 8, owed: 3, shown: 2, missing: 1 });
    subscribe(INFO, [at(50, { 30: 40, 40: 1 })]);
    mark(52, { 30: 42, 40: 1 });
    assert.deepEqual(said(), ['api unexplained: 2 info']);
    assert.deepEqual(level(), { level: 30, asked: true, base: 40, last: 42, owed: 5, shown: 2, missing: 3 });
  });

  test('an answer to a subscription closes the account of the level until then', () => {
    const { subscribe, entry, at, said, level } = accountingOf();
    subscribe();
    entry(1, 1);
    subscribe(WARN, [at(6, { 30: 4, 40: 1 })]);
    assert.deepEqual(said(), ['api unexplained: 3 info, 1 warn']);
    assert.deepEqual(level(), { level: 30, asked: false, base: 0, last: 4, owed: 4, shown: 1, missing: 3 });
  });

  test('what was logged before the view is not missing, with or without a word of the server', () => {
    const { subscribe, entry, at, said, accounting, mark } = accountingOf();
    subscribe(INFO, [at(100, { 30: 80, 40: 20 })]);
    entry(101, 81);
    entry(102, 1, 50);
    assert.deepEqual(said(), []);
    accounting.entry('other', 'x', 57, 40, 30);
    accounting.entry('other', 'x', 58, 7, 40);
    accounting.entry('other', 'x', 60, 42, 30);
    assert.deepEqual(said(), ['other unexplained: 1 info']);
    mark(102, { 30: 81, 40: 20, 50: 1 });
    assert.deepEqual(said(), []);
  });

  test('a resumed stream goes on at its position; what its new server does not have is missing', () => {
    const { subscribe, entry, at, gap, said, accounting } = accountingOf();
    subscribe();
    entry(1, 1);
    entry(5, 2);
    assert.deepEqual(accounting.positions, new Map([['api', { epoch: 'e', seq: 5 }]]));
    subscribe(INFO, [at(5, {})]);
    gap(6, 80, { 30: 50 }, 'expired');
    entry(81, 53);
    assert.deepEqual(said(), ['api expired: 50 info']);
    assert.deepEqual(accounting.positions, new Map([['api', { epoch: 'e', seq: 81 }]]));
  });

  test('an instance that starts anew without having said its end: its last entries cannot be known, the first of the new start can', () => {
    const { subscribe, entry, mark, said, accounting } = accountingOf();
    subscribe();
    entry(1, 1);
    entry(3, 3, 30, 'e2');
    assert.deepEqual(said(), ['api unknown: unknown', 'api restart: 2 info']);
    mark(3, { 30: 3 }, 'e2');
    entry(6, 5, 30, 'e2');
    assert.deepEqual(said(), ['api unexplained: 1 info']);
    assert.equal(accounting.unknowable, 1);
    assert.deepEqual(accounting.positions, new Map([['api', { epoch: 'e2', seq: 6 }]]));
  });

  test('an instance that said its end has no unknown entries', () => {
    const { subscribe, entry, at, said, accounting } = accountingOf();
    subscribe();
    entry(1, 1);
    accounting.stream('api', at(4, { 30: 3 })[1], 'end');
    assert.deepEqual(said(), ['api unexplained: 2 info']);
    assert.deepEqual(accounting.positions, new Map([['api', { epoch: 'e', seq: 4 }]]));
    subscribe(INFO, [at(0, {}, 'e2')]);
    entry(1, 1, 30, 'e2');
    assert.deepEqual(said(), []);
    assert.equal(accounting.unknowable, 0);
  });

  test('a position that the server does not know is said once', () => {
    const { subscribe, entry, at, said } = accountingOf();
    subscribe();
    entry(1, 1);
    subscribe(INFO, [at(9, { 30: 4 }, 'e2')], ['api']);
    entry(10, 5, 30, 'e2');
    assert.deepEqual(said(), ['api unknown: unknown', 'api restart: 4 info']);
  });

  test('an instance that a new server has not heard of yet is given three marks', () => {
    const { subscribe, entry, accounting, said, mark } = accountingOf();
    subscribe();
    entry(1, 1);
    for (const isHeard of [true, false]) {
      subscribe(INFO, [], ['api']);
      for (const time of [50, 5050, 10_049]) accounting.mark(new Map(), time);
      assert.deepEqual(said(), []);
      if (isHeard) mark(1, { 30: 1 });
      accounting.mark(new Map(), 10_050);
      assert.deepEqual(said(), isHeard ? [] : ['api silent: unknown']);
    }
  });

  test('an instance that falls silent is said once, and is an open question only until its numbers tell what was missing', () => {
    const { subscribe, entry, at, said, accounting } = accountingOf(), quiet = new Map([['api', 500]]);
    subscribe();
    entry(1, 1);
    accounting.stream('api', at(1, { 30: 1 })[1], 'quiet');
    accounting.mark(new Map([at(1, { 30: 1 })]), 0, quiet);
    accounting.stream('api', at(1, { 30: 1 })[1], 'quiet');
    assert.deepEqual([said(), accounting.unknowable], [['api silent: unknown'], 1]);
    assert.equal(entry(4, 3), true);
    assert.deepEqual([said(), accounting.unknowable], [['api unexplained: 1 info'], 0]);
    accounting.mark(new Map([at(4, { 30: 3 })]), 0, quiet);
    assert.deepEqual([said(), accounting.unknowable], [['api silent: unknown'], 1], 'again');
    accounting.stream('api', at(4, { 30: 3 })[1], 'live');
    assert.deepEqual([said(), accounting.unknowable], [[], 0]);
  });

  test('one of which this view has more than the server heard falls silent at its own place, and keeps its numbers', () => {
    const { subscribe, entry, at, said, accounting } = accountingOf();
    subscribe();
    for (const seq of [1, 2, 3]) entry(seq, seq);
    accounting.mark(new Map([at(3, {})]), 0, new Map([['api', 7]]));
    assert.deepEqual([said(), accounting.unknowable, accounting.contradictions], [['api silent: unknown'], 1, 0]);
    assert.equal(entry(4, 4), true);
    assert.deepEqual([said(), accounting.unknowable], [[], 0]);
  });

  test('what a silent instance logged last is never known where it starts anew', () => {
    const { subscribe, entry, at, said, accounting, mark } = accountingOf();
    subscribe();
    entry(1, 1);
    accounting.stream('api', at(1, { 30: 1 })[1], 'quiet');
    accounting.stream('api', { ...at(0, {}, 'f')[1] }, 'new');
    entry(1, 1, 30, 'f');
    mark(1, { 30: 1 }, 'f');
    assert.deepEqual([said(), accounting.unknowable], [['api silent: unknown'], 1]);
    accounting.mark(new Map([at(1, { 30: 1 })]), 0);
    assert.equal(accounting.unknowable, 1, 'a server that has not heard of the new start tells of the one before');
  });

  test('one that is silent when a view is resumed is an open question too', () => {
    const { subscribe, entry, at, said, accounting } = accountingOf();
    subscribe();
    entry(1, 1);
    accounting.subscribed(INFO, { floor: 'trace', streams: new Map([at(1, {})]), quiet: new Map([['api', 7]]), away: null, unknown: [] });
    assert.deepEqual([said(), accounting.unknowable], [['api silent: unknown'], 1]);
  });

  test('one that was silent before the view began is none of its losses, whatever becomes of it; should it be heard again, it is counted from the beginning of the view', () => {
    for (const becomes of ['silent', 'replaced', 'unknown to the next server', 'heard'] as const) {
      const { subscribe, entry, at, said, accounting, mark } = accountingOf(), quiet = new Map([['api', 7]]);
      accounting.subscribed(INFO, { floor: 'trace', streams: new Map([at(10, { 30: 8, 40: 2 })]), quiet, away: null, unknown: [] });
      accounting.mark(new Map([at(10, { 30: 8, 40: 2 })]), 0, quiet);
      accounting.stream('api', at(10, { 30: 8, 40: 2 })[1], 'quiet');
      if (becomes === 'replaced') entry(1, 1, 30, 'f');
      if (becomes === 'unknown to the next server') {
        subscribe(INFO, [], ['api']);
        for (const time of [50, 20_000]) accounting.mark(new Map(), time);
      }
      assert.deepEqual([said(), accounting.unknowable], [[], 0], becomes);
      if (becomes !== 'heard') continue;
      entry(15, 11);
      mark(16, { 30: 11, 40: 5 });
      assert.deepEqual(said(), ['api unexplained: 2 info', 'api unexplained: 3 warn']);
      accounting.mark(new Map([at(16, { 30: 11, 40: 5 })]), 0, quiet);
      assert.deepEqual([said(), accounting.unknowable], [['api silent: unknown'], 1], 'and is an open question once it has been heard');
    }
  });

  test('an instance of which a server knows an earlier start only is given them too', () => {
    const { subscribe, entry, at, accounting, said, mark } = accountingOf();
    for (const isHeard of [true, false]) {
      subscribe();
      entry(1, 1);
      entry(1, 1, 30, 'e2');
      said();
      subscribe(INFO, [at(0, {})], ['api']);
      for (const time of [50, 5050]) accounting.mark(new Map([at(1, { 30: 1 })]), time);
      if (isHeard) mark(1, { 30: 1 }, 'e2');
      accounting.mark(new Map([at(1, { 30: 1 })]), 10_050);
      assert.deepEqual(said(), isHeard ? [] : ['api silent: unknown']);
    }
  });

  test('while the server does not reach the others, nobody is missed; when it does, each has its time', () => {
    const { subscribe, entry, said, accounting } = accountingOf(), answer = { floor: 'trace', streams: new Map(), quiet: NONE_QUIET, unknown: ['api'] } as const;
    subscribe();
    entry(1, 1);
    const away = { since: 0, reason: 'Redis does not answer' };
    accounting.subscribed(INFO, { ...answer, away });
    for (const time of [5_000, 25_000, 60_000]) accounting.mark(new Map(), time);
    accounting.hear({ type: 'bus', away: null, since: 60_000 });
    accounting.mark(new Map(), 65_000);
    accounting.mark(new Map(), 74_999);
    assert.deepEqual(said(), []);
    accounting.mark(new Map(), 75_000);
    assert.deepEqual(said(), ['api silent: unknown']);
    accounting.hear({ type: 'bus', away, since: 0 });
    accounting.hear({ type: 'bus', away: null, since: 60_000 });
    accounting.mark(new Map(), 99_000);
    assert.deepEqual(said(), []);
  });

  test('a twin, another process of the same name, is counted beside it from where the server tells of it', () => {
    const { subscribe, entry, at, said, accounting, mark } = accountingOf();
    subscribe(INFO, [at(3, { 30: 3 }, 'new')]);
    accounting.stream('api', at(5000, { 30: 5000 }, 'old')[1], 'twin');
    assert.deepEqual([entry(5001, 5001, 30, 'old'), entry(4, 4, 30, 'new'), entry(5002, 5002, 30, 'old')], [true, true, true]);
    mark(4, { 30: 4 }, 'new');
    accounting.stream('api', at(5003, { 30: 5003 }, 'old')[1], 'twin');
    assert.deepEqual(said(), ['api unexplained: 1 info']);
    assert.deepEqual([...accounting.positions], [['api', { epoch: 'new', seq: 4 }]]);
    assert.deepEqual([accounting.unknowable, accounting.contradictions], [0, 0]);
  });

  test('a server without numbers leaves every stream unknown', () => {
    const { subscribe, entry, said, accounting } = accountingOf();
    subscribe();
    entry(1, 1);
    accounting.subscribed(INFO, null);
    assert.deepEqual(said(), ['api unknown: unknown']);
  });

  test('a loss while the server did not reach the others is from when it was cut off, also where what waited comes before it', () => {
    const { clock, accounting, subscribe, entry, mark, gap, gaps } = accountingOf();
    subscribe();
    clock.advance(4000);
    entry(1, 1);
    const cutOffAt = clock.now();
    accounting.hear({ type: 'bus', away: { since: 1, reason: '' }, since: 1 });
    for (let second = 0; second < 10; second += 5) {
      clock.advance(5000);
      mark(1, { 30: 1 });
    }
    accounting.hear({ type: 'bus', away: null, since: 1 });
    clock.advance(1000);
    mark(1, { 30: 1 });
    entry(2, 2);
    gap(3, 9, { 30: 7 }, 'bus');
    entry(10, 10);
    assert.deepEqual(gaps.splice(0).map(({ from, to }) => [from - cutOffAt, to - cutOffAt]), [[0, 11_000]]);
    clock.advance(20_000);
    entry(11, 11);
    clock.advance(1000);
    entry(13, 13);
    assert.deepEqual(gaps.map(({ from, to }) => to - from), [1000]);
  });

  test('a loss of an instance that logs little is from when it was surely heard, and that is not the last mark', () => {
    const { clock, subscribe, entry, mark, gaps } = accountingOf();
    subscribe();
    entry(1, 1);
    for (let second = 0; second < 60; second += 5) {
      clock.advance(5000);
      mark(1, { 30: 1 });
    }
    clock.advance(1000);
    entry(3, 3);
    assert.deepEqual(gaps.map(({ from, to }) => to - from), [21_000]);
  });

  test('a gap says between which times it is', () => {
    const clock = manualClock(1000), gaps: Gap[] = [], accounting = new Accounting(clock, (gap) => gaps.push(gap));
    accounting.subscribed(INFO, { floor: 'trace', streams: new Map(), quiet: NONE_QUIET, away: null, unknown: [] });
    accounting.entry('api', 'e', 1, 1, 30);
    clock.advance(500);
    accounting.entry('api', 'e', 3, 3, 30);
    assert.deepEqual(gaps, [{ cause: 'unexplained', instance: 'api', levels: [0, 0, 1, 0, 0, 0], from: 1000, to: 1500 }]);
  });

  test('a gap whose counts only the next numbers tell is from when the stream was heard before it', () => {
    for (const next of ['mark', 'new'] as const) {
      const { clock, subscribe, entry, at, accounting, gap, mark, gaps } = accountingOf();
      subscribe();
      entry(1, 1);
      clock.advance(8000);
      subscribe(INFO, [at(1, {})]);
      gap(2, 9, null, 'expired');
      if (next === 'mark') mark(9, { 30: 7, 20: 2 });
      else accounting.stream('api', at(9, { 30: 7, 20: 2 })[1], 'new');
      assert.deepEqual(gaps.map(({ cause, from, to }) => [cause, from, to]), [['expired', 1000, 9000]], next);
    }
  });

  test('invented streams and levels have an end, and their entries are shown', () => {
    const { subscribe, accounting, said, entry } = accountingOf();
    subscribe();
    for (let number = 0; number < 5000; number++) assert.equal(accounting.entry(`x${number}`, 'e', 7, 7, 30), true);
    for (let level = 1; level < 500; level++) assert.equal(entry(level, 1, level), true);
    assert.equal(accounting.streams.length, 1000);
    assert.equal(accounting.streams.find(({ instance }) => instance === 'api')?.levels.length, 64);
    assert.deepEqual(said(), []);
  });

  test('a place is made for a new stream where one is over', () => {
    const { subscribe, accounting, at } = accountingOf();
    subscribe();
    accounting.stream('api', at(0, {})[1], 'end');
    for (let number = 0; number < 1000; number++) accounting.entry(`x${number}`, 'e', 1, 1, 30);
    assert.equal(accounting.streams.some(({ instance }) => instance === 'api'), false);
    assert.equal(accounting.streams.length, 1000);
  });
});
