// What has come in and waits for the next flush: frames of a server, entries of the page's own, notices of the viewer. Decides when that flush
// is due, and hands everything over in order. Knows nothing of what becomes of it.
import type { StreamNews } from './accounting.js';
import { FrameQueue } from './frame-queue.js';
import { readEntry, searchTextOf } from './log-entry.js';
import type { Notice } from './notice.js';
import type { Clock, Scheduler } from './platform.js';
import { decodeServerFrame } from './protocol.js';
import { SkippedFrames } from './skipped-frames.js';

/** One entry as it is kept; `level` is the server's word where that differs from the entry's own. */
export interface Arrival {
  readonly text: string;
  /** What the search looks at. */
  readonly search: string;
  readonly level: number;
  readonly time: number;
  readonly instance: string;
  readonly epoch: string | null;
  /** NaN where the server does not number its entries, as is `lseq`. */
  readonly seq: number;
  readonly lseq: number;
}

/** What an envelope says of an entry. */
interface Envelope {
  readonly level: number | null;
  readonly instance: string;
  readonly epoch: string | null;
  readonly seq: number;
  readonly lseq: number;
}

/** What was read and waits, in order; null stands for a message that could not be read. */
type ReadItem = Arrival | Notice | StreamNews | SkippedFrames | null;

/** Where an intake puts what it hands over. */
export interface IntakeSink {
  entry(arrival: Arrival): void;
  news(news: StreamNews): void;
  /** These entries came and were not read, because this page did not take them in time. */
  skipped(frames: SkippedFrames): void;
  notice(notice: Notice): void;
  unreadable(): void;
}

/** What did not come as a frame, and how many frames came before it. */
interface OwnItem {
  readonly item: { readonly text: string; readonly instance: string } | Notice;
  readonly after: number;
}

const HIDDEN_FRAMES = 1000, HIDDEN_MS = 100;
/** Frames of this length in all are read when they are there, and not with the next flush: many short tasks instead of a long one. */
const READ_AHEAD_BYTES = 256 * 1024;
/** A page that has drawn nothing for so long has more than it can do: what comes then is left unread, and in the end dropped. */
const OVERLOADED_MS = 1000;

export class Intake {
  readonly #clock: Clock;
  readonly #scheduler: Scheduler;
  readonly #queue: FrameQueue;
  readonly #flush: () => void;
  readonly #maxReadBytes: number;
  #own: OwnItem[] = [];
  #items: ReadItem[] = [];
  #readBytes = 0;
  /** Since when a picture is waited for, in ms; null where none is. */
  #frameOwedSince: number | null = null;
  /** When the first of what waits came, in ms. */
  #since = 0;
  #cancelFrame: (() => void) | null = null;

  /**
   * @param maxWaitingBytes what may wait unread, and half of it read; past it the oldest unread frames are dropped
   * @param flush called when it is time to drain: once before the next picture, or at once where a hidden page draws none
   */
  constructor(clock: Clock, scheduler: Scheduler, maxWaitingBytes: number, flush: () => void) {
    this.#clock = clock;
    this.#scheduler = scheduler;
    this.#maxReadBytes = maxWaitingBytes / 2;
    this.#queue = new FrameQueue(maxWaitingBytes);
    this.#flush = flush;
  }

