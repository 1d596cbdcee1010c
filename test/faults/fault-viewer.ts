// One viewer of a fault run: a real connection, a real store, and somebody who reads every row as it comes and remembers it, because the store, which is
// small, does not.
import type { LevelAccount } from '../../src/core/stream-account.js';
import { Connection } from '../../src/core/connection.js';
import type { Gap } from '../../src/core/gap.js';
import type { LevelName } from '../../src/core/levels.js';
import { LogStore } from '../../src/core/log-store.js';
import type { Clock, Scheduler, SocketLike } from '../../src/core/platform.js';
import { keyOf, type RecordedEntry, type SourceRecord } from './source-record.js';

/** A time in which a level was asked for: from after `base` up to `last`, in that level's numbers. */
export interface Window {
  readonly base: number;
  readonly last: number;
}

export interface ViewerLimits {
  readonly maxEntries: number;
  readonly maxWaitingBytes: number;
}

const SUBSCRIBED = '{"type":"logs","event":"subscribe"';
const asleep: Scheduler = { frame: () => () => undefined, hidden: () => false };

export class FaultViewer {
  readonly store: LogStore;
  readonly connection: Connection;
  /** Entries that were read, by stream and level, in the order in which they came: the number in that level, and the row. */
  readonly read = new Map<string, { readonly lseq: number; readonly id: number }[]>();
  readonly gaps: Gap[] = [];
  /** Times that are over in which a level was asked for, by stream and level. */
  readonly windows = new Map<string, Window[]>();
  /** Streams whose end it could not hear, because it was not connected then. */
  readonly unheard = new Set<string>();
  readonly faults: string[] = [];
  /** The page has no time: what comes waits. */
  isBusy = false;
  outOfOrder = 0;
  twice = 0;
  readCount = 0;
  /** How many entries had been logged in all when it was first live. */
  liveFrom: number | null = null;
  readonly #record: SourceRecord;
  readonly #seen = new Set<RecordedEntry>();
  readonly #lastSeq = new Map<string, number>();
  #nextId = 0;

  constructor(level: LevelName, { clock, random, record, limits, connect }: {
    clock: Clock; random: () => number; record: SourceRecord; limits: ViewerLimits; connect: (url: string) => SocketLike;
  }) {
    this.#record = record;
    this.store = new LogStore({ clock, scheduler: asleep, maxEntries: limits.maxEntries, maxWaitingBytes: limits.maxWaitingBytes });
    this.store.subscribe(({ gaps }) => this.gaps.push(...gaps));
    this.connection = new Connection({
      url: 'ws://hub.example.com/logs', level, clock, random, createSocket: connect, probe: () => Promise.resolve({ kind: 'silent' }),
      resume: () => {
        const positions = this.store.positions();
        this.#look();
        return positions;
      },
      onEntries: (frame) => this.store.receive(frame),
      onNews: (frame) => this.store.receive(frame),
      onStatus: ({ state }) => {
        if (state === 'live') this.liveFrom ??= record.total;
      },
      onUnreadable: () => this.faults.push('a message that cannot be read'),
    });
    this.connection.connect();
  }

  /** Takes one message, and reads what it brought, unless the page is busy. */
  take(text: string, hand: () => void): void {
    if (!text.startsWith(SUBSCRIBED)) {
      hand();
      if (!this.isBusy) this.catchUp();
      return;
    }
    this.catchUp();
    const before = this.#accounts();
    hand();
    this.catchUp();
    this.#lookAtLevels(before);
  }

  /** Reads everything that waits. */
  catchUp(): void {
    this.store.flush();
    this.#look();
  }

  #look(): void {
    const { store } = this, { length, unreadable } = store.snapshot;
    for (let index = store.indexFrom(this.#nextId); index < length; index++) {
      const row = store.rowAt(index);
      if (row === null) break;
      this.#nextId = row.id + 1;
      if (row.kind === 'notice') continue;
      const entry = this.#record.entry(row.text), stream = entry?.stream;
      if (entry === undefined || stream !== keyOf(row.instance, row.epoch ?? '') || entry.level !== row.level || entry.seq !== row.seq) {
        this.faults.push(`an entry that nobody logged so: ${row.text.slice(0, 80)}`);
        continue;
      }
      this.readCount++;
      if (this.#seen.has(entry)) this.twice++;
      this.#seen.add(entry);
      if (entry.seq <= (this.#lastSeq.get(entry.stream) ?? 0)) this.outOfOrder++;
      this.#lastSeq.set(entry.stream, entry.seq);
      const key = `${entry.stream} ${entry.level}`, read = this.read.get(key);
      if (read === undefined) this.read.set(key, [{ lseq: entry.lseq, id: row.id }]);
      else read.push({ lseq: entry.lseq, id: row.id });
    }
    if (unreadable > 0) this.faults.push('a frame that cannot be read');
  }

  #accounts(): Map<string, LevelAccount> {
    return new Map(this.store.accounting.streams.flatMap(({ instance, epoch, levels }) =>
      levels.map((level): [string, LevelAccount] => [`${keyOf(instance, epoch)} ${level.level}`, level])));
  }

  /** An answer to a subscription may have changed which levels are asked for. */
  #lookAtLevels(before: Map<string, LevelAccount>): void {
    const now = this.#accounts();
    for (const [key, { asked }] of before) {
      const after = now.get(key);
      if (!asked || after === undefined || after.asked || after.base === null || after.last === null) continue;
      this.windows.set(key, [...(this.windows.get(key) ?? []), { base: after.base, last: after.last }]);
    }
  }
}
