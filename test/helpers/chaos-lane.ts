// One direction of a connection through the chaos proxy: what comes from one socket goes to the other, whole and in order, as late and as slowly as a test
// wants. It holds little: what it does not pass on waits in the sender's network, as it would in a real one.
import type { Socket } from 'node:net';

/** More than this is not taken from the sender before some of it has gone. */
const MOST_HELD_BYTES = 64 * 1024;
/** A slow lane passes something at least so often. */
const SLICE_MS = 10;

export interface LaneFaults {
  /** Each byte arrives so many ms late. */
  latencyMs: number;
  /** Bytes a second; Infinity for as fast as they come. */
  bandwidth: number;
}

export class ChaosLane {
  readonly faults: LaneFaults = { latencyMs: 0, bandwidth: Infinity };
  readonly #to: Socket;
  readonly #from: Socket;
  readonly #spent: () => void;
  readonly #held: { chunk: Buffer; readonly at: number }[] = [];
  #heldBytes = 0;
  #paused = false;
  #ended = false;
  /** Waiting for a time, or for the receiver. */
  #waits = false;
  #freeAt = 0;
  #left = Infinity;
  #timer: NodeJS.Timeout | undefined;

  /** @param spent called when the bytes of `cutAfter` have been passed on */
  constructor(from: Socket, to: Socket, spent: () => void) {
    this.#from = from;
    this.#to = to;
    this.#spent = spent;
    from.on('data', (chunk: Buffer) => this.take(chunk));
    from.on('end', () => {
      this.#ended = true;
      this.#pass();
    });
  }

  /** Takes bytes as if they had just come from the sender. */
  take(chunk: Buffer): void {
    this.#held.push({ chunk, at: performance.now() });
    this.#heldBytes += chunk.length;
    if (this.#heldBytes > MOST_HELD_BYTES) this.#from.pause();
    this.#pass();
  }

  /** Passes nothing on, and takes nothing more than it can hold; nothing is lost. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#pass();
  }

  /** Passes so many more bytes on, wherever in a frame the last of them is, and then no more. */
  cutAfter(bytes: number): void {
    this.#left = bytes;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#waits = true;
    this.#held.length = 0;
  }

  #pass(): void {
    while (!this.#paused && !this.#waits) {
      const [first] = this.#held, { latencyMs, bandwidth } = this.faults;
      if (first === undefined) {
        if (this.#ended) this.#to.end();
        return;
      }
      const wait = Math.max(first.at + latencyMs, this.#freeAt) - performance.now();
      if (wait > 0) return this.#passLater(wait);
      const size = Math.min(first.chunk.length, this.#left, Math.max(1, Math.floor((bandwidth * SLICE_MS) / 1000)));
      const piece = first.chunk.subarray(0, size);
      this.#freeAt = performance.now() + (size / bandwidth) * 1000;
      first.chunk = first.chunk.subarray(size);
      if (first.chunk.length === 0) this.#held.shift();
      this.#left -= size;
      this.#heldBytes -= size;
      if (this.#heldBytes <= MOST_HELD_BYTES) this.#from.resume();
      const taken = this.#to.write(piece);
      if (this.#left === 0) return this.#cut();
      if (!taken) this.#passOnceDrained();
    }
  }

  #passLater(ms: number): void {
    this.#waits = true;
    this.#timer = setTimeout(() => this.#goOn(), ms);
  }

  #passOnceDrained(): void {
    this.#waits = true;
    this.#to.once('drain', () => this.#goOn());
  }

  #goOn(): void {
    this.#waits = false;
    this.#pass();
  }

  /** When the receiver's network has what was passed. */
  #cut(): void {
    this.#waits = true;
    this.#to.write('', () => this.#spent());
  }
}
