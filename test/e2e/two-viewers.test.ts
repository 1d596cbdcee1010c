// Two viewers on one page never mix, side by side or nested; a part that is moved from one to another shows the other's log.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage, type WatchedPage } from '../helpers/browser-page.js';
import { startDemo, type Demo } from '../helpers/demo.js';
import { startFloodServer, type FloodServer } from '../helpers/flood-server.js';
import { untilState } from '../helpers/viewer.js';

let demo: Demo, browser: Browser, other: FloodServer;
before(async () => {
  [demo, browser, other] = await Promise.all([startDemo(), openBrowser(), startFloodServer('other-1')]);
});
after(async () => {
  await browser.close();
  await other.close();
  await demo.stop();
});

/** The demo's page with a second viewer of another server, side by side or inside the first one's own list slot. */
async function openBoth(where: 'beside' | 'inside'): Promise<WatchedPage> {
  const watched = await openPage(browser);
  const { page } = watched;
  // the policy lets the page connect to both
  await page.goto(`${demo.page}?endpoint=${encodeURIComponent(other.endpoint)}`);
  await page.evaluate(([address, place]) => {
    const shop = document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs'];
    shop.id = 'shop';
    shop.endpoint = '/websocket/logs';
    const second = document.createElement('system-logs');
    second.id = 'other';
    second.endpoint = address as string;
    second.level = 'trace';
    second.slot = place === 'inside' ? 'empty' : '';
    (place === 'inside' ? shop : document.querySelector('main'))?.append(second);
  }, [other.endpoint, where]);
  await untilState(page, 'live');
  await page.waitForFunction(() => document.querySelector<HTMLElementTagNameMap['system-logs']>('#other')?.status.state === 'live');
  return watched;
}

/** The instances that the rows of a viewer's own list name. */
function instancesIn(page: Page, viewer: string): Promise<string[]> {
  return page.evaluate((id) => {
    const list = document.querySelector(id)?.shadowRoot?.querySelector('log-list');
    return [...new Set([...list?.shadowRoot?.querySelectorAll('[part=instance]') ?? []].map((cell) => cell.textContent))].sort();
  }, viewer);
}

const buy = (page: Page): Promise<void> => page.evaluate(async () => {
  for (const path of ['/api/session', '/api/health']) await fetch(path);
});
const rowsOf = (page: Page, viewer: string, count: number) =>
  page.waitForFunction(([id, wanted]) => (document.querySelector<HTMLElementTagNameMap['system-logs']>(id as string)?.store.snapshot.length ?? 0) >= (wanted as number), [viewer, count]);

for (const where of ['beside', 'inside'] as const) {
  test(`two viewers, one ${where} the other, each show their own log`, async () => {
    const { page, faults, close } = await openBoth(where);
    other.send(20);
    await rowsOf(page, '#other', 20);
    assert.equal(await page.evaluate(() => document.querySelector('system-logs')?.store.snapshot.received), 0);
    await buy(page);
    await rowsOf(page, '#shop', 2);
    await page.waitForFunction(() => document.querySelector('#shop')?.shadowRoot?.querySelector('log-list')?.shadowRoot?.querySelector('[part=instance]'));
    assert.deepEqual(await instancesIn(page, '#shop'), ['api-1', 'api-2']);
    assert.deepEqual(await instancesIn(page, '#other'), ['other-1']);
    assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('system-logs')].map((viewer) => viewer.store.snapshot.received)), [2, 20]);
    assert.deepEqual(faults, []);
    await close();
  });
}

test('a list that moves from one viewer to another changes its source, and back', async () => {
  const { page, faults, close } = await openBoth('beside');
  other.send(20);
  await buy(page);
  await rowsOf(page, '#other', 20);
  await rowsOf(page, '#shop', 2);
  const move = (viewer: string): Promise<void> => page.evaluate((id) => {
    const list = document.querySelector('#moved') ?? Object.assign(document.createElement('log-list'), { id: 'moved', slot: 'list' });
    document.querySelector(id)?.append(list);
  }, viewer);
  const shows = (names: string) => page.waitForFunction((wanted) => {
    const cells = document.querySelector('#moved')?.shadowRoot?.querySelectorAll('[part=instance]') ?? [];
    return [...new Set([...cells].map((cell) => cell.textContent))].sort().join() === wanted;
  }, names);
  await move('#shop');
  await shows('api-1,api-2');
  await move('#other');
  await shows('other-1');
  other.send(3);
  await rowsOf(page, '#other', 23);
  await move('#shop');
  await shows('api-1,api-2');
  assert.deepEqual(faults, []);
  await close();
});
