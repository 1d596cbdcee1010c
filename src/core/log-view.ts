// The rows that a filter shows, oldest first, as positions: row `index` of the view has the id `idAt(index)`. Without a filter the view is
// the ring itself; with one it keeps the ids that passed. A new row is tested once, an evicted one leaves from the head; only a new filter
// looks at everything again, newest first and in slices, so that what is on the screen is right at once and nothing waits for the rest.
import type { EntryRing } from './entry-ring.js';
import type { RowTest } from './filter.js';

const INITIAL_SIZE = 1024;
/** Rows that are tested between two looks at the clock. */
const STRIDE = 2048;

export class LogView {
  readonly #ring: EntryRing;
  #test: RowTest | null = null;
  /** Circular: the ids from `#head`, `#length` of them. */
  #ids = new Float64Array(0);
  #head = 0;
  #length = 0;
  /** Rows below this id are still to be tested. */
  #untested = 0;

  constructor(ring: EntryRing) {
    this.#ring = ring;
  }

  get length(): number {
    return this.#test === null ? this.#ring.length : this.#length;
  }

  idAt(index: number): number {
    return this.#test === null ? this.#ring.first + index : (this.#ids[(this.#head + index) % this.#ids.length] as number);
  }

  /** The index of the first row whose id is `id` or later; `length` where there is none. */
  indexFrom(id: number): number {
    if (this.#test === null) return Math.max(0, Math.min(this.length, id - this.#ring.first));
    let low = 0, high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.idAt(middle) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The id from which on all rows are tested; the ring's first where there is nothing left to do. */
  get testedFrom(): number {
    return Math.max(this.#ring.first, this.#untested);
  }

  /** Takes note of a row that was just appended to the ring; returns whether it is shown. */
  accept(id: number): boolean {
    if (this.#test === null) return true;
    if (!this.#test(id)) return false;
    if (this.#length === this.#ids.length) this.#grow();
    this.#ids[(this.#head + this.#length++) % this.#ids.length] = id;
    return true;
  }

  /** Lets go of rows that the ring has evicted. */
  trim(): void {
    if (this.#test === null) return;
    while (this.#length > 0 && (this.#ids[this.#head] as number) < this.#ring.first) {
      this.#head = (this.#head + 1) % this.#ids.length;
      this.#length--;
    }
  }

  /** Shows the rows that pass `test`, once `scan` has looked at them; all where it is null. */
  refilter(test: RowTest | null): void {
    this.#test = test;
    this.#ids = new Float64Array(test === null ? 0 : INITIAL_SIZE);
    this.#head = 0;
    this.#length = 0;
    this.#untested = test === null ? 0 : this.#ring.next;
  }

  /** Tests rows that are still to be tested, the newest first, until none is left or `isTimeUp` says so. */
  scan(isTimeUp: () => boolean): void {
    const test = this.#test;
    if (test === null) return;
    while (this.#untested > this.#ring.first) {
      const until = Math.max(this.#ring.first, this.#untested - STRIDE);
      while (this.#untested > until) if (test(--this.#untested)) this.#prepend(this.#untested);
      if (isTimeUp()) return;
    }
  }

  #prepend(id: number): void {
    if (this.#length === this.#ids.length) this.#grow();
    this.#head = (this.#head + this.#ids.length - 1) % this.#ids.length;
    this.#ids[this.#head] = id;
    this.#length++;
  }

  #grow(): void {
    const ids = new Float64Array(this.#ids.length * 2);
    for (let index = 0; index < this.#length; index++) ids[index] = this.idAt(index);
    this.#ids = ids;
    this.#head = 0;
  }
}
