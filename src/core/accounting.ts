// What should have come and what did, for all streams of a viewer: takes each numbered entry and each word of the server about its numbers, tells
// duplicates from new entries, and finds what is missing, by level and with its cause. Always on, and bounded, so that a server that invents
// streams cannot grow it. It knows frames only by what they say, and nothing of rows.
import type { DeclaredGap, Gap, LossCause } from './gap.js';
import { noCounts, type LevelCounts } from './level-counts.js';
import { isLevelName, LEVEL_NAMES } from './levels.js';
import { LossTally, type Excuse } from './loss-tally.js';
import type { Clock } from './platform.js';
import {
  MAX_STREAMS, NO_NUMBERS, NONE_QUIET, type BusFrame, type GapFrame, type LevelNumbers, type MarkFrame, type QuietStreams, type ResumePoints, type ServerExtension,
  type ServerFrame, type StreamFrame, type StreamPosition, type StreamPositions,
} from './protocol.js';
import { StreamAccount, UNHEARD_MS, type StreamReport, type StreamWatcher } from './stream-account.js';
import { streamKey } from './stream-key.js';

/** What a server says of the numbers of its entries, and of their instances. */
export type StreamNews = Extract<ServerFrame, { type: 'subscribed' }> | GapFrame | MarkFrame | StreamFrame | BusFrame;

/** Above every level: nothing is asked for. */
const NOTHING = 6;
/** A stream that a server does not hear of from one mark to another so much later is not there any more. */
const MISSED_MS = 10_000;

interface Stream {
  readonly account: StreamAccount;
  excuse: Excuse | null;
  /** The time of the first mark of a server that does not know of it; NaN before there was one, null while it is known. */
  missedSince: number | null;
  /** Nothing is heard of it now: its next numbers, should any come, tell what is missing. */
  isSilent: boolean;
  /** The start of the same instance before this one, until this one is heard. */
  before: Stream | null;
}

export class Accounting {
  readonly #clock: Clock;
  readonly #onGap: (gap: Gap) => void;
  readonly #streams = new Map<string, Stream>();
  /** The newest stream of each instance. */
  readonly #current = new Map<string, Stream>();
  #last: Stream | null = null;
  #rank = NOTHING;
  readonly #losses = new LossTally();
  #duplicates = 0;
  #unknowable = 0;
  #contradictions = 0;
  /** Infinity while the server does not reach the others, and cannot know what became of their instances; then until what waited has come. */
  #deafUntil = -Infinity;

  /** @param onGap told of each gap at the place where it is: before the entry that shows it */
  constructor(clock: Clock, onGap: (gap: Gap) => void) {
    this.#clock = clock;
    this.#onGap = onGap;
  }

  /** Missing entries by level. */
  get missing(): LevelCounts {
    return this.#losses.missing;
  }

  /** Entries that came again, and were dropped. */
  get duplicates(): number {
    return this.#duplicates;
  }

  /** How often nobody could know what is missing, or can know it yet. */
  get unknowable(): number {
    return this.#unknowable;
  }

  /** How often the numbers of a server contradicted themselves. */
  get contradictions(): number {
    return this.#contradictions;
  }

