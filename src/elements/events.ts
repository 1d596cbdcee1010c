// The events that the elements tell the page: on a person's action or a change of the network, never when the owner sets a property, never
// one an entry. All bubble and cross shadow roots; their data are readonly fields.
import type { Cause } from '../core/causes.js';
import type { LogFilter } from '../core/filter.js';
import type { LevelName } from '../core/levels.js';
import type { LogEntry } from '../core/log-entry.js';
import type { Gap, LossCause } from '../core/gap.js';
import type { LevelCounts } from '../core/level-counts.js';
import type { ConnectionStatus } from '../core/connection-status.js';

const PUBLIC: EventInit = { bubbles: true, composed: true };

/** A person selected an entry, or none (null). */
export class LogSelectEvent extends Event {
  /** The entry; null where it was closed. */
  readonly entry: LogEntry | null;

  constructor(entry: LogEntry | null) {
    super('log-select', PUBLIC);
    this.entry = entry;
  }
}

/** A person changed what is shown. */
export class LogFilterChangeEvent extends Event {
  /** All of what is shown now. */
  readonly filter: LogFilter;

  constructor(filter: LogFilter) {
    super('log-filter-change', PUBLIC);
    this.filter = filter;
  }
}

/** A person left the end of the list, or came back to it. */
export class LogFollowChangeEvent extends Event {
  /** The last entry is kept in view. */
  readonly following: boolean;

  constructor(following: boolean) {
    super('log-follow-change', PUBLIC);
    this.following = following;
  }
}

/** A person paused the list, or went on. */
export class LogPauseChangeEvent extends Event {
  /** The list is held still now. */
  readonly paused: boolean;

  constructor(paused: boolean) {
    super('log-pause-change', PUBLIC);
    this.paused = paused;
  }
}

/** A person asked the server for another level. */
export class LogLevelChangeEvent extends Event {
  /** The least level that is asked for now. */
  readonly level: LevelName;

  constructor(level: LevelName) {
    super('log-level-change', PUBLIC);
    this.level = level;
  }
}

/** The connection's state has changed, or whether its server reaches other instances (`status.othersAway`, once `status.state === 'live'`). */
export class LogStatusChangeEvent extends Event {
  /** Its `state` is `idle`, `connecting`, `live`, `reconnecting` or `closed`. */
  readonly status: ConnectionStatus;

  constructor(status: ConnectionStatus) {
    super('log-status-change', PUBLIC);
    this.status = status;
  }
}

/** Entries are missing; between two pictures all of one instance and cause are one event. */
export class LogGapEvent extends Event {
  /** How many of each level, from trace to fatal; all 0 where the cause is `silent` or `unknown`. */
  readonly levels: LevelCounts;
  /** `slow`, `expired`, `bus`, `source`, `restart`, `page`, `unexplained`, `silent` or `unknown`. */
  readonly cause: LossCause;
  /** Who logged them; '' where they are of several instances. */
  readonly instance: string;
  /** Between which times (ms since 1970) they are missing. */
  readonly from: number;
  /** See `from`. */
  readonly to: number;

  constructor({ levels, cause, instance, from, to }: Gap) {
    super('log-gap', PUBLIC);
    this.levels = levels;
    this.cause = cause;
    this.instance = instance;
    this.from = from;
    this.to = to;
  }
}

/** Something is wrong that the page should know: a wrong attribute, an endpoint that refuses. `cause.sentence` says it in plain words, in the viewer's language. */
export class LogErrorEvent extends Event {
  /** Its `code` is for programs, its `sentence` for people. */
  readonly cause: Cause;

  constructor(cause: Cause) {
    super('log-error', PUBLIC);
    this.cause = cause;
  }
}

/** The events of the elements by name, as `addEventListener` of elements, document and window knows them. */
export interface LogEventMap {
  'log-select': LogSelectEvent;
  'log-filter-change': LogFilterChangeEvent;
  'log-follow-change': LogFollowChangeEvent;
  'log-pause-change': LogPauseChangeEvent;
  'log-level-change': LogLevelChangeEvent;
  'log-status-change': LogStatusChangeEvent;
  'log-gap': LogGapEvent;
  'log-error': LogErrorEvent;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface GlobalEventHandlersEventMap extends LogEventMap {}
}
