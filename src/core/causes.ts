// What is known of a failure, as a sentence that claims no more. A page sees a refused sign-in, a refused connection and a name that does
// not resolve as one and the same event; where nobody can know, the sentence names the candidates and what to check. Knows nothing of
// sockets, pages or time. The table in docs/directus.md is its specification, and its test.
import { cause, quote, type Cause } from './cause.js';
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

const RUNNING = 'see whether the server is running';
const ADDRESS = 'compare host and port in the endpoint with those of the server';
const PATH = 'compare the path in the endpoint with WEBSOCKETS_LOGS_PATH (/websocket/logs unless it was changed)';
const SWITCHED_ON = 'see whether WEBSOCKETS_LOGS_ENABLED is true on the server';
const TOKEN = 'see whether the token is valid and is that of an administrator';
const SIGN_IN = 'sign in on the server as an administrator, or give this page the token of one';
const ORIGIN = 'allow the origin of this page (Directus: CORS_ORIGIN, where * does not count; system-logs/server: allowedOrigins)';
const LIMIT = 'compare the number of open viewers with WEBSOCKETS_LOGS_CONN_LIMIT';
const UPGRADE = 'see whether a proxy passes WebSocket upgrades on';
const WAY = 'look for a firewall, a certificate that the browser does not trust, or a connect-src policy of this page';

const OFFLINE = cause('offline', 'browser offline', 'This browser is offline',
  'It reports no network. This page connects by itself when the network is back.');
const EXPIRED = cause('sign-in-expired', 'sign-in expired', 'Your sign-in has expired',
  'The server says that the token or the session has run out. Sign in again, or give this page a fresh token, and the log goes on.');
const BUSY = cause('busy', 'server busy', 'The server is busy',
  'It asks to try again later: too many viewers may be open. This page tries again by itself.', { checks: [LIMIT] });
const FORBIDDEN = cause('not-allowed', 'not allowed', 'You may not read this log',
  'The server closed the connection and said that this account has no right to it.', { checks: [SIGN_IN], retry: false });
const RESTART = cause('server-stopped', 'server stopped', 'The server has stopped or is restarting',
  'It said so when it closed the connection. This page connects again by itself.');
const POLICY = cause('closed', 'closed by the server', 'The server closed the connection',
  'It said that this page broke one of its rules, for instance by too many messages. This page connects again by itself.');
const SLOW = cause('too-slow', 'page too slow', 'This page was too slow',
  'The server closed the connection and said that its entries came faster than this page took them. This page connects again by itself.',
  { checks: ['ask for a higher level, so that fewer entries come'] });
const WEBSOCKETS_OFF = cause('websockets-disabled', 'WebSockets switched off', 'WebSockets are switched off on this server',
  'Directus says so itself. Set WEBSOCKETS_ENABLED=true and start the server again. This page connects by itself.',
  { setting: 'WEBSOCKETS_ENABLED=true' });

const GOODBYES: Readonly<Record<keyof typeof CLOSE_CODES, Cause>> =
  { restart: RESTART, busy: BUSY, policy: POLICY, expired: EXPIRED, forbidden: FORBIDDEN, slow: SLOW };

const noAnswer = (sentence: string, checks: readonly string[]): Cause =>
  cause('no-answer', 'no answer', 'The server does not answer this viewer', sentence, { checks });

const refused = (sentence: string, checks: readonly string[]): Cause =>
  cause('refused', 'connection not accepted', 'The connection was not accepted', sentence, { checks });

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
  const said = `It answered ${quote(message || code)}.`;
  switch (code) {
    // when a token runs out Directus sends the first and, a millisecond later, the second
    case 'TOKEN_EXPIRED': case 'AUTH_TIMEOUT': return EXPIRED;
    case 'AUTH_FAILED': case 'FORBIDDEN': return cause('not-allowed', 'sign-in refused', 'The server refused the sign-in',
      `${said} The token may be wrong or too old, or its account may not be an administrator.`, { checks: [TOKEN], retry: false });
  }
  if (closed) return null;
  const level = code === 'INVALID_PAYLOAD' ? /^Invalid "(.*)" log level$/s.exec(message) : null;
  if (level !== null) return explainLevel(level[1] ?? '');
  if (code !== 'REQUESTS_EXCEEDED') return cause('server-error', 'server reports an error', 'The server reports an error', said);
  return cause('busy', 'too many messages', 'The server takes no more messages for now', `${said} The connection stays open.`);
}

