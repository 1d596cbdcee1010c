// Who is let in: one set of rules for the upgrade, for a plain request at the endpoint and for the page. It asks the gate what a request brings and
// the application who that is, bounds how much is asked at one time, and lets nobody in once the server closes. It answers nobody itself.
import type { IncomingMessage } from 'node:http';
import type { LogServerSettings } from './config.js';
import { signIn, type SignIn, type Viewer } from './sign-in.js';
import { readCredentials, refusalOf, refusals, type Brought, type Refusal } from './upgrade-gate.js';

/** Sign-in checks under way at once. */
const MAX_PENDING = 256;

/** Who is let in, and the token by which: null for a cookie of the application's own. */
export interface Admitted {
  readonly viewer: Viewer;
  readonly token: string | null;
}

export class Admission {
  readonly #settings: LogServerSettings;
  readonly #viewers: () => number;
  readonly #end = new AbortController();
  #pending = 0;

  /** @param viewers how many are connected */
  constructor(settings: LogServerSettings, viewers: () => number) {
    this.#settings = settings;
    this.#viewers = viewers;
  }

  /** Why nobody at all is let in at this moment; null where there is a place. */
  get obstacle(): Refusal | null {
    if (!this.#settings.enabled) return refusals.disabled;
    if (this.#end.signal.aborted) return refusals.closing;
    return this.#viewers() >= this.#settings.maxConnections ? refusals.busy : null;
  }

  /** Lets nobody in any more; who waits for the application's answer waits no longer. */
  close(): void {
    this.#end.abort();
  }

  /** Never rejects. @param way see `readCredentials`; what comes over plain HTTP takes no place of a viewer */
  async admit(request: IncomingMessage, way: 'upgrade' | 'plain'): Promise<Admitted | Refusal> {
    const { obstacle } = this;
    if (obstacle !== null && obstacle !== refusals.busy) return obstacle;
    const brought = readCredentials(request, this.#settings, way);
    if ('status' in brought) return brought;
    if ((way === 'upgrade' && obstacle !== null) || this.#pending >= MAX_PENDING) return refusals.busy;
    this.#pending++;
    return this.#ask(request, brought).finally(() => this.#pending--);
  }

  /** Asks the application about a token, or about the cookie of a request. Never rejects. */
  signIn(token: string | null, request: IncomingMessage): Promise<SignIn> {
    return signIn({ token, request }, { ...this.#settings, signal: this.#end.signal });
  }

  async #ask(request: IncomingMessage, { token, kept }: Brought): Promise<Admitted | Refusal> {
    let by = token ?? kept, answer = await this.signIn(by, request);
    // the token that the page keeps has had its day; the application's own cookie may still hold
    if (kept !== null && (answer.verdict === 'unknown' || answer.verdict === 'expired')) {
      const own = await this.signIn((by = null), request);
      if (own.verdict !== 'unknown') answer = own;
    }
    if (answer.verdict === 'allowed') return { viewer: answer.viewer, token: by };
    return this.#end.signal.aborted ? refusals.closing : refusalOf(answer);
  }
}
