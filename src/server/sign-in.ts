// Asks the application who a viewer is, and turns whatever it answers into a closed verdict. It fails closed: an answer that is no viewer,
// a throw, a rejection or no answer in time lets nobody in. What the application threw may hold the token: it is never sent or printed here.
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../core/platform.js';
import type { ErrorReport } from './error-report.js';

/** Who watches, and until when. */
export interface Viewer {
  readonly id: string;
  /** Milliseconds since 1970; absent: for ever. (A JWT's `exp` is in seconds.) */
  readonly expiresAt?: number;
  /** False: known, but not allowed to read logs. */
  readonly allowed?: boolean;
}

export interface Credentials {
  /** What the viewer brought as `access_token`; null where it brought none: then the request's cookie may sign it in. */
  readonly token: string | null;
  readonly request: IncomingMessage;
}

/** Says who brings these credentials; null for nobody. */
export type Authenticate = (credentials: Credentials) => Viewer | null | Promise<Viewer | null>;

export type SignIn =
  | { readonly verdict: 'allowed'; readonly viewer: Viewer }
  | { readonly verdict: 'unknown' | 'forbidden' | 'expired' }
  /** The application could not say; `reason` is a sentence without anything of the credentials. */
  | { readonly verdict: 'unavailable'; readonly reason: string };

export interface SignInOptions {
  readonly authenticate: Authenticate;
  readonly clock: Clock;
  readonly handshakeTimeoutMs: number;
  readonly errors: ErrorReport;
  /** Nobody waits for an answer any more. */
  readonly signal?: AbortSignal;
}

/** The application did not say; the sentence tells why. */
const ENDED = 'The server is shutting down.';

/** Never rejects. */
export async function signIn(credentials: Credentials, { authenticate, clock, handshakeTimeoutMs, errors, signal }: SignInOptions): Promise<SignIn> {
  if (credentials.token === '') return { verdict: 'unknown' };
  if (signal?.aborted === true) return { verdict: 'unavailable', reason: ENDED };
  let release = (): void => undefined;
  const givenUp = new Promise<GivenUp>((resolve) => {
    const end = (): void => resolve(new GivenUp(ENDED));
    const cancel = clock.after(handshakeTimeoutMs, () => resolve(new GivenUp(`The sign-in check took longer than ${handshakeTimeoutMs} ms.`)));
    signal?.addEventListener('abort', end);
    release = () => {
      cancel();
      signal?.removeEventListener('abort', end);
    };
  });
  try {
    const answer: unknown = await Promise.race([authenticate(credentials), givenUp]);
    return answer instanceof GivenUp ? { verdict: 'unavailable', reason: answer.reason } : judge(answer, clock.now());
  } catch (error) {
    errors.report(error, 'authenticate');
    return { verdict: 'unavailable', reason: 'The sign-in check of this server failed.' };
  } finally {
    release();
  }
}

/** What no application can answer. */
class GivenUp {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

function judge(answer: unknown, now: number): SignIn {
  if (answer === null || answer === undefined || answer === false) return { verdict: 'unknown' };
  const { id, expiresAt, allowed } = answer as { id?: unknown; expiresAt?: unknown; allowed?: unknown };
  if (typeof id !== 'string' || (expiresAt !== undefined && (typeof expiresAt !== 'number' || Number.isNaN(expiresAt)))) {
    return { verdict: 'unavailable', reason: 'The sign-in check of this server gave an answer that is no viewer; an object with the text id is one, null is nobody.' };
  }
  if (allowed !== undefined && allowed !== true) return { verdict: 'forbidden' };
  if (expiresAt !== undefined && expiresAt <= now) return { verdict: 'expired' };
  return { verdict: 'allowed', viewer: expiresAt === undefined ? { id } : { id, expiresAt } };
}
