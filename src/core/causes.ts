// What is known of a failure, as the sentence that claims no more. A page sees a refused sign-in, a refused connection and a name that does
// not resolve as one and the same event; where nobody can know, the sentence names the candidates and what to check. It
// chooses sentences and their facts; cause-words.ts has the words. Knows nothing of sockets, pages or time. The table in docs/directus.md is its
// specification, and its test.
import { cause, quotable, type Cause } from './cause.js';
import type { CheckName } from './cause-words.js';
import { CLOSE_CODES } from './protocol.js';
import { explainLevel } from './page-causes.js';
import type { ProbeAnswer } from './platform.js';
import { readErrorCode, readOffer, type LogOffer } from './server-info.js';

export type { Cause, CauseCode } from './cause.js';
export { explainEndpoint, explainLevel, explainToken, type EndpointProblem, type TokenProblem } from './page-causes.js';

/** Everything that is known when a connection fails. */
export interface FailureFacts {
  /** `connecting` until the server has taken the socket; also where it took it and never answered the first subscription. */
  readonly phase: 'connecting' | 'open';
  /** While connecting: nothing came within the connect time-out. While open: a question that every server answers was not answered. */
  readonly timedOut: boolean;
  /** Of the close event; null where the socket is still open or never closed. */
  readonly closeCode: number | null;
  readonly reason: string;
  /** The code of the server's `bye` frame. */
  readonly bye: string | null;
  /** The last error frame of this connection. */
  readonly serverError: { readonly code: string; readonly message: string } | null;
  readonly hasToken: boolean;
  /** Host and port of the endpoint, for the sentence; never empty. */
  readonly host: string;
  /** `navigator.onLine`; null where the host cannot say. */
  readonly online: boolean | null;
  /** What a GET of `probeUrl` answered; null where it was not asked. */
  readonly probe: ProbeAnswer | null;
}

const OFFLINE = cause('offline', 'offline');
const EXPIRED = cause('sign-in-expired', 'expired');
const BUSY = cause('busy', 'busy', {}, ['limit']);
const FORBIDDEN = cause('not-allowed', 'forbidden', {}, ['signIn'], { retry: false });
const RESTART = cause('server-stopped', 'restart');
const POLICY = cause('closed', 'policy');
const SLOW = cause('too-slow', 'slow', {}, ['level']);
const WEBSOCKETS_OFF = cause('websockets-disabled', 'websocketsOff', {}, [], { setting: 'WEBSOCKETS_ENABLED=true' });

const GOODBYES: Readonly<Record<keyof typeof CLOSE_CODES, Cause>> =
  { restart: RESTART, busy: BUSY, policy: POLICY, expired: EXPIRED, forbidden: FORBIDDEN, slow: SLOW };

/** The cause behind a failure. Total: any facts give one. */
export function explain(facts: FailureFacts): Cause {
  const { bye, serverError, online, host } = facts;
  if (bye !== null) return isGoodbye(bye) ? GOODBYES[bye] : closedWith(facts);
  const said = serverError === null ? null : fromServerError(serverError.code, serverError.message, facts.closeCode !== null);
  if (said !== null) return said;
  if (online === false && !isOwnMachine(host)) return OFFLINE;
  if (wasOpen(facts)) return fromOpen(facts);
  return facts.probe?.kind === 'readable' ? fromAnswer(facts, facts.probe.status, facts.probe.body) : fromSilence(facts);
}

/** True where an HTTP question to the same host can tell more than the failed socket did. */
export function isProbeWorthwhile(facts: FailureFacts): boolean {
  const { probe, bye, serverError, online, host } = facts;
  return !wasOpen(facts) && probe === null && bye === null && serverError === null && (online !== false || isOwnMachine(host));
}

/**
 * Where to ask over HTTP what the socket could not say: Directus' `/server/info` beside `/websocket/logs`, else at the root of the host.
 * @param endpoint an absolute ws, wss, http or https address; its user, query and fragment are left out.
 * @throws TypeError for any other text.
 */
