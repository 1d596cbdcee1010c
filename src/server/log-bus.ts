// What carries entries from the destinations to the hubs: in one process by a plain call (here), between processes by Redis (later).
// A bus knows no viewers, levels or frames.
import type { StampedEntry } from '../core/protocol.js';

export interface LogBus {
  /** Hands on what one instance logged in one tick, oldest first. Never throws and never waits. */
  publish(entries: readonly StampedEntry[]): void;
  /** Calls `listener` with every batch from now on, those of other instances too; the returned function ends that. */
  subscribe(listener: (entries: readonly StampedEntry[]) => void): () => void;
  /** Nothing is handed on any more. May be called twice. */
  close(): Promise<void>;
}

/** True for what may go to viewers. A bus carries what others sent, so a hub asks before it believes. */
export function isStampedEntry(value: unknown): value is StampedEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { instance, epoch, seq, lseq, level, text } = value as Record<string, unknown>;
  return typeof instance === 'string' && typeof epoch === 'string' && isCount(seq) && isCount(lseq)
    && Number.isFinite(level) && typeof text === 'string' && text.startsWith('{') && !text.includes('\n');
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

/** A bus within one process. Two log servers that are given the same one see each other's entries. */
export class LocalBus implements LogBus {
  #listeners = new Set<(entries: readonly StampedEntry[]) => void>();
  readonly #onError: (error: unknown) => void;

  /** @param onError is told what a listener threw; by default nobody is */
  constructor(onError: (error: unknown) => void = () => undefined) {
    this.#onError = onError;
  }

  publish(entries: readonly StampedEntry[]): void {
    for (const listener of this.#listeners) {
      try {
        listener(entries);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  subscribe(listener: (entries: readonly StampedEntry[]) => void): () => void {
    // wrapped, so that the same function can be subscribed twice and ended once
    const own = (entries: readonly StampedEntry[]): void => listener(entries);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  close(): Promise<void> {
    this.#listeners.clear();
    return Promise.resolve();
  }
}
