// A viewer as it is in a page, but in Node: the real connection and the real store on real time, over ws.
import { WebSocket } from 'ws';
import { Connection } from '../../src/core/connection.js';
import type { Gap } from '../../src/core/gap.js';
import { LogStore } from '../../src/core/log-store.js';
import type { Notice } from '../../src/core/notice.js';
import type { BusAway } from '../../src/core/protocol.js';
import { systemClock } from '../../src/server/system-clock.js';
import type { Afterwards } from './afterwards.js';

const FRAME_MS = 16;
/** No wait of a test is as long: a run that hangs shall say where. */
const GIVE_UP_MS = 90_000;

export class RunningViewer {
  readonly store: LogStore;
  /** Everything that was found missing, in order. */
  readonly gaps: Gap[] = [];
  /** What the viewer's own rows say, by their id, also of those that are not kept any more. */
  readonly #notices = new Map<number, Notice>();
  unreadable = 0;
  readonly #connection: Connection;
  readonly #waiting = new Set<() => void>();
  #nextId = 0;

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
      this.#readNotices();
      for (const look of [...this.#waiting]) look();
    });
    this.#connection = new Connection({
      url, level: 'trace', clock: systemClock, accessToken: null,
      createSocket: (address) => new WebSocket(address, { perMessageDeflate: false }),
      probe: () => Promise.resolve({ kind: 'silent' }),
      resume: () => this.store.positions(),
      onEntries: (frame) => this.store.receive(frame),
      onNews: (frame) => this.store.receive(frame),
      onOutage: (from, to) => this.store.notify({ name: 'disconnected', from, to }),
      onUnreadable: () => this.unreadable++,
      onStatus: () => undefined,
    });
    this.#connection.connect();
    test.after(() => this.#connection.disconnect());
  }

  /** What the viewer's own rows say, in order. */
  get notices(): readonly Notice[] {
    return [...this.#notices.values()];
  }

  /** What is said to have become of instances, in order: `api-3 silent`. */
  get changes(): string[] {
    return this.notices.flatMap((notice) => (notice.name === 'instances' ? notice.changes.map(({ instance, change }) => `${instance} ${change}`) : []));
  }

  /** Since when and why other instances are not visible; null while they are. */
  get othersAway(): BusAway | null {
    const { status } = this.#connection;
    return status.state === 'live' ? status.othersAway : null;
  }

  #readNotices(): void {
    // a row can go on to say more
    for (const id of this.#notices.keys()) this.#readNotice(id);
    const { length } = this.store.snapshot;
    for (let index = this.store.indexFrom(this.#nextId); index < length; index++) this.#readNotice(this.store.idAt(index));
    if (length > 0) this.#nextId = this.store.idAt(length - 1) + 1;
  }

  #readNotice(id: number): void {
    const row = this.store.rowOf(id);
    if (row?.kind === 'notice') this.#notices.set(id, row.notice);
  }

  /** Resolves once `holds`, looked at again at each publish; rejects with what there is instead after `GIVE_UP_MS`. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => {
        const { status } = this.#connection, { received, lastAt } = this.store.snapshot;
        reject(new Error(`It does not come: ${JSON.stringify({ changes: this.changes, status, received, lastAt, now: Date.now(), asked: holds.toString() })}`));
      }, GIVE_UP_MS);
      const look = (): void => {
        if (!holds()) return;
        clearTimeout(giveUp);
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
