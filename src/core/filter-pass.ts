// A new filter's way through what is kept: the first slice at once, the others each in a task of its own, so that input and pictures come between
// them. Knows nothing of what is shown when.
import type { LogView } from './log-view.js';
import type { Clock } from './platform.js';

/** The first slice is in the keystroke itself, which draws what it finds. */
const FIRST_SLICE_MS = 2, SLICE_MS = 6;

export class FilterPass {
  readonly #clock: Clock;
  readonly #view: LogView;
  readonly #onSlice: () => void;
  #cancel: (() => void) | null = null;

  /** @param onSlice called after each slice but the first: there may be more to show */
  constructor(clock: Clock, view: LogView, onSlice: () => void) {
    this.#clock = clock;
    this.#view = view;
    this.#onSlice = onSlice;
  }

  /** Begins, and abandons what was on its way. */
  start(): void {
    this.#cancel?.();
    this.#slice(FIRST_SLICE_MS);
  }

  #slice(ms: number): void {
    const until = this.#clock.now() + ms;
    const isThrough = this.#view.scan(() => this.#clock.now() >= until);
    this.#cancel = isThrough ? null : this.#clock.after(0, () => {
      this.#slice(SLICE_MS);
      this.#onSlice();
    });
  }
}
