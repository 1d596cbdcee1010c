// A value that views may follow only so often: the first change shows at once, further ones wait until the interval is over.

export class ThrottledValue<T> {
  readonly #intervalMs: number;
  readonly #changed: () => void;
  #value: T;
  #next: T;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param changed called when `value` has changed by time alone, not by `set` */
  constructor(value: T, intervalMs: number, changed: () => void) {
    this.#value = this.#next = value;
    this.#intervalMs = intervalMs;
    this.#changed = changed;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    this.#next = value;
    if (this.#timer !== undefined || Object.is(value, this.#value)) return;
    this.#value = value;
    this.#timer = setTimeout(() => this.#onInterval(), this.#intervalMs);
  }

  /** Shows what was set last, and leaves no timer. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#value = this.#next;
  }

  #onInterval(): void {
    this.#timer = undefined;
    if (Object.is(this.#next, this.#value)) return;
    this.set(this.#next);
    this.#changed();
  }
}
