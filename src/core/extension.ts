// The opt-in extension of Directus' logs protocol: what a client offers on `subscribe`, and what a server that speaks it answers. A server that
// does not know the key ignores it, and its answer has none.
import { isObject, textOf } from './json-object.js';
import { isLevelName, type LevelName } from './levels.js';

/** Version of the extension that this package speaks. */
export const EXTENSION_VERSION = 1;

/** What a client offers on `subscribe`. */
export interface ClientExtension {
  readonly v: number;
}

/** What a server with the extension says on `subscribe`. */
export interface ServerExtension {
  readonly v: number;
  /** The least level that this server ever sends; a subscription below it gets no more. */
  readonly floor: LevelName;
  /** The instance that the socket is connected to. */
  readonly hub: string;
}

/** Server's side: any version that a client offers is answered with ours. */
export function decodeClientExtension(ext: unknown): ClientExtension | null {
  return isObject(ext) && typeof ext['v'] === 'number' && ext['v'] >= 1 ? { v: ext['v'] } : null;
}

/** Browser's side: null where the server has no extension, or one of a version that this package cannot read. */
export function decodeServerExtension(ext: unknown): ServerExtension | null {
  if (!isObject(ext) || ext['v'] !== EXTENSION_VERSION) return null;
  return { v: EXTENSION_VERSION, floor: isLevelName(ext['floor']) ? ext['floor'] : 'trace', hub: textOf(ext['hub']) };
}
