import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EntryRing, NOTICE } from '../../src/core/entry-ring.js';
import { changeFilter, compileFilter, isFiltering, NO_FILTER, sameFilter, wordPatterns, wordsOf, type LogFilter } from '../../src/core/filter.js';
import { StreamTable } from '../../src/core/stream-table.js';

/** The rows of these texts that the filter shows, with level and instance by turns. */
function shown(filter: Partial<LogFilter>, rows: readonly { search?: string; level?: number; instance?: string }[]): number[] {
  const ring = new EntryRing(100, 1e6, () => undefined), streams = new StreamTable();
  for (const { search = '', level = 30, instance = 'api' } of rows) ring.push({ text: '', search, level, time: 0, stream: streams.indexOf(instance, null), seq: NaN });
  const passes = compileFilter({ ...NO_FILTER, ...filter }, ring, streams);
  return rows.map((_, id) => id).filter((id) => passes === null || passes(id));
}

test('without a filter there is no test at all', () => {
  const ring = new EntryRing(1, 1, () => undefined);
  assert.equal(compileFilter(NO_FILTER, ring, new StreamTable()), null);
  assert.equal(compileFilter({ ...NO_FILTER, search: ' \t\n\u00a0' }, ring, new StreamTable()), null);
  assert.equal(isFiltering({ ...NO_FILTER, search: '  ' }), false);
  for (const part of [{ search: 'x' }, { hiddenLevels: ['info' as const] }, { hiddenInstances: [''] }]) assert.equal(isFiltering({ ...NO_FILTER, ...part }), true);
});

test('every word is looked for, in any order, in upper or lower case, anywhere', () => {
  const rows = ['GET /items 200', 'items got', 'get', 'GETITEMS', ''].map((search) => ({ search }));
  assert.deepEqual(shown({ search: ' ITEMS  get ' }, rows), [0, 3]);
});

test('a word is words: what has meaning in an expression, in HTML or in JSON has none here', () => {
  const rows = ['a.b', 'axb', '[1]', '(x|y)*', '$^', '{"a":"\\d"}', '<b>', '1+1=2?', 'ÄRGER', '日本語'].map((search) => ({ search }));
  assert.deepEqual(shown({ search: 'a.b' }, rows), [0]);
  assert.deepEqual(shown({ search: '[1]' }, rows), [2]);
  assert.deepEqual(shown({ search: '(x|y)*' }, rows), [3]);
  assert.deepEqual(shown({ search: '$^' }, rows), [4]);
  assert.deepEqual(shown({ search: '\\d' }, rows), [5]);
  assert.deepEqual(shown({ search: '<b>' }, rows), [6]);
  assert.deepEqual(shown({ search: '1+1=2?' }, rows), [7]);
  assert.deepEqual(shown({ search: 'ärger' }, rows), [8]);
  assert.deepEqual(shown({ search: '本' }, rows), [9]);
});

test('levels between pino’s and entries without one belong to the level beside them', () => {
  const rows = [0, 30, 35, 40, -5, 10, 1000, 60].map((level) => ({ level }));
  assert.deepEqual(shown({ hiddenLevels: ['info'] }, rows), [3, 4, 5, 6, 7]);
  assert.deepEqual(shown({ hiddenLevels: ['trace', 'fatal'] }, rows), [0, 1, 2, 3]);
});

test('instances are hidden by name; one that was never heard of is shown', () => {
  const rows = [{ instance: 'a' }, { instance: 'b' }, { instance: '' }];
  assert.deepEqual(shown({ hiddenInstances: ['a', ''] }, rows), [1]);
});

test('all parts of a filter count', () => {
  const rows = [
    { search: 'x', level: 50, instance: 'a' }, { search: 'x', level: 30, instance: 'a' },
    { search: 'x', level: 50, instance: 'b' }, { search: 'y', level: 50, instance: 'a' },
  ];
  assert.deepEqual(shown({ search: 'x', hiddenLevels: ['info'], hiddenInstances: ['b'] }, rows), [0]);
});

