// When a token is replaced by a fresh one: before it ends, as long as somebody can give one. It knows neither the socket nor who signs in.
import { askToken, renewalDelay, tokenExpiry, type AccessToken } from './access-token.js';
import type { Clock } from './platform.js';
import { SingleTimer } from './single-timer.js';

/** A timer can wait 24.8 days; a token may last longer. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

export class TokenRenewal {
  readonly #clock: Clock;
  readonly #accessToken: AccessToken;
  readonly #renewed: (token: string) => void;
  readonly #timer: SingleTimer;
  /** Counts what was asked for and given up, so that a late answer is known as such. */
  #generation = 0;

  /** @param renewed takes a fresh token; it is watched itself once `watch` is called with it */
  constructor(clock: Clock, accessToken: AccessToken, renewed: (token: string) => void) {
    this.#clock = clock;
    this.#timer = new SingleTimer(clock);
    this.#accessToken = accessToken;
    this.#renewed = renewed;
  }

  /** Watches this token instead of any other. Only a function can give a fresh one; a fixed one is left to expire, and the server says so. */
  watch(token: string | null): void {
    this.stop();
    const expiry = token === null ? null : tokenExpiry(token), now = this.#clock.now();
    if (token === null || expiry === null || expiry <= now || typeof this.#accessToken !== 'function') return;
    const delay = renewalDelay(expiry, now), isFar = delay > LONGEST_WAIT_MS;
    this.#timer.set(isFar ? LONGEST_WAIT_MS : delay, () => (isFar ? this.watch(token) : void this.#renew(token)));
  }

  stop(): void {
    this.#generation++;
    this.#timer.cancel();
  }

  async #renew(token: string): Promise<void> {
    const generation = this.#generation, asked = await askToken(this.#accessToken), fresh = 'token' in asked ? asked.token : null;
    if (generation !== this.#generation) return;
    if (fresh === null || fresh === token) this.watch(token);
    else this.#renewed(fresh);
  }
}
