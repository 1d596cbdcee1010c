import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { JsonOutline, MAX_DEPTH, PAGE_SIZE, type OutlineRow, type ValueRow } from '../../src/core/json-outline.js';

/** A row as one line: `  key: value`, with + where it can be opened and − where it is open. */
function line(outline: JsonOutline, row: OutlineRow): string {
  const indent = '  '.repeat(row.depth);
  if (row.kind === 'more') return `${indent}… ${row.next} of ${row.left}`;
  const mark = row.isOpen === null ? '' : row.isOpen ? '− ' : '+ ';
  const { preview } = row;
  const value = row.words !== null ? JSON.stringify(row.words.shown)
    : preview === null ? outline.written(row)
      : preview.kind === 'array' ? `[${preview.items?.join(' ') ?? preview.size}]` : `{${preview.keys.join(' ')} of ${preview.size}}`;
  return `${indent}${mark}${row.key ?? ''}: ${value}`;
}

const lines = (outline: JsonOutline): string[] => outline.rows.map((row) => line(outline, row));
const rowOf = (outline: JsonOutline, path: string): OutlineRow => outline.rows.find((row) => row.path === path) as OutlineRow;

test('an entry opens with its small objects open and everything else closed', () => {
  const outline = new JsonOutline('{"level":30,"req":{"id":12345678901234567890,"headers":{"host":"a","te":"b","x":1,"y":2}},"list":[1000, 1e3],"empty":{},"none":[],"on":true}', new Map());
  assert.deepEqual(lines(outline), [
    'level: 30', '− req: {id headers of 2}', '  id: 12345678901234567890', '  + headers: {host te x of 4}', '+ list: [1000 1e3]', 'empty: { of 0}', 'none: []', 'on: true',
  ]);
});

test('opening shows the members, closing hides them, and both are remembered for the next text', () => {
  const toggles = new Map<string, boolean>();
  const first = new JsonOutline('{"a":{"b":{"c":1}}}', toggles);
  first.toggle(rowOf(first, '/a/b'));
  assert.deepEqual(lines(first), ['− a: {b of 1}', '  − b: {c of 1}', '    c: 1']);
  const second = new JsonOutline('{"x":0,"a":{"b":{"d":2}}}', toggles);
  assert.deepEqual(lines(second), ['x: 0', '− a: {b of 1}', '  − b: {d of 1}', '    d: 2']);
  second.toggle(rowOf(second, '/a'));
  assert.deepEqual(lines(second), ['x: 0', '+ a: {b of 1}']);
  assert.deepEqual(lines(new JsonOutline('{"a":{"b":3}}', toggles)), ['+ a: {b of 1}']);
});

test('a filtered text is open to what was asked for', () => {
  assert.deepEqual(lines(new JsonOutline('{"res":{"headers":{"etag":"x"},"list":[{"a":1}]}}', new Map(), true)), [
    '− res: {headers list of 2}', '  − headers: {etag of 1}', '    etag: "x"', '  − list: [1]', '    − 0: {a of 1}', '      a: 1',
  ]);
});

test('duplicate keys are rows of their own', () => {
  const outline = new JsonOutline('{"a":1,"a":{"a":2},"a/b":3,"…1":4}', new Map());
  assert.deepEqual(lines(outline), ['a: 1', '− a: {a of 1}', '  a: 2', 'a/b: 3', '…1: 4']);
  assert.equal(new Set(outline.rows.map(({ path }) => path)).size, 5);
  assert.deepEqual(new JsonOutline('{"a":{"b":1},"a/b":2,"a~1b":3}', new Map()).rows.map(({ path }) => path), ['/a', '/a/b', '/a~1b', '/a~01b']);
});

