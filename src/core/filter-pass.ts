// A new filter's way through what is kept: the first slice at once, the others each in a task of its own, so that input and pictures come between
// them. Knows nothing of what is shown when.
import type { LogView } from './log-view.js';
import type { Clock } from './platform.js';

/** The first slice is in the keystroke itself. */
const SLICE_MS = 5;
/** What is found among so many of the newest rows is shown at once; what is older, when it is time to draw. */
const NEWEST = 100_000;

export class FilterPass {
  readonly #clock: Clock;
  readonly #view: LogView;
  readonly #onSlice: (isNewest: boolean) => void;
  #cancel: (() => void) | null = null;
  /** The row above which all are new; null once the newest ones are through. */
  #newestFrom: number | null = null;

  /** @param onSlice called after each slice but the first: there may be more to show; `isNewest` where it was the slice that ended the newest rows */
  constructor(clock: Clock, view: LogView, onSlice: (isNewest: boolean) => void) {
    this.#clock = clock;
    this.#view = view;
    this.#onSlice = onSlice;
  }

  /** Begins, and abandons what was on its way. */
  start(): void {
    this.#cancel?.();
    this.#newestFrom = this.#view.testedFrom - NEWEST;
    this.#slice();
    this.#passNewest();
  }

  #slice(): void {
    const until = this.#clock.now() + SLICE_MS;
    const isThrough = this.#view.scan(() => this.#clock.now() >= until);
    this.#cancel = isThrough ? null : this.#clock.after(0, () => {
      this.#slice();
      this.#onSlice(this.#passNewest());
    });
  }

  /** Whether the newest rows are through, and were not before. */
  #passNewest(): boolean {
    if (this.#newestFrom === null || (this.#cancel !== null && this.#view.testedFrom > this.#newestFrom)) return false;
    this.#newestFrom = null;
    return true;
  }
}
