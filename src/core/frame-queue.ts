// Entry frames that wait, unread, for the next flush. Bounded by bytes: past the bound the oldest are dropped after a light read of their
// levels, and counted, so that a page that cannot keep up says what it left out.
import { levelRank } from './levels.js';
import { peekLevels } from './protocol.js';

export class FrameQueue {
  readonly #maxBytes: number;
  #frames: string[] = [];
  #head = 0;
  #bytes = 0;
  #pushed = 0;
  #dropped = [0, 0, 0, 0, 0, 0];
  #droppedFrom = 0;
  #droppedTo = 0;

  /** @param maxBytes length of the waiting frames at most; the newest frame is always taken */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get length(): number {
    return this.#frames.length - this.#head;
  }

  /** Frames that were ever pushed. */
  get pushed(): number {
    return this.#pushed;
  }

  push(frame: string, now: number): void {
    this.#frames.push(frame);
    this.#pushed++;
    this.#bytes += frame.length;
    while (this.#bytes > this.#maxBytes && this.length > 1) this.#drop(now);
  }

  /** All waiting frames, oldest first; the queue is empty afterwards. */
  take(): readonly string[] {
    const frames = this.#head === 0 ? this.#frames : this.#frames.slice(this.#head);
    this.#frames = [];
    this.#head = 0;
    this.#bytes = 0;
    return frames;
  }

  /** What was dropped since the last call, by level, and when; null where nothing was. */
  takeDropped(): { levels: readonly number[]; from: number; to: number } | null {
    if (this.#dropped.every((count) => count === 0)) return null;
    const dropped = { levels: Object.freeze(this.#dropped), from: this.#droppedFrom, to: this.#droppedTo };
    this.#dropped = [0, 0, 0, 0, 0, 0];
    return dropped;
  }

  #drop(now: number): void {
    const frame = this.#frames[this.#head] as string;
    this.#frames[this.#head++] = '';
    this.#bytes -= frame.length;
    if (this.#dropped.every((count) => count === 0)) this.#droppedFrom = now;
    this.#droppedTo = now;
    for (const level of peekLevels(frame)) {
      const rank = levelRank(level);
      this.#dropped[rank] = (this.#dropped[rank] ?? 0) + 1;
    }
    // the emptied head is given back before it outgrows what waits
    if (this.#head > 1024 && this.#head * 2 > this.#frames.length) {
      this.#frames = this.#frames.slice(this.#head);
      this.#head = 0;
    }
  }
}
