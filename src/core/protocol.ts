// The frames that both ends speak: Directus' logs protocol, byte for byte, and the opt-in extension (PROTOCOL.md is its prose).
// Decoding validates and never throws: whatever arrives becomes one frame of a closed union, so that both ends can count what they
// did not understand. Client and server use these same functions.
import { isLevelName, readLevel, type LevelName } from './levels.js';
import { eachMember, rootOf } from './json-text.js';

/** Version of the extension that this package speaks. */
export const EXTENSION_VERSION = 1;

/** Why a server closes a socket (WebSocket close codes; 1012 and 1013 are IANA's, 4000 and above are ours). */
export const CLOSE_CODES = Object.freeze({ restart: 1012, busy: 1013, policy: 1008, expired: 4001, forbidden: 4003, slow: 4008 });

// ── client → server ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a client offers on `subscribe`; a server that does not know the key ignores it. */
export interface ClientExtension {
  readonly v: number;
}

/** Client → server. */
export type ClientFrame =
  | { readonly type: 'subscribe'; readonly level: string; readonly ext: ClientExtension | null }
  | { readonly type: 'unsubscribe' }
  | { readonly type: 'auth'; readonly accessToken: string; readonly uid: string | number | null }
  | { readonly type: 'ping' }
  | { readonly type: 'pong' }
  /** A message of a type that the logs socket has no answer for: it gets none. */
  | { readonly type: 'unknown' }
  /** `source` is the `type` of the error frame that answers it. */
  | { readonly type: 'invalid'; readonly source: 'logs' | 'server'; readonly message: string };

/** Client → server: everything at or above `level` from now on; replaces any earlier subscription of the socket. */
export function encodeSubscribe(level: LevelName): string {
  return JSON.stringify({ type: 'subscribe', log_level: level, ext: { v: EXTENSION_VERSION } });
}

/** Client → server: a fresh token on the open socket; the subscription stays. */
export function encodeAuth(accessToken: string): string {
  return JSON.stringify({ type: 'auth', access_token: accessToken });
}

/** Server's side: reads a client's frame. `invalid` carries the sentence that Directus answers in the same case. */
export function decodeClientFrame(text: string): ClientFrame {
  const unparsable = { type: 'invalid', source: 'server', message: 'Unable to parse the incoming message.' } as const;
  const frame = parseObject(text);
  if (frame === null || typeof frame['type'] !== 'string') return unparsable;
  switch (frame['type']) {
    case 'subscribe': {
      const level = frame['log_level'];
      if (typeof level !== 'string') {
        const message = `Validation error: Invalid input: expected string, received ${kindOf(level)} at "log_level" or Invalid input: expected "unsubscribe" at "type"`;
        return { type: 'invalid', source: 'logs', message };
      }
      const ext = frame['ext'];
      const offered = isObject(ext) && typeof ext['v'] === 'number' && ext['v'] >= 1;
      return { type: 'subscribe', level, ext: offered ? { v: ext['v'] as number } : null };
    }
    case 'auth': {
      const token = frame['access_token'], uid = frame['uid'];
      if (typeof token !== 'string') return { type: 'invalid', source: 'server', message: 'An "auth" message needs an "access_token".' };
      return { type: 'auth', accessToken: token, uid: typeof uid === 'string' || typeof uid === 'number' ? uid : null };
    }
    case 'unsubscribe': return { type: 'unsubscribe' };
    case 'ping': return { type: 'ping' };
    case 'pong': return { type: 'pong' };
    default: return { type: 'unknown' };
  }
}

// ── server → client ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Where an entry stands in what its instance logged. */
export interface Stamp {
  /** New and random at each start of the instance. */
  readonly epoch: string;
  /** The entry's number among all of its instance, from 1. */
  readonly seq: number;
  /** The entry's number among those of its level, from 1. */
  readonly lseq: number;
}

/** What a server with the extension says on `subscribe`. */
export interface ServerExtension {
  readonly v: number;
  /** The least level that this server ever sends; a subscription below it gets no more. */
  readonly floor: LevelName;
  /** The instance that the socket is connected to. */
  readonly hub: string;
}

