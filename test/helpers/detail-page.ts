// A <log-detail> with a store of its own, on a clock and frames that the test moves.
import { fixture, html } from '@open-wc/testing';
import { LogStore } from '../../src/core/log-store.js';
import '../../src/elements/log-detail.js';
import type { LogJsonTree } from '../../src/elements/json-tree.js';
import type { LogDetail } from '../../src/elements/log-detail.js';
import { manualClock, manualScheduler, type ManualClock } from './manual-platform.js';

export interface DetailPage {
  readonly detail: LogDetail;
  readonly store: LogStore;
  readonly clock: ManualClock;
  /** Adds an entry, as JSON text or as a value, selects it and waits until it is drawn. */
  open(entry: unknown, instance?: string): Promise<void>;
  settle(): Promise<void>;
  $(selector: string): HTMLElement;
  /** Chooses a view by its word. */
  view(word: string): Promise<void>;
  /** Types into the path filter, all at once. */
  filter(paths: string): Promise<void>;
  readonly tree: LogJsonTree;
  /** The rows of the tree, as they read. */
  readonly rows: string[];
}

export async function detailPage(entry?: unknown, { width = 600, maxEntries = 1000 } = {}): Promise<DetailPage> {
  const clock = manualClock(), store = new LogStore({ clock, scheduler: manualScheduler(), maxEntries });
  const box = await fixture<HTMLElement>(html`<div></div>`);
  box.style.inlineSize = `${width}px`;
  box.style.blockSize = '500px';
  const detail = document.createElement('log-detail');
  detail.store = store;
  detail.clock = clock;
  detail.timeZone = 'utc';
  box.append(detail);
  const page: DetailPage = {
    detail, store, clock,
    async open(next, instance = 'api-2') {
      store.push([typeof next === 'string' ? next : JSON.stringify(next)], instance);
      store.flush();
      store.select(store.idAt(store.snapshot.length - 1));
      await page.settle();
    },
    async settle() {
      await detail.updateComplete;
      await detail.renderRoot.querySelector('log-json-tree')?.updateComplete;
    },
    $: (selector) => {
      const found = detail.renderRoot.querySelector<HTMLElement>(selector);
      if (found === null) throw new Error(`<log-detail> has no ${selector}`);
      return found;
    },
    async view(word) {
      page.$(`#tab-${word}`).click();
      await page.settle();
    },
    async filter(paths) {
      const field = page.$('input') as HTMLInputElement;
      field.value = paths;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await page.settle();
    },
    get tree() {
      return page.$('log-json-tree') as LogJsonTree;
    },
    get rows() {
      return [...page.tree.renderRoot.querySelectorAll('[role=treeitem]')].map((row) => {
        const [key = null, value = ''] = [row.querySelector('.key')?.textContent, row.querySelector('.value, .link')?.textContent];
        return (key === null ? value : `${key}: ${value}`).trim();
      });
    },
  };
  await page.settle();
  if (entry !== undefined) await page.open(entry);
  return page;
}
