// The ready page in front of real frameworks: who sees it, how it is signed in to, what it names and how it is kept.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { describe, test, type TestContext } from 'node:test';
import { createLogServer, type LogServer, type LogServerOptions, type Viewer } from '../../src/server/index.js';
import { refusedBy, WsClient } from '../helpers/ws-client.js';
import { expressServer, fastifyServer } from './framework-servers.js';
import { answerTo, requestText } from './raw-request.js';
import { endWith, listen, TOKEN } from './start-server.js';
import { CERTIFICATE, KEY } from './tls-certificate.js';

const authenticate: LogServerOptions['authenticate'] = ({ token, request }): Viewer | null => {
  const brought = token ?? /session=([^;]*)/.exec(request.headers.cookie ?? '')?.[1];
  if (brought === 'boom') throw new Error('the database is away');
  if (brought === 'old') return { id: 'ada', expiresAt: 1 };
  if (brought === 'demoted') return { id: 'bob', allowed: false };
  return brought === TOKEN ? { id: 'ada' } : null;
};
const COOKIE = { cookie: `session=${TOKEN}` };

interface StartedPage {
  readonly logs: LogServer;
  readonly origin: string;
  readonly host: string;
  readonly seen: string[];
  get(path: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<Response>;
  /** Sends the form; the answer, not followed. */
  enter(token: string, headers?: Readonly<Record<string, string>>, path?: string): Promise<Response>;
}

async function startPage(context: TestContext, options: Partial<LogServerOptions> = {}, make?: (seen: string[]) => Server | Promise<Server>): Promise<StartedPage> {
  const seen: string[] = [], logs = createLogServer({ authenticate, page: '/logs', ...options });
  const server = await (make?.(seen) ?? createServer((request, response) => {
    seen.push(request.url ?? '');
    response.end('the application');
  }));
  logs.attach(server);
  const host = await listen(server), origin = `http://${host}`;
  endWith(context, server, logs);
  const get: StartedPage['get'] = (path, headers = {}, method = 'GET') => fetch(`${origin}${path}`, { method, headers, redirect: 'manual' });
  return {
    logs, origin, host, seen, get,
    enter: (token, headers = {}, path = '/logs/sign-in') => fetch(`${origin}${path}`, {
      method: 'POST', redirect: 'manual', headers: { origin, 'content-type': 'application/x-www-form-urlencoded', ...headers }, body: new URLSearchParams({ token }),
    }),
  };
}

const scriptOf = (html: string): string => /<script type="module" src="([^"]+)">/.exec(html)?.[1] ?? '';

