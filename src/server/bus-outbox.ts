// What waits to be sent to other processes: gathered into messages, kept within a bound, oldest dropped and counted. A message that was sent
// stays here until it was taken, so that it can be sent again. It knows no transport and no time.
import { NO_NUMBERS, type StampedEntry } from '../core/protocol.js';
import { encodeBusMessage } from './bus-message.js';
import { positionAfter, type LogBatch } from './log-batch.js';

/** Characters of JSON in one message; a single entry may be longer. */
export const FULL_MESSAGE = 64 * 1024;

/** A batch that grows by those that go on where it ends. */
interface OpenBatch extends LogBatch {
  readonly entries: StampedEntry[];
}

interface Message {
  readonly text: string;
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
  #sent: Message[] = [];
  #bytes = 0;
  #dropped = 0;

  /** @param maxBytes characters of JSON that are kept at most */
  constructor(sender: string, maxBytes: number) {
    this.#sender = sender;
    this.#maxBytes = maxBytes;
  }

  /** Characters that are kept, sent or not. */
  get bytes(): number {
    return this.#bytes + this.#openBytes;
  }

  /** Characters that were sent and not taken. */
  get sentBytes(): number {
    return this.#sent.reduce((sum, message) => sum + message.text.length, 0);
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
    this.#open ??= { ...batch, ended: false, entries: [] };
    for (const entry of batch.entries) {
      this.#open ??= after(this.#last as LogBatch);
      this.#open.entries.push(entry);
      this.#openBytes += entry.text.length;
      if (this.#openBytes >= FULL_MESSAGE) this.#seal();
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
    this.#sent.push(message);
    return message.text;
  }

  /** The oldest message that was sent has been taken. */
  taken(): void {
    const message = this.#sent.shift();
    if (message !== undefined) this.#bytes -= message.text.length;
  }

  /** What was sent may not have come: it is to be sent again, before everything else. */
  resend(): void {
    this.#waiting.unshift(...this.#sent);
    this.#sent = [];
    this.#bound();
  }

  clear(): void {
    this.#open = this.#last = null;
    this.#waiting = [];
    this.#sent = [];
    this.#bytes = this.#openBytes = 0;
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
    this.#waiting.push({ text, count: open.entries.length });
    this.#bytes += text.length;
    this.#last = open;
    this.#open = null;
    this.#openBytes = 0;
    this.#bound();
  }

  #bound(): void {
    while (this.#bytes > this.#maxBytes) {
      const oldest = this.#waiting.shift();
      if (oldest === undefined) return;
      this.#bytes -= oldest.text.length;
      this.#dropped += oldest.count;
    }
  }
}

/** An empty batch that goes on where another ends. */
function after(batch: LogBatch): OpenBatch {
  const { epoch, seq, levels } = positionAfter(batch);
  return { instance: batch.instance, epoch, seq, levels, lost: NO_NUMBERS, ended: false, entries: [] };
}
