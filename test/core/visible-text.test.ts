import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutText, visibleText, visibleTokens } from '../../src/core/visible-text.js';

test('plain text of any script is left as it is', () => {
  for (const text of ['', 'GET /items?limit=5', 'line one\n\tline two\r\nline three', 'Grüße, 東京, Привет, שלום, مرحبا', 'e\u0301', '💥 👍🏽 🇫🇷']) {
    assert.equal(visibleText(text), text);
    assert.deepEqual(visibleTokens(text), [{ text, escaped: false }]);
  }
});

test('what turns text around is written out', () => {
  for (const code of [0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069]) {
    const shown = `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
    assert.equal(visibleText(`user ${String.fromCodePoint(code)}nimda`), `user ${shown}nimda`);
  }
});

test('what is drawn as nothing is written out', () => {
  const hidden = [0x00, 0x07, 0x08, 0x0b, 0x1b, 0x7f, 0x85, 0x9b, 0xad, 0x034f, 0x115f, 0x180e, 0x200b, 0x2028, 0x2029, 0x2060, 0x2064, 0x3164, 0xfe00, 0xfeff, 0xfffb, 0xe0001, 0xe0041, 0xe0100];
  for (const code of hidden) {
    assert.equal(visibleText(`a${String.fromCodePoint(code)}b`), `a⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩b`);
  }
});

test('an escape sequence for a terminal is only text', () => {
  assert.equal(visibleText('\u001b[31mred\u001b[0m\u001b]52;c;x\u0007'), '⟨U+001B⟩[31mred⟨U+001B⟩[0m⟨U+001B⟩]52;c;x⟨U+0007⟩');
});

test('a carriage return that would write over its line is written out, one that ends a line is not', () => {
  assert.equal(visibleText('granted\rdenied\r\nnext'), 'granted⟨U+000D⟩denied\r\nnext');
});

test('half of a surrogate pair is written out', () => {
  assert.equal(visibleText('a\ud800b\udfffc'), 'a⟨U+D800⟩b⟨U+DFFF⟩c');
});

test('a joiner stays where it makes an emoji or joins letters, and is written out elsewhere', () => {
  for (const text of ['👩‍🚒', '👨‍👩‍👧‍👦', '🏳️‍🌈', '☎️', '1️⃣', '❤️', '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}', 'می\u200cخواهم', 'क्\u200dष']) {
    assert.equal(visibleText(text), text);
  }
  assert.equal(visibleText('pass\u200dword'), 'pass⟨U+200D⟩word');
  assert.equal(visibleText('👩\u200d'), '👩⟨U+200D⟩');
  assert.equal(visibleText('a\ufe0f'), 'a⟨U+FE0F⟩');
  assert.equal(visibleText('🏴' + '\u{E0061}'.repeat(7) + '\u{E007F}'), '🏴' + '⟨U+E0061⟩'.repeat(7) + '⟨U+E007F⟩');
});

test('an escape is told from the same letters in the text', () => {
  assert.deepEqual(visibleTokens('⟨U+202E⟩ \u202e\u202dx'), [
    { text: '⟨U+202E⟩ ', escaped: false },
    { text: '⟨U+202E⟩⟨U+202D⟩', escaped: true },
    { text: 'x', escaped: false },
  ]);
});

test('no text makes it throw, hides anything or loses anything', () => {
  const hidden = /(?!\n|\t|\r\n)[\p{Cc}\p{Cs}\p{Bidi_Control}\u200B\uFEFF]/u;
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.array(fc.constantFrom('\u202e', '\u200d', '\ud83d', '\udc69', '👩', '\ufe0f', 'a', '\n', '\r')), (any, picked) => {
    const text = any + picked.join('');
    const shown = visibleText(text);
    assert.doesNotMatch(shown, hidden);
    assert.equal(visibleTokens(text).map((token) => token.text).join(''), shown);
    const back = visibleTokens(text).map((token) => (token.escaped ? token.text.replace(/⟨U\+([0-9A-F]+)⟩/gu, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16))) : token.text)).join('');
    assert.equal(back, text);
  }), { numRuns: 2000 });
});

test('the time does not grow faster than the text', () => {
  for (const unit of ['\u001b[', '👩\u200d', '\u202e', '1', '\u{1F3F4}\u{E0061}', '\ud800']) {
    const time = (length: number): number => {
      const text = unit.repeat(length / unit.length);
      // the best of three: other work on the machine only ever makes it slower
      return Math.min(...Array.from({ length: 3 }, () => {
        const start = performance.now();
        visibleText(text);
        return performance.now() - start;
      }));
    };
    const small = Math.max(1, time(50_000)), large = time(1_000_000);
    assert.ok(large < small * 20 * 8, `${JSON.stringify(unit)}: ${small.toFixed(1)} ms for 50,000, ${large.toFixed(1)} ms for 1,000,000`);
  }
});

test('a cut never halves a surrogate pair', () => {
  assert.equal(cutText('abc', 3), 'abc');
  assert.equal(cutText('abcd', 3), 'abc');
  assert.equal(cutText('ab💥', 3), 'ab');
  assert.equal(cutText('ab💥', 4), 'ab💥');
  assert.equal(cutText('ab\ud800\ud800', 3), 'ab');
});
