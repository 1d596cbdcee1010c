import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import { NO_FILTER } from '../../src/core/filter.js';
import { formatClock } from '../../src/core/format.js';
import { LogStore } from '../../src/core/log-store.js';
import { encodeStream } from '../../src/core/protocol.js';
import type { LogFilterChangeEvent } from '../../src/elements/events.js';
import type { LogInstanceFilter } from '../../src/elements/instance-filter.js';
import type { LogFilters } from '../../src/elements/log-filters.js';
import '../../src/elements/log-filters.js';
import '../../src/elements/languages/de.js';
import { entryFrame, frames, line } from '../helpers/log-lines.js';
import { manualConnection } from '../helpers/manual-connection.js';
import { manualClock, manualScheduler, type ManualClock } from '../helpers/manual-platform.js';
import { until } from '../helpers/page.js';
import { buttonOf, buttonsOf, eventsOf, expectAccessible, expectFocus, fold, press, sendKey, textOf } from '../helpers/shadow.js';

const TIME = Date.UTC(2026, 0, 2, 12, 0, 1);

interface Page {
  readonly filters: LogFilters;
  readonly store: LogStore;
  readonly clock: ManualClock;
  readonly menu: LogInstanceFilter;
  readonly changes: LogFilterChangeEvent[];
  readonly field: HTMLInputElement;
}

function parts(filters: LogFilters): Pick<Page, 'menu' | 'field' | 'changes'> {
  const { renderRoot } = filters;
  return {
    menu: renderRoot.querySelector('log-instance-filter') as LogInstanceFilter,
    field: renderRoot.querySelector('input') as HTMLInputElement,
    changes: eventsOf<LogFilterChangeEvent>(filters, 'log-filter-change'),
  };
}

/** Filters over a store of their own; three instances with 30 infos, 10 warns and 5 errors between them. */
async function bare(): Promise<Page> {
  const clock = manualClock(), store = new LogStore({ clock, scheduler: manualScheduler() });
  for (let n = 0; n < 45; n++) store.receive(entryFrame(line(n, n < 30 ? 30 : n < 40 ? 40 : 50), ['api-1', 'api-2', 'jobs-1'][n % 3]));
  store.flush();
  const box = document.createElement('div');
  box.style.width = '1300px';
  const filters = await fixture<LogFilters>(html`<log-filters .store=${store} .clock=${clock}></log-filters>`, { parentNode: box });
  return { filters, store, clock, ...parts(filters) };
}

async function connected(level: 'trace' | 'info' | 'warn' = 'info', floor: 'trace' | 'info' | null = null) {
  const connection = manualConnection({ level });
  connection.controller.connect();
  await connection.accept(level, floor);
  const filters = await fixture<LogFilters>(html`<log-filters .controller=${connection.controller} .clock=${connection.clock}></log-filters>`);
  return { connection, filters, store: connection.controller.store, ...parts(filters) };
}

async function type(page: { filters: LogFilters; field: HTMLInputElement }, value: string): Promise<void> {
  page.field.value = value;
  page.field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await page.filters.updateComplete;
}

const pressed = (filters: LogFilters, level: string): string | null => buttonOf(filters, level).getAttribute('aria-pressed');

