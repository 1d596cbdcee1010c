// What a client sends: subscribe, unsubscribe, a fresh token, ping. The bytes are Directus'; `ext` on `subscribe` is ours.
import { decodeClientExtension, EXTENSION_VERSION, type ClientExtension, type ResumePoints } from './extension.js';
import { parseObject } from './json-object.js';
import type { LevelName } from './levels.js';
import type { StreamPoint } from './stream-frames.js';

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

/** Servers of this package read messages of up to 4,096 bytes, 20 of them in 10 s: a resume takes no more of either than leaves room for the rest. */
const LONGEST_POINTS = 3900, MOST_PARTS = 15;

/**
 * Client → server: everything at or above `level` from now on; replaces any earlier subscription of the socket.
 * @param points goes on there, where an earlier connection ended; none: begins at now
 * @param more further points follow in the next message, and the subscription begins with the last
 */
export function encodeSubscribe(level: LevelName, points: ResumePoints | null = null, more = false): string {
  return encodeWith(level, [...points ?? []].map(encodePoint), more);
}

/**
 * Client → server: the messages of a subscription that goes on where an earlier connection ended: one for each sixty to ninety streams, at most 15; of what
 * does not fit into them (some thousand streams) the places are left out, and the last ones first.
 */
export function encodeResume(level: LevelName, points: ResumePoints): string[] {
  const parts: string[][] = [[]];
  let length = 0;
  for (const point of points) {
    const text = encodePoint(point);
    if (length + text.length > LONGEST_POINTS) {
      if (parts.length === MOST_PARTS) break;
      parts.push([]);
      length = 0;
    }
    length += text.length + 1;
    parts.at(-1)?.push(text);
  }
  return parts.map((part, index) => encodeWith(level, part, index < parts.length - 1));
}

function encodeWith(level: LevelName, points: readonly string[], more: boolean): string {
  const resume = points.length === 0 ? '' : `,"resume":{${points.join(',')}}`;
  return `{"type":"subscribe","log_level":"${level}","ext":{"v":${EXTENSION_VERSION}${resume}${more ? ',"more":true' : ''}}}`;
}

function encodePoint([instance, { epoch, seq }]: readonly [string, StreamPoint]): string {
  return `${asciiJson(instance)}:{"epoch":${asciiJson(epoch)},"seq":${seq}}`;
}

/** JSON of one byte a character. */
function asciiJson(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Client → server: a fresh token on the open socket; the subscription stays. */
export function encodeAuth(accessToken: string): string {
  return JSON.stringify({ type: 'auth', access_token: accessToken });
}

/** Server's side: reads a client's frame. `invalid` carries the sentence that Directus answers in the same case. */
export function decodeClientFrame(text: string): ClientFrame {
  const frame = parseObject(text);
  if (frame === null || typeof frame['type'] !== 'string') return { type: 'invalid', source: 'server', message: 'Unable to parse the incoming message.' };
  switch (frame['type']) {
    case 'subscribe': {
      const level = frame['log_level'];
      if (typeof level === 'string') return { type: 'subscribe', level, ext: decodeClientExtension(frame['ext']) };
      const message = `Validation error: Invalid input: expected string, received ${kindOf(level)} at "log_level" or Invalid input: expected "unsubscribe" at "type"`;
      return { type: 'invalid', source: 'logs', message };
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

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}
