// `npm run screenshots`: draws the pictures in docs/images by script, against the demo, with the same traffic each time.
// Those that documents show are WebP, and in the package: `light`, `dark` (1400×900) and the moving picture `live` for README, two looks for the guide to
// theming. The others are there to be judged.
// `npm run screenshots -- light live` draws those alone.
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser, openPage } from '../test/helpers/browser-page.js';
import { startDemo } from '../test/helpers/demo.js';
import { untilState } from '../test/helpers/viewer.js';
import { drawMovingPicture } from './moving-picture.js';
import { encodeWebp } from './web-picture.js';

const FOLDER = join(import.meta.dirname, '../docs/images');
const WIDE = { width: 1400, height: 900 };
const NARROW = { width: 420, height: 900 };

/** What happens in the shop before a picture is taken: calm first, then an order that fails. */
const TRAFFIC = [
  ...Array.from({ length: 18 }, (_, turn) => [
    `GET /products?page=${turn + 1}&limit=24`, 'GET /session', `GET /products/${8800 + turn}`, ...(turn % 3 === 0 ? ['POST /cart/items'] : []),
    ...(turn % 5 === 1 ? ['GET /account'] : []), ...(turn % 6 === 2 ? ['GET /products/999999'] : []),
  ]).flat(),
  'POST /jobs/nightly', 'GET /search?q=desk+lamp&sort=price', 'PUT /cart/items/3', 'GET /reports/sales?ms=1130', 'POST /orders', 'GET /health', 'POST /orders?gateway=live',
  'GET /recommendations', 'GET /products?page=2&limit=24', 'DELETE /cart/items/3', 'GET /products/8841', 'GET /session',
];

async function shop(page: Page, traffic: readonly string[]): Promise<void> {
  for (const line of traffic) {
    await page.evaluate(async ([method, path]) => void (await fetch(`/api${path}`, method === undefined ? {} : { method })), line.split(' '));
  }
}

interface Picture {
  readonly name: string;
  /** A document shows it. */
  readonly isShown?: true;
  readonly context?: BrowserContextOptions;
  /** After the page's address. */
  readonly query?: string;
  /** The path of the page. */
  readonly path?: string;
  readonly arrange?: (page: Page) => Promise<void>;
}

const openFailure = async (page: Page): Promise<void> => {
  const row = page.locator('log-list [role=row]', { hasText: 'is not charged' }).first();
  await row.click();
  await page.locator('log-detail').getByText('PaymentError').first().waitFor();
};

/** A look of docs/theming.md. */
const openIn = async (page: Page, look: string): Promise<void> => {
  await page.locator('select[name=look]').selectOption(look);
  await openFailure(page);
};

const PICTURES: readonly Picture[] = [
  { name: 'light', isShown: true, arrange: openFailure },
  { name: 'dark', isShown: true, context: { colorScheme: 'dark' }, arrange: openFailure },
  { name: 'narrow', context: { viewport: NARROW }, arrange: openFailure },
  { name: 'narrow-dark', context: { viewport: NARROW, colorScheme: 'dark', hasTouch: true, isMobile: true }, arrange: openFailure },
  { name: 'rtl', arrange: async (page) => {
    await page.locator('select[name=language]').selectOption('ar');
    await openFailure(page);
  } },
  { name: 'zoom', context: { viewport: { width: 700, height: 450 }, deviceScaleFactor: 2 }, arrange: openFailure },
  { name: 'forced-colors', context: { forcedColors: 'active' }, arrange: openFailure },
  { name: 'studio', isShown: true, arrange: (page) => openIn(page, 'studio') },
  { name: 'high-contrast', isShown: true, context: { colorScheme: 'dark' }, arrange: (page) => openIn(page, 'high-contrast') },
  { name: 'request', arrange: async (page) => page.locator('log-list [role=row]', { hasText: '/search' }).first().click() },
  { name: 'no-selection' },
  { name: 'paused', arrange: async (page) => {
    await page.locator('log-list [role=grid]').focus();
    await page.keyboard.press('Space');
    await shop(page, TRAFFIC.slice(0, 12));
    await page.locator('log-state-bar').getByText('12 new entries').first().waitFor();
  } },
  { name: 'detached', arrange: async (page) => {
    await page.locator('log-list .scroll').hover();
    await page.mouse.wheel(0, -400);
    await shop(page, ['POST /orders?gateway=live', ...TRAFFIC.slice(0, 12)]);
  } },
  { name: 'no-match', arrange: async (page) => page.locator('log-filters input').first().fill('nothing has this') },
  { name: 'keys', arrange: async (page) => {
    await page.locator('log-list [role=grid]').focus();
    await page.keyboard.press('?');
  } },
  { name: 'parts', path: 'parts.html', arrange: async (page) => page.locator('log-list [role=row]', { hasText: 'is not charged' }).first().click() },
  { name: 'parts-narrow', path: 'parts.html', context: { viewport: NARROW } },
  { name: 'wrong-endpoint', query: '?endpoint=ftp://example.com/' },
  { name: 'unreachable', query: '?endpoint=ws://127.0.0.1:9/logs' },
];

/** Each picture has a demo of its own, so that its orders have the same numbers each time. */
async function draw(browser: Browser, { name, isShown, context = {}, query = '', path = '', arrange }: Picture): Promise<void> {
  const { page, faults, close } = await openPage(browser, { viewport: WIDE, colorScheme: 'light', locale: 'en-GB', timezoneId: 'Europe/Berlin', ...context });
  const demo = await startDemo();
  await page.goto(`${demo.page}${path}${query}`);
  if (query === '') {
    await (path === '' ? untilState(page, 'live') : page.getByText('Connection: live').waitFor());
    await shop(page, TRAFFIC);
    await page.locator('log-list [role=row]', { hasText: '/products' }).first().waitFor();
  } else {
    await page.waitForFunction(() => ['reconnecting', 'closed'].includes(document.querySelector('system-logs')?.status.state ?? ''));
  }
  await arrange?.(page);
  // what lies under the pointer by then is not meant
  await page.mouse.move(0, 0);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const file = join(FOLDER, `${name}.png`);
  await page.screenshot({ path: file });
  if (isShown === true) {
    encodeWebp(['-i', file], join(FOLDER, `${name}.webp`));
    rmSync(file);
  }
  console.log(`${name}${faults.map((fault) => `\n  ${fault}`).join('')}`);
  await close();
  await demo.stop();
}

const wanted = process.argv.slice(2);
// each demo is ended with this process
process.setMaxListeners(PICTURES.length + 10);
mkdirSync(FOLDER, { recursive: true });
const browser = await openBrowser();
for (const picture of PICTURES) {
  if (wanted.length === 0 || wanted.includes(picture.name)) await draw(browser, picture);
}
if (wanted.length === 0 || wanted.includes('live')) {
  const file = join(FOLDER, 'live.webp');
  await drawMovingPicture(browser, file);
  console.log(`live, ${Math.round(statSync(file).size / 1000)} kB`);
}
await browser.close();
