// The counts of a viewer, kept so that they always agree: retained = received − removed − cleared, and the levels add up to what is retained.
import { addCounts, countLevel, noCounts, sumOf, type LevelCounts } from './level-counts.js';

export class Tally {
  #received = 0;
  #lastAt: number | null = null;
  #removed = 0;
  #cleared = 0;
  #unreadable = 0;
  #levels = noCounts();
  #skipped: LevelCounts = Object.freeze(noCounts());
  #outages = 0;

  /** An entry was taken; `now` is in ms since 1970. */
  receive(level: number, now: number): void {
    this.#received++;
    this.#lastAt = now;
    countLevel(this.#levels, level, 1);
  }

  /** An entry had to make room for newer ones. */
  remove(level: number): void {
    this.#removed++;
    countLevel(this.#levels, level, -1);
  }

  /** Every retained entry was cleared away; returns how many. */
  clear(): number {
    const count = sumOf(this.#levels);
    this.#cleared += count;
    this.#levels = noCounts();
    return count;
  }

  /** Entries without numbers arrived that were never taken. */
  skip(levels: LevelCounts): void {
    this.#skipped = addCounts(this.#skipped, levels);
  }

  /** For some time there was no connection to a server that cannot say what was missed. */
  countOutage(): void {
    this.#outages++;
  }

  /** A message came that was no readable frame. */
  countUnreadable(): void {
    this.#unreadable++;
  }

  /** The counts as they are now. */
  read(): { received: number; lastAt: number | null; retained: number; removed: number; cleared: number; unreadable: number; outages: number; levels: LevelCounts; skipped: LevelCounts } {
    return {
      received: this.#received,
      lastAt: this.#lastAt,
      retained: sumOf(this.#levels),
      removed: this.#removed,
      cleared: this.#cleared,
      unreadable: this.#unreadable,
      outages: this.#outages,
      levels: Object.freeze([...this.#levels]),
      skipped: this.#skipped,
    };
  }
}
