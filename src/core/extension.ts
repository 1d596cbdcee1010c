// The opt-in extension of Directus' logs protocol: what a client offers on `subscribe`, and what a server that speaks it answers. A server that
// does not know the key ignores it, and its answer has none.
import { isObject, textOf } from './json-object.js';
import { isNumber } from './level-numbers.js';
import { isLevelName, type LevelName } from './levels.js';
import {
  MAX_STREAMS, readAway, readPoints, readPositions, readQuiet, writePositions, writeQuiet, type BusAway, type QuietStreams, type StreamPoint, type StreamPositions,
} from './stream-frames.js';

/** Version of the extension that this package speaks. */
export const EXTENSION_VERSION = 1;

/** Where a client wants to go on, by instance. */
export type ResumePoints = ReadonlyMap<string, StreamPoint>;

/** What a client offers on `subscribe`. */
export interface ClientExtension {
  readonly v: number;
  /** Where it stood when its last connection ended; null: it begins at now. */
  readonly resume: ResumePoints | null;
  /** Further places follow in another message: the subscription does not begin yet. */
  readonly more: boolean;
}

/** How much a server keeps for who comes back; `bytes` counts characters of JSON. */
export interface KeepLimits {
  readonly entries: number;
  readonly bytes: number;
  readonly ms: number;
}

/** What a server with the extension says on `subscribe`. */
export interface ServerExtension {
  readonly v: number;
  /** The least level that this server ever sends; a subscription below it gets no more. */
  readonly floor: LevelName;
  /** The instance that the socket is connected to. */
  readonly hub: string;
  /** How often a mark comes, in ms; 0: never. */
  readonly markMs: number;
  /** Null: it keeps nothing, so that nobody can go on where the last connection ended. */
  readonly keep: KeepLimits | null;
  /**
   * Where the subscription begins in each stream that the server knows: what comes after it is sent or declared missing. In a stream that is
   * resumed it is the place that was asked for, and `levels` is empty: the client's own numbers hold.
   */
  readonly streams: StreamPositions;
  /** Those of them of which nothing is heard now. */
  readonly quiet: QuietStreams;
  /** Null: the server reaches the others, or there are none. */
  readonly away: BusAway | null;
  /** Instances whose epoch in the client's `resume` this server has not heard of. What they logged after that place cannot be known here. */
  readonly unknown: readonly string[];
}

/** What a server has to say; the rest is nothing. */
export type ExtensionAnswer = Pick<ServerExtension, 'v' | 'floor' | 'hub'> & Partial<ServerExtension>;

/** Server's side: any version that a client offers is answered with ours. A `resume` that cannot be read is none. */
export function decodeClientExtension(ext: unknown): ClientExtension | null {
  if (!isObject(ext) || typeof ext['v'] !== 'number' || ext['v'] < 1) return null;
  const resume = readPoints(ext['resume']);
  return { v: ext['v'], resume: resume === null || resume.size === 0 ? null : resume, more: ext['more'] === true };
}

export function writeServerExtension({ v, floor, hub, markMs = 0, keep = null, streams, quiet, away = null, unknown = [] }: ExtensionAnswer): object {
  return {
    v, floor, hub,
    ...(markMs === 0 ? {} : { mark_ms: markMs }),
    ...(keep === null ? {} : { keep }),
    ...(streams === undefined ? {} : { streams: writePositions(streams) }),
    ...(quiet === undefined ? {} : writeQuiet(quiet)),
    ...(away === null ? {} : { away }),
    ...(unknown.length === 0 ? {} : { unknown }),
  };
}

/** Browser's side: null where the server has no extension, or one of a version that this package cannot read. */
export function decodeServerExtension(ext: unknown): ServerExtension | null {
  if (!isObject(ext) || ext['v'] !== EXTENSION_VERSION) return null;
  const { floor, hub, mark_ms: markMs, keep, streams, quiet, away, unknown } = ext;
  return {
    v: EXTENSION_VERSION,
    floor: isLevelName(floor) ? floor : 'trace',
    hub: textOf(hub),
    markMs: isNumber(markMs) ? markMs : 0,
    keep: readKeep(keep),
    streams: readPositions(streams) ?? new Map(),
    quiet: readQuiet(quiet),
    away: readAway(away),
    unknown: Array.isArray(unknown) ? unknown.slice(0, MAX_STREAMS).map(textOf) : [],
  };
}

function readKeep(keep: unknown): KeepLimits | null {
  if (!isObject(keep)) return null;
  const { entries, bytes, ms } = keep;
  return isNumber(entries) && isNumber(bytes) && isNumber(ms) ? { entries, bytes, ms } : null;
}
