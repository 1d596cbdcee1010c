// When the next try is made: at a random time within a window that grows, or that the server has named; and where a refusal is known, not before it can
// help. It makes no tries itself.
import { retryDelay } from './backoff.js';
import type { Clock } from './platform.js';
import { Refusal } from './refusal.js';

/** However long a server wants to be left alone, it is asked within a minute: it may be back sooner, or be another. */
const LONGEST_WINDOW_MS = 60_000;

export class RetryPlan {
  readonly refusal = new Refusal();
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #hasTokens: boolean;

  /** @param hasTokens there may be another token at any time: then a refusal delays no question for one, only tries with the same */
  constructor(clock: Clock, random: () => number, hasTokens: boolean) {
    this.#clock = clock;
    this.#random = random;
    this.#hasTokens = hasTokens;
  }

  /**
   * How long to wait, in ms.
   * @param attempt the number of the next try, from 1
   * @param windowMs within which the server wants the tries to be; null where it does not say
   */
  delay(attempt: number, windowMs: number | null): number {
    const random = this.#random(), delay = windowMs === null ? retryDelay(attempt, random) : Math.round(random * Math.min(windowMs, LONGEST_WINDOW_MS));
    return Math.max(delay, this.least());
  }

  /** The least that has to be waited from now on. */
  least(): number {
    return this.#hasTokens ? 0 : this.refusal.wait(this.#clock.now());
  }
}
