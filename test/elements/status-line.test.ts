import { expect, fixture, html } from '@open-wc/testing';
import { formatClock } from '../../src/core/format.js';
import { LogStore } from '../../src/core/log-store.js';
import { encodeBus, encodeStream } from '../../src/core/protocol.js';
import type { LogFilters } from '../../src/elements/log-filters.js';
import '../../src/elements/log-filters.js';
import type { LogStatusLine } from '../../src/elements/status-line.js';
import '../../src/elements/status-line.js';
import { entryFrame, line } from '../helpers/log-lines.js';
import { manualConnection } from '../helpers/manual-connection.js';
import { manualClock, manualScheduler, type ManualClock } from '../helpers/manual-platform.js';
import { eventsOf, expectAccessible, fold, press } from '../helpers/shadow.js';

interface Page {
  readonly status: LogStatusLine;
  readonly store: LogStore;
  readonly clock: ManualClock;
}

async function bare(options: { maxEntries?: number; maxWaitingBytes?: number } = {}): Promise<Page> {
  const clock = manualClock(), store = new LogStore({ clock, scheduler: manualScheduler(), ...options });
  const box = document.createElement('div');
  box.style.width = '1000px';
  const status = await fixture<LogStatusLine>(html`<log-status-line .store=${store} .clock=${clock}></log-status-line>`, { parentNode: box });
  return { status, store, clock };
}

function receive(store: LogStore, count: number, level = 30): void {
  for (let n = 0; n < count; n++) store.receive(entryFrame(line(n, level)));
  store.flush();
}

async function advance({ clock, status }: Page, ms: number): Promise<void> {
  clock.advance(ms);
  await status.updateComplete;
}

const sum = (status: LogStatusLine): string => fold(status.renderRoot.querySelector('.sum')?.textContent ?? '');
const shown = (status: LogStatusLine): string => fold(status.renderRoot.querySelector('[part=shown]')?.textContent ?? '');
const said = (status: LogStatusLine): string => fold(status.renderRoot.querySelector('[role=status]')?.textContent ?? '');