describe('who sees the page', () => {
  for (const [name, headers, status, words] of [
    ['the application\'s own cookie', COOKIE, 200, '<system-logs endpoint="logs/stream" level="info">'],
    ['a token in a header', { authorization: `Bearer ${TOKEN}` }, 200, '<system-logs'],
    ['nobody', {}, 401, 'Nobody is signed in here. The logs are for those whom the application knows.'],
    ['an expired sign-in', { cookie: 'session=old' }, 401, 'This sign-in has expired.'],
    ['somebody who may not', { cookie: 'session=demoted' }, 403, 'This account may not read the logs.'],
    ['a check that fails', { cookie: 'session=boom' }, 503, 'The sign-in check of this server failed.'],
    ['a page of another origin', { ...COOKIE, origin: 'http://evil.example' }, 403, 'Pages of this origin may not read the logs'],
  ] as const) {
    test(`${name}: ${status}`, async (context) => {
      const page = await startPage(context), answer = await page.get('/logs', headers), text = await answer.text();
      assert.equal(answer.status, status);
      assert.ok(text.includes(words), text);
      assert.equal(text.includes('<system-logs'), status === 200);
      assert.equal(text.includes('<form method="post" action="logs/sign-in">'), status === 401 || status === 403);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.ok(!text.includes(TOKEN));
    });
  }

  test('the policy lets nothing run but the bundle, and names the style sheet by its hash', async (context) => {
    const page = await startPage(context);
    for (const headers of [COOKIE, {}]) {
      const answer = await page.get('/logs', headers), text = await answer.text(), policy = answer.headers.get('content-security-policy') ?? '';
      const style = /<style>([^]*?)<\/style>/.exec(text)?.[1] ?? '';
      assert.ok(policy.includes(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}';`), policy);
      for (const part of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'self'", "require-trusted-types-for 'script'", 'trusted-types system-logs']) {
        assert.ok(policy.split('; ').includes(part), part);
      }
      assert.doesNotMatch(policy, /unsafe|\*|https?:/);
      assert.doesNotMatch(text, /<script(?! type="module" src=)| on\w+=| style=/);
      assert.deepEqual(['x-content-type-options', 'x-frame-options', 'referrer-policy'].map((name) => answer.headers.get(name)), ['nosniff', 'SAMEORIGIN', 'same-origin']);
    }
  });

  test('HEAD has the same head and no body; any other method is refused', async (context) => {
    const page = await startPage(context), get = await page.get('/logs', COOKIE), head = await page.get('/logs', COOKIE, 'HEAD');
    assert.deepEqual([head.status, await head.text(), head.headers.get('content-length')], [200, '', String(Buffer.byteLength(await get.text()))]);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await page.get('/logs', COOKIE, method);
      assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'GET, HEAD'], method);
    }
  });

  test('switched off, closed and without the option there is no page', async (context) => {
    const off = await startPage(context, { enabled: false });
    assert.deepEqual([(await off.get('/logs', COOKIE)).status, (await off.get('/logs', COOKIE)).headers.get('content-type')], [404, 'text/html; charset=utf-8']);
    const closed = await startPage(context);
    await closed.logs.close();
    assert.equal((await closed.get('/logs', COOKIE)).status, 503);
    const without = await startPage(context, { page: null });
    assert.equal(await (await without.get('/logs', COOKIE)).text(), 'the application');
  });
});

describe('what its address chooses', () => {
  for (const [query, status, expected] of [
    ['', 200, '<html lang="en">'],
    ['?theme=dark', 200, '<html lang="en" data-theme="dark">'],
    ['?theme=light&level=trace', 200, 'level="trace"'],
    ['?level=error&other=1', 200, 'level="error"'],
    ['?level=verbose', 400, 'level must be one of trace, debug, info, warn, error, fatal.'],
    ['?level=%22%3E%3Cscript%3E', 400, 'level must be one of'],
    ['?level=', 400, 'level must be one of'],
    ['?theme=red', 400, 'theme must be light or dark; without it the page follows the system.'],
    [`?access_token=${TOKEN}`, 400, 'This page takes no token in its address'],
  ] as const) {
    test(`${query || 'nothing'}: ${status}`, async (context) => {
      const page = await startPage(context), answer = await page.get(`/logs${query}`, COOKIE), text = await answer.text();
      assert.equal(answer.status, status);
      assert.ok(text.includes(expected), text);
      assert.ok(!text.includes(TOKEN) && !text.includes('"><script>'));
    });
  }

  test('without a level it asks for info, or for the floor where that is higher', async (context) => {
    for (const [level, expected] of [['trace', 'info'], ['info', 'info'], ['error', 'error']] as const) {
      const page = await startPage(context, { level });
      assert.ok((await (await page.get('/logs', COOKIE)).text()).includes(`level="${expected}"`));
    }
  });

  test('with a slash at its end it is the same page, and its choices go along', async (context) => {
    const page = await startPage(context), answer = await page.get('/logs/?level=debug&theme=dark&x=1', COOKIE);
    assert.deepEqual([answer.status, answer.headers.get('location')], [308, '../logs?level=debug&theme=dark']);
    assert.equal(new URL('../logs', 'http://host/any/prefix/logs/').href, 'http://host/any/prefix/logs');
  });
});

