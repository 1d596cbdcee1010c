// What has come in and waits for the next flush: frames of a server (unread), entries of the page's own, notices of the viewer. Decides when
// that flush is due, and hands everything over in order. Knows nothing of what becomes of it.
import { FrameQueue } from './frame-queue.js';
import type { Notice } from './notice.js';
import type { Clock, Scheduler } from './platform.js';
import { decodeServerFrame } from './protocol.js';

/** One entry as it came; `level` is the server's word where that differs from the entry's own. */
export interface Arrival {
  readonly text: string;
  readonly value: unknown;
  readonly level: number | null;
  readonly instance: string;
  readonly epoch: string | null;
  readonly seq: number;
}

/** Where an intake puts what it hands over. */
export interface IntakeSink {
  entry(arrival: Arrival): void;
  notice(notice: Notice): void;
  unreadable(): void;
}

/** What did not come as a frame, and how many frames came before it. */
interface OwnItem {
  readonly item: { readonly text: string; readonly instance: string } | Notice;
  readonly after: number;
}

const HIDDEN_FRAMES = 1000, HIDDEN_MS = 100;

export class Intake {
  readonly #clock: Clock;
  readonly #scheduler: Scheduler;
  readonly #queue: FrameQueue;
  readonly #flush: () => void;
  #own: OwnItem[] = [];
  /** When the first of what waits came, in ms. */
  #since = 0;
  #cancelFrame: (() => void) | null = null;

  /** @param flush called when it is time to drain: once before the next picture, or at once where a hidden page draws none */
  constructor(clock: Clock, scheduler: Scheduler, maxWaitingBytes: number, flush: () => void) {
    this.#clock = clock;
    this.#scheduler = scheduler;
    this.#queue = new FrameQueue(maxWaitingBytes);
    this.#flush = flush;
  }

  receive(frame: string): void {
    if (this.#waiting === 0) this.#since = this.#clock.now();
    this.#queue.push(frame, this.#clock.now());
    this.schedule();
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
    else this.#cancelFrame ??= this.#scheduler.frame(() => this.#flush());
  }

  /** Hands over everything that waits. */
  drain(sink: IntakeSink): void {
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    const dropped = this.#queue.takeDropped();
    if (dropped !== null) sink.notice({ name: 'gap', ...dropped });
    const frames = this.#queue.take(), own = this.#own;
    this.#own = [];
    let next = 0, before = this.#queue.pushed - frames.length;
    const handOver = (): void => {
      for (; next < own.length && (own[next] as OwnItem).after <= before; next++) this.#readOwn(own[next] as OwnItem, sink);
    };
    for (const frame of frames) {
      handOver();
      this.#read(frame, sink);
      before++;
    }
    handOver();
  }

  get #waiting(): number {
    return this.#queue.length + this.#own.length;
  }

  #add(item: OwnItem['item']): void {
    if (this.#waiting === 0) this.#since = this.#clock.now();
    this.#own.push({ item, after: this.#queue.pushed });
  }

  #readOwn({ item }: OwnItem, sink: IntakeSink): void {
    if ('name' in item) sink.notice(item);
    else this.#readText(item.text, { instance: item.instance, level: null, epoch: null, seq: NaN }, sink);
  }

  #read(raw: string, sink: IntakeSink): void {
    const frame = decodeServerFrame(raw);
    if (frame.type === 'entry') {
      const { text, value, level, instance, stamp } = frame;
      sink.entry({ text, value, level, instance, epoch: stamp?.epoch ?? null, seq: stamp?.seq ?? NaN });
    } else if (frame.type === 'packed') {
      const { instance, epoch, seqs, levels } = frame;
      frame.lines.forEach((line, index) => this.#readText(line, { instance, epoch, level: levels[index] ?? null, seq: seqs[index] ?? NaN }, sink));
    } else {
      sink.unreadable();
    }
  }

  #readText(text: string, from: Omit<Arrival, 'text' | 'value'>, sink: IntakeSink): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      sink.unreadable();
      return;
    }
    sink.entry({ text, value, ...from });
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
