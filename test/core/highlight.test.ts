import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wordPatterns } from '../../src/core/filter.js';
import { highlight } from '../../src/core/highlight.js';

/** The text with its hits in brackets. */
function marked(text: string, search: string): string {
  return highlight(text, wordPatterns(search, 'gi')).map((piece) => (piece.hit ? `[${piece.text}]` : piece.text)).join('');
}

test('each word is marked wherever it stands, in upper or lower case', () => {
  assert.equal(marked('GET /items got items', 'ITEMS get'), '[GET] /[items] got [items]');
  assert.equal(marked('aaa', 'a'), '[aaa]');
  assert.equal(marked('abc', 'x'), 'abc');
  assert.equal(marked('abc', ''), 'abc');
  assert.equal(marked('', 'a'), '');
});

test('hits that overlap, touch or hold one another are one', () => {
  assert.equal(marked('abcdef', 'abc bcd'), '[abcd]ef');
  assert.equal(marked('abcdef', 'ab cd'), '[abcd]ef');
  assert.equal(marked('abcdef', 'abcde bc d'), '[abcde]f');
  assert.equal(marked('a-b', 'a b'), '[a]-[b]');
});

test('a text without a hit is one piece', () => {
  assert.deepEqual(highlight('abc', []), [{ text: 'abc', hit: false }]);
  assert.deepEqual(highlight('abc', wordPatterns('b', 'gi')), [{ text: 'a', hit: false }, { text: 'b', hit: true }, { text: 'c', hit: false }]);
});

test('the pieces are the text, by turns with and without a hit, and a letter is marked where some word stands over it', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'A', ' ', '.', '<', '\u2028', '😀') });
  fc.assert(fc.property(letters, letters, (text, search) => {
    const pieces = highlight(text, wordPatterns(search, 'gi'));
    assert.equal(pieces.map((piece) => piece.text).join(''), text);
    if (text !== '') assert.equal(pieces.some((piece) => piece.text === ''), false);
    for (let index = 1; index < pieces.length; index++) assert.notEqual(pieces[index]?.hit, pieces[index - 1]?.hit);
    const isMarked = pieces.flatMap((piece) => Array.from({ length: piece.text.length }, () => piece.hit));
    for (const word of search.split(/\s+/u).filter((part) => part !== '')) {
      const small = word.toLowerCase();
      for (let at = text.toLowerCase().indexOf(small); at >= 0; at = text.toLowerCase().indexOf(small, at + word.length)) {
        assert.equal(isMarked.slice(at, at + word.length).every(Boolean), true, `${word} in ${text}`);
      }
    }
  }));
});
