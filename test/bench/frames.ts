// Entries as the bytes that go over a socket: prebuilt WebSocket frames, one entry each or packed, copied into one buffer a write with the number
// and the time of each entry written over. Knows nothing of sockets or rates.
import { encodePacked, encodePlainEntry, type StampedEntry } from '../../src/core/protocol.js';
import { makeEntries, RARE_EVERY, SLOT, type PoolEntry } from './entries.js';

/** Entries in a packed frame. */
export const PACK = 100;

const EPOCH = 'bench';
const TIME = '"time":';
const TIME_DIGITS = 13;

interface Frame {
  readonly bytes: Buffer;
  /** Where the digits of the number and of the time stand; one item an entry. */
  readonly slots: readonly number[];
  readonly times: readonly number[];
}

interface Block {
  readonly instance: string;
  readonly body: Frame;
  readonly levels: readonly number[];
}

/** Makes frames for one viewer. Entries are numbered from 1. */
export class FrameSource {
  readonly #plain: readonly Frame[];
  readonly #rare: Frame;
  readonly #rarePool: PoolEntry;
  readonly #blocks: readonly Block[];
  readonly #lseq = new Map<string, number>();
  #next = 1;
  /** Characters of the entries themselves, without envelopes. */
  #rawBytes = 0;

  constructor() {
    const { pool, rare } = makeEntries();
    this.#plain = pool.map(plainFrame);
    this.#rare = plainFrame(rare);
    this.#rarePool = rare;
    this.#blocks = Array.from({ length: pool.length / PACK }, (_, index) => block(pool.slice(index * PACK, (index + 1) * PACK)));
  }

  /** Entries made so far. */
  get count(): number {
    return this.#next - 1;
  }

  get rawBytes(): number {
    return this.#rawBytes;
  }

  /** Frames of one entry each, in one buffer. */
  plain(count: number): Buffer {
    const frames = Array.from({ length: count }, (_, index) => ((this.#next + index) % RARE_EVERY === 0 ? this.#rare : this.#plain[(this.#next + index) % this.#plain.length]) as Frame);
    const buffer = Buffer.allocUnsafe(frames.reduce((sum, { bytes }) => sum + bytes.length, 0));
    let at = 0;
    for (const frame of frames) {
      at = this.#copy(frame, buffer, at);
      this.#rawBytes += frame.bytes.length;
    }
    return buffer;
  }

  /** Packed frames, in one buffer; `count` is rounded up to whole frames. */
  packed(count: number): Buffer {
    const parts: Buffer[] = [];
    for (let left = count; left > 0; left -= PACK) {
      const found = this.#blocks[Math.floor(this.#next / PACK) % this.#blocks.length] as Block;
      // the rare entry takes the place of the last one of its block
      const isRare = Math.floor((this.#next + PACK - 1) / RARE_EVERY) > Math.floor((this.#next - 1) / RARE_EVERY);
      const { body, levels, instance } = isRare ? withRare(found, this.#rarePool) : found;
      const head = Buffer.from(this.#envelope(instance, levels));
      const frame = Buffer.allocUnsafe(head.length + body.bytes.length);
      head.copy(frame);
      this.#copy(body, frame, head.length);
      this.#rawBytes += body.bytes.length;
      parts.push(header(frame.length), frame);
    }
    return Buffer.concat(parts);
  }

  #copy({ bytes, slots, times }: Frame, buffer: Buffer, at: number): number {
    bytes.copy(buffer, at);
    const now = Date.now();
    for (let index = 0; index < times.length; index++) {
      writeDigits(buffer, at + (times[index] as number), now, TIME_DIGITS);
      if ((slots[index] as number) >= 0) writeDigits(buffer, at + (slots[index] as number), this.#next, SLOT.length);
      this.#next++;
    }
    return at + bytes.length;
  }

  /** The first line of a packed frame, as `encodePacked` writes it. */
  #envelope(instance: string, levels: readonly number[]): string {
    const first = new Map<number, number>();
    for (const level of levels) {
      const key = `${instance} ${level}`, lseq = (this.#lseq.get(key) ?? 0) + 1;
      if (!first.has(level)) first.set(level, lseq);
      this.#lseq.set(key, lseq);
    }
    const envelope = { type: 'logs', event: 'packed', uid: instance, epoch: EPOCH, seq: this.#next, levels, lseq: Object.fromEntries(first) };
    return `${JSON.stringify(envelope)}\n`;
  }
}

function stamped({ text, level, instance }: PoolEntry, seq: number): StampedEntry {
  return { text, level, instance, epoch: EPOCH, seq, lseq: seq };
}

function plainFrame(entry: PoolEntry): Frame {
  const text = Buffer.from(encodePlainEntry(stamped(entry, 1)));
  return frameOf(Buffer.concat([header(text.length), text]), 1);
}

function block(entries: readonly PoolEntry[]): Block {
  const { instance } = entries[0] as PoolEntry;
  const packed = encodePacked(entries.map((entry, index) => stamped({ ...entry, instance }, index + 1)));
  return { instance, levels: entries.map(({ level }) => level), body: frameOf(Buffer.from(packed.slice(packed.indexOf('\n') + 1)), entries.length) };
}

function withRare({ instance, levels, body }: Block, rare: PoolEntry): Block {
  const lines = body.bytes.toString('latin1').split('\n');
  lines[lines.length - 1] = rare.text;
  return { instance, levels: [...levels.slice(0, -1), rare.level], body: frameOf(Buffer.from(lines.join('\n')), lines.length) };
}

/** Finds the digits that are written over: the first slot and the first time of each line. */
function frameOf(bytes: Buffer, lines: number): Frame {
  const slots: number[] = [], times: number[] = [];
  for (let line = 0, at = 0; line < lines; line++) {
    const newline = lines === 1 ? -1 : bytes.indexOf('\n', at), end = newline < 0 ? bytes.length : newline;
    const slot = bytes.indexOf(SLOT, at), time = bytes.indexOf(TIME, at) + TIME.length;
    slots.push(slot >= 0 && slot < end ? slot : -1);
    times.push(time);
    at = end + 1;
  }
  return { bytes, slots, times };
}

function writeDigits(buffer: Buffer, at: number, value: number, digits: number): void {
  for (let index = digits - 1, rest = value; index >= 0; index--) {
    buffer[at + index] = 48 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}

/** Of an unmasked, unfragmented text frame (RFC 6455, 5.2). */
function header(length: number): Buffer {
  if (length < 126) return Buffer.from([0x81, length]);
  if (length < 65_536) return Buffer.from([0x81, 126, length >> 8, length & 255]);
  const bytes = Buffer.alloc(10);
  bytes[0] = 0x81;
  bytes[1] = 127;
  bytes.writeBigUInt64BE(BigInt(length), 2);
  return bytes;
}
