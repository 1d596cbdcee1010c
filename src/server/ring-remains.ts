// What a hub's ring keeps of what has left it: its errors and fatals, which outlive the rest, and between them how much of each stream is gone. It
// is parted where a viewer stands, so that everyone is told exactly what it missed. Places are those of the ring.
import type { StampedEntry } from '../core/protocol.js';
import { isErrorLevel } from '../core/levels.js';
import type { HubStream } from './hub-streams.js';
import type { RingItem } from './hub-ring.js';
import { StreamLosses } from './stream-losses.js';

/** A stretch of places: one entry that is kept, or what is lost. */
export interface Remnant {
  readonly from: number;
  /** The place after it. */
  to: number;
  readonly time: number;
  readonly stream: HubStream | null;
  readonly entry: StampedEntry | null;
  readonly losses: StreamLosses;
}

/** Where viewers stand that have not got everything. */
export type Cuts = ReadonlySet<number>;

/** Records of losses beside the entries that are kept. */
const MAX_LOSSES = 10_000;

export class RingRemains {
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  #parts: Remnant[] = [];
  #entries = 0;
  #bytes = 0;

  /** @param maxBytes characters of JSON that are kept */
  constructor(maxEntries: number, maxBytes: number) {
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
  }

  /** The first place that is known of; null where there is none. */
  get start(): number | null {
    return this.#parts[0]?.from ?? null;
  }

  /** Oldest first. */
  get parts(): readonly Remnant[] {
    return this.#parts;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The stretch that holds a place, which is one between the start and the tail of the ring. */
  at(place: number): Remnant {
    let low = 0, high = this.#parts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#parts[middle] as Remnant).from <= place) low = middle;
      else high = middle - 1;
    }
    return this.#parts[low] as Remnant;
  }

  /** The ring gives up what stands at `place`, the one after all that are here. */
  add(place: number, item: RingItem, stream: HubStream | null, time: number, cuts: Cuts): void {
    if (stream !== null && !('type' in item) && isErrorLevel(item.level) && item.text.length <= this.#maxBytes) {
      this.#parts.push({ from: place, to: place + 1, time, stream, entry: item, losses: new StreamLosses() });
      this.#entries++;
      this.#bytes += item.text.length;
      return;
    }
    let last = this.#parts.at(-1);
    if (last === undefined || last.entry !== null || cuts.has(place)) {
      last = { from: place, to: place, time, stream: null, entry: null, losses: new StreamLosses() };
      this.#parts.push(last);
    }
    last.to = place + 1;
    if (stream === null) return;
    if (!('type' in item)) last.losses.addEntry(stream, item);
    else if (item.type === 'gap') last.losses.addGap(stream, item);
    else if (item.type === 'stream') last.losses.addNews(stream, item);
  }

  /** Brings it within its bounds, and drops what nobody is to be told. @param since what is older is kept for nobody */
  settle(cuts: Cuts, since: number): void {
    if (this.#parts.length === 0) return;
    for (let first = this.#firstKept(); first >= 0 && this.#isTooMuch((this.#parts[first] as Remnant).time < since); first = this.#firstKept()) this.#lose(first, cuts);
    if (this.#parts.length > 2 * this.#entries + cuts.size + 1) this.#merge(cuts);
    let needed = Infinity, passed = 0;
    for (const cut of cuts) needed = Math.min(needed, cut);
    for (const part of this.#parts) {
      if (part.entry !== null || part.to > needed) break;
      part.losses.forget();
      passed++;
    }
    if (passed > 0) this.#parts.splice(0, passed);
  }

  clear(): void {
    this.#parts = [];
    this.#entries = this.#bytes = 0;
  }

  #isTooMuch(isOld: boolean): boolean {
    if (isOld || this.#entries > this.#maxEntries || this.#bytes > this.#maxBytes) return true;
    let losses = 0;
    for (const part of this.#parts) losses += part.losses.size;
    return losses > MAX_LOSSES;
  }

  #firstKept(): number {
    return this.#entries === 0 ? -1 : this.#parts.findIndex((part) => part.entry !== null);
  }

  #lose(index: number, cuts: Cuts): void {
    const { from, to, time, stream, entry } = this.#parts[index] as Remnant, losses = new StreamLosses();
    if (stream === null || entry === null) return;
    losses.addEntry(stream, entry);
    this.#entries--;
    this.#bytes -= entry.text.length;
    this.#parts[index] = { from, to, time, stream: null, entry: null, losses };
    this.#join(index + 1, cuts);
    this.#join(index, cuts);
  }

  #merge(cuts: Cuts): void {
    for (let index = this.#parts.length - 1; index > 0; index--) this.#join(index, cuts);
  }

  /** Makes one of a stretch that is lost and the one before it, where both are and nobody stands between; false where not. */
  #join(index: number, cuts: Cuts): boolean {
    const before = this.#parts[index - 1], part = this.#parts[index];
    if (before === undefined || part === undefined || before.entry !== null || part.entry !== null || cuts.has(part.from)) return false;
    before.losses.addAll(part.losses);
    before.to = part.to;
    this.#parts.splice(index, 1);
    return true;
  }
}
