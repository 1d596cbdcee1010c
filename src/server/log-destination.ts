// A pino destination: each line becomes a numbered entry, and once a tick what was logged goes to the bus in one batch. It never throws
// into, blocks or grows the application: what does not fit is dropped, oldest first, counted by level, and said. It knows no viewers.
import { LEVEL_VALUES, nearestLevel, readLevel } from '../core/levels.js';
import type { Clock } from '../core/platform.js';
import type { StampedEntry } from '../core/protocol.js';
import type { ErrorReport } from './error-report.js';
import type { LogBus } from './log-bus.js';
import { readLine } from './log-line.js';
import { LossCount } from './loss-count.js';

/** With this key set, pino says beside each line at which level it was logged; the line itself can lie (a logged body may hold `level`). */
const pinoMetadata: unique symbol = Symbol.for('pino.metadata');

/** So many levels are numbered apart; any further one counts as the pino level next below it. */
const MAX_LEVELS = 64;

export interface LogDestinationOptions {
  readonly instance: string;
  readonly epoch: string;
  readonly bus: LogBus;
  readonly clock: Clock;
  /** Characters of JSON that may wait for the end of the tick. */
  readonly maxQueuedBytes: number;
  /** A longer entry is shortened to one that says so. */
  readonly maxEntryBytes: number;
  readonly errors: ErrorReport;
}

export class LogDestination {
  readonly [pinoMetadata] = true;
  /** Set by pino before each `write`. */
  lastLevel: unknown = undefined;

  readonly #options: LogDestinationOptions;
  #queue: StampedEntry[] = [];
  #head = 0;
  #bytes = 0;
  #seq = 0;
  #lseq = new Map<number, number>();
  #lost = new LossCount();
  #flush: NodeJS.Immediate | null = null;
  #closed = false;

  constructor(options: LogDestinationOptions) {
    this.#options = options;
  }

  /** Takes one or more whole lines. Never throws; the answer is always true, because there is nothing for the logger to wait for. */
  write(chunk: string): boolean {
    // the level belongs to this write alone: another library may be the next to write
    const lastLevel = this.lastLevel;
    this.lastLevel = undefined;
    if (this.#closed) return true;
    const level = typeof lastLevel === 'number' && Number.isFinite(lastLevel) ? readLevel(lastLevel) : null;
    for (const line of textOf(chunk).split('\n')) {
      if (line.trim() === '') continue;
      try {
        this.#take(line, level);
      } catch {
        // whatever went wrong here is ours, and not the application's to know but by the count
        this.#lost.add(level ?? LEVEL_VALUES.info);
      }
    }
    return true;
  }

  /** Hands what waits to the bus now. Pino calls it after a `fatal` entry. */
  flushSync(): void {
    if (this.#flush !== null) clearImmediate(this.#flush);
    this.#flush = null;
    const entries = this.#head === 0 ? this.#queue : this.#queue.slice(this.#head);
    this.#queue = [];
    this.#head = this.#bytes = 0;
    const { bus, clock, errors } = this.#options, loss = this.#lost.total > 0;
    if (loss) entries.push(this.#stamp(LEVEL_VALUES.warn, this.#lost.entryText('more than this instance could pass on', clock.now())));
    if (entries.length === 0) return;
    if (!errors.guard('bus', () => bus.publish(entries))) for (const entry of entries) this.#lost.add(entry.level);
    else if (loss) this.#lost.clear();
  }

  /** Pino's `logger.flush(done)`. */
  flush(done?: (error?: Error) => void): void {
    this.flushSync();
    done?.();
  }

  /** Hands on what waits and takes nothing any more. */
  end(): void {
    this.flushSync();
    this.#closed = true;
  }

  #take(line: string, level: number | null): void {
    const { clock, maxEntryBytes, maxQueuedBytes } = this.#options;
    const read = readLine(line, level, clock.now(), maxEntryBytes);
    const entry = this.#stamp(read.level, read.text);
    this.#queue.push(entry);
    this.#bytes += entry.text.length;
    while (this.#bytes > maxQueuedBytes && this.#head < this.#queue.length) this.#dropOldest();
    this.#flush ??= setImmediate(() => {
      this.#flush = null;
      this.flushSync();
    });
  }

  /** A dropped entry keeps its numbers, so that the hole is seen by whoever counts. */
  #dropOldest(): void {
    const oldest = this.#queue[this.#head] as StampedEntry;
    this.#lost.add(oldest.level);
    this.#bytes -= oldest.text.length;
    this.#head++;
    if (this.#head > 1024 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
  }

  #stamp(claimed: number, text: string): StampedEntry {
    const level = this.#lseq.has(claimed) || this.#lseq.size < MAX_LEVELS ? claimed : LEVEL_VALUES[nearestLevel(claimed)];
    const lseq = (this.#lseq.get(level) ?? 0) + 1;
    this.#lseq.set(level, lseq);
    const { instance, epoch } = this.#options;
    return { instance, epoch, seq: ++this.#seq, lseq, level, text };
  }
}

/** Pino writes text; whoever writes bytes is understood, and whoever writes anything else has written nothing. */
function textOf(chunk: unknown): string {
  return typeof chunk === 'string' ? chunk : chunk instanceof Uint8Array ? Buffer.from(chunk).toString('utf8') : '';
}