describe('the bundle', () => {
  test('its name is its hash, and a browser may keep it for ever', async (context) => {
    const page = await startPage(context, { page: '/admin/logs' }), html = await (await page.get('/admin/logs', COOKIE)).text(), script = scriptOf(html);
    assert.match(script, /^logs\/system-logs\.[0-9a-f]{16}\.js$/);
    assert.ok(html.includes('endpoint="logs/stream"'));
    const path = new URL(script, `${page.origin}/admin/logs`).pathname, answer = await page.get(path, { 'accept-encoding': 'identity' }), bytes = Buffer.from(await answer.arrayBuffer());
    assert.equal(createHash('sha256').update(bytes).digest('hex').slice(0, 16), /\.([0-9a-f]+)\.js$/.exec(script)?.[1]);
    assert.ok(!bytes.includes('sourceMappingURL') && bytes.includes('system-logs'));
    const headers = (name: string): string | null => answer.headers.get(name);
    assert.deepEqual(['content-type', 'cache-control', 'vary', 'x-content-type-options', 'content-length'].map(headers), ['text/javascript; charset=utf-8', 'public, max-age=31536000, immutable', 'Accept-Encoding', 'nosniff', String(bytes.length)]);
    for (const [sent, status] of [[headers('etag') ?? '', 304], [`"x", W/${headers('etag')}`, 304], ['"x"', 200]] as const) {
      const again = await page.get(path, { 'accept-encoding': 'identity', 'if-none-match': sent });
      assert.equal(again.status, status);
      if (status === 304) assert.equal(await again.text(), '');
    }
    const head = await page.get(path, { 'accept-encoding': 'identity' }, 'HEAD');
    assert.deepEqual([head.status, await head.text(), head.headers.get('content-length')], [200, '', String(bytes.length)]);
  });

  test('it is sent squeezed to who takes that, with a tag of its own', async (context) => {
    const page = await startPage(context), path = `/${scriptOf(await (await page.get('/logs', COOKIE)).text())}`;
    const plain = await page.get(path, { 'accept-encoding': 'identity' });
    for (const [accepted, isZipped] of [['gzip, deflate, br', true], ['gzip;q=0.5', true], ['gzip;q=0', false], ['br', false]] as const) {
      const answer = await answerTo(page.host, requestText(path, { Host: page.host, Connection: 'close', 'Accept-Encoding': accepted }));
      assert.equal(/^content-encoding: gzip$/im.test(answer.head), isZipped, accepted);
    }
    const zipped = await page.get(path, { 'accept-encoding': 'gzip' });
    assert.notEqual(zipped.headers.get('etag'), plain.headers.get('etag'));
    assert.deepEqual(await zipped.text(), await plain.text());
    assert.ok(Number(zipped.headers.get('content-length')) < Number(plain.headers.get('content-length')) / 2);
  });

  test('a page of another version gets this one, which nobody keeps', async (context) => {
    const page = await startPage(context), answer = await page.get('/logs/system-logs.0123456789abcdef.js');
    assert.deepEqual([answer.status, answer.headers.get('cache-control')], [200, 'no-store']);
  });

  test('nothing else of the disk is there, and what else is beneath the page is the application\'s', async (context) => {
    const page = await startPage(context);
    for (const path of [
      '/logs/../package.json', '/logs/%2e%2e/package.json', '/logs/..%2fpackage.json', '/logs/system-logs.min.js', '/logs/system-logs.js', '/logs/system-logs.0123456789abcdef.js/..', '/logs//', '/logs//etc/passwd',
      '/logs/system-logs.0123456789abcdef.js%00', '/logs/system-logs.../x.js', '/logs/archive', '/logsx', '/LOGS', '/logs\\..', '/%6cogs',
    ]) {
      const answer = await answerTo(page.host, requestText(path, { Host: page.host, Connection: 'close', Cookie: COOKIE.cookie }));
      assert.match(answer.body, /the application/, path);
    }
  });
});