/** Server → client. */
export type ServerFrame =
  | { readonly type: 'entry'; readonly instance: string; readonly text: string; readonly value: unknown; readonly level: number | null; readonly stamp: Stamp | null }
  | { readonly type: 'packed'; readonly instance: string; readonly epoch: string; readonly seqs: readonly number[]; readonly levels: readonly number[]; readonly lines: readonly string[] }
  | { readonly type: 'subscribed'; readonly level: string; readonly ext: ServerExtension | null }
  | { readonly type: 'unsubscribed' }
  | { readonly type: 'authenticated' }
  | { readonly type: 'error'; readonly source: string; readonly code: string; readonly message: string }
  | { readonly type: 'bye'; readonly code: string }
  | { readonly type: 'ping' }
  | { readonly type: 'pong' }
  /** Valid JSON whose meaning this version does not know. */
  | { readonly type: 'unknown' }
  /** No frame at all. */
  | { readonly type: 'unreadable'; readonly reason: string };

/** One entry as the hub holds it: its JSON as logged, and what the destination stamped on it. */
export interface StampedEntry extends Stamp {
  readonly instance: string;
  /** From the logger's own metadata: what a logged body claims to be its level cannot change it. */
  readonly level: number;
  /** One JSON value on one line. */
  readonly text: string;
}

/** Server → client, Directus' frame: `{"type":"logs","data":…,"uid":"…"}`, and nothing else in it. */
export function encodePlainEntry(entry: StampedEntry): string {
  return `{"type":"logs","data":${entry.text},"uid":${JSON.stringify(entry.instance)}}`;
}

/** Server → client, with the extension: Directus' frame and the stamp; `level` only where the entry claims another than it was logged at. */
export function encodeStampedEntry(entry: StampedEntry, claimedLevel: number): string {
  const level = claimedLevel === entry.level ? '' : `,"level":${entry.level}`;
  return `{"type":"logs","data":${entry.text},"uid":${JSON.stringify(entry.instance)},"epoch":${JSON.stringify(entry.epoch)},"seq":${entry.seq},"lseq":${entry.lseq}${level}}`;
}

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

export function encodeSubscribed(level: string, ext: ServerExtension | null): string {
  return JSON.stringify({ type: 'logs', event: 'subscribe', log_level: level, ...(ext === null ? {} : { ext }) });
}

export function encodeUnsubscribed(): string {
  return '{"type":"logs","event":"unsubscribe"}';
}

/** `source` is `logs` for what a subscription did wrong, `server` for what is no message, `auth` for a token that is refused. */
export function encodeError(source: 'logs' | 'server' | 'auth', code: string, message: string, uid: string | number | null = null): string {
  return JSON.stringify({ type: source, status: 'error', error: { code, message }, ...(uid === null ? {} : { uid }) });
}

export function encodeAuthenticated(uid: string | number | null): string {
  return JSON.stringify({ type: 'auth', status: 'ok', ...(uid === null ? {} : { uid }) });
}

export function encodePong(): string {
  return '{"type":"pong"}';
}

/** Says why the socket is about to be closed: a key of `CLOSE_CODES`. */
export function encodeBye(code: keyof typeof CLOSE_CODES): string {
  return JSON.stringify({ type: 'logs', event: 'bye', code });
}

const ENTRY_HEAD = '{"type":"logs","data":';
const PACKED_HEAD = '{"type":"logs","event":"packed"';

/** True for the frames that carry entries and may wait, unread, until the next flush; false also for one written in another key order. */
export function isEntryFrame(text: string): boolean {
  return text.startsWith(ENTRY_HEAD) || text.startsWith(PACKED_HEAD);
}

/** Browser's side: reads a server's frame. */
export function decodeServerFrame(text: string): ServerFrame {
  if (text.startsWith(PACKED_HEAD)) return decodePacked(text);
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return { type: 'unreadable', reason: 'not JSON' };
  }
  if (!isObject(frame) || typeof frame['type'] !== 'string') return { type: 'unreadable', reason: 'no message of this protocol' };
  if (frame['status'] === 'error') return decodeError(frame['type'], frame['error']);
  switch (frame['type']) {
    case 'logs': return Object.hasOwn(frame, 'data') ? decodeEntry(text, frame) : decodeEvent(frame);
    case 'auth': return frame['status'] === 'ok' ? { type: 'authenticated' } : { type: 'unknown' };
    case 'ping': return { type: 'ping' };
    case 'pong': return { type: 'pong' };
    default: return { type: 'unknown' };
  }
}

