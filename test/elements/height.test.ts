// How high the viewer and a list are in pages that say nothing of it, little, or what has no effect: rows are seen, and the list scrolls within.
import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import type { LogFilters, LogList, SystemLogs } from '../../src/elements/index.js';
import '../../src/elements/index.js';
import { LogStore } from '../../src/core/log-store.js';
import { line } from '../helpers/log-lines.js';
import { manualClock, manualScheduler } from '../helpers/manual-platform.js';
import { useFakeSockets } from '../helpers/page-sockets.js';
import { until } from '../helpers/page.js';

useFakeSockets();

/** Two rows, and more than half of a third. */
const ROOM = 64;
const LINES = Array.from({ length: 500 }, (_, n) => line(n));

/** A viewer with rows in a box of a page, both with a style of their own. */
async function viewer(style: string, boxStyle = ''): Promise<SystemLogs> {
  const box = document.createElement('div');
  box.style.cssText = boxStyle;
  const element = await fixture<SystemLogs>(html`<system-logs style=${style}></system-logs>`, { parentNode: box });
  element.push(LINES, 'api-1');
  element.store.flush();
  await until(() => seenRows(listOf(element)) > 0 || heightOf(scrollerOf(listOf(element))) === 0);
  return element;
}

const heightOf = (element: Element): number => element.getBoundingClientRect().height;
const listOf = (element: SystemLogs): LogList => element.renderRoot.querySelector('log-list') as LogList;
const frameOf = (element: SystemLogs): Element => element.renderRoot.querySelector('.frame') as Element;
const scrollerOf = (list: LogList): HTMLElement => list.renderRoot.querySelector('.scroll') as HTMLElement;

function seenRows(list: LogList): number {
  const { top, bottom } = scrollerOf(list).getBoundingClientRect();
  return [...scrollerOf(list).querySelectorAll('[role=row]')].filter((row) => row.getBoundingClientRect().top >= top - 1 && row.getBoundingClientRect().bottom <= bottom + 1).length;
}

function expectRows(element: SystemLogs, height: number): void {
  expect(heightOf(element)).to.equal(height);
  expect(heightOf(frameOf(element))).to.equal(height);
  expectRowsOf(listOf(element));
}

function expectRowsOf(list: LogList): void {
  expect(heightOf(scrollerOf(list))).to.be.above(ROOM);
  expect(scrollerOf(list).scrollHeight).to.be.above(10_000);
  expect(seenRows(list)).to.be.at.least(2);
}

const CASES: readonly (readonly [says: string, style: string, boxStyle: string, height: number])[] = [
  ['says nothing of it', '', '', 480],
  ['gives it a least height', 'min-height: 300px', '', 480],
  ['gives it a greater least height', 'min-height: 500px', '', 500],
  ['gives it a greatest height', 'max-height: 600px', '', 480],
  ['gives it a greatest height below the usual least one', 'max-height: 250px', '', 320],
  ['gives it a greatest height and takes the least one away', 'max-height: 250px; min-height: 0', '', 250],
  ['gives it height: auto', 'height: auto', '', 480],
  ['gives it all the height of a parent that has none', 'height: 100%', '', 480],
  ['gives it a height', 'height: 400px', '', 400],
  ['gives it a height, and a display of the page’s own', 'height: 400px; display: block', '', 400],
  ['gives its parent a height', '', 'height: 450px', 450],
  ['gives its parent a least height', '', 'min-height: 450px', 480],
  ['has it grow in a column', 'flex: 1; min-height: 0', 'display: flex; flex-direction: column; height: 450px', 450],
  ['has it in a column without a height', 'flex: 1', 'display: flex; flex-direction: column', 480],
  ['has it beside another in a row', 'flex: 1', 'display: flex; height: 450px', 450],
  ['has it in a grid', '', 'display: grid; height: 450px', 450],
  ['has it in a grid without a height', '', 'display: grid', 480],
  ['has it out of the flow', 'position: absolute; inset: 0', 'position: relative; height: 450px', 450],
];

