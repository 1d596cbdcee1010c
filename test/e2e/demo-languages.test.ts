// The demo's own pages speak the language that is chosen, all of them and altogether, and run its way; the viewer follows them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openPage } from '../helpers/browser-page.js';
import { demoInBrowser } from '../helpers/demo-in-browser.js';

const started = demoInBrowser();
/** Words that are the same in German. */
const SAME = new Set(['System', 'Studio']);

/** The texts and labels around the viewer that are somebody's language. */
function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const around = [...document.querySelectorAll('title, body *')].filter((element) => element.closest('main, script') === null);
    const own = around.filter((element) => element.closest('[translate=no]') === null && element.id !== 'status')
      .flatMap((element) => [...element.childNodes].flatMap((node) => (node instanceof Text && node.data.trim() !== '' ? [node.data.trim()] : [])));
    return [...own, ...around.flatMap(({ ariaLabel }) => (ariaLabel === null ? [] : [ariaLabel]))];
  });
}

for (const path of ['', 'parts.html']) {
  for (const [lang, dir] of [['de', 'ltr'], ['ar', 'rtl']] as const) {
    test(`${path === '' ? 'the page' : path} in ${lang}: every word of its own, its direction, and the viewer in it`, async (context) => {
      const { page, faults, close } = await openPage(started.browser);
      context.after(close);
      await page.goto(`${started.demo.page}${path}`);
      const english = await textsOf(page);
      assert.ok(english.length >= 5, english.join());
      await page.goto(`${started.demo.page}${path}?lang=${lang}`);
      await page.locator('log-filters input').first().and(page.getByLabel(lang === 'de' ? 'Meldungen durchsuchen' : /[\u0600-\u06ff]/)).waitFor();
      const texts = await textsOf(page);
      assert.equal(texts.length, english.length);
      assert.deepEqual(texts.filter((text, index) => text === english[index] && !(lang === 'de' && SAME.has(text))), []);
      assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, getComputedStyle(document.body).direction, document.documentElement.scrollWidth > innerWidth]), [lang, dir, false]);
      const links = await page.locator('nav a').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).search));
      assert.deepEqual(links, [`?lang=${lang}`, `?lang=${lang}`]);
      assert.deepEqual(faults, []);
    });
  }
}

test('what a request was answered is said in the language, a language that is chosen is taken at once, and one that there is not is English', async (context) => {
  const { page, faults, close } = await openPage(started.browser);
  context.after(close);
  await page.goto(`${started.demo.page}?lang=__proto__`);
  await page.getByRole('button', { name: 'Every level' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.locator('[name=language]').selectOption('de');
  await page.getByRole('button', { name: '404' }).click();
  await page.getByText(/^api-\d hat in \d+ ms mit 404 geantwortet$/).waitFor();
  await page.locator('[name=language]').selectOption('en');
  await page.getByRole('heading', { name: 'System logs' }).waitFor();
  assert.deepEqual(faults, []);
});
