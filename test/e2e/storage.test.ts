import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openPage } from '../helpers/browser-page.js';
import { demoInBrowser } from '../helpers/demo-in-browser.js';
import { counts, untilReceived, untilState } from '../helpers/viewer.js';

const started = demoInBrowser();

/** Everything in which a page can leave something behind. */
function traces(page: Page): Promise<object> {
  return page.evaluate(async () => {
    const files: string[] = [], disk = await navigator.storage.getDirectory() as unknown as { keys: () => AsyncIterable<string> };
    for await (const file of disk.keys()) files.push(file);
    return {
      local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookies: document.cookie, files,
      databases: (await indexedDB.databases()).map(({ name }) => name), caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length, state: history.state as unknown, name: window.name, url: location.href,
    };
  });
}

test('a reload leaves nothing: no entry, and nothing in storage, caches, cookies or the address', async () => {
  const { page, close } = await openPage(started.browser);
  const nothing = { local: [], session: [], cookies: '', databases: [], caches: [], workers: 0, files: [], state: null, name: '', url: started.demo.page };
  await page.goto(started.demo.page);
  await untilState(page, 'live');
  await page.getByRole('button', { name: 'Every level' }).click();
  await untilReceived(page, 7);
  // a person has used it: a filter, a selection, a pause
  await page.locator('log-filters input').first().fill('invoice');
  await page.locator('log-list [role=row][aria-selected]').first().click();
  assert.deepEqual(await traces(page), nothing);

  await page.reload();
  await untilState(page, 'live');
  assert.deepEqual(await counts(page), { received: 0, retained: 0, removed: 0, length: 0, following: true });
  assert.equal(await page.locator('log-list [role=row][aria-selected]').count(), 0);
  assert.deepEqual(await traces(page), nothing);
  assert.deepEqual((await page.context().cookies()).map(({ name, httpOnly }) => ({ name, httpOnly })), [{ name: 'demo_session', httpOnly: true }]);

  // what comes after the reload is new, and only that
  await page.getByRole('button', { name: '200', exact: true }).click();
  await untilReceived(page, 1);
  assert.equal((await counts(page)).received, 1);
  await close();
});
