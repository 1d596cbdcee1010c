// The counts of a viewer, kept so that they always agree: retained = received − removed − cleared, and the levels add up to what is retained.
import { levelRank } from './levels.js';
import { addCounts, sumOf, type LevelCounts } from './level-counts.js';

export class Tally {
  #received = 0;
  #lastAt: number | null = null;
  #removed = 0;
  #cleared = 0;
  #unreadable = 0;
  #levels = [0, 0, 0, 0, 0, 0];
  #skipped: LevelCounts = Object.freeze([0, 0, 0, 0, 0, 0]);
  #outages = 0;

  /** An entry was taken; `now` is in ms since 1970. */
  receive(level: number, now: number): void {
    this.#received++;
    this.#lastAt = now;
    this.#add(level, 1);
  }

  /** An entry had to make room for newer ones. */
  remove(level: number): void {
    this.#removed++;
    this.#add(level, -1);
  }

  /** Every retained entry was cleared away; returns how many. */
  clear(): number {
    const count = sumOf(this.#levels);
    this.#cleared += count;
    this.#levels = [0, 0, 0, 0, 0, 0];
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

  #add(level: number, by: number): void {
    const rank = levelRank(level);
    this.#levels[rank] = (this.#levels[rank] ?? 0) + by;
  }
}
