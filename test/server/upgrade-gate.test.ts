import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, test, type TestContext } from 'node:test';
import type { Credentials, Viewer } from '../../src/server/index.js';
import { isOrigin, readCredentials } from '../../src/server/upgrade-gate.js';
import { answerTo, requestText, UPGRADE } from './raw-request.js';
import { startServer, TOKEN } from './start-server.js';

const PATH = '/websocket/logs', GOOD = `${PATH}?access_token=${TOKEN}`, COOKIE = `session=${TOKEN}`;

/** Tokens and the session cookie; `demoted` is known and not allowed, `old` has expired, `boom` makes the check fail. */
function authenticate({ token, request }: Credentials): Viewer | null {
  const brought = token ?? /session=([^;]*)/.exec(request.headers.cookie ?? '')?.[1];
  if (brought === 'boom') throw new Error('the database is away; token boom');
  if (brought === 'old') return { id: 'ada', expiresAt: 1 };
  if (brought === 'demoted') return { id: 'bob', allowed: false };
  return brought === TOKEN ? { id: 'ada' } : null;
}

/** What is sent beside a correct upgrade, and what comes back. `own` in an Origin stands for the server's own host. */
interface Case {
  readonly name: string;
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly line?: string;
  readonly status: number;
  readonly code?: string;
  /** How many times the application was asked. */
  readonly asked?: number;
  /** A server that takes no token in its address. */
  readonly only?: 'elsewhere';
}

/** A token as the subprotocol that carries it. */
const bearer = (token: string): string => `bearer.system-logs.${Buffer.from(token).toString('base64url')}`;

