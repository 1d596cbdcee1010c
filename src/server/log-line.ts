// Makes one entry of any line that is written to the destination: total, never throws. What it returns is always one JSON object on one
// line, of bounded size, so that no line can break the envelope that carries it. It knows neither numbering nor the bus.
import { eachMember, rootOf } from '../core/json-text.js';
import { readEntry, summaryOf } from '../core/log-entry.js';
import { LEVEL_VALUES, readLevel } from '../core/levels.js';

export interface LogLine {
  /** A pino level number; `NO_LEVEL` (0) where the line names none. */
  readonly level: number;
  /** One JSON object on one line. */
  readonly text: string;
}

/** How much of a message an entry keeps that is too long as a whole: at most 48 KiB of JSON, however much of it needs escapes. */
const KEPT_CHARACTERS = 8192;
const LONGEST_TIME = 40;

const sizes = new Intl.NumberFormat('en-US');

/**
 * @param line one line without its line feed
 * @param loggedAt the level that the logger itself gave, null where it gave none
 * @param now milliseconds since 1970, for a line that has no time of its own
 * @param maxBytes an entry of more UTF-8 bytes is shortened to one that says so
 */
export function readLine(line: string, loggedAt: number | null, now: number, maxBytes: number): LogLine {
  const text = line.trim();
  const value = parseObject(text);
  const level = loggedAt ?? (value === null ? LEVEL_VALUES.info : firstLevel(text));
  const bytes = text.length * 3 > maxBytes ? Buffer.byteLength(text) : 0;
  if (bytes <= maxBytes) return { level, text: value === null ? JSON.stringify({ level, time: now, msg: text }) : text };
  const message = value === null ? text : summarize(value, text);
  const time = (value === null ? null : timeAsWritten(text)) ?? String(now);
  const msg = `${headOf(message)}… [log stream] This entry was ${sizes.format(bytes)} bytes long; only the beginning of its message is kept.`;
  return { level, text: `{"level":${level},"time":${time},"msg":${JSON.stringify(msg)}}` };
}

/** Pino writes the level first; a logged body that repeats the key comes later, and JSON.parse would believe it. */
function firstLevel(text: string): number {
  const written = firstMember(text, 'level');
  return written === null ? readLevel(undefined) : readLevel(JSON.parse(written));
}

function timeAsWritten(text: string): string | null {
  const written = firstMember(text, 'time');
  return written !== null && written.length <= LONGEST_TIME && /^[-\d"]/.test(written) ? written : null;
}

/** The one line of words that an entry comes down to: a request's summary, else its message. */
export function summarize(value: Record<string, unknown>, text: string): string {
  const facts = readEntry(value, text);
  return facts.http === null ? facts.message : summaryOf(facts);
}

/** The first member of that name in a JSON object, as written. */
export function firstMember(text: string, key: string): string | null {
  let written: string | null = null;
  eachMember(text, rootOf(text).start, (member) => {
    if (member.key !== key) return true;
    written = text.slice(member.start, member.end);
    return false;
  });
  return written;
}

/** A JSON object, else null: a bare `null` or `42` is no entry, and a plain client of the protocol would stumble over it. */
export function parseObject(text: string): Record<string, unknown> | null {
  if (!text.startsWith('{')) return null;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}

function headOf(message: string): string {
  const head = message.slice(0, KEPT_CHARACTERS);
  const last = head.charCodeAt(head.length - 1);
  // half of a surrogate pair is no character
  return last >= 0xd800 && last <= 0xdbff ? head.slice(0, -1) : head;
}
