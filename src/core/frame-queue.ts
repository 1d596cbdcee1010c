// Frames that wait, unread, for the next flush. Bounded by bytes: past the bound the oldest entries are skipped after a light read of their numbers
// and levels, so that a page that cannot keep up says what it left out. What a server says of its numbers is short, and is not skipped.
import { isEntryFrame } from './protocol.js';
import { SkippedFrames } from './skipped-frames.js';

export class FrameQueue {
  readonly #maxBytes: number;
  #frames: string[] = [];
  #head = 0;
  #bytes = 0;
  #pushed = 0;
  /** What stands before the frames that wait, in order. */
  #passed: (string | SkippedFrames)[] = [];
  #passedBytes = 0;

  /** @param maxBytes length of the waiting frames at most; the newest frame is always taken */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get length(): number {
    return this.#frames.length - this.#head;
  }

  /** Length of the waiting frames. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Frames that were ever pushed. */
  get pushed(): number {
    return this.#pushed;
  }

  push(frame: string, now: number): void {
    this.#frames.push(frame);
    this.#pushed++;
    this.#bytes += frame.length;
    while (this.#bytes > this.#maxBytes && this.length > 1) this.#skip(now);
  }

  /**
   * Takes the waiting frames, oldest first. What `takePassed` gives stands before them.
   * @param maxBytes length of them at most; one is always taken. Default all, and the queue is empty afterwards
   */
  take(maxBytes = Infinity): readonly string[] {
    const frames = this.#frames, from = this.#head;
    let to = from, bytes = 0;
    if (this.#bytes <= maxBytes) [to, bytes] = [frames.length, this.#bytes];
    else do bytes += (frames[to++] as string).length; while (to < frames.length && bytes + (frames[to] as string).length <= maxBytes);
    this.#frames = frames.slice(to);
    this.#head = 0;
    this.#bytes -= bytes;
    return from === 0 && to === frames.length ? frames : frames.slice(from, to);
  }

  /** What was skipped since the last call, and the frames between that hold no entries. */
  takePassed(): readonly (string | SkippedFrames)[] {
    const passed = this.#passed;
    this.#passed = [];
    this.#passedBytes = 0;
    return passed;
  }

  #skip(now: number): void {
    const frame = this.#frames[this.#head] as string;
    this.#frames[this.#head++] = '';
    this.#bytes -= frame.length;
    if (isEntryFrame(frame)) {
      let skipped = this.#passed.at(-1);
      if (!(skipped instanceof SkippedFrames)) this.#passed.push((skipped = new SkippedFrames(now)));
      skipped.add(frame, now);
    } else if (this.#passedBytes + frame.length <= this.#maxBytes) {
      this.#passed.push(frame);
      this.#passedBytes += frame.length;
    } else if (this.#passed.at(-1) !== '') {
      // a server that sends so much beside its entries is not to be believed; what is left out cannot be read any more
      this.#passed.push('');
    }
    // the emptied head is given back before it outgrows what waits
    if (this.#head > 1024 && this.#head * 2 > this.#frames.length) {
      this.#frames = this.#frames.slice(this.#head);
      this.#head = 0;
    }
  }
}
