// The account of a viewer as a page reads it: plain numbers, to be shown elsewhere or to raise an alarm on.
import type { LevelCounts } from '../core/level-counts.js';
import type { StreamReport } from '../core/stream-account.js';
import type { ConnectionController } from './connection-controller.js';

/** What arrived and what became of it, in entries: `retained = received − removed − cleared`. */
export interface Accounting {
  readonly received: number;
  readonly retained: number;
  readonly removed: number;
  readonly cleared: number;
  /** Entries that are known to be missing, by level from trace to fatal. */
  readonly missing: LevelCounts;
  /** How often entries may be missing of which nobody can know. */
  readonly unknowable: number;
  /** Entries that came twice; each was dropped once. */
  readonly duplicates: number;
  /** How often the numbers of a server contradicted themselves; above 0 something on the way is broken. */
  readonly contradictions: number;
  /** Messages that were no readable frame. */
  readonly unreadable: number;
  /** Whether the server numbers its entries; without that, what it loses cannot be counted. */
  readonly numbered: boolean;
  /** Each start of each instance: always `shown + missing = owed`, level by level. */
  readonly streams: readonly StreamReport[];
}

export function accountingOf({ store, status }: ConnectionController): Accounting {
  const { received, retained, removed, cleared, missing, unknowable, unreadable } = store.snapshot, { duplicates, contradictions, streams } = store.accounting;
  const numbered = status.state === 'live' && status.numbered;
  return Object.freeze({ received, retained, removed, cleared, missing, unknowable, duplicates, contradictions, unreadable, numbered, streams });
}
