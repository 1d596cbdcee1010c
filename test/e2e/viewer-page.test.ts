// The Node half's own page, as a person with an Express application and pino meets it: asked for a token, let in, the log comes; nothing else is fetched.
import assert from 'node:assert/strict';
import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import express from 'express';
import { pino, type Logger } from 'pino';
import type { Browser } from 'playwright-core';
import { closeServer } from '../../demo/shop-instance.js';
import { createLogServer, type LogServer } from '../../src/server/index.js';
import { openBrowser, openPage } from '../helpers/browser-page.js';
import { untilState } from '../helpers/viewer.js';

const TOKEN = 'a+token/of the test';

let browser: Browser, server: Server, logs: LogServer, logger: Logger, site: string;
const seen: string[] = [], cookies: string[] = [];

before(async () => {
  browser = await openBrowser();
  logs = createLogServer({ page: '/admin/logs', level: 'trace', instance: 'api-1', authenticate: ({ token }) => (token === TOKEN ? { id: 'ada' } : null) });
  logger = pino({ level: 'trace' }, logs.destination);
  const app = express();
  app.use((request, response) => {
    // what a browser asks for by itself beside pages of the application
    if (request.url !== '/favicon.ico') seen.push(request.url);
    if (request.headers.cookie !== undefined) cookies.push(request.headers.cookie);
    response.send('the application');
  });
  server = app.listen(0, '127.0.0.1');
  logs.attach(server);
  await new Promise((resolve) => server.once('listening', resolve));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

after(async () => {
  await logs.close();
  await closeServer(server);
  await browser.close();
});

test('a token is asked for, a wrong one is said, a good one opens the page, which shows what is logged and fetches nothing but the stream', async (context) => {
  const { page, faults, close } = await openPage(browser, { colorScheme: 'light' }), asked: string[] = [];
  context.after(close);
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  page.on('websocket', (socket) => asked.push(`WS ${new URL(socket.url()).pathname}`));
  assert.equal((await page.goto(`${site}/admin/logs?level=debug&theme=dark`))?.status(), 401);
  await page.locator('input:focus').waitFor(); // a browser gives it the focus when it draws
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  const alert = page.getByRole('alert').filter({ hasText: 'This token is not valid.' });
  await alert.waitFor();
  assert.deepEqual([page.url(), await page.title()], [`${site}/admin/logs?level=debug&theme=dark`, 'This token is not valid · Logs']);
  const field = page.locator('input[aria-invalid=true]:focus');
  assert.equal(await field.evaluate((input) => document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent), 'This token is not valid.');
  const colours = await page.evaluate(() => ['[role=alert]', 'input', 'h1'].map((name) => getComputedStyle(document.querySelector(name) as Element)).map(({ color, borderBlockStartColor }) => [color, borderBlockStartColor]));
  assert.deepEqual([colours[0]?.[0], colours[1]?.[1], colours[2]?.[0]], ['rgb(179, 38, 30)', 'rgb(179, 38, 30)', 'rgb(26, 30, 36)']);
  // a browser that would ask whether to send the form again would wait for ever here
  assert.equal((await page.reload())?.request().method(), 'GET');
  await page.locator('input:focus').waitFor();
  await page.keyboard.type(TOKEN);
  await page.getByRole('button', { name: 'Open the logs' }).click();
  await page.waitForURL(`${site}/admin/logs?level=debug&theme=dark`);
  await untilState(page, 'live');
  logger.debug('hello from the application');
  await page.getByText('hello from the application').first().waitFor();
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
  assert.deepEqual(await page.evaluate(() => [document.documentElement.scrollHeight > innerHeight, document.documentElement.scrollWidth > innerWidth, document.cookie]), [false, false, '']);
  await page.reload();
  await untilState(page, 'live');
  const script = asked.find((each) => each.endsWith('.js')) ?? '';
  assert.match(script, /^GET \/admin\/logs\/system-logs\.[0-9a-f]{16}\.js$/);
  const allowed = new Set(['GET /admin/logs', 'POST /admin/logs/sign-in', script, 'WS /admin/logs/stream']);
  assert.deepEqual([...new Set(asked)].filter((each) => !allowed.has(each)), []);
  await page.goto(`${site}/admin/`);
  await page.goto(`${site}/`);
  assert.deepEqual([seen, cookies], [['/admin/', '/'], []], 'the application gets neither its requests nor its cookie');
  assert.deepEqual(faults, []);
});

test('a sign-in that is taken back ends the stream, and whoever loads the page again is asked about again', async (context) => {
  const { page, faults, close } = await openPage(browser);
  context.after(close);
  await page.goto(`${site}/admin/logs`);
  await page.getByLabel('Token').fill(TOKEN);
  await page.keyboard.press('Enter');
  await untilState(page, 'live');
  assert.equal(logs.revoke('ada'), 1);
  await untilState(page, 'closed');
  assert.equal((await page.reload())?.status(), 200, 'this application still knows the token');
  assert.deepEqual(faults, []);
});

test('a page of another origin signs in by a subprotocol where the address takes no token, and its own server asks nothing of it', async (context) => {
  const { page, close } = await openPage(browser);
  context.after(close);
  const elsewhere = createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Elsewhere</title><system-logs></system-logs>'));
  elsewhere.listen(0, '127.0.0.1');
  await new Promise((resolve) => elsewhere.once('listening', resolve));
  const origin = `http://localhost:${(elsewhere.address() as AddressInfo).port}`;
  const far = createLogServer({ level: 'trace', tokenInQuery: false, allowedOrigins: [origin], authenticate: ({ token }) => (token === TOKEN ? { id: 'ada' } : null) }), http = createServer();
  far.attach(http);
  http.listen(0, '127.0.0.1');
  await new Promise((resolve) => http.once('listening', resolve));
  context.after(async () => {
    await far.close();
    await Promise.all([closeServer(http), closeServer(elsewhere)]);
  });
  await page.goto(origin);
  await page.addScriptTag({ type: 'module', path: join(import.meta.dirname, '../../dist/cdn/system-logs.min.js') });
  await page.evaluate(([endpoint = '', token = '']) => {
    const viewer = document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs'];
    viewer.tokenIn = 'subprotocol';
    viewer.accessToken = token;
    viewer.setAttribute('endpoint', endpoint);
  }, [`ws://127.0.0.1:${(http.address() as AddressInfo).port}/websocket/logs`, TOKEN]);
  await untilState(page, 'live');
});

test('behind a proxy that takes a prefix away the page, its cookie and its stream stay beneath that prefix', async (context) => {
  const { page, faults, close } = await openPage(browser), { port } = server.address() as AddressInfo;
  context.after(close);
  const proxy = createServer((request, response) => {
    request.pipe(ask({ host: '127.0.0.1', port, method: request.method, path: (request.url ?? '').replace(/^\/shop/, ''), headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    }));
  });
  proxy.on('upgrade', (request, socket) => {
    const onward = ask({ host: '127.0.0.1', port, path: (request.url ?? '').replace(/^\/shop/, ''), headers: request.headers }).on('upgrade', (answer, far) => {
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}\r\n`).join('')}\r\n`);
      far.on('error', () => socket.destroy()).pipe(socket).on('error', () => far.destroy()).pipe(far);
    });
    onward.on('error', () => socket.destroy()).end();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  context.after(() => closeServer(proxy));
  const front = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  await page.goto(`${front}/shop/admin/logs/`);
  await page.waitForURL(`${front}/shop/admin/logs`);
  await page.getByLabel('Token').fill(TOKEN);
  await page.keyboard.press('Enter');
  await untilState(page, 'live');
  const [cookie] = await page.context().cookies(`${front}/shop/admin/logs/stream`);
  assert.deepEqual([cookie?.path, cookie?.httpOnly, cookie?.sameSite, (await page.context().cookies(`${front}/shop`)).length], ['/shop/admin/logs', true, 'Lax', 0]);
  assert.deepEqual(faults, []);
});