function decodeEntry(text: string, frame: Record<string, unknown>): ServerFrame {
  const instance = textOf(frame['uid']), epoch = frame['epoch'], seq = frame['seq'], lseq = frame['lseq'];
  const stamp = typeof epoch === 'string' && isCount(seq) && isCount(lseq) ? { epoch, seq, lseq } : null;
  const level = frame['level'] === undefined ? null : readLevel(frame['level']);
  return { type: 'entry', instance, text: entryText(text), value: frame['data'], level, stamp };
}

/** The text of `data` as it stands in the frame. Directus writes it between a fixed head and a fixed tail; any other order is walked. */
function entryText(text: string): string {
  if (text.startsWith(ENTRY_HEAD) && text.endsWith('"}')) {
    const tail = text.lastIndexOf(',"uid":"');
    // `lastIndexOf` could only meet a `uid` inside `data` if the frame had none of its own after it: then a brace would follow the quote
    if (tail > 0 && text.indexOf('"', tail + 8) === text.length - 2) return text.slice(ENTRY_HEAD.length, tail);
  }
  let data = '';
  eachMember(text, rootOf(text).start, (member) => {
    if (member.key === 'data') data = text.slice(member.start, member.end);
  });
  return data;
}

function decodeEvent(frame: Record<string, unknown>): ServerFrame {
  switch (frame['event']) {
    case 'subscribe': return { type: 'subscribed', level: textOf(frame['log_level']), ext: decodeExtension(frame['ext']) };
    case 'unsubscribe': return { type: 'unsubscribed' };
    case 'bye': return { type: 'bye', code: textOf(frame['code']) };
    default: return { type: 'unknown' };
  }
}

function decodeExtension(ext: unknown): ServerExtension | null {
  if (!isObject(ext) || ext['v'] !== EXTENSION_VERSION) return null;
  return { v: EXTENSION_VERSION, floor: isLevelName(ext['floor']) ? ext['floor'] : 'trace', hub: textOf(ext['hub']) };
}

function decodeError(source: string, error: unknown): ServerFrame {
  const { code, message } = isObject(error) ? error : {};
  return { type: 'error', source, code: textOf(code), message: textOf(message) };
}

function decodePacked(text: string): ServerFrame {
  const bad = (reason: string): ServerFrame => ({ type: 'unreadable', reason: `a packed frame ${reason}` });
  const end = text.indexOf('\n');
  const envelope = end < 0 ? null : parseObject(text.slice(0, end));
  if (envelope === null) return bad('without an envelope');
  const { uid, epoch, seq, steps, levels } = envelope;
  if (typeof uid !== 'string' || typeof epoch !== 'string' || !isCount(seq)) return bad('whose envelope lacks uid, epoch or seq');
  const lines = text.slice(end + 1).split('\n');
  if (!Array.isArray(levels) || levels.length !== lines.length) return bad(`whose envelope names other than its ${lines.length} levels`);
  if (steps !== undefined && !(Array.isArray(steps) && steps.length === lines.length - 1 && steps.every((step) => isCount(step)))) return bad('whose steps do not fit its entries');
  const seqs = [seq];
  for (let index = 1; index < lines.length; index++) seqs.push((seqs[index - 1] as number) + (steps === undefined ? 1 : (steps[index - 1] as number)));
  return { type: 'packed', instance: uid, epoch, seqs, levels: levels.map(readLevel), lines };
}

/**
 * Level and number of entries of an entry frame, read lightly: for frames that are dropped unread and must still be counted.
 * @returns one level number an entry; empty where even that cannot be read.
 */
export function peekLevels(text: string): readonly number[] {
  if (text.startsWith(PACKED_HEAD)) {
    const frame = decodePacked(text.slice(0, text.indexOf('\n') + 1) + '\n'.repeat(countLines(text) - 2));
    return frame.type === 'packed' ? frame.levels : [];
  }
  const stamped = /"lseq":\d+,"level":(\d+)\}$/.exec(text);
  const level = stamped ?? /"level":\s*("?)(\w+)\1/.exec(text);
  return level === null ? [readLevel(undefined)] : [readLevel(stamped === null ? named(level[2] ?? '') : Number(level[1]))];
}

function named(level: string): string | number {
  return /^\d+$/.test(level) ? Number(level) : level;
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}
