// What the viewer itself says between the entries. Only the viewer makes these: nothing that an entry holds can become one.
import type { Gap } from './gap.js';
import type { InstanceChange } from './instance-lives.js';
import type { LogEntry } from './log-entry.js';
import type { LevelName } from './levels.js';

export type Notice =
  /** The list was emptied here; `count` entries left it. */
  | { readonly name: 'cleared'; readonly count: number }
  /** From here on entries are asked for at this level. */
  | { readonly name: 'level'; readonly level: LevelName }
  /** There was no connection between the two times (ms since 1970), and the server cannot say what was missed. */
  | { readonly name: 'disconnected'; readonly from: number; readonly to: number }
  /** What became of instances, within one second. */
  | { readonly name: 'instances'; readonly changes: readonly InstanceChange[] }
  /** The server has not reached the others since then (ms since 1970), for a reason in its own words; it reaches them again since then. */
  | { readonly name: 'others-away'; readonly since: number; readonly reason: string }
  | { readonly name: 'others-back'; readonly at: number }
  /** Entries are missing here. */
  | ({ readonly name: 'gap' } & Gap);

/** A row of the viewer's own, in the list among the entries. */
export interface NoticeRow {
  readonly kind: 'notice';
  readonly id: number;
  readonly time: number;
  readonly notice: Notice;
}

export type LogRow = LogEntry | NoticeRow;
