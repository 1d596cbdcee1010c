// The viewer without a mouse: where Tab stops, that the focus is always somewhere and always seen, and how large everything is that is pressed.
import { expect, nextFrame, waitUntil } from '@open-wc/testing';
import { executeServerCommand, sendKeys } from '@web/test-runner-commands';
import { elementsIn, focusables, focused, named } from '../helpers/focusables.js';
import { entryFrame, line } from '../helpers/log-lines.js';
import { settled, STATES, viewerStage, type ViewerStage } from '../helpers/viewer-stage.js';

const isChromium = navigator.userAgent.includes('Chrome/');
const bring = async (stage: ViewerStage, state: string): Promise<void> => STATES[state]?.(stage);

const press = async (stage: ViewerStage, key: string): Promise<void> => {
  await sendKeys({ press: key });
  await settled(stage.viewer);
};

describe('the viewer without a mouse', () => {
  it('stops once in the rows, however many there are, and once in each of tabs and tree', async () => {
    const stage = await viewerStage();
    await bring(stage, 'an entry open as a tree');
    const stops = focusables(stage.viewer, { tabStops: true });
    const within = (host: Element, selector: string): HTMLElement[] => stops.filter((stop) => (stop.getRootNode() as ShadowRoot).host === host && stop.closest(selector) !== null);
    expect(within(stage.list, '.scroll').map(named), 'rows').to.have.length(1);
    expect(within(stage.list, '.scroll')[0]).to.equal(stage.grid);
    expect(within(stage.detail, '[role=tablist]'), 'tabs').to.have.length(1);
    expect(within(stage.detail.renderRoot.querySelector('log-json-tree') as Element, '[role=tree]'), 'tree').to.have.length(1);
  });

  it('goes by Tab from the toolbar through filters and rows to the detail, in the order of the screen', async () => {
    const stage = await viewerStage();
    await bring(stage, 'an entry open as a tree');
    const stops = focusables(stage.viewer, { tabStops: true }), seen: Element[] = [];
    stops[0]?.focus();
    while (seen.push(focused() as Element) < stops.length) await sendKeys({ press: 'Tab' }); // one more would leave the page
    expect(seen.map(named)).to.deep.equal(stops.map(named));
    const parts = stops.map((stop) => hosts(stop).find((host) => ['log-toolbar', 'log-filters', 'log-list', 'log-split-pane', 'log-detail', 'log-status-line'].includes(host)));
    const order = parts.filter((part, index) => part !== parts[index - 1]);
    expect(order).to.deep.equal(['log-toolbar', 'log-filters', 'log-list', 'log-split-pane', 'log-detail', 'log-status-line']);
  });

  it('shows the focus wherever it is, in every state', async () => {
    const unseen: string[] = [];
    for (const [state, set] of Object.entries(STATES)) {
      const stage = await viewerStage();
      await set(stage);
      // a focus that a script gives, where nothing had it before, is shown like one of the keyboard
      for (const stop of focusables(stage.viewer, { tabStops: true })) {
        stop.focus();
        if (focused() !== stop) continue; // behind a dialog
        if (stop === stage.grid) await settled(stage.viewer); // its ring is that of the row with the cursor
        if (!isRingSeen(stop)) unseen.push(`${state}: ${named(stop)}`);
      }
      stage.viewer.remove();
    }
    expect(unseen).to.deep.equal([]);
  });

  it('goes to both ends of the rows with Control too, as in any grid, and leaves all else with it to the browser', async () => {
    const stage = await viewerStage(), { store } = stage.viewer;
    await bring(stage, 'following, with gap rows');
    stage.grid.focus();
    const combine = async (key: string): Promise<boolean> => {
      const event = new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, composed: true, cancelable: true });
      stage.grid.dispatchEvent(event);
      await settled(stage.viewer);
      return event.defaultPrevented;
    };
    expect(await combine('Home')).to.equal(true);
    expect(stage.grid.getAttribute('aria-activedescendant')).to.equal(`row-${store.idAt(0)}`);
    expect(store.snapshot.following).to.equal(false);
    expect(await combine('End')).to.equal(true);
    expect(store.snapshot.following).to.equal(true);
    for (const key of ['e', 'f', ' ', 'ArrowUp', 'Enter']) expect(await combine(key), key).to.equal(false);
  });

  it('keeps the focus in the rows while a flood removes the row that has the cursor, and goes on from what is there', async () => {
    const stage = await viewerStage();
    stage.viewer.maxEntries = 200;
    await bring(stage, 'following, with gap rows');
    stage.grid.focus();
    await press(stage, 'Home');
    const first = stage.grid.getAttribute('aria-activedescendant');
    expect(first).to.match(/^row-\d+$/);
    for (let from = 0; from < 4000; from += 500) {
      await stage.receive(1000 + from, 500);
      expect(focused()).to.equal(stage.grid);
      expectActive(stage);
    }
    expect(stage.viewer.store.rowOf(Number(first?.slice(4))), 'the row has left the buffer').to.equal(null);
    await press(stage, 'ArrowDown');
    expect(focused()).to.equal(stage.grid);
    await press(stage, 'End');
    expectActive(stage);
    expect(stage.grid.getAttribute('aria-activedescendant')).to.match(/^row-\d+$/);
    await press(stage, 'ArrowUp');
    await press(stage, 'Enter');
    expect(stage.viewer.store.snapshot.selected).to.not.equal(null);
  });

  it('keeps the focus in the rows while a filter hides the row that has the cursor, and the one that is open', async () => {
    const stage = await viewerStage();
    await bring(stage, 'following, with gap rows');
    stage.grid.focus();
    await press(stage, 'ArrowUp');
    await press(stage, 'Enter');
    const open = stage.viewer.store.snapshot.selected?.entry.text ?? '';
    for (const filter of [{ search: 'entry 50' }, { search: 'nobody said this' }, { search: '' }]) {
      stage.viewer.store.setFilter(filter);
      await stage.draw();
      expect(focused(), filter.search).to.equal(stage.grid);
      expectActive(stage);
      expect(stage.viewer.store.snapshot.selected?.entry.text).to.equal(open);
    }
    await press(stage, 'ArrowUp');
    expect(stage.grid.getAttribute('aria-activedescendant')).to.match(/^row-\d+$/);
  });

  it('keeps the focus in the detail while the entry that is read leaves the list', async () => {
    const stage = await viewerStage();
    stage.viewer.maxEntries = 100;
    await bring(stage, 'an entry open as a tree');
    const tab = stage.detail.renderRoot.querySelector<HTMLElement>('[role=tab]');
    tab?.focus();
    await stage.receive(1000, 2000);
    expect(stage.detail.renderRoot.querySelector('[part=removed]')?.textContent).to.not.equal('');
    expect(focused()).to.equal(tab);
  });

  it('keeps the focus somewhere when what had it goes: the chip, the bar of a pause, the button that clears a filter', async () => {
    const goers: readonly [state: string, part: (stage: ViewerStage) => HTMLElement | null | undefined][] = [
      ['away from the end, with news', ({ list }) => list.renderRoot.querySelector<HTMLElement>('.chip')],
      ['paused', ({ viewer }) => viewer.renderRoot.querySelector('log-state-bar')?.renderRoot.querySelector<HTMLElement>('[part=resume-latest]')],
      ['paused', ({ viewer }) => viewer.renderRoot.querySelector('log-state-bar')?.renderRoot.querySelector<HTMLElement>('[part=resume-here]')],
      ['filtered, with hits', ({ filters }) => filters.renderRoot.querySelector<HTMLElement>('.search button')],
      ['filtered, with hits', ({ filters }) => filters.renderRoot.querySelector<HTMLElement>('[part=hidden] button')],
      ['an entry open as a tree', ({ detail }) => detail.renderRoot.querySelector<HTMLElement>('[part=close]')],
    ];
    for (const [state, part] of goers) {
      const stage = await viewerStage();
      await bring(stage, state);
      const button = part(stage);
      button?.focus();
      expect(focused(), `${state} has its button`).to.equal(button);
      await press(stage, 'Enter');
      expect(button?.isConnected === true && button.checkVisibility(), `${state}: the button is gone`).to.equal(false);
      expect(stage.viewer.contains(focused()) || hosts(focused()).includes('system-logs'), `${state}: the focus is on ${named(focused())}`).to.equal(true);
      stage.viewer.remove();
    }
  });

  if (!isChromium) return;

  it('has targets of 44 px where the pointer is coarse', async () => {
    const small: string[] = [];
    await executeServerCommand('touch', true);
    try {
      expect(matchMedia('(pointer: coarse)').matches).to.equal(true);
      for (const [state, set] of Object.entries(STATES)) {
        for (const width of [1200, 320]) {
          const stage = await viewerStage({ width });
          await set(stage);
          small.push(...focusables(stage.viewer).filter((target) => !isLarge(target, 44)).map((target) => `${state}, ${width} px: ${named(target)} ${size(target)}`));
          stage.viewer.remove();
        }
      }
    } finally {
      await executeServerCommand('touch', false);
    }
    expect(small).to.deep.equal([]);
  });

  it('moves nothing where a person wants less motion', async () => {
    const moving: string[] = [];
    await executeServerCommand('media', { 'prefers-reduced-motion': 'reduce' });
    try {
      for (const [state, set] of Object.entries(STATES)) {
        const stage = await viewerStage();
        (stage.viewer.parentElement as HTMLElement).style.removeProperty('--log-duration');
        await set(stage);
        moving.push(...elementsIn(stage.viewer).filter((element) => {
          const { transitionDuration, animationName } = getComputedStyle(element);
          return animationName !== 'none' || /[1-9]/.test(transitionDuration);
        }).map((element) => `${state}: ${named(element)}`));
        stage.viewer.remove();
      }
    } finally {
      await executeServerCommand('media', {});
    }
    expect(moving).to.deep.equal([]);
  });
});