describe('log-status-line', () => {
  it('counts at the same moments as the filters, whenever each was first drawn', async () => {
    const page = await bare(), { store, clock, status } = page;
    clock.advance(1000);
    receive(store, 10);
    await status.updateComplete;
    clock.advance(100);
    const filters = await fixture<LogFilters>(html`<log-filters .store=${store} .clock=${clock}></log-filters>`);
    const counts = (): number[] => [status, filters].map(({ renderRoot }) => Number(/(\d+) received|Info (\d+)/.exec(fold(renderRoot.textContent ?? ''))?.slice(1).find((count) => count !== undefined)));
    let compared = 0;
    for (let time = 0; time < 200; time++) {
      receive(store, 1);
      const quarter = Math.floor(clock.now() / 250);
      clock.advance(10);
      await Promise.all([status.updateComplete, filters.updateComplete]);
      if (Math.floor(clock.now() / 250) === quarter) continue; // between, what is said to readers may draw the line anew
      compared++;
      const [received, info] = counts();
      expect(received).to.be.above(10);
      expect(info, `after ${time} entries`).to.equal(received);
    }
    expect(compared).to.equal(8);
  });

  it('passes the accessibility audit in both colour schemes', async () => {
    const page = await bare({ maxEntries: 10, maxWaitingBytes: 2000 });
    for (let n = 0; n < 60; n++) page.store.receive(entryFrame(line(n, 40)));
    page.store.flush();
    page.store.countUnreadable();
    page.store.flush();
    await advance(page, 250);
    expect(sum(page.status)).to.contain('not delivered');
    await expectAccessible(page.status);
  });

  describe('counts', () => {
    it('account for every entry, and agree', async () => {
      const page = await bare({ maxEntries: 100 });
      receive(page.store, 150);
      page.store.clear();
      receive(page.store, 110);
      page.store.countUnreadable();
      page.store.flush();
      await advance(page, 250);
      const { received, retained, removed, cleared } = page.store.snapshot;
      expect(received - removed - cleared).to.equal(retained);
      expect(sum(page.status)).to.equal(`260 received · ${removed} older removed · 100 cleared · 1 unreadable`);
      page.store.setFilter({ hiddenLevels: ['info'] });
      await page.status.updateComplete;
      expect(shown(page.status)).to.equal(`0 of ${retained} shown`);
    });

    it('do not call shown what a pause holds back', async () => {
      const page = await bare();
      receive(page.store, 10);
      await advance(page, 250);
      expect(shown(page.status)).to.equal('10 of 10 shown');
      page.store.pause();
      receive(page.store, 5);
      await advance(page, 250);
      expect([sum(page.status), shown(page.status)]).to.deep.equal(['15 received', '']);
      page.store.resume('latest');
      await advance(page, 250);
      expect(shown(page.status)).to.equal('15 of 15 shown');
    });

    it('name what was not delivered, by level', async () => {
      const page = await bare({ maxWaitingBytes: 3000 });
      for (let n = 0; n < 100; n++) page.store.receive(entryFrame(line(n, n % 10 === 0 ? 40 : 30)));
      page.store.flush();
      await advance(page, 250);
      const { missing, received } = page.store.snapshot;
      expect(missing[2]).to.be.greaterThan(0);
      expect(received + (missing[2] ?? 0) + (missing[3] ?? 0)).to.equal(100);
      expect(sum(page.status)).to.equal(`${received} received · ${100 - received} not delivered (${missing[2]} info, ${missing[3]} warn)`);
    });

    it('leave out what is zero', async () => {
      const page = await bare();
      expect(sum(page.status)).to.equal('0 received');
      expect(shown(page.status)).to.equal('0 of 0 shown');
    });

    it('are drawn at most four times a second while entries pour in, and end exact', async () => {
      const page = await bare();
      await advance(page, 1000);
      const seen = new Set<string>();
      for (let tick = 0; tick < 60; tick++) {
        receive(page.store, 20);
        await page.status.updateComplete;
        seen.add(sum(page.status));
        await advance(page, 1000 / 60);
      }
      expect(seen.size).to.be.within(4, 6);
      await advance(page, 250);
      expect(sum(page.status)).to.equal('1,200 received');
    });

    it('say that losses cannot be counted where the server does not number its entries', async () => {
      const connection = manualConnection();
      const status = await fixture<LogStatusLine>(html`<log-status-line .controller=${connection.controller} .clock=${connection.clock}></log-status-line>`);
      connection.controller.connect();
      await connection.accept('info', null);
      await status.updateComplete;
      expect(sum(status)).to.equal('Live · 0 received · losses on this server cannot be counted');
      await connection.fail();
      connection.controller.retryNow();
      await connection.accept('info', 'trace');
      await status.updateComplete;
      expect(sum(status)).to.equal('Live · 0 received');
    });
  });

  it('says how often more may be missing than anybody can count', async () => {
    const page = await bare();
    page.store.notify({ name: 'disconnected', from: 1, to: 2 });
    page.store.flush();
    await advance(page, 250);
    expect(sum(page.status)).to.equal('0 received · 1 break with an unknown count');
    page.store.notify({ name: 'disconnected', from: 3, to: 4 });
    page.store.flush();
    await advance(page, 250);
    expect(sum(page.status)).to.equal('0 received · 2 breaks with an unknown count');
  });

  it('asks the shell for the keys', async () => {
    const { status } = await bare(), asked = eventsOf(status, 'log-help');
    await press(status, '?');
    expect(asked.length).to.equal(1);
  });

  describe('what screen readers hear', () => {
    it('is one summary at most every 5 s', async () => {
      const page = await bare();
      const heard: { at: number; text: string }[] = [], start = page.clock.now();
      let before = '';
      for (let tenth = 0; tenth < 300; tenth++) {
        receive(page.store, 1, tenth % 50 === 7 ? 50 : 30);
        await advance(page, 100);
        const text = said(page.status);
        if (text !== '' && text !== before) heard.push({ at: page.clock.now() - start, text });
        before = text;
      }
      expect(heard.length).to.be.within(5, 6);
      expect(heard[0]).to.deep.equal({ at: 1000, text: '10 new entries, 1 error' });
      for (let index = 1; index < heard.length; index++) expect((heard[index]?.at ?? 0) - (heard[index - 1]?.at ?? 0)).to.be.at.least(5000);
      const total = heard.reduce((all, { text }) => all + Number(/^\d+/.exec(text)?.[0]), 0);
      expect(total).to.equal((heard.at(-1)?.at ?? 0) / 100);
    });

    it('is said again where the same number arrives again', async () => {
      const page = await bare();
      receive(page.store, 1);
      await advance(page, 1000);
      expect(said(page.status)).to.equal('1 new entry');
      receive(page.store, 1);
      await page.status.updateComplete;
      expect(said(page.status)).to.equal('');
      await advance(page, 5000);
      expect(said(page.status)).to.equal('1 new entry');
    });

    it('is nothing while nothing is new, and leaves no timer', async () => {
      const page = await bare();
      receive(page.store, 3);
      await advance(page, 10_000);
      expect(page.clock.pending).to.equal(0);
      receive(page.store, 3);
      await page.status.updateComplete;
      expect(page.clock.pending).to.be.greaterThan(0);
      page.status.remove();
      receive(page.store, 3);
      expect(page.clock.pending).to.equal(0);
    });

    it('is nothing while the list is paused; afterwards all of it', async () => {
      const page = await bare();
      receive(page.store, 1);
      page.store.pause(); // before what arrived was said
      await advance(page, 10_000);
      expect(said(page.status)).to.equal('');
      receive(page.store, 39);
      receive(page.store, 2, 60);
      await advance(page, 10_000);
      expect(said(page.status)).to.equal('');
      page.store.resume('here');
      await advance(page, 1000);
      expect(said(page.status)).to.equal('42 new entries, 2 errors');
    });

    it('counts only what the filter shows', async () => {
      const page = await bare();
      page.store.setFilter({ hiddenLevels: ['info'] });
      await advance(page, 1000);
      receive(page.store, 5);
      receive(page.store, 2, 50);
      await advance(page, 5000);
      expect(said(page.status)).to.equal('2 new entries, 2 errors');
    });

    it('is what a filter left, once it is quiet for a second', async () => {
      const page = await bare();
      receive(page.store, 5);
      receive(page.store, 2, 50);
      await advance(page, 10_000);
      for (const search of ['e', 'en', 'ent', 'entry 1']) {
        page.store.setFilter({ search });
        await advance(page, 500);
        expect(said(page.status)).to.equal('');
      }
      await advance(page, 500);
      expect(said(page.status)).to.equal('2 of 7 shown');
    });

    it('has what the viewer itself says in the list', async () => {
      const page = await bare();
      receive(page.store, 5);
      await advance(page, 10_000);
      page.store.clear();
      await advance(page, 1000);
      expect(said(page.status)).to.equal('Cleared; 5 entries removed here, none on the server');
    });

    it('has what became of instances, and that others are not visible', async () => {
      const page = await bare(), time = page.clock.now();
      receive(page.store, 1);
      await advance(page, 10_000);
      const stop = (name: string): void => page.store.receive(encodeStream(name, { epoch: 'e', seq: 9, levels: new Map() }, 'end', time));
      stop('api-1');
      page.store.flush();
      stop('api-2');
      page.store.receive(encodeBus({ since: time, reason: 'Redis does not answer' }, time));
      page.store.flush();
      await advance(page, 1000);
      expect(said(page.status).replaceAll(/[\u2068\u2069]/g, '')).to.equal(
        `2 instances stopped sending at ${formatClock(time)}: api-1 and api-2. Other instances not visible since ${formatClock(time)}: Redis does not answer`);
    });

    it('is that the server has gone silent, and that it speaks again', async () => {
      const connection = manualConnection();
      const status = await fixture<LogStatusLine>(html`<log-status-line .controller=${connection.controller} .clock=${connection.clock}></log-status-line>`);
      connection.controller.connect();
      await connection.accept('info');
      connection.clock.advance(14_000);
      await status.updateComplete;
      expect([said(status), sum(status)]).to.deep.equal(['Server silent', '0 received · losses on this server cannot be counted']);
      connection.say('{"type":"pong"}');
      await status.updateComplete;
      expect([said(status), sum(status)]).to.deep.equal(['Connected.', 'Live · 0 received · losses on this server cannot be counted']);
      connection.controller.disconnect();
    });

    it('is the loss of the connection at once, once, and its return', async () => {
      const connection = manualConnection();
      const status = await fixture<LogStatusLine>(html`<log-status-line .controller=${connection.controller} .clock=${connection.clock}></log-status-line>`);
      connection.controller.connect();
      await connection.accept('info', 'trace');
      await status.updateComplete;
      expect(said(status)).to.equal('');
      await connection.fail();
      await status.updateComplete;
      expect(said(status)).to.match(/^The connection broke off\. /);
      const first = said(status);
      connection.controller.retryNow();
      await status.updateComplete;
      expect(said(status)).to.equal(first);
      await connection.fail();
      await status.updateComplete;
      expect(said(status)).to.match(/^The server does not answer\. /);
      connection.controller.store.setFilter({ search: 'x' });
      connection.clock.advance(1000);
      connection.controller.retryNow();
      await connection.fail();
      await status.updateComplete;
      expect(said(status)).to.equal('0 of 0 shown');
      connection.controller.retryNow();
      await connection.accept('info', 'trace');
      await status.updateComplete;
      expect(said(status)).to.equal('Connected.');
    });
  });
});
