// A whole viewer on the test's page, at the other end of whose socket stands the test, and the states that a person can find it in: each is a name
// and what brings it about. It judges nothing.
import { fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { encodeGap } from '../../src/core/protocol.js';
import type { LogDetail, LogFilters, LogList, SystemLogs } from '../../src/elements/index.js';
import '../../src/elements/index.js';
import type { FakeSocket } from './fake-socket.js';
import { replacePageSockets } from './page-sockets.js';
import { entryFrame, line } from './log-lines.js';

export interface ViewerStage {
  readonly viewer: SystemLogs;
  readonly socket: FakeSocket;
  readonly list: LogList;
  readonly grid: HTMLElement;
  readonly detail: LogDetail;
  readonly filters: LogFilters;
  /** Draws what was received. */
  draw(): Promise<void>;
  /** Entries numbered from `from`, all of one level. */
  receive(from: number, count: number, level?: number): Promise<void>;
  /** Opens the entry whose JSON has these words. */
  open(words: string): Promise<void>;
}

export interface StageOptions {
  readonly width?: number;
  readonly height?: number;
}

/** What the shop says: every level, a request of each class, an error with causes, hostile and right-to-left text, and holes. */
const ENTRIES: readonly Record<string, unknown>[] = [
  ...[10, 20, 30, 40, 50, 60, 35].map((level, n) => line(n, level)),
  line(10, 30, { msg: 'request completed', req: { method: 'GET', url: '/items?limit=5' }, res: { statusCode: 200 }, responseTime: 12 }),
  line(11, 30, { req: { method: 'POST', url: '/orders' }, res: { statusCode: 302 }, responseTime: 1240 }),
  line(12, 40, { req: { method: 'GET', url: '/nowhere' }, res: { statusCode: 404 }, responseTime: 3 }),
  line(13, 50, { msg: 'order failed', req: { id: 7, method: 'POST', url: '/orders?gateway=live', headers: { host: 'shop', accept: '*/*' } }, res: { statusCode: 502 }, responseTime: 90,
    err: { type: 'PaymentError', message: 'the gateway did not answer', stack: 'PaymentError: the gateway did not answer\n    at pay (/app/pay.js:3:9)\n    at node:internal/x:1:2',
      cause: { type: 'Error', message: 'connect ECONNREFUSED', stack: 'Error: connect ECONNREFUSED\n    at TCP (node:net:1:1)' } } }),
  line(14, 30, { msg: 'שלום entry with words \u202Eof other scripts' }),
];

export async function viewerStage({ width = 1200, height = 640 }: StageOptions = {}): Promise<ViewerStage> {
  const sockets: FakeSocket[] = [], restore = replacePageSockets(sockets);
  try {
    const box = document.createElement('div');
    box.style.cssText = `inline-size: ${width}px; block-size: ${height}px; --log-duration: 0ms`;
    const viewer = await fixture<SystemLogs>(html`<system-logs endpoint="/websocket/logs" level="debug"></system-logs>`, { parentNode: box });
    await waitUntil(() => sockets.length > 0);
    return stageOf(viewer, sockets[0] as FakeSocket);
  } finally {
    restore();
  }
}

function stageOf(viewer: SystemLogs, socket: FakeSocket): ViewerStage {
  const part = <T extends Element>(tag: string): T => viewer.renderRoot.querySelector(tag) as T;
  const list = part<LogList>('log-list');
  const stage: ViewerStage = {
    viewer, socket, list, grid: list.renderRoot.querySelector('[role=grid]') as HTMLElement, detail: part('log-detail'), filters: part('log-filters'),
    async draw() {
      viewer.store.flush();
      await settled(viewer);
    },
    async receive(from, count, level = 30) {
      for (let n = from; n < from + count; n++) socket.say(entryFrame(line(n, level)));
      await stage.draw();
    },
    async open(words) {
      const { store } = viewer;
      for (let index = store.snapshot.length - 1; index >= 0; index--) {
        const row = store.rowAt(index);
        if (row?.kind === 'entry' && row.text.includes(words)) viewer.select(row.id);
      }
      await settled(viewer);
    },
  };
  return stage;
}

/** Everything that an update of a part draws in its own parts. */
export async function settled(viewer: SystemLogs): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await viewer.updateComplete;
    await nextFrame();
  }
}

async function filled(stage: ViewerStage): Promise<void> {
  stage.socket.accept('debug');
  for (const entry of ENTRIES) stage.socket.say(entryFrame(entry));
  stage.socket.say(encodeGap({ instance: 'api-1', epoch: 'e', from: 5, to: 7, cause: 'slow', levels: new Map([[30, 2], [50, 1]]) }));
  await stage.receive(100, 30);
}

const press = async (stage: ViewerStage, selector: string, host: Element): Promise<void> => {
  (host.shadowRoot?.querySelector(selector) as HTMLElement).click();
  await settled(stage.viewer);
};

/** Each brings a fresh stage to a state that a person can find. */
export const STATES: Readonly<Record<string, (stage: ViewerStage) => Promise<void>>> = {
  'empty, waiting': async (stage) => {
    stage.socket.accept('debug');
    await stage.draw();
  },
  'empty, and the server does not answer': async ({ socket, viewer }) => {
    socket.end(1006);
    await waitUntil(() => viewer.status.state === 'reconnecting');
    await settled(viewer);
  },
  'following, with gap rows': filled,
  'an entry open as a tree': async (stage) => {
    await filled(stage);
    await stage.open('order failed');
  },
  'an entry open as received': async (stage) => {
    await filled(stage);
    await stage.open('order failed');
    await press(stage, '#tab-raw', stage.detail);
  },
  'a request open': async (stage) => {
    await filled(stage);
    await stage.open('order failed');
    await press(stage, '#tab-request', stage.detail);
  },
  'an error open': async (stage) => {
    await filled(stage);
    await stage.open('order failed');
    await press(stage, '#tab-error', stage.detail);
  },
  'away from the end, with news': async (stage) => {
    await filled(stage);
    stage.viewer.store.follow(false);
    await stage.draw();
    stage.list.renderRoot.querySelector('.scroll')?.scrollTo(0, 40);
    await settled(stage.viewer);
    await stage.receive(200, 4, 50);
  },
  paused: async (stage) => {
    await filled(stage);
    stage.viewer.pause();
    await stage.receive(200, 4);
  },
  'disconnected, with rows': async (stage) => {
    await filled(stage);
    stage.socket.end(1006);
    await waitUntil(() => stage.viewer.status.state === 'reconnecting');
    await stage.draw();
  },
  'filtered, with hits': async (stage) => {
    await filled(stage);
    stage.viewer.search = 'entry';
    stage.viewer.store.setFilter({ search: 'entry', hiddenLevels: ['info'] });
    await stage.draw();
  },
  'filtered, and nothing matches': async (stage) => {
    await filled(stage);
    stage.viewer.store.setFilter({ search: 'nobody said this' });
    await stage.draw();
  },
  'the menu of instances open': async (stage) => {
    await filled(stage);
    await press(stage, '.instances', stage.filters.renderRoot.querySelector('log-instance-filter') as Element);
  },
  'the keys shown': async (stage) => {
    await filled(stage);
    stage.grid.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true, composed: true }));
    await settled(stage.viewer);
  },
};
