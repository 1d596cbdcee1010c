import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { openPage } from '../helpers/browser-page.js';
import { demoInBrowser } from '../helpers/demo-in-browser.js';
import { untilState } from '../helpers/viewer.js';

const started = demoInBrowser();

test('a person sends a request, sees its row, opens it by keyboard and reads its full query', async () => {
  const { page, faults, close } = await openPage(started.browser);
  const path = `/products/${randomBytes(6).toString('hex')}`;
  // longer than any row is wide
  const query = `?q=${Array.from({ length: 20 }, () => randomBytes(12).toString('hex')).join('+')}&page=2`;
  await page.goto(started.demo.page);
  await untilState(page, 'live');

  await page.getByLabel('Path and query').fill(path + query);
  await page.getByRole('button', { name: 'Send' }).click();
  const row = page.locator('log-list [role=row]', { hasText: path });
  await row.waitFor();
  assert.match((await row.innerText()).replaceAll('\n', ' '), /404/);

  await page.locator('log-list [role=grid]').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const detail = page.locator('log-detail');
  await detail.getByText(query).first().waitFor();
  assert.equal(await row.getAttribute('aria-selected'), 'true');
  assert.deepEqual(faults, []);
  await close();
});

test('fields of the built elements are reactive: the page changes an attribute and the rows follow', async () => {
  const { page, close } = await openPage(started.browser);
  await page.goto(started.demo.page);
  await untilState(page, 'live');
  await page.getByRole('button', { name: '200', exact: true }).click();
  const time = page.locator('log-list [part=time]').first();
  await time.waitFor();
  assert.match(await time.innerText(), /^\d\d:\d\d:\d\d\.\d{3}$/);
  await page.evaluate(() => {
    const viewer = document.querySelector('system-logs');
    viewer?.setAttribute('timestamps', 'iso');
    viewer?.setAttribute('time-zone', 'utc');
  });
  await page.locator('log-list [part=time]', { hasText: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/ }).first().waitFor();
  await close();
});
