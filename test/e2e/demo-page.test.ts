// The demo's own page around the viewer, from a telephone to a desk: all that it offers can be found and reached, and a finger can press it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openPage } from '../helpers/browser-page.js';
import { demoInBrowser } from '../helpers/demo-in-browser.js';

const started = demoInBrowser();
const LEAST_PX = 44;

/** What is not wholly on the screen, or has its text in two lines. */
const misplaced = (page: Page): Promise<string[]> => page.locator('.page-head :is(h1, a, button, select)').evaluateAll((all) => all.flatMap((each) => {
  if (!each.checkVisibility()) return [];
  const { left, right, top, bottom } = each.getBoundingClientRect(), text = document.createRange();
  text.selectNodeContents(each);
  const lines = new Set([...text.getClientRects()].map((line) => Math.round(line.top))).size;
  return left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight && (lines === 1 || each.matches('select')) ? [] : [`${each.textContent}: ${left} to ${right}, in ${lines} lines`];
}));

for (const width of [320, 420, 640, 800, 1000, 1400]) {
  for (const lang of ['en', 'de', 'ar']) {
    test(`at ${width} px in ${lang}: the title in one line, every choice within reach, and what has to be scrolled to fades`, async (context) => {
      const { page, faults, close } = await openPage(started.browser, { viewport: { width, height: 700 } });
      context.after(close);
      await page.goto(`${started.demo.page}?lang=${lang}`);
      await page.locator(`html[lang=${lang}]`).waitFor();
      assert.deepEqual(await misplaced(page), []);
      const menu = page.locator('.menu');
      if (await menu.isVisible()) await menu.click();
      assert.deepEqual(await misplaced(page), []);
      await page.locator('[data-theme=dark]').click();
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
      await page.locator('[name=look]').selectOption('plain');
      await page.locator('[name=language]').selectOption('de');
      await page.getByRole('heading', { name: 'Systemprotokoll' }).waitFor();
      await page.locator('[name=language]').selectOption(lang);
      await page.keyboard.press('Escape');
      const [isCut, fades, overflows] = await page.locator('.traffic').evaluate((row) => [row.scrollWidth > row.clientWidth, getComputedStyle(row).maskImage !== 'none', document.documentElement.scrollWidth > innerWidth]);
      assert.deepEqual([isCut && !fades, overflows], [false, false]);
      // the last of the row, once it is scrolled to, is clear of the fading end
      await page.locator('[name=rate]').focus();
      const [rate, row] = [await page.locator('[name=rate]').boundingBox(), await page.locator('.traffic').boundingBox()];
      assert.ok(rate !== null && row !== null && rate.x >= row.x && rate.x + rate.width <= row.x + row.width, JSON.stringify([rate, row]));
      await page.goto(`${started.demo.page}parts.html?lang=${lang}`);
      await page.locator(`html[lang=${lang}]`).waitFor();
      assert.deepEqual([await misplaced(page), await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)], [[], false]);
      assert.deepEqual(faults, []);
    });
  }
}

for (const path of ['', 'parts.html']) {
  test(`a finger finds ${path === '' ? 'the page' : path} ${LEAST_PX} px high, at every width`, async () => {
    for (const width of [320, 640, 1200]) {
      const { page, close } = await openPage(started.browser, { viewport: { width, height: 900 }, hasTouch: true, isMobile: true });
      await page.goto(`${started.demo.page}${path}`);
      assert.equal(await page.evaluate(() => matchMedia('(pointer: coarse)').matches), true);
      const menu = page.locator('.menu');
      if (path === '' && await menu.isVisible()) await menu.tap();
      const sizes = await page.evaluate(() => [...document.querySelectorAll('body > :not(main) :is(a, button, select, input, label)')].filter((each) => each.checkVisibility()).map((each) => {
        // a label is pressed in the place of what it names
        const { width: w, height: h } = (each.matches('[type=checkbox]') ? each.closest('label') ?? each : each).getBoundingClientRect();
        return { name: each.textContent?.trim() ?? '', w, h };
      }));
      assert.ok(sizes.length >= 2 && (path !== '' || sizes.length >= 17), String(sizes.length));
      assert.deepEqual(sizes.filter(({ w, h }) => w < LEAST_PX || h < LEAST_PX), [], `${width} px`);
      await close();
    }
  });
}
