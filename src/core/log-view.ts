// The rows that a filter shows, oldest first, as positions: row `index` of the view has the id `idAt(index)`. Without a filter the view is
// the ring itself; with one it keeps the ids that passed. A new row is tested once, an evicted one leaves from the head; only a new filter
// looks at everything again, newest first and in slices, so that what is on the screen is right at once and nothing waits for the rest. What a
// slice has found is in the view only once it is revealed, so that a slice may run at any time and what is read stands still.
import type { EntryRing } from './entry-ring.js';
import type { RowTest } from './filter.js';
import { IdDeque } from './id-deque.js';

/** Rows that are tested between two looks at the clock. */
const STRIDE = 512;

export class LogView {
  readonly #ring: EntryRing;
  #test: RowTest | null = null;
  readonly #ids = new IdDeque();
  /** How many of them, the oldest ones, are not revealed yet, and from which id on all are. */
  #covered = 0;
  #revealedFrom = 0;
  /** Rows below this id are still to be tested. */
  #untested = 0;

  constructor(ring: EntryRing) {
    this.#ring = ring;
  }

  get length(): number {
    return this.#test === null ? this.#ring.length : this.#ids.length - this.#covered;
  }

  idAt(index: number): number {
    return this.#test === null ? this.#ring.first + index : this.#ids.at(this.#covered + index);
  }

  /** The index of the first row whose id is `id` or later; `length` where there is none. */
  indexFrom(id: number): number {
    if (this.#test === null) return Math.max(0, Math.min(this.length, id - this.#ring.first));
    let low = 0, high = this.length;
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

  /**
   * How many of `retained` entries are not shown, and how many a filter that is not through yet has not looked at: they are neither shown nor hidden.
   * @param notices rows beside them
   */
  countHidden(retained: number, notices: { readonly size: number; countBefore(id: number): number }): { readonly hidden: number; readonly untested: number } {
    const older = this.testedFrom - this.#ring.first, olderNotices = older === 0 ? 0 : notices.countBefore(this.testedFrom), untested = older - olderNotices;
    return { hidden: retained - untested - (this.length - (notices.size - olderNotices)), untested };
  }

  /** Takes note of a row that was just appended to the ring; returns whether it is shown. */
  accept(id: number): boolean {
    if (this.#test === null) return true;
    if (!this.#test(id)) return false;
    this.#ids.push(id);
    return true;
  }

  /** Lets go of rows that the ring has evicted. */
  trim(): void {
    if (this.#test === null) return;
    while (this.#ids.length > 0 && this.#ids.at(0) < this.#ring.first) {
      this.#ids.shift();
      if (this.#covered > 0) this.#covered--;
    }
  }

  /** Shows the rows that pass `test`, once `scan` has looked at them; all where it is null. */
  refilter(test: RowTest | null): void {
    this.#test = test;
    this.#ids.clear();
    this.#covered = 0;
    this.#revealedFrom = this.#untested = test === null ? 0 : this.#ring.next;
  }

  /**
   * Tests rows that are still to be tested, the newest first, until none is left or `isTimeUp` says so; `reveal` shows what it has found.
   * @returns whether none is left
   */
  scan(isTimeUp: () => boolean): boolean {
    const test = this.#test;
    while (test !== null && this.#untested > this.#ring.first) {
      const until = Math.max(this.#ring.first, this.#untested - STRIDE);
      while (this.#untested > until) {
        if (!test(--this.#untested)) continue;
        this.#ids.unshift(this.#untested);
        this.#covered++;
      }
      if (isTimeUp()) break;
    }
    return this.#untested <= this.#ring.first;
  }

  /** Shows what was found until now; returns the id from which on the view was right before. */
  reveal(): number {
    const before = this.#revealedFrom;
    this.#revealedFrom = this.#untested;
    this.#covered = 0;
    return before;
  }
}
