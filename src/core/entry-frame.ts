// The frame that carries one entry: Directus' `{"type":"logs","data":…,"uid":"…"}`, and the same with our stamp behind it. What it carries is
// kept as the text that was received, so that every digit and every repeated key is shown as it was logged.
import { eachMember, rootOf } from './json-text.js';
import { isCount, textOf, type JsonObject } from './json-object.js';
import { readLevel } from './levels.js';

/** Where an entry stands in what its instance logged. */
export interface Stamp {
  /** New and random at each start of the instance. */
  readonly epoch: string;
  /** The entry's number among all of its instance, from 1. */
  readonly seq: number;
  /** The entry's number among those of its level, from 1. */
  readonly lseq: number;
}

/** One entry as the hub holds it: its JSON as logged, and what the destination stamped on it. */
export interface StampedEntry extends Stamp {
  readonly instance: string;
  /** From the logger's own metadata: what a logged body claims to be its level cannot change it. */
  readonly level: number;
  /** One JSON value on one line. */
  readonly text: string;
}

/** `text` is the JSON of `value` as received; `level` only where the server names one. */
export interface EntryFrame {
  readonly type: 'entry';
  readonly instance: string;
  readonly text: string;
  readonly value: unknown;
  readonly level: number | null;
  readonly stamp: Stamp | null;
}

export const ENTRY_HEAD = '{"type":"logs","data":';
const UID = ',"uid":';

/** Server → client, Directus' frame: `{"type":"logs","data":…,"uid":"…"}`, and nothing else in it. */
export function encodePlainEntry(entry: StampedEntry): string {
  return `${ENTRY_HEAD}${entry.text}${UID}${JSON.stringify(entry.instance)}}`;
}

/** Server → client, with the extension: Directus' frame and the stamp; `level` only where the entry claims another than it was logged at. */
export function encodeStampedEntry(entry: StampedEntry, claimedLevel: number): string {
  const level = claimedLevel === entry.level ? '' : `,"level":${entry.level}`;
  return `${ENTRY_HEAD}${entry.text}${UID}${JSON.stringify(entry.instance)},"epoch":${JSON.stringify(entry.epoch)},"seq":${entry.seq},"lseq":${entry.lseq}${level}}`;
}

/**
 * Reads a frame whose keys stand as both Directus and we write them, without a walk through its text; null for any other. The data and what
 * follows it are read as two values of their own: where both are, what stands around them is the frame, whatever the data looks like.
 */
export function decodeWrittenEntry(text: string): EntryFrame | null {
  const tail = text.startsWith(ENTRY_HEAD) ? text.lastIndexOf(UID) : -1;
  if (tail < 0) return null;
  try {
    const data = text.slice(ENTRY_HEAD.length, tail).trim(), value: unknown = JSON.parse(data), rest = JSON.parse(`{${text.slice(tail + 1)}`) as JsonObject;
    return Object.hasOwn(rest, 'data') || Object.hasOwn(rest, 'type') || Object.hasOwn(rest, 'status') ? null : entryOf(data, value, rest);
  } catch {
    return null;
  }
}

/** Reads any other frame with `data`, in whatever order its keys stand. */
export function decodeEntry(text: string, frame: JsonObject): EntryFrame {
  return entryOf(dataOf(text), frame['data'], frame);
}

function entryOf(text: string, value: unknown, { uid, epoch, seq, lseq, level }: JsonObject): EntryFrame {
  const stamp = typeof epoch === 'string' && isCount(seq) && isCount(lseq) ? { epoch, seq, lseq } : null;
  return { type: 'entry', instance: textOf(uid), text, value, level: level === undefined ? null : readLevel(level), stamp };
}

/** The text of `data` as it stands in the frame; of the last one, as `JSON.parse` has it. */
function dataOf(text: string): string {
  let data = '';
  eachMember(text, rootOf(text).start, (member) => {
    if (member.key === 'data') data = text.slice(member.start, member.end);
  });
  return data;
}
