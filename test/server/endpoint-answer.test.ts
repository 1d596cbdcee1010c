// Plain HTTP at the endpoint's path, in front of real frameworks: who asks is told why, and the application never sees the request.
import assert from 'node:assert/strict';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { describe, test, type TestContext } from 'node:test';
import { createLogServer, type LogServerOptions, type Viewer } from '../../src/server/index.js';
import { WsClient } from '../helpers/ws-client.js';
import { expressServer, fastifyServer } from './framework-servers.js';
import { answerTo, requestText, UPGRADE } from './raw-request.js';
import { endWith, listen, startServer, TOKEN } from './start-server.js';

const PATH = '/websocket/logs';
const authenticate: LogServerOptions['authenticate'] = ({ token, request }): Viewer | null => {
  const brought = token ?? /session=([^;]*)/.exec(request.headers.cookie ?? '')?.[1];
  if (brought === 'boom') throw new Error('the database is away; token boom');
  if (brought === 'old') return { id: 'ada', expiresAt: 1 };
  if (brought === 'demoted') return { id: 'bob', allowed: false };
  return brought === TOKEN ? { id: 'ada' } : null;
};

interface Case {
  readonly name: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly options?: Partial<LogServerOptions>;
  readonly answer: readonly [status: number, code: string | null];
}

const cases: readonly Case[] = [
  { name: 'a good token in the address', query: `?access_token=${TOKEN}`, answer: [426, 'UPGRADE_REQUIRED'] },
  { name: 'a good cookie', headers: { Cookie: `session=${TOKEN}` }, answer: [426, 'UPGRADE_REQUIRED'] },
  { name: 'a good token in a header', headers: { Authorization: `Bearer ${TOKEN}` }, answer: [426, 'UPGRADE_REQUIRED'] },
  { name: 'HEAD', method: 'HEAD', query: `?access_token=${TOKEN}`, answer: [426, null] },
  { name: 'nothing', answer: [401, 'INVALID_CREDENTIALS'] },
  { name: 'a wrong token', query: '?access_token=wrong', answer: [401, 'INVALID_CREDENTIALS'] },
  { name: 'a token twice', query: `?access_token=${TOKEN}`, headers: { Authorization: `Bearer ${TOKEN}` }, answer: [401, 'INVALID_CREDENTIALS'] },
  { name: 'an expired token', query: '?access_token=old', answer: [401, 'TOKEN_EXPIRED'] },
  { name: 'somebody who may not', query: '?access_token=demoted', answer: [403, 'FORBIDDEN'] },
  { name: 'a check that fails', query: '?access_token=boom', answer: [503, 'SIGN_IN_UNAVAILABLE'] },
  { name: 'a foreign page', query: `?access_token=${TOKEN}`, headers: { Origin: 'http://evil.example' }, answer: [403, 'ORIGIN_REFUSED'] },
  { name: 'a token in the address, where none may be', query: `?access_token=${TOKEN}`, options: { tokenInQuery: false }, answer: [401, 'INVALID_CREDENTIALS'] },
  { name: 'switched off', query: `?access_token=${TOKEN}`, options: { enabled: false }, answer: [404, 'LOGS_DISABLED'] },
  { name: 'POST', method: 'POST', query: `?access_token=${TOKEN}`, answer: [405, 'METHOD_NOT_ALLOWED'] },
];

const ask = async (host: string, { query = '', headers = {}, method = 'GET' }: Partial<Case>): Promise<{ status: number; head: string; body: string }> => (
  answerTo(host, requestText(`${PATH}${query}`, { Host: host, Connection: 'close', ...headers }, `${method} ${PATH}${query} HTTP/1.1`)));