export function probeUrl(endpoint: string): string {
  const parts = /^(?:ws|http)(s?):\/\/(?:[^/?#]*@)?([^/?#]+)([^?#]*)/i.exec(endpoint);
  if (parts === null) throw new TypeError('A probe needs an absolute address with ws:, wss:, http: or https:.');
  const [, secure = '', host = '', path = ''] = parts;
  const base = /^(.*)\/websocket\/logs\/?$/.exec(path)?.[1] ?? '';
  return `http${secure.toLowerCase()}://${host}${base}/server/info`;
}

/** Null for an error that cannot be why the socket closed: Directus leaves it open after all but those of sign-in. */
function fromServerError(code: string, message: string, closed: boolean): Cause | null {
  const words = quotable(message || code);
  switch (code) {
    // when a token runs out Directus sends the first and, a millisecond later, the second
    case 'TOKEN_EXPIRED': case 'AUTH_TIMEOUT': return EXPIRED;
    case 'AUTH_FAILED': case 'FORBIDDEN': return cause('not-allowed', 'signInRefused', { words }, ['token'], { retry: false });
  }
  if (closed) return null;
  const level = code === 'INVALID_PAYLOAD' ? /^Invalid "(.*)" log level$/s.exec(message) : null;
  if (level !== null) return explainLevel(level[1] ?? '');
  return code === 'REQUESTS_EXCEEDED' ? cause('busy', 'tooManyMessages', { words }) : cause('server-error', 'serverError', { words });
}

/** Only a server that took the socket can name a code; a socket that never opened closes with 1006. */
function wasOpen({ phase, closeCode }: FailureFacts): boolean {
  return phase === 'open' || (closeCode !== null && closeCode !== 1006);
}

/** A connection that was open and failed without a word. */
function fromOpen(facts: FailureFacts): Cause {
  const { timedOut, closeCode } = facts;
  if (timedOut) return cause('connection-lost', 'silent', {}, ['running']);
  if (closeCode === null || closeCode === 1006) return cause('connection-lost', 'lost', {}, ['running']);
  const name = Object.keys(CLOSE_CODES).filter(isGoodbye).find((key) => CLOSE_CODES[key] === closeCode);
  // a rule that was broken has a name that only the reason tells
  if (name !== undefined && (name !== 'policy' || facts.reason === '')) return GOODBYES[name];
  return closeCode === 1001 ? RESTART : closedWith(facts);
}

function closedWith({ closeCode, reason, bye }: FailureFacts): Cause {
  return cause('closed', 'closed', { closeCode: closeCode === 1005 ? null : closeCode, words: quotable(reason || (bye ?? '')) });
}

const signInOf = ({ hasToken }: FailureFacts): CheckName => (hasToken ? 'token' : 'signIn');

/** No connection, and nothing that the page can read. */
function fromSilence(facts: FailureFacts): Cause {
  const { timedOut, probe, host } = facts, signIn = signInOf(facts);
  if (probe?.kind === 'silent') return cause('unreachable', 'unreachable', { host }, ['running', 'address', 'way']);
  if (timedOut && probe === null) return cause('no-answer', 'nothingCame', { host }, ['path', 'on', 'upgrade', 'running']);
  if (timedOut) return cause('no-answer', 'hiddenAnswer', { host }, ['path', 'on', 'upgrade']);
  if (probe !== null) return cause('refused', 'hiddenRefusal', { host }, ['origin', signIn, 'running']);
  return cause('no-connection', 'noConnection', { host }, ['running', 'address', signIn, 'origin']);
}

/** No connection, but an HTTP answer of the same host that the page can read. */
function fromAnswer(facts: FailureFacts, status: number, body: unknown): Cause {
  const { host, hasToken } = facts, signIn = signInOf(facts);
  const trouble = fromStatus(host, status);
  if (trouble !== null) return trouble;
  const offer = status === 200 ? readOffer(body) : null, code = readErrorCode(body);
  if (offer === 'websockets-off') return WEBSOCKETS_OFF;
  // an endpoint of our own: what stops this viewer is not there
  if (status === 426 && code === 'UPGRADE_REQUIRED') return cause('refused', 'wouldBeLetIn', { host }, ['upgrade', 'origin']);
  if (facts.timedOut) return fromUnansweredPath(host, status, offer, signIn);
  if (code === 'TOKEN_EXPIRED') return EXPIRED;
  const unknownToIt = status === 401 || code === 'INVALID_TOKEN';
  if (unknownToIt && hasToken) return cause('not-allowed', 'tokenRefused', { host, status }, ['token'], { retry: false });
  if (unknownToIt || offer === 'anonymous') return cause('not-signed-in', 'notSignedIn', { host, hasToken }, [signIn]);
  if (status === 403) return cause('not-allowed', 'accessRefused', { host }, [signIn, 'origin']);
  if (offer === 'no-logs') return cause('not-allowed', 'noLogs', { host }, [signIn, 'on']);
  if (offer === 'logs') return cause('refused', 'offeredAndRefused', { host }, ['origin', 'limit', 'upgrade']);
  return cause('refused', 'answeredAndRefused', { host, status }, [signIn, 'origin', 'path', 'limit', 'upgrade']);
}

/** The host answers over HTTP, but not at the path of the endpoint. */
function fromUnansweredPath(host: string, status: number, offer: LogOffer | null, signIn: CheckName): Cause {
  if (offer === 'no-logs') return cause('logs-disabled', 'logsOff', { host }, ['on', signIn], { setting: 'WEBSOCKETS_LOGS_ENABLED=true' });
  if (offer === 'logs') return cause('no-answer', 'otherPath', { host }, ['path', 'upgrade']);
  return cause('no-answer', 'answersOthers', { host, status }, ['path', 'on', 'upgrade']);
}

/** What a status says, whatever was asked. */
function fromStatus(host: string, status: number): Cause | null {
  if (status === 502 || status === 504 || (status >= 520 && status <= 530)) return cause('proxy', 'proxy', { host, status }, ['running']);
  if (status === 503) return cause('busy', 'unavailable', { host }, ['running']);
  if (status === 429) return cause('busy', 'tooManyRequests', { host });
  return status >= 500 ? cause('server-error', 'failing', { host, status }, ['ownLog']) : null;
}

function isGoodbye(name: string): name is keyof typeof CLOSE_CODES {
  return Object.hasOwn(CLOSE_CODES, name);
}

/** Whether a host (with or without its port) is this very machine: a browser reaches that without a network, and a secure page without TLS. */
export function isOwnMachine(host: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/i.test(host);
}