const cases: readonly Case[] = [
  // signing in
  { name: 'a good token', target: GOOD, status: 101, asked: 1 },
  { name: 'a good token, percent-encoded', target: `${PATH}?access_token=the%2Dgood%2Dtoken`, status: 101, asked: 1 },
  { name: 'a good token among other parameters', target: `${PATH}?a=1&access_token=${TOKEN}&b=2`, status: 101, asked: 1 },
  { name: 'no token and no origin', target: PATH, status: 401, code: 'NO_TOKEN', asked: 0 },
  { name: 'no token, own origin, no cookie', target: PATH, headers: { Origin: 'http://own' }, status: 401, code: 'INVALID_CREDENTIALS', asked: 1 },
  { name: 'an empty token', target: `${PATH}?access_token=`, status: 401, code: 'INVALID_CREDENTIALS', asked: 0 },
  { name: 'an empty token and a good cookie', target: `${PATH}?access_token=`, headers: { Origin: 'http://own', Cookie: COOKIE }, status: 401, code: 'INVALID_CREDENTIALS', asked: 0 },
  { name: 'a wrong token', target: `${PATH}?access_token=wrong`, status: 401, code: 'INVALID_CREDENTIALS', asked: 1 },
  { name: 'a wrong token and a good cookie', target: `${PATH}?access_token=wrong`, headers: { Origin: 'http://own', Cookie: COOKIE }, status: 401, code: 'INVALID_CREDENTIALS', asked: 1 },
  { name: 'the token twice', target: `${GOOD}&access_token=${TOKEN}`, status: 401, code: 'INVALID_CREDENTIALS', asked: 0 },
  { name: 'the token twice, once in other letters', target: `${GOOD}&access%5Ftoken=x`, status: 401, code: 'INVALID_CREDENTIALS', asked: 0 },
  { name: 'the token as a list', target: `${PATH}?access_token[]=${TOKEN}`, status: 401, code: 'NO_TOKEN', asked: 0 },
  { name: 'the token in another case of the name', target: `${PATH}?Access_Token=${TOKEN}`, status: 401, code: 'NO_TOKEN', asked: 0 },
  { name: 'the token in the Authorization header', target: PATH, headers: { Authorization: `Bearer ${TOKEN}` }, status: 401, code: 'NO_TOKEN', asked: 0 },
  { name: 'the token as a subprotocol', target: PATH, headers: { 'Sec-WebSocket-Protocol': TOKEN }, status: 401, code: 'NO_TOKEN', asked: 0 },
  { name: 'an expired sign-in', target: `${PATH}?access_token=old`, status: 401, code: 'TOKEN_EXPIRED', asked: 1 },
  { name: 'somebody who may not', target: `${PATH}?access_token=demoted`, status: 403, code: 'FORBIDDEN', asked: 1 },
  { name: 'a check that fails', target: `${PATH}?access_token=boom`, status: 503, code: 'SIGN_IN_UNAVAILABLE', asked: 1 },
  { name: 'a token of 8 KB', target: `${PATH}?access_token=${'x'.repeat(8000)}`, status: 401, code: 'INVALID_CREDENTIALS', asked: 1 },
  { name: 'headers of 32 KB', target: `${PATH}?access_token=${'x'.repeat(32_000)}`, status: 431, asked: 0 },
  // by subprotocol, which is not echoed
  { name: 'a good token as a subprotocol', target: PATH, headers: { 'Sec-WebSocket-Protocol': `system-logs, ${bearer(TOKEN)}` }, status: 101, asked: 1 },
  { name: 'the same the other way round', target: PATH, headers: { 'Sec-WebSocket-Protocol': `${bearer(TOKEN)},system-logs` }, status: 101, asked: 1 },
  { name: 'the same in two headers', target: PATH, headers: { 'Sec-WebSocket-Protocol': ['system-logs', bearer(TOKEN)] }, status: 101, asked: 1 },
  { name: 'the same from its own origin with a wrong cookie', target: PATH, headers: { Origin: 'http://own', Cookie: 'session=x', 'Sec-WebSocket-Protocol': `system-logs, ${bearer(TOKEN)}` }, status: 101, asked: 1 },
  { name: 'a token as the only subprotocol', target: PATH, headers: { 'Sec-WebSocket-Protocol': bearer(TOKEN) }, status: 101, asked: 1 },
  { name: 'a good token beside a subprotocol of somebody else', target: PATH, headers: { 'Sec-WebSocket-Protocol': `graphql-ws, ${bearer(TOKEN)}` }, status: 101, asked: 1 },
  { name: 'a subprotocol without a token', target: PATH, headers: { 'Sec-WebSocket-Protocol': 'system-logs' }, status: 401, code: 'NO_TOKEN', asked: 0 },
  { name: 'a wrong token as a subprotocol', target: PATH, headers: { 'Sec-WebSocket-Protocol': `system-logs, ${bearer('wrong')}` }, status: 401, code: 'INVALID_CREDENTIALS', asked: 1 },
  { name: 'an expired token as a subprotocol', target: PATH, headers: { 'Sec-WebSocket-Protocol': `system-logs, ${bearer('old')}` }, status: 401, code: 'TOKEN_EXPIRED', asked: 1 },
  { name: 'somebody who may not, by subprotocol', target: PATH, headers: { 'Sec-WebSocket-Protocol': `system-logs, ${bearer('demoted')}` }, status: 403, code: 'FORBIDDEN', asked: 1 },
  { name: 'two tokens as subprotocols', target: PATH, headers: { 'Sec-WebSocket-Protocol': `system-logs, ${bearer(TOKEN)}, ${bearer('wrong')}` }, status: 401, code: 'INVALID_CREDENTIALS', asked: 0 },
  { name: 'a token in the address and another as a subprotocol', target: GOOD, headers: { 'Sec-WebSocket-Protocol': `system-logs, ${bearer('wrong')}` }, status: 401, code: 'INVALID_CREDENTIALS', asked: 0 },
  { name: 'the same token in both', target: GOOD, headers: { 'Sec-WebSocket-Protocol': `system-logs, ${bearer(TOKEN)}` }, status: 401, code: 'INVALID_CREDENTIALS', asked: 0 },
  { name: 'an empty token as a subprotocol', target: PATH, headers: { 'Sec-WebSocket-Protocol': 'system-logs, bearer.system-logs.' }, status: 401, code: 'INVALID_CREDENTIALS', asked: 0 },
  { name: 'a subprotocol that is no base64url', target: PATH, headers: { 'Sec-WebSocket-Protocol': 'system-logs, bearer.system-logs.a!b' }, status: 401, code: 'INVALID_CREDENTIALS', asked: 0 },
  { name: 'a subprotocol that is base64 with padding', target: PATH, headers: { 'Sec-WebSocket-Protocol': `system-logs, bearer.system-logs.${btoa('x')}` }, status: 401, code: 'INVALID_CREDENTIALS', asked: 0 },
  { name: 'a token by subprotocol from a foreign page', target: PATH, headers: { Origin: 'http://evil.example', 'Sec-WebSocket-Protocol': `system-logs, ${bearer(TOKEN)}` }, status: 403, code: 'ORIGIN_REFUSED', asked: 0 },
  { name: 'subprotocols that are no list', target: GOOD, headers: { 'Sec-WebSocket-Protocol': ',,' }, status: 400, asked: 1 },
  { name: 'a subprotocol with a space in it', target: GOOD, headers: { 'Sec-WebSocket-Protocol': 'a b' }, status: 400, asked: 1 },
  // where the address takes none
  { name: 'a good token in the address, where none may be', only: 'elsewhere', target: GOOD, status: 401, code: 'INVALID_CREDENTIALS', asked: 0 },
  { name: 'an empty token in the address, where none may be', only: 'elsewhere', target: `${PATH}?access_token=`, headers: { Origin: 'http://own', Cookie: COOKIE }, status: 401, code: 'INVALID_CREDENTIALS', asked: 0 },
  { name: 'a good token as a subprotocol, where the address takes none', only: 'elsewhere', target: PATH, headers: { 'Sec-WebSocket-Protocol': `system-logs, ${bearer(TOKEN)}` }, status: 101, asked: 1 },
  { name: 'a good cookie, where the address takes no token', only: 'elsewhere', target: PATH, headers: { Origin: 'http://own', Cookie: COOKIE }, status: 101, asked: 1 },
  // cookie and origin
  { name: 'a good cookie from the own origin', target: PATH, headers: { Origin: 'http://own', Cookie: COOKIE }, status: 101, asked: 1 },
  { name: 'a good cookie from an allowed origin', target: PATH, headers: { Origin: 'https://admin.example', Cookie: COOKIE }, status: 101, asked: 1 },
  { name: 'a good cookie without an origin', target: PATH, headers: { Cookie: COOKIE }, status: 401, code: 'NO_TOKEN', asked: 0 },
  ...[
    'null', '', 'http://evil.example', 'https://own', 'http://own.evil.example', 'http://evil-own', 'http://own@evil.example', 'http://evil.example#own', 'http://own/',
    'HTTP://own', 'ftp://own', 'file://', 'http://127.0.0.1', 'http://localhost:80', 'https://admin.example:8443', 'http://admin.example', 'https://admin.example/',
    'https://ADMIN.example', 'https://sub.admin.example', 'https://admin.example.evil', '*', 'own',
  ].flatMap((origin): Case[] => {
    // an https page of the same host is no less safe than the server: a proxy may have ended TLS in front of it
    if (origin === 'https://own') return [{ name: 'its own host by https', target: GOOD, headers: { Origin: origin }, status: 101, asked: 1 }];
    return [
      { name: `a good token from ${origin || 'an empty origin'}`, target: GOOD, headers: { Origin: origin }, status: 403, code: 'ORIGIN_REFUSED', asked: 0 },
      { name: `a good cookie from ${origin || 'an empty origin'}`, target: PATH, headers: { Origin: origin, Cookie: COOKIE }, status: 403, code: 'ORIGIN_REFUSED', asked: 0 },
    ];
  }),
  { name: 'two origins', target: GOOD, headers: { Origin: ['http://own', 'http://evil.example'] }, status: 403, code: 'ORIGIN_REFUSED', asked: 0 },
  { name: 'an origin of another host than the one asked', target: GOOD, headers: { Host: 'other.example', Origin: 'http://own' }, status: 403, code: 'ORIGIN_REFUSED', asked: 0 },
  // paths
  ...[
    '/websocket/logs/', '/websocket', '/websocket/logsx', '//websocket/logs', '/websocket/../websocket/logs', '/websocket%2Flogs', '/WEBSOCKET/LOGS', '/', '*',
    'http://own/websocket/logs',
  ].map((path): Case => (
    { name: `the path ${path}`, target: `${path}?access_token=${TOKEN}`, status: 404, code: 'ROUTE_NOT_FOUND', asked: 0 })),
  // the handshake itself
  { name: 'no key', target: GOOD, headers: { 'Sec-WebSocket-Key': null }, status: 400 },
  { name: 'a short key', target: GOOD, headers: { 'Sec-WebSocket-Key': 'AAAA' }, status: 400 },
  { name: 'no version', target: GOOD, headers: { 'Sec-WebSocket-Version': null }, status: 400 },
  { name: 'an unknown version', target: GOOD, headers: { 'Sec-WebSocket-Version': '12' }, status: 400 },
  { name: 'another protocol than WebSocket', target: GOOD, headers: { Upgrade: 'h2c' }, status: 400 },
  { name: 'POST', line: `POST ${GOOD} HTTP/1.1`, status: 405 },
];

