// What is decided of a request before it becomes a WebSocket or gets the page: its path, where its page comes from, which token it brings. Pure
// functions of the request; each refusal is a status, a code for programs and a sentence for people.
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { SignIn } from './sign-in.js';

export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 426 | 503;
  readonly code: string;
  readonly message: string;
}

const RETRY_AFTER_SECONDS = 5;

export const refusals = Object.freeze({
  disabled: { status: 404, code: 'LOGS_DISABLED', message: 'The logs endpoint is switched off on this server.' },
  path: { status: 404, code: 'ROUTE_NOT_FOUND', message: 'There is no WebSocket at this path.' },
  origin: { status: 403, code: 'ORIGIN_REFUSED', message: 'Pages of this origin may not read the logs; the server has to allow it by name.' },
  noToken: { status: 401, code: 'NO_TOKEN', message: 'A request without an Origin header must bring an access_token; a cookie is not enough.' },
  tokens: { status: 401, code: 'INVALID_CREDENTIALS', message: 'The request must bring exactly one access_token, and not an empty one.' },
  padded: { status: 401, code: 'INVALID_CREDENTIALS', message: 'The token in the subprotocol must be base64url, without “=” at its end.' },
  query: { status: 401, code: 'INVALID_CREDENTIALS', message: 'This server takes no token in the address; send it as a subprotocol, or sign in by a cookie.' },
  unknown: { status: 401, code: 'INVALID_CREDENTIALS', message: 'The request brings nothing that signs it in, or a token that is not valid.' },
  expired: { status: 401, code: 'TOKEN_EXPIRED', message: 'This sign-in has expired.' },
  forbidden: { status: 403, code: 'FORBIDDEN', message: 'This account may not read the logs.' },
  plain: { status: 426, code: 'UPGRADE_REQUIRED', message: 'This is a WebSocket endpoint; a viewer with these credentials may connect.' },
  method: { status: 405, code: 'METHOD_NOT_ALLOWED', message: 'This path takes only GET.' },
  busy: { status: 503, code: 'TOO_MANY_VIEWERS', message: 'As many viewers are connected as this server allows.' },
  closing: { status: 503, code: 'CLOSING', message: 'The server is shutting down.' },
} as const satisfies Record<string, Refusal>);

/** The path of a request as written, without its query. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] as string;
}

/** The subprotocol that a client offers which brings its token as another one; a browser goes on only where one that it offered is chosen. */
export const SUBPROTOCOL = 'system-logs';
/** Then the token, in base64url without padding: a page can set no header but this one, and it is in no log. */
const BEARER = 'bearer.system-logs.';
const BASE64URL = /^[\w-]+$/;
/** The cookie in which the page keeps a token, in base64url too. Browsers send it to nothing but the page and what is beneath it. */
export const TOKEN_COOKIE = 'system-logs-token';

/** The subprotocol to answer with: ours, else the first that holds no token; false for none. */
export function chooseSubprotocol(offered: ReadonlySet<string>): string | false {
  return offered.has(SUBPROTOCOL) ? SUBPROTOCOL : ([...offered].find((name) => !name.startsWith(BEARER)) ?? false);
}

export interface GateOptions {
  readonly allowedOrigins: readonly string[];
  /** Whether a token may stand in the address. */
  readonly tokenInQuery: boolean;
}

/** What a request brings to sign in by. */
export interface Brought {
  /** Null: it has to be signed in by its cookie. */
  readonly token: string | null;
  /** The token that the page keeps; null where there is another one, or none. */
  readonly kept: string | null;
}

/**
 * What a request signs in by, or why it goes no further.
 * @param way `upgrade`: it wants to become a WebSocket. `plain`: it gets an answer that other pages cannot read, or the page itself; browsers name
 * no origin there, and programs may bring the token as `Authorization: Bearer`.
 */
