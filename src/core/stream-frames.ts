// What a server with the extension says of the streams beside their entries: where each stands (mark), what will not come (gap), that one
// begins, falls silent or ends, and whether other instances can be reached. A stream is one start (`epoch`) of one instance. Decoding validates
// and never throws.
import { isCount, isObject, textOf, type JsonObject } from './json-object.js';
import { isNumber, readNumbers, sumOfNumbers, writeNumbers, type LevelNumbers } from './level-numbers.js';

/** A place in a stream. */
export interface StreamPoint {
  readonly epoch: string;
  /** The number of the last entry before it; 0 at the stream's beginning. */
  readonly seq: number;
}

/** A place in a stream, and the last `lseq` of each level there. */
export interface StreamPosition extends StreamPoint {
  readonly levels: LevelNumbers;
}

/** Where each instance's stream stands, by the instance's name. */
export type StreamPositions = ReadonlyMap<string, StreamPosition>;

/**
 * Why entries will not come. `slow`: this viewer did not read fast enough; `expired`: this server did not have them, or not any more, when it was back;
 * `bus`: they were lost between two servers; `source`: their instance logged more at once than it could pass on; `restart`: they were logged
 * by a new start of the instance before this server kept any.
 */
export type GapCause = 'slow' | 'expired' | 'bus' | 'source' | 'restart';

const CAUSES: ReadonlySet<unknown> = new Set<GapCause>(['slow', 'expired', 'bus', 'source', 'restart']);

/** Entries that will not come: those of the subscribed levels from `from` to `to`, both included. */
export interface GapFrame {
  readonly type: 'gap';
  readonly instance: string;
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
  /** Null where the server names a cause of a later version. */
  readonly cause: GapCause | null;
  /** How many of each level; null where this server cannot know, and then a mark follows at once. */
  readonly levels: LevelNumbers | null;
}

/** Everything of each stream up to its place here was sent before this frame, or was declared missing. Also the sign of life. */
export interface MarkFrame {
  readonly type: 'mark';
  /** The server's time in ms since 1970. */
  readonly time: number;
  readonly streams: StreamPositions;
  /** Those of them of which nothing is heard now. */
  readonly quiet: QuietStreams;
}

/** Since when nothing was heard of an instance, in ms since 1970 of the server, by its name. */
export type QuietStreams = ReadonlyMap<string, number>;

export const NONE_QUIET: QuietStreams = new Map();

/**
 * `new`: a stream of which nothing was said before; entries up to `seq` are none of this view. `quiet`: nothing was heard of it for some time.
 * `live`: it was quiet, and is heard again. `end`: it ended at `seq`, and nothing more of it will come. `twin`: it goes on beside a later start of
 * its instance: two processes use one name.
 */
export type StreamState = 'new' | 'quiet' | 'live' | 'end' | 'twin';

const STATES: ReadonlySet<unknown> = new Set<StreamState>(['new', 'quiet', 'live', 'end', 'twin']);

export interface StreamFrame extends StreamPosition {
  readonly type: 'stream';
  readonly instance: string;
  readonly state: StreamState;
  /** By the server's clock, in ms since 1970: when it began or ended, since when it is quiet or heard again; null where the server does not know. */
  readonly time: number | null;
}

/** Whether this server reaches the others, so that it can hear of their instances. */
export interface BusFrame {
  readonly type: 'bus';
  /** Null: it does. */
  readonly away: BusAway | null;
  /** Since when it is so, in ms since 1970 of the server. */
  readonly since: number;
}

/** Why a server does not reach the others, in its own words, and since when (ms since 1970, of the server). */
export interface BusAway {
  readonly since: number;
  readonly reason: string;
}

/** So many streams can be told of at once. */
export const MAX_STREAMS = 1000;

/** Names of instances and epochs; longer ones are nobody's. */
const LONGEST_NAME = 256, LONGEST_REASON = 200;

export function encodeGap({ instance, epoch, from, to, cause, levels }: Omit<GapFrame, 'type'>): string {
  return JSON.stringify({ type: 'logs', event: 'gap', uid: instance, epoch, from, to, cause, ...(levels === null ? {} : { levels: writeNumbers(levels) }) });
}

export function encodeMark(time: number, streams: StreamPositions, quiet: QuietStreams = NONE_QUIET): string {
  return JSON.stringify({ type: 'logs', event: 'mark', t: time, streams: writePositions(streams), ...writeQuiet(quiet) });
}

