// The last refusal whose reason is known: the server will say the same again to the same token, so it is not asked again and again. It makes no
// tries; it says whether one is worth making.
import type { Cause, CauseCode } from './cause.js';

const KNOWN: ReadonlySet<CauseCode> = new Set(['not-signed-in', 'sign-in-expired', 'not-allowed', 'websockets-disabled', 'logs-disabled']);

/** With the same token a server that has refused is not tried again before: three tries a minute. */
export const REFUSED_MS = 20_000;

export class Refusal {
  #last: { readonly token: string | null; readonly until: number; readonly cause: Cause } | null = null;

  /** A try with this token has failed. */
  note(cause: Cause, token: string | null, now: number): void {
    this.#last = KNOWN.has(cause.code) ? { token, until: now + REFUSED_MS, cause } : null;
  }

  /** Why a try with this token is not worth making yet; null where it is. */
  against(token: string | null, now: number): Cause | null {
    const last = this.#last;
    return last !== null && last.token === token && now < last.until ? last.cause : null;
  }

  /** How long to wait at least, where there is no other token to hope for; 0 where there is no reason to wait. */
  wait(now: number): number {
    return this.#last === null ? 0 : Math.max(0, this.#last.until - now);
  }

  forget(): void {
    this.#last = null;
  }
}
