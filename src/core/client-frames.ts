// What a client sends: subscribe, unsubscribe, a fresh token, ping. The bytes are Directus'; `ext` on `subscribe` is ours.
import { decodeClientExtension, EXTENSION_VERSION, type ClientExtension, type ResumePoints } from './extension.js';
import { parseObject } from './json-object.js';
import type { LevelName } from './levels.js';

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

/** Servers of this package read messages of up to 4,096 bytes. */
const LONGEST_SUBSCRIBE = 4000;

/**
 * Client → server: everything at or above `level` from now on; replaces any earlier subscription of the socket.
 * @param resume goes on where an earlier connection ended, with what was missed since; as many streams as one message holds (some sixty), the
 *   rest begin where the server says
 */
export function encodeSubscribe(level: LevelName, resume: ResumePoints | null = null): string {
  const points: string[] = [];
  let length = 0;
  for (const [instance, { epoch, seq }] of resume ?? []) {
    const point = `${asciiJson(instance)}:{"epoch":${asciiJson(epoch)},"seq":${seq}}`;
    if (length + point.length > LONGEST_SUBSCRIBE - 100) break;
    length += point.length + 1;
    points.push(point);
  }
  const ext = points.length === 0 ? '' : `,"resume":{${points.join(',')}}`;
  return `{"type":"subscribe","log_level":"${level}","ext":{"v":${EXTENSION_VERSION}${ext}}}`;
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
