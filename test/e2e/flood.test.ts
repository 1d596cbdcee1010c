// With 100,000 entries in the store and 2,000 a second arriving: the end stays in view while following, and nothing moves while reading.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage, type WatchedPage } from '../helpers/browser-page.js';
import { startDemo, type Demo } from '../helpers/demo.js';
import { startFloodServer, type FloodServer } from '../helpers/flood-server.js';
import { counts, untilReceived, untilState } from '../helpers/viewer.js';

const KEPT = 100_000;
const PER_SECOND = 2000;
const FOLLOW_MS = 10_000;
const STILL_MS = 30_000;
/** Of what a steady sender promises; the rest is the clock's grain. */
const ARRIVED = 0.9;

let demo: Demo, browser: Browser, flood: FloodServer, watched: WatchedPage, page: Page;

before(async () => {
  [demo, browser, flood] = await Promise.all([startDemo(), openBrowser(), startFloodServer()]);
  watched = await openPage(browser);
  page = watched.page;
  await page.goto(`${demo.page}?endpoint=${encodeURIComponent(flood.endpoint)}`);
  await page.evaluate((kept) => document.querySelector('system-logs')?.setAttribute('max-entries', String(kept)), KEPT);
  await untilState(page, 'live');
  // in portions that a page takes without falling behind
  while (flood.sent < KEPT) {
    flood.send(10_000);
    await untilReceived(page, flood.sent);
  }
  flood.stream(PER_SECOND);
});
after(async () => {
  await watched.close();
  await browser.close();
  await flood.close();
  await demo.stop();
});

/** Looks at every frame for so long whether the newest row is whole in view. */
function watchEnd(ms: number): Promise<{ frames: number; missed: string[] }> {
  return page.evaluate(async (duration) => {
    const viewer = document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs'];
    const root = viewer.shadowRoot?.querySelector('log-list')?.shadowRoot as ShadowRoot, scroller = root.querySelector('.scroll') as Element;
    const end = performance.now() + duration, missed: string[] = [];
    let frames = 0;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        frames++;
        const last = viewer.store.idAt(viewer.store.snapshot.length - 1);
        const row = root.getElementById(`row-${last}`)?.getBoundingClientRect(), view = scroller.getBoundingClientRect();
        if (row === undefined) missed.push(`frame ${frames}: row ${last} is not drawn`);
        else if (row.top < view.top - 0.5 || row.bottom > view.bottom + 0.5) missed.push(`frame ${frames}: row ${last} at ${row.top} to ${row.bottom}`);
        if (performance.now() < end) requestAnimationFrame(look);
        else resolve();
      };
      requestAnimationFrame(look);
    });
    return { frames, missed: missed.slice(0, 10) };
  }, ms);
}

interface Watch {
  readonly frames: number;
  readonly moved: string[];
  /** The first visible row when the watch began: its place among those kept then, and whether it is kept at the end. */
  readonly index: number;
  readonly length: number;
  readonly isKept: boolean;
}

/** Looks at every frame for so long whether the first visible row is the same, with the same text, at the same pixel. */
function watchStill(ms: number): Promise<Watch> {
  return page.evaluate(async (duration) => {
    const { store, shadowRoot } = document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs'];
    const root = shadowRoot?.querySelector('log-list')?.shadowRoot as ShadowRoot, scroller = root.querySelector('.scroll') as Element;
    const firstVisible = (): { name: string; top: number } => {
      const edge = scroller.getBoundingClientRect().top;
      const rows = [...root.querySelectorAll('.scroll [role=row]')].map((row) => ({ row, box: row.getBoundingClientRect() }));
      const first = rows.filter(({ box }) => box.height > 0 && box.bottom > edge + 0.5).sort((a, b) => a.box.top - b.box.top)[0];
      return first === undefined ? { name: 'none', top: NaN } : { name: `${first.row.id} ${first.row.textContent}`, top: first.box.top };
    };
    const start = firstVisible(), id = Number(/^row-(\d+)/.exec(start.name)?.[1]);
    const index = store.indexFrom(id), { length } = store.snapshot;
    const end = performance.now() + duration, moved: string[] = [];
    let frames = 0;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        frames++;
        const now = firstVisible();
        if (now.name !== start.name || !(Math.abs(now.top - start.top) < 0.5)) moved.push(`frame ${frames}: ${now.name} at ${now.top}, not ${start.name} at ${start.top}`);
        if (performance.now() < end) requestAnimationFrame(look);
        else resolve();
      };
      requestAnimationFrame(look);
    });
    return { frames, moved: moved.slice(0, 10), index, length, isKept: store.rowOf(id) !== null };
  }, ms);
}

/** Runs a watch and makes sure that meanwhile the entries came as they should. */
async function underFlood<T>(ms: number, watch: (ms: number) => Promise<T>): Promise<T> {
  const { received } = await counts(page);
  const result = await watch(ms);
  const now = await counts(page);
  assert.equal(now.retained, KEPT);
  assert.ok(now.received - received >= (ms / 1000) * PER_SECOND * ARRIVED, `${now.received - received} entries arrived in ${ms} ms`);
  return result;
}

/** The list has come to rest: the first frames after a person's scroll are not what is asked here. */
async function untilDetached(): Promise<void> {
  await page.waitForFunction(() => document.querySelector('system-logs')?.store.snapshot.following === false);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve)))));
}

test('following shows the newest row in every frame', async () => {
  const { frames, missed } = await underFlood(FOLLOW_MS, watchEnd);
  assert.deepEqual(missed, []);
  assert.ok(frames > FOLLOW_MS / 100, `${frames} frames were drawn`);
});

test('scrolled up into the newest tenth, the first visible row stays the same at the same pixel for 30 seconds', async () => {
  await page.locator('log-list .scroll').hover();
  await page.mouse.wheel(0, -2400);
  await untilDetached();
  const { frames, moved, index, length } = await underFlood(STILL_MS, watchStill);
  assert.deepEqual(moved, []);
  assert.ok(index >= length * 0.9 && index < length - 50, `the reader was at row ${index} of ${length}`);
  assert.ok(frames > STILL_MS / 100, `${frames} frames were drawn`);
});

test('among the oldest 100, the first visible row stays though it has long been removed', async () => {
  await page.locator('log-list [role=grid]').focus();
  await page.keyboard.press('Home');
  await page.waitForFunction(() => {
    const list = document.querySelector('system-logs')?.shadowRoot?.querySelector('log-list');
    // the oldest row may be removed before the next look: then the line that says so stands above it
    return (list?.shadowRoot?.querySelector('.scroll')?.scrollTop ?? Infinity) < 100;
  });
  await untilDetached();
  const { frames, moved, index, isKept } = await underFlood(STILL_MS, watchStill);
  assert.deepEqual(moved, []);
  assert.ok(index < 100, `the reader was at row ${index}`);
  assert.equal(isKept, false);
  assert.ok(frames > STILL_MS / 100, `${frames} frames were drawn`);
});

test('all that time the page broke no rule of its policy', () => {
  assert.deepEqual(watched.faults, []);
});