test('the viewer’s own rows pass every filter', () => {
  const ring = new EntryRing(10, 10, () => undefined);
  ring.push({ text: '', search: '', level: 0, time: 0, stream: NOTICE, seq: NaN });
  const passes = compileFilter({ hiddenLevels: ['trace', 'debug', 'info', 'warn', 'error', 'fatal'], hiddenInstances: [''], search: 'x' }, ring, new StreamTable());
  assert.equal(passes?.(0), true);
});

test('words are told once, and their patterns keep no state from one text to the next', () => {
  assert.deepEqual(wordsOf(' b a\u2003b\na '), ['b', 'a']);
  const [pattern] = wordPatterns('a') as [RegExp];
  assert.deepEqual([pattern.test('xa'), pattern.test('a'), pattern.test('A')], [true, true, true]);
});

test('two filters are the same whatever the order of their parts', () => {
  const filter = changeFilter(NO_FILTER, { hiddenLevels: ['info', 'warn'], search: 'x' });
  assert.equal(sameFilter(filter, changeFilter(NO_FILTER, { hiddenLevels: ['warn', 'info', 'warn'], search: 'x' })), true);
  const changes: Partial<LogFilter>[] = [
    { search: 'X' }, { hiddenLevels: ['info'] }, { hiddenLevels: ['info', 'debug'] }, { hiddenLevels: ['info', 'info'] }, { hiddenInstances: ['a'] },
  ];
  for (const change of changes) {
    assert.equal(sameFilter(filter, changeFilter(filter, change)), false, JSON.stringify(change));
  }
});

test('a filter is its own: what its maker does with the lists afterwards does not change it', () => {
  const hiddenInstances = ['a'], filter = changeFilter(NO_FILTER, { hiddenInstances });
  hiddenInstances.push('b');
  assert.deepEqual(filter, { hiddenLevels: [], hiddenInstances: ['a'], search: '' });
  assert.deepEqual([filter, filter.hiddenLevels, filter.hiddenInstances].map(Object.isFrozen), [true, true, true]);
});

test('asked in any order, of rows in full chunks and of those that come meanwhile, a filter shows what each row alone says', () => {
  const row = fc.record({
    search: fc.constantFrom('', 'GET /items 200', 'get\nitems', 'ITEMS', 'ärger 日本', 'Ärger', 'x'.repeat(5000)), level: fc.constantFrom(10, 30, 50),
    instance: fc.constantFrom('a', 'b'), isNotice: fc.boolean(),
  });
  const filter = fc.record({ search: fc.constantFrom('get', 'items GET', '本 ä', 'x', ''), hiddenLevels: fc.subarray(['trace' as const, 'info' as const]), hiddenInstances: fc.subarray(['a']) });
  fc.assert(fc.property(fc.array(row, { minLength: 30, maxLength: 200, size: 'max' }), filter, fc.nat(40), fc.array(fc.nat(199), { maxLength: 40, size: 'max' }), (rows, chosen, late, order) => {
    const ring = new EntryRing(70, 1e6, () => undefined), streams = new StreamTable(), passes = compileFilter(chosen, ring, streams) ?? ((): boolean => true);
    const expected = ({ search, level, instance, isNotice }: (typeof rows)[number]): boolean => isNotice || (
      wordPatterns(chosen.search).every((pattern) => pattern.test(search)) && !chosen.hiddenLevels.some((name) => name === (level === 10 ? 'trace' : level === 30 ? 'info' : 'error')) && !chosen.hiddenInstances.includes(instance));
    rows.forEach((each, id) => {
      const { search, level, instance, isNotice } = each;
      ring.push({ text: '', search, level, time: 0, stream: isNotice ? NOTICE : streams.indexOf(instance, null), seq: NaN });
      if (id >= late) assert.equal(passes(id), expected(each), 'as it comes');
    });
    for (const id of [...order.filter((each) => ring.has(each)), ...Array.from({ length: ring.length }, (_, at) => ring.next - 1 - at)]) {
      assert.equal(passes(id), expected(rows[id] as (typeof rows)[number]), `${id}`);
    }
  }), { numRuns: 300 });
});
