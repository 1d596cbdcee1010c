// The fan-out: entries from the bus, through one bounded ring, to every viewer that asked for them. No queue for each viewer, no encoding for
// each viewer. It knows sockets only as `ViewerSocket`, and nothing of HTTP, signing in or the bus's transport.
import { levelRank, LEVEL_NAMES, LEVEL_VALUES, type LevelName } from '../core/levels.js';
import type { Clock } from '../core/platform.js';
import { encodeBus, encodePlainEntry, EXTENSION_VERSION, type BusAway, type ExtensionAnswer, type ResumePoints, type StreamFrame, type StreamState } from '../core/protocol.js';
import { awayOf, outageInWords } from './bus-outage.js';
import { FrameBatch } from './frame-batch.js';
import { FrameCache, type FrameSource, type FrameView } from './frame-cache.js';
import { NumberedWriter, PlainWriter } from './frame-writer.js';
import { HubRing } from './hub-ring.js';
import { HubStreams, setGone, type HubStream, type TakenBatch } from './hub-streams.js';
import { HubViewer, type ViewerHost, type ViewerSocket } from './hub-viewer.js';
import { isLogBatch } from './log-batch.js';
import type { BusState } from './log-bus.js';
import { prettyEntry } from './pretty-entry.js';
import type { ResumeFilter } from './resume-filter.js';
import { planResume } from './resume-plan.js';
import { RingPositions, type StreamStand } from './ring-positions.js';

export interface LogHubOptions {
  /** The name under which this hub speaks of itself. */
  readonly instance: string;
  /** Nothing below it is ever sent. */
  readonly floor: LevelName;
  readonly style: 'raw' | 'pretty';
  readonly clock: Clock;
  /** A viewer whose socket holds more than this gets nothing until it has drained. */
  readonly maxBufferedBytes: number;
  /** What is kept for viewers that are behind or come back: entries, characters of JSON, milliseconds; and errors that outlive the rest. */
  readonly maxRingEntries: number;
  readonly maxRingBytes: number;
  readonly maxRingMs: number;
  readonly maxRingErrors: number;
  /** For how long after the last viewer of the bus has left, and after the start. */
  readonly keepMs: number;
  /** The first viewer of the bus is here, as far as this hub knows: the others are to know it before it goes on at one of them. */
  readonly onFirstViewer?: () => void;
  /** How often viewers are told where every stream stands. A stream that is not heard of for three times as long is quiet. */
  readonly markMs: number;
}

/** Marks that a stream may miss before it is called quiet. */
const QUIET_MARKS = 3;
/** Two starts of one instance that are both heard for so many marks are two processes; for less, one of them may be about to end. */
const TWIN_MARKS = 2;

export class LogHub implements ViewerHost, FrameSource {
  readonly ring: HubRing;
  readonly maxBufferedBytes: number;
  readonly instance: string;
  readonly floorRank: number;
  readonly #options: LogHubOptions;
  readonly #streams = new HubStreams();
  #viewers = new Set<HubViewer>();
  #refused = 0;
  /** Null where the bus ends in this process, or has said nothing. */
  #reached: BusState | null = null;
  #wasAway = false;
  /** Where nobody watches here, the ring is kept until then: a viewer may come back, or come from an instance that said that it had some. */
  #keptUntil: number;
  /** When an instance last said that it has viewers. */
  #watchedAt = -Infinity;
  #cancelTick: () => void;
  #tickedAt: number;
  readonly #startedAt: number;

  constructor(options: LogHubOptions) {
    const { clock, maxRingEntries: maxEntries, maxRingBytes: maxBytes, maxRingMs: maxMs, maxRingErrors: maxErrors } = options;
    this.#options = options;
    this.instance = options.instance;
    this.maxBufferedBytes = options.maxBufferedBytes;
    this.floorRank = LEVEL_NAMES.indexOf(options.floor);
    this.ring = new HubRing({ maxEntries, maxBytes, maxMs, maxErrors });
    this.#startedAt = this.#tickedAt = clock.now();
    this.#keptUntil = this.#startedAt + options.keepMs;
    this.#cancelTick = clock.after(options.markMs, this.#tick);
  }

  get head(): number {
    return this.ring.head;
  }

  get now(): number {
    return this.#options.clock.now();
  }

  /** Whether somebody watches here. */
  get isWatched(): boolean {
    return this.#viewers.size > 0;
  }

  /** Batches of the bus that were none, or contradicted what was heard before. */
  get refused(): number {
    return this.#refused;
  }

