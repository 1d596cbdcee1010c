// A viewer as it is in a page, but in Node: the real connection and the real store on real time, over ws.
import { WebSocket } from 'ws';
import { Connection } from '../../src/core/connection.js';
import type { Gap } from '../../src/core/gap.js';
import { LogStore } from '../../src/core/log-store.js';
import { systemClock } from '../../src/server/system-clock.js';
import type { Afterwards } from './afterwards.js';

const FRAME_MS = 16;

export class RunningViewer {
  readonly store: LogStore;
  /** Everything that was found missing, in order. */
  readonly gaps: Gap[] = [];
  /** The messages of the entries that stand outside all streams: what the server itself has to say. */
  readonly said: string[] = [];
  unreadable = 0;
  readonly #waiting = new Set<() => void>();

  constructor(test: Afterwards, url: string) {
    this.store = new LogStore({
      clock: systemClock, maxEntries: 5_000,
      scheduler: {
        hidden: () => false,
        frame: (callback) => {
          const timer = setTimeout(callback, FRAME_MS);
          return () => clearTimeout(timer);
        },
      },
    });
    this.store.subscribe(({ gaps }) => {
      this.gaps.push(...gaps);
      for (const look of [...this.#waiting]) look();
    });
    const connection = new Connection({
      url, level: 'trace', clock: systemClock, accessToken: null,
      createSocket: (address) => new WebSocket(address, { perMessageDeflate: false }),
      probe: () => Promise.resolve({ kind: 'silent' }),
      resume: () => this.store.positions(),
      onEntries: (frame) => {
        if (frame.includes('"msg":"[log stream]')) this.said.push(frame);
        this.store.receive(frame);
      },
      onNews: (frame) => this.store.receive(frame),
      onOutage: (from, to) => this.store.notify({ name: 'disconnected', from, to }),
      onUnreadable: () => this.unreadable++,
      onStatus: () => undefined,
    });
    connection.connect();
    test.after(() => connection.disconnect());
  }

  /** Resolves once `holds`, looked at again at each publish. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** What is accounted for of an instance, by level: where it stands, and how many were shown and are missing since the view began. */
  accountOf(instance: string): Map<number, { readonly base: number; readonly last: number; readonly shown: number; readonly missing: number }> {
    const levels = this.store.accounting.streams.filter((stream) => stream.instance === instance).flatMap((stream) => stream.levels);
    return new Map(levels.map(({ level, base, last, shown, missing }) => [level, { base: base ?? 0, last: last ?? 0, shown, missing }]));
  }
}
