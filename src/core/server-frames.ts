// What a server sends, as one closed union: entries, answers, errors, and its good-bye. Decoding validates and never throws, so that whatever
// arrives is either understood or counted.
import { decodeEntry, decodeWrittenEntry, ENTRY_HEAD, type EntryFrame } from './entry-frame.js';
import { decodeServerExtension, writeServerExtension, type ExtensionAnswer, type ServerExtension } from './extension.js';
import { isObject, textOf, type JsonObject } from './json-object.js';
import { isNumber } from './level-numbers.js';
import { decodePacked, PACKED_HEAD, type PackedFrame, type UnreadableFrame } from './packed-frame.js';
import { decodeBus, decodeGap, decodeMark, decodeStream, type BusFrame, type GapFrame, type MarkFrame, type StreamFrame } from './stream-frames.js';

/** Why a server closes a socket (WebSocket close codes; 1012 and 1013 are IANA's, 4000 and above are ours). */
export const CLOSE_CODES = Object.freeze({ restart: 1012, busy: 1013, policy: 1008, expired: 4001, forbidden: 4003, slow: 4008 });

/** Server → client. */
export type ServerFrame =
  | EntryFrame
  | PackedFrame
  | GapFrame
  | MarkFrame
  | StreamFrame
  | BusFrame
  | { readonly type: 'subscribed'; readonly level: string; readonly ext: ServerExtension | null }
  | { readonly type: 'unsubscribed' }
  | { readonly type: 'authenticated' }
  | { readonly type: 'error'; readonly source: string; readonly code: string; readonly message: string }
  /** `retryMs`: when another attempt is welcome, in ms from now; null where the server does not say. */
  | { readonly type: 'bye'; readonly code: string; readonly retryMs: number | null }
  | { readonly type: 'ping' }
  | { readonly type: 'pong' }
  /** Valid JSON whose meaning this version does not know. */
  | { readonly type: 'unknown' }
  /** No frame at all. */
  | UnreadableFrame;

export function encodeSubscribed(level: string, ext: ExtensionAnswer | null): string {
  return JSON.stringify({ type: 'logs', event: 'subscribe', log_level: level, ...(ext === null ? {} : { ext: writeServerExtension(ext) }) });
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

/** Says why the socket is about to be closed, and where it is known, when another attempt is welcome (ms from now). */
export function encodeBye(code: keyof typeof CLOSE_CODES, retryMs: number | null = null): string {
  return JSON.stringify({ type: 'logs', event: 'bye', code, ...(retryMs === null ? {} : { retry_ms: retryMs }) });
}

/** True for the frames that carry entries and may wait, unread, until the next flush; false also for one written in another key order. */
export function isEntryFrame(text: string): boolean {
  return text.startsWith(ENTRY_HEAD) || text.startsWith(PACKED_HEAD);
}

/** Browser's side: reads a server's frame. */
export function decodeServerFrame(text: string): ServerFrame {
  if (text.startsWith(PACKED_HEAD)) return decodePacked(text);
  const entry = decodeWrittenEntry(text);
  if (entry !== null) return entry;
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

function decodeEvent(frame: JsonObject): ServerFrame {
  switch (frame['event']) {
    case 'subscribe': return { type: 'subscribed', level: textOf(frame['log_level']), ext: decodeServerExtension(frame['ext']) };
    case 'unsubscribe': return { type: 'unsubscribed' };
    case 'bye': return { type: 'bye', code: textOf(frame['code']), retryMs: isNumber(frame['retry_ms']) ? frame['retry_ms'] : null };
    case 'gap': return decodeGap(frame) ?? { type: 'unreadable', reason: 'a gap that cannot be' };
    case 'mark': return decodeMark(frame) ?? { type: 'unreadable', reason: 'a mark that cannot be' };
    case 'stream': return decodeStream(frame) ?? { type: 'unreadable', reason: 'the news of a stream that cannot be' };
    case 'bus': return decodeBus(frame) ?? { type: 'unreadable', reason: 'the state of a bus that cannot be' };
    default: return { type: 'unknown' };
  }
}

function decodeError(source: string, error: unknown): ServerFrame {
  const { code, message } = isObject(error) ? error : {};
  return { type: 'error', source, code: textOf(code), message: textOf(message) };
}
