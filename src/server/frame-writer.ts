// Writes what stands in a hub's ring as the frames of one dialect: those of Directus and nothing else, where a loss is an ordinary entry; or those of
// the extension, with numbers, gaps, marks and news of streams. It knows the ring's items, and no viewers.
import { readLevel, levelRank, LEVEL_VALUES } from '../core/levels.js';
import {
  encodeGap, encodeMark, encodePacked, encodePlainEntry, encodeStampedEntry, encodeStream, sumOfNumbers,
  type GapCause, type GapFrame, type LevelNumbers, type StampedEntry, type StreamFrame,
} from '../core/protocol.js';
import { parseObject } from './log-line.js';
import { LossCount } from './loss-count.js';
import { fromRank, type StreamStand } from './ring-positions.js';
import type { StreamLosses } from './stream-losses.js';

export interface FrameWriter {
  /** What was written so far, in characters or thereabouts. */
  readonly size: number;
  entry(entry: StampedEntry): void;
  /** @param from where it begins for this viewer, which may have some of it: then how many of each level is not known, and a mark follows */
  gap(gap: GapFrame, from?: number): void;
  news(news: StreamFrame): void;
  /** @param cause why these entries will not come */
  losses(losses: StreamLosses, cause: GapCause): void;
  /** Everything of each stream up to these places has been written. */
  mark(time: number, stand: StreamStand): void;
  finish(): readonly string[];
}

const CAUSES: Readonly<Record<GapCause, string>> = Object.freeze({
  slow: 'this viewer was too slow',
  expired: 'this server did not have them when this viewer was back',
  bus: 'they were lost between two servers',
  source: 'more than this instance could pass on',
  restart: 'they were logged while this server began',
});

/** To a plain client: Directus' frames. */
export class PlainWriter implements FrameWriter {
  size = 0;
  readonly #instance: string;
  readonly #rank: number;
  readonly #now: number;
  #texts: string[] = [];
  /** What this viewer was too slow for: one entry says all of it. */
  #lost = new LossCount();

  /** @param instance speaks of losses; @param now ms since 1970 */
  constructor(instance: string, rank: number, now: number) {
    this.#instance = instance;
    this.#rank = rank;
    this.#now = now;
  }

  entry(entry: StampedEntry): void {
    if (levelRank(entry.level) >= this.#rank) this.#write(encodePlainEntry(entry));
  }

  gap({ instance, cause, levels }: GapFrame): void {
    const lost = new LossCount();
    this.#count(lost, levels ?? new Map<number, number>());
    if (cause !== null) this.#say(lost, instance, cause);
  }

  news(): void {
    // Directus has no word for it
  }

  losses({ streams }: StreamLosses): void {
    for (const { levels } of streams.values()) this.#count(this.#lost, levels);
  }

  /** Here ends a loss, if there was one. */
  mark(): void {
    this.#say(this.#lost, this.#instance, 'slow');
  }

  finish(): readonly string[] {
    this.mark();
    return this.#texts;
  }

  #count(lost: LossCount, levels: LevelNumbers): void {
    for (const [level, count] of levels) if (levelRank(level) >= this.#rank) lost.add(level, count);
  }

  #say(lost: LossCount, instance: string, cause: GapCause): void {
    if (lost.total === 0) return;
    const text = lost.entryText(CAUSES[cause], this.#now);
    lost.clear();
    this.#write(encodePlainEntry({ instance, epoch: '', seq: 0, lseq: 0, level: LEVEL_VALUES.warn, text }));
  }

  #write(text: string): void {
    this.#texts.push(text);
    this.size += text.length;
  }
}

/** To a client of the extension. */
export class NumberedWriter implements FrameWriter {
  size = 0;
  readonly #rank: number;
  readonly #floorRank: number;
  #texts: string[] = [];
  /** Entries that one packed frame can say: one instance, one start of it, and each level's numbers without a hole. */
  #run: StampedEntry[] = [];
  #next = new Map<number, number>();

  constructor(rank: number, floorRank: number) {
    this.#rank = rank;
    this.#floorRank = floorRank;
  }

  entry(entry: StampedEntry): void {
    const { level, lseq } = entry;
    if (levelRank(level) < this.#rank) return;
    const last = this.#run.at(-1), expected = this.#next.get(level);
    const fits = last !== undefined && entry.instance === last.instance && entry.epoch === last.epoch && entry.seq > last.seq
      && (expected === undefined || lseq === expected);
    if (!fits) this.#endRun();
    this.#run.push(entry);
    this.#next.set(level, lseq + 1);
    this.size += entry.text.length;
  }

  gap(gap: GapFrame, from = gap.from): void {
    const levels = gap.levels === null ? null : fromRank(gap.levels, this.#rank);
    if (levels === null || sumOfNumbers(levels) > 0) this.#write(encodeGap({ ...gap, from, levels: from === gap.from ? levels : null }));
  }

  news(news: StreamFrame): void {
    this.#write(encodeStream(news.instance, { ...news, levels: fromRank(news.levels, this.#floorRank) }, news.state, news.time));
  }

  losses(losses: StreamLosses, cause: GapCause): void {
    writeLosses(this, losses, cause);
  }

  mark(time: number, { streams, quiet }: StreamStand): void {
    this.#write(encodeMark(time, streams, quiet));
  }

  finish(): readonly string[] {
    this.#endRun();
    return this.#texts;
  }

  #write(text: string): void {
    this.#endRun();
    this.#texts.push(text);
    this.size += text.length;
  }

  #endRun(): void {
    const [entry] = this.#run;
    if (entry === undefined) return;
    this.#texts.push(this.#run.length > 1 ? encodePacked(this.#run) : encodeStampedEntry(entry, readLevel(parseObject(entry.text)?.['level'])));
    this.#run = [];
    this.#next.clear();
  }
}

/** Says losses as gaps, between the news of their streams. */
export function writeLosses(writer: FrameWriter, losses: StreamLosses, cause: GapCause): void {
  for (const { stream: { instance, epoch }, begun, loss, news } of losses.inOrder()) {
    if (begun !== undefined) writer.news(begun);
    if (loss !== undefined) writer.gap({ type: 'gap', instance, epoch, from: loss.from, to: loss.to, cause, levels: loss.levels });
    for (const word of news) writer.news(word);
  }
}
