import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { multistream, pino } from 'pino';
import type { StampedEntry } from '../../src/core/protocol.js';
import { ErrorReport } from '../../src/server/error-report.js';
import { isLogBatch, positionAfter, type LogBatch } from '../../src/server/log-batch.js';
import { LocalBus, type LogBus } from '../../src/server/log-bus.js';
import { LogDestination, type LogDestinationOptions } from '../../src/server/log-destination.js';
import { manualClock } from '../helpers/manual-platform.js';

function destinationOf(options: Partial<LogDestinationOptions> = {}): { destination: LogDestination; batches: LogBatch[]; entries: () => StampedEntry[] } {
  const bus = new LocalBus(), clock = manualClock(1000), batches: LogBatch[] = [];
  bus.subscribe((batch) => batches.push(batch));
  const destination = new LogDestination({
    instance: 'a', epoch: 'e', bus, clock, maxQueuedBytes: 8_388_608, maxEntryBytes: 65_536, errors: new ErrorReport(() => undefined, clock), ...options,
  });
  return { destination, batches, entries: () => batches.flatMap((batch) => batch.entries) };
}

const nextTick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const msgOf = (entry: StampedEntry | undefined): string => (JSON.parse(entry?.text ?? '{}') as { msg: string }).msg;

describe('with pino', () => {
  test('each call is one entry, numbered over all and within its level, byte for byte as pino wrote it', async () => {
    const { destination, entries } = destinationOf(), lines: string[] = [];
    const logger = pino({ level: 'trace' }, multistream([{ level: 'trace', stream: destination }, { level: 'trace', stream: { write: (line: string) => void lines.push(line) } }]));
    logger.trace('a');
    logger.info({ n: 1 }, 'b');
    logger.info('c\nd');
    logger.child({ part: 'x' }).error(new TypeError('e'));
    await nextTick();
    assert.deepEqual(entries().map(({ instance, epoch, seq, lseq, level }) => [instance, epoch, seq, lseq, level]), [
      ['a', 'e', 1, 1, 10], ['a', 'e', 2, 1, 30], ['a', 'e', 3, 2, 30], ['a', 'e', 4, 1, 50],
    ]);
    assert.deepEqual(entries().map((entry) => `${entry.text}\n`), lines);
  });

  test('given to pino as its only argument, it is the stream', async () => {
    const { destination, entries } = destinationOf();
    pino(destination).info('hello');
    await nextTick();
    assert.deepEqual(entries().map(msgOf), ['hello']);
  });

  for (const [name, make] of [
    ['alone', (stream: LogDestination) => pino({ level: 'trace' }, stream)],
    ['in a multistream', (stream: LogDestination) => pino({ level: 'trace' }, multistream([{ level: 'trace', stream }]))],
  ] as const) {
    test(`a logged body cannot forge its level (${name})`, async () => {
      const { destination, entries } = destinationOf(), logger = make(destination);
      const levels = [10, 60, '60', null, -1, [10], { level: 10 }, 1e9];
      const bodies = [...levels.map((level) => ({ level })), JSON.parse('{"__proto__":{"level":10}}') as object];
      for (const body of bodies) logger.info(body, 'forged');
      for (const body of bodies) logger.child(body).error('forged');
      await nextTick();
      assert.deepEqual(entries().map((entry) => entry.level), [...bodies.map(() => 30), ...bodies.map(() => 50)]);
    });
  }

  test('levels of an application\'s own, by number or name, are kept', async () => {
    const { destination, entries } = destinationOf();
    pino({ level: 'trace', customLevels: { audit: 35 } }, destination).audit('x');
    pino({ level: 'trace', formatters: { level: (label) => ({ level: label }) } }, destination).error('y');
    pino({ level: 'trace', formatters: { level: () => ({}) } }, destination).warn('z');
    await nextTick();
    assert.deepEqual(entries().map((entry) => entry.level), [35, 50, 40]);
  });

  test('odd values give one entry each, or pino\'s own error, and the stream goes on', async () => {
    const { destination, entries } = destinationOf(), logger = pino({ level: 'trace' }, destination);
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const deep = JSON.parse(`${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`) as object;
    const odd = [
      { n: 10n }, { n: NaN }, circular, { s: Symbol('x') }, { f: () => 1 }, deep, { date: new Date(NaN) }, { text: '\ud800\u2028\u0000' }, new Map([[1, 2]]),
      { toJSON: () => undefined },
    ];
    for (const body of odd) logger.info(body, 'odd');
    assert.throws(() => logger.info({ get broken(): never { throw new Error('pino throws this'); } }));
    logger.info('still here');
    await nextTick();
    assert.equal(entries().length, 11);
    assert.equal(msgOf(entries().at(-1)), 'still here');
    for (const { text } of entries()) assert.doesNotThrow(() => JSON.parse(text));
  });

  test('a fatal entry and logger.flush() go out at once', () => {
    const { destination, entries } = destinationOf(), logger = pino({ level: 'trace' }, destination);
    logger.fatal('the end');
    assert.equal(entries().length, 1);
    logger.info('x');
    let flushed = false;
    logger.flush(() => (flushed = true));
    assert.deepEqual([flushed, entries().length], [true, 2]);
  });
});