test('there are at least 100 cases', () => {
  assert.ok(cases.length >= 100, `${cases.length}`);
});

describe('before the upgrade', () => {
  for (const { name, target = GOOD, headers = {}, line, status, code, asked, only } of cases) {
    test(`${name}: ${status}${code === undefined ? '' : ` ${code}`}`, async (context: TestContext) => {
      let calls = 0;
      const server = await startServer(context, {
        allowedOrigins: ['https://admin.example'], tokenInQuery: only === undefined,
        authenticate: (credentials) => {
          calls++;
          return authenticate(credentials);
        },
      });
      const own = (text: string): string => text.replace(/\bown\b/, server.host);
      const sent = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, key === 'Origin' ? [value ?? []].flat().map(own) : value]));
      const answer = await answerTo(server.host, requestText(own(target), { Host: server.host, ...UPGRADE, ...sent }, line));
      assert.equal(answer.status, status, answer.head + answer.body);
      if (asked !== undefined) assert.equal(calls, asked, 'how often the application was asked');
      if (status === 101) assert.doesNotMatch(answer.head, /Sec-WebSocket-Extensions|bearer\./i);
      else assert.match(answer.head, /^Connection: close$/im);
      if (code !== undefined) {
        const { error } = JSON.parse(answer.body) as { error: { code: string; message: string } };
        assert.equal(error.code, code);
        assert.match(error.message, /^[A-Z][^!]+\.$/, 'a plain sentence');
        assert.ok(!answer.body.includes(TOKEN) && !answer.body.includes('boom'));
      }
      if (status === 101 && String(sent['Sec-WebSocket-Protocol'] ?? '').includes('system-logs,')) assert.match(answer.head, /^Sec-WebSocket-Protocol: system-logs$/im);
    });
  }
});

