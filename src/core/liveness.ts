// Whether the other end is still there. A dead connection says nothing, and so does a quiet one: after a silence a question is asked that every
// server answers. It knows neither the question nor the socket.
import type { Clock } from './platform.js';

/** Silence for this long is probed by subscribing again, which is always answered and changes nothing; Directus' logs socket has no ping. */
export const SILENCE_MS = 12_500;
/** A probe that is not answered for this long means that the connection is dead. */
export const PROBE_TIMEOUT_MS = 5_000;

export class Liveness {
  readonly #clock: Clock;
  readonly #ask: () => void;
  readonly #dead: () => void;
  #heardAt = 0;
  /** It was asked, and nothing was heard since. */
  #isAsking = false;
  #cancelTimer = (): void => undefined;

  /** @param dead called once where the question is not answered; it watches no longer */
  constructor(clock: Clock, ask: () => void, dead: () => void) {
    this.#clock = clock;
    this.#ask = ask;
    this.#dead = dead;
  }

  /** Something came, whatever it was. */
  heard(): void {
    this.#heardAt = this.#clock.now();
    this.#isAsking = false;
  }

  /** Watches from now on. */
  watch(): void {
    this.heard();
    this.#lookAfter(SILENCE_MS);
  }

  /** Looks now, without waiting for a timer. What counts is when something was last heard, never how often this ran: timers can be late. */
  check(): void {
    if (this.#isAsking) return;
    const silent = this.#clock.now() - this.#heardAt;
    // below zero the clock was set back, and nobody knows
    if (silent >= 0 && silent < SILENCE_MS) return this.#lookAfter(SILENCE_MS - silent);
    this.#isAsking = true;
    this.#lookAfter(PROBE_TIMEOUT_MS);
    this.#ask();
  }

  stop(): void {
    this.#cancelTimer();
    this.#isAsking = false;
  }

  #lookAfter(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(ms, () => {
      if (this.#isAsking) this.#dead();
      else this.check();
    });
  }
}
