// The built languages, as files of their own beside the built viewer and under the strict policy of the demo: before it, after it, and exchanged.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openPage } from '../helpers/browser-page.js';
import { demoInBrowser } from '../helpers/demo-in-browser.js';
import { untilState } from '../helpers/viewer.js';

const started = demoInBrowser();
const pause = (page: Page, word: string): Promise<void> => page.locator('log-toolbar [part~=pause]', { hasText: word }).waitFor();

test('a language comes by itself, turns the page around, and is changed while entries arrive', async () => {
  const { page, faults, close } = await openPage(started.browser);
  await page.goto(`${started.demo.page}?lang=ar`);
  await untilState(page, 'live');
  await pause(page, 'إيقاف مؤقت');
  assert.equal(await page.locator('log-toolbar [part~=toolbar]').evaluate((bar) => getComputedStyle(bar).direction), 'rtl');
  await page.locator('[name=language]').selectOption('de');
  await pause(page, 'Anhalten');
  assert.equal(await page.locator('log-toolbar [part~=toolbar]').evaluate((bar) => getComputedStyle(bar).direction), 'ltr');
  await page.locator('[name=language]').selectOption('en');
  await pause(page, 'Pause');
  assert.deepEqual(faults, []);
  await close();
});

test('a language that is there before the viewer serves it too', async () => {
  const { page, faults, close } = await openPage(started.browser);
  await page.route('**/system-logs.min.js', async (route) => {
    // the viewer's own script waits until the language has been run
    await page.evaluate(() => import('/languages/de.js' as string));
    await route.continue();
  });
  await page.goto(started.demo.page);
  await untilState(page, 'live');
  await page.locator('system-logs').evaluate((viewer) => viewer.setAttribute('lang', 'de-CH'));
  await pause(page, 'Anhalten');
  assert.deepEqual(faults, []);
  await close();
});
