// Draws an element anew at most once an interval for what changes all the time (counts, rates, the seconds to the next try), so that numbers
// can be read while they run. What must show at once asks the element itself.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Clock } from '../core/platform.js';

export interface PacedHost extends ReactiveControllerHost {
  clock: Clock;
}

export class PacedUpdate implements ReactiveController {
  readonly #host: PacedHost;
  readonly #intervalMs: number;
  readonly #isTicking: () => boolean;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;

  /** @param isTicking asked after each update: whether the element must be drawn again one interval later, though nothing asks for it */
  constructor(host: PacedHost, intervalMs: number, isTicking: () => boolean = () => false) {
    this.#host = host;
    this.#intervalMs = intervalMs;
    this.#isTicking = isTicking;
    host.addController(this);
  }

  /** Asks for an update, now or when the interval since the last one is over. */
  request(): void {
    if (this.#cancel !== null) return;
    // where the clock itself ends an interval, so that counts that stand side by side are of one moment
    const wait = (Math.floor(this.#drawnAt / this.#intervalMs) + 1) * this.#intervalMs - this.#host.clock.now();
    if (wait <= 0) this.#host.requestUpdate();
    else this.#schedule(Math.min(wait, this.#intervalMs)); // the wall clock may be set back
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    this.#drawnAt = this.#host.clock.now();
    if (this.#cancel === null && this.#isTicking()) this.#schedule(this.#intervalMs);
  }

  hostDisconnected(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #schedule(ms: number): void {
    this.#cancel = this.#host.clock.after(ms, () => {
      this.#cancel = null;
      this.#host.requestUpdate();
    });
  }
}
