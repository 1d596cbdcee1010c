// What has come in and waits for the next flush: frames of a server, entries of the page's own, notices of the viewer. Decides when that flush
// is due, and hands everything over in order. Knows nothing of what becomes of it.
import type { StreamNews } from './accounting.js';
import { FrameQueue } from './frame-queue.js';
import { readEntry, searchTextOf } from './log-entry.js';
import type { Notice } from './notice.js';
import type { Clock, Scheduler } from './platform.js';
import { decodeServerFrame } from './protocol.js';
import type { SkippedFrames } from './skipped-frames.js';

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
/** Frames of this length in all are taken when they are there, and not with the next flush: many short tasks instead of a long one. */
const PORTION_BYTES = 256 * 1024;
/** What is taken at once at most: where more has gathered, the rest comes afterwards. */
const MOST_BYTES = 2 * PORTION_BYTES;
/** So little, some eight entries, can be read as it comes: it is worth a picture of its own. */
const LITTLE_BYTES = 4096, LITTLE_OWN = 8;
/** A page that has drawn nothing for so long has more than it can do: what comes then is left unread, and in the end dropped. */
const OVERLOADED_MS = 1000;

export class Intake {
  readonly #clock: Clock;
  readonly #scheduler: Scheduler;
  readonly #queue: FrameQueue;
  readonly #flush: (interim: boolean) => void;
  #own: OwnItem[] = [];
  /** Since when a picture is waited for, in ms; null where none is. */
  #frameOwedSince: number | null = null;
  /** When the first of what waits came, in ms. */
  #since = 0;
  #cancelFrame: (() => void) | null = null;
  #isRestDue = false;
  /** Since the last picture so much came that it was taken in portions. */
  #isPortioned = false;
  /** What the next drain takes of the frames; all where somebody else asks for it. */
  #most = Infinity;

  /**
   * @param maxWaitingBytes length of the frames that may wait unread; past it the oldest are dropped
   * @param flush called when it is time to drain: once before the next picture, or at once where a hidden page draws none; `interim` between two
   *   pictures, where so much waits that it is better taken now
   */
  constructor(clock: Clock, scheduler: Scheduler, maxWaitingBytes: number, flush: (interim: boolean) => void) {
    this.#clock = clock;
    this.#scheduler = scheduler;
    this.#queue = new FrameQueue(maxWaitingBytes);
    this.#flush = flush;
  }

  receive(frame: string): void {
    const now = this.#clock.now();
    if (this.#waiting === 0) this.#since = now;
    this.#queue.push(frame, now);
    this.schedule(now);
    if (this.#queue.bytes >= PORTION_BYTES && now - (this.#frameOwedSince ?? now) < OVERLOADED_MS) this.#take(true);
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
  schedule(now = this.#clock.now()): void {
    // a hidden page draws no frames, so there the work is done from the message that brings it
    const waiting = this.#waiting, isMuch = waiting >= HIDDEN_FRAMES || this.#queue.bytes >= PORTION_BYTES;
    if (waiting > 0 && (isMuch || now - this.#since >= HIDDEN_MS) && this.#scheduler.hidden()) this.#take(false);
    else this.#cancelFrame ??= this.#askForFrame(now);
  }

  /** Hands over what waits. Unless it is `interim`, a picture of it comes now, and none is asked for any more. */
  drain(sink: IntakeSink, interim = false): void {
    if (!interim) {
      this.#cancelFrame?.();
      this.#cancelFrame = null;
    }
    for (const passed of this.#queue.takePassed()) {
      if (typeof passed === 'string') readFrame(passed, sink);
      else sink.skipped(passed);
    }
    const frames = this.#queue.take(this.#most), own = this.#own;
    this.#most = Infinity;
    let next = 0, before = this.#queue.pushed - this.#queue.length - frames.length;
    const readOwn = (): void => {
      for (; next < own.length && (own[next] as OwnItem).after <= before; next++) readItem((own[next] as OwnItem).item, sink);
    };
    for (const frame of frames) {
      readOwn();
      readFrame(frame, sink);
      before++;
    }
    readOwn();
    this.#own = own.slice(next);
  }

  get #waiting(): number {
    return this.#queue.length + this.#own.length;
  }

  #take(interim: boolean): void {
    this.#most = MOST_BYTES;
    this.#isPortioned = interim;
    this.#flush(interim);
    if (this.#queue.length === 0 || this.#isRestDue) return;
    this.#isRestDue = true;
    this.#clock.after(0, () => {
      this.#isRestDue = false;
      if (this.#queue.length === 0) return;
      this.schedule();
      this.#take(true);
    });
  }

  #askForFrame(now: number): () => void {
    // a picture that another flush made needless was not drawn
    this.#frameOwedSince ??= now;
    return this.#scheduler.frame(() => {
      this.#frameOwedSince = null;
      this.#take(false);
    }, () => !this.#isPortioned && this.#queue.bytes <= LITTLE_BYTES && this.#own.length <= LITTLE_OWN);
  }

  #add(item: OwnItem['item']): void {
    if (this.#waiting === 0) this.#since = this.#clock.now();
    this.#own.push({ item, after: this.#queue.pushed });
  }
}

function readItem(item: OwnItem['item'], sink: IntakeSink): void {
  if ('name' in item) sink.notice(item);
  else readText(item.text, null, item.instance, null, NaN, NaN, sink);
}

function readFrame(raw: string, sink: IntakeSink): void {
  const frame = decodeServerFrame(raw);
  if (frame.type === 'entry') {
    const { text, value, level, instance, stamp } = frame;
    keep(text, value, level, instance, stamp?.epoch ?? null, stamp?.seq ?? NaN, stamp?.lseq ?? NaN, sink);
  } else if (frame.type === 'packed') {
    const { instance, epoch, seqs, lseqs, levels, lines } = frame;
    for (let index = 0; index < lines.length; index++) {
      readText(lines[index] as string, levels[index] as number, instance, epoch, seqs[index] as number, lseqs[index] as number, sink);
    }
  } else if (frame.type === 'gap' || frame.type === 'mark' || frame.type === 'stream' || frame.type === 'subscribed' || frame.type === 'bus') {
    sink.news(frame);
  } else {
    sink.unreadable();
  }
}

function readText(text: string, level: number | null, instance: string, epoch: string | null, seq: number, lseq: number, sink: IntakeSink): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return sink.unreadable();
  }
  keep(text, value, level, instance, epoch, seq, lseq, sink);
}

/** Of the value only what is shown and searched is kept, so that the rest dies young. */
function keep(text: string, value: unknown, level: number | null, instance: string, epoch: string | null, seq: number, lseq: number, sink: IntakeSink): void {
  const facts = readEntry(value, text);
  sink.entry({ text, search: searchTextOf(facts), level: level ?? facts.level, time: facts.time, instance, epoch, seq, lseq });
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
