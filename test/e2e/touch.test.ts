// How large everything is that a finger can press: not the boxes, but the points of the screen that reach it, asked one by one through every shadow root.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openPage } from '../helpers/browser-page.js';
import { demoInBrowser } from '../helpers/demo-in-browser.js';
import { untilState } from '../helpers/viewer.js';

const started = demoInBrowser();

const LEAST_PX = 44;

const tap = (page: Page, selector: string): Promise<void> => page.locator(selector).first().tap();
const open = (page: Page): Promise<void> => page.evaluate(() => {
  const { store } = document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs'];
  store.select(store.idAt(store.snapshot.length - 1));
});

/** What a person can have before them, each on a fresh page with entries. */
const STATES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'rows that follow': () => Promise.resolve(),
  'away from the end, with news': async (page) => {
    await page.evaluate(() => (document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs']).store.follow(false));
    await page.locator('log-list .scroll').evaluate((rows) => rows.scrollTo(0, 40));
    await push(page, 100, 50);
    await page.locator('log-list .chip').waitFor();
  },
  'a pause': (page) => tap(page, '[part=pause]'),
  'a filter with hits': (page) => page.locator('[part=search] input').fill('entry 1'),
  'the menu of instances': (page) => tap(page, 'log-instance-filter button'),
  'the keys': (page) => tap(page, '[part=help]'),
  'an entry as a tree': async (page) => {
    await open(page);
    await page.locator('[role=treeitem]').first().waitFor();
  },
  'an entry as received': async (page) => {
    await open(page);
    await tap(page, '#tab-raw');
  },
  'a request': async (page) => {
    await open(page);
    await tap(page, '#tab-request');
  },
  'an error': async (page) => {
    await open(page);
    await tap(page, '#tab-error');
  },
};

for (const viewport of [{ width: 1200, height: 900 }, { width: 390, height: 844 }, { width: 320, height: 640 }]) {
  test(`a finger finds everything within ${LEAST_PX} px each way, on a screen of ${viewport.width} px`, async () => {
    const small: string[] = [];
    for (const [state, bring] of Object.entries(STATES)) {
      const { page, close } = await openPage(started.browser, { viewport, hasTouch: true, isMobile: true, reducedMotion: 'reduce' });
      await page.goto(started.demo.page);
      await untilState(page, 'live');
      // the whole screen is the viewer's
      await page.evaluate(() => document.querySelectorAll<HTMLElement>('body > :not(main)').forEach((around) => (around.hidden = true)));
      assert.equal(await page.evaluate(() => matchMedia('(pointer: coarse)').matches), true);
      await push(page, 60, 30);
      await bring(page);
      small.push(...(await smallTargets(page)).map((found) => `${state}: ${found}`));
      await close();
    }
    assert.deepEqual(small, []);
  });
}

async function push(page: Page, count: number, level: number): Promise<void> {
  await page.evaluate(async ([wanted, of]) => {
    const { store } = document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs'];
    store.push(Array.from({ length: wanted }, (_, n) => ({
      level: of, time: 1767323045000 + n, msg: `entry ${n}`, req: { method: 'GET', url: '/items?limit=5', headers: { host: 'shop' } }, res: { statusCode: 502 },
      err: { type: 'Error', message: 'no', stack: 'Error: no\n    at pay (/app/pay.js:3:9)\n    at a (/app/node_modules/x/a.js:1:1)\n    at b (/app/node_modules/x/b.js:1:1)\n    at c (/app/node_modules/x/c.js:1:1)' }, long: 'x'.repeat(3000),
    })), 'api-1');
    store.flush();
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  }, [count, level] as const);
}

/** Goes from the middle of each target outwards as long as a touch there is for it. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const TARGETS = 'button:not(:disabled), input, summary, a[href], [role=treeitem], [role=separator], [role=row][id^=row-]';
    const below = (root: Element): Element[] => [...(root.shadowRoot?.children ?? (root instanceof HTMLSlotElement && root.assignedElements().length > 0 ? root.assignedElements() : root.children))].flatMap((child) => [child, ...below(child)]);
    const viewer = document.querySelector('system-logs') as Element, targets = below(viewer).filter((element) => element.matches(TARGETS) && element.checkVisibility({ visibilityProperty: true }));
    const deepest = (x: number, y: number): Element | null => {
      let element = document.elementFromPoint(x, y);
      for (let inner = element; inner?.shadowRoot; element = inner) {
        inner = inner.shadowRoot.elementFromPoint(x, y);
        if (inner === null || inner === element) break;
      }
      return element;
    };
    const reaches = (x: number, y: number): Element | null => {
      const element = deepest(x, y);
      return element?.closest('label')?.control ?? element?.closest(TARGETS) ?? null;
    };
    // what can be pressed within a row of the tree is a part of that row
    const isReached = (target: Element, x: number, y: number): boolean => target.contains(reaches(x, y));
    const found: string[] = [];
    for (const target of targets) {
      const isTall = target.getBoundingClientRect().height > 2 * least;
      target.scrollIntoView({ block: isTall ? 'start' : 'nearest', inline: 'nearest' });
      const box = (target.closest('label') ?? target).getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + (isTall ? least : box.height / 2);
      const isRow = target.matches('[role=row]'), frame = isRow ? target.parentElement?.getBoundingClientRect() : undefined;
      if (frame !== undefined && (box.top < frame.top || box.bottom > frame.bottom)) continue; // cut by the edge of what scrolls
      if (!isReached(target, x, y)) {
        if (document.querySelector('system-logs')?.shadowRoot?.querySelector('log-keyboard-help')?.shadowRoot?.querySelector('dialog[open]')) continue; // behind the dialog
        if ([...below(viewer)].some((element) => element.matches('[popover]:popover-open') && !element.contains(target))) continue; // behind the menu
        found.push(`nothing reaches ${target.localName} ${target.className} ${(target.getAttribute('aria-label') ?? target.textContent).trim().slice(0, 30)}`);
        continue;
      }
      const reach = (dx: number, dy: number): number => {
        let far = 0;
        while (far < least && isReached(target, x + dx * (far + 0.5), y + dy * (far + 0.5))) far += 0.5;
        return far;
      };
      const width = reach(-1, 0) + reach(1, 0), height = reach(0, -1) + reach(0, 1);
      // half a point each way lies on the edge, and another half where the box begins within a pixel
      if (width < least - 1.5 || height < least - 1.5) found.push(`${target.localName} ${target.className} “${(target.getAttribute('aria-label') ?? target.textContent).replace(/\s+/g, ' ').trim().slice(0, 30)}” ${width} × ${height}`);
    }
    return found;
  }, LEAST_PX);
}
