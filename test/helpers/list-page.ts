// A `<log-list>` of a known size on the test's page, over a store whose frames are drawn by hand, and what a reader of it sees.
import { fixture, html } from '@open-wc/testing';
import { LogStore } from '../../src/core/log-store.js';
import type { LogList } from '../../src/elements/log-list.js';
import '../../src/elements/log-list.js';
import { manualClock, manualScheduler, type ManualClock } from './manual-platform.js';

export interface ListPage {
  readonly list: LogList;
  readonly store: LogStore;
  readonly clock: ManualClock;
  readonly scroller: HTMLElement;
  readonly grid: HTMLElement;
  /** Flushes the store and waits until the list has drawn it. */
  draw(): Promise<void>;
  /** The rows on the screen: their text, and the pixel of their upper edge within the viewport. */
  rows(): { text: string; id: string; top: number; row: HTMLElement }[];
  /** Scrolls as a person does, and waits for what follows. */
  scrollTo(top: number): Promise<void>;
}

export async function listPage({ maxEntries = 1000, width = 1000, height = 480 } = {}): Promise<ListPage> {
  const clock = manualClock(), scheduler = manualScheduler();
  const store = new LogStore({ clock, scheduler, maxEntries });
  const box = document.createElement('div');
  box.style.width = `${width}px`;
  box.style.height = `${height}px`;
  const list = await fixture<LogList>(html`<log-list .store=${store}></log-list>`, { parentNode: box });
  const scroller = list.renderRoot.querySelector<HTMLElement>('.scroll') as HTMLElement;
  const page: ListPage = {
    list, store, clock, scroller,
    grid: list.renderRoot.querySelector<HTMLElement>('[role=grid]') as HTMLElement,
    async draw() {
      store.flush();
      await settled(list);
    },
    rows() {
      const { top, bottom } = scroller.getBoundingClientRect();
      return [...scroller.querySelectorAll<HTMLElement>('[role=row]')]
        .map((row) => ({ row, id: row.id, box: row.getBoundingClientRect(), text: row.textContent.replace(/\s+/g, ' ').trim() }))
        .filter(({ box: { top: rowTop, bottom: rowBottom } }) => rowBottom > top + 0.5 && rowTop < bottom - 0.5)
        .sort((a, b) => a.box.top - b.box.top)
        .map(({ row, id, text, box: { top: rowTop } }) => ({ row, id, text, top: Math.round((rowTop - top) * 100) / 100 }));
    },
    async scrollTo(top) {
      const scrolled = new Promise((resolve) => scroller.addEventListener('scroll', resolve, { once: true }));
      scroller.scrollTop = top;
      await scrolled;
      await settled(list);
    },
  };
  await settled(list);
  return page;
}

/** A list is drawn when its update and the virtualizer's, which takes a few microtasks, are done; the next frame comes after both. */
export async function settled(list: LogList): Promise<void> {
  await list.updateComplete;
  await new Promise((resolve) => requestAnimationFrame(resolve));
  await list.updateComplete;
}
