// The entries that some viewer still has to get, oldest first, in the order in which they came. Every entry has a place: a number that
// rises by one and never changes, so that a cursor is only a number. It knows no viewers; who trims it decides what is kept.
import type { StampedEntry } from '../core/protocol.js';

export class HubRing {
  #entries: StampedEntry[] = [];
  /** The place of `#entries[0]`; entries before `#tail` are dropped but not yet cut off. */
  #base = 0;
  #tail = 0;
  #bytes = 0;

  /** The place of the oldest entry that is kept. */
  get tail(): number {
    return this.#tail;
  }

  /** The place that the next entry will have. */
  get head(): number {
    return this.#base + this.#entries.length;
  }

  /** Characters of JSON that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  push(entry: StampedEntry): void {
    this.#entries.push(entry);
    this.#bytes += entry.text.length;
  }

  /** @param place from `tail` up to but not including `head` */
  at(place: number): StampedEntry {
    return this.#entries[place - this.#base] as StampedEntry;
  }

  /** The least tail with which no more than so many entries and bytes are kept. */
  tailWithin(maxEntries: number, maxBytes: number): number {
    let tail = Math.max(this.#tail, this.head - maxEntries), bytes = this.#bytes;
    for (let place = this.#tail; place < tail; place++) bytes -= this.at(place).text.length;
    while (bytes > maxBytes && tail < this.head) bytes -= this.at(tail++).text.length;
    return tail;
  }

  /** Drops everything before `tail`. */
  trim(tail: number): void {
    for (; this.#tail < tail; this.#tail++) this.#bytes -= this.at(this.#tail).text.length;
    const dropped = this.#tail - this.#base;
    if (dropped < 1024 && this.#tail < this.head) return;
    // cut in one go, so that each entry is moved a bounded number of times however long the ring runs
    if (dropped * 2 < this.#entries.length) return;
    this.#entries = this.#entries.slice(dropped);
    this.#base = this.#tail;
  }
}
