// A fixed-capacity first-in-first-out store of rows: columns of the rows' texts and of a few numbers, so that keeping a million of
// them costs little more than their bytes. Bounded by count and by bytes; says what it evicts. Knows nothing of filters or views.
//
// A row's id counts up from 0 and never repeats: the ring holds the ids from `first` up to, and without, `next`.
import { moveCells } from './circular.js';
import { TextBlocks, type PlacedText } from './text-blocks.js';
import { CHUNK_ROWS, chunkOf, TextColumn, type TextKeeper } from './text-column.js';

/** What one row is kept as. `stream` is an index into the store's stream table (below 2^15), or `NOTICE` for a row of the viewer's own. */
export interface RingRow {
  /** As received. */
  readonly text: string;
  /** What the search looks at. */
  readonly search: string;
  readonly level: number;
  readonly time: number;
  readonly stream: number;
  /** NaN where the server does not number its entries. */
  readonly seq: number;
}

/** The `stream` of a row that no instance logged. */
export const NOTICE = -1;

const INITIAL_SIZE = 1024;

/** What is searched stays at hand as strings: it is a seventh of the whole, and looked through at each keystroke. */
const asTheyAre: TextKeeper<string> = { put: (text) => text, read: (text) => text, release: () => undefined };

export class EntryRing {
  #maxEntries: number;
  #maxBytes: number;
  readonly #evicted: (id: number) => void;
  /** Rows that there is room for: whole chunks, the first and the last of which may be held in part. */
  #size!: number;
  #first = 0;
  #next = 0;
  #bytes = 0;
  #texts!: TextColumn<PlacedText>;
  #searches!: TextColumn<string>;
  #levels!: Int32Array;
  #times!: Float64Array;
  #streams!: Int16Array;
  #seqs!: Float64Array;

  /**
   * @param maxEntries rows at most, at least 1
   * @param maxBytes length of all texts at most; the newest row is kept even where it alone is longer
   * @param evicted told of each row that leaves, while it can still be read
   * @throws RangeError where a limit is none
   */
  constructor(maxEntries: number, maxBytes: number, evicted: (id: number) => void) {
    checkLimits(maxEntries, maxBytes);
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
    this.#evicted = evicted;
    this.#empty();
  }

  get maxEntries(): number {
    return this.#maxEntries;
  }

  get maxBytes(): number {
    return this.#maxBytes;
  }

  /** The id of the oldest row held; equal to `next` while empty. */
  get first(): number {
    return this.#first;
  }

  /** The id that the next row will get. */
  get next(): number {
    return this.#next;
  }

  get length(): number {
    return this.#next - this.#first;
  }

  get bytes(): number {
    return this.#bytes;
  }

  has(id: number): boolean {
    return id >= this.#first && id < this.#next;
  }

  /** Appends a row, evicting the oldest ones that no longer fit; returns its id. */
  push(row: RingRow): number {
    const bytes = row.text.length;
    while (this.length > 0 && (this.length >= this.#maxEntries || this.#bytes + bytes > this.#maxBytes)) this.#evict();
    if (chunkOf(this.#next) - chunkOf(this.#first) === this.#size / CHUNK_ROWS) this.#resize(Math.min(roomFor(this.#maxEntries), this.#size * 2));
    const id = this.#next++, slot = id % this.#size;
    this.#texts.push(id, row.text);
    this.#searches.push(id, row.search);
    this.#levels[slot] = row.level;
    this.#times[slot] = row.time;
    this.#streams[slot] = row.stream;
    this.#seqs[slot] = row.seq;
    this.#bytes += bytes;
    return id;
  }

  /** Changes the limits; what no longer fits is evicted, oldest first. */
  limit(maxEntries: number, maxBytes: number): void {
    checkLimits(maxEntries, maxBytes);
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
    while (this.length > maxEntries || (this.length > 1 && this.#bytes > maxBytes)) this.#evict();
    if (this.#size > roomFor(maxEntries)) this.#resize(roomFor(maxEntries));
  }

  /** Forgets every row, and gives their memory back. */
  clear(): void {
    this.#first = this.#next;
    this.#bytes = 0;
    this.#empty();
  }

  text(id: number): string {
    return this.#texts.at(id);
  }

  search(id: number): string {
    return this.#searches.at(id);
  }

  /** Whether no further row comes to a chunk. */
  isFull(chunk: number): boolean {
    return (chunk + 1) * CHUNK_ROWS <= this.#next;
  }

  /** The rows of a full chunk that pass a test of their level and stream, as bits: row 0 is 1, row 1 is 2. */
  pick(chunk: number, test: (level: number, stream: number) => boolean): number {
    const from = (chunk * CHUNK_ROWS) % this.#size;
    let picked = 0;
    for (let row = 0; row < CHUNK_ROWS; row++) if (test(this.#levels[from + row] as number, this.#streams[from + row] as number)) picked |= 1 << row;
    return picked;
  }

  /** Those of the rows `among` of a full chunk in whose search text `pattern` (with the flag `g`, and without white space) is found; both as bits. */
  find(chunk: number, pattern: RegExp, among: number): number {
    return this.#searches.find(chunk, pattern, among);
  }

  level(id: number): number {
    return this.#levels[id % this.#size] as number;
  }

  time(id: number): number {
    return this.#times[id % this.#size] as number;
  }

  stream(id: number): number {
    return this.#streams[id % this.#size] as number;
  }

  seq(id: number): number {
    return this.#seqs[id % this.#size] as number;
  }

  #evict(): void {
    const id = this.#first;
    this.#evicted(id);
    this.#bytes -= this.#texts.lengthOf(id);
    this.#texts.release(id);
    this.#searches.release(id);
    this.#first++;
  }

  #empty(): void {
    this.#size = Math.min(roomFor(this.#maxEntries), INITIAL_SIZE);
    this.#texts = new TextColumn(this.#size, new TextBlocks());
    this.#searches = new TextColumn(this.#size, asTheyAre);
    this.#levels = new Int32Array(this.#size);
    this.#times = new Float64Array(this.#size);
    this.#streams = new Int16Array(this.#size);
    this.#seqs = new Float64Array(this.#size);
  }

  /** Moves the rows into columns of another size, which has room for them. */
  #resize(size: number): void {
    const first = this.#first, next = this.#next;
    this.#size = size;
    this.#texts.resize(size, first, next);
    this.#searches.resize(size, first, next);
    this.#levels = moveCells(this.#levels, new Int32Array(size), first, next);
    this.#times = moveCells(this.#times, new Float64Array(size), first, next);
    this.#streams = moveCells(this.#streams, new Int16Array(size), first, next);
    this.#seqs = moveCells(this.#seqs, new Float64Array(size), first, next);
  }
}

/** Whole chunks for so many rows, wherever in a chunk they begin. */
function roomFor(entries: number): number {
  return (Math.ceil(entries / CHUNK_ROWS) + 1) * CHUNK_ROWS;
}

function checkLimits(maxEntries: number, maxBytes: number): void {
  if (!(maxEntries >= 1) || maxEntries % 1 > 0) throw new RangeError(`maxEntries is ${maxEntries}; it takes a whole number from 1.`);
  if (!(maxBytes >= 0)) throw new RangeError(`maxBytes is ${maxBytes}; it takes a number from 0.`);
}