  receive(frame: string): void {
    if (this.#waiting === 0) this.#since = this.#clock.now();
    this.#queue.push(frame, this.#clock.now());
    if (this.#queue.bytes >= READ_AHEAD_BYTES && this.#readBytes < this.#maxReadBytes) this.#readWaiting();
    this.schedule();
    if (this.#readBytes >= this.#maxReadBytes && this.#clock.now() - (this.#frameOwedSince ?? 0) < OVERLOADED_MS) this.#flush();
  }

  push(entries: Iterable<unknown>, instance: string): void {
    // a single text is one entry, not its letters
    const list: unknown = typeof entries === 'string' ? [entries] : entries;
    if (typeof list !== 'object' || list === null || !(Symbol.iterator in list)) throw new TypeError('push takes a list of entries: push([entry]).');
    try {
      for (const entry of list as Iterable<unknown>) this.#add({ text: jsonOf(entry), instance });
    } finally {
      // where the source breaks off, what it gave is taken
      this.schedule();
    }
  }

  notify(notice: Notice): void {
    this.#add(notice);
    this.schedule();
  }

  /** Makes sure that a flush comes. */
  schedule(): void {
    // a hidden page draws no frames, so there the work is done from the message that brings it
    const waiting = this.#waiting;
    if (this.#scheduler.hidden() && waiting > 0 && (waiting >= HIDDEN_FRAMES || this.#clock.now() - this.#since >= HIDDEN_MS)) this.#flush();
    else this.#cancelFrame ??= this.#askForFrame();
  }

  /** Hands over everything that waits. */
  drain(sink: IntakeSink): void {
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    this.#readWaiting();
    const items = this.#items;
    this.#items = [];
    this.#readBytes = 0;
    for (const item of items) {
      if (item === null) sink.unreadable();
      else if (item instanceof SkippedFrames) sink.skipped(item);
      else if ('name' in item) sink.notice(item);
      else if ('type' in item) sink.news(item);
      else sink.entry(item);
    }
  }

  get #waiting(): number {
    return this.#queue.length + this.#own.length + this.#items.length;
  }

  #askForFrame(): () => void {
    // a picture that another flush made needless was not drawn
    this.#frameOwedSince ??= this.#clock.now();
    return this.#scheduler.frame(() => {
      this.#frameOwedSince = null;
      this.#flush();
    });
  }

  #add(item: OwnItem['item']): void {
    if (this.#waiting === 0) this.#since = this.#clock.now();
    this.#own.push({ item, after: this.#queue.pushed });
  }

  #readWaiting(): void {
    for (const passed of this.#queue.takePassed()) {
      if (typeof passed === 'string') this.#read(passed);
      else this.#items.push(passed);
    }
    const frames = this.#queue.take(), own = this.#own;
    this.#own = [];
    let next = 0, before = this.#queue.pushed - frames.length;
    const readOwn = (): void => {
      for (; next < own.length && (own[next] as OwnItem).after <= before; next++) this.#readOwn(own[next] as OwnItem);
    };
    for (const frame of frames) {
      readOwn();
      this.#read(frame);
      before++;
    }
    readOwn();
  }

  #readOwn({ item }: OwnItem): void {
    if ('name' in item) this.#items.push(item);
    else this.#readText(item.text, { instance: item.instance, level: null, epoch: null, seq: NaN, lseq: NaN });
  }

  #read(raw: string): void {
    const frame = decodeServerFrame(raw);
    if (frame.type === 'entry') {
      const { text, value, level, instance, stamp } = frame;
      this.#keep(text, value, { level, instance, epoch: stamp?.epoch ?? null, seq: stamp?.seq ?? NaN, lseq: stamp?.lseq ?? NaN });
    } else if (frame.type === 'packed') {
      const { instance, epoch, seqs, lseqs, levels } = frame;
      frame.lines.forEach((line, index) => this.#readText(line, { instance, epoch, level: levels[index] ?? null, seq: seqs[index] ?? NaN, lseq: lseqs[index] ?? NaN }));
    } else if (frame.type === 'gap' || frame.type === 'mark' || frame.type === 'stream' || frame.type === 'subscribed') {
      this.#items.push(frame);
    } else {
      this.#items.push(null);
    }
  }

  #readText(text: string, from: Envelope): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.#items.push(null);
      return;
    }
    this.#keep(text, value, from);
  }

  /** Of the value only what is shown and searched is kept, so that the rest dies young. */
  #keep(text: string, value: unknown, { level, instance, epoch, seq, lseq }: Envelope): void {
    const facts = readEntry(value, text);
    this.#readBytes += text.length;
    this.#items.push({ text, search: searchTextOf(facts), level: level ?? facts.level, time: facts.time, instance, epoch, seq, lseq });
  }
}

/** The JSON of what a page pushed; '' (which is none, and is counted as such) where it has none: a function, a circle, a BigInt. */
function jsonOf(entry: unknown): string {
  if (typeof entry === 'string') return entry;
  try {
    return JSON.stringify(entry) ?? '';
  } catch {
    return '';
  }
}
