// The focus never leaves the viewer by itself: whatever a person does in it by keyboard, and whatever the page or the stream does meanwhile.
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { SystemLogs } from '../../src/elements/index.js';
import { elementsIn, focusables, focused, named } from '../helpers/focusables.js';
import { settled, STATES, viewerStage, type ViewerStage } from '../helpers/viewer-stage.js';

const isWithin = ({ viewer }: ViewerStage): boolean => {
  const at = focused();
  return at !== null && elementsIn(viewer).includes(at);
};

async function filled(options?: Parameters<typeof viewerStage>[0]): Promise<ViewerStage> {
  const stage = await viewerStage(options);
  await STATES['an entry open as a tree']?.(stage);
  return stage;
}

/** Keys one after another, as `Tab Enter`, or words to be typed, as `"entry"`; after each the focus is in the viewer. */
async function run(stage: ViewerStage, keys: string): Promise<void> {
  for (const key of keys.split(' ')) {
    if (key.startsWith('"')) await sendKeys({ type: key.slice(1, -1) });
    else await sendKeys({ press: key === 'Space' ? ' ' : key });
    await settled(stage.viewer);
    expect(isWithin(stage), `after ${key} of “${keys}” the focus is on ${named(focused())}`).to.equal(true);
  }
}

/** Tab until the focus is on what has these words. */
async function tabTo(stage: ViewerStage, words: string): Promise<void> {
  const stops = focusables(stage.viewer, { tabStops: true }).length;
  for (let tab = 0; tab < stops && !named(focused()).includes(words); tab++) await run(stage, 'Tab');
  expect(named(focused())).to.include(words);
}

describe('the focus', () => {
  it('stays in the viewer where the page selects nothing while it is in the detail', async () => {
    for (const selector of ['[part=close]', '[role=tab]', '[part=filter] input', '[part=copy]', '[role=treeitem][tabindex="0"]']) {
      const stage = await filled();
      const stop = elementsIn(stage.detail).find((element) => element.matches(selector)) as HTMLElement;
      stop.focus();
      stage.viewer.select(null);
      await settled(stage.viewer);
      expect(focused() === stage.grid, `${selector}: the focus is on ${named(focused())}`).to.equal(true);
      stage.viewer.remove();
    }
  });

  it('is left where it is where the page selects nothing while it is elsewhere', async () => {
    const stage = await filled(), elsewhere = document.createElement('button');
    stage.viewer.before(elsewhere);
    elsewhere.focus();
    stage.viewer.select(null);
    await settled(stage.viewer);
    expect(focused() === elsewhere, named(focused())).to.equal(true);
  });

  it('stays in the viewer through toolbar, help, filters and menu', async () => {
    const stage = await filled();
    elementsIn(stage.viewer).find((element): element is HTMLElement => element.matches('[part=pause]'))?.focus();
    await run(stage, 'Enter Enter Tab Tab Enter Tab Enter');
    await run(stage, 'Enter Escape Tab');
    expect(named(focused())).to.include('Search');
    await run(stage, '"entry" Escape "nothing" Tab Enter');
    await run(stage, '/ "order" ? Escape Escape');
    expect(named(focused()), 'out of the search').to.equal(named(stage.grid));
    await run(stage, '/ Tab');
    await run(stage, 'Enter Enter Tab Space Space');
    await tabTo(stage, 'instances');
    await run(stage, 'Enter ArrowDown Space ArrowDown ArrowUp End Home Tab Enter Tab Enter Escape');
    expect(named(focused())).to.include('nstances');
    await run(stage, 'Tab');
    await tabTo(stage, 'Log entries');
  });

  it('goes from the search to the rows it found, where the cursor is as after Tab, and back', async () => {
    for (const key of ['Enter', 'ArrowDown']) {
      const stage = await viewerStage();
      await STATES['following, with gap rows']?.(stage);
      stage.filters.focusSearch();
      await run(stage, `"125" ${key}`);
      expect(focused() === stage.grid, `after ${key} the focus is on ${named(focused())}`).to.equal(true);
      const active = stage.grid.querySelector(`#${stage.grid.getAttribute('aria-activedescendant')}`);
      expect(active?.textContent).to.include('entry 125');
      await run(stage, '/ Enter');
      expect(focused() === stage.grid).to.equal(true);
      stage.viewer.remove();
    }
  });

  it('goes from a search to the rows where both are parts that the page has put into the viewer', async () => {
    const viewer = await fixture<SystemLogs>(html`<system-logs><log-filters slot="filters"></log-filters><log-list slot="list"></log-list></system-logs>`);
    viewer.querySelector('log-filters')?.focusSearch();
    await sendKeys({ press: 'Enter' });
    expect(document.activeElement === viewer.querySelector('log-list'), named(focused())).to.equal(true);
  });

  it('stays in the viewer through rows, line and detail, while a flood turns the buffer over', async () => {
    const stage = await filled();
    stage.viewer.maxEntries = 100;
    stage.grid.focus();
    let from = 1000;
    const flood = (): Promise<void> => stage.receive((from += 300), 300, from % 600 === 0 ? 50 : 30);
    for (const keys of ['e e E f f ArrowUp', 'Home PageDown PageUp End', 'ArrowUp Enter ArrowDown Escape', 'Space', 'f', 'Enter Tab ArrowLeft Home End', 'Tab Tab ArrowRight ArrowRight Tab Tab', 'Escape', '? Escape']) {
      await run(stage, keys);
      await flood();
      expect(isWithin(stage), `a flood after “${keys}”`).to.equal(true);
    }
    await run(stage, 'Space');
    await flood();
    await tabTo(stage, 'Continue from here');
    await run(stage, 'Enter');
    await flood();
    await run(stage, 'Home');
    await flood();
    await tabTo(stage, 'new');
    await run(stage, 'Enter');
    expect(named(focused())).to.equal(named(stage.grid));
  });

  it('stays in the viewer where the page clears it, pauses it and takes its parts away', async () => {
    const stage = await filled();
    for (const stop of ['[part=close]', '.scroll', '[part=search] input']) {
      await stage.open('order failed');
      elementsIn(stage.viewer).find((element): element is HTMLElement => element.matches(stop))?.focus();
      stage.viewer.clear();
      await settled(stage.viewer);
      expect(isWithin(stage), `clear at ${stop}`).to.equal(true);
      stage.viewer.pause();
      stage.viewer.select(null);
      await settled(stage.viewer);
      expect(isWithin(stage), `select(null) at ${stop}`).to.equal(true);
      stage.viewer.resume();
      await stage.receive(2000, 5);
    }
  });
});
