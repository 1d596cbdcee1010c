import { expect, fixture, html } from '@open-wc/testing';
import { LogStore } from '../../src/core/log-store.js';
import type { LogFilterChangeEvent } from '../../src/elements/events.js';
import type { LogStatePanel } from '../../src/elements/state-panel.js';
import '../../src/elements/state-panel.js';
import { entryFrame, line } from '../helpers/log-lines.js';
import { manualConnection, type ManualConnection } from '../helpers/manual-connection.js';
import { manualClock, manualScheduler } from '../helpers/manual-platform.js';
import { until } from '../helpers/page.js';
import { buttonOf, buttonsOf, eventsOf, expectAccessible, expectFocus, fold, press, textOf } from '../helpers/shadow.js';

async function panel(options: Parameters<typeof manualConnection>[0] = {}): Promise<{ connection: ManualConnection; element: LogStatePanel }> {
  const connection = manualConnection(options);
  const element = await fixture<LogStatePanel>(html`<log-state-panel .controller=${connection.controller} .clock=${connection.clock}></log-state-panel>`);
  return { connection, element };
}

function receive({ controller }: ManualConnection, count: number, level = 30, instance = 'api-1'): void {
  for (let n = 0; n < count; n++) controller.store.receive(entryFrame(line(n, level), instance));
  controller.store.flush();
}

const heading = (element: LogStatePanel): string => fold(element.renderRoot.querySelector('h3')?.textContent ?? '');

async function heads(element: LogStatePanel): Promise<string> {
  await element.updateComplete;
  return heading(element);
}

