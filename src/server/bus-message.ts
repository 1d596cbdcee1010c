// What one process sends another over the bus, as text: a line of JSON that says whose batch it is and where it stands, then one line an
// entry, as it was logged. Reading believes nothing: whatever comes is one whole batch, or null. It knows no transport.
import { readNumbers, writeNumbers, type StampedEntry } from '../core/protocol.js';
import { isLogBatch, type LogBatch } from './log-batch.js';
import { parseObject } from './log-line.js';

const VERSION = 1;

export interface BusMessage {
  /** Which bus object of which process sent it: random, new at each start. */
  readonly sender: string;
  readonly batch: LogBatch;
}

const MAX_NAME_LENGTH = 64;
const MAX_ENTRIES = 50_000;
/** 2^48: an instance that logs a million entries a second gets there in nine years, and every sum of such numbers is still exact. */
const MAX_NUMBER = 2 ** 48;

export function encodeBusMessage(sender: string, { instance, epoch, seq, levels, lost, ended, watched, entries }: LogBatch): string {
  const head = {
    v: VERSION, sender, instance, epoch, seq, levels: writeNumbers(levels),
    ...(lost.size === 0 ? {} : { lost: writeNumbers(lost) }), ...(ended ? { ended } : {}), ...(watched === false ? { watched } : {}),
    logged: entries.map((entry) => entry.level),
  };
  return [JSON.stringify(head), ...entries.map((entry) => entry.text)].join('\n');
}

/** Null for anything that is not whole and plausible: a message with one bad entry is bad. */
export function decodeBusMessage(text: string): BusMessage | null {
  const [first = '', ...lines] = text.split('\n', MAX_ENTRIES + 2), head = parseObject(first);
  if (head === null || head['v'] !== VERSION || lines.length > MAX_ENTRIES) return null;
  const { sender, instance, epoch, seq, logged, ended = false } = head;
  if (!isName(sender) || !isName(instance) || !isName(epoch) || !isPlace(seq) || typeof ended !== 'boolean') return null;
  const levels = readNumbers(head['levels']), lost = readNumbers(head['lost'] ?? {});
  if (levels === null || lost === null || !Array.isArray(logged) || logged.length !== lines.length) return null;
  const entries: StampedEntry[] = [], lseqs = new Map(levels);
  for (const [index, line] of lines.entries()) {
    const level: unknown = logged[index];
    // what is no JSON object could end the frame in which a viewer gets it, and go on with a frame of its own
    if (!Number.isSafeInteger(level) || !line.startsWith('{') || parseObject(line) === null) return null;
    const lseq = (lseqs.get(level as number) ?? 0) + 1;
    lseqs.set(level as number, lseq);
    entries.push({ instance, epoch, seq: seq + index + 1, lseq, level: level as number, text: ownCopy(line) });
  }
  const batch: LogBatch = { instance, epoch, seq, levels, lost, ended, watched: head['watched'] !== false, entries };
  return areWithin(batch) && isLogBatch(batch) ? { sender, batch } : null;
}

/** A line that was cut out of a message keeps the whole of it in memory, for as long as anybody keeps the line. */
function ownCopy(line: string): string {
  return `\0${line}`.slice(1);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_NAME_LENGTH;
}

function isPlace(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_NUMBER;
}

/** The entries before the batch are those of its levels, all of them, and what was lost is among them. */
function areWithin({ seq, levels, lost }: LogBatch): boolean {
  let sum = 0;
  for (const number of levels.values()) sum += number;
  if (sum !== seq) return false;
  for (const [level, count] of lost) if (count > (levels.get(level) ?? 0)) return false;
  return true;
}