describe('signing in by a token', () => {
  test('a good one is kept in a cookie for the page alone, by which page and stream are open', async (context) => {
    const page = await startPage(context), answer = await page.enter(TOKEN, {}, '/logs/sign-in?level=debug'), cookie = answer.headers.get('set-cookie') ?? '';
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '../logs?level=debug']);
    // no Path: a browser takes the folder of the address that the form was sent to, whatever a proxy has put before it
    assert.equal(cookie, `system-logs-token=${Buffer.from(TOKEN).toString('base64url')}; HttpOnly; SameSite=Lax`);
    const kept = { cookie: cookie.split(';')[0] ?? '' };
    assert.equal((await page.get('/logs', kept)).status, 200);
    const client = await WsClient.open(`ws://${page.host}/logs/stream`, { origin: page.origin, headers: kept });
    assert.match(await client.ask({ type: 'subscribe', log_level: 'info' }), /subscribe/);
    client.terminate();
    assert.deepEqual([(await refusedBy(`ws://${page.host}/logs/stream`, { headers: kept })).status, (await refusedBy(`ws://${page.host}/logs/stream`, { origin: 'http://evil.example', headers: kept })).status], [401, 403]);
    assert.deepEqual(page.seen, [], 'the application sees nothing of it');
  });

  test('where the kept one is over, the application\'s own cookie counts; a kept one that is good needs none', async (context) => {
    const page = await startPage(context), keep = (token: string): string => `system-logs-token=${Buffer.from(token).toString('base64url')}`;
    for (const [cookie, status] of [
      [`${keep('old')}; session=${TOKEN}`, 200], [`${keep('wrong')}; session=${TOKEN}`, 200], [`session=wrong; ${keep(TOKEN)}`, 200], [`${keep('old')}; session=wrong`, 401], [`${keep('demoted')}; session=${TOKEN}`, 403],
      ['system-logs-token=', 401], ['system-logs-token=!!', 401],
    ] as const) assert.equal((await page.get('/logs', { cookie })).status, status, cookie);
  });

  test('a wrong one, none, too much of one, one that the application cannot check: said, and no cookie', async (context) => {
    const page = await startPage(context);
    for (const [token, status, sentence] of [
      ['wrong', 401, 'This token is not valid.'], ['', 401, 'This token is not valid.'], ['old', 401, 'This sign-in has expired.'], ['demoted', 403, 'This account may not read the logs.'],
      ['x'.repeat(4000), 401, 'This token is not valid.'], ['x'.repeat(100_000), 401, 'This token is not valid.'], ['boom', 503, 'The sign-in could not be checked; try again in a moment.'],
    ] as const) {
      const answer = await page.enter(token), text = await answer.text();
      assert.deepEqual([answer.status, answer.headers.get('set-cookie')], [status, null], token.slice(0, 20));
      assert.ok(text.includes(sentence) && text.includes('action="sign-in"'), text);
    }
  });

  test('a browser is led back to the page itself, which says for ten seconds why, at an address that can be loaded again; no reason but ours is said', async (context) => {
    const page = await startPage(context), html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    for (const [token, code, status, sentence, isInvalid] of [
      ['wrong', 'INVALID_CREDENTIALS', 401, 'This token is not valid.', true], ['x'.repeat(4000), 'INVALID_CREDENTIALS', 401, 'This token is not valid.', true], ['old', 'TOKEN_EXPIRED', 401, 'This sign-in has expired.', false],
      ['demoted', 'FORBIDDEN', 403, 'This account may not read the logs.', false], ['boom', 'SIGN_IN_UNAVAILABLE', 503, 'The sign-in could not be checked; try again in a moment.', false],
    ] as const) {
      const answer = await page.enter(token, html, '/logs/sign-in?level=debug'), cookie = answer.headers.get('set-cookie') ?? '';
      assert.deepEqual([answer.status, answer.headers.get('location'), await answer.text()], [303, '../logs?level=debug', '']);
      assert.equal(cookie, `system-logs-refused=${code}; Max-Age=10; HttpOnly; SameSite=Lax`);
      const shown = await page.get('/logs?level=debug', { cookie: cookie.split(';')[0] ?? '' }), text = await shown.text();
      assert.equal(shown.status, status);
      assert.ok(text.includes(`<p id="said" role="alert">${sentence}</p>`) && text.includes(`<title>${sentence.slice(0, -1)} · Logs</title>`), text);
      assert.equal(/<input id="token"[^>]* autofocus aria-describedby="said" aria-invalid="true">/.test(text), isInvalid, text);
      assert.equal((await page.get('/logs', { cookie: `${cookie.split(';')[0]}; ${COOKIE.cookie}` })).status, 200, 'who is signed in sees the logs');
    }
    const plain = await (await page.get('/logs')).text();
    for (const cookie of ['system-logs-refused=<script>', 'system-logs-refused=', 'system-logs-refused=ORIGIN_REFUSED', 'x-system-logs-refused=FORBIDDEN']) {
      const answer = await page.get('/logs', { cookie });
      assert.deepEqual([answer.status, await answer.text()], [401, plain], cookie);
    }
    assert.ok(plain.includes('<title>Logs</title>') && /<input id="token"[^>]* autofocus aria-describedby="said">/.test(plain) && !plain.includes('role="alert"'), plain);
  });

  test('a form of another page, or from nowhere, signs nobody in', async (context) => {
    const page = await startPage(context, { allowedOrigins: ['https://admin.example'] });
    for (const origin of ['http://evil.example', 'null', 'https://admin.example']) {
      const answer = await page.enter(TOKEN, { origin });
      assert.deepEqual([answer.status, answer.headers.get('set-cookie')], [403, null], origin);
    }
    const answer = await answerTo(page.host, `${requestText('/logs/sign-in', { Host: page.host, Connection: 'close', 'Content-Length': '20' }, 'POST /logs/sign-in HTTP/1.1')}token=${TOKEN}`);
    assert.equal(answer.status, 403);
    assert.equal((await page.get('/logs/sign-in')).headers.get('location'), '../logs', 'a form that was loaded again');
  });

  test('by TLS the cookie goes by TLS only', async (context) => {
    const logs = createLogServer({ authenticate, page: '/logs' }), server = createTlsServer({ cert: CERTIFICATE, key: KEY });
    logs.attach(server);
    const host = await listen(server);
    endWith(context, server, logs);
    const { request } = await import('node:https');
    const cookie = await new Promise((resolve, reject) => {
      request(`https://${host}/logs/sign-in`, { method: 'POST', rejectUnauthorized: false, headers: { origin: `https://${host}` } }, (response) => {
        response.resume();
        resolve(String(response.headers['set-cookie']));
      }).on('error', reject).end(`token=${TOKEN}`);
    });
    assert.match(String(cookie), /; HttpOnly; SameSite=Lax; Secure$/);
  });
});

describe('in two lines', () => {
  const frameworks: Readonly<Record<string, (seen: string[]) => Server | Promise<Server>>> = {
    'Express 5': expressServer,
    'Fastify 5': fastifyServer,
  };
  for (const [name, make] of Object.entries(frameworks)) {
    test(name, async (context) => {
      const page = await startPage(context, {}, make), html = await (await page.get('/logs', COOKIE)).text();
      assert.equal((await page.get(`/${scriptOf(html)}`)).status, 200);
      assert.equal((await page.enter(TOKEN)).status, 303);
      assert.equal(await (await page.get('/')).text(), 'the application');
      assert.deepEqual(page.seen, ['/']);
    });
  }
});
