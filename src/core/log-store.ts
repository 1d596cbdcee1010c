// The one mutable object of a viewer: what was received, which of it is shown, what is selected. It changes only inside `flush()`, which
// ends by publishing one frozen snapshot, at most once a frame; whatever a view reads between two publishes stands still. It knows nothing
// of sockets or of the DOM.
import { EntryRing, NOTICE } from './entry-ring.js';
import { changeFilter, compileFilter, NO_FILTER, sameFilter, type LogFilter } from './filter.js';
import { Intake, type Arrival } from './intake.js';
import { isErrorLevel } from './levels.js';
import { readEntry, searchTextOf, type LogEntry } from './log-entry.js';
import type { LogSnapshot, Selection } from './log-snapshot.js';
import { LogView } from './log-view.js';
import type { LogRow, Notice } from './notice.js';
import type { Clock, Scheduler } from './platform.js';
import { ReaderPlace } from './reader-place.js';
import { StreamTable } from './stream-table.js';
import { Tally } from './tally.js';

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
/** A slice of a new filter's pass: half a frame, so that the other half can draw it. */
const SLICE_MS = 6;
const DEFAULT_MAX_WAITING_BYTES = 8 * 1024 * 1024;

type Listener = (snapshot: LogSnapshot) => void;

export class LogStore {
  readonly #clock: Clock;
  readonly #intake: Intake;
  readonly #ring: EntryRing;
  readonly #streams = new StreamTable();
  readonly #view: LogView;
  readonly #reader: ReaderPlace;
  readonly #notices = new Map<number, { time: number; notice: Notice }>();
  readonly #listeners = new Set<Listener>();

  readonly #tally = new Tally();
  #filter = NO_FILTER;
  #viewVersion = 0;
  #selected: Selection | null = null;
  #snapshot: LogSnapshot;

  constructor(options: LogStoreOptions) {
    this.#clock = options.clock;
    this.#intake = new Intake(options.clock, options.scheduler, options.maxWaitingBytes ?? DEFAULT_MAX_WAITING_BYTES, () => this.flush());
    this.#ring = new EntryRing(options.maxEntries ?? DEFAULT_MAX_ENTRIES, options.maxBytes ?? DEFAULT_MAX_BYTES, (id) => this.#onEvict(id));
    this.#view = new LogView(this.#ring);
    this.#reader = new ReaderPlace(this.#ring, this.#view);
    this.#snapshot = this.#takeSnapshot();
  }

  get snapshot(): LogSnapshot {
    return this.#snapshot;
  }

  /** Calls `listener` with each new snapshot, until the returned function is called. What one throws is reported, and stops nobody else. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  // ── what comes in ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Takes an entry frame as it came from a server; it is read at the next flush. */
  receive(frame: string): void {
    this.#intake.receive(frame);
  }

  /** Takes entries of the page's own, each a JSON text or a value that has one; `instance` names their source. */
  push(entries: Iterable<unknown>, instance = ''): void {
    this.#intake.push(entries, instance);
  }

  /** Says something of the viewer's own at the end of the list. */
  notify(notice: Notice): void {
    this.#intake.notify(notice);
  }

  /** Counts a message that could not be read as a frame. */
  countUnreadable(): void {
    this.#tally.countUnreadable();
    this.#intake.schedule();
  }