describe('other writers', () => {
  test('the level of one call is not that of the next write by somebody else', async () => {
    const { destination, entries } = destinationOf();
    pino({ level: 'trace' }, destination).fatal('x');
    destination.write('{"level":20,"msg":"by another library"}\n');
    destination.write('plain text\n');
    await nextTick();
    assert.deepEqual(entries().map((entry) => entry.level), [60, 20, 30]);
  });

  test('a chunk of several lines is several entries; blank lines are none; bytes are read as UTF-8', async () => {
    const { destination, entries } = destinationOf();
    destination.write('{"level":30,"msg":"1"}\n\n  \r\n{"level":40,"msg":"2"}\r\nthree');
    destination.write(Buffer.from('vier ü\n') as never);
    for (const nothing of [undefined, null, 5, {}, '']) destination.write(nothing as never);
    await nextTick();
    assert.deepEqual(entries().map((entry) => [entry.level, msgOf(entry)]), [[30, '1'], [40, '2'], [30, 'three'], [30, 'vier ü']]);
  });

  test('invented levels without end are numbered apart only so far', async () => {
    const { destination, entries } = destinationOf();
    for (let level = 1000; level < 2000; level++) destination.write(`{"level":${level}}`);
    await nextTick();
    const distinct = new Set(entries().map((entry) => entry.level));
    assert.ok(distinct.size <= 64, `${distinct.size} levels`);
    assert.deepEqual([entries().at(-1)?.level, entries().at(-1)?.lseq], [60, 1000 - 58]);
  });
});

