// Why something does not work, in words: what a view shows, and what the page is told by `log-error`.

export type CauseCode =
  /** Wrong input: trying again cannot help. */
  | 'invalid-endpoint' | 'unknown-level' | 'wrong-attribute'
  /** The page itself has no token to show. */
  | 'no-token'
  /** No connection: the browser has no network; it cannot say why; nothing answers at all; only silence came; something answers, but not so. */
  | 'offline' | 'no-connection' | 'unreachable' | 'no-answer' | 'refused'
  /** Sign-in and rights. */
  | 'not-signed-in' | 'sign-in-expired' | 'not-allowed'
  /** Switched off on the server. */
  | 'websockets-disabled' | 'logs-disabled'
  /** A proxy, or the server itself, is in trouble. */
  | 'proxy' | 'busy' | 'server-error'
  /** The connection was open and is not any more. */
  | 'server-stopped' | 'too-slow' | 'connection-lost' | 'closed';

export interface Cause {
  readonly code: CauseCode;
  /** Two to six words for a toolbar. */
  readonly short: string;
  /** A heading, without a full stop. */
  readonly title: string;
  /** What is known, then what to do. Whole sentences. */
  readonly sentence: string;
  /** What to check, each a short clause in the imperative, without a full stop. */
  readonly checks: readonly string[];
  /** The setting of the server that changes it, `NAME=value`. */
  readonly setting: string | null;
  /** False where trying the same again cannot help. */
  readonly retry: boolean;
}

type Extras = Partial<Pick<Cause, 'checks' | 'setting' | 'retry'>>;

export function cause(code: CauseCode, short: string, title: string, sentence: string, extras: Extras = {}): Cause {
  return { code, short, title, sentence, checks: [], setting: null, retry: true, ...extras };
}

/** Words of somebody else: without what could redirect or break the line, cut, in quotes. */
export function quote(words: string): string {
  const plain = words.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim().replace(/\.$/, '');
  return `"${plain.length > 120 ? `${plain.slice(0, 120)}…` : plain}"`;
}
