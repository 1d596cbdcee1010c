// Long texts, kept as UTF-8 in blocks of bytes outside of the script engine's heap: an engine lets its heap grow in proportion to what lives in it
// before it looks for garbage, so hundreds of megabytes of text there would double themselves. First in, first out. Knows nothing of rows.
import type { TextKeeper } from './text-column.js';

// every page, worker and Node has these two; the language itself has no such thing
declare const TextEncoder: new () => { encodeInto(text: string, bytes: Uint8Array): { readonly read: number; readonly written: number } };
declare const TextDecoder: new (encoding: 'utf-8', options: { ignoreBOM: boolean }) => { decode(bytes: Uint8Array): string };

interface Block {
  readonly bytes: Uint8Array;
  /** Bytes in use, and texts that are still kept in them. */
  end: number;
  texts: number;
}

/** Where a text is. */
export interface PlacedText {
  /** Of the text itself, in UTF-16 code units. */
  readonly length: number;
  readonly block: Block;
  readonly start: number;
  readonly end: number;
}

const BLOCK_BYTES = 1 << 20;
/** The longest text that a block has room for, whatever its letters. */
export const LONGEST_TEXT = Math.floor(BLOCK_BYTES / 3);
/** Any half of a pair, which is quickly looked for; and one without the other half, which UTF-8 has no way to write. */
const HALF = /[\ud800-\udfff]/, LONE_HALF = /\p{Surrogate}/u;

export class TextBlocks implements TextKeeper<PlacedText> {
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #block: Block | null = null;
  /** An empty block that the next one may be, so that a full buffer that goes round takes no new memory. */
  #spare: Block | null = null;

  /** Keeps a text of at most `LONGEST_TEXT`; null where bytes cannot say it to the letter. */
  put(text: string): PlacedText | null {
    if (text.length > LONGEST_TEXT || (HALF.test(text) && LONE_HALF.test(text))) return null;
    return this.#putInto(this.#block ??= emptyBlock(), text) ?? this.#putInto(this.#newBlock(), text);
  }

  read({ block, start, end }: PlacedText): string {
    return this.#decoder.decode(block.bytes.subarray(start, end));
  }

  /** Lets go of a text. */
  release({ block }: PlacedText): void {
    block.texts--;
    if (block.texts > 0) return;
    block.end = 0;
    if (block !== this.#block) this.#spare = block;
  }

  #putInto(block: Block, text: string): PlacedText | null {
    const start = block.end, { read, written } = this.#encoder.encodeInto(text, block.bytes.subarray(start));
    if (read < text.length) return null;
    block.texts++;
    return { length: text.length, block, start, end: block.end += written };
  }

  #newBlock(): Block {
    const block = this.#spare ?? emptyBlock();
    this.#spare = null;
    return this.#block = block;
  }
}

function emptyBlock(): Block {
  return { bytes: new Uint8Array(BLOCK_BYTES), end: 0, texts: 0 };
}