describe('the viewer at 320 px', () => {
  it('scrolls in one direction only, but for the text of a log that is not wrapped', async () => {
    const sideways: string[] = [];
    for (const [state, set] of Object.entries(STATES)) {
      const stage = await viewerStage({ width: 320, height: 640 });
      await set(stage);
      await nextFrame();
      expect(stage.viewer.scrollWidth, state).to.be.at.most(320);
      for (const element of elementsIn(stage.viewer)) {
        const { overflowX } = getComputedStyle(element);
        if ((overflowX === 'auto' || overflowX === 'scroll') && element.scrollWidth > element.clientWidth) sideways.push(`${state}: ${named(element)} ${element.scrollWidth} > ${element.clientWidth}`);
      }
      const { right } = stage.viewer.getBoundingClientRect();
      const inPage = focusables(stage.viewer).filter((target) => target.closest('dialog, [popover]') === null); // what is above the page has its own tests
      sideways.push(...inPage.filter((target) => target.getBoundingClientRect().right > right + 1).map((target) => `${state}: ${named(target)} is cut off`));
      stage.viewer.remove();
    }
    expect(sideways).to.deep.equal([]);
  });
});

describe('a low viewer', () => {
  it('keeps the entry that is opened on the screen, whole, where the list has two rows left', async () => {
    const stage = await viewerStage({ width: 700, height: 330 });
    await bring(stage, 'following, with gap rows');
    [...stage.grid.querySelectorAll<HTMLElement>('.row')].find((row) => row.textContent.includes('entry 126'))?.click();
    await waitUntil(() => stage.grid.clientHeight < 100);
    await settled(stage.viewer);
    const list = stage.grid.getBoundingClientRect(), row = stage.grid.querySelector('.row.selected')?.getBoundingClientRect();
    expect(row?.top).to.be.at.least(list.top - 0.5);
    expect(row?.bottom).to.be.at.most(list.bottom + 0.5);
    const split = stage.detail.getBoundingClientRect().top;
    expect(list.bottom, 'the list ends where the detail begins').to.be.at.most(split + 0.5);
  });
});

