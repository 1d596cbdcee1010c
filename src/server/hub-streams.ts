// What a hub has heard of each stream, which is one start of one instance: how far it came, level by level. Batches are taken in only where they
// agree with it, so that the numbers never fall and every hole has its exact count. Bounded: whoever can publish on the bus can invent streams.
import { MAX_STREAMS, NO_NUMBERS, sumOfNumbers, type LevelNumbers, type StampedEntry } from '../core/protocol.js';
import { levelRank } from '../core/levels.js';
import { streamKey } from '../core/stream-key.js';
import type { LogBatch } from './log-batch.js';

/** Where all places are taken, a stream that was silent for so long gives up its own. */
const FORGET_AFTER_MS = 10 * 60_000;

export interface HubStream {
  readonly instance: string;
  readonly epoch: string;
  /** The n-th stream that this hub heard of. */
  readonly order: number;
  seq: number;
  /** The last `lseq` of each level. */
  readonly lseqs: Map<number, number>;
  /** When this hub heard its beginning; null where it had begun before. */
  readonly beganAt: number | null;
  readonly firstHeardAt: number;
  heardAt: number;
  state: 'live' | 'quiet' | 'ended';
  /** By rank: the number of the last entry that the hub cannot give any more to who comes back. */
  readonly gone: number[];
}

/** Entries that will not come, by level. */
export interface Hole {
  readonly from: number;
  readonly to: number;
  readonly cause: 'bus' | 'source';
  readonly levels: LevelNumbers;
}

/** What is new in a batch. */
export interface TakenBatch {
  readonly stream: HubStream;
  /** The stream was not known; this is where it stood, before the holes and entries. */
  readonly begun: { readonly seq: number; readonly levels: LevelNumbers } | null;
  /** The stream had been quiet. */
  readonly returned: boolean;
  readonly holes: readonly Hole[];
  readonly entries: readonly StampedEntry[];
  readonly ended: boolean;
  /** Viewers are connected to its process. */
  readonly watched: boolean;
}

export class HubStreams {
  #streams = new Map<string, HubStream>();
  /** The latest start of each instance. */
  #latest = new Map<string, HubStream>();
  #count = 0;

  get all(): IterableIterator<HubStream> {
    return this.#streams.values();
  }

  find(instance: string, epoch: string): HubStream | undefined {
    return this.#streams.get(streamKey(instance, epoch));
  }

  isLatest(stream: HubStream): boolean {
    return this.#latest.get(stream.instance) === stream;
  }

  /**
   * Null for a batch that contradicts what was heard before, or comes when there is no place for one more stream.
   * @param hearsAll whether every instance that runs was heard of by now, so that one that is new has just begun
   * @param isInTime whether a new start of an instance that was heard of before is heard when it begins
   */
  take(batch: LogBatch, now: number, hearsAll = true, isInTime = true): TakenBatch | null {
    const known = this.find(batch.instance, batch.epoch), stream = known ?? this.#begin(batch, now, hearsAll, isInTime);
    if (stream === null) return null;
    const begun = known === undefined ? { seq: stream.seq, levels: new Map(stream.lseqs) } : null;
    const holes = findHoles(stream, batch), repeated = stream.seq - batch.seq;
    if (holes === null) {
      if (begun !== null) this.#forget(stream);
      return null;
    }
    let { entries } = batch;
    if (repeated > 0) {
      entries = entries.slice(repeated);
      const [first] = entries;
      if (first !== undefined && first.lseq !== (stream.lseqs.get(first.level) ?? 0) + 1) return null;
    }
    if (holes.length > 0) for (const [level, lseq] of batch.levels) stream.lseqs.set(level, lseq);
    for (const { level, lseq } of entries) stream.lseqs.set(level, lseq);
    stream.seq = Math.max(stream.seq, batch.seq + batch.entries.length);
    const returned = stream.state === 'quiet', ended = batch.ended && stream.state !== 'ended';
    if (batch.ended) this.#end(stream);
    else if (returned || entries.length > 0) stream.state = 'live';
    stream.heardAt = now;
    return { stream, begun, returned, holes, entries, ended, watched: batch.watched !== false };
  }

