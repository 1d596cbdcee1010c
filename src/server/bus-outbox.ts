// What waits to be sent to other processes: gathered into messages, kept within a bound, oldest dropped and counted. A message that was sent
// stays here until it was taken, so that it can be sent again; what has to wait longer is squeezed. It knows no transport and no time.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { NO_NUMBERS, type StampedEntry } from '../core/protocol.js';
import { encodeBusMessage } from './bus-message.js';
import { positionAfter, type LogBatch } from './log-batch.js';

/** Characters of JSON in one message; a single entry may be longer. */
export const FULL_MESSAGE = 64 * 1024;

/** A batch that grows by those that go on where it ends. */
interface OpenBatch extends LogBatch {
  readonly entries: StampedEntry[];
  watched: boolean;
}

/** Messages that wait while so many characters do are squeezed to a fifth or less: somebody does not take them, and there will be more. */
const LOOSE_CHARACTERS = 512 * 1024;
/** Fast: a full message takes a fraction of a millisecond. */
const SQUEEZE = { level: 1 } as const;

interface Message {
  /** Squeezed where it is bytes. */
  readonly kept: string | Buffer;
  /** Characters of it as it is sent. */
  readonly length: number;
  /** Entries in it. */
  readonly count: number;
}

export class BusOutbox {
  readonly #sender: string;
  readonly #maxBytes: number;
  #open: OpenBatch | null = null;
  /** What was sealed last. */
  #last: LogBatch | null = null;
  #openBytes = 0;
  #waiting: Message[] = [];
  #waitingBytes = 0;
  #sent: Message[] = [];
  #sentKeptBytes = 0;
  #sentBytes = 0;
  #dropped = 0;

  /** @param maxBytes what is kept at most, unless more than that is on its way: bytes of messages that are squeezed, characters of those that are not */
  constructor(sender: string, maxBytes: number) {
    this.#sender = sender;
    this.#maxBytes = maxBytes;
  }

  /** What is kept, sent or not. */
  get bytes(): number {
    return this.#waitingBytes + this.#sentKeptBytes + this.#openBytes;
  }

  /** Characters that were sent and not taken. */
  get sentBytes(): number {
    return this.#sentBytes;
  }

  /** Entries that were given up. */
  get dropped(): number {
    return this.#dropped;
  }

  get isEmpty(): boolean {
    return this.#open === null && this.#waiting.length + this.#sent.length === 0;
  }

  /** True where a whole message waits, so that there is nothing to wait for. */
  get isFull(): boolean {
    return this.#waiting.length > 0;
  }

  push(batch: LogBatch): void {
    if (!this.#continues(batch)) this.#seal();
    const { watched = true } = batch;
    this.#open ??= { ...batch, watched, ended: false, entries: [] };
    this.#open.watched = watched;
    for (const entry of batch.entries) {
      // where nothing else can make room for it, what was gathered before it does
      if (this.#openBytes > 0 && this.#waiting.length === 0 && this.bytes + entry.text.length > this.#maxBytes) this.#seal();
      this.#open ??= after(this.#last as LogBatch);
      this.#open.entries.push(entry);
      this.#openBytes += entry.text.length;
      if (this.#openBytes >= FULL_MESSAGE) this.#seal();
      else this.#bound();
    }
    if (!batch.ended) return;
    this.#open = { ...(this.#open ?? after(this.#last as LogBatch)), ended: true };
    this.#seal();
  }

  /** The next message to send; null where nothing waits. */
  next(): string | null {
    if (this.#waiting.length === 0) this.#seal();
    const message = this.#waiting.shift();
    if (message === undefined) return null;
    const { kept, length } = message;
    this.#waitingBytes -= kept.length;
    this.#sent.push(message);
    this.#sentKeptBytes += kept.length;
    this.#sentBytes += length;
    return typeof kept === 'string' ? kept : inflateRawSync(kept).toString('utf8');
  }

  /** The oldest message that was sent has been taken. */
  taken(): void {
    const message = this.#sent.shift();
    if (message === undefined) return;
    this.#sentBytes -= message.length;
    this.#sentKeptBytes -= message.kept.length;
  }

  /** What was sent may not have come: it is to be sent again, before everything else. */
  resend(): void {
    this.#waiting.unshift(...this.#sent);
    this.#waitingBytes += this.#sentKeptBytes;
    this.#sent = [];
    this.#sentBytes = this.#sentKeptBytes = 0;
    this.#bound();
  }

  clear(): void {
    this.#open = this.#last = null;
    this.#waiting = [];
    this.#sent = [];
    this.#waitingBytes = this.#openBytes = this.#sentBytes = this.#sentKeptBytes = 0;
  }

  /** True where the batch says nothing of its own beside its entries, so that they can stand behind those that wait. */
  #continues({ instance, epoch, seq, lost }: LogBatch): boolean {
    const open = this.#open;
    return open !== null && open.instance === instance && open.epoch === epoch && lost.size === 0 && open.seq + open.entries.length === seq;
  }

  #seal(): void {
    const open = this.#open;
    if (open === null) return;
    const text = encodeBusMessage(this.#sender, open);
    const kept = this.#waitingBytes < Math.min(LOOSE_CHARACTERS, this.#maxBytes / 4) ? text : squeeze(text);
    this.#waiting.push({ kept, length: text.length, count: open.entries.length });
    this.#waitingBytes += kept.length;
    this.#finish(open);
    this.#bound();
  }

  /** Drops the oldest that was not sent, in the end what is being gathered. */
  #bound(): void {
    while (this.bytes > this.#maxBytes) {
      const oldest = this.#waiting.shift();
      if (oldest === undefined) {
        if (this.#open === null) return;
        this.#dropped += this.#open.entries.length;
        this.#finish(this.#open);
      } else {
        this.#waitingBytes -= oldest.kept.length;
        this.#dropped += oldest.count;
      }
    }
  }

  #finish(open: OpenBatch): void {
    this.#last = open;
    this.#open = null;
    this.#openBytes = 0;
  }
}

/** A copy of its own: what zlib gives is the beginning of a larger buffer. */
function squeeze(text: string): Buffer {
  const squeezed = deflateRawSync(text, SQUEEZE), copy = Buffer.allocUnsafeSlow(squeezed.length);
  squeezed.copy(copy);
  return copy;
}

/** An empty batch that goes on where another ends. */
function after(batch: LogBatch): OpenBatch {
  const { instance, watched = true } = batch, { epoch, seq, levels } = positionAfter(batch);
  return { instance, epoch, seq, levels, lost: NO_NUMBERS, ended: false, watched, entries: [] };
}
