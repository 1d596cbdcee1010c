// What a store is made of and how much it keeps.
import type { Clock, Scheduler } from './platform.js';

export interface LogStoreOptions {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  /** Entries kept at most; default 50,000. */
  readonly maxEntries?: number;
  /** Length of their texts at most; default 64 MiB. */
  readonly maxBytes?: number;
  /** Length of the frames that may wait for a flush; default 8 MiB. */
  readonly maxWaitingBytes?: number;
}

export const DEFAULT_MAX_ENTRIES = 50_000;
export const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
export const DEFAULT_MAX_WAITING_BYTES = 8 * 1024 * 1024;
