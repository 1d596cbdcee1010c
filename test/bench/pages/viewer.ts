// The whole viewer, as a page uses it: one element. Its own work is marked at its gates: the store's flush, an element's update, the layout, and what is
// taken between two pictures.
import { LitElement } from 'lit';
import { virtualizerRef } from '@lit-labs/virtualizer/virtualize.js';
import { Intake } from '../../../src/core/intake.js';
import { LogStore } from '../../../src/core/log-store.js';
import { FixedRowLayout } from '../../../src/elements/fixed-row-layout.js';
import type { LogList } from '../../../src/elements/log-list.js';
import '../../../src/elements/system-logs.js';
import { observedElements } from './observed.js';
import { cap, endpoint, mark, newestIn, present } from './probe.js';

mark(LogStore.prototype, 'flush', 'flush');
mark(Intake.prototype, 'drain', 'portion', true);
mark(LitElement.prototype, 'performUpdate', 'render');
mark(FixedRowLayout.prototype, 'reflowIfNeeded', 'layout');

const viewer = document.createElement('system-logs');
viewer.setAttribute('level', 'trace');
viewer.setAttribute('max-entries', String(cap));
viewer.setAttribute('max-bytes', String(1024 ** 3));
viewer.setAttribute('endpoint', endpoint);
document.body.append(viewer);

const list = (): LogList => viewer.renderRoot.querySelector('log-list') as LogList;
const scroller = (): HTMLElement => list().renderRoot.querySelector('.scroll') as HTMLElement;
const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** The package exports no `Virtualizer`; the list's own one leads to its class, before the first entry has come. */
async function markVirtualizer(): Promise<void> {
  for (;;) {
    const virtualizer = (viewer.renderRoot.querySelector('log-list')?.renderRoot.querySelector('.scroll') as { [virtualizerRef]?: object } | null)?.[virtualizerRef];
    if (virtualizer !== undefined) {
      const prototype = Object.getPrototypeOf(virtualizer) as object;
      mark(prototype, '_updateLayout', 'virtualizer');
      mark(prototype, '_finishDOMUpdate', 'positions');
      return;
    }
    await frame();
  }
}
void markVirtualizer();

/** The first row that is seen: what it says, and the pixel of its upper edge. */
function firstRow(): { id: string; top: number } {
  const edge = scroller().getBoundingClientRect().top;
  let first = { id: 'none', top: NaN };
  for (const row of scroller().querySelectorAll('[role=row]')) {
    const { top, bottom } = row.getBoundingClientRect();
    if (bottom > edge + 0.5 && !(top >= first.top)) first = { id: row.id, top };
  }
  return first;
}

/**
 * Puts words into the search field as a person does, and waits until all is looked through and the number of rows has stood for a while. `rows` has what
 * was seen when; `frames` is that picture, counted from the keystroke, which first had every match among the newest 100,000.
 */
async function search(words: string): Promise<{ rows: number; firstMs: number; lastMs: number; frames: number }> {
  const field = viewer.renderRoot.querySelector('log-filters')?.renderRoot.querySelector('input') as HTMLInputElement;
  const from = performance.now();
  let rows = -1, firstMs = 0, lastMs = 0, drawn = 0, frames = 0;
  field.value = words;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  for (let still = 0; still < 6; still++) {
    await frame();
    // what the list draws, it draws within the frame; what is found after that is in the next picture
    await list().updateComplete;
    const { length, untested, retained } = viewer.store.snapshot;
    // what is timed within a frame runs when its picture is painted
    await new Promise((resolve) => setTimeout(resolve));
    drawn++;
    if (frames === 0 && untested <= Math.max(0, retained - 100_000)) frames = drawn;
    if (untested > 0) still = 0;
    if (length === rows) continue;
    rows = length;
    still = 0;
    lastMs = performance.now() - from;
    if (firstMs === 0) firstMs = lastMs;
  }
  return { rows, firstMs, lastMs, frames };
}

/** Watches each frame for so long whether the first row keeps its pixel and its text. */
async function still(ms: number): Promise<{ frames: number; moved: number; removed: number }> {
  const start = firstRow(), removed = viewer.store.snapshot.removed, end = performance.now() + ms;
  let frames = 0, moved = 0;
  while (performance.now() < end) {
    await frame();
    const now = firstRow();
    frames++;
    if (now.id !== start.id || !(Math.abs(now.top - start.top) < 0.5)) moved++;
  }
  return { frames, moved, removed: viewer.store.snapshot.removed - removed };
}

present({
  taken: () => viewer.store.snapshot.received,
  newest: () => newestIn(scroller().textContent),
  lost: () => viewer.store.snapshot.missing.reduce((sum, count) => sum + count, 0),
  retained: () => viewer.store.snapshot.retained,
  following: () => viewer.store.snapshot.following,
  live: () => viewer.status.state === 'live',
  observed: observedElements,
  clear: () => viewer.clear(),
  follow: () => viewer.scrollToLatest(),
  /** Goes away from the end, to a part of the whole. */
  async leave(part: number) {
    scroller().scrollTop = scroller().scrollHeight * part;
    while (viewer.store.snapshot.following) await frame();
    await frame();
    await frame();
  },
  still, search,
});