test('members are read two hundred at a time', () => {
  const outline = new JsonOutline(`{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":${index}`).join(',')}}`, new Map());
  assert.equal(outline.rows.length, PAGE_SIZE + 1);
  assert.equal(lines(outline).at(-1), '… 200 of 99800');
  outline.toggle(outline.rows.at(-1) as OutlineRow);
  assert.deepEqual(lines(outline).slice(-2), ['k399: 399', '… 200 of 99600']);
  const short = new JsonOutline(JSON.stringify(Array.from({ length: 250 }, (_, index) => index)), new Map());
  assert.equal(lines(short).at(-1), '… 50 of 50');
  short.toggle(short.rows.at(-1) as OutlineRow);
  assert.deepEqual([short.rows.length, lines(short).at(-1)], [250, '249: 249']);
});

test('every row says its place among the members', () => {
  const outline = new JsonOutline(JSON.stringify({ a: { b: 1, c: 2 }, d: 3 }), new Map());
  assert.deepEqual(outline.rows.map(({ position, size, depth }) => [position, size, depth]), [[1, 2, 0], [1, 2, 1], [2, 2, 1], [2, 2, 0]]);
});

test('a long string, and one of many lines, is cut until it is opened', () => {
  const long = 'x'.repeat(100_000), stack = 'Error: a\n    at b\n    at c\n    at d';
  const outline = new JsonOutline(JSON.stringify({ long, stack, short: 'a\nb\nc' }), new Map());
  const words = (): unknown => outline.rows.map((row) => [row.kind === 'value' ? row.words?.shown.length : 0, row.kind === 'value' ? row.isOpen : 0]);
  assert.deepEqual(words(), [[2000, false], [8, false], [5, null]]);
  assert.equal((rowOf(outline, '/stack') as ValueRow).words?.lines, 4);
  outline.toggle(rowOf(outline, '/long'));
  outline.toggle(rowOf(outline, '/stack'));
  assert.deepEqual(words(), [[100_000, true], [stack.length, true], [5, null]]);
  outline.toggle(rowOf(outline, '/long'));
  assert.deepEqual((words() as unknown[])[0], [2000, false]);
});

test('of a giant string even opening shows a part', () => {
  const outline = new JsonOutline(JSON.stringify({ long: 'x'.repeat(1_000_000), lines: 'a\n'.repeat(500_000), short: 'a\nb\n' }), new Map());
  for (const row of outline.rows) outline.toggle(row);
  assert.deepEqual(outline.rows.map((row) => row.kind === 'value' && [row.words?.shown.length, row.isOpen]), [[100_000, true], [3999, true], [4, null]]);
});

test('an entry that is one plain value is one row', () => {
  for (const text of ['null', '42', 'true', '"words"', ' -1e400 ']) {
    const outline = new JsonOutline(text, new Map());
    assert.equal(outline.rows.length, 1);
    assert.equal(line(outline, outline.rows[0] as OutlineRow), `: ${text.trim()}`);
  }
  assert.deepEqual(lines(new JsonOutline('[]', new Map())), []);
});

test('no depth exhausts the stack, and below the limit nothing opens', () => {
  const outline = new JsonOutline('[{"a":'.repeat(5000) + '1' + '}]'.repeat(5000), new Map(), true);
  for (let depth = 0; depth <= MAX_DEPTH; depth++) outline.toggle(outline.rows.at(-1) as OutlineRow, true);
  const last = outline.rows.at(-1) as ValueRow;
  assert.deepEqual([last.depth, last.isOpen, last.preview?.size], [MAX_DEPTH, null, 1]);
});

test('keys with special meaning to JavaScript are keys like others', () => {
  const outline = new JsonOutline('{"__proto__":{"x":1},"constructor":2,"toString":3,"":4}', new Map());
  assert.deepEqual(lines(outline), ['− __proto__: {x of 1}', '  x: 1', 'constructor: 2', 'toString: 3', ': 4']);
});

test('any JSON text gives rows with paths of their own, whatever is opened', () => {
  fc.assert(fc.property(fc.json({ maxDepth: 5 }), fc.array(fc.nat(20), { maxLength: 12 }), fc.boolean(), (text, clicks, isFiltered) => {
    const outline = new JsonOutline(text, new Map(), isFiltered);
    for (const click of clicks) {
      const row = outline.rows[click];
      if (row !== undefined) outline.toggle(row);
      assert.equal(new Set(outline.rows.map(({ path }) => path)).size, outline.rows.length);
    }
  }), { numRuns: 1000 });
});
