import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TextBlocks } from '../../src/core/text-blocks.js';
import { CHUNK_ROWS, TextColumn, type TextKeeper } from '../../src/core/text-column.js';

const ROOM = 8 * CHUNK_ROWS;
const asTheyAre: TextKeeper<string> = { put: (text) => text, read: (text) => text, release: () => undefined };

function filled(texts: readonly string[], from = 0): TextColumn<{ readonly length: number }> {
  const column = new TextColumn<{ readonly length: number }>(ROOM, new TextBlocks() as unknown as TextKeeper<{ readonly length: number }>);
  texts.forEach((text, index) => column.push(from + index, text));
  return column;
}

test('rows are read back from a chunk that is open, one that is joined, and one whose texts are too long to join', () => {
  for (const length of [0, 5, 300, 9000]) {
    const texts = Array.from({ length: 3 * CHUNK_ROWS - 5 }, (_, n) => `${n}`.padEnd((length * (n % 3)) / 2, '.')), column = filled(texts);
    texts.forEach((text, id) => assert.deepEqual([column.at(id), column.lengthOf(id)], [text, text.length]));
  }
});

test('any text is kept to the letter beside any other: wide, with a half of a pair, with line feeds, empty', () => {
  const part = fc.oneof({ weight: 4, arbitrary: fc.string() }, fc.constantFrom('', '\n', '\n\n', 'é', '日本', '😀', '\ud83d', '\ude00', '\ufeff', '\u2028'));
  const text = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
  fc.assert(fc.property(fc.array(text, { minLength: CHUNK_ROWS, maxLength: 3 * CHUNK_ROWS, size: 'max' }), (texts) => {
    const column = filled(texts);
    texts.forEach((each, id) => assert.deepEqual([column.at(id), column.lengthOf(id)], [each, each.length]));
  }), { numRuns: 200 });
});

test('a chunk that begins in its middle, because what was before it was cleared, is read by the same numbers', () => {
  const texts = Array.from({ length: 60 }, (_, n) => `text ${n}`), column = filled(texts, 7);
  texts.forEach((text, index) => assert.equal(column.at(7 + index), text));
  assert.equal(column.find(0, /0/gi, -1), (1 << 7) | (1 << 17) | (1 << 27), 'text 0, 10 and 20');
});

test('numbers past 2^31 and near 2^53 are numbers', () => {
  for (const from of [2 ** 31 - 40, 2 ** 32 - 3, 2 ** 53 - 100]) {
    const texts = Array.from({ length: 80 }, (_, n) => `${n % 2 === 0 ? 'even' : 'odd'} ${n}`), column = filled(texts, from);
    texts.forEach((text, index) => assert.equal(column.at(from + index), text));
    const chunk = Math.floor(from / CHUNK_ROWS) + 1, first = chunk * CHUNK_ROWS - from;
    assert.equal(column.find(chunk, /even/gi, -1), (first % 2 === 0 ? 0x55555555 : 0xaaaaaaaa) | 0);
  }
});

test('the rows in which a word is found are those in which it is found one by one', () => {
  const short = fc.constantFrom('a', 'ab', 'B', 'aab', ' ', '\n', 'é', 'É', '日', ''), long = fc.constant('x'.repeat(140_000));
  const part = fc.oneof({ weight: 400, arbitrary: short }, { weight: 1, arbitrary: long }), text = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
  const word = fc.constantFrom('a', 'b', 'ab', 'aab', 'ba', 'é', '日', 'x', 'zz');
  fc.assert(fc.property(fc.array(text, { minLength: CHUNK_ROWS, maxLength: CHUNK_ROWS }), word, fc.integer(), (texts, sought, among) => {
    const column = filled(texts);
    let expected = 0;
    texts.forEach((each, row) => {
      if (new RegExp(sought, 'i').test(each)) expected |= 1 << row;
    });
    assert.equal(column.find(0, new RegExp(sought, 'gi'), -1), expected);
    assert.equal(column.find(0, new RegExp(sought, 'gi'), among), expected & among);
  }), { numRuns: 300 });
});

test('given other room, every row is where it was asked for before', () => {
  const texts = Array.from({ length: 200 }, (_, n) => `text ${n}`), column = filled(texts);
  for (let id = 0; id < 150; id++) column.release(id);
  for (const chunks of [16, 3, 5]) {
    column.resize(chunks * CHUNK_ROWS, 150, 200);
    for (let id = 150; id < 200; id++) assert.deepEqual([column.at(id), column.lengthOf(id)], [`text ${id}`, `text ${id}`.length]);
  }
});

test('round and round, with texts of every length, what is held is the newest, and what was put aside is given back', () => {
  let kept = 0;
  const counting: TextKeeper<string> = { ...asTheyAre, put: (text) => (kept++, text), release: () => void kept-- };
  for (const column of [filled([]), new TextColumn(ROOM, counting)]) {
    const textOf = (id: number): string => `${id} ${'é'.repeat(id % 61 === 0 ? 6000 : id % 40)}`;
    for (let id = 0, first = 0; id < 20_000; id++) {
      if (id - first === ROOM - CHUNK_ROWS) column.release(first++);
      column.push(id, textOf(id));
      assert.equal(column.at(first), textOf(first));
      assert.equal(column.at(Math.max(first, id - (id % 7))), textOf(Math.max(first, id - (id % 7))));
    }
  }
  assert.ok(kept > 0 && kept <= ROOM / CHUNK_ROWS, `${kept} chunks are kept`);
});

test('long texts are let go one by one', () => {
  const column = filled(Array.from({ length: 40 }, (_, n) => `${n}`.padEnd(5000, '.')));
  for (let id = 0; id < 5; id++) column.release(id);
  assert.deepEqual([column.at(4), column.at(5).length], ['', 5000]);
});
