// Which causes of a failing connection a page is told of: each once, not at every try that ends the same way, and the one that is known in the end, not
// the guess before it. Knows nothing of events.
import type { Cause, CauseCode } from '../core/causes.js';
import type { ConnectionStatus } from '../core/connection-status.js';

/** What is said while nobody else was asked; an answer of the host over HTTP comes as a second status of the same failure. */
const GUESSES: readonly CauseCode[] = ['no-connection', 'no-answer'];

export class CauseNews {
  #told: CauseCode | null = null;
  #guess: { readonly cause: Cause; readonly retryAt: number } | null = null;

  /** The cause to tell at a new status; null where there is none, or no news. */
  read(status: ConnectionStatus): Cause | null {
    const guess = this.#guess;
    this.#guess = null;
    switch (status.state) {
      case 'reconnecting':
        if (!GUESSES.includes(status.cause.code) || guess?.retryAt === status.retryAt) return this.#tell(status.cause);
        this.#guess = status;
        return null;
      // no answer came before the next try
      case 'connecting': return guess === null ? null : this.#tell(guess.cause);
      // only a person or the page connects anew after that: the same end is news again
      case 'closed': this.#told = null; return status.cause;
      case 'live': this.#told = null; return null;
      case 'idle': return null;
    }
  }

  #tell(cause: Cause): Cause | null {
    if (cause.code === this.#told) return null;
    this.#told = cause.code;
    return cause;
  }
}
