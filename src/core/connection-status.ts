// Where a connection stands, as a union: each state carries what can be said in it, and nothing that cannot.
import type { Cause } from './causes.js';
import type { LevelName } from './levels.js';
import type { BusAway } from './protocol.js';

export type ConnectionStatus =
  /** Not asked to connect. */
  | { readonly state: 'idle' }
  /** `attempt` counts from 1 since the connection last held for 10 s. */
  | { readonly state: 'connecting'; readonly attempt: number }
  /**
   * Subscribed. `level` is what the server has acknowledged, `floor` the least level that the server ever sends where it says so;
   * `numbered` is whether the server numbers its entries, without which a loss on its side cannot be counted. `silentSince` is the time (ms since
   * 1970) since which the server has said nothing and does not answer either; null while it does. `othersAway`: since when (by the server's clock)
   * this server does not reach the others, so that entries of their instances do not come, and why, in its words; null while it does.
   */
  | {
    readonly state: 'live'; readonly level: LevelName; readonly floor: LevelName | null; readonly numbered: boolean; readonly silentSince: number | null;
    readonly othersAway: BusAway | null;
  }
  /** Trying again by itself at `retryAt` (ms since 1970); `attempt` is the number of that try. */
  | { readonly state: 'reconnecting'; readonly attempt: number; readonly retryAt: number; readonly cause: Cause }
  /** Not trying any more: disconnected by the page (null), or for a cause that no retry can mend. */
  | { readonly state: 'closed'; readonly cause: Cause | null };

export type LiveStatus = Extract<ConnectionStatus, { state: 'live' }>;

/** The same answer of the server; whether it is silent it does not say. */
export function isSameLive(a: ConnectionStatus, b: LiveStatus): boolean {
  return a.state === 'live' && a.level === b.level && a.floor === b.floor && a.numbered === b.numbered && a.othersAway?.since === b.othersAway?.since;
}
