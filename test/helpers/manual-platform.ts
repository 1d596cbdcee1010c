// Time and frames that a test moves by hand, so that durations are exact and nothing waits.
import type { Clock, Scheduler } from '../../src/core/platform.js';

export interface ManualClock extends Clock {
  /** Moves time on, running what falls due, in order. */
  advance(ms: number): void;
  /** Moves time on while nothing runs: what fell due runs after it, late. */
  sleep(ms: number): void;
  /** Timers that are set. */
  readonly pending: number;
}

export function manualClock(start = Date.UTC(2026, 0, 2, 3, 4, 5, 678)): ManualClock {
  let now = start;
  let timers: { at: number; callback: () => void }[] = [];
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + Math.max(0, ms), callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    sleep(ms) {
      now += ms;
      this.advance(0);
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers = timers.filter((timer) => timer !== due);
        now = Math.max(now, due.at);
        due.callback();
      }
      now = end;
    },
    get pending() {
      return timers.length;
    },
  };
}

export interface ManualScheduler extends Scheduler {
  /** Draws a frame: runs what asked for one. */
  draw(): void;
  hide(hidden: boolean): void;
  readonly pending: number;
  /** What they say who asked for the next frame. */
  readonly isLittle: boolean;
}

export function manualScheduler(): ManualScheduler {
  let callbacks: (() => void)[] = [];
  let isHidden = false, asksLittle = (): boolean => false;
  return {
    frame(callback, isLittle) {
      asksLittle = isLittle;
      callbacks.push(callback);
      return () => {
        callbacks = callbacks.filter((other) => other !== callback);
      };
    },
    hidden: () => isHidden,
    draw() {
      const due = callbacks;
      callbacks = [];
      for (const callback of due) callback();
    },
    hide(hidden) {
      isHidden = hidden;
    },
    get pending() {
      return callbacks.length;
    },
    get isLittle() {
      return asksLittle();
    },
  };
}
