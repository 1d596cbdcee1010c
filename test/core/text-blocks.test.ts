import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LONGEST_TEXT, TextBlocks, type PlacedText } from '../../src/core/text-blocks.js';

test('a text is read back to the letter, or not taken', () => {
  const blocks = new TextBlocks(), unit = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', '\udfff', '\udc00\ud800', '\ufeff', '\u0000', '\u00e9', '😀', '\ufffd', '日本'));
  fc.assert(fc.property(fc.array(unit), (parts) => {
    const text = parts.join(''), placed = blocks.put(text);
    assert.equal(placed === null, /\p{Surrogate}/u.test(text));
    if (placed === null) return;
    assert.equal(blocks.read(placed), text);
    assert.equal(placed.length, text.length);
  }), { numRuns: 500 });
});

test('a byte order mark at the beginning stays', () => {
  const blocks = new TextBlocks();
  assert.equal(blocks.read(blocks.put('\ufeffx') as PlacedText), '\ufeffx');
});

test('the longest text has room whatever its letters, and a longer one is not taken', () => {
  const blocks = new TextBlocks();
  for (const letter of ['x', 'é', '日']) {
    const text = letter.repeat(LONGEST_TEXT);
    assert.equal(blocks.read(blocks.put(text) as PlacedText), text);
  }
  assert.equal(blocks.put('x'.repeat(LONGEST_TEXT + 1)), null);
});

test('texts that come and leave in turn take no further block, and none overwrites one that is kept', () => {
  const blocks = new TextBlocks(), kept: { placed: PlacedText; text: string }[] = [], buffers = new Set<ArrayBufferLike>();
  for (let round = 0; round < 3000; round++) {
    const text = `${round} ${'äx'.repeat(round % 5 === 0 ? 9000 : 300)}`, placed = blocks.put(text) as PlacedText;
    kept.push({ placed, text });
    buffers.add(placed.block.bytes.buffer);
    // few, then many, then few: a block that is given up serves again, once
    while (kept.length > (round % 1500 < 750 ? 100 : 500)) {
      const { placed: oldest, text: before } = kept.shift() as (typeof kept)[number];
      assert.equal(blocks.read(oldest), before);
      blocks.release(oldest);
    }
  }
  for (const { placed, text } of kept) assert.equal(blocks.read(placed), text);
  assert.ok(buffers.size <= 12, `${buffers.size} blocks`);
});

test('the last text that leaves gives its block to the next one', () => {
  const blocks = new TextBlocks(), first = blocks.put('one') as PlacedText;
  blocks.release(first);
  const second = blocks.put('two') as PlacedText;
  assert.deepEqual([second.block === first.block, second.start, blocks.read(second)], [true, 0, 'two']);
});