describe('log-filters', () => {
  it('leave their toggles under the pointer while the first entries come, where there is room', async () => {
    await setViewport({ width: 1400, height: 800 });
    const { filters, store, clock } = await bare(), toggles = (): number[] => [...filters.renderRoot.querySelectorAll('.level')].map((toggle) => toggle.getBoundingClientRect().left);
    const before = toggles();
    for (let n = 0; n < 2000; n++) store.receive(entryFrame(line(45 + n, n % 2 === 0 ? 30 : 50), 'api-1'));
    store.flush();
    clock.advance(1000);
    await filters.updateComplete;
    expect(textOf(filters)).to.include('1,030');
    expect(toggles()).to.deep.equal(before);
    await setViewport({ width: 800, height: 600 });
  });

  it('passes the accessibility audit in both colour schemes', async () => {
    const { filters, store } = await bare();
    store.setFilter({ hiddenLevels: ['warn'], hiddenInstances: ['api-1'], search: 'entry' });
    await filters.updateComplete;
    await expectAccessible(filters);
  });

  it('passes the accessibility audit where levels are not requested and not sent, with its menu open', async () => {
    const { filters, menu, connection } = await connected('warn', 'info');
    connection.say(entryFrame(line(1)));
    connection.draw();
    await press(filters, 'Trace');
    await filters.updateComplete;
    await press(menu, 'All instances');
    await expectAccessible(filters);
  });

  describe('search', () => {
    it('filters at each keystroke and says so once for each', async () => {
      const page = await bare();
      page.filters.focusSearch();
      await sendKeys({ type: 'y 7' });
      expect(page.store.snapshot.filter.search).to.equal('y 7');
      expect(page.changes.map(({ filter }) => filter.search)).to.deep.equal(['y', 'y ', 'y 7']);
      expect(page.store.snapshot.length).to.equal(4); // entries 7, 17, 27, 37
    });

    it('shows the search that the page set', async () => {
      const { filters, store, field, changes } = await bare();
      store.setFilter({ search: 'timeout' });
      await filters.updateComplete;
      expect(field.value).to.equal('timeout');
      expect(changes).to.deep.equal([]);
    });

    it('is cleared by its button, and keeps the focus', async () => {
      const page = await bare();
      await type(page, 'entry 1');
      await press(page.filters, 'Clear the search');
      expect(page.store.snapshot.filter.search).to.equal('');
      expect(page.field.value).to.equal('');
      expectFocus(page.filters, page.field);
    });

    it('is cleared by Escape, which nothing around hears', async () => {
      const page = await bare(), around = eventsOf(page.filters, 'keydown');
      page.filters.focusSearch();
      await type(page, 'entry 1');
      sendKey(page.field, 'Escape');
      expect(page.store.snapshot.filter.search).to.equal('');
      expectFocus(page.filters, page.field);
      expect(around).to.deep.equal([]);
    });

    it('is left by Escape when it is empty, and asks the shell to take the focus', async () => {
      const page = await bare(), leaves = eventsOf(page.filters, 'log-leave');
      page.filters.focusSearch();
      sendKey(page.field, 'Escape');
      expectFocus(page.filters, null);
      expect(leaves.length).to.equal(1);
      expect(leaves[0]?.composed).to.equal(false);
    });

    it('is left by Enter and by ArrowDown for what it found, which nothing around hears', async () => {
      for (const key of ['Enter', 'ArrowDown']) {
        const page = await bare(), leaves = eventsOf(page.filters, 'log-leave'), around = eventsOf(page.filters, 'keydown');
        page.filters.focusSearch();
        await type(page, 'entry 1');
        expect(sendKey(page.field, key).defaultPrevented, key).to.equal(true);
        expect([leaves.length, around.length, page.store.snapshot.filter.search]).to.deep.equal([1, 0, 'entry 1']);
        page.filters.remove();
      }
    });

    it('is not left by a key that chooses a word of an input method, nor by one that marks text', async () => {
      const page = await bare(), leaves = eventsOf(page.filters, 'log-leave');
      page.filters.focusSearch();
      await type(page, 'entry 1');
      const presses: readonly KeyboardEventInit[] = [
        ...['Enter', 'ArrowDown', 'Escape'].flatMap((key) => [{ key, isComposing: true }, { key, keyCode: 229 }]), { key: 'ArrowDown', shiftKey: true }, { key: 'ArrowDown', altKey: true },
      ];
      for (const init of presses) {
        const event = new KeyboardEvent('keydown', { ...init, bubbles: true, composed: true, cancelable: true });
        page.field.dispatchEvent(event);
        expect([event.defaultPrevented, leaves.length, page.store.snapshot.filter.search], JSON.stringify(init)).to.deep.equal([false, 0, 'entry 1']);
      }
    });

    it('neither closes the detail nor moves the reader', async () => {
      const page = await bare();
      page.store.select(3);
      page.store.follow(false);
      await type(page, 'nothing has these words');
      expect(page.store.snapshot.selected?.entry.id).to.equal(3);
      expect(page.store.snapshot.following).to.equal(false);
    });
  });

  describe('levels', () => {
    it('counts what is kept of each', async () => {
      const { filters } = await bare();
      const levels = fold(filters.renderRoot.querySelector('.levels')?.textContent ?? '');
      expect(levels).to.equal('Trace 0 Debug 0 Info 30 Warn 10 Error 5 Fatal 0');
    });

    it('are hidden and shown by a press; the count stays', async () => {
      const { filters, store, changes } = await bare();
      await press(filters, 'Error');
      expect(store.snapshot.filter.hiddenLevels).to.deep.equal(['error']);
      expect(pressed(filters, 'Error 5')).to.equal('false');
      expect(textOf(filters)).to.contain('5 hidden by filters');
      await press(filters, 'Error');
      expect(pressed(filters, 'Error 5')).to.equal('true');
      expect(changes.map(({ filter }) => filter.hiddenLevels)).to.deep.equal([['error'], []]);
      expect(textOf(filters)).not.to.contain('hidden by filters');
    });

    it('below the subscribed one are not requested; choosing one subscribes anew', async () => {
      const { filters, store, connection } = await connected('warn');
      store.setFilter({ hiddenLevels: ['info'] });
      await filters.updateComplete;
      for (const level of ['Trace', 'Debug', 'Info']) expect(fold(buttonOf(filters, level).textContent)).to.equal(`${level} not requested off`);
      expect(fold(buttonOf(filters, 'Warn').textContent)).to.equal('Warn 0');
      expect(pressed(filters, 'Info')).to.equal('false');
      await press(filters, 'Info');
      expect(connection.controller.level).to.equal('info');
      expect(connection.sent.at(-1)).to.contain('"log_level":"info"');
      expect(store.snapshot.filter.hiddenLevels).to.deep.equal([]);
      expect(fold(buttonOf(filters, 'Info').textContent)).to.equal('Info 0');
      expect(pressed(filters, 'Info')).to.equal('true');
      expect(fold(buttonOf(filters, 'Debug').textContent)).to.equal('Debug not requested off');
    });

    it('below the subscribed one still say what is kept of them', async () => {
      const { filters, store, connection } = await connected('trace');
      connection.say(entryFrame(line(1, 20)));
      store.flush();
      connection.controller.level = 'info';
      await connection.accept('info');
      await filters.updateComplete;
      expect(fold(buttonOf(filters, 'Debug').textContent)).to.equal('Debug 1 not requested off');
    });

    it('below the floor of the server are not sent, and a press says why', async () => {
      const { filters, store, connection, changes } = await connected('info', 'info');
      const debug = buttonOf(filters, 'Debug');
      expect(fold(debug.textContent)).to.equal('Debug not sent by this server off');
      expect(debug.getAttribute('aria-disabled')).to.equal('true');
      expect(debug.title).to.equal('This server sends no debug entries: the least level it sends is info. WEBSOCKETS_LOGS_LEVEL on the server changes that.');
      await press(filters, 'Debug');
      expect(fold(filters.renderRoot.querySelector('[role=status]')?.textContent ?? '')).to.equal(debug.title);
      expect(connection.controller.level).to.equal('info');
      expect(store.snapshot.filter).to.equal(NO_FILTER);
      expect(changes).to.deep.equal([]);
      await press(filters, 'Warn');
      expect(fold(filters.renderRoot.querySelector('[role=status]')?.textContent ?? '')).to.equal('');
    });

    it('all count where the page fills the store itself', async () => {
      const connection = manualConnection();
      connection.controller.endpoint = null;
      const filters = await fixture<LogFilters>(html`<log-filters .controller=${connection.controller}></log-filters>`);
      expect(textOf(filters)).not.to.contain('not requested');
    });

    it('are counted anew at most four times a second while entries pour in', async () => {
      const { filters, store, clock } = await bare();
      clock.advance(1000);
      const counts: string[] = [];
      let n = 100;
      for (let tick = 0; tick < 60; tick++) {
        for (const frame of frames(n++, 1)) store.receive(frame);
        store.flush();
        await filters.updateComplete;
        const said = fold(buttonOf(filters, 'Info').textContent);
        if (said !== counts.at(-1)) counts.push(said);
        clock.advance(1000 / 60);
        await filters.updateComplete;
      }
      expect(counts.length).to.be.within(4, 6);
      clock.advance(250);
      await filters.updateComplete;
      expect(fold(buttonOf(filters, 'Info').textContent)).to.equal('Info 90');
    });

    it('show a change of the filter at once between two counts', async () => {
      const { filters, store } = await bare();
      for (const frame of frames(100, 1)) store.receive(frame);
      store.flush();
      store.setFilter({ hiddenLevels: ['info'] });
      await filters.updateComplete;
      expect(pressed(filters, 'Info 31')).to.equal('false');
      expect(textOf(filters)).to.contain('31 hidden by filters');
    });
  });

  describe('what is hidden', () => {
    afterEach(() => setViewport({ width: 800, height: 600 }));

    it('is shown by one press, which leaves the focus beside it', async () => {
      const { filters, store, menu, changes } = await bare();
      store.setFilter({ hiddenLevels: ['info'], hiddenInstances: ['api-2'], search: 'entry' });
      await filters.updateComplete;
      buttonOf(filters, 'Show').focus();
      await press(filters, 'Show');
      expect(store.snapshot.filter).to.deep.equal(NO_FILTER);
      expect(changes.length).to.equal(1);
      expectFocus(filters, menu);
    });

    it('moves nothing when it comes and goes, and stands in one line beside the search, however wide and high the window', async () => {
      for (const viewportHeight of [500, 800]) {
        await setViewport({ width: 1500, height: viewportHeight });
        for (const lang of ['en', 'de']) for (const width of [320, 390, 480, 620, 780, 1000, 1084, 1200, 1440]) {
          const { filters, store } = await bare(), where = `${lang}, ${width} of ${viewportHeight} px`;
          filters.lang = lang;
          filters.style.width = `${width}px`;
          await filters.updateComplete;
          const before = filters.getBoundingClientRect().height;
          store.setFilter({ search: 'entry 1' });
          await filters.updateComplete;
          const shown = buttonOf(filters, lang === 'de' ? 'Anzeigen' : 'Show').getBoundingClientRect();
          const words = (filters.renderRoot.querySelector('[part=hidden] bdi') as Element).getBoundingClientRect();
          const search = (filters.renderRoot.querySelector('.field') as Element).getBoundingClientRect();
          expect(filters.getBoundingClientRect().height, where).to.equal(before);
          expect(shown.left - words.right, where).to.be.within(0, 20);
          expect(words.width, where).to.be.above(8);
          expect(Math.abs(words.top + words.height / 2 - search.top - search.height / 2), where).to.be.below(4);
          expect(search.width, where).to.be.at.least(75);
          expect(shown.right, where).to.be.at.most(filters.getBoundingClientRect().right);
          filters.remove();
        }
      }
    });
  });

  describe('instances', () => {
    const popover = (menu: LogInstanceFilter): HTMLElement => menu.renderRoot.querySelector('[popover]') as HTMLElement;
    const isOpen = (menu: LogInstanceFilter): boolean => popover(menu).matches(':popover-open');
    const boxes = (menu: LogInstanceFilter): HTMLInputElement[] => [...menu.renderRoot.querySelectorAll('input')];

    async function open(page: { menu: LogInstanceFilter }): Promise<void> {
      buttonsOf(page.menu)[0]?.click();
      await page.menu.updateComplete;
      expect(isOpen(page.menu)).to.equal(true);
    }

    it('are listed in a menu under the button, each with what is kept of it', async () => {
      const page = await bare();
      expect(fold(buttonsOf(page.menu)[0]?.textContent ?? '')).to.equal('All instances 3');
      expect(buttonsOf(page.menu)[0]?.getAttribute('aria-expanded')).to.equal('false');
      await open(page);
      expect(buttonsOf(page.menu)[0]?.getAttribute('aria-expanded')).to.equal('true');
      const rows = [...popover(page.menu).querySelectorAll('li')].map((row) => fold(row.textContent));
      expect(rows).to.deep.equal(['api-1 Only api-1 15', 'api-2 Only api-2 15', 'jobs-1 Only jobs-1 15']);
      const button = buttonsOf(page.menu)[0]?.getBoundingClientRect(), { top, left } = popover(page.menu).getBoundingClientRect();
      expect(top).to.be.closeTo((button?.bottom ?? 0) + 4, 1);
      expect(left).to.be.at.least(8).and.at.most(button?.left ?? 0);
    });

    it('that do not send any more say so and can still be hidden; they go with their last entry', async () => {
      const page = await connected('info', 'trace'), { store, connection } = page, at = { epoch: 'e', seq: 9, levels: new Map([[30, 9]]) };
      for (const name of ['api-1', 'api-2', 'jobs-1']) store.receive(entryFrame(line(1), name));
      connection.say(encodeStream('api-2', at, 'end', TIME));
      connection.say(encodeStream('jobs-1', at, 'quiet', TIME));
      connection.draw();
      await page.filters.updateComplete;
      await open(page);
      const rows = (): string[] => [...popover(page.menu).querySelectorAll('label')].map((row) => fold(row.textContent));
      expect(rows()).to.deep.equal(['api-1', `api-2 stopped ${formatClock(TIME)}`, `jobs-1 not heard since ${formatClock(TIME)}`]);
      await expectAccessible(page.filters);
      boxes(page.menu)[1]?.click();
      expect(store.snapshot.filter.hiddenInstances).to.deep.equal(['api-2']);
      connection.say(encodeStream('jobs-1', at, 'live', TIME + 5000));
      store.clear();
      await page.filters.updateComplete;
      await page.menu.updateComplete;
      expect(rows()).to.deep.equal(['api-1', 'jobs-1']);
    });

    it('say in the open menu, as soon as it is known, that one does not send any more', async () => {
      const page = await connected('info', 'trace'), { store, connection } = page;
      for (const name of ['api-1', 'api-2']) store.receive(entryFrame(line(1), name));
      connection.draw();
      await page.filters.updateComplete;
      await open(page);
      connection.say(encodeStream('api-2', { epoch: 'e', seq: 9, levels: new Map([[30, 9]]) }, 'quiet', TIME));
      connection.draw();
      await page.filters.updateComplete;
      await page.menu.updateComplete;
      expect([...popover(page.menu).querySelectorAll('label')].map((row) => fold(row.textContent))).to.deep.equal(['api-1', `api-2 not heard since ${formatClock(TIME)}`]);
    });

    it('are hidden by their ticks', async () => {
      const page = await bare();
      await open(page);
      boxes(page.menu)[1]?.click();
      await page.filters.updateComplete;
      await page.menu.updateComplete;
      expect(page.store.snapshot.filter.hiddenInstances).to.deep.equal(['api-2']);
      expect(fold(buttonsOf(page.menu)[0]?.textContent ?? '')).to.equal('Instances 2 of 3');
      expect(boxes(page.menu).map((box) => box.checked)).to.deep.equal([true, false, true]);
      expect(isOpen(page.menu)).to.equal(true);
      boxes(page.menu)[1]?.click();
      expect(page.changes.map(({ filter }) => filter.hiddenInstances)).to.deep.equal([['api-2'], []]);
    });

    it('can be narrowed to one, and all shown again', async () => {
      const page = await bare();
      await open(page);
      await press(page.menu, 'Only jobs-1');
      expect(page.store.snapshot.filter.hiddenInstances).to.deep.equal(['api-1', 'api-2']);
      await page.filters.updateComplete;
      await press(page.menu, 'Show all instances');
      expect(page.store.snapshot.filter.hiddenInstances).to.deep.equal([]);
    });

    it('join the open menu as they appear', async () => {
      const page = await bare();
      await open(page);
      page.store.receive(entryFrame(line(99), 'mail-1'));
      page.store.flush();
      await page.filters.updateComplete;
      await page.menu.updateComplete;
      expect(boxes(page.menu).length).to.equal(4);
    });

    it('with hostile names are text, and hidden characters are seen', async () => {
      const page = await bare();
      const name = '<img src=x onerror=alert(1)>\u202Egnp.exe';
      page.store.receive(entryFrame(line(99), name));
      page.store.receive(entryFrame(line(98), ''));
      page.store.flush();
      await page.filters.updateComplete;
      await open(page);
      const rows = [...popover(page.menu).querySelectorAll('li')].map((row) => fold(row.textContent));
      expect(rows[3]).to.contain('<img src=x onerror=alert(1)>⟨U+202E⟩gnp.exe');
      expect(rows[4]).to.contain('without a name');
      expect(popover(page.menu).querySelector('img')).to.equal(null);
      boxes(page.menu)[3]?.click();
      expect(page.store.snapshot.filter.hiddenInstances).to.deep.equal([name]);
    });

    it('menu closes by Escape, which nothing around hears, and gives the focus back', async () => {
      const page = await bare(), around = eventsOf(page.filters, 'keydown');
      await open(page);
      boxes(page.menu)[0]?.focus();
      await sendKeys({ press: 'Escape' });
      expect(isOpen(page.menu)).to.equal(false);
      await until(() => buttonsOf(page.menu)[0]?.getAttribute('aria-expanded') === 'false');
      expectFocus(page.menu, buttonsOf(page.menu)[0]);
      expect(around.filter((event) => (event as KeyboardEvent).key === 'Escape')).to.deep.equal([]);
    });

    it('menu closes by a click elsewhere', async () => {
      const page = await bare();
      await open(page);
      await sendMouse({ type: 'click', position: [5, 400] });
      expect(isOpen(page.menu)).to.equal(false);
      await until(() => buttonsOf(page.menu)[0]?.getAttribute('aria-expanded') === 'false');
      expect(buttonsOf(page.menu)[0]?.getAttribute('aria-expanded')).to.equal('false');
    });
  });
});