test('a request that offers compression is upgraded without it', async (context) => {
  const server = await startServer(context);
  const answer = await answerTo(server.host, requestText(GOOD, { Host: server.host, ...UPGRADE, 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits' }));
  assert.equal(answer.status, 101);
  assert.doesNotMatch(answer.head, /Extensions/i);
});

test('a server with TLS takes pages of its own host only where they came by TLS', () => {
  const request = (origin: string, host: string, encrypted: boolean): IncomingMessage => (
    { url: GOOD, headers: { origin, host }, socket: encrypted ? { encrypted } : {} }) as unknown as IncomingMessage;
  for (const [origin, host, encrypted, accepted] of [
    ['https://a.example', 'a.example', true, true],
    ['https://a.example', 'a.example:443', true, true],
    ['https://a.example', 'A.example', true, true],
    ['http://a.example', 'a.example', true, false],
    ['http://a.example', 'a.example:80', false, true],
    ['https://a.example', 'a.example', false, true],
    ['https://a.example', 'a.example:80', false, false],
    ['https://a.example', '', false, false],
    ['http://evil.example', 'a.example@evil.example', false, false],
    ['http://evil.example', 'a:b@evil.example', false, false],
    ['http://evil.example', 'evil.example/a.example', false, false],
    ['http://evil.example', 'evil.example?a.example', false, false],
    ['http://evil.example', 'evil.example\\a.example', false, false],
    ['http://[::1]:80', '[::1]', false, false],
    ['http://[::1]', '[::1]:80', false, true],
  ] as const) assert.equal('token' in readCredentials(request(origin, host, encrypted), { allowedOrigins: [], tokenInQuery: true }), accepted, `${origin} at ${host}${encrypted ? ' with TLS' : ''}`);
});

test('an origin is what a browser writes, and nothing else', () => {
  for (const origin of ['https://a.example', 'http://localhost:8080', 'https://xn--bcher-kva.example']) assert.ok(isOrigin(origin), origin);
  for (const other of ['', '*', 'null', 'a.example', 'https://a.example/', 'https://a.example:443', 'HTTPS://a.example', 'https://user@a.example', 'https://bücher.example', 'https://*.example.com/', 5]) {
    assert.ok(!isOrigin(other as string), String(other));
  }
});
