// A store on a manual clock and a manual scheduler, entries for it, and its rows in words.
import type { LogStoreOptions } from '../../src/core/log-store.js';
import { LogStore } from '../../src/core/log-store.js';
import type { LogRow } from '../../src/core/notice.js';
import { encodePlainEntry, type StampedEntry } from '../../src/core/protocol.js';
import { manualClock, manualScheduler, type ManualClock, type ManualScheduler } from './manual-platform.js';

export function storeOf(options: Partial<LogStoreOptions> = {}): { store: LogStore; clock: ManualClock; scheduler: ManualScheduler } {
  const clock = manualClock(), scheduler = manualScheduler();
  return { store: new LogStore({ clock, scheduler, ...options }), clock, scheduler };
}

export function stampedEntry(level: number, msg = 'a', seq = 1, instance = 'api'): StampedEntry {
  return { instance, epoch: 'e', seq, lseq: seq, level, text: `{"level":${level},"msg":${JSON.stringify(msg)}}` };
}

/** The frame in which Directus sends such an entry. */
export function plainFrame(level: number, msg = 'a', instance = 'api'): string {
  return encodePlainEntry(stampedEntry(level, msg, 1, instance));
}

/** Receives one info entry for each message, and flushes. */
export function receive(store: LogStore, ...messages: string[]): void {
  for (const message of messages) store.receive(plainFrame(30, message));
  store.flush();
}

export function rowsOf(store: LogStore): LogRow[] {
  return Array.from({ length: store.snapshot.length }, (_, index) => store.rowAt(index) as LogRow);
}

/** The message of each entry, the name of each notice. */
export function wordsOf(store: LogStore): string[] {
  return rowsOf(store).map((row) => (row.kind === 'notice' ? row.notice.name : (JSON.parse(row.text) as { msg: string }).msg));
}
