// Who wants to hear of something, in the order in which they asked. What one of them throws is reported, and keeps it from nobody else.
import type { Clock } from './platform.js';

export class Listeners<T> {
  readonly #clock: Clock;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `listener` each time, until the returned function is called. */
  add(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param value read for each listener anew: one of them may have changed it */
  tell(value: () => T): void {
    for (const listener of this.#listeners) {
      try {
        listener(value());
      } catch (error) {
        // the host hears of it as of any error of a timer
        this.#clock.after(0, () => {
          throw error;
        });
      }
    }
  }
}
