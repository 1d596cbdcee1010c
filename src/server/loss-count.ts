// How many entries of which level were lost somewhere, until it is said; and the ordinary log entry that says it.
// It counts by pino's six levels, so that no flood of invented level numbers can make it grow.
import { LEVEL_NAMES, LEVEL_VALUES, levelRank } from '../core/levels.js';

const counted = new Intl.NumberFormat('en-US');

export class LossCount {
  #levels = [0, 0, 0, 0, 0, 0];
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(level: number): void {
    const rank = levelRank(level);
    this.#levels[rank] = (this.#levels[rank] ?? 0) + 1;
    this.#total++;
  }

  /**
   * The JSON of a `warn` entry that says the loss:
   * `[log stream] 1,204 entries not delivered: this viewer was too slow (1,200 info, 4 warn)`.
   * @param now milliseconds since 1970
   */
  entryText(cause: string, now: number): string {
    const levels = LEVEL_NAMES.flatMap((name, rank) => (this.#levels[rank] ? [`${counted.format(this.#levels[rank])} ${name}`] : []));
    const entries = this.#total === 1 ? 'entry' : 'entries';
    const msg = `[log stream] ${counted.format(this.#total)} ${entries} not delivered: ${cause} (${levels.join(', ')})`;
    return JSON.stringify({ level: LEVEL_VALUES.warn, time: now, msg });
  }

  /** It has been said. */
  clear(): void {
    this.#levels = [0, 0, 0, 0, 0, 0];
    this.#total = 0;
  }
}
