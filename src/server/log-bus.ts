// What carries batches of entries from the destinations to the hubs: in one process by a plain call (here), between processes by Redis.
// A bus knows no viewers, levels or frames.
import type { LogBatch } from './log-batch.js';

export interface LogBus {
  /** Hands on what one instance says at one time. Never throws and never waits. */
  publish(batch: LogBatch): void;
  /** Calls `listener` with every batch from now on, those of other instances too; the returned function ends that. */
  subscribe(listener: (batch: LogBatch) => void): () => void;
  /** Nothing is handed on any more. May be called twice. */
  close(): Promise<void>;
  /** Whether other processes can be reached; a bus within one process has no such thing. */
  readonly state?: BusState;
  /** Calls `listener` at every change of `state`; the returned function ends that. */
  onState?(listener: (state: BusState) => void): () => void;
  /** What went wrong since the start; a bus within one process has no such thing. */
  readonly counts?: BusCounts;
  /** Bytes that wait to be passed on. */
  readonly queuedBytes?: number;
}

export interface BusCounts {
  /** Own entries that could not be passed on to other processes: there they are gaps. */
  readonly dropped: number;
  /** Messages of the channel that could not be true. */
  readonly refused: number;
  /** Messages that came twice, and were handed on once. */
  readonly repeated: number;
  /** Messages without the seal of the secret; always 0 where there is no secret. */
  readonly unsealed: number;
  /** Messages of instances for which there was no place. */
  readonly crowded: number;
}

/** `connecting` and `down`: the entries of this process go on to its own viewers; those of others do not come, and theirs do not hear of ours. */
export interface BusState {
  readonly state: 'connecting' | 'up' | 'down';
  /** Milliseconds since 1970. */
  readonly since: number;
  /** In plain words that can be shown to anybody: why it is down; null where it is not. */
  readonly reason: string | null;
}

/** A bus within one process. Two log servers that are given the same one see each other's entries. */
export class LocalBus implements LogBus {
  #listeners = new Set<(batch: LogBatch) => void>();
  readonly #onError: (error: unknown) => void;

  /** @param onError is told what a listener threw; by default nobody is */
  constructor(onError: (error: unknown) => void = () => undefined) {
    this.#onError = onError;
  }

  publish(batch: LogBatch): void {
    for (const listener of this.#listeners) {
      try {
        listener(batch);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  subscribe(listener: (batch: LogBatch) => void): () => void {
    // wrapped, so that the same function can be subscribed twice and ended once
    const own = (batch: LogBatch): void => listener(batch);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  close(): Promise<void> {
    this.#listeners.clear();
    return Promise.resolve();
  }
}
