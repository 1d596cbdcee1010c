// How many entries are missing, by level, in all; and what was found since it was last told of, by cause. Knows nothing of streams.
import type { LossCause } from './gap.js';
import { countLevel, noCounts, type LevelCounts } from './level-counts.js';

/** Why entries may be missing, and of how many that can be said. */
export interface Excuse {
  readonly cause: LossCause;
  left: number;
}

export class LossTally {
  #missing = noCounts();
  #found: Map<LossCause, number[]> | null = null;

  /** By level; never changed once it was given. */
  get missing(): LevelCounts {
    return this.#missing;
  }

  find(cause: LossCause, level: number, count: number): void {
    this.count(level, count);
    const found = (this.#found ??= new Map<LossCause, number[]>()), levels = found.get(cause) ?? noCounts();
    countLevel(levels, level, count);
    found.set(cause, levels);
  }

  /** An excuse explains as many as it can; why the others are missing nobody has said. */
  blame(excuse: Excuse | null, level: number, count: number): void {
    const excused = Math.min(count, excuse?.left ?? 0);
    if (excuse !== null && excused > 0) {
      excuse.left -= excused;
      this.find(excuse.cause, level, excused);
    }
    if (count > excused) this.find('unexplained', level, count - excused);
  }

  /** Without a word: what was said to be missing came. */
  count(level: number, by: number): void {
    this.#missing = [...this.#missing];
    countLevel(this.#missing, level, by);
  }

  /** What was found since; empty nearly always. */
  take(): Iterable<readonly [LossCause, LevelCounts]> {
    const found = this.#found;
    this.#found = null;
    return found ?? [];
  }
}