describe('what is told', () => {
  for (const { options = {}, answer: [status, code], ...sent } of cases) {
    test(`${sent.name}: ${status}`, async (context) => {
      const server = await startServer(context, { authenticate, ...options }), answer = await ask(server.host, sent);
      assert.equal(answer.status, status, answer.body);
      if (code === null) assert.equal(answer.body, '');
      else {
        const { error } = JSON.parse(answer.body) as { error: { code: string; message: string } };
        assert.equal(error.code, code);
        assert.match(error.message, /^[A-Z][^!]+\.$/);
      }
      assert.match(answer.head, /^Cache-Control: no-store$/im);
      assert.ok(!answer.body.includes(TOKEN) && !answer.body.includes('boom'));
    });
  }

  test('a server that is full says so', async (context) => {
    const server = await startServer(context, { authenticate, maxConnections: 1 });
    await server.open();
    assert.deepEqual([(await ask(server.host, { query: `?access_token=${TOKEN}` })).status, (await ask(server.host, { query: '?access_token=wrong' })).status], [503, 401]);
  });

  test('a page of an allowed origin may read it, also with a token in a header; others may not', async (context) => {
    const server = await startServer(context, { authenticate, allowedOrigins: ['https://admin.example'] }), allowed = { Origin: 'https://admin.example' };
    const before = await ask(server.host, { method: 'OPTIONS', headers: { ...allowed, 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'authorization' } });
    assert.equal(before.status, 204);
    for (const line of ['Access-Control-Allow-Origin: https://admin.example', 'Access-Control-Allow-Credentials: true', 'Access-Control-Allow-Headers: authorization', 'Vary: Origin']) assert.ok(before.head.includes(line), line);
    const answer = await ask(server.host, { headers: { ...allowed, Authorization: 'Bearer wrong' } });
    assert.equal(answer.status, 401);
    assert.match(answer.head, /Access-Control-Allow-Origin: https:\/\/admin\.example/);
    for (const method of ['GET', 'OPTIONS']) assert.doesNotMatch((await ask(server.host, { method, headers: { Origin: 'http://evil.example' } })).head, /Access-Control/i);
  });

  test('after its end, upgrades that come as plain requests are refused too, and a new log server at the same path takes over', async (context) => {
    const server = await startServer(context, { authenticate });
    await server.logs.close();
    const text = requestText(`${PATH}?access_token=${TOKEN}`, { Host: server.host, ...UPGRADE, Connection: 'Upgrade, close' });
    assert.deepEqual(JSON.parse((await answerTo(server.host, text)).body), { error: { code: 'CLOSING', message: 'The server is shutting down.' } });
    const next = createLogServer({ authenticate });
    context.after(() => next.close());
    next.attach(server.http);
    assert.equal((await ask(server.host, { query: `?access_token=${TOKEN}` })).status, 426);
    const client = await WsClient.open(`ws://${server.host}${PATH}?access_token=${TOKEN}`);
    client.terminate();
  });

  test('who leaves while the application thinks, and a body that never ends, are nobody\'s trouble', async (context) => {
    const told: unknown[] = [];
    let asked = (): void => undefined, answer = (_: Viewer): void => undefined;
    const thinking = new Promise<void>((resolve) => (asked = resolve));
    const server = await startServer(context, {
      onError: (error) => told.push(error),
      authenticate: ({ token }) => {
        if (token === TOKEN) return { id: 'ada' };
        asked();
        return new Promise((resolve) => (answer = resolve));
      },
    });
    const leaving = httpRequest(`http://${server.host}${PATH}?access_token=slow`).on('error', () => undefined);
    leaving.end();
    await thinking;
    leaving.destroy();
    answer({ id: 'ada' });
    const endless = httpRequest(`http://${server.host}${PATH}`, { method: 'POST', headers: { 'Content-Length': '1000000' } });
    endless.write('x');
    const status = await new Promise((resolve) => endless.on('error', () => undefined).on('response', (response) => resolve(response.statusCode)));
    endless.destroy();
    assert.equal(status, 405);
    assert.equal((await ask(server.host, { query: `?access_token=${TOKEN}` })).status, 426);
    assert.deepEqual(told, []);
  });
});

describe('the application sees nothing of it', () => {
  const frameworks: Readonly<Record<string, (seen: string[]) => Promise<Server>>> = {
    'node:http': (seen) => Promise.resolve(createServer((request, response) => {
      seen.push(request.url ?? '');
      response.end('the application');
    })),
    'a listener that comes later': (seen) => {
      const server = createServer();
      setImmediate(() => server.on('request', (request, response) => {
        seen.push(request.url ?? '');
        response.end('the application');
      }));
      return Promise.resolve(server);
    },
    'a listener for Expect': (seen) => Promise.resolve(createServer((request, response) => {
      seen.push(request.url ?? '');
      response.end('the application');
    }).on('checkContinue', (request, response) => {
      seen.push(request.url ?? '');
      response.end('the application');
    })),
    'Express 5': (seen) => Promise.resolve(expressServer(seen)),
    'Fastify 5': fastifyServer,
  };
  for (const [name, make] of Object.entries(frameworks)) {
    test(name, async (context: TestContext) => {
      const seen: string[] = [], server = await make(seen), logs = createLogServer({ authenticate, path: '/websocket/logs' }), other = createLogServer({ authenticate, path: '/other' });
      logs.attach(server);
      other.attach(server);
      const host = await listen(server);
      endWith(context, server, logs, other);
      for (const path of [PATH, '/other']) {
        for (const more of [{}, { Expect: '100-continue' }]) {
          const { status } = await answerTo(host, requestText(`${path}?access_token=${TOKEN}`, { Host: host, Connection: 'close', ...more }));
          assert.ok(status === 426 || status === 100, String(status));
        }
      }
      assert.deepEqual(seen, []);
      for (const path of ['/', '/websocket/logs/', '/websocket', '/other/x']) assert.equal(await (await fetch(`http://${host}${path}`)).text(), 'the application');
      assert.deepEqual(seen, ['/', '/websocket/logs/', '/websocket', '/other/x']);
    });
  }
});
