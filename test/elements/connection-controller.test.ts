import { expect } from '@open-wc/testing';
import type { Notice } from '../../src/core/notice.js';
import { ConnectionController, type ConnectionControllerOptions } from '../../src/elements/connection-controller.js';
import { entryFrame, line } from '../helpers/log-lines.js';
import { manualClock, manualScheduler, type ManualClock } from '../helpers/manual-platform.js';
import { FakeSocket } from '../helpers/fake-socket.js';

interface Made {
  readonly controller: ConnectionController;
  readonly sockets: FakeSocket[];
  /** The subprotocols of each. */
  readonly offered: (readonly string[])[];
  readonly clock: ManualClock;
  /** The newest socket; a try to connect makes one in the next microtask. */
  socket(): Promise<FakeSocket>;
  notices(): Notice[];
}

function make(options: ConnectionControllerOptions = {}): Made {
  const sockets: FakeSocket[] = [], offered: (readonly string[])[] = [], clock = manualClock();
  const controller = new ConnectionController({
    endpoint: '/websocket/logs', clock, scheduler: manualScheduler(), probe: () => Promise.resolve({ kind: 'silent' }),
    createSocket: (url, protocols = []) => {
      const socket = new FakeSocket(url);
      offered.push(protocols);
      sockets.push(socket);
      return socket;
    },
    ...options,
  });
  return {
    controller, sockets, offered, clock,
    async socket() {
      await new Promise((resolve) => setTimeout(resolve));
      return sockets.at(-1) as FakeSocket;
    },
    notices() {
      controller.store.flush();
      const { store } = controller;
      return Array.from({ length: store.snapshot.length }, (_, index) => store.rowAt(index)).flatMap((row) => (row?.kind === 'notice' ? [row.notice] : []));
    },
  };
}

