import { expect, fixture, html } from '@open-wc/testing';
import { LogStore } from '../../src/core/log-store.js';
import { encodeBus, encodeStream } from '../../src/core/protocol.js';
import type { LogToolbar } from '../../src/elements/log-toolbar.js';
import '../../src/elements/log-toolbar.js';
import { entryFrame, frames, line } from '../helpers/log-lines.js';
import { manualConnection, type ManualConnection } from '../helpers/manual-connection.js';
import { manualClock, manualScheduler } from '../helpers/manual-platform.js';
import { buttonsOf, eventsOf, expectAccessible, fold, press } from '../helpers/shadow.js';

async function toolbar(options: Parameters<typeof manualConnection>[0] = {}): Promise<{ connection: ManualConnection; bar: LogToolbar }> {
  const connection = manualConnection(options);
  const bar = await fixture<LogToolbar>(html`<log-toolbar .controller=${connection.controller} .clock=${connection.clock}></log-toolbar>`);
  return { connection, bar };
}

/** What is said of the connection, and the sign beside it. */
async function truth(bar: LogToolbar): Promise<string> {
  await bar.updateComplete;
  const dot = bar.renderRoot.querySelector('.dot');
  return `${dot === null ? '' : `(${dot.className.slice(4)}) `}${fold(bar.renderRoot.querySelector('.truth')?.textContent ?? '')}`;
}

function receive({ controller }: ManualConnection, count: number, instance = 'api-1'): void {
  for (let n = 0; n < count; n++) controller.store.receive(entryFrame(line(n), instance));
  controller.store.flush();
}