  get streams(): StreamReport[] {
    return [...this.#streams.values()].map(({ account }) => account.report);
  }

  /** Where a server that is connected to next should go on: the newest start of each instance, over or not, the one heard last first. */
  get positions(): ResumePoints {
    const newest = [...this.#current.values()].sort((a, b) => b.account.heardAt - a.account.heardAt);
    return new Map(newest.map(({ account }) => [account.instance, { epoch: account.epoch, seq: account.position }]));
  }

  hear(news: StreamNews): void {
    switch (news.type) {
      case 'subscribed': return this.subscribed(isLevelName(news.level) ? LEVEL_NAMES.indexOf(news.level) : 0, news.ext);
      // a cause of a later version is one that this viewer cannot name
      case 'gap': return this.gap({ ...news, cause: news.cause ?? 'unexplained' });
      case 'mark': return this.mark(news.streams, news.time, news.quiet);
      case 'stream': return this.stream(news.instance, news, news.state);
      case 'bus': return this.#cutOff(news.away !== null);
    }
  }

  /**
   * A server has answered a subscription.
   * @param asked entries of this rank and above are asked for
   * @param said null where the server does not number its entries
   */
  subscribed(asked: number, said: Pick<ServerExtension, 'floor' | 'streams' | 'quiet' | 'away' | 'unknown'> | null): void {
    const rank = Math.max(asked, said === null ? 0 : LEVEL_NAMES.indexOf(said.floor));
    const isAnew = rank === this.#rank, positions: StreamPositions = said?.streams ?? new Map();
    for (const [instance, stream] of this.#current) {
      const at = positions.get(instance), isSame = at?.epoch === stream.account.epoch;
      if (said === null) this.#orphan(stream);
      // a server that has just started, or knows an earlier start only, may hear of it in a moment
      else stream.missedSince = at === undefined || (!isSame && this.#streams.has(streamKey(instance, at.epoch))) ? NaN : null;
      // a server that begins further on where nothing else was asked for has let go of what is between
      if (isSame && isAnew && at.seq > stream.account.position) stream.excuse ??= { cause: 'expired', left: at.seq - stream.account.position };
      // up to this place everything was sent, at the level until now
      if (isSame && at.levels.size > 0) this.#settle(stream, at);
      stream.account.ask(rank, isSame ? at : null);
    }
    this.#rank = rank;
    this.#cutOff(said !== null && said.away !== null);
    for (const stream of this.#streams.values()) if (this.#current.get(stream.account.instance) !== stream) stream.account.ask(rank, null);
    for (const [instance, at] of positions) {
      if (this.#streams.has(streamKey(instance, at.epoch))) continue;
      const begun = this.#begin(instance, at);
      // what one logged that was silent before this view began is not this view's loss; where it is heard again, its numbers count from here
      if (begun?.before === null && said?.quiet.has(instance) === true) begun.account.orphaned = true;
    }
    for (const instance of said?.quiet.keys() ?? []) this.#silence(this.#current.get(instance));
  }

  /** A numbered entry came; false where it came before and is to be dropped. */
  entry(instance: string, epoch: string, seq: number, lseq: number, level: number): boolean {
    const stream = this.#hear(instance, epoch, seq - 1);
    if (stream === null) return true;
    const isNew = stream.account.entry(seq, lseq, level);
    if (!isNew) this.#duplicates++;
    this.#tell(stream);
    return isNew;
  }

  /** Entries are missing, it is said. */
  gap({ instance, epoch, from, to, cause, levels, times }: DeclaredGap): void {
    const stream = this.#hear(instance, epoch, from - 1);
    if (stream === null) return;
    const { position } = stream.account;
    // of an earlier start of an instance a viewer cannot tell a server where it stands, so that the server may speak of what the viewer has
    if (from <= position && this.#current.get(instance) === stream) this.#contradictions++;
    if (to <= position) return;
    // of a range that holds what came, only the next numbers can tell what is missing
    if (levels === null || from <= position) {
      stream.account.gap(to, NO_NUMBERS);
      stream.excuse = { cause, left: (stream.excuse?.cause === cause ? stream.excuse.left : 0) + to - Math.max(position, from - 1) };
      return;
    }
    const owed = stream.account.gap(to, levels);
    // what came and was not taken is missing whether or not it was asked for
    for (const [level, count] of cause === 'page' ? levels : owed) this.#losses.find(cause, level, count);
    this.#tell(stream, times);
  }

  /** Everything up to these places was sent, or said to be missing, at a time of the server. */
  mark(streams: StreamPositions, time: number, quiet: QuietStreams = NONE_QUIET): void {
    for (const [instance, at] of streams) this.#mark(instance, at, quiet.has(instance));
    for (const stream of this.#deafUntil === Infinity ? [] : this.#current.values()) {
      if (stream.missedSince === null) continue;
      // by the server's clock: this page may read its marks late, and many at once
      if (Number.isNaN(stream.missedSince)) stream.missedSince = time;
      else if (time - stream.missedSince >= MISSED_MS) this.#silence(stream);
    }
  }

  stream(instance: string, at: StreamPosition, state: StreamFrame['state']): void {
    if (state === 'new') {
      const begun = this.#streams.get(streamKey(instance, at.epoch)) ?? this.#begin(instance, at);
      if (begun === null || at.seq === 0 || at.seq < begun.account.position) return;
      // what came before this server heard of it, it cannot give
      begun.excuse ??= { cause: 'expired', left: at.seq - begun.account.position };
      return this.#settle(begun, at);
    }
    if (state === 'twin' && !this.#streams.has(streamKey(instance, at.epoch))) return void this.#begin(instance, at, true);
    const stream = this.#mark(instance, at, state === 'quiet');
    if (state === 'end' && stream !== null) stream.account.ended = true;
  }

  /** Another server is to be connected to, whose streams are others. What was counted stays. */
  forget(): void {
    this.#streams.clear();
    this.#current.clear();
    this.#last = null;
    this.#rank = NOTHING;
  }

  #mark(instance: string, at: StreamPosition, isQuiet: boolean): Stream | null {
    const known = this.#streams.get(streamKey(instance, at.epoch)) ?? this.#begin(instance, at);
    if (known === null) return null;
    if (at.seq < known.account.position && this.#current.get(instance) !== known) return known;
    if (!isQuiet) this.#succeed(known);
    this.#settle(known, at);
    if (isQuiet) this.#silence(known);
    return known;
  }

  #cutOff(isCutOff: boolean): void {
    if (isCutOff === (this.#deafUntil === Infinity)) return;
    this.#deafUntil = isCutOff ? Infinity : this.#clock.now() + UNHEARD_MS;
    // what was missed meanwhile counts for nothing
    if (!isCutOff) for (const stream of this.#current.values()) if (stream.missedSince !== null) stream.missedSince = NaN;
  }

  /** From here on the account is exact again. */
  #settle(stream: Stream, at: StreamPosition): void {
    stream.account.mark(at.seq, at.levels);
    this.#tell(stream);
    stream.excuse = null;
  }

  /** The stream of an entry or a gap. Of one that nobody announced the view begins here, or at its start where its instance is known. */
  #hear(instance: string, epoch: string, before: number): Stream | null {
    const last = this.#last;
    if (last !== null && last.account.epoch === epoch && last.account.instance === instance) return last;
    const stream = this.#streams.get(streamKey(instance, epoch)) ?? this.#begin(instance, { epoch, seq: before, levels: null });
    if (stream === null) return null;
    this.#last = stream;
    this.#succeed(stream);
    return stream;
  }

  /** @param isBeside the current start of its instance goes on, in another process */
  #begin(instance: string, at: Omit<StreamPosition, 'levels'> & { levels: LevelNumbers | null }, isBeside = false): Stream | null {
    if (this.#streams.size >= MAX_STREAMS && !this.#makeRoom()) return null;
    const before = isBeside ? null : (this.#current.get(instance) ?? null);
    // a known instance that starts anew is known from its first entry on, whatever came in between
    const from = before === null ? { seq: at.seq, levels: at.levels ?? NO_NUMBERS } : { seq: 0, levels: NO_NUMBERS };
    const found: Stream = {
      account: new StreamAccount({ instance, epoch: at.epoch, now: this.#clock.now() }, { ...from, rank: this.#rank }, this.#watcher(() => found)),
      excuse: before === null ? null : { cause: 'restart', left: Infinity },
      missedSince: null, isSilent: false, before,
    };
    this.#streams.set(streamKey(instance, at.epoch), found);
    if (!isBeside) this.#current.set(instance, found);
    return found;
  }

  /** A stream is heard: if it is the next start of an instance whose end nobody told, the last entries of that one cannot be known. */
  #succeed(stream: Stream): void {
    if (stream.before !== null) {
      this.#orphan(stream.before);
      stream.before.isSilent = false;
    }
    stream.before = stream.missedSince = null;
    stream.account.orphaned = false;
    // what it says from now on tells what was missing
    if (stream.isSilent) this.#unknowable--;
    stream.isSilent = false;
  }

  #silence(stream: Stream | undefined): void {
    if (stream === undefined || stream.account.ended || stream.account.orphaned) return;
    stream.isSilent = true;
    this.#orphan(stream, 'silent');
  }

  #orphan(stream: Stream, cause: LossCause = 'unknown'): void {
    const { account } = stream;
    stream.missedSince = null;
    if (account.ended || account.orphaned) return;
    account.orphaned = true;
    // the next entry of it is heard anew
    this.#last = null;
    this.#unknowable++;
    this.#say(cause, account, noCounts());
  }

  #watcher(self: () => Stream): StreamWatcher {
    return {
      onHole: (level, count) => this.#losses.blame(self().excuse, level, count),
      onReturn: (level, count) => this.#losses.count(level, -count),
      onBroken: () => void this.#contradictions++,
    };
  }

  /** Says what the last numbers of a stream have shown. */
  #tell({ account, isSilent }: Stream, times?: Pick<Gap, 'from' | 'to'>): void {
    for (const [cause, levels] of this.#losses.take()) this.#say(cause, account, levels, times);
    account.heard(this.#clock.now(), this.#deafUntil, isSilent);
  }

  #say(cause: LossCause, { instance, knownAt }: StreamAccount, levels: LevelCounts, times?: Pick<Gap, 'from' | 'to'>): void {
    const { from, to } = times ?? { from: knownAt, to: Math.max(knownAt, this.#clock.now()) };
    this.#onGap(Object.freeze({ cause, instance, levels: Object.freeze(levels), from, to }));
  }

  /** Lets go of the stream that is over and was not heard for longest; false where all may still speak. */
  #makeRoom(): boolean {
    const over = [...this.#streams.values()].filter(({ account }) => account.ended || account.orphaned);
    const [stream] = over.sort((a, b) => a.account.heardAt - b.account.heardAt);
    if (stream === undefined) return false;
    this.#streams.delete(streamKey(stream.account.instance, stream.account.epoch));
    if (this.#current.get(stream.account.instance) === stream) this.#current.delete(stream.account.instance);
    if (this.#last === stream) this.#last = null;
    return true;
  }
}