  // ── what a person does ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Changes which entries are shown; what is left out of `change` stays as it is. */
  setFilter(change: Partial<LogFilter>): void {
    const filter = changeFilter(this.#filter, change);
    if (sameFilter(filter, this.#filter)) return;
    this.#drain();
    this.#filter = filter;
    this.#refilter();
    this.#reader.recount();
    this.#scan();
    this.#publish();
  }

  /** Selects an entry by its id, or by itself where it may have been evicted; null selects nothing. An unknown id changes nothing. */
  select(target: number | LogEntry | null): void {
    const row = typeof target === 'number' ? this.rowOf(target) : target;
    if (row === null && target !== null) return;
    if (row?.kind === 'notice' || (row?.id ?? null) === (this.#selected?.entry.id ?? null)) return;
    this.#selected = row === null ? null : Object.freeze({ entry: row, removedAt: this.#ring.has(row.id) ? null : this.#clock.now() });
    this.#publish();
  }

  /** Whether the list keeps its last row in view. Leaving the end starts the count of unseen rows. */
  follow(following: boolean): void {
    if (following === this.#reader.isFollowing) return;
    this.#reader.follow(following);
    this.#publish();
  }

  /** Holds the list still; entries go on being received. */
  pause(): void {
    if (this.#reader.isPaused) return;
    this.#drain();
    this.#reader.pause(this.#clock.now());
    this.#publish();
  }

  /** Ends a pause: `here` keeps the reader's place, `latest` goes to the end and follows. */
  resume(where: 'here' | 'latest'): void {
    if (!this.#reader.isPaused) return;
    this.#drain();
    this.#reader.resume(where);
    this.#publish();
  }

  /** Forgets every entry here, none on the server; the connection, the filter and the selection stay. */
  clear(): void {
    this.#drain();
    if (this.#ring.length === 0) return this.#publish();
    const count = this.#tally.clear();
    this.#streams.resetCounts();
    this.#notices.clear();
    this.#ring.clear();
    if (this.#selected !== null) this.#selected = Object.freeze({ ...this.#selected, removedAt: this.#selected.removedAt ?? this.#clock.now() });
    this.#reader.clear(1);
    this.#refilter();
    this.#appendNotice({ name: 'cleared', count });
    this.#publish();
  }

  /** Changes how much is kept. Throws a RangeError for what is no limit. */
  limit(maxEntries: number, maxBytes: number): void {
    if (maxEntries === this.#ring.maxEntries && maxBytes === this.#ring.maxBytes) return;
    this.#drain();
    this.#ring.limit(maxEntries, maxBytes);
    this.#view.trim();
    this.#publish();
  }

  // ── what views read ────────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The row at a position of the view, or null outside of it. */
  rowAt(index: number): LogRow | null {
    return index >= 0 && index < this.#snapshot.length ? this.rowOf(this.#view.idAt(index)) : null;
  }

  idAt(index: number): number {
    return this.#view.idAt(index);
  }

  /** The position of the first row of the view whose id is `id` or later; `length` where there is none. */
  indexFrom(id: number): number {
    return Math.min(this.#snapshot.length, this.#view.indexFrom(id));
  }

  /** A row by its id, or null where it is not kept any more. */
  rowOf(id: number): LogRow | null {
    if (!this.#ring.has(id)) return null;
    const stream = this.#ring.stream(id);
    if (stream === NOTICE) return { kind: 'notice', id, ...(this.#notices.get(id) as { time: number; notice: Notice }) };
    const seq = this.#ring.seq(id);
    return {
      kind: 'entry', id, text: this.#ring.text(id), level: this.#ring.level(id), time: this.#ring.time(id),
      instance: this.#streams.instance(stream), epoch: this.#streams.epoch(stream), seq: Number.isNaN(seq) ? null : seq,
    };
  }

  /** The position of the nearest error or fatal entry before (`step` −1) or after (1) a position of the view; −1 where there is none. */
  findError(index: number, step: 1 | -1): number {
    for (let at = index + step; at >= 0 && at < this.#snapshot.length; at += step) {
      const id = this.#view.idAt(at);
      if (this.#ring.stream(id) !== NOTICE && isErrorLevel(this.#ring.level(id))) return at;
    }
    return -1;
  }

  // ── the flush ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Reads everything that waits, and publishes. Runs by itself once a frame; calling it is never needed, and never wrong. */
  flush(): void {
    this.#drain();
    this.#scan();
    this.#publish();
  }

  #drain(): void {
    this.#intake.drain({
      entry: (arrival) => this.#append(arrival),
      notice: (notice) => this.#appendNotice(notice),
      unreadable: () => this.#tally.countUnreadable(),
    });
    this.#view.trim();
  }

  /** Goes on with a new filter's look at what is kept, for one slice; the next one comes with the next flush. */
  #scan(): void {
    const knownFrom = this.#view.testedFrom, until = this.#clock.now() + SLICE_MS;
    if (knownFrom <= this.#ring.first) return;
    this.#view.scan(() => this.#clock.now() >= until);
    this.#reader.recount(knownFrom);
    if (this.#view.testedFrom > this.#ring.first) this.#intake.schedule();
  }

  #refilter(): void {
    this.#view.refilter(compileFilter(this.#filter, this.#ring, this.#streams));
    this.#viewVersion++;
  }

  #append({ text, value, level: stampedLevel, instance, epoch, seq }: Arrival): void {
    const facts = readEntry(value, text), level = stampedLevel ?? facts.level, stream = this.#streams.indexOf(instance, epoch);
    const id = this.#ring.push({ text, search: searchTextOf(facts), level, time: facts.time, stream, seq });
    this.#tally.receive(level);
    this.#streams.count(stream, 1);
    this.#reader.arrive(this.#view.accept(id), isErrorLevel(level));
  }

  #appendNotice(notice: Notice): void {
    const id = this.#ring.push({ text: '', search: '', level: 0, time: this.#clock.now(), stream: NOTICE, seq: NaN });
    this.#notices.set(id, { time: this.#clock.now(), notice });
    if (notice.name === 'gap') this.#tally.drop(notice.levels);
    this.#view.accept(id);
  }

  #onEvict(id: number): void {
    const stream = this.#ring.stream(id);
    if (stream === NOTICE) {
      this.#notices.delete(id);
      return;
    }
    this.#tally.remove(this.#ring.level(id));
    this.#streams.count(stream, -1);
    if (this.#selected?.entry.id === id) this.#selected = Object.freeze({ entry: this.#selected.entry, removedAt: this.#clock.now() });
  }

  #publish(): void {
    this.#snapshot = this.#takeSnapshot();
    for (const listener of this.#listeners) {
      try {
        listener(this.#snapshot);
      } catch (error) {
        // the host hears of it as of any error of a timer
        this.#clock.after(0, () => {
          throw error;
        });
      }
    }
  }

  #takeSnapshot(): LogSnapshot {
    const counts = this.#tally.read();
    return Object.freeze({
      ...this.#reader.read(),
      ...counts,
      viewVersion: this.#viewVersion,
      ...this.#countHidden(counts.retained),
      instances: Object.freeze(this.#streams.instances),
      filter: this.#filter,
      selected: this.#selected,
    });
  }

  /** A filter that is not through yet knows nothing of the older rows: they are neither shown nor hidden. */
  #countHidden(retained: number): Pick<LogSnapshot, 'hidden' | 'untested'> {
    const { testedFrom } = this.#view;
    let untested = testedFrom - this.#ring.first, notices = untested === 0 ? this.#notices.size : 0;
    if (untested > 0) for (const id of this.#notices.keys()) {
      if (id < testedFrom) untested--;
      else notices++;
    }
    return { hidden: retained - untested - (this.#view.length - notices), untested };
  }
}
