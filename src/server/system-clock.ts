// The process's own time, as core's `Clock`. Its timers never keep a process alive: an open socket does that, a time limit must not.
import type { Clock } from '../core/platform.js';

export const systemClock: Clock = Object.freeze({
  now: () => Date.now(),
  after(ms: number, callback: () => void): () => void {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
});
