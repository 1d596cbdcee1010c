// The viewer as the guides have it, in pages without a line of CSS: its rows are seen, and why there are none.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pino, type Logger } from 'pino';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage } from '../helpers/browser-page.js';
import { untilState } from '../helpers/viewer.js';
import { closeServer, listen } from '../../demo/shop-instance.js';
import { createLogServer, type LogServer } from '../../src/server/index.js';

const BUNDLE = join(import.meta.dirname, '../../dist/cdn/system-logs.min.js');

let browser: Browser, http: Server, logs: LogServer, logger: Logger, body = '';
before(async () => {
  logs = createLogServer({ authenticate: () => ({ id: 'ada' }) });
  logger = pino({}, logs.destination);
  http = createServer(({ url }, response) => {
    if (url === '/system-logs.min.js') response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(readFileSync(BUNDLE));
    else response.writeHead(url === '/' ? 200 : 404, { 'Content-Type': 'text/html' }).end(`<!doctype html><script type="module" src="/system-logs.min.js"></script>${body}`);
  });
  logs.attach(http);
  await listen(http, 0);
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await logs.close();
  await closeServer(http);
});

async function openBare(elements: string): Promise<{ page: Page; close: () => Promise<void> }> {
  const { page, close } = await openPage(browser);
  body = elements;
  await page.goto(`http://127.0.0.1:${(http.address() as AddressInfo).port}/`);
  return { page, close };
}

/** Of each viewer its height, and how many whole rows are seen of it. */
function seen(page: Page): Promise<{ height: number; rows: number }[]> {
  return page.evaluate(() => [...document.querySelectorAll('system-logs')].map((viewer) => {
    const scroller = viewer.shadowRoot?.querySelector('log-list')?.shadowRoot?.querySelector('.scroll') as HTMLElement, { top, bottom } = scroller.getBoundingClientRect();
    const rows = [...scroller.querySelectorAll('[role=row]')].filter((row) => row.getBoundingClientRect().top > top - 1 && row.getBoundingClientRect().bottom < bottom + 1);
    return { height: viewer.getBoundingClientRect().height, rows: rows.length };
  }));
}

for (const [says, elements, count] of [
  ['a script tag and an element', '<system-logs endpoint="/websocket/logs"></system-logs>', 1],
  ['two viewers', '<system-logs endpoint="/websocket/logs" level="info"></system-logs><system-logs endpoint="/websocket/logs" level="error" no-detail></system-logs>', 2],
] as const) {
  test(`${says}, and no CSS: rows are seen, 480 px high`, async () => {
    const { page, close } = await openBare(elements);
    await untilState(page, 'live');
    await page.waitForFunction(() => [...document.querySelectorAll('system-logs')].every(({ status }) => status.state === 'live'));
    for (let n = 0; n < 400; n++) logger.error(`entry ${n}`);
    await page.waitForFunction((wanted) => [...document.querySelectorAll('system-logs')].filter((viewer) => viewer.store.snapshot.received >= 400).length === wanted, count);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const viewers = await seen(page);
    assert.equal(viewers.length, count);
    for (const { height, rows } of viewers) {
      assert.equal(height, 480);
      assert.ok(rows >= 5, `${rows} rows`);
    }
    await close();
  });
}

test('an endpoint that refuses, and no CSS: the reason and its button are seen', async () => {
  const { page, close } = await openBare('<system-logs endpoint="/nothing/here"></system-logs>');
  const button = page.getByRole('button', { name: 'Try now' });
  await button.waitFor();
  const [reason, pressed, viewer] = await Promise.all([page.locator('log-state-panel h3'), button, page.locator('system-logs')].map((locator) => locator.boundingBox()));
  assert.ok(reason && pressed && viewer);
  assert.equal(viewer.height, 480);
  const bottom = await page.evaluate(() => document.querySelector('system-logs')?.shadowRoot?.querySelector('.panel')?.getBoundingClientRect().bottom ?? 0);
  assert.ok(pressed.y > reason.y && pressed.y + pressed.height <= bottom, `the button ends at ${pressed.y + pressed.height}, the panel at ${bottom}`);
  await close();
});
