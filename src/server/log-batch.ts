// What one instance says on the bus at one time: where its stream stands, what it had to drop, and its entries. Every batch says its place, so
// that whoever misses one knows, with the next, how many entries of each level were in it. It knows no transport and no viewers.
import type { LevelNumbers, StampedEntry, StreamPosition } from '../core/protocol.js';
import { isNumber, MAX_LEVELS } from '../core/level-numbers.js';
import { isCount } from '../core/json-object.js';

export interface LogBatch {
  readonly instance: string;
  readonly epoch: string;
  /** The number of the last entry before these; 0 at the beginning of the stream. */
  readonly seq: number;
  /** The last `lseq` of each level before these entries. */
  readonly levels: LevelNumbers;
  /** How many entries of each level, the last ones up to `seq`, the instance itself had to drop since its batch before this. */
  readonly lost: LevelNumbers;
  /** True: nothing of this stream comes after these entries. */
  readonly ended: boolean;
  /** Whether viewers are connected to this process: then they may come back to any other. Left out by older versions, which are taken to have some. */
  readonly watched?: boolean;
  /** Oldest first, without a hole in their numbers; may be none. */
  readonly entries: readonly StampedEntry[];
}

/** Where the stream stands after a batch. */
export function positionAfter({ epoch, seq, levels, entries }: LogBatch): StreamPosition {
  const last = entries.at(-1);
  if (last === undefined) return { epoch, seq, levels };
  const after = new Map(levels);
  for (const entry of entries) after.set(entry.level, entry.lseq);
  return { epoch, seq: last.seq, levels: after };
}

/** True for what may go to viewers. A bus carries what others sent, so a hub asks before it believes. */
export function isLogBatch(value: unknown): value is LogBatch {
  if (typeof value !== 'object' || value === null) return false;
  const { instance, epoch, seq, levels, lost, ended, entries } = value as Record<string, unknown>;
  if (typeof instance !== 'string' || typeof epoch !== 'string' || !isNumber(seq) || typeof ended !== 'boolean' || !Array.isArray(entries)) return false;
  if (!areNumbers(levels) || !areNumbers(lost)) return false;
  const numbers = new Map(levels);
  for (const [index, entry] of entries.entries()) {
    if (!isStampedEntry(entry) || entry.instance !== instance || entry.epoch !== epoch || entry.seq !== seq + index + 1) return false;
    if (entry.lseq !== (numbers.get(entry.level) ?? 0) + 1) return false;
    numbers.set(entry.level, entry.lseq);
  }
  return numbers.size <= MAX_LEVELS;
}

function isStampedEntry(value: unknown): value is StampedEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { seq, lseq, level, text } = value as Record<string, unknown>;
  return isCount(seq) && isCount(lseq) && Number.isFinite(level) && typeof text === 'string' && text.startsWith('{') && !text.includes('\n');
}

function areNumbers(value: unknown): value is LevelNumbers {
  if (!(value instanceof Map) || value.size > MAX_LEVELS) return false;
  for (const [level, number] of value as Map<unknown, unknown>) {
    if (!Number.isSafeInteger(level) || !isNumber(number)) return false;
  }
  return true;
}
