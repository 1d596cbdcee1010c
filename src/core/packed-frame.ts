// The packed frame of the extension: many entries of one instance in one text frame. Its first line is the envelope (JSON), each further line one
// entry's JSON exactly as it was logged, so that neither end has to write or read the entries to pass them on.
import type { StampedEntry } from './entry-frame.js';
import { isCount, parseObject } from './json-object.js';
import { readNumbers } from './level-numbers.js';
import { readLevel } from './levels.js';

/** `seqs`, `lseqs`, `levels` and `lines` have one item an entry, oldest first. */
export interface PackedFrame {
  readonly type: 'packed';
  readonly instance: string;
  readonly epoch: string;
  readonly seqs: readonly number[];
  readonly lseqs: readonly number[];
  readonly levels: readonly number[];
  readonly lines: readonly string[];
}

/** What is no packed frame, although it begins like one. */
export interface UnreadableFrame {
  readonly type: 'unreadable';
  readonly reason: string;
}

export const PACKED_HEAD = '{"type":"logs","event":"packed"';

/**
 * Server → client, with the extension: many entries of one instance and epoch, oldest first, in one frame. The first line is the envelope
 * `{"type":"logs","event":"packed","uid","epoch","seq","steps"?,"levels","lseq"}`: `seq` is that of the first entry, `steps` the distance of
 * each further one from the one before (left out where all are 1), `levels` one number an entry, `lseq` for each level in the frame the
 * `lseq` of its first entry (the others follow by one). Each further line is one entry's JSON exactly as it was logged.
 */
export function encodePacked(entries: readonly StampedEntry[]): string {
  const first = entries[0];
  if (first === undefined) throw new RangeError('A packed frame needs at least one entry.');
  const steps: number[] = [], levels: number[] = [], lseq: Record<string, number> = {};
  let contiguous = true, before = first.seq;
  for (const entry of entries) {
    if (entry !== first) steps.push(entry.seq - before);
    contiguous &&= entry === first || entry.seq === before + 1;
    before = entry.seq;
    levels.push(entry.level);
    lseq[entry.level] ??= entry.lseq;
  }
  const envelope = { type: 'logs', event: 'packed', uid: first.instance, epoch: first.epoch, seq: first.seq, ...(contiguous ? {} : { steps }), levels, lseq };
  return `${JSON.stringify(envelope)}\n${entries.map((entry) => entry.text).join('\n')}`;
}

export function decodePacked(text: string): PackedFrame | UnreadableFrame {
  const end = text.indexOf('\n');
  if (end < 0) return unreadable('without an entry');
  const lines = text.slice(end + 1).split('\n'), envelope = decodeEnvelope(text.slice(0, end), lines.length);
  return 'reason' in envelope ? envelope : { ...envelope, lines };
}

/** @param count of the lines that follow the envelope */
function decodeEnvelope(text: string, count: number): Omit<PackedFrame, 'lines'> | UnreadableFrame {
  const envelope = parseObject(text);
  if (envelope === null) return unreadable('without an envelope');
  const { uid, epoch, seq, steps, levels } = envelope;
  if (typeof uid !== 'string' || typeof epoch !== 'string' || !isCount(seq)) return unreadable('whose envelope lacks uid, epoch or seq');
  if (!Array.isArray(levels) || levels.length !== count) return unreadable(`whose envelope names other than its ${count} levels`);
  if (steps !== undefined && !(Array.isArray(steps) && steps.length === count - 1 && steps.every(isCount))) return unreadable('whose steps do not fit its entries');
  const seqs = [seq];
  for (let index = 1; index < count; index++) seqs.push((seqs[index - 1] as number) + (steps === undefined ? 1 : (steps[index - 1] as number)));
  if (!isCount(seqs.at(-1))) return unreadable('whose numbers are too large');
  const next = new Map(readNumbers(envelope['lseq'])), levelNumbers = levels.map(readLevel), lseqs: number[] = [];
  for (const level of levelNumbers) {
    const lseq = next.get(level);
    if (!isCount(lseq)) return unreadable('whose envelope lacks the lseq of a level');
    lseqs.push(lseq);
    next.set(level, lseq + 1);
  }
  return { type: 'packed', instance: uid, epoch, seqs, lseqs, levels: levelNumbers };
}

function unreadable(reason: string): UnreadableFrame {
  return { type: 'unreadable', reason: `a packed frame ${reason}` };
}
