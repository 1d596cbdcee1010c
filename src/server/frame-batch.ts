// Ready-made frames: what the entries of a stretch of the ring look like to every viewer of one level and one dialect. They are built once
// a pass, as text and, where a socket asks, as the bytes of whole WebSocket frames, so that ten viewers cost one encoding and one write each.
import { levelRank, readLevel } from '../core/levels.js';
import { encodePacked, encodePlainEntry, encodeStampedEntry, type StampedEntry } from '../core/protocol.js';
import type { HubRing } from './hub-ring.js';
import { parseObject } from './log-line.js';

const MAX_ENTRIES = 500;
const MAX_BYTES = 256 * 1024;

/** Frames that are sent together, in this order. */
export class FrameBatch {
  readonly texts: readonly string[];
  #bytes: Buffer | null = null;

  constructor(texts: readonly string[]) {
    this.texts = texts;
  }

  /** The same frames as they go over the wire (RFC 6455, section 5.2: text, final, unmasked, uncompressed). */
  get bytes(): Buffer {
    return (this.#bytes ??= encodeTextFrames(this.texts));
  }
}

/** The frames of one pass over the viewers; viewers at the same place, of the same level and dialect, get the same batch. */
export class FrameCache {
  readonly #ring: HubRing;
  #stretches = new Map<string, { readonly batch: FrameBatch | null; readonly next: number }>();

  constructor(ring: HubRing) {
    this.#ring = ring;
  }

  /**
   * What a viewer at `place` is sent next.
   * @param rank entries of this rank and above
   * @param packed the viewer speaks the extension
   * @returns the frames (null where no entry of the stretch concerns the viewer) and the place after them
   */
  from(place: number, rank: number, packed: boolean): { readonly batch: FrameBatch | null; readonly next: number } {
    const key = `${place} ${rank} ${packed}`;
    let stretch = this.#stretches.get(key);
    if (stretch === undefined) this.#stretches.set(key, (stretch = this.#build(place, rank, packed)));
    return stretch;
  }

  #build(place: number, rank: number, packed: boolean): { batch: FrameBatch | null; next: number } {
    const entries: StampedEntry[] = [], head = this.#ring.head;
    for (let bytes = 0; place < head && entries.length < MAX_ENTRIES && bytes < MAX_BYTES; place++) {
      const entry = this.#ring.at(place);
      if (levelRank(entry.level) < rank) continue;
      entries.push(entry);
      bytes += entry.text.length;
    }
    const texts = packed ? runsOf(entries).map(encodeRun) : entries.map(encodePlainEntry);
    return { batch: texts.length === 0 ? null : new FrameBatch(texts), next: place };
  }
}

/** Cuts entries into stretches that a packed frame can say: one instance, one start of it, and each level's numbers without a hole. */
function runsOf(entries: readonly StampedEntry[]): StampedEntry[][] {
  const runs: StampedEntry[][] = [];
  let run: StampedEntry[] = [], last: StampedEntry | null = null;
  const lseqs = new Map<number, number>();
  for (const entry of entries) {
    const expected = lseqs.get(entry.level);
    const fits = last !== null && entry.instance === last.instance && entry.epoch === last.epoch && entry.seq > last.seq
      && (expected === undefined || entry.lseq === expected);
    if (!fits) {
      runs.push((run = []));
      lseqs.clear();
    }
    run.push(entry);
    lseqs.set(entry.level, entry.lseq + 1);
    last = entry;
  }
  return runs;
}

function encodeRun(run: readonly StampedEntry[]): string {
  const [entry] = run as [StampedEntry];
  return run.length > 1 ? encodePacked(run) : encodeStampedEntry(entry, readLevel(parseObject(entry.text)?.['level']));
}

function encodeTextFrames(texts: readonly string[]): Buffer {
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + size + headerSize(size), 0));
  let at = 0;
  for (const [index, text] of texts.entries()) {
    const size = sizes[index] as number;
    at = bytes.writeUInt8(0x81, at);
    if (size < 126) at = bytes.writeUInt8(size, at);
    else if (size < 65_536) at = bytes.writeUInt16BE(size, bytes.writeUInt8(126, at));
    else at = bytes.writeBigUInt64BE(BigInt(size), bytes.writeUInt8(127, at));
    at += bytes.write(text, at);
  }
  return bytes;
}

function headerSize(size: number): number {
  return size < 126 ? 2 : size < 65_536 ? 4 : 10;
}
