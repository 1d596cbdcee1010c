// What a person reads in a viewer's list and detail, in a real browser: the rows from the first to the last, page by page, and the entry that is open.
import type { Page } from 'playwright-core';
import type {} from '../../src/elements/system-logs.js';

/** A row as it reads; `text` has message, status and duration as they stand beside each other. */
export interface ReadRow {
  readonly time: string;
  readonly instance: string;
  readonly level: string;
  readonly text: string;
}

/** Reads the list from its first row to its last by keyboard. Rows of the viewer's own are left out. */
export async function readRows(page: Page): Promise<ReadRow[]> {
  const rows = new Map<number, ReadRow | null>();
  await page.locator('log-list [role=grid]').focus();
  await page.keyboard.press('Home');
  for (let last = -1, length = Infinity; last < length - 1;) {
    const seen = await page.evaluate(rowsOnScreen);
    for (const { index, row } of seen.rows) rows.set(index, row);
    const reached = Math.max(...seen.rows.map(({ index }) => index));
    if (reached <= last) throw new Error(`Row ${last} of ${seen.length} is the last that can be reached.`);
    [last, length] = [reached, seen.length];
    await page.keyboard.press('PageDown');
  }
  return [...rows].sort(([a], [b]) => a - b).flatMap(([, row]) => row ?? []);
}

/** Resolves with the place of the cursor, from 0, as soon as it is drawn on another row than the first. */
export async function untilCursorMoved(page: Page): Promise<number> {
  const place = await page.waitForFunction(() => {
    const list = document.querySelector('system-logs')?.shadowRoot?.querySelector('log-list')?.shadowRoot, grid = list?.querySelector('[role=grid]');
    // rows count from 2, below their heads
    return Number(list?.getElementById(grid?.getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-rowindex') ?? 2) - 2;
  });
  return place.jsonValue();
}

/** Runs in the page. */
async function rowsOnScreen(): Promise<{ length: number; rows: { index: number; row: ReadRow | null }[] }> {
  // the key that came before has scrolled; what is drawn after it is what counts
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const viewer = document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs'];
  const root = viewer.shadowRoot?.querySelector('log-list')?.shadowRoot as ShadowRoot;
  const view = (root.querySelector('.scroll') as Element).getBoundingClientRect();
  const rows = [...root.querySelectorAll('.scroll [role=row]')].flatMap((element) => {
    const box = element.getBoundingClientRect();
    if (box.height === 0 || box.top < view.top - 0.5 || box.bottom > view.bottom + 0.5) return [];
    const cell = (part: string): string => element.querySelector(`[part="${part}"]`)?.textContent?.replace('\t', ' ').trim() ?? '';
    const status = element.querySelector('[part="status"] .status')?.textContent ?? '', duration = cell('duration').replace(' ms', 'ms');
    const text = [cell('message'), status, duration].filter((words) => words !== '').join(' ');
    const row = element.matches('[part~="notice"]') ? null : { time: cell('time'), instance: cell('instance'), level: cell('level'), text };
    return [{ index: Number(element.getAttribute('aria-rowindex')) - 2, row }];
  });
  return { length: viewer.store.snapshot.length, rows };
}

/** What the Raw view of the detail shows of the entry that is open; null while none is. */
export function readRaw(page: Page): Promise<string | null> {
  return page.evaluate(async () => {
    const detail = document.querySelector('system-logs')?.shadowRoot?.querySelector('log-detail');
    await detail?.updateComplete;
    return detail?.shadowRoot?.querySelector('.raw')?.textContent ?? null;
  });
}

/** The same for as many entries: the open one and those after it, one ArrowDown each. Nothing is drawn between, so that it takes no time. */
export function readOn(page: Page, count: number): Promise<(string | null)[]> {
  return page.evaluate(async (wanted) => {
    const root = document.querySelector('system-logs')?.shadowRoot, detail = root?.querySelector('log-detail');
    const list = root?.querySelector('log-list')?.shadowRoot?.querySelector('[role=grid]'), texts: (string | null)[] = [];
    for (let index = 0; index < wanted; index++) {
      await detail?.updateComplete;
      texts.push(detail?.shadowRoot?.querySelector('.raw')?.textContent ?? null);
      list?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, composed: true, cancelable: true }));
    }
    return texts;
  }, count);
}

/** The rows of the tree of the detail, `key` and `value` as they read. */
export function readTree(page: Page): Promise<{ key: string; value: string }[]> {
  return page.evaluate(async () => {
    const detail = document.querySelector('system-logs')?.shadowRoot?.querySelector('log-detail');
    await detail?.updateComplete;
    const tree = detail?.shadowRoot?.querySelector('log-json-tree');
    await tree?.updateComplete;
    return [...tree?.shadowRoot?.querySelectorAll('[role=treeitem]') ?? []].map((item) => ({
      key: item.querySelector('.key')?.textContent ?? '', value: item.querySelector('.value')?.textContent ?? '',
    }));
  });
}
