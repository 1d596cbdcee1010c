// Which instances speak on the bus, and how far each has come: so that a batch that is sent again is handed on once, and nobody speaks for
// another or jumps out of all reason. Bounded: whoever can publish on the channel can invent instances.
import { MAX_STREAMS } from '../core/protocol.js';
import { streamKey } from '../core/stream-key.js';
import type { BusMessage } from './bus-message.js';
import type { LogBatch } from './log-batch.js';

/** Where all places are taken, a stream that has ended gives up its own, and one that was silent for so long. */
const FORGET_AFTER_MS = 10 * 60_000;
/** An hour of a million entries a second; a longer way at once is nobody's hole, but a number that was made up. */
const MAX_STEP = 3_600_000_000;

interface Stream {
  readonly sender: string;
  seq: number;
  heardAt: number;
  ended: boolean;
}

export class BusStreams {
  #streams = new Map<string, Stream>();
  /** The streams of this process itself: nobody else may speak for them. */
  #own = new Set<string>();

  /** Streams of other processes that are known. */
  get size(): number {
    return this.#streams.size;
  }

  /** This process logs as `instance` in `epoch`. */
  own({ instance, epoch }: LogBatch): void {
    this.#own.add(streamKey(instance, epoch));
  }

  /**
   * `refused`: it speaks for this process or for the stream of another sender, or jumps out of all reason. `crowded`: there is no place for one more
   * stream; those that are known and go on never lose theirs. `repeated`: its entries were handed on before.
   */
  admit({ sender, batch }: BusMessage, now: number): 'new' | 'repeated' | 'refused' | 'crowded' {
    const { instance, epoch, seq, entries, ended } = batch, key = streamKey(instance, epoch), end = seq + entries.length;
    if (this.#own.has(key)) return 'refused';
    const stream = this.#streams.get(key);
    if (stream === undefined) {
      if (this.#streams.size >= MAX_STREAMS && !this.#forget(now)) return 'crowded';
      this.#streams.set(key, { sender, seq: end, heardAt: now, ended });
      return 'new';
    }
    if (stream.sender !== sender || end - stream.seq > MAX_STEP) return 'refused';
    const repeated = entries.length > 0 && end <= stream.seq;
    stream.seq = Math.max(stream.seq, end);
    stream.heardAt = now;
    stream.ended ||= ended;
    return repeated ? 'repeated' : 'new';
  }

  /** True where at least one place is free now. */
  #forget(now: number): boolean {
    for (const [key, { heardAt, ended }] of this.#streams) {
      if (ended || now - heardAt > FORGET_AFTER_MS) this.#streams.delete(key);
    }
    return this.#streams.size < MAX_STREAMS;
  }
}
