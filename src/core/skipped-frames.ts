// Entry frames that were skipped because this page could not take them in time: how many entries of which stream and level they held. Reads of
// each frame what is around its entries, and of the entries nothing.
import type { DeclaredGap } from './gap.js';
import { countLevel, noCounts, type LevelCounts } from './level-counts.js';
import { NO_LEVEL, readLevel } from './levels.js';
import { memberOf } from './json-object.js';
import { addNumber, decodeServerFrame, MAX_STREAMS, type EntryFrame } from './protocol.js';
import { streamKey } from './stream-key.js';

export class SkippedFrames {
  readonly #streams = new Map<string, { gap: Omit<DeclaredGap, 'levels' | 'to'>; to: number; readonly levels: Map<number, number> }>();
  readonly #levels = noCounts();
  #isUnnumbered = false;
  /** When the first and the last of them came (ms since 1970). */
  readonly from: number;
  #to: number;

  constructor(now: number) {
    this.from = now;
    this.#to = now;
  }

  get to(): number {
    return this.#to;
  }

  /** The entries that a server had numbered, stream by stream. */
  get gaps(): DeclaredGap[] {
    return [...this.#streams.values()].map(({ gap, to, levels }) => ({ ...gap, to, levels, times: { from: this.from, to: this.#to } }));
  }

  /** All others; null where there are none. A frame that could not be read counts as one entry without a level: whatever it was, it is missing. */
  get unnumbered(): LevelCounts | null {
    return this.#isUnnumbered ? this.#levels : null;
  }

  add(text: string, now: number): void {
    this.#to = now;
    const frame = decodeServerFrame(text);
    if (frame.type === 'packed') frame.levels.forEach((level, index) => this.#addNumbered(frame.instance, frame.epoch, frame.seqs[index] as number, level));
    else if (frame.type === 'entry' && frame.stamp !== null) this.#addNumbered(frame.instance, frame.stamp.epoch, frame.stamp.seq, levelOf(frame));
    else this.#addUnnumbered(frame.type === 'entry' ? levelOf(frame) : NO_LEVEL);
  }

  #addUnnumbered(level: number): void {
    countLevel(this.#levels, level, 1);
    this.#isUnnumbered = true;
  }

  #addNumbered(instance: string, epoch: string, seq: number, level: number): void {
    const key = streamKey(instance, epoch);
    let stream = this.#streams.get(key);
    if (stream === undefined && this.#streams.size >= MAX_STREAMS) return this.#addUnnumbered(level);
    if (stream === undefined) this.#streams.set(key, (stream = { gap: { instance, epoch, from: seq, cause: 'page' }, to: seq, levels: new Map() }));
    stream.to = Math.max(stream.to, seq);
    addNumber(stream.levels, level, 1);
  }
}

function levelOf({ level, value }: EntryFrame): number {
  return level ?? readLevel(memberOf(value, 'level'));
}
