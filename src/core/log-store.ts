// The one mutable object of a viewer: what was received, which of it is shown, what is selected. It changes only inside `flush()`, which
// ends by publishing one frozen snapshot, at most once a frame; whatever a view reads between two publishes stands still. It knows nothing
// of sockets or of the DOM.
import { Accounting } from './accounting.js';
import { EntryRing, NOTICE } from './entry-ring.js';
import { changeFilter, compileFilter, NO_FILTER, sameFilter, type LogFilter } from './filter.js';
import { FilterPass } from './filter-pass.js';
import { joinGaps, type Gap } from './gap.js';
import { InstanceLives } from './instance-lives.js';
import { Intake, type Arrival, type IntakeSink } from './intake.js';
import { addCounts } from './level-counts.js';
import { isErrorLevel } from './levels.js';
import { Listeners } from './listeners.js';
import type { LogEntry } from './log-entry.js';
import type { LogSnapshot, Selection } from './log-snapshot.js';
import { DEFAULT_MAX_BYTES, DEFAULT_MAX_ENTRIES, DEFAULT_MAX_WAITING_BYTES, type LogStoreOptions } from './log-store-options.js';
import { LogView } from './log-view.js';
import type { LogRow, Notice } from './notice.js';
import { Notices, type TimedNotice } from './notices.js';
import type { Clock } from './platform.js';
import type { ResumePoints } from './protocol.js';
import { ReaderPlace } from './reader-place.js';
import type { SkippedFrames } from './skipped-frames.js';
import { StreamTable } from './stream-table.js';
import { Tally } from './tally.js';

export { DEFAULT_MAX_BYTES, DEFAULT_MAX_ENTRIES, type LogStoreOptions } from './log-store-options.js';

export class LogStore {
  /** What should have come and what did, stream by stream. */
  readonly accounting: Accounting;
  readonly #clock: Clock;
  readonly #intake: Intake;
  readonly #sink: IntakeSink;
  readonly #ring: EntryRing;
  readonly #streams = new StreamTable();
  readonly #lives: InstanceLives;
  readonly #view: LogView;
  readonly #pass: FilterPass;
  readonly #reader: ReaderPlace;
  readonly #notices = new Notices();
  readonly #listeners: Listeners<LogSnapshot>;
  readonly #tally = new Tally();
  readonly #gaps: Gap[] = [];
  #filter = NO_FILTER;
  #viewVersion = 0;
  #selected: Selection | null = null;
  #drainedAt = 0;
  #snapshot: LogSnapshot;

