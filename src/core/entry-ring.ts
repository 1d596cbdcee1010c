// A fixed-capacity first-in-first-out store of rows: each row's text as received and a few small columns, so that keeping a million of
// them costs little more than their bytes. Bounded by count and by bytes; says what it evicts. Knows nothing of filters or views.
//
// A row's id counts up from 0 and never repeats: the ring holds the ids from `first` up to, and without, `next`.

/** What one row is kept as. `stream` is an index into the store's stream table, or `NOTICE` for a row of the viewer's own. */
export interface RingRow {
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

export class EntryRing {
  #maxEntries: number;
  #maxBytes: number;
  readonly #evicted: (id: number) => void;
  #size = 0;
  #first = 0;
  #next = 0;
  #bytes = 0;
  #texts: string[] = [];
  #searches: string[] = [];
  #levels = new Int32Array(0);
  #times = new Float64Array(0);
  #streams = new Int32Array(0);
  #seqs = new Float64Array(0);

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
    this.#resize(Math.min(maxEntries, INITIAL_SIZE));
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
    if (this.length === this.#size) this.#resize(Math.min(this.#maxEntries, this.#size * 2));
    const id = this.#next++, slot = id % this.#size;
    this.#texts[slot] = row.text;
    this.#searches[slot] = row.search;
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
    if (this.#size > maxEntries) this.#resize(maxEntries);
  }

  /** Forgets every row, and gives their memory back. */
  clear(): void {
    this.#first = this.#next;
    this.#bytes = 0;
    this.#resize(Math.min(this.#maxEntries, INITIAL_SIZE));
  }

  text(id: number): string {
    return this.#texts[id % this.#size] as string;
  }

  search(id: number): string {
    return this.#searches[id % this.#size] as string;
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
    const slot = this.#first % this.#size;
    this.#evicted(this.#first);
    this.#bytes -= (this.#texts[slot] as string).length;
    this.#texts[slot] = '';
    this.#searches[slot] = '';
    this.#first++;
  }

  /** Moves the rows into columns of another size, at least as large as what is held. */
  #resize(size: number): void {
    const texts = new Array<string>(size).fill(''), searches = new Array<string>(size).fill('');
    const levels = new Int32Array(size), times = new Float64Array(size), streams = new Int32Array(size), seqs = new Float64Array(size);
    for (let id = this.#first; id < this.#next; id++) {
      const from = id % this.#size, to = id % size;
      texts[to] = this.#texts[from] as string;
      searches[to] = this.#searches[from] as string;
      levels[to] = this.#levels[from] as number;
      times[to] = this.#times[from] as number;
      streams[to] = this.#streams[from] as number;
      seqs[to] = this.#seqs[from] as number;
    }
    this.#size = size;
    this.#texts = texts;
    this.#searches = searches;
    this.#levels = levels;
    this.#times = times;
    this.#streams = streams;
    this.#seqs = seqs;
  }
}

function checkLimits(maxEntries: number, maxBytes: number): void {
  if (!(maxEntries >= 1) || maxEntries % 1 > 0) throw new RangeError(`maxEntries is ${maxEntries}; it takes a whole number from 1.`);
  if (!(maxBytes >= 0)) throw new RangeError(`maxBytes is ${maxBytes}; it takes a number from 0.`);
}
