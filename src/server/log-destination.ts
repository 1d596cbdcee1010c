// A pino destination: each line becomes a numbered entry, and once a tick what was logged goes to the bus in one batch. It never throws
// into, blocks or grows the application: what does not fit is dropped, oldest first, keeps its numbers, and is told by level. It knows no viewers.
import { LEVEL_NAMES, LEVEL_VALUES, nearestLevel, readLevel } from '../core/levels.js';
import type { Clock } from '../core/platform.js';
import { addNumber, MAX_LEVELS, NO_NUMBERS, type LevelNumbers, type StampedEntry } from '../core/protocol.js';
import type { ErrorReport } from './error-report.js';
import type { LogBatch } from './log-batch.js';
import type { LogBus } from './log-bus.js';
import { readLine } from './log-line.js';

/** With this key set, pino says beside each line at which level it was logged; the line itself can lie (a logged body may hold `level`). */
const pinoMetadata: unique symbol = Symbol.for('pino.metadata');

/** So many levels are numbered apart, pino's own not counted; any further one counts as the pino level next below it. */
const MAX_OTHER_LEVELS = MAX_LEVELS - LEVEL_NAMES.length;

const UNREADABLE = '[log stream] An entry was logged here that could not be read.';

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
  /** Whether viewers are connected to this process, which every batch says. Default: it has some. */
  readonly isWatched?: () => boolean;
}

export class LogDestination {
  readonly [pinoMetadata] = true;
  /** By this pino knows a stream where it is the only argument; without it, the destination would be taken for options. */
  readonly writable = true;
  /** Set by pino before each `write`. */
  lastLevel: unknown = undefined;

  readonly #options: LogDestinationOptions;
  #queue: StampedEntry[] = [];
  #head = 0;
  #bytes = 0;
  #seq = 0;
  #lseqs = new Map<number, number>();
  /** Where the stream stands before the first entry of the queue. */
  #baseSeq = 0;
  #baseLseqs: LevelNumbers = NO_NUMBERS;
  #lost = new Map<number, number>();
  #flush: NodeJS.Immediate | null = null;
  #heardOf = false;
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
    const text = textOf(chunk), end = text.indexOf('\n');
    // pino writes one line at a time
    for (const line of end === text.length - 1 ? [text] : text.split('\n')) {
      if (line.trim() !== '') this.#take(line, level);
    }
    return true;
  }

  /** Hands what waits to the bus now. Pino calls it after a `fatal` entry. */
  flushSync(): void {
    this.#cancelFlush();
    if (this.#head < this.#queue.length || this.#lost.size > 0) this.#publish(false);
  }

  /** Pino's `logger.flush(done)`. */
  flush(done?: (error?: Error) => void): void {
    this.flushSync();
    done?.();
  }

  /** Tells the bus where the stream stands, whether or not anything waits: that it began, and that it is still there. */
  announce(): void {
    if (this.#closed) return;
    this.#cancelFlush();
    this.#publish(false);
  }

  /** Hands on what waits, tells that it was the last, and takes nothing any more. */
  end(): void {
    if (this.#closed) return;
    this.#cancelFlush();
    // a stream that nobody has heard of need not end
    if (this.#heardOf || this.#seq > 0) this.#publish(true);
    this.#closed = true;
  }

  #take(line: string, level: number | null): void {
    const { clock, maxEntryBytes, maxQueuedBytes } = this.#options;
    let entry: StampedEntry;
    try {
      const read = readLine(line, level, clock.now(), maxEntryBytes);
      entry = this.#stamp(read.level, read.text);
    } catch {
      // whatever went wrong here is ours, and not the application's to know but by this entry
      const at = level ?? LEVEL_VALUES.info;
      entry = this.#stamp(at, JSON.stringify({ level: at, msg: UNREADABLE }));
    }
    this.#queue.push(entry);
    this.#bytes += entry.text.length;
    while (this.#bytes > maxQueuedBytes && this.#head < this.#queue.length) this.#dropOldest();
    this.#flush ??= setImmediate(() => {
      this.#flush = null;
      this.flushSync();
    });
  }

  #publish(ended: boolean): void {
    const { instance, epoch, bus, errors, isWatched = () => true } = this.#options;
    const entries = this.#head === 0 ? this.#queue : this.#queue.slice(this.#head), lost = this.#lost;
    const batch: LogBatch = { instance, epoch, seq: this.#baseSeq, levels: this.#baseLseqs, lost: lost.size === 0 ? NO_NUMBERS : lost, ended, watched: isWatched(), entries };
    this.#heardOf = true;
    this.#queue = [];
    this.#head = this.#bytes = 0;
    this.#baseSeq = this.#seq;
    if (entries.length > 0 || lost.size > 0) this.#baseLseqs = new Map(this.#lseqs);
    this.#lost = new Map();
    if (errors.guard('bus', () => bus.publish(batch))) return;
    for (const [level, count] of lost) addNumber(this.#lost, level, count);
    for (const { level } of entries) addNumber(this.#lost, level, 1);
  }

  /** A dropped entry keeps its numbers, so that the hole is seen by whoever counts. */
  #dropOldest(): void {
    const oldest = this.#queue[this.#head] as StampedEntry;
    if (this.#lost.size === 0) this.#baseLseqs = new Map(this.#baseLseqs);
    (this.#baseLseqs as Map<number, number>).set(oldest.level, oldest.lseq);
    this.#baseSeq = oldest.seq;
    addNumber(this.#lost, oldest.level, 1);
    this.#bytes -= oldest.text.length;
    this.#head++;
    if (this.#head > 1024 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
  }

  #stamp(claimed: number, text: string): StampedEntry {
    const level = this.#isApart(claimed) ? claimed : LEVEL_VALUES[nearestLevel(claimed)];
    const lseq = (this.#lseqs.get(level) ?? 0) + 1;
    this.#lseqs.set(level, lseq);
    const { instance, epoch } = this.#options;
    return { instance, epoch, seq: ++this.#seq, lseq, level, text };
  }

  #isApart(level: number): boolean {
    return this.#lseqs.has(level) || this.#lseqs.size < MAX_OTHER_LEVELS || LEVEL_VALUES[nearestLevel(level)] === level;
  }

  #cancelFlush(): void {
    if (this.#flush !== null) clearImmediate(this.#flush);
    this.#flush = null;
  }
}

/** Pino writes text; whoever writes bytes is understood, and whoever writes anything else has written nothing. */
function textOf(chunk: unknown): string {
  return typeof chunk === 'string' ? chunk : chunk instanceof Uint8Array ? Buffer.from(chunk).toString('utf8') : '';
}
