// A text for each row of the ring, by chunks of 32 rows: the texts of a full chunk are joined, so that a million of them are few objects, without a
// header each, and hold on to none of the frames that they came in. Knows no limit and no filter, and not where joined texts are kept.
//
// A row's id is its number. Ids may pass 2^31: no bit is taken from them.
import { moveCells } from './circular.js';

/** As many as there are bits in a mask. */
export const CHUNK_ROWS = 32;

const LAST = CHUNK_ROWS - 1;
/** Characters of a chunk that are worth joining. Longer texts stay as they are: so each of them is let go as soon as it leaves, not with its chunk. */
const JOINED_AT_MOST = 1 << 17;
/** What parts the texts of a joined chunk; no word of a search has it. */
const SEPARATOR = '\n';

/** The number of the chunk that a row is in. */
export function chunkOf(id: number): number {
  return Math.floor(id / CHUNK_ROWS);
}

/** Where joined texts are kept. What `Kept` is, only the keeper knows; its `length` is that of the text. */
export interface TextKeeper<Kept extends { readonly length: number }> {
  /** Null where it cannot keep the text to the letter. */
  put(text: string): Kept | null;
  read(kept: Kept): string;
  release(kept: Kept): void;
}

/** The texts of a chunk: joined, or, while it is being filled and where they are long, one by one; null where none is held. */
type Chunk<Kept> = string[] | Kept | null;

export class TextColumn<Kept extends { readonly length: number }> {
  readonly #keeper: TextKeeper<Kept>;
  #chunks: Chunk<Kept>[];
  /** Where a row's text begins in its joined chunk. */
  #starts: Uint32Array;
  /** The chunk that was read last, and its text: rows are read one beside the other. */
  #read: Kept | null = null;
  #readText = '';

  /** @param size rows that there is room for, a multiple of `CHUNK_ROWS` */
  constructor(size: number, keeper: TextKeeper<Kept>) {
    this.#keeper = keeper;
    this.#chunks = new Array<Chunk<Kept>>(size / CHUNK_ROWS).fill(null);
    this.#starts = new Uint32Array(size);
  }

  /** Adds the text of the row `id`; the row before it is `id - 1`, or none is held. */
  push(id: number, text: string): void {
    const chunk = chunkOf(id), slot = chunk % this.#chunks.length, row = id - chunk * CHUNK_ROWS;
    let texts = this.#chunks[slot];
    // where the rows before it were cleared, the first row of a chunk is not its row 0
    if (!Array.isArray(texts)) this.#chunks[slot] = texts = new Array<string>(row).fill('');
    texts.push(text);
    if (row === LAST) this.#join(slot, texts);
  }

  at(id: number): string {
    const chunk = chunkOf(id), slot = chunk % this.#chunks.length, row = id - chunk * CHUNK_ROWS, texts = this.#chunks[slot] ?? [];
    if (Array.isArray(texts)) return texts[row] as string;
    const cell = slot * CHUNK_ROWS + row;
    return this.#joined(texts).slice(this.#starts[cell], row === LAST ? undefined : (this.#starts[cell + 1] as number) - SEPARATOR.length);
  }

  /** The length of a row's text. */
  lengthOf(id: number): number {
    const chunk = chunkOf(id), slot = chunk % this.#chunks.length, row = id - chunk * CHUNK_ROWS, texts = this.#chunks[slot] ?? [];
    if (Array.isArray(texts)) return (texts[row] as string).length;
    const cell = slot * CHUNK_ROWS + row;
    return (row === LAST ? texts.length : (this.#starts[cell + 1] as number) - SEPARATOR.length) - (this.#starts[cell] as number);
  }

  /**
   * Those rows of a full chunk in whose text an expression is found, as bits: row 0 is 1, row 1 is 2.
   * @param pattern with the flag `g`; it finds no white space
   * @param among the rows that are asked for, as bits
   */
  find(chunk: number, pattern: RegExp, among: number): number {
    const slot = chunk % this.#chunks.length, texts = this.#chunks[slot] ?? [];
    let found = 0;
    if (Array.isArray(texts)) {
      texts.forEach((text, row) => {
        pattern.lastIndex = 0;
        if ((among & (1 << row)) !== 0 && pattern.test(text)) found |= 1 << row;
      });
      return found;
    }
    const joined = this.#joined(texts), starts = this.#starts, from = slot * CHUNK_ROWS;
    // the rest of a row that is found need not be looked at, nor the rows that nobody asks for
    for (let rest = among; rest !== 0;) {
      let row = 31 - Math.clz32(rest & -rest);
      pattern.lastIndex = starts[from + row] as number;
      if (!pattern.test(joined)) break;
      while (row < LAST && (starts[from + row + 1] as number) < pattern.lastIndex) row++;
      found |= 1 << row;
      rest = among & (-2 << row);
    }
    return found & among;
  }

  /** Lets go of the row `id`, the oldest one. */
  release(id: number): void {
    const chunk = chunkOf(id), slot = chunk % this.#chunks.length, row = id - chunk * CHUNK_ROWS, texts = this.#chunks[slot] ?? [];
    if (Array.isArray(texts)) texts[row] = '';
    if (row < LAST) return;
    if (!Array.isArray(texts)) this.#keeper.release(texts);
    this.#chunks[slot] = null;
  }

  /** Makes room for so many rows, a multiple of `CHUNK_ROWS`; those from `first` up to, and without, `next` are held. */
  resize(size: number, first: number, next: number): void {
    const chunks = new Array<Chunk<Kept>>(size / CHUNK_ROWS).fill(null), firstChunk = chunkOf(first);
    for (let chunk = firstChunk; chunk * CHUNK_ROWS < next; chunk++) chunks[chunk % chunks.length] = this.#chunks[chunk % this.#chunks.length] ?? null;
    this.#chunks = chunks;
    this.#starts = moveCells(this.#starts, new Uint32Array(size), firstChunk * CHUNK_ROWS, next);
  }

  #joined(texts: Kept): string {
    if (texts !== this.#read) {
      this.#readText = this.#keeper.read(texts);
      this.#read = texts;
    }
    return this.#readText;
  }

  #join(slot: number, texts: string[]): void {
    let end = 0;
    for (let row = 0; row < CHUNK_ROWS; row++) {
      this.#starts[slot * CHUNK_ROWS + row] = end;
      end += (texts[row] as string).length + SEPARATOR.length;
    }
    if (end <= JOINED_AT_MOST) this.#chunks[slot] = this.#keeper.put(texts.join(SEPARATOR)) ?? texts;
  }
}
