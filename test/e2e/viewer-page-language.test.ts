// The ready page as a person meets it whose browser speaks Arabic, and one who follows a link to the German page: form, title and viewer in one language.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { closeServer, listen } from '../../demo/shop-instance.js';
import { createLogServer } from '../../src/server/index.js';
import { openBrowser, openPage } from '../helpers/browser-page.js';
import { untilState } from '../helpers/viewer.js';

const TOKEN = 'a-token-of-the-reader';
const logs = createLogServer({ page: '/logs', authenticate: ({ token }) => (token === TOKEN ? { id: 'ada' } : null) }), server = createServer();
let browser: Browser, site = '';

before(async () => {
  browser = await openBrowser();
  logs.attach(server);
  await listen(server);
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(async () => {
  await logs.close();
  await closeServer(server);
  await browser.close();
});

for (const [name, locale, query, token, open, title, pause, direction, refused] of [
  ['a browser that speaks Arabic', 'ar-EG', '', 'الرمز المميز', 'فتح السجلات', 'السجلات', 'إيقاف مؤقت', 'rtl', 'هذا الرمز المميز غير صالح'],
  ['a link to the German page', 'en-GB', '?lang=de', 'Token', 'Protokoll öffnen', 'Protokoll', 'Anhalten', 'ltr', 'Dieses Token ist nicht gültig'],
] as const) {
  test(`${name}: the form, the title and the viewer speak one language, run one way, and break no policy`, async (context) => {
    const { page, faults, close } = await openPage(browser, { locale });
    context.after(close);
    assert.equal((await page.goto(`${site}/logs${query}`))?.status(), 401);
    assert.equal(await page.title(), title);
    await page.locator('input:focus').waitFor(); // a browser gives it the focus when it draws
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: refused }).waitFor();
    assert.deepEqual([page.url(), await page.title()], [`${site}/logs${query}`, `${refused} · ${title}`]);
    await page.getByLabel(token).and(page.locator(':focus')).fill(TOKEN);
    await page.getByRole('button', { name: open }).click();
    await page.waitForURL(`${site}/logs${query}`);
    await untilState(page, 'live');
    await page.locator('log-toolbar [part~=pause]', { hasText: pause }).waitFor();
    assert.equal(await page.title(), title);
    assert.deepEqual(await page.evaluate(() => [getComputedStyle(document.body).direction, document.documentElement.scrollWidth > innerWidth]), [direction, false]);
    assert.deepEqual(faults, []);
  });
}
