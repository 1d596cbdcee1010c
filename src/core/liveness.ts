// Whether the other end is still there. A dead connection says nothing, and so does a quiet one: after a silence a question is asked that every
// server answers. It knows neither the question nor the socket.
import type { Clock } from './platform.js';
import { SingleTimer } from './single-timer.js';

/** Silence for this long is asked about, where the server does not say how often it speaks. */
export const SILENCE_MS = 12_500;
/** A server that marks every so often may leave out one mark. */
const MARKS = 2.5;
/** A question that is not answered for this long is a silence worth telling of. */
export const STALLED_MS = 1_500;
/** A question that is not answered for this long means that the connection is dead. */
export const PROBE_TIMEOUT_MS = 5_000;

export interface LivenessEvents {
  /** Asks the other end something that it always answers. */
  ask(): void;
  /** It was silent since then (ms since 1970), and does not answer; null: it speaks again. */
  stalled(since: number | null): void;
  /** Called once where the question is not answered; nothing is watched any longer. */
  dead(): void;
}

export class Liveness {
  readonly #clock: Clock;
  readonly #events: LivenessEvents;
  #heardAt = 0;
  #silenceMs = SILENCE_MS;
  /** It was asked, and nothing was heard since. */
  #isAsking = false;
  #isStalled = false;
  readonly #timer: SingleTimer;

  constructor(clock: Clock, events: LivenessEvents) {
    this.#clock = clock;
    this.#timer = new SingleTimer(clock);
    this.#events = events;
  }

  /** When something was last heard, in ms since 1970. */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** Something came, whatever it was. */
  heard(): void {
    this.#heardAt = this.#clock.now();
    this.#isAsking = false;
    if (!this.#isStalled) return;
    this.#isStalled = false;
    this.#events.stalled(null);
  }

  /**
   * Watches from now on.
   * @param markMs how often the server speaks by itself; 0 where it does not
   */
  watch(markMs = 0): void {
    this.#silenceMs = markMs > 0 ? markMs * MARKS : SILENCE_MS;
    this.heard();
    this.#timer.set(this.#silenceMs, () => this.check());
  }

  /** Looks now, without waiting for a timer. What counts is when something was last heard, never how often this ran: timers can be late. */
  check(): void {
    if (this.#isAsking) return;
    const silent = this.#clock.now() - this.#heardAt;
    // below zero the clock was set back, and nobody knows
    if (silent >= 0 && silent < this.#silenceMs) return this.#timer.set(this.#silenceMs - silent, () => this.check());
    this.#isAsking = true;
    this.#timer.set(STALLED_MS, () => this.#stall());
    this.#events.ask();
  }

  stop(): void {
    this.#timer.cancel();
    this.#isAsking = this.#isStalled = false;
  }

  #stall(): void {
    if (!this.#isAsking) return this.check();
    this.#timer.set(PROBE_TIMEOUT_MS - STALLED_MS, () => (this.#isAsking ? this.#events.dead() : this.check()));
    this.#isStalled = true;
    this.#events.stalled(this.#heardAt);
  }
}
