// How many messages a viewer may send: so many in a window of time, counted anew in each window. It knows no messages and no sockets.

/** So many times the limit in one window is no viewer any more. */
const FLOOD_FACTOR = 5;

export class MessageLimiter {
  readonly #max: number;
  readonly #windowMs: number;
  #start = -Infinity;
  #count = 0;

  constructor(max: number, windowMs: number) {
    this.#max = max;
    this.#windowMs = windowMs;
  }

  /**
   * Counts one message.
   * @param now milliseconds; a clock that was set back starts a new window
   * @returns 0 where the message may pass, else the milliseconds until the next one may
   */
  take(now: number): number {
    if (now < this.#start || now - this.#start >= this.#windowMs) {
      this.#start = now;
      this.#count = 0;
    }
    this.#count++;
    return this.#count <= this.#max ? 0 : Math.max(1, this.#start + this.#windowMs - now);
  }

  get flooded(): boolean {
    return this.#count > this.#max * FLOOD_FACTOR;
  }
}