describe('what it costs the application', () => {
  test('everything logged in one tick is one batch; write answers true', async () => {
    const { destination, batches } = destinationOf();
    for (let index = 0; index < 1000; index++) assert.equal(destination.write('{"level":30}\n'), true);
    assert.equal(batches.length, 0);
    await nextTick();
    assert.deepEqual(batches.map((batch) => batch.entries.length), [1000]);
  });

  test('more than the queue holds: the oldest are dropped, keep their numbers, and are said by level', async () => {
    const line = (level: number): string => `{"level":${level},"msg":"${'x'.repeat(80)}"}\n`, size = line(30).length - 1;
    const { destination, batches } = destinationOf({ maxQueuedBytes: size * 1000 });
    for (let index = 0; index < 4000; index++) destination.write(line(index % 4 === 0 ? 40 : 30));
    await nextTick();
    destination.write('{"level":30,"msg":"next"}');
    await nextTick();
    const [first, second] = batches as [LogBatch, LogBatch], { entries } = first;
    assert.deepEqual(entries.map((entry) => entry.seq), Array.from({ length: 1000 }, (_, index) => 3001 + index));
    assert.deepEqual([entries[0]?.level, entries[0]?.lseq, entries[1]?.lseq], [40, 751, 2251]);
    assert.deepEqual([first.seq, first.levels, first.lost], [3000, new Map([[40, 750], [30, 2250]]), new Map([[40, 750], [30, 2250]])]);
    assert.deepEqual([second.seq, second.levels, second.lost], [4000, new Map([[40, 1000], [30, 3000]]), new Map()], 'a loss is said once');
    assert.ok(batches.every(isLogBatch));
  });

  test('an entry larger than the whole queue is dropped and said', async () => {
    const { destination, batches } = destinationOf({ maxQueuedBytes: 20 });
    destination.write('{"level":50,"msg":"longer than twenty characters"}');
    await nextTick();
    assert.deepEqual(batches, [{ instance: 'a', epoch: 'e', seq: 1, levels: new Map([[50, 1]]), lost: new Map([[50, 1]]), ended: false, watched: true, entries: [] }]);
  });

  test('a bus that throws or rejects hurts nobody, and what it refused is said once it takes entries again', async () => {
    let broken = true;
    const told: unknown[] = [], taken: LogBatch[] = [], clock = manualClock();
    const bus: LogBus = {
      publish(batch) {
        if (broken) throw new Error('bus down');
        taken.push(batch);
        return Promise.reject(new Error('later')) as never;
      },
      subscribe: () => () => undefined,
      close: () => Promise.resolve(),
    };
    const { destination } = destinationOf({ bus, clock, errors: new ErrorReport((error) => told.push((error as Error).message), clock) });
    const logger = pino({ level: 'trace' }, destination);
    logger.info('1');
    logger.warn('2');
    await nextTick();
    logger.info('3');
    await nextTick();
    broken = false;
    clock.advance(60_000);
    logger.info('4');
    await nextTick();
    await nextTick();
    assert.equal(taken.length, 1);
    assert.deepEqual([taken[0]?.seq, taken[0]?.levels, taken[0]?.lost], [3, new Map([[30, 2], [40, 1]]), new Map([[30, 2], [40, 1]])]);
    assert.deepEqual(taken[0]?.entries.map((entry) => [entry.seq, entry.lseq, msgOf(entry)]), [[4, 3, '4']]);
    assert.deepEqual(told, ['bus down', 'later']);
  });

  test('whatever is logged, dropped and refused, every batch says its place, and nothing has two numbers', () => {
    const step = fc.oneof(
      fc.record({ level: fc.constantFrom(10, 30, 35, 50), length: fc.nat(60) }),
      fc.constantFrom('flush' as const, 'announce' as const, 'break' as const, 'mend' as const),
    );
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let broken = false, seq = 0, levels: ReadonlyMap<number, number> = new Map(), dropped = 0, logged = 0;
      const bus: LogBus = {
        publish(batch) {
          assert.ok(isLogBatch(batch));
          if (broken) throw new Error('bus down');
          const lost = [...batch.lost].reduce((sum, [level, count]) => {
            assert.ok((batch.levels.get(level) ?? 0) - (levels.get(level) ?? 0) === count);
            return sum + count;
          }, 0);
          assert.equal(batch.seq, seq + lost);
          dropped += lost;
          ({ seq, levels } = positionAfter(batch));
        },
        subscribe: () => () => undefined,
        close: () => Promise.resolve(),
      };
      const { destination } = destinationOf({ bus, maxQueuedBytes: 200 });
      for (const each of steps) {
        if (each === 'flush') destination.flushSync();
        else if (each === 'announce') destination.announce();
        else if (typeof each === 'string') broken = each === 'break';
        else if (destination.write(JSON.stringify({ level: each.level, msg: 'x'.repeat(each.length) }))) logged++;
      }
      broken = false;
      destination.end();
      assert.equal(seq, logged);
      assert.ok(dropped <= logged);
    }), { numRuns: 300 });
  });

  test('a fault of our own is no fault of the application, and stands where the entry was', async () => {
    let faults = 2;
    const clock = { ...manualClock(1000), now: () => (faults-- > 0 ? assert.fail('no time') : 1000) };
    const { destination, entries } = destinationOf({ clock }), logger = pino({ level: 'trace' }, destination);
    logger.error('x');
    destination.write('{"level":20}');
    logger.info('y');
    await nextTick();
    const fault = '[log stream] An entry was logged here that could not be read.';
    assert.deepEqual(entries().map((entry) => [entry.seq, entry.level, msgOf(entry)]), [[1, 50, fault], [2, 30, fault], [3, 30, 'y']]);
  });

  test('it tells that it began, that it is there and that it has ended', async () => {
    const { destination, batches } = destinationOf();
    destination.announce();
    destination.write('{"level":30}');
    destination.announce();
    destination.end();
    destination.announce();
    await nextTick();
    assert.deepEqual(batches.map(({ seq, ended, entries }) => [seq, ended, entries.length]), [[0, false, 0], [0, false, 1], [1, true, 0]]);
    const silent = destinationOf();
    silent.destination.end();
    assert.deepEqual(silent.batches, [], 'a stream that nobody has heard of does not end');
  });

  test('after its end it takes nothing and keeps nothing', async () => {
    const { destination, entries } = destinationOf();
    destination.write('{"msg":"1"}');
    destination.end();
    assert.equal(entries().length, 1);
    destination.write('{"msg":"2"}');
    destination.end();
    await nextTick();
    assert.equal(entries().length, 1);
  });
});