describe('the height of a viewer', () => {
  for (const [says, style, boxStyle, height] of CASES) {
    it(`shows rows where the page ${says}`, async () => {
      expectRows(await viewer(style, boxStyle), height);
    });
  }

  it('shows rows beside and above an open entry, without a height of its own', async () => {
    for (const [layout, width] of [['columns', 1100], ['rows', 1100], ['auto', 420]] as const) {
      const element = await viewer('', `width: ${width}px`);
      element.layout = layout;
      element.select(element.store.idAt(element.store.snapshot.length - 1));
      await waitUntil(() => heightOf(element.renderRoot.querySelector('log-detail') as Element) > 0);
      await nextFrame();
      expect(heightOf(element)).to.equal(480);
      expect(heightOf(frameOf(element))).to.equal(480);
      expect(heightOf(scrollerOf(listOf(element))), layout).to.be.above(20);
      const detail = element.renderRoot.querySelector('log-detail') as Element;
      expect(detail.getBoundingClientRect().bottom, layout).to.be.below(element.getBoundingClientRect().bottom);
      expect(heightOf(detail), layout).to.be.above(60);
      element.remove();
    }
  });

  for (const [says, style, least] of [
    ['without a height', 'width: 600px', 2], ['without a height, narrower', 'width: 400px', 2], ['as narrow as a phone', 'width: 320px; height: 480px', 2],
    ['400 px high', 'width: 900px; height: 400px', 2], ['as low as it can be', 'width: 640px; height: 320px', 1], ['as low and narrow as it can be', 'width: 320px; height: 320px', 1],
  ] as const) {
    it(`shows rows, and no bar that is cut off, in a pause with an open entry, where it is ${says}`, async () => {
      const element = await viewer(style), { store } = element, list = listOf(element);
      element.layout = 'rows';
      element.select(store.idAt(store.snapshot.length - 1));
      store.pause();
      element.push(LINES, 'api-1');
      store.flush();
      await element.updateComplete;
      const bar = element.renderRoot.querySelector('log-state-bar') as HTMLElement, detail = element.renderRoot.querySelector('log-detail') as HTMLElement;
      await until(() => bar.shadowRoot?.querySelector('[part=resume-latest]') != null && heightOf(detail) > 0);
      await waitUntil(() => seenRows(list) >= least, `${seenRows(list)} rows in ${heightOf(scrollerOf(list))} px`);
      const end = (element.renderRoot.querySelector('.list') as Element).getBoundingClientRect();
      for (const button of bar.shadowRoot?.querySelectorAll('button') ?? []) {
        const { width, bottom, right } = button.getBoundingClientRect();
        expect(width === 0 || (bottom <= end.bottom + 0.5 && right <= end.right + 0.5 && width > 60), button.textContent).to.equal(true);
      }
      if (heightOf(element) < 480) return;
      // and something of the entry
      const tree = detail.shadowRoot?.querySelector('[part~=tree]') ?? detail.shadowRoot?.querySelector('log-json-tree');
      expect(heightOf(element.renderRoot.querySelector('log-detail') as Element)).to.be.above(150);
      expect(tree?.getBoundingClientRect().top).to.be.below(detail.getBoundingClientRect().bottom - 24);
    });
  }

  it('shows rows again after it was hidden, and after the page gave it another height', async () => {
    const element = await viewer('');
    element.hidden = true;
    expect(heightOf(element)).to.equal(0);
    await nextFrame();
    element.hidden = false;
    await until(() => seenRows(listOf(element)) > 2);
    expectRows(element, 480);
    element.style.display = 'none';
    await nextFrame();
    element.style.display = '';
    await until(() => seenRows(listOf(element)) > 2);
    expectRows(element, 480);
    element.style.height = '600px';
    await until(() => seenRows(listOf(element)) > 12);
    expectRows(element, 600);
    element.style.height = '';
    await until(() => seenRows(listOf(element)) < 15 && seenRows(listOf(element)) > 2);
    expectRows(element, 480);
  });

  it('shows why there is nothing to see, without a height of its own', async () => {
    const element = await fixture<SystemLogs>(html`<system-logs></system-logs>`);
    const panel = element.renderRoot.querySelector('log-state-panel') as HTMLElement;
    await until(() => panel.shadowRoot?.querySelector('h3') != null);
    const heading = panel.shadowRoot?.querySelector('h3') as HTMLElement, { bottom } = element.getBoundingClientRect();
    expect(heightOf(panel)).to.be.above(ROOM);
    expect(heading.getBoundingClientRect().bottom).to.be.below(bottom);
    expect(heightOf(element)).to.equal(480);
  });
});

describe('the height of a list that a page places by itself', () => {
  async function list(style: string, boxStyle = ''): Promise<LogList> {
    const store = new LogStore({ clock: manualClock(), scheduler: manualScheduler() }), box = document.createElement('div');
    store.push(LINES, 'api-1');
    store.flush();
    box.style.cssText = boxStyle;
    const element = await fixture<LogList>(html`<log-list .store=${store} style=${style}></log-list>`, { parentNode: box });
    await until(() => seenRows(element) > 0 || heightOf(scrollerOf(element)) === 0);
    return element;
  }

  for (const [says, style, boxStyle, height] of [
    ['says nothing of it', '', '', 320], ['gives it a height', 'height: 200px', '', 200], ['gives its parent a height', '', 'height: 200px', 200],
    ['gives it a greatest height', 'max-height: 250px', '', 250], ['has it grow in a column', 'flex: 1', 'display: flex; flex-direction: column; height: 200px', 200],
    ['has it in a column without a height', '', 'display: flex; flex-direction: column', 320], ['has it in a grid without a height', '', 'display: grid', 320],
  ] as const) {
    it(`shows rows where the page ${says}`, async () => {
      const element = await list(style, boxStyle);
      expect(heightOf(element)).to.equal(height);
      expectRowsOf(element);
    });
  }

  it('has as much room above the search as below it where filters stand alone, and no more than before in a viewer', async () => {
    const alone = await fixture<LogFilters>(html`<log-filters></log-filters>`);
    const room = (filters: LogFilters): readonly [above: number, below: number] => {
      const outer = filters.getBoundingClientRect(), field = (filters.renderRoot.querySelector('.field') as Element).getBoundingClientRect();
      const last = (filters.renderRoot.querySelector('.bar') as Element).lastElementChild?.getBoundingClientRect() ?? field;
      return [Math.round(field.top - outer.top), Math.round(outer.bottom - last.bottom)];
    };
    await alone.updateComplete;
    const [above, below] = room(alone);
    expect(above).to.be.within(below - 2, below + 2);
    const within = (await viewer('')).renderRoot.querySelector('log-filters') as LogFilters;
    expect(room(within)[0]).to.be.below(3);
  });
});