describe('log-state-panel', () => {
  it('passes the accessibility audit in both colour schemes, in each of its states', async () => {
    const { connection, element } = await panel({ answer: { kind: 'readable', status: 200, body: { data: { project: {}, websocket: false } } } });
    await expectAccessible(element);
    connection.controller.connect();
    await element.updateComplete;
    await expectAccessible(element);
    await connection.fail();
    expect(await heads(element)).to.equal('WebSockets are switched off on this server');
    await expectAccessible(element);
    connection.controller.retryNow();
    await connection.accept('info', 'warn');
    expect(await heads(element)).to.equal('Waiting for the first entry');
    await expectAccessible(element);
    connection.controller.store.setFilter({ hiddenLevels: ['info'], hiddenInstances: ['api-1'], search: 'timeout' });
    receive(connection, 3);
    expect(await heads(element)).to.equal('No entry matches');
    await expectAccessible(element);
  });

  it('says where to name the endpoint while there is none', async () => {
    const { connection, element } = await panel();
    connection.controller.endpoint = null;
    element.requestUpdate();
    expect(await heads(element)).to.equal('No endpoint is set');
    expect(textOf(element)).to.contain('endpoint="/websocket/logs"');
    expect(buttonsOf(element)).to.deep.equal([]);
  });

  it('offers to connect while nobody has asked', async () => {
    const { connection, element } = await panel();
    expect(heading(element)).to.equal('Not connected');
    await press(element, 'Connect');
    expect(connection.controller.status.state).to.equal('connecting');
    expect(await heads(element)).to.equal('Connecting');
    expect(textOf(element)).to.contain('Waiting for an answer of logs.example.com.');
    connection.controller.disconnect();
    expect(await heads(element)).to.equal('Not connected');
    expect(textOf(element)).to.contain('This page has closed the connection.');
    await press(element, 'Connect');
    expect(connection.tries).to.equal(2);
  });

  it('never shows a token of the endpoint', async () => {
    const { connection, element } = await panel({ endpoint: 'wss://user:secret@logs.example.com/websocket/logs?access_token=secret' });
    expect(textOf(element)).not.to.contain('secret');
    connection.controller.connect();
    expect(await heads(element)).to.equal('Connecting');
    expect(textOf(element)).to.contain('logs.example.com').and.not.to.contain('secret');
  });

  it('says at which level it waits and what to check, and what the server never sends', async () => {
    const { connection, element } = await panel();
    connection.controller.connect();
    await connection.accept('info', 'warn');
    expect(await heads(element)).to.equal('Waiting for the first entry');
    expect(textOf(element)).to.contain('Connected at level info. Entries appear here as they are written.');
    expect(textOf(element)).to.contain('This server sends nothing below warn.');
    expect([...element.renderRoot.querySelectorAll('li')].map((item) => fold(item.textContent))).to.deep.equal([
      'the application logs at info or above', 'its logger writes to this server', 'something happens there that is logged',
    ]);
  });

  it('draws nothing as soon as there is a row, and lets the pointer through', async () => {
    const { connection, element } = await panel();
    connection.controller.connect();
    await connection.accept('info');
    receive(connection, 1);
    expect(await heads(element)).to.equal('');
    expect(element.renderRoot.childElementCount).to.equal(0);
    expect(getComputedStyle(element).pointerEvents).to.equal('none');
    await connection.fail();
    expect(await heads(element)).to.equal('');
  });

  it('says why there is no connection, what to check, and when the next try is made, counting down', async () => {
    const { connection, element } = await panel({ answer: { kind: 'readable', status: 502, body: null } });
    connection.controller.connect();
    await connection.fail();
    expect(await heads(element)).to.equal('The server does not answer');
    expect(textOf(element)).to.contain('A proxy answered 502 for logs.example.com').and.to.contain('Next try in 1 s (2nd try).');
    expect(element.renderRoot.querySelectorAll('li').length).to.equal(1);
    for (let attempt = 2; attempt <= 8; attempt++) {
      await press(element, 'Try now');
      await connection.fail();
    }
    await element.updateComplete;
    const { status } = connection.controller;
    if (status.state !== 'reconnecting') throw new Error(`it is ${status.state}`);
    const left = (): number => Math.max(1, Math.ceil((status.retryAt - connection.clock.now()) / 1000));
    expect(textOf(element)).to.contain(`Next try in ${left()} s (9th try).`);
    while (status.retryAt - connection.clock.now() > 1000) {
      connection.clock.advance(1000);
      await element.updateComplete;
      expect(textOf(element)).to.contain(`Next try in ${left()} s (9th try).`);
    }
  });

  it('keeps the reason on the screen while a try is under way', async () => {
    const { connection, element } = await panel();
    connection.controller.connect();
    await connection.fail();
    const before = await heads(element);
    await press(element, 'Try now');
    expect(connection.controller.status.state).to.equal('connecting');
    expect(heading(element)).to.equal(before);
    expect(textOf(element)).to.contain('Trying now.');
    expectFocusable(element, 'Try now');
  });

  it('lets a person try where no try is made by itself any more', async () => {
    const answer = { kind: 'readable' as const, status: 401, body: { errors: [{ extensions: { code: 'INVALID_CREDENTIALS' } }] } };
    const { connection, element } = await panel({ accessToken: 'wrong', answer });
    connection.controller.connect();
    await connection.fail();
    expect(await heads(element)).to.equal('The server does not accept the token');
    expect(connection.controller.status.state).to.equal('closed');
    expect(textOf(element)).not.to.contain('Next try').and.not.to.contain('wrong-token');
    connection.clock.advance(60_000);
    expect(connection.tries).to.equal(1);
    await press(element, 'Try now');
    expect(connection.tries).to.equal(2);
    expect(heading(element)).to.equal('The server does not accept the token');
    expect(textOf(element)).to.contain('Trying now.');
    await connection.accept('info');
    expect(await heads(element)).to.equal('Waiting for the first entry');
  });

  it('copies the setting that mends it, and says so for 2 s', async () => {
    const { connection, element } = await panel({ answer: { kind: 'readable', status: 200, body: { data: { project: {}, websocket: false } } } });
    const copied: string[] = [];
    const original = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: (text: string) => Promise.resolve(copied.push(text)) } });
    try {
      connection.controller.connect();
      await connection.fail();
      await element.updateComplete;
      expect(element.renderRoot.querySelector('code')?.textContent).to.equal('WEBSOCKETS_ENABLED=true');
      await press(element, 'Copy the setting');
      const status = await until(() => element.renderRoot.querySelector('[role=status]'));
      await until(() => fold(status.textContent) === 'Copied');
      expect(copied).to.deep.equal(['WEBSOCKETS_ENABLED=true']);
      connection.clock.advance(2000);
      await element.updateComplete;
      expect(fold(element.renderRoot.querySelector('[role=status]')?.textContent ?? '')).to.equal('');
    } finally {
      if (original === undefined) Reflect.deleteProperty(navigator, 'clipboard');
      else Object.defineProperty(navigator, 'clipboard', original);
    }
  });

  it('says where the browser refuses to copy', async () => {
    const { connection, element } = await panel({ answer: { kind: 'readable', status: 200, body: { data: { project: {}, websocket: false } } } });
    const original = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
    document.execCommand = () => false; // the older way
    try {
      connection.controller.connect();
      await connection.fail();
      await element.updateComplete;
      await press(element, 'Copy the setting');
      await until(() => textOf(element).includes('The browser did not let this page copy'));
    } finally {
      Reflect.deleteProperty(document, 'execCommand');
      if (original === undefined) Reflect.deleteProperty(navigator, 'clipboard');
      else Object.defineProperty(navigator, 'clipboard', original);
    }
  });

  it('offers no try where none can help', async () => {
    const { connection, element } = await panel({ endpoint: 'ftp://logs.example.com' });
    connection.controller.connect();
    expect(await heads(element)).not.to.equal('');
    expect(buttonsOf(element)).to.deep.equal([]);
  });

  describe('where the filters hide every entry', () => {
    async function hidden(): Promise<{ connection: ManualConnection; element: LogStatePanel }> {
      const made = await panel();
      made.connection.controller.connect();
      await made.connection.accept('info');
      receive(made.connection, 10_000);
      receive(made.connection, 35, 40, 'api-2');
      made.connection.controller.store.setFilter({ hiddenLevels: ['info', 'warn'], hiddenInstances: ['api-2'], search: ' time\u202Eout ' });
      await made.element.updateComplete;
      return made;
    }

    it('it says how many and by what', async () => {
      const { element } = await hidden();
      expect(heading(element)).to.equal('No entry matches');
      expect(fold(element.renderRoot.querySelector('p')?.textContent ?? '')).to.equal(
        'All 10,035 entries are hidden by filters: info and warn are hidden, 1 instance is hidden and the search is for “time⟨U+202E⟩out”.');
    });

    it('each is taken away by its button; the focus stays on what is left, then goes to the list', async () => {
      const { connection, element } = await hidden();
      const changes = eventsOf<LogFilterChangeEvent>(element, 'log-filter-change'), leaves = eventsOf(element, 'log-leave');
      const { store } = connection.controller;
      buttonOf(element, 'Show all levels').focus();
      await press(element, 'Show all levels');
      expect(store.snapshot.filter.hiddenLevels).to.deep.equal([]);
      await until(() => element.shadowRoot?.activeElement !== null);
      expectFocus(element, buttonOf(element, 'Show all instances'));
      await press(element, 'Show all instances');
      expect(leaves).to.deep.equal([]);
      await press(element, 'Clear the search');
      expect(store.snapshot.hidden).to.equal(0);
      expect(heading(element)).to.equal('');
      await until(() => leaves.length === 1);
      expect(changes.map(({ filter }) => [filter.hiddenLevels.length, filter.hiddenInstances.length, filter.search.trim() === ''])).to.deep.equal([
        [0, 1, false], [0, 0, false], [0, 0, true],
      ]);
    });

    it('that comes first, also while the connection is gone', async () => {
      const { connection, element } = await hidden();
      await connection.fail();
      expect(await heads(element)).to.equal('No entry matches');
    });
  });

  it('says that entries wait where the list was paused before the first', async () => {
    const { connection, element } = await panel();
    connection.controller.connect();
    await connection.accept('info');
    connection.controller.store.pause();
    receive(connection, 12);
    expect(await heads(element)).to.equal('Paused before the first entry');
    expect(textOf(element)).to.contain('12 entries wait for you to go on.');
  });

  it('speaks of no connection where the page fills the store itself', async () => {
    const store = new LogStore({ clock: manualClock(), scheduler: manualScheduler() });
    const element = await fixture<LogStatePanel>(html`<log-state-panel .store=${store}></log-state-panel>`);
    expect(textOf(element)).to.equal('Waiting for the first entryEntries appear here as they are written.');
  });
});

function expectFocusable(element: LogStatePanel, words: string): void {
  buttonOf(element, words).focus();
  expectFocus(element, buttonOf(element, words));
}
