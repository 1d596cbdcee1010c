// The counts of a viewer, kept so that they always agree: retained = received − removed − cleared, and the levels add up to what is retained.
import { levelRank } from './levels.js';
import { sumOf, type LevelCounts } from './level-counts.js';

export class Tally {
  #received = 0;
  #removed = 0;
  #cleared = 0;
  #unreadable = 0;
  #levels = [0, 0, 0, 0, 0, 0];
  #dropped = [0, 0, 0, 0, 0, 0];

  /** An entry was taken. */
  receive(level: number): void {
    this.#received++;
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

  /** Entries arrived that were never taken. */
  drop(levels: LevelCounts): void {
    this.#dropped = this.#dropped.map((count, rank) => count + (levels[rank] ?? 0));
  }

  /** A message came that was no readable frame. */
  countUnreadable(): void {
    this.#unreadable++;
  }

  /** The counts as they are now. */
  read(): { received: number; retained: number; removed: number; cleared: number; unreadable: number; levels: LevelCounts; dropped: LevelCounts } {
    return {
      received: this.#received,
      retained: sumOf(this.#levels),
      removed: this.#removed,
      cleared: this.#cleared,
      unreadable: this.#unreadable,
      levels: Object.freeze([...this.#levels]),
      dropped: Object.freeze([...this.#dropped]),
    };
  }

  #add(level: number, by: number): void {
    const rank = levelRank(level);
    this.#levels[rank] = (this.#levels[rank] ?? 0) + by;
  }
}