export function encodeStream(instance: string, { epoch, seq, levels }: StreamPosition, state: StreamState, time: number | null = null): string {
  return JSON.stringify({ type: 'logs', event: 'stream', uid: instance, epoch, seq, l: writeNumbers(levels), state, ...(time === null ? {} : { t: time }) });
}

/** @param since where nothing is away, since when that is so */
export function encodeBus(away: BusAway | null, since: number): string {
  return JSON.stringify({ type: 'logs', event: 'bus', ...(away === null ? { state: 'up', since } : { state: 'down', ...away }) });
}

/** Null for anything that says no gap that can be. */
export function decodeGap({ uid, epoch, from, to, cause, levels }: JsonObject): GapFrame | null {
  if (!isName(uid) || !isName(epoch) || !isCount(from) || !isCount(to) || to < from) return null;
  const counts = levels === undefined ? null : readNumbers(levels);
  if (levels !== undefined && (counts === null || sumOfNumbers(counts) > to - from + 1)) return null;
  return { type: 'gap', instance: uid, epoch, from, to, cause: CAUSES.has(cause) ? (cause as GapCause) : null, levels: counts };
}

export function decodeMark({ t, streams, quiet }: JsonObject): MarkFrame | null {
  const positions = readPositions(streams);
  return positions === null || !isNumber(t) ? null : { type: 'mark', time: t, streams: positions, quiet: readQuiet(quiet) };
}

export function decodeStream(frame: JsonObject): StreamFrame | null {
  const { uid, state, t } = frame, position = readPosition(frame);
  if (position === null || !isName(uid) || !STATES.has(state)) return null;
  return { type: 'stream', instance: uid, ...position, state: state as StreamState, time: isNumber(t) ? t : null };
}

export function decodeBus(frame: JsonObject): BusFrame | null {
  const { state, since } = frame;
  if (!isNumber(since) || (state !== 'up' && state !== 'down')) return null;
  return { type: 'bus', away: state === 'down' ? readAway(frame) : null, since };
}

/** Null for anything that does not say since when. */
export function readAway(value: unknown): BusAway | null {
  return isObject(value) && isNumber(value['since']) ? { since: value['since'], reason: textOf(value['reason']).slice(0, LONGEST_REASON) } : null;
}

/** Left out where there is none. */
export function writeQuiet(quiet: QuietStreams): object {
  return quiet.size === 0 ? {} : { quiet: Object.fromEntries(quiet) };
}

/** What says no time is not quiet. */
export function readQuiet(value: unknown): QuietStreams {
  if (!isObject(value)) return NONE_QUIET;
  return new Map(Object.entries(value).slice(0, MAX_STREAMS).filter((member): member is [string, number] => isName(member[0]) && isNumber(member[1])));
}

/** `{"<instance>":{"epoch":"m3k9x1Qa","seq":10500,"l":{"30":9000}}}`. */
export function writePositions(streams: StreamPositions): Record<string, unknown> {
  return Object.fromEntries([...streams].map(([instance, { epoch, seq, levels }]) => [instance, { epoch, seq, l: writeNumbers(levels) }]));
}

/** Null for anything but an object of at most `MAX_STREAMS` positions. */
export function readPositions(value: unknown): StreamPositions | null {
  return readStreams(value, readPosition);
}

/** `{"<instance>":{"epoch":"m3k9x1Qa","seq":10412}}`. Null for anything but an object of at most `MAX_STREAMS` points. */
export function readPoints(value: unknown): ReadonlyMap<string, StreamPoint> | null {
  return readStreams(value, readPoint);
}

function readStreams<T>(value: unknown, read: (value: JsonObject) => T | null): ReadonlyMap<string, T> | null {
  if (!isObject(value)) return null;
  const members = Object.entries(value), streams = new Map<string, T>();
  if (members.length > MAX_STREAMS) return null;
  for (const [instance, member] of members) {
    const stream = isName(instance) && isObject(member) ? read(member) : null;
    if (stream === null) return null;
    streams.set(instance, stream);
  }
  return streams;
}

function readPoint({ epoch, seq }: JsonObject): StreamPoint | null {
  return isName(epoch) && isNumber(seq) ? { epoch, seq } : null;
}

function readPosition(value: JsonObject): StreamPosition | null {
  const point = readPoint(value), levels = readNumbers(value['l']);
  return point === null || levels === null ? null : { ...point, levels };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_NAME;
}