describe('the filters at 320 px', () => {
  it('have room for counts of four digits', async () => {
    const stage = await viewerStage({ width: 320 });
    stage.socket.accept('trace');
    for (const level of [20, 30, 40, 50, 60]) for (let n = 0; n < 1100; n++) stage.socket.say(entryFrame(line(n, level)));
    await stage.draw();
    const { right } = stage.viewer.getBoundingClientRect(), levels = [...stage.filters.renderRoot.querySelectorAll<HTMLElement>('.level')];
    await waitUntil(() => levels.at(-1)?.textContent.includes('1,100'));
    expect(levels.filter((level) => level.getBoundingClientRect().right > right || level.scrollWidth > level.clientWidth).map(named)).to.deep.equal([]);
  });
});

/** The names of the elements around another, through shadow roots, from the inside. */
function hosts(element: Element | null): string[] {
  const root = element?.getRootNode();
  if (!(root instanceof ShadowRoot)) return [];
  const { host } = root, slotted = element?.closest('log-detail, log-list');
  return [...(slotted ? [slotted.localName] : []), host.localName, ...hosts(host)];
}

/** What `aria-activedescendant` names is there, or it names nothing. */
function expectActive({ grid }: ViewerStage): void {
  const id = grid.getAttribute('aria-activedescendant');
  expect(id === null || grid.querySelector(`#${id}`) !== null, `${id} is drawn`).to.equal(true);
}

/** A ring of two pixels or more: around the element, its field, its grip, the row with the cursor, or, drawn above all rows, around the list. */
function isRingSeen(stop: HTMLElement): boolean {
  const around = stop.matches('.scroll') ? stop.parentNode?.querySelector('.ring') : null;
  if (around != null && around.checkVisibility() && Number.parseFloat(getComputedStyle(around).borderTopWidth) >= 2) return true;
  const rings = [getComputedStyle(stop), getComputedStyle(stop, '::after'), ...[stop.closest('.field'), stop.querySelector('.row.cursor')].flatMap((element) => (element === null ? [] : [getComputedStyle(element)]))];
  return rings.some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2);
}

function isLarge(target: HTMLElement, least: number): boolean {
  if (target.matches('[role=grid], [role=separator], [role=tabpanel], [tabindex="-1"].nothing, h2')) return true; // areas, and the line between two
  if (target.matches('[role=treeitem]:not(.opens, .more)')) return true; // nothing to press
  const area = (target.closest('label') ?? target.closest('.field') ?? target).getBoundingClientRect();
  return area.width >= least - 0.5 && area.height >= least - 0.5;
}

function size(target: HTMLElement): string {
  const { width, height } = target.getBoundingClientRect();
  return `${Math.round(width)}×${Math.round(height)}`;
}
