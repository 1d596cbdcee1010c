import { aTimeout, expect, fixture, html, nextFrame, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { encodeGap } from '../../src/core/protocol.js';
import type { LogErrorEvent, LogGapEvent } from '../../src/elements/events.js';
import type { LogDetail, LogFilters, LogList, SystemLogs } from '../../src/elements/index.js';
import '../../src/elements/index.js';
import { entryFrame, line } from '../helpers/log-lines.js';
import { eventsOf } from '../helpers/shadow.js';
import type { FakeSocket } from '../helpers/fake-socket.js';
import { useFakeSockets } from '../helpers/page-sockets.js';

const sockets = useFakeSockets();

async function viewer(template = html`<system-logs></system-logs>`): Promise<SystemLogs> {
  const box = document.createElement('div');
  box.style.height = '600px';
  box.style.width = '1200px';
  const element = await fixture<SystemLogs>(template, { parentNode: box });
  await nextFrame();
  return element;
}

async function drawn(element: SystemLogs): Promise<void> {
  element.store.flush();
  await nextFrame();
  await element.updateComplete;
}

const part = <T extends Element>(element: SystemLogs, tag: string): T => element.renderRoot.querySelector(tag) as T;
const rowsOf = (list: LogList): string[] => [...list.renderRoot.querySelectorAll('.scroll > [role=row]')].map((row) => row.textContent.replace(/\s+/g, ' '));

async function live(element: SystemLogs): Promise<FakeSocket> {
  await waitUntil(() => sockets.length > 0);
  const socket = sockets.at(-1) as FakeSocket;
  socket.accept();
  await drawn(element);
  return socket;
}

describe('system-logs', () => {
  it('opens and closes an entry where it is narrow, without an error of the ResizeObserver', async () => {
    const element = await viewer(), errors: string[] = [], tell = (event: ErrorEvent): void => void errors.push(event.message);
    (element.parentElement as HTMLElement).style.cssText = 'width: 420px; height: 900px';
    addEventListener('error', tell);
    element.push(Array.from({ length: 200 }, (_, n) => line(n)), 'api-1');
    await drawn(element);
    for (let time = 0; time < 8; time++) {
      for (const id of [element.store.idAt(element.store.snapshot.length - 3), null]) {
        element.select(id);
        for (let frames = 0; frames < 4; frames++) await nextFrame();
      }
    }
    removeEventListener('error', tell);
    expect(errors).to.deep.equal([]);
  });

  it('keeps what is pushed in the task that raises the limit, and in the one that makes the element', async () => {
    const element = await viewer();
    element.maxEntries = 60_000;
    element.push(Array.from({ length: 60_000 }, (_, n) => line(n)));
    await drawn(element);
    expect(element.accounting).to.include({ received: 60_000, retained: 60_000, removed: 0 });
    const made = document.createElement('system-logs');
    made.setAttribute('max-entries', '3');
    made.push([line(1), line(2), line(3), line(4)]);
    made.store.flush();
    expect(made.accounting).to.include({ received: 4, retained: 3 });
  });

  it('looks for nothing any more when the attribute is taken away', async () => {
    const element = await viewer(html`<system-logs search="entry 7"></system-logs>`);
    element.push(Array.from({ length: 20 }, (_, n) => line(n)), 'api-1');
    await drawn(element);
    expect(element.store.snapshot.hidden).to.be.above(0);
    element.removeAttribute('search');
    await drawn(element);
    expect([element.store.snapshot.hidden, element.store.snapshot.filter.search]).to.deep.equal([0, '']);
  });

  for (const scheme of ['light', 'dark']) {
    it(`passes the accessibility audit in ${scheme}, empty and with an entry open`, async () => {
      document.documentElement.style.colorScheme = scheme;
      const element = await viewer();
      await expect(element).to.be.accessible();
      element.push(Array.from({ length: 40 }, (_, n) => line(n, 10 + 10 * (n % 6))), 'api-1');
      await drawn(element);
      element.select(element.store.idAt(element.store.snapshot.length - 1));
      await drawn(element);
      await expect(element).to.be.accessible();
      document.documentElement.style.colorScheme = '';
    });
  }

  it('connects to its endpoint, shows what arrives, and tells the page its status', async () => {
    const element = await viewer(html`<system-logs endpoint="/websocket/logs" level="debug"></system-logs>`);
    const states: string[] = [];
    element.addEventListener('log-status-change', (event) => states.push(event.status.state));
    const socket = await live(element);
    expect(states).to.deep.equal(['live']);
    expect(element.matches(':state(live)')).to.equal(true);
    expect(JSON.parse(socket.sent[0] ?? '')).to.include({ type: 'subscribe', log_level: 'debug' });
    socket.say(entryFrame(line(7)));
    await drawn(element);
    expect(rowsOf(part(element, 'log-list'))).to.have.length(1);
    expect(element.accounting).to.include({ received: 1, retained: 1, unreadable: 0, numbered: false });
  });

  const wrong: [name: string, template: ReturnType<typeof html>, words: RegExp][] = [
    ['an unknown level', html`<system-logs level="loud"></system-logs>`, /loud.*not a level/],
    ['max-entries that is no number', html`<system-logs max-entries="abc"></system-logs>`, /abc.*max-entries/],
    ['max-entries of nothing', html`<system-logs max-entries=""></system-logs>`, /max-entries/],
    ['max-bytes below one', html`<system-logs max-bytes="0"></system-logs>`, /max-bytes/],
    ['an unknown layout', html`<system-logs layout="diagonal"></system-logs>`, /diagonal.*layout/],
    ['unknown timestamps', html`<system-logs timestamps="roman"></system-logs>`, /roman.*timestamps/],
    ['an unknown zone', html`<system-logs time-zone="mars"></system-logs>`, /mars.*time-zone/],
  ];
  for (const [name, template, words] of wrong) {
    it(`says ${name} in a plain sentence, tells the page, and works on`, async () => {
      const told: string[] = [];
      const listen = (event: LogErrorEvent): void => void told.push(event.cause.sentence);
      document.addEventListener('log-error', listen);
      const element = await viewer(template);
      document.removeEventListener('log-error', listen);
      expect(element.renderRoot.querySelector('.faults')?.textContent).to.match(words);
      expect(told).to.have.length(1);
      expect(told[0]).to.match(words);
      element.push([line(1)]);
      await drawn(element);
      expect(rowsOf(part(element, 'log-list'))).to.have.length(1);
    });
  }

  it('says an endpoint that is no URL, once, and connects when it is mended', async () => {
    const element = await viewer();
    const told = oneEvent(element, 'log-error') as Promise<LogErrorEvent>;
    element.endpoint = 'ftp://example.com/logs';
    expect((await told).cause.code).to.equal('invalid-endpoint');
    await drawn(element);
    expect(part(element, 'log-state-panel').shadowRoot?.textContent).to.contain('ftp://example.com');
    element.endpoint = '/websocket/logs';
    await live(element);
    expect(element.status.state).to.equal('live');
  });

  it('counts frames that are not JSON, and goes on', async () => {
    const element = await viewer(html`<system-logs endpoint="/websocket/logs"></system-logs>`);
    const socket = await live(element);
    socket.say('not json');
    socket.say('{"type":"logs","data":');
    socket.say('[]');
    socket.say(entryFrame(line(1)));
    await drawn(element);
    expect(element.accounting).to.include({ received: 1, unreadable: 3 });
  });

  it('tells the page what is missing: how much, of whom, when and why', async () => {
    const element = await viewer(html`<system-logs endpoint="/websocket/logs"></system-logs>`), told: LogGapEvent[] = [];
    element.addEventListener('log-gap', (event) => told.push(event));
    const socket = await live(element);
    const levels = new Map([[30, 4]]), streams = new Map([['api', { epoch: 'e', seq: 4, levels }]]);
    socket.acknowledge('info', { v: 1, floor: 'trace', hub: 'h', streams });
    socket.say(encodeGap({ instance: 'api', epoch: 'e', from: 5, to: 7, cause: 'slow', levels: new Map([[30, 2], [50, 1]]) }));
    await drawn(element);
    expect(told.map(({ cause, instance, levels: counts }) => [cause, instance, [...counts]])).to.deep.equal([['slow', 'api', [0, 0, 2, 0, 1, 0]]]);
    expect(told[0]?.to).to.be.at.least(told[0]?.from as number);
    const { missing, unknowable, numbered, streams: accounts } = element.accounting;
    expect({ missing: [...missing], unknowable, numbered }).to.deep.equal({ missing: [0, 0, 2, 0, 1, 0], unknowable: 0, numbered: true });
    expect(accounts.map(({ instance, position }) => [instance, position])).to.deep.equal([['api', 7]]);
    const [row] = rowsOf(part<LogList>(element, 'log-list'));
    expect(row).to.match(/3 entries of .?api.? not shown: this viewer was too slow, [\d:]+.* \(2 info, 1 error\)/);
  });

  it('keeps connection and rows through a move in the page, and closes once it is removed', async () => {
    const element = await viewer(html`<system-logs endpoint="/websocket/logs"></system-logs>`);
    const socket = await live(element);
    socket.say(entryFrame(line(1)));
    const other = await fixture<HTMLElement>(html`<div></div>`);
    other.append(element);
    await aTimeout(150);
    await drawn(element);
    expect(sockets).to.have.length(1);
    expect(socket.isClosed).to.equal(false);
    expect(rowsOf(part(element, 'log-list'))).to.have.length(1);
    element.remove();
    await waitUntil(() => socket.isClosed);
    other.append(element);
    await waitUntil(() => sockets.length === 2);
    expect(element.store.snapshot.received).to.equal(1);
  });

  it('does not mix two viewers, side by side or one in the other', async () => {
    const outer = await viewer(html`<system-logs><div slot="detail"><system-logs id="inner"></system-logs></div></system-logs>`);
    const beside = await viewer(), inner = outer.querySelector('system-logs') as SystemLogs;
    outer.push([line(1)]);
    beside.push([line(2)]);
    inner.push([line(3)]);
    outer.select(0);
    await Promise.all([drawn(outer), drawn(beside), drawn(inner)]);
    for (const [element, n] of [[outer, 1], [beside, 2], [inner, 3]] as const) {
      expect(element.store.snapshot.received).to.equal(1);
      expect(rowsOf(part(element, 'log-list')).join()).to.contain(`entry ${n}`);
    }
  });

  it('gives a part that is moved from one viewer to another the other’s source', async () => {
    const one = await viewer(html`<system-logs><log-list slot="list"></log-list></system-logs>`), other = await viewer();
    const list = one.querySelector('log-list') as LogList;
    one.push([line(1)]);
    other.push([line(2)]);
    await Promise.all([drawn(one), drawn(other)]);
    expect(rowsOf(list).join()).to.contain('entry 1');
    other.append(list);
    await drawn(other);
    await nextFrame();
    expect(rowsOf(list).join()).to.contain('entry 2').and.to.not.contain('entry 1');
  });

  it('takes parts placed anywhere by their controller', async () => {
    const element = await viewer();
    const list = await fixture<LogList>(html`<log-list .controller=${element.controller}></log-list>`);
    const detail = await fixture<LogDetail>(html`<log-detail .controller=${element.controller}></log-detail>`);
    element.push([line(5)]);
    element.select(0);
    await drawn(element);
    element.store.select(0);
    await drawn(element);
    expect(rowsOf(list).join()).to.contain('entry 5');
    expect(detail.renderRoot.textContent).to.contain('entry 5');
  });

  it('opens the detail with the selection, and gives the focus back to the list when it closes', async () => {
    const element = await viewer();
    element.push([line(1), line(2)]);
    await drawn(element);
    part<LogList>(element, 'log-list').focus();
    await sendKeys({ press: 'Enter' });
    await drawn(element);
    expect(part<LogDetail>(element, 'log-detail').getBoundingClientRect().width).to.be.above(250);
    part<LogDetail>(element, 'log-detail').renderRoot.querySelector<HTMLElement>('button')?.focus();
    await sendKeys({ press: 'Escape' });
    await drawn(element);
    expect(element.store.snapshot.selected).to.equal(null);
    expect(element.shadowRoot?.activeElement?.localName).to.equal('log-list');
  });

  it('goes to the search by / and shows the keys by ?, but not while a person types', async () => {
    const element = await viewer();
    element.push([line(1)]);
    await drawn(element);
    part<LogList>(element, 'log-list').focus();
    await sendKeys({ press: '/' });
    expect(element.shadowRoot?.activeElement?.localName).to.equal('log-filters');
    await sendKeys({ type: '?f e' });
    const field = part<LogFilters>(element, 'log-filters').renderRoot.querySelector('input');
    expect(field?.value).to.equal('?f e');
    expect(element.renderRoot.querySelector('log-keyboard-help')?.shadowRoot?.querySelector('dialog')?.open).to.equal(false);
    part<LogList>(element, 'log-list').focus();
    await sendKeys({ press: '?' });
    expect(element.renderRoot.querySelector('log-keyboard-help')?.shadowRoot?.querySelector('dialog')?.open).to.equal(true);
    await sendKeys({ press: 'Escape' });
  });

  it('holds the list still while paused and goes on from here', async () => {
    const element = await viewer();
    element.push([line(1)]);
    await drawn(element);
    element.setAttribute('paused', '');
    await element.updateComplete;
    element.push([line(2)]);
    await drawn(element);
    expect(rowsOf(part(element, 'log-list'))).to.have.length(1);
    expect(element.matches(':state(paused)')).to.equal(true);
    element.removeAttribute('paused');
    await drawn(element);
    expect(rowsOf(part(element, 'log-list'))).to.have.length(2);
  });

  it('follows again when the page clears it, and tells nobody; in a pause it holds still', async () => {
    const element = await viewer(), told = eventsOf(element, 'log-follow-change');
    element.push([line(1)]);
    await drawn(element);
    for (const paused of [false, true]) {
      element.store.follow(false);
      if (paused) element.pause();
      element.clear();
      expect(element.store.snapshot.following, paused ? 'paused' : 'not paused').to.equal(!paused);
    }
    expect(told).to.deep.equal([]);
  });

  it('takes a single text for one entry, and says what push takes', async () => {
    const element = await viewer();
    element.push('{"level":30,"msg":"one"}');
    await drawn(element);
    expect(element.accounting).to.include({ received: 1, unreadable: 0 });
    expect(() => element.push(null as never)).to.throw(TypeError, /list of entries/);
  });

  it('never shows the token it was given', async () => {
    const element = await viewer(html`<system-logs></system-logs>`);
    const told: string[] = [];
    for (const name of ['log-error', 'log-status-change']) element.addEventListener(name, (event) => told.push(JSON.stringify(event)));
    element.accessToken = 'tok-secret';
    element.endpoint = '/websocket/logs';
    await waitUntil(() => sockets.length === 1);
    expect(sockets[0]?.url).to.contain('tok-secret');
    sockets[0]?.end();
    await drawn(element);
    const shown = element.outerHTML + (element.shadowRoot?.innerHTML ?? '') + JSON.stringify(element.status) + told.join();
    expect(shown).to.not.contain('tok-secret');
  });
});