export function readCredentials(request: IncomingMessage, { allowedOrigins, tokenInQuery }: GateOptions, way: 'upgrade' | 'plain' = 'upgrade'): Brought | Refusal {
  const { origin, authorization } = request.headers;
  if (origin !== undefined && !isOwnOrigin(origin, request) && !allowedOrigins.includes(origin)) return refusals.origin;
  const url = request.url ?? '', query = url.indexOf('?');
  const inQuery = query < 0 ? [] : new URLSearchParams(url.slice(query)).getAll('access_token');
  if (inQuery.length > 0 && !tokenInQuery) return refusals.query;
  const inHeader = way === 'plain' ? /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] : undefined;
  const bearers = bearersOf(request), tokens = [...inQuery, ...(inHeader === undefined ? [] : [inHeader]), ...bearers.map(textOf)];
  if (bearers.some((text) => text.includes('='))) return refusals.padded;
  if (tokens.length > 1 || tokens[0] === '') return refusals.tokens;
  const token = tokens[0] ?? null, kept = token === null ? keptToken(request) : null;
  // a browser always names the origin of a page that opens a WebSocket; where none is named, a cookie proves nothing
  return token === null && origin === undefined && way === 'upgrade' ? refusals.noToken : { token, kept };
}

/** The tokens among the subprotocols, as they came. */
function bearersOf({ headers }: IncomingMessage): string[] {
  const names = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  return names.filter((name) => name.startsWith(BEARER)).map((name) => name.slice(BEARER.length));
}

/** '' for a text that cannot be read. */
function textOf(base64url: string): string {
  return BASE64URL.test(base64url) ? Buffer.from(base64url, 'base64url').toString('utf8') : '';
}

function keptToken(request: IncomingMessage): string | null {
  const start = `${TOKEN_COOKIE}=`, cookie = cookiesOf(request).find((each) => each.startsWith(start));
  return textOf(cookie?.slice(start.length) ?? '') || null;
}

/** As they were sent, `name=value` each. */
export function cookiesOf({ headers }: IncomingMessage): string[] {
  return (headers.cookie ?? '').split(/; */);
}

/** True for a page of the host that the request went to. A proxy may have ended TLS before us, so that only a page that is less safe is told apart. */
export function isOwnOrigin(origin: string, request: IncomingMessage): boolean {
  const page = parseUrl(origin);
  if (page === null || page.origin !== origin || (page.protocol !== 'http:' && page.protocol !== 'https:')) return false;
  if (page.protocol === 'http:' && 'encrypted' in request.socket) return false;
  // a name and a port and nothing else: what a URL would take for a user or a path is not part of a host
  const host = request.headers.host ?? '';
  return !/[@/?#\\\s]/.test(host) && parseUrl(`${page.protocol}//${host}`)?.host === page.host;
}

/** True for an origin as a browser writes it: scheme, host and port, nothing after. */
export function isOrigin(text: string): boolean {
  return parseUrl(text)?.origin === text && text !== 'null';
}

/** Why somebody is not let in. */
export function refusalOf(answer: Exclude<SignIn, { readonly verdict: 'allowed' }>): Refusal {
  return answer.verdict === 'unavailable' ? { status: 503, code: 'SIGN_IN_UNAVAILABLE', message: answer.reason } : refusals[answer.verdict];
}

/** The headers and the body of a refusal. */
export function describeRefusal({ status, code, message }: Refusal): { readonly headers: Readonly<Record<string, string>>; readonly body: string } {
  const body = JSON.stringify({ error: { code, message } });
  return {
    body,
    headers: {
      'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', 'Content-Length': String(Buffer.byteLength(body)),
      ...(status === 503 ? { 'Retry-After': String(RETRY_AFTER_SECONDS) } : {}), ...(status === 426 ? { Upgrade: 'websocket' } : {}),
    },
  };
}

/** The whole HTTP answer. */
export function encodeRefusal(refusal: Refusal): string {
  const { headers, body } = describeRefusal(refusal);
  const head = [`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`, 'Connection: close', ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