describe('log-toolbar', () => {
  it('passes the accessibility audit in both colour schemes', async () => {
    const { connection, bar } = await toolbar();
    connection.controller.connect();
    await connection.accept('info');
    receive(connection, 3);
    await expectAccessible(bar);
    connection.controller.store.pause();
    await bar.updateComplete;
    await expectAccessible(bar);
    await connection.fail();
    await bar.updateComplete;
    await expectAccessible(bar);
  });

  it('says that a server has gone silent, and since when there was no entry', async () => {
    const { connection, bar } = await toolbar();
    connection.controller.connect();
    await connection.accept('info');
    connection.say(entryFrame(line(1)));
    connection.draw();
    connection.clock.advance(15_000);
    expect(await truth(bar)).to.equal('(wait) Server silent · last entry 15 s ago');
    connection.say(entryFrame(line(2)));
    connection.draw();
    expect(await truth(bar)).to.match(/^\(live\) Live/);
    connection.controller.disconnect();
  });

  it('is not all green while the server does not reach the other instances: what it shows is of one', async () => {
    const { connection, bar } = await toolbar();
    connection.controller.connect();
    await connection.accept('info', 'info');
    receive(connection, 2);
    expect(await truth(bar)).to.equal('(live) Live 1 instance');
    connection.say(encodeBus({ since: 1, reason: 'Redis does not answer' }, 1));
    expect(await truth(bar)).to.equal('(wait) Live · this instance only');
    connection.clock.advance(1000);
    receive(connection, 3);
    expect(await truth(bar)).to.match(/^\(wait\) Live · this instance only( · \d+\/s)?$/);
    connection.controller.store.pause();
    expect(await truth(bar)).to.match(/^\(paused\) Paused/);
    connection.controller.store.resume('here');
    connection.say(encodeBus(null, 2));
    expect(await truth(bar)).to.match(/^\(live\) Live 1 instance/);
    connection.controller.disconnect();
  });

  it('says each state of a connection in words', async () => {
    const { connection, bar } = await toolbar({ answer: { kind: 'readable', status: 502, body: null } });
    expect(await truth(bar)).to.equal('(off) Not connected');
    connection.controller.connect();
    expect(await truth(bar)).to.equal('(wait) Connecting');
    await connection.accept('info');
    expect(await truth(bar)).to.equal('(live) Live');
    await connection.fail();
    expect(await truth(bar)).to.equal('(wait) Reconnecting · next try in 1 s');
    connection.controller.retryNow();
    await connection.fail();
    connection.controller.retryNow();
    const { status } = connection.controller;
    expect(status.state === 'connecting' && status.attempt).to.be.greaterThan(1);
    expect(await truth(bar)).to.match(/^\(wait\) Connecting · (2nd|3rd) try$/);
    connection.controller.disconnect();
    expect(await truth(bar)).to.equal('(off) Not connected');
  });

  it('says why a connection was given up, and that there is no endpoint', async () => {
    const { connection, bar } = await toolbar({ endpoint: 'ftp://logs.example.com/' });
    connection.controller.connect();
    expect(await truth(bar)).to.match(/^\(off\) Not connected · \w.+/);
    const { bar: other, connection: none } = await toolbar();
    none.controller.endpoint = null;
    other.requestUpdate();
    expect(await truth(other)).to.equal('(off) Not connected · no endpoint is set');
  });

  it('counts down to the next try each second, and then stops counting', async () => {
    const { connection, bar } = await toolbar();
    connection.controller.connect();
    // the windows grow with the tries: 8 of them make one of 8 s
    for (let attempt = 1; attempt <= 9; attempt++) {
      await connection.fail();
      if (attempt < 9) connection.controller.retryNow();
    }
    const { status } = connection.controller;
    if (status.state !== 'reconnecting') throw new Error(`it is ${status.state}`);
    const seconds: number[] = [];
    while (connection.controller.status.state === 'reconnecting') {
      const [, left] = /next try in (\d+) s/.exec(await truth(bar)) ?? [];
      expect(Number(left)).to.equal(Math.max(1, Math.ceil((status.retryAt - connection.clock.now()) / 1000)));
      seconds.push(Number(left));
      connection.clock.advance(1000);
    }
    expect(seconds.at(-1)).to.equal(1);
  });

  it('measures entries a second from what was received', async () => {
    const { connection, bar } = await toolbar();
    connection.controller.connect();
    await connection.accept('info');
    await bar.updateComplete;
    receive(connection, 200, 'api-1');
    receive(connection, 211, 'api-2');
    receive(connection, 1, 'jobs-1');
    expect(await truth(bar)).to.equal('(live) Live 3 instances');
    connection.clock.advance(1000);
    expect(await truth(bar)).to.equal('(live) Live 3 instances · 412/s');
    receive(connection, 1500, 'api-1');
    connection.clock.advance(1000);
    expect(await truth(bar)).to.equal('(live) Live 3 instances · 1,500/s');
    connection.clock.advance(1000);
    expect(await truth(bar)).to.equal('(live) Live 3 instances · 0/s');
  });

  it('counts instances that send apart from those that have ended', async () => {
    const { connection, bar } = await toolbar();
    connection.controller.connect();
    await connection.accept('info');
    for (const name of ['api-1', 'api-2', 'jobs-1']) receive(connection, 1, name);
    expect(await truth(bar)).to.equal('(live) Live 3 instances');
    const at = { epoch: 'e', seq: 1, levels: new Map([[30, 1]]) };
    connection.say(encodeStream('api-2', at, 'end', 7));
    connection.draw();
    expect(await truth(bar)).to.equal('(live) Live 2 instances · 1 not sending');
    connection.say(encodeStream('api-1', at, 'quiet', 7));
    connection.say(encodeStream('jobs-1', at, 'end', 7));
    connection.draw();
    expect(await truth(bar)).to.equal('(live) Live 3 not sending');
    connection.say(encodeStream('api-1', at, 'live', 9));
    connection.draw();
    expect(await truth(bar)).to.equal('(live) Live 1 instance · 2 not sending');
  });

  it('has a timer only while something moves by time alone, and none once it is removed', async () => {
    const { connection, bar } = await toolbar();
    expect(connection.clock.pending).to.equal(0);
    connection.controller.connect();
    await connection.accept('info');
    await bar.updateComplete;
    const silence = 1; // the connection's own watch
    expect(connection.clock.pending).to.equal(silence + 1);
    bar.remove();
    expect(connection.clock.pending).to.equal(silence);
  });

  it('pauses and resumes where the reader is', async () => {
    const { connection, bar } = await toolbar();
    const { store } = connection.controller;
    connection.controller.connect();
    await connection.accept('info');
    receive(connection, 5);
    await press(bar, 'Pause');
    expect(store.snapshot.paused).not.to.equal(null);
    receive(connection, 1482);
    connection.clock.advance(1000);
    expect(await truth(bar)).to.equal('(paused) Paused · still receiving');
    await press(bar, 'Resume');
    expect(store.snapshot.paused).to.equal(null);
    expect(store.snapshot.following).to.equal(false);
    expect(await truth(bar)).to.contain('Live');
  });

  it('does not claim to be receiving while it is paused and not connected', async () => {
    const { connection, bar } = await toolbar();
    connection.controller.connect();
    await connection.accept('info');
    await press(bar, 'Pause');
    await connection.fail();
    expect(await truth(bar)).to.contain('Reconnecting');
  });

  it('clears the list here', async () => {
    const { connection, bar } = await toolbar();
    receive(connection, 5);
    await press(bar, 'Clear');
    expect(connection.controller.store.snapshot.retained).to.equal(0);
    expect(connection.controller.store.snapshot.cleared).to.equal(5);
  });

  it('follows again when it clears a list in which a person reads further up, and tells the page', async () => {
    const { connection, bar } = await toolbar(), { store } = connection.controller, told: boolean[] = [];
    bar.addEventListener('log-follow-change', ({ following }) => told.push(following));
    receive(connection, 5);
    await press(bar, 'Clear');
    expect(told, 'it followed').to.deep.equal([]);
    receive(connection, 5);
    store.follow(false);
    await press(bar, 'Clear');
    expect([store.snapshot.following, store.snapshot.retained, told]).to.deep.equal([true, 0, [true]]);
  });

  it('holds still what it clears in a pause', async () => {
    const { connection, bar } = await toolbar(), { store } = connection.controller, told = eventsOf(bar, 'log-follow-change');
    receive(connection, 5);
    store.follow(false);
    store.pause();
    await press(bar, 'Clear');
    expect([store.snapshot.following, store.snapshot.paused !== null, told.length]).to.deep.equal([false, true, 0]);
  });

  it('asks the shell for the keys, within the tree it stands in', async () => {
    const { bar } = await toolbar(), asked = eventsOf(bar, 'log-help');
    await press(bar, '?');
    expect(asked.map(({ bubbles, composed }) => ({ bubbles, composed }))).to.deep.equal([{ bubbles: true, composed: false }]);
  });

  it('speaks of no connection where the page fills the store itself', async () => {
    const clock = manualClock(), store = new LogStore({ clock, scheduler: manualScheduler() });
    const bar = await fixture<LogToolbar>(html`<log-toolbar .store=${store} .clock=${clock}></log-toolbar>`);
    for (const frame of frames(0, 10)) store.receive(frame);
    store.flush();
    clock.advance(1000);
    expect(await truth(bar)).to.equal('1 instance · 10/s');
  });

  it('keeps the names of its buttons where there is room for icons only', async () => {
    const box = document.createElement('div');
    box.style.width = '400px';
    const bar = await fixture<LogToolbar>(html`<log-toolbar></log-toolbar>`, { parentNode: box });
    const words = bar.renderRoot.querySelector('.word')?.getBoundingClientRect();
    expect(words?.width).to.equal(1);
    expect(buttonsOf(bar).map((button) => fold(button.textContent))).to.deep.equal(['Pause', 'Clear', '? Keyboard help']);
    await expectAccessible(bar);
  });
});
