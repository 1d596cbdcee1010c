// Directus' own client, unmodified and in a real browser, against our server: it signs in, subscribes, gets every entry of a burst once and in order,
// renews its token on the open socket and comes back after a restart.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { Browser } from 'playwright-core';
import { createLogServer, type LogServer } from '../../src/server/index.js';
import { openBrowser, openPage } from '../helpers/browser-page.js';

interface Client {
  connect(): Promise<unknown>;
  disconnect(): void;
  sendMessage(message: object): void;
  onWebSocket(event: string, callback: (message: Record<string, unknown>) => void): void;
}

interface Sdk {
  createDirectus(url: string): { with(part: unknown): { with(part: unknown): Client } };
  realtime(options: object): unknown;
  staticToken(token: string): unknown;
}

type PageState = typeof globalThis & { client: Client; got: Record<string, unknown>[] };

const BURST = 10_000;
const sdk = fileURLToPath(import.meta.resolve('@directus/sdk'));
let browser: Browser;

before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url !== '/sdk.js') return void response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>client</title>');
  response.setHeader('Content-Type', 'text/javascript').end(await readFile(sdk));
}

function start(http: Server): LogServer {
  const logs = createLogServer({ authenticate: ({ token }) => (token === 'good' || token === 'fresh' ? { id: 'ada' } : null), level: 'trace' });
  logs.attach(http);
  return logs;
}

test('subscribes, gets a burst of entries once and in order, renews its token, and comes back when the server has restarted', async (context) => {
  const http = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  let logs = start(http);
  const { page, faults, close } = await openPage(browser);
  context.after(async () => {
    await close();
    await logs.close();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });
  await page.goto(origin);
  await page.evaluate(async (url) => {
    const state = globalThis as PageState, { createDirectus, realtime, staticToken } = await import(`${url}/sdk.js`) as Sdk;
    state.got = [];
    state.client = createDirectus(url).with(staticToken('good')).with(realtime({ authMode: 'strict', url: `${url.replace('http', 'ws')}/websocket/logs` }));
    state.client.onWebSocket('message', (message) => void state.got.push(message));
    state.client.onWebSocket('open', () => state.client.sendMessage({ type: 'subscribe', log_level: 'info' }));
    await state.client.connect();
  }, origin);
  const until = (count: number): Promise<unknown> => page.waitForFunction((wanted) => (globalThis as PageState).got.length >= wanted, count);
  const got = (): Promise<Record<string, unknown>[]> => page.evaluate(() => (globalThis as PageState).got.splice(0));

  await until(1);
  assert.deepEqual(await got(), [{ type: 'logs', event: 'subscribe', log_level: 'info' }]);
  const logger = pino({ level: 'trace' }, logs.destination);
  for (let index = 0; index < BURST; index++) {
    logger.info({ index }, 'burst');
    logger.debug('not asked for');
  }
  await until(BURST);
  const burst = await got();
  assert.deepEqual(burst.map(({ data }) => (data as { index: number }).index), Array.from({ length: BURST }, (_, index) => index));
  assert.deepEqual(Object.keys(burst[0] ?? {}), ['type', 'data', 'uid']);

  await page.evaluate(() => (globalThis as PageState).client.sendMessage({ type: 'auth', access_token: 'fresh' }));
  await until(1);
  const [renewed] = await got();
  assert.deepEqual([renewed?.['type'], renewed?.['status']], ['auth', 'ok']);

  await logs.close();
  logs = start(http);
  // it tries again by itself
  await until(1);
  assert.equal((await got())[0]?.['event'], 'subscribe');
  pino({ level: 'trace' }, logs.destination).warn('after the restart');
  await until(1);
  assert.equal(((await got())[0]?.['data'] as { msg: string }).msg, 'after the restart');
  assert.deepEqual(faults, []);
});
