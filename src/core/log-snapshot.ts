// What views draw from: one frozen picture of the store, a new one at each publish.
import type { LogFilter } from './filter.js';
import type { Gap } from './gap.js';
import type { LogEntry } from './log-entry.js';
import type { LevelCounts } from './level-counts.js';
import type { InstanceCount } from './stream-table.js';

/** Everything that views draw from, frozen; a new one at each publish. Counts are of entries; notices are not counted. */
export interface LogSnapshot {
  /** Rows of the view (entries and notices that the filter shows, up to the pause): `rowAt(0)` to `rowAt(length - 1)`. */
  readonly length: number;
  /** Changes when the filter or a clearing made positions mean other rows. */
  readonly viewVersion: number;
  readonly received: number;
  /** When the last entry was received, in ms since 1970; null before there was any. */
  readonly lastAt: number | null;
  /** Entries kept; always `received − removed − cleared`. */
  readonly retained: number;
  readonly removed: number;
  readonly cleared: number;
  /** Kept entries that the filter does not show. */
  readonly hidden: number;
  /** Kept entries that a new filter has not looked at yet: `retained = shown + hidden + untested`. */
  readonly untested: number;
  /** Kept entries by level. */
  readonly levels: LevelCounts;
  /** Entries that are known to be missing, by level: lost on their way, or not taken by this page. */
  readonly missing: LevelCounts;
  /** How often entries may be missing of which nobody can know. */
  readonly unknowable: number;
  /** What was found to be missing since the snapshot before this one. */
  readonly gaps: readonly Gap[];
  /** Messages that were no readable frame. */
  readonly unreadable: number;
  readonly instances: readonly InstanceCount[];
  readonly filter: LogFilter;
  readonly selected: Selection | null;
  /** Whether the list keeps its last row in view. */
  readonly following: boolean;
  /** Rows that the view got since the reader left its end. */
  readonly unseen: Arrivals;
  readonly paused: Pause | null;
  /** Another one follows with the next picture: of this one nothing needs to be drawn. */
  readonly interim: boolean;
}

export interface Selection {
  readonly entry: LogEntry;
  /** When it left the list, in ms since 1970; null while it is in it. */
  readonly removedAt: number | null;
}

export interface Arrivals {
  readonly entries: number;
  readonly errors: number;
}

export interface Pause {
  readonly since: number;
  /** What was received since, shown or not; where the list was cleared within the pause, since then. */
  readonly arrived: Arrivals;
  readonly cleared: boolean;
  /** There are rows to be seen, or there were: a list goes on showing what its reader has on the screen, although none of it is kept any more. */
  readonly hadRows: boolean;
}

/** Entries that arrived in a pause and had to make room since. The oldest go first, so that what is kept is the newest. */
export function goneInPause({ paused, retained }: LogSnapshot): number {
  return Math.max(0, (paused?.arrived.entries ?? 0) - retained);
}
