// What has come in and waits for the next flush: frames of a server (unread), entries of the page's own, notices of the viewer. Decides when
// that flush is due, and hands everything over in order. Knows nothing of what becomes of it.
import { FrameQueue } from './frame-queue.js';
import type { Notice } from './notice.js';
import type { Clock, Scheduler } from './platform.js';
import { decodeServerFrame, type Stamp } from './protocol.js';

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

const HIDDEN_FRAMES = 1000, HIDDEN_MS = 100;

export class Intake {
  readonly #clock: Clock;
  readonly #scheduler: Scheduler;
  readonly #queue: FrameQueue;
  readonly #flush: () => void;
  #own: ({ readonly text: string; readonly instance: string } | Notice)[] = [];
  #cancelFrame: (() => void) | null = null;

  /** @param flush called when it is time to drain: once before the next picture, or at once where a hidden page draws none */
  constructor(clock: Clock, scheduler: Scheduler, maxWaitingBytes: number, flush: () => void) {
    this.#clock = clock;
    this.#scheduler = scheduler;
    this.#queue = new FrameQueue(maxWaitingBytes);
    this.#flush = flush;
  }

  receive(frame: string): void {
    this.#queue.push(frame, this.#clock.now());
    this.schedule();
  }

  push(entries: Iterable<unknown>, instance: string): void {
    for (const entry of entries) this.#own.push({ text: typeof entry === 'string' ? entry : (JSON.stringify(entry) ?? 'null'), instance });
    this.schedule();
  }

  notify(notice: Notice): void {
    this.#own.push(notice);
    this.schedule();
  }

  /** Makes sure that a flush comes. */
  schedule(): void {
    // a hidden page draws no frames, so there the work is done from the message that brings it
    const waiting = this.#queue.length;
    if (this.#scheduler.hidden() && waiting > 0 && (waiting >= HIDDEN_FRAMES || this.#clock.now() - this.#queue.since >= HIDDEN_MS)) this.#flush();
    else this.#cancelFrame ??= this.#scheduler.frame(() => this.#flush());
  }

  /** Hands over everything that waits. */
  drain(sink: IntakeSink): void {
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    const dropped = this.#queue.takeDropped();
    if (dropped !== null) sink.notice({ name: 'gap', ...dropped });
    for (const frame of this.#queue.take()) this.#read(frame, sink);
    const own = this.#own;
    this.#own = [];
    for (const item of own) {
      if ('name' in item) sink.notice(item);
      else this.#readText(item.text, { instance: item.instance, level: null, epoch: null, seq: NaN }, sink);
    }
  }

  #read(text: string, sink: IntakeSink): void {
    const frame = decodeServerFrame(text);
    if (frame.type === 'entry') {
      const { epoch = null, seq = NaN }: Partial<Stamp> | { epoch: null; seq: number } = frame.stamp ?? {};
      sink.entry({ text: frame.text, value: frame.value, level: frame.level, instance: frame.instance, epoch, seq });
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
