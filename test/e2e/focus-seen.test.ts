// Whether a person sees that the list has the focus: told by the pixels of its edge, in every look, and with rows that would cover what is drawn below them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { openPage } from '../helpers/browser-page.js';
import { demoInBrowser } from '../helpers/demo-in-browser.js';
import { untilState } from '../helpers/viewer.js';

const started = demoInBrowser();

/** The least contrast that a graphic needs, by WCAG 1.4.11. */
const LEAST_CONTRAST = 3;

const WAYS: Readonly<Record<string, { readonly look?: string; readonly options: BrowserContextOptions }>> = {
  'light': { options: { colorScheme: 'light' } },
  'dark': { options: { colorScheme: 'dark' } },
  'the look “plain”': { look: 'plain', options: { colorScheme: 'light' } },
  'the look “studio”': { look: 'studio', options: { colorScheme: 'light' } },
  'the look “studio”, dark': { look: 'studio', options: { colorScheme: 'dark' } },
  'the look “high contrast”': { look: 'high-contrast', options: { colorScheme: 'light' } },
  'the look “high contrast”, dark': { look: 'high-contrast', options: { colorScheme: 'dark' } },
  'forced colours': { options: { forcedColors: 'active' } },
  '420 px wide': { options: { colorScheme: 'light', viewport: { width: 420, height: 700 } } },
};

for (const [name, { look = '', options }] of Object.entries(WAYS)) {
  test(`the focus on a list is seen around it where its row has been carried off, and where there are no rows: ${name}`, async (context) => {
    const { page, faults, close } = await openPage(started.browser, { ...options, reducedMotion: 'reduce' });
    context.after(close);
    await page.goto(`${started.demo.page}?look=${look}`);
    await untilState(page, 'live');
    // the whole screen is the viewer's
    await page.evaluate(() => document.querySelectorAll<HTMLElement>('body > :not(main)').forEach((around) => (around.hidden = true)));
    assert.ok((await shareOfEdge(page)) > 0.95, 'without rows');
    await focusList(page, false);
    await push(page, 100);
    await focusList(page, true);
    await untilRowHasCursor(page, true);
    await push(page, 300);
    await untilRowHasCursor(page, false);
    // on the bars of errors, which begin at the edge, it stands out less
    assert.ok((await shareOfEdge(page)) > 0.9, 'with rows');
    assert.deepEqual(faults, []);
  });
}

async function untilRowHasCursor(page: Page, wanted: boolean): Promise<void> {
  await page.waitForFunction((has) => document.querySelector('system-logs')?.shadowRoot?.querySelector('log-list')?.shadowRoot?.querySelector('.scroll')?.hasAttribute('aria-activedescendant') === has, wanted);
}

async function push(page: Page, count: number): Promise<void> {
  await page.evaluate((wanted) => {
    const { store } = document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs'];
    store.push(Array.from({ length: wanted }, (_, n) => ({ level: n % 7 === 0 ? 50 : 30, time: 1767323045000 + n, msg: `entry ${n}` })));
    store.flush();
  }, count);
}

async function focusList(page: Page, focused: boolean): Promise<void> {
  await page.evaluate(async (wanted) => {
    const grid = document.querySelector('system-logs')?.shadowRoot?.querySelector('log-list')?.shadowRoot?.querySelector<HTMLElement>('.scroll');
    if (wanted) grid?.focus({ focusVisible: true } as FocusOptions);
    else grid?.blur();
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  }, focused);
}

/** How much of the outermost two pixels of the list stands out, with the focus, from what is there without it. */
async function shareOfEdge(page: Page): Promise<number> {
  const clip = await page.evaluate(() => {
    const box = document.querySelector('system-logs')?.shadowRoot?.querySelector('log-list')?.shadowRoot?.querySelector('.scroll')?.getBoundingClientRect() ?? new DOMRect();
    const x = Math.ceil(box.left), y = Math.ceil(box.top);
    return { x, y, width: Math.floor(box.right) - x, height: Math.floor(box.bottom) - y };
  });
  const pictures: string[] = [];
  for (const focused of [true, false]) {
    await focusList(page, focused);
    pictures.push((await page.screenshot({ clip })).toString('base64'));
  }
  await focusList(page, true);
  return page.evaluate(async ([encoded, least]) => {
    const [withFocus, without] = await Promise.all(encoded.map(async (base64) => {
      const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: 'image/png' }));
      const drawing = new OffscreenCanvas(picture.width, picture.height).getContext('2d') as OffscreenCanvasRenderingContext2D;
      drawing.drawImage(picture, 0, 0);
      return drawing.getImageData(0, 0, picture.width, picture.height);
    })) as [ImageData, ImageData];
    const luminance = ({ data }: ImageData, at: number): number => [0.2126, 0.7152, 0.0722].reduce((sum, weight, channel) => {
      const share = (data[at + channel] ?? 0) / 255;
      return sum + weight * (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
    }, 0);
    const { width, height } = withFocus;
    let pixels = 0, seen = 0;
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
      if (x > 1 && x < width - 2 && y > 1 && y < height - 2) continue;
      const [a, b] = [withFocus, without].map((picture) => luminance(picture, (y * width + x) * 4) + 0.05) as [number, number];
      pixels++;
      if (Math.max(a, b) / Math.min(a, b) >= least) seen++;
    }
    return seen / pixels;
  }, [pictures, LEAST_CONTRAST] as const);
}
