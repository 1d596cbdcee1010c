// Where this half's own troubles go: to the application's `onError`, each at most once a minute, and nowhere else. Nothing that is
// run here can throw into or reject in the application, `onError` itself included.
import type { Clock } from '../core/platform.js';
import { RedisTrouble } from './redis-trouble.js';

export type ErrorSource = 'authenticate' | 'bus' | 'page' | 'upgrade';

const MINUTE_MS = 60_000;
/** A Redis could invent troubles without end. */
const MOST_KINDS = 100;

export class ErrorReport {
  readonly #onError: (error: unknown, source: ErrorSource) => unknown;
  readonly #clock: Clock;
  #reportedAt = new Map<string, number>();

  constructor(onError: (error: unknown, source: ErrorSource) => unknown, clock: Clock) {
    this.#onError = onError;
    this.#clock = clock;
  }

  report(error: unknown, source: ErrorSource): void {
    // each trouble of Redis is another news
    const now = this.#clock.now(), kind = error instanceof RedisTrouble ? `${source}: ${error.message}` : source;
    const what = this.#reportedAt.size < MOST_KINDS || this.#reportedAt.has(kind) ? kind : source;
    // an application that logs what it is told would otherwise log about its own log for ever
    if (now - (this.#reportedAt.get(what) ?? -Infinity) < MINUTE_MS) return;
    this.#reportedAt.set(what, now);
    quietly(() => this.#onError(error, source), () => undefined);
  }

  /** Runs what is not ours; false where it threw. */
  guard(source: ErrorSource, run: () => unknown): boolean {
    return quietly(run, (error) => this.report(error, source));
  }
}

function quietly(run: () => unknown, failed: (error: unknown) => void): boolean {
  try {
    const answer = run();
    // a function that should return nothing may be an async one
    if (answer instanceof Promise) answer.catch(failed);
    return true;
  } catch (error) {
    failed(error);
    return false;
  }
}
