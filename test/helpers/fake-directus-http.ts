// The HTTP half of the fake Directus: /server/ping, /server/info as each caller gets it, CORS, errors in Directus' shape, and the log
// record of each request as pino-http writes it. Also what both halves read of a request: its token, and when that runs out.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

export const SESSION_COOKIE = 'directus_session_token';
export const LEVELS: Readonly<Record<string, number>> = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 };

export type Rights = 'admin' | 'user' | 'expired' | 'unknown';

/** The options that both halves of the fake have. */
export interface HttpOptions {
  /** `WEBSOCKETS_ENABLED`: without it every upgrade is an ordinary request, answered 404. */
  readonly websocketsEnabled?: boolean;
  /** `WEBSOCKETS_LOGS_ENABLED`: without it the path never answers. */
  readonly logsEnabled?: boolean;
  /** `WEBSOCKETS_LOGS_LEVEL`: nothing below it is ever sent; default `trace`. */
  readonly floor?: string;
  /** `WEBSOCKETS_LOGS_STYLE` of what requests log; default `raw`. */
  readonly style?: 'raw' | 'pretty';
  /** `CORS_ORIGIN` with `CORS_ENABLED=true`: any origin, a literal `*` (which lets no WebSocket in), or a list. Default: CORS is off. */
  readonly cors?: true | '*' | readonly string[];
}

/** The token of a request, as Directus looks for it at an upgrade: the query wins, twice is wrong, else the session cookie. */
export function credentialOf({ url = '/', headers }: IncomingMessage): string | null {
  const given = new URL(url, 'http://fake').searchParams.getAll('access_token');
  if (given.length > 0) return given.length === 1 ? given[0] as string : '';
  const cookie = headers.cookie?.split(/;\s*/).find((pair) => pair.startsWith(`${SESSION_COOKIE}=`));
  return cookie === undefined ? null : cookie.slice(SESSION_COOKIE.length + 1);
}

/** Answers every request and gives its record to `log`. */
export function answerHttp(options: HttpOptions, rightsOf: (token: string) => Rights, log: (record: object) => void): RequestListener {
  let requests = 0;
  return (request, response) => {
    const id = ++requests, start = Date.now();
    response.on('finish', () => log(recordOf(options, request, response, id, Date.now() - start)));
    allowOrigin(options, request, response);
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? credentialOf(request);
    const rights = token === null ? null : rightsOf(token);
    if (rights === 'expired') return sendError(response, 401, 'TOKEN_EXPIRED', 'Token expired.');
    if (rights === 'unknown') return sendError(response, 401, 'INVALID_CREDENTIALS', 'Invalid user credentials.');
    const { pathname } = new URL(request.url ?? '/', 'http://fake');
    if (pathname === '/server/ping') return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('pong');
    if (pathname === '/server/info') return sendJson(response, 200, { data: { project: { project_name: 'Fake' }, ...serverInfo(options, rights) } });
    sendError(response, 404, 'ROUTE_NOT_FOUND', `Route ${pathname} doesn't exist.`);
  };
}

function serverInfo({ websocketsEnabled = true, logsEnabled = true, floor = 'trace' }: HttpOptions, rights: 'admin' | 'user' | null): object {
  if (rights === null) return {};
  if (!websocketsEnabled) return { websocket: false };
  const allowedLogLevels = Object.fromEntries(Object.entries(LEVELS).filter(([, level]) => level >= (LEVELS[floor] ?? 0)));
  const logs = logsEnabled && rights === 'admin' ? { allowedLogLevels } : false;
  return { websocket: { rest: { authentication: 'handshake', path: '/websocket' }, graphql: { authentication: 'handshake', path: '/graphql' }, heartbeat: 30, collaborativeEditing: true, logs } };
}

function allowOrigin({ cors }: HttpOptions, { headers }: IncomingMessage, response: ServerResponse): void {
  if (cors === undefined || headers.origin === undefined) return;
  if (cors !== '*' && cors !== true && !cors.includes(headers.origin)) return;
  response.setHeader('access-control-allow-origin', cors === '*' ? '*' : headers.origin);
  response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('access-control-allow-headers', 'Content-Type,Authorization');
  response.setHeader('vary', 'Origin');
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  sendJson(response, status, { errors: [{ message, extensions: { code } }] });
}

function recordOf({ style = 'raw' }: HttpOptions, request: IncomingMessage, response: ServerResponse, id: number, responseTime: number): object {
  const { method = '', headers } = request, { statusCode } = response;
  const address = new URL(request.url ?? '/', 'http://fake');
  if (address.searchParams.has('access_token')) address.searchParams.set('access_token', '--redacted--');
  const url = address.pathname + address.search, base = { level: 30, time: Date.now() };
  if (style === 'pretty') return { ...base, msg: responseTime === 0 ? 'request completed' : `${method} ${url} ${statusCode} ${responseTime}ms` };
  const redacted = { ...headers, ...(headers.authorization === undefined ? {} : { authorization: '--redacted--' }), ...(headers.cookie === undefined ? {} : { cookie: '--redacted--' }) };
  const req = { id, method, url, query: Object.fromEntries(address.searchParams), params: {}, headers: redacted };
  return { ...base, pid: process.pid, hostname: 'fake', req, res: { statusCode, headers: response.getHeaders() }, responseTime, msg: 'request completed' };
}

/** When a signed token runs out, in ms since 1970; null for a static one. */
export function expiryOf(token: string): number | null {
  const claims = parseObject(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return typeof claims?.['exp'] === 'number' ? claims['exp'] * 1000 : null;
}

export function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