  /** Takes what the bus brings and sends it on; false where it was refused. */
  receive(batch: unknown): boolean {
    const { now } = this, hearsAll = this.#hearsAll(now), taken = isLogBatch(batch) ? this.#streams.take(batch, now, hearsAll, hearsAll || !this.#wasAway) : null;
    if (taken === null) {
      this.#refused++;
      return false;
    }
    if (taken.watched) {
      this.#watchedAt = now;
      this.#keptUntil = now + this.#options.keepMs;
    }
    if (this.#keeps()) {
      this.#push(taken, now);
      this.#deliver();
    } else this.#forget(taken);
    return true;
  }

  /** Everything at or above `level` goes to `socket` from now on, once `start` is called. */
  join(socket: ViewerSocket, level: LevelName, numbered: boolean, resume: ResumePoints | null = null): { viewer: HubViewer; extension: ExtensionAnswer; start: () => void } {
    const rank = this.#rankOf(level), plan = !numbered || resume === null || resume.size === 0 ? null : planResume(this.ring, this.#streams, resume, rank, this.floorRank, this.now);
    const view: FrameView = { rank, numbered, filter: plan?.filter ?? null };
    const writer = new NumberedWriter(rank, this.floorRank), start = plan?.start ?? this.ring.head;
    for (const frame of plan?.opening ?? []) {
      if (frame.type === 'gap') writer.gap(frame);
      else writer.news(frame);
    }
    // who comes now has heard of neither, and the answer names one
    if (numbered && plan === null) for (const stream of this.#twins()) writer.news(newsOf(stream, 'twin'));
    // what is missing at the start is counted by the mark
    if (plan !== null && plan.opening.length > 0) plan.filter.through(writer).mark(this.now, this.standAt(start));
    const isFirst = !this.isWatched && this.now - this.#watchedAt >= QUIET_MARKS * this.#options.markMs;
    const outage = numbered || this.#reached?.state !== 'down' ? null : outageInWords(null, this.#reached);
    const viewer = new HubViewer(this, socket, view, start, [...writer.finish(), ...(outage === null ? [] : [this.#notice(outage)])]);
    this.#viewers.add(viewer);
    return { viewer, extension: this.#extension(plan?.stand ?? this.standAt(start), plan?.unknown ?? []), start: () => {
      viewer.deliver(this.frames());
      if (isFirst) this.#options.onFirstViewer?.();
    } };
  }

  /** The same viewer at another level. */
  change(viewer: HubViewer, level: LevelName, numbered: boolean): ExtensionAnswer {
    viewer.change(this.#rankOf(level), numbered);
    const stand = this.standAt(viewer.cursor), { filter } = viewer.view;
    return this.#extension(filter === null ? stand : filter.ahead(stand, this.now), []);
  }

  /** @param said whether a viewer that was behind is told what it misses; not where its socket is gone or its sign-in has ended */
  leave(viewer: HubViewer, said: boolean): void {
    if (!this.#viewers.delete(viewer)) return;
    viewer.leave(said);
    if (this.#viewers.size === 0) this.#keptUntil = this.now + this.#options.keepMs;
  }

  /** Tells every viewer, and each that comes meanwhile, whether the bus reaches other processes: by a frame, or in words where it knows none. */
  reach(state: BusState): void {
    const words = outageInWords(this.#reached, state);
    // who had viewers when it was heard last has the time to say so again
    if (state.state === 'up' && this.#keeps()) this.#keptUntil = this.now + this.#options.keepMs;
    this.#reached = state;
    this.#wasAway ||= state.state === 'down';
    if (words === null) return;
    const plain = new FrameBatch([this.#notice(words)]), numbered = new FrameBatch([encodeBus(awayOf(state), state.since)]);
    for (const viewer of this.#viewers) viewer.say(viewer.view.numbered ? numbered : plain);
  }

  /** Stops its clock. */
  close(): void {
    this.#cancelTick();
  }

  frames(): FrameCache {
    return new FrameCache(this);
  }

  lastFrames(place: number, { rank, numbered, filter }: FrameView): readonly string[] {
    if (place >= this.head) return [];
    const plain = numbered ? new NumberedWriter(rank, this.floorRank) : new PlainWriter(this.instance, rank, this.now);
    const writer = filter === null ? plain : filter.through(plain);
    writer.losses(this.ring.lossesFrom(place), 'slow');
    writer.mark(this.now, this.standAt(this.head));
    return writer.finish();
  }

  restOf(filter: ResumeFilter): ResumeFilter | null {
    return filter.rest(this.#streams);
  }

  standAt(place: number): StreamStand {
    return new RingPositions(this.ring, this.#streams.all, place).all(this.floorRank);
  }

  /** An entry of this hub's own, outside all streams. */
  #notice(msg: string): string {
    const level = LEVEL_VALUES.warn;
    return encodePlainEntry({ instance: this.instance, epoch: '', seq: 0, lseq: 0, level, text: JSON.stringify({ level, time: this.now, msg }) });
  }

  get #away(): BusAway | null {
    return this.#reached === null ? null : awayOf(this.#reached);
  }

  /** Whether every instance that runs has had the time to be heard: silence means something, and one that is new has just begun. */
  #hearsAll(now: number): boolean {
    const since = this.#reached === null ? this.#startedAt : this.#reached.state === 'up' ? Math.max(this.#startedAt, this.#reached.since) : now;
    return now - since >= QUIET_MARKS * this.#options.markMs;
  }

  /** This process itself did nothing for a while: what the others said meanwhile is still to be read. */
  #overslept(now: number): boolean {
    return now - this.#tickedAt >= 2 * this.#options.markMs;
  }

  /** Whether what comes may still be asked for; else what there is goes. While the others are not heard, it is as it was when they were. */
  #keeps(): boolean {
    const since = this.#reached === null || this.#reached.state === 'up' ? this.now : this.#reached.since;
    if (this.isWatched || since < this.#keptUntil) return true;
    if (this.ring.start < this.ring.head) this.ring.clear();
    return false;
  }

  #rankOf(level: LevelName): number {
    return Math.max(this.floorRank, LEVEL_NAMES.indexOf(level));
  }

  #extension({ streams, quiet }: StreamStand, unknown: readonly string[]): ExtensionAnswer {
    const { floor, maxRingEntries: entries, maxRingBytes: bytes, keepMs: ms, markMs } = this.#options;
    return { v: EXTENSION_VERSION, floor, hub: this.instance, markMs, keep: { entries, bytes, ms }, streams, quiet, away: this.#away, unknown };
  }

  #push({ stream, begun, returned, holes, entries, ended }: TakenBatch, now: number): void {
    const { instance, epoch } = stream, pretty = this.#options.style === 'pretty';
    if (begun !== null) {
      for (const viewer of this.#viewers) viewer.begins(instance, epoch);
      this.ring.push({ type: 'stream', instance, epoch, ...begun, state: 'new', time: stream.beganAt }, stream, now);
    }
    for (const hole of holes) this.ring.push({ type: 'gap', instance, epoch, ...hole }, stream, now);
    for (const entry of entries) if (levelRank(entry.level) >= this.floorRank) this.ring.push(pretty ? prettyEntry(entry) : entry, stream, now);
    if (holes.length > 0) this.#pushMark(now);
    if (ended) this.#pushNews(stream, 'end');
    else if (returned) this.#pushNews(stream, 'live');
  }

  #pushNews(stream: HubStream, state: StreamState): void {
    this.ring.push(newsOf(stream, state), stream, this.now);
  }

  #twins(): HubStream[] {
    const { markMs } = this.#options;
    return this.#streams.twins(TWIN_MARKS * markMs, this.now - QUIET_MARKS * markMs);
  }

  #pushMark(now: number): void {
    this.ring.push({ type: 'mark', time: now, ...this.standAt(this.head) }, null, now);
  }

  /** Nobody will ever ask for it. */
  #forget({ stream, holes, entries }: TakenBatch): void {
    for (const { level, seq } of entries) setGone(stream, level, seq);
    for (const { levels, to } of holes) for (const level of levels.keys()) setGone(stream, level, to);
  }

  #deliver(): void {
    const frames = this.frames(), cuts = new Set<number>();
    for (const viewer of this.#viewers) {
      viewer.deliver(frames);
      cuts.add(viewer.cursor);
    }
    this.ring.trim(cuts, this.now);
  }

  readonly #tick = (): void => {
    const { clock, markMs, maxRingMs } = this.#options, { now } = this;
    this.#cancelTick = clock.after(markMs, this.#tick);
    const quietMs = QUIET_MARKS * markMs, quietSince = this.#hearsAll(now) && !this.#overslept(now) ? now - quietMs : -Infinity;
    this.#tickedAt = now;
    // not before the word that it is quiet, which comes later than its last entry, has left the ring
    const quiet = this.#streams.settle(quietSince, now - maxRingMs - quietMs - markMs);
    if (!this.#keeps()) return;
    for (const stream of quiet) this.#pushNews(stream, 'quiet');
    for (const stream of this.#twins()) this.#pushNews(stream, 'twin');
    if ([...this.#viewers].some((viewer) => viewer.view.numbered)) this.#pushMark(now);
    this.#deliver();
  };
}

function newsOf({ instance, epoch, seq, lseqs, heardAt }: HubStream, state: StreamState): StreamFrame {
  return { type: 'stream', instance, epoch, seq, levels: new Map(lseqs), state, time: heardAt };
}