/** Only a server that took the socket can name a code; a socket that never opened closes with 1006. */
function wasOpen({ phase, closeCode }: FailureFacts): boolean {
  return phase === 'open' || (closeCode !== null && closeCode !== 1006);
}

/** A connection that was open and failed without a word. */
function fromOpen(facts: FailureFacts): Cause {
  const { timedOut, closeCode } = facts;
  if (timedOut) return cause('connection-lost', 'server silent', 'The server has gone silent',
    'The connection looks open, but a question that the server always answers got no answer. It may hang, '
    + 'or the network dropped the connection without a word. This page connects again by itself.', { checks: [RUNNING] });
  if (closeCode === null || closeCode === 1006) return cause('connection-lost', 'connection lost', 'The connection broke off',
    'It ended without a goodbye. The server may have stopped (Directus stops so), a proxy may have cut the connection, '
    + 'or the network failed. This page connects again by itself.', { checks: [RUNNING] });
  const name = Object.keys(CLOSE_CODES).filter(isGoodbye).find((key) => CLOSE_CODES[key] === closeCode);
  // a rule that was broken has a name that only the reason tells
  if (name !== undefined && (name !== 'policy' || facts.reason === '')) return GOODBYES[name];
  return closeCode === 1001 ? RESTART : closedWith(facts);
}

function closedWith({ closeCode, reason, bye }: FailureFacts): Cause {
  const words = reason || bye;
  const code = closeCode === null || closeCode === 1005 ? 'It gave no code' : `It gave the code ${closeCode}`;
  const why = words === null || words === '' ? 'and no reason' : `and the reason ${quote(words)}`;
  return cause('closed', 'closed by the server', 'The server closed the connection', `${code} ${why}. This page connects again by itself.`);
}

/** No connection, and nothing that the page can read. */
function fromSilence({ timedOut, probe, hasToken, host }: FailureFacts): Cause {
  const signIn = hasToken ? TOKEN : SIGN_IN;
  if (probe?.kind === 'silent') return cause('unreachable', 'server unreachable', 'The server does not answer',
    `Nothing answers at ${host}, neither to this viewer nor to an ordinary request. The server may be down, the name or the port `
    + 'may be wrong, or something on the way stops the browser. This page tries again by itself.', { checks: [RUNNING, ADDRESS, WAY] });
  if (timedOut && probe === null) return noAnswer(
    `Nothing came back from ${host}. Directus is silent like this where the path is wrong or the logs are switched off; `
    + 'a proxy that holds the request, or a network that swallows it, looks the same.', [PATH, SWITCHED_ON, UPGRADE, RUNNING]);
  if (timedOut) return noAnswer(
    `Something at ${host} answers ordinary requests, but not this viewer. Directus is silent like this where the path is wrong `
    + 'or the logs are switched off; a proxy that holds the request looks the same.', [PATH, SWITCHED_ON, UPGRADE]);
  if (probe !== null) return refused(
    `Something answers at ${host}, but the browser hides from this page what it says. The server may have refused the origin of `
    + 'this page or its sign-in, or a proxy answers in its place.', [ORIGIN, signIn, RUNNING]);
  return cause('no-connection', 'no connection', 'The connection could not be opened',
    `The browser does not tell a page why. The server may be down, ${host} may be the wrong name or port, or the server refused: `
    + 'the sign-in, the rights of the account, the origin of this page, or one viewer more.', { checks: [RUNNING, ADDRESS, signIn, ORIGIN] });
}

