// What a hub keeps for viewers that are behind or come back: entries, and between them, where they happened, holes, marks and news of streams.
// Every item has a place: a number that rises by one and never changes, so that a cursor is only a number. What leaves it is in its remains.
import type { GapFrame, MarkFrame, StampedEntry, StreamFrame } from '../core/protocol.js';
import type { HubStream } from './hub-streams.js';
import { RingRemains, type Cuts } from './ring-remains.js';
import { StreamLosses } from './stream-losses.js';

export type RingItem = StampedEntry | GapFrame | StreamFrame | MarkFrame;

export interface RingLimits {
  readonly maxEntries: number;
  /** Characters of JSON. */
  readonly maxBytes: number;
  /** Nothing is kept for longer. */
  readonly maxMs: number;
  /** Errors and fatals that outlive the rest; they may take an eighth of the bytes besides. */
  readonly maxErrors: number;
}

export class HubRing {
  readonly remains: RingRemains;
  readonly #limits: RingLimits;
  #items: RingItem[] = [];
  /** For each item its stream (null: a mark), and when it came. */
  #streams: (HubStream | null)[] = [];
  #times: number[] = [];
  /** The place of `#items[0]`; items before `#tail` are given up but not yet cut off. */
  #base = 0;
  #tail = 0;
  #bytes = 0;

  constructor(limits: RingLimits) {
    this.#limits = limits;
    this.remains = new RingRemains(limits.maxErrors, Math.ceil(limits.maxBytes / 8));
  }

  /** The first place of which anything is known. */
  get start(): number {
    return this.remains.start ?? this.#tail;
  }

  /** The place of the oldest item that is kept whole. */
  get tail(): number {
    return this.#tail;
  }

  /** The place that the next item will have. */
  get head(): number {
    return this.#base + this.#items.length;
  }

  /** Characters of JSON that are kept. */
  get bytes(): number {
    return this.#bytes + this.remains.bytes;
  }

  push(item: RingItem, stream: HubStream | null, time: number): void {
    this.#items.push(item);
    this.#streams.push(stream);
    this.#times.push(time);
    this.#bytes += sizeOf(item);
  }

  /** @param place from `tail` up to but not including `head` */
  at(place: number): RingItem {
    return this.#items[place - this.#base] as RingItem;
  }

  /** The stream of what stands at a place from `tail` on; null for a mark. */
  streamAt(place: number): HubStream | null {
    return this.#streams[place - this.#base] as HubStream | null;
  }

  /** Gives up what is beyond the limits. @param cuts the places of viewers that have not got everything */
  trim(cuts: Cuts, now: number): void {
    const { maxEntries, maxBytes, maxMs } = this.#limits, since = now - maxMs;
    for (; this.#tail < this.head; this.#tail++) {
      const index = this.#tail - this.#base, time = this.#times[index] as number;
      if (this.head - this.#tail <= maxEntries && this.#bytes <= maxBytes && time >= since) break;
      const item = this.#items[index] as RingItem;
      this.#bytes -= sizeOf(item);
      this.remains.add(this.#tail, item, this.#streams[index] as HubStream | null, time, cuts);
    }
    this.remains.settle(cuts, since);
    this.#cut();
  }

  /** Forgets everything; places go on. */
  clear(): void {
    this.lossesFrom(this.start).forget();
    this.#tail = this.#base = this.head;
    this.#items = [];
    this.#streams = [];
    this.#times = [];
    this.#bytes = 0;
    this.remains.clear();
  }

  /** Everything from `place` on, as if it were lost. */
  lossesFrom(place: number): StreamLosses {
    const losses = new StreamLosses();
    for (const part of this.remains.parts) {
      if (part.from < place) continue;
      if (part.entry !== null && part.stream !== null) losses.addEntry(part.stream, part.entry);
      else losses.addAll(part.losses);
    }
    for (let at = Math.max(place, this.#tail); at < this.head; at++) {
      const item = this.at(at), stream = this.streamAt(at);
      if (stream === null || ('type' in item && item.type === 'mark')) continue;
      if (!('type' in item)) losses.addEntry(stream, item);
      else if (item.type === 'gap') losses.addGap(stream, item);
      else losses.addNews(stream, item);
    }
    return losses;
  }

  /** In one go, so that each item is moved a bounded number of times however long the ring runs. */
  #cut(): void {
    const dropped = this.#tail - this.#base;
    if ((dropped < 1024 && this.#tail < this.head) || dropped * 2 < this.#items.length) return;
    this.#items = this.#items.slice(dropped);
    this.#streams = this.#streams.slice(dropped);
    this.#times = this.#times.slice(dropped);
    this.#base = this.#tail;
  }
}

function sizeOf(item: RingItem): number {
  return 'type' in item ? 100 : item.text.length;
}