describe('ConnectionController', () => {
  it('connects to the endpoint, resolved against the document, and fills the store', async () => {
    const { controller, socket } = make();
    controller.connect();
    const first = await socket();
    expect(first.url).to.equal(`${location.origin.replace(/^http/, 'ws')}/websocket/logs`);
    first.accept();
    expect(controller.status).to.deep.equal({ state: 'live', level: 'info', floor: null, numbered: false, silentSince: null, othersAway: null });
    first.say(entryFrame(line(1)));
    controller.store.flush();
    expect(controller.store.snapshot.received).to.equal(1);
    controller.disconnect();
  });

  it('says in the list from when to when there was no connection', async () => {
    const { controller, socket, clock, notices } = make();
    controller.connect();
    (await socket()).accept();
    const from = clock.now();
    (await socket()).end();
    clock.advance(3000);
    (await socket()).accept();
    expect(notices()).to.deep.equal([{ name: 'disconnected', from, to: clock.now() }]);
    controller.disconnect();
  });

  it('asks for another level on the open socket, and says so in the list', async () => {
    const { controller, socket, notices } = make();
    controller.connect();
    const first = await socket();
    first.accept();
    controller.level = 'debug';
    expect(JSON.parse(first.sent.at(-1) ?? '')).to.include({ type: 'subscribe', log_level: 'debug' });
    expect(notices()).to.deep.equal([{ name: 'level', level: 'debug' }]);
    controller.disconnect();
  });

  it('leaves no socket and no timer once disconnected, and connects again', async () => {
    const { controller, socket, sockets, clock } = make();
    controller.connect();
    (await socket()).accept();
    controller.disconnect();
    expect(sockets.every(({ isClosed }) => isClosed)).to.equal(true);
    expect(clock.pending).to.equal(0);
    window.dispatchEvent(new Event('online'));
    await socket();
    expect(sockets).to.have.length(1);
    controller.connect();
    await socket();
    expect(sockets).to.have.length(2);
    controller.disconnect();
  });

  it('tries at once when the page comes online, instead of waiting', async () => {
    const { controller, socket, sockets } = make();
    controller.connect();
    (await socket()).end();
    expect(controller.status.state).to.equal('reconnecting');
    window.dispatchEvent(new Event('online'));
    await socket();
    expect(sockets).to.have.length(2);
    controller.disconnect();
  });

  it('connects anew where the endpoint or the token changes, and not where it does not', async () => {
    const { controller, socket, sockets } = make();
    controller.connect();
    (await socket()).accept();
    controller.endpoint = '/other/logs';
    expect((await socket()).url).to.match(/\/other\/logs$/);
    expect(sockets[0]?.isClosed).to.equal(true);
    controller.accessToken = 'secret';
    expect((await socket()).url).to.match(/\/other\/logs\?access_token=secret$/);
    controller.endpoint = '/other/logs';
    await socket();
    expect(sockets).to.have.length(3);
    controller.disconnect();
  });

  it('says what is wrong with an endpoint that is none, and connects once it is mended', async () => {
    const { controller, socket, sockets } = make({ endpoint: 'ftp://example.com/?access_token=secret' });
    controller.connect();
    const { status } = controller;
    expect(status).to.deep.include({ state: 'closed' });
    expect(status.state === 'closed' && status.cause?.code).to.equal('invalid-endpoint');
    expect(JSON.stringify(status)).to.not.contain('secret');
    expect(sockets).to.have.length(0);
    controller.endpoint = '/websocket/logs';
    await socket();
    expect(sockets).to.have.length(1);
    controller.disconnect();
  });

  it('takes a token out of the endpoint, and prefers the one that was set', async () => {
    const { controller, socket } = make({ endpoint: '/websocket/logs?access_token=from-url&x=1' });
    controller.connect();
    expect((await socket()).url).to.match(/\?x=1&access_token=from-url$/);
    controller.accessToken = () => Promise.resolve('given');
    expect((await socket()).url).to.match(/\?x=1&access_token=given$/);
    expect(JSON.stringify(controller.status)).to.not.contain('given');
    controller.disconnect();
  });

  it('goes on where it stood after a loss, and begins at now on another endpoint', async () => {
    const { controller, socket, notices, clock } = make();
    controller.connect();
    const ext = { v: 1, floor: 'trace', hub: 'h', streams: new Map([['api', { epoch: 'e', seq: 4, levels: new Map([[30, 4]]) }]]) } as const;
    (await socket()).accept('info', ext);
    (await socket()).say('{"type":"logs","data":{"level":30},"uid":"api","epoch":"e","seq":5,"lseq":5}');
    (await socket()).end();
    clock.advance(2000);
    const second = await socket();
    second.accept('info', ext);
    expect(second.sent[0]).to.contain('"resume":{"api":{"epoch":"e","seq":5}}');
    expect(notices()).to.deep.equal([]);
    controller.endpoint = '/other/logs';
    const third = await socket();
    third.accept('info', ext);
    expect(third.sent[0]).to.not.contain('resume');
    controller.disconnect();
  });

  it('says an outage that a new token ended, where the server cannot count it', async () => {
    const { controller, socket, notices, clock } = make();
    controller.connect();
    (await socket()).accept();
    const from = clock.now();
    controller.accessToken = 'new';
    clock.advance(20);
    (await socket()).accept();
    expect(notices()).to.deep.equal([{ name: 'disconnected', from, to: from + 20 }]);
    controller.disconnect();
  });

  it('closes when the page is put away, and comes back with it', async () => {
    const { controller, socket, sockets } = make();
    controller.connect();
    (await socket()).accept();
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(sockets[0]?.isClosed).to.equal(true);
    expect(controller.status).to.deep.equal({ state: 'closed', cause: null });
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    (await socket()).accept();
    expect([sockets.length, controller.status.state]).to.deep.equal([2, 'live']);
    controller.disconnect();
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await socket();
    expect(sockets).to.have.length(2);
  });

  it('offers the token as a subprotocol where it is told to, and connects anew when that changes', async () => {
    const made = make({ accessToken: 'a/b' });
    made.controller.connect();
    expect((await made.socket()).url).to.match(/\?access_token=a%2Fb$/);
    made.controller.tokenIn = 'subprotocol';
    expect((await made.socket()).url).to.match(/\/websocket\/logs$/);
    expect(made.offered).to.deep.equal([[], ['system-logs', 'bearer.system-logs.YS9i']]);
    made.controller.disconnect();
  });
});
