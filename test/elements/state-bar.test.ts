import { expect, fixture, html } from '@open-wc/testing';
import { formatClock } from '../../src/core/format.js';
import { encodeBus } from '../../src/core/protocol.js';
import type { LogFollowChangeEvent } from '../../src/elements/events.js';
import type { LogStateBar } from '../../src/elements/state-bar.js';
import '../../src/elements/state-bar.js';
import { entryFrame, line } from '../helpers/log-lines.js';
import { manualConnection, type ManualConnection } from '../helpers/manual-connection.js';
import { buttonOf, eventsOf, expectAccessible, fold, press, textOf } from '../helpers/shadow.js';

async function live(): Promise<{ connection: ManualConnection; bar: LogStateBar }> {
  const connection = manualConnection();
  connection.controller.connect();
  await connection.accept('info');
  receive(connection, 5);
  const bar = await fixture<LogStateBar>(html`<log-state-bar .controller=${connection.controller} .clock=${connection.clock}></log-state-bar>`);
  return { connection, bar };
}

function receive({ controller }: ManualConnection, count: number, level = 30): void {
  for (let n = 0; n < count; n++) controller.store.receive(entryFrame(line(n, level)));
  controller.store.flush();
}

describe('log-state-bar', () => {
  it('passes the accessibility audit in both colour schemes, with both bars', async () => {
    const { connection, bar } = await live();
    connection.controller.store.pause();
    await connection.fail();
    await bar.updateComplete;
    expect(bar.renderRoot.querySelectorAll('.bar').length).to.equal(2);
    await expectAccessible(bar);
  });

  it('says that other instances are not visible, since when and why, for as long as it lasts, also where there are no rows', async () => {
    const { connection, bar } = await live(), since = connection.clock.now() - 3000;
    connection.say(encodeBus({ since, reason: 'Redis does not answer' }, since));
    await bar.updateComplete;
    expect(textOf(bar)).to.equal(`Other instances not visible since ${formatClock(since)}: \u2068Redis does not answer\u2069`);
    await expectAccessible(bar);
    connection.controller.store.clear();
    await bar.updateComplete;
    expect(textOf(bar)).to.contain('Other instances not visible');
    connection.say(encodeBus(null, connection.clock.now()));
    await bar.updateComplete;
    expect(textOf(bar)).to.equal('');
  });

  it('draws nothing while all is well', async () => {
    const { bar } = await live();
    expect(textOf(bar)).to.equal('');
    expect(bar.getBoundingClientRect().height).to.equal(0);
  });

  it('says when the list was paused and what arrived since, counted each second', async () => {
    const { connection, bar } = await live();
    const { store } = connection.controller, time = formatClock(connection.clock.now());
    store.pause();
    await bar.updateComplete;
    expect(textOf(bar)).to.contain(`Paused at ${time}. Still receiving: nothing new yet.`);
    connection.clock.advance(1000);
    receive(connection, 1476);
    receive(connection, 6, 50);
    await bar.updateComplete;
    connection.clock.advance(1000);
    await bar.updateComplete;
    expect(fold(bar.renderRoot.querySelector('p')?.textContent ?? '')).to.equal(`Paused at ${time}. Still receiving: 1,482 new entries, 6 errors.`);
    expect(fold(buttonOf(bar, 'Jump').textContent)).to.equal('Jump to latest (1,482)');
  });

  it('counts nothing any more, at once, when the list is cleared within the pause', async () => {
    const { connection, bar } = await live(), { store } = connection.controller;
    store.pause();
    receive(connection, 8);
    connection.clock.advance(1000);
    await bar.updateComplete;
    expect(textOf(bar)).to.contain('8 new entries');
    store.clear();
    await bar.updateComplete;
    expect(textOf(bar)).to.contain('nothing new yet');
  });

  it('says the time of the pause in UTC where the list is in UTC', async () => {
    const { connection, bar } = await live();
    bar.setAttribute('time-zone', 'utc');
    connection.controller.store.pause();
    await bar.updateComplete;
    expect(textOf(bar)).to.contain('Paused at 03:04:05.');
  });

  it('goes on from here, or to the end, and gives the focus to the list', async () => {
    const { connection, bar } = await live();
    const { store } = connection.controller;
    const follows = eventsOf<LogFollowChangeEvent>(bar, 'log-follow-change'), leaves = eventsOf(bar, 'log-leave');
    store.pause();
    receive(connection, 3);
    await bar.updateComplete;
    await press(bar, 'Continue from here');
    expect(store.snapshot.paused).to.equal(null);
    expect(store.snapshot.following).to.equal(false);
    expect(store.snapshot.unseen.entries).to.equal(3);
    store.pause();
    await bar.updateComplete;
    await press(bar, 'Jump to latest');
    expect(store.snapshot.following).to.equal(true);
    expect(follows.map(({ following }) => following)).to.deep.equal([false, true]);
    expect(leaves.length).to.equal(2);
    expect(textOf(bar)).to.equal('');
  });

  it('does not claim to be receiving while there is no connection', async () => {
    const { connection, bar } = await live();
    connection.controller.store.pause();
    await connection.fail();
    await bar.updateComplete;
    expect(textOf(bar)).to.contain('Since then: nothing new yet.').and.not.to.contain('Still receiving');
  });

  it('says why the connection is gone while rows stay, through every try, until it is back', async () => {
    const { connection, bar } = await live();
    await connection.fail();
    await bar.updateComplete;
    expect(textOf(bar)).to.match(/^The connection broke off\. .+ Next try in 1 s.*\. Try now$/);
    await press(bar, 'Try now');
    expect(connection.tries).to.equal(2);
    expect(textOf(bar)).to.match(/^The connection broke off\. .+ Trying now\. Try now$/);
    expect(buttonOf(bar, 'Try now').getAttribute('aria-disabled')).to.equal('true');
    await connection.accept('info');
    await bar.updateComplete;
    expect(textOf(bar)).to.equal('');
  });

  it('leaves trouble to the panel while there has never been an entry', async () => {
    const connection = manualConnection();
    const bar = await fixture<LogStateBar>(html`<log-state-bar .controller=${connection.controller} .clock=${connection.clock}></log-state-bar>`);
    connection.controller.connect();
    await connection.fail();
    await bar.updateComplete;
    expect(textOf(bar)).to.equal('');
  });

  it('offers no try where none can help', async () => {
    const { connection, bar } = await live();
    connection.controller.endpoint = 'ftp://logs.example.com';
    await bar.updateComplete;
    expect(textOf(bar)).to.contain('ftp:');
    expect(bar.renderRoot.querySelector('button')).to.equal(null);
  });
});