  constructor(options: LogStoreOptions) {
    this.#clock = options.clock;
    this.#listeners = new Listeners(options.clock);
    this.#intake = new Intake(options.clock, options.scheduler, options.maxWaitingBytes ?? DEFAULT_MAX_WAITING_BYTES, (interim) => (interim ? this.#flush(true) : this.flush()));
    this.#ring = new EntryRing(options.maxEntries ?? DEFAULT_MAX_ENTRIES, options.maxBytes ?? DEFAULT_MAX_BYTES, (id) => this.#onEvict(id));
    this.#view = new LogView(this.#ring);
    this.#pass = new FilterPass(options.clock, this.#view, (isNewest) => (isNewest ? this.flush() : this.#intake.schedule()));
    this.#reader = new ReaderPlace(this.#ring, this.#view);
    this.accounting = new Accounting(options.clock, (gap) => this.#appendGap(gap));
    this.#lives = new InstanceLives(options.clock, (notice) => this.#appendNotice(notice));
    this.#sink = {
      news: (news) => [this.#lives, this.accounting].forEach((hearer) => hearer.hear(news)),
      entry: (arrival) => this.#append(arrival), skipped: (frames) => this.#appendSkipped(frames),
      notice: (notice) => this.#appendNotice(notice), unreadable: () => this.#tally.countUnreadable(),
    };
    this.#snapshot = this.#takeSnapshot();
  }

  get snapshot(): LogSnapshot {
    return this.#snapshot;
  }

  /** Calls `listener` with each new snapshot, until the returned function is called. What one throws is reported, and stops nobody else. */
  subscribe(listener: (snapshot: LogSnapshot) => void): () => void {
    return this.#listeners.add(listener);
  }

  // ── what comes in ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Takes a frame as it came from a server, of entries or of their numbers; it is read at the next flush. */
  receive(frame: string): void {
    this.#intake.receive(frame);
  }

  /** Takes entries of the page's own, each a JSON text or a value that has one; `instance` names their source. */
  push(entries: Iterable<unknown>, instance = ''): void {
    this.#intake.push(entries, instance);
  }

  /** Where a server should go on, after everything that came until now. */
  positions(): ResumePoints {
    this.flush();
    return this.accounting.positions;
  }

  /** What comes from now on is another server's: its streams are others, and nothing of the ones before is owed any more. */
  forgetStreams(): void {
    this.flush();
    this.accounting.forget();
    this.#lives.forget();
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
    this.#pass.start();
    this.#publish();
  }

  /** Selects an entry by its id, or by itself where it may have been evicted; null selects nothing. An unknown id changes nothing. */
  select(target: number | LogEntry | null): void {
    const row = typeof target === 'number' ? this.rowOf(target) : target;
    if ((row === null && target !== null) || row?.kind === 'notice' || (row?.id ?? null) === (this.#selected?.entry.id ?? null)) return;
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
    if (stream === NOTICE) return { kind: 'notice', id, ...(this.#notices.get(id) as TimedNotice) };
    const seq = this.#ring.seq(id);
    return {
      kind: 'entry', id, text: this.#ring.text(id), level: this.#ring.level(id), time: this.#ring.time(id),
      instance: this.#streams.instance(stream), epoch: this.#streams.epoch(stream), seq: Number.isNaN(seq) ? null : seq,
    };
  }

  /** The position of the nearest error or fatal entry before (`step` −1) or after (1) a position of the view; −1 where there is none. */
  findError(index: number, step: 1 | -1): number {
    return this.#reader.findError(index, step, this.#snapshot.length);
  }

  // ── the flush ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Reads everything that waits, and publishes. Runs by itself once a frame; calling it is never needed, and never wrong. */
  flush(): void {
    this.#flush(false);
  }

  #flush(interim: boolean): void {
    this.#drain(interim);
    this.#publish(interim);
  }

  #drain(interim = false): void {
    this.#drainedAt = this.#clock.now();
    this.#intake.drain(this.#sink, interim);
    this.#view.trim();
  }

  #refilter(): void {
    this.#view.refilter(compileFilter(this.#filter, this.#ring, this.#streams));
    this.#viewVersion++;
  }

  #append({ text, search, level, time, instance, epoch, seq, lseq }: Arrival): void {
    if (epoch !== null && !this.accounting.entry(instance, epoch, seq, lseq, level)) return;
    const stream = this.#streams.indexOf(instance, epoch), id = this.#ring.push({ text, search, level, time, stream, seq });
    this.#tally.receive(level, this.#drainedAt);
    this.#streams.count(stream, 1);
    this.#reader.arrive(this.#view.accept(id), isErrorLevel(level));
  }

  #appendNotice(notice: Notice): void {
    if (notice.name === 'instances' && this.#notices.joinChanges(this.#clock.now(), notice.changes)) return;
    const id = this.#ring.push({ text: '', search: '', level: 0, time: this.#clock.now(), stream: NOTICE, seq: NaN });
    this.#notices.add(id, this.#clock.now(), notice);
    if (notice.name === 'disconnected') this.#tally.countOutage();
    this.#view.accept(id);
  }

  #appendGap(gap: Gap): void {
    this.#gaps.push(gap);
    // what becomes of an instance is a row of its own
    if (gap.cause === 'silent') this.#lives.miss(gap.instance, gap.from);
    else if (!this.#notices.join(this.#ring.next - 1, gap)) this.#appendNotice({ name: 'gap', ...gap });
  }

  #appendSkipped({ gaps, unnumbered, from, to }: SkippedFrames): void {
    for (const gap of gaps) this.accounting.gap(gap);
    if (unnumbered === null) return;
    this.#tally.skip(unnumbered);
    this.#appendGap(Object.freeze({ cause: 'page', instance: '', levels: unnumbered, from, to }));
  }

  #onEvict(id: number): void {
    const stream = this.#ring.stream(id);
    if (stream === NOTICE) return this.#notices.delete(id);
    this.#tally.remove(this.#ring.level(id));
    this.#streams.count(stream, -1);
    if (this.#selected?.entry.id === id) this.#selected = Object.freeze({ entry: this.#selected.entry, removedAt: this.#clock.now() });
  }

  #publish(interim = false): void {
    this.#notices.settle();
    this.#reader.extend(this.#view.reveal());
    this.#snapshot = this.#takeSnapshot(interim);
    this.#listeners.tell(() => this.#snapshot);
  }

  #takeSnapshot(interim = false): LogSnapshot {
    const { skipped, outages, ...counts } = this.#tally.read(), { missing, unknowable } = this.accounting;
    return Object.freeze({
      ...this.#reader.read(),
      ...counts,
      missing: addCounts(missing, skipped),
      unknowable: unknowable + outages,
      gaps: joinGaps(this.#gaps.splice(0)),
      viewVersion: this.#viewVersion,
      ...this.#view.countHidden(counts.retained, this.#notices),
      instances: Object.freeze(this.#streams.instances((instance) => this.#lives.of(instance))),
      filter: this.#filter,
      selected: this.#selected,
      interim,
    });
  }
}