  /** Marks what was not heard of for so long, and returns it; forgets what ended before `since`. */
  settle(quietSince: number, forgetSince: number): HubStream[] {
    const quiet: HubStream[] = [];
    for (const stream of this.#streams.values()) {
      const isOver = stream.state === 'ended' || !this.isLatest(stream);
      if (isOver && stream.heardAt < forgetSince) this.#forget(stream);
      else if (!isOver && stream.state === 'live' && stream.heardAt < quietSince) {
        stream.state = 'quiet';
        quiet.push(stream);
      }
    }
    return quiet;
  }

  /** Streams that go on beside a later start of the same instance, heard for `ms` after it began and not quiet since: two processes use one name. */
  twins(ms: number, quietSince: number): HubStream[] {
    return [...this.#streams.values()].filter((stream) => {
      const latest = this.#latest.get(stream.instance);
      return latest !== stream && latest?.state === 'live' && stream.state === 'live' && stream.heardAt - latest.firstHeardAt >= ms && stream.heardAt >= quietSince;
    });
  }

  #end(stream: HubStream): void {
    stream.state = 'ended';
    if (!this.isLatest(stream)) return;
    // another process of the same name may go on
    const left = [...this.#streams.values()].findLast(({ instance, state, heardAt }) => instance === stream.instance && state === 'live' && heardAt > stream.firstHeardAt);
    if (left !== undefined) this.#latest.set(stream.instance, left);
  }

  #begin({ instance, epoch, seq, levels, lost }: LogBatch, now: number, hearsAll: boolean, isInTime: boolean): HubStream | null {
    if (this.#streams.size >= MAX_STREAMS && !this.#makeRoom(now)) return null;
    // of an instance that was heard of before its start, everything from its first entry on should have come
    const isWhole = this.#latest.has(instance);
    const lseqs = new Map(isWhole ? NO_NUMBERS : levels);
    if (!isWhole) for (const [level, count] of lost) lseqs.set(level, Math.max(0, (lseqs.get(level) ?? 0) - count));
    const from = isWhole ? 0 : Math.max(0, seq - sumOfNumbers(lost));
    const stream: HubStream = {
      instance, epoch, order: this.#count++, seq: from, lseqs, beganAt: (isWhole ? isInTime : hearsAll && from === 0) ? now : null, firstHeardAt: now, heardAt: now, state: 'live',
      gone: [0, 0, 0, 0, 0, 0],
    };
    for (const level of lseqs.keys()) setGone(stream, level, stream.seq);
    this.#streams.set(streamKey(instance, epoch), stream);
    this.#latest.set(instance, stream);
    return stream;
  }

  #makeRoom(now: number): boolean {
    for (const stream of this.#streams.values()) {
      if (stream.state === 'ended' || now - stream.heardAt > FORGET_AFTER_MS) this.#forget(stream);
    }
    return this.#streams.size < MAX_STREAMS;
  }

  #forget(stream: HubStream): void {
    this.#streams.delete(streamKey(stream.instance, stream.epoch));
    if (this.isLatest(stream)) this.#latest.delete(stream.instance);
  }
}

/** The number of the last entry of a rank and above that the hub cannot give any more. */
export function goneUpTo({ gone }: HubStream, rank: number): number {
  return Math.max(...gone.slice(rank));
}

export function setGone({ gone }: HubStream, level: number, seq: number): void {
  const rank = levelRank(level);
  if ((gone[rank] ?? 0) < seq) gone[rank] = seq;
}

/** What a batch says is missing before its entries; null where its numbers contradict those of the stream. */
function findHoles(stream: HubStream, { seq, levels, lost }: LogBatch): Hole[] | null {
  const size = seq - stream.seq;
  if (size < 0) return [];
  const source = new Map<number, number>(), bus = new Map<number, number>();
  for (const [level, lseq] of levels) {
    const count = lseq - (stream.lseqs.get(level) ?? 0), dropped = Math.min(count, lost.get(level) ?? 0);
    if (count < 0) return null;
    if (dropped > 0) source.set(level, dropped);
    if (count > dropped) bus.set(level, count - dropped);
  }
  for (const level of stream.lseqs.keys()) if (!levels.has(level)) return null;
  const dropped = sumOfNumbers(source), between = sumOfNumbers(bus);
  if (dropped + between !== size) return null;
  const holes: Hole[] = [], middle = stream.seq + between;
  if (between > 0) holes.push({ from: stream.seq + 1, to: middle, cause: 'bus', levels: bus });
  if (dropped > 0) holes.push({ from: middle + 1, to: seq, cause: 'source', levels: source });
  return holes;
}