/** No connection, but an HTTP answer of the same host that the page can read. */
function fromAnswer(facts: FailureFacts, status: number, body: unknown): Cause {
  const { host } = facts, signIn = facts.hasToken ? TOKEN : SIGN_IN;
  const trouble = fromStatus(host, status);
  if (trouble !== null) return trouble;
  const offer = status === 200 ? readOffer(body) : null, code = readErrorCode(body);
  if (offer === 'websockets-off') return WEBSOCKETS_OFF;
  if (facts.timedOut) return fromUnansweredPath(host, status, offer, signIn);
  if (code === 'TOKEN_EXPIRED') return EXPIRED;
  const unknownToIt = status === 401 || code === 'INVALID_TOKEN';
  if (unknownToIt && facts.hasToken) return cause('not-allowed', 'token not accepted', 'The server does not accept the token',
    `${host} answered ${status} to an ordinary request with the same token. It is wrong, or not valid any more.`, { checks: [TOKEN], retry: false });
  if (unknownToIt || offer === 'anonymous') return cause('not-signed-in', 'not signed in', 'You are not signed in on this server',
    `${host} answers, but ${facts.hasToken ? 'it did not take the token of this page' : 'it does not know who asks'}. `
    + 'Sign in there, or give this page a token; it connects by itself.', { checks: [signIn] });
  if (status === 403) return cause('not-allowed', 'access refused', 'The server refuses this page',
    `${host} answered 403 to an ordinary request too: the account, the origin of this page or its network is not allowed there.`,
    { checks: [signIn, ORIGIN] });
  if (offer === 'no-logs') return cause('not-allowed', 'no logs for this account', 'This sign-in is offered no logs',
    `Directus at ${host} knows who asks, but the account is not an administrator, or the logs are switched off. `
    + 'Where the account is the reason Directus refuses at once, as it did here.', { checks: [signIn, SWITCHED_ON] });
  if (offer === 'logs') return refused(
    `Directus at ${host} offers its logs to this sign-in, but did not open the connection. The origin of this page may not be allowed, `
    + 'too many viewers may be open, or a proxy may not pass WebSockets on.', [ORIGIN, LIMIT, UPGRADE]);
  return refused(
    `A server at ${host} is running and answers ordinary requests (${status}), but did not open the connection. The sign-in, the account, `
    + 'the origin of this page or the path may be wrong, too many viewers may be open, or a proxy may not pass WebSockets on.',
    [signIn, ORIGIN, PATH, LIMIT, UPGRADE]);
}

/** The host answers over HTTP, but not at the path of the endpoint. */
function fromUnansweredPath(host: string, status: number, offer: LogOffer | null, signIn: string): Cause {
  if (offer === 'no-logs') return cause('logs-disabled', 'logs switched off', 'Logs seem to be switched off on this server',
    `Directus at ${host} offers no logs to this sign-in and gave this viewer no answer, as it does where logs are switched off. `
    + 'Set WEBSOCKETS_LOGS_ENABLED=true and start the server again; this page connects by itself. '
    + 'An account that is not an administrator is offered no logs either, but Directus refuses it at once.',
    { checks: [SWITCHED_ON, signIn], setting: 'WEBSOCKETS_LOGS_ENABLED=true' });
  if (offer === 'logs') return noAnswer(
    `Directus at ${host} offers its logs to this sign-in, but not at this path, or a proxy holds the request.`, [PATH, UPGRADE]);
  return noAnswer(
    `${host} answers ordinary requests (${status}), but not this viewer. Directus is silent like this where the path is wrong `
    + 'or the logs are switched off; a proxy that holds the request looks the same.', [PATH, SWITCHED_ON, UPGRADE]);
}

/** What a status says, whatever was asked. */
function fromStatus(host: string, status: number): Cause | null {
  const again = 'This page tries again by itself.', checks = [RUNNING];
  if (status === 502 || status === 504 || (status >= 520 && status <= 530)) return cause('proxy', `proxy answered ${status}`,
    'The server does not answer', `A proxy answered ${status} for ${host}: it got no answer from the server behind it. ${again}`, { checks });
  if (status === 503) return cause('busy', 'server not available', 'The server takes no requests now',
    `${host} answered 503. It may be starting, overloaded or under repair, or a proxy says so in its place. ${again}`, { checks });
  if (status === 429) return cause('busy', 'too many requests', 'The server takes no requests now',
    `${host} answered 429: it got too many requests. ${again}`);
  if (status >= 500) return cause('server-error', `server answered ${status}`, 'The server reports an error',
    `${host} answered ${status} to an ordinary request too. ${again}`, { checks: ['read the log of the server itself'] });
  return null;
}

function isGoodbye(name: string): name is keyof typeof CLOSE_CODES {
  return Object.hasOwn(CLOSE_CODES, name);
}

/** Whether a host (with or without its port) is this very machine: a browser reaches that without a network, and a secure page without TLS. */
export function isOwnMachine(host: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/i.test(host);
}
