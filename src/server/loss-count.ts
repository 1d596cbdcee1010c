// How many entries of which level were lost somewhere, until it is said; and the ordinary log entry that says it.
// It counts by pino's six levels, so that no flood of invented level numbers can make it grow.
import { formatCount } from '../core/format.js';
import { countLevel, levelsInWords, noCounts, sumOf } from '../core/level-counts.js';
import { LEVEL_VALUES } from '../core/levels.js';

export class LossCount {
  #levels = noCounts();

  get total(): number {
    return sumOf(this.#levels);
  }

  add(level: number, count = 1): void {
    countLevel(this.#levels, level, count);
  }

  /**
   * The JSON of a `warn` entry that says the loss:
   * `[log stream] 1,204 entries not delivered: this viewer was too slow (1,200 info, 4 warn)`.
   * @param now milliseconds since 1970
   */
  entryText(cause: string, now: number): string {
    const { total } = this, entries = total === 1 ? 'entry' : 'entries';
    const msg = `[log stream] ${formatCount(total)} ${entries} not delivered: ${cause} (${levelsInWords(this.#levels)})`;
    return JSON.stringify({ level: LEVEL_VALUES.warn, time: now, msg });
  }

  /** It has been said. */
  clear(): void {
    this.#levels = noCounts();
  }
}
