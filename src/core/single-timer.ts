// One thing that is to happen later, or nothing: what is set replaces what was set before. It knows nothing of what that is.
import type { Clock } from './platform.js';

export class SingleTimer {
  readonly #clock: Clock;
  #cancel = (): void => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs `callback` once after so many ms, in place of whatever was to run. */
  set(ms: number, callback: () => void): void {
    this.#cancel();
    this.#cancel = this.#clock.after(ms, callback);
  }

  cancel(): void {
    this.#cancel();
  }
}
