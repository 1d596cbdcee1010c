// What one log entry says: a total reader from any JSON value to the facts that a row shows. It never throws; a value that is no pino
// record still gives a row. An entry is hostile text: its fields are read as own properties, shape by shape, and nothing of it is trusted.
import { findPath } from './json-find.js';
import { isObject, memberOf, type JsonObject } from './json-object.js';
import { readLevel } from './levels.js';
import { readAnswer, readAsked, type RequestAnswer } from './request-parts.js';

/** One entry as views see it. `text` is its JSON exactly as received; everything else is read from it or from its envelope. */
export interface LogEntry {
  readonly kind: 'entry';
  /** Unique in its store, in the order of arrival. */
  readonly id: number;
  readonly text: string;
  /** A pino level number, `NO_LEVEL` (0) where the entry has none. */
  readonly level: number;
  /** Milliseconds since 1970; NaN where the entry has no valid time. */
  readonly time: number;
  /** The instance (process) that logged it, by the name that the server gives; '' where it gives none. */
  readonly instance: string;
  /** The start of the instance and the entry's number in it, where the server numbers its entries. */
  readonly epoch: string | null;
  readonly seq: number | null;
}

/** A request that was answered, as pino-http, Fastify and Directus log it. */
export interface HttpFacts {
  readonly method: string;
  readonly url: string;
  /** Null where the request ended without a status, for instance because the client broke it off. */
  readonly status: number | null;
  /** Milliseconds; null where it was not measured. */
  readonly duration: number | null;
}

/** What a row shows of an entry. */
export interface EntryFacts {
  readonly level: number;
  readonly time: number;
  /** The entry's own words: `msg`, else `message`, else the error's message, else its JSON. */
  readonly message: string;
  readonly http: HttpFacts | null;
  /** `GET /items?limit=5`, where the request that it belongs to is not answered yet. */
  readonly asked: string | null;
  /** Where it says how a request was answered, and not which one. */
  readonly answer: RequestAnswer | null;
  /** The error's type where it says more than "Error": `TypeError`. */
  readonly errorType: string | null;
}

const SECONDS_FROM = 1e8, SECONDS_BELOW = 1e11;
const ISO_TIME = /^\d{4}-\d\d-\d\d(?:[T ]|$)/;
const MAX_TIME = 8.64e15; // what a Date can hold, ECMA-262 21.4.1.1

/**
 * The time that an entry's `time` field means, in milliseconds: pino's default (milliseconds), its `isoTime` (a string) or its
 * `unixTime` (seconds: no log is from before March 1973, so a number too small for that is one of seconds). NaN for anything else: what
 * else engines take for dates ("step 3" is one in March 2001) differs between them, and is none.
 */
export function readTime(value: unknown): number {
  const time = typeof value === 'string' && ISO_TIME.test(value) ? Date.parse(value) : typeof value === 'number' ? value : NaN;
  if (typeof value === 'number' && time >= SECONDS_FROM && time < SECONDS_BELOW) return Math.round(time * 1000);
  return Math.abs(time) <= MAX_TIME ? time : NaN;
}

function readHttp(fields: JsonObject): HttpFacts | null {
  const request = memberOf(fields, 'req'), response = memberOf(fields, 'res');
  const method = memberOf(request, 'method'), url = memberOf(request, 'url'), duration = memberOf(fields, 'responseTime');
  if (typeof method !== 'string' || typeof url !== 'string') return null;
  // a child logger repeats `req` on each entry of a request; only its last one has an answer or a duration
  if (!isObject(response) && typeof duration !== 'number') return null;
  const status = memberOf(response, 'statusCode');
  return { method, url, status: typeof status === 'number' ? status : null, duration: typeof duration === 'number' ? duration : null };
}

function readMessage(fields: JsonObject, text: string): string {
  const msg = memberOf(fields, 'msg');
  if (typeof msg === 'string') return msg;
  return wordsAt(fields, text, 'msg') ?? wordsAt(fields, text, 'message') ?? wordsAt(fields, text, 'err', 'message') ?? text;
}

/** What is said at a path: a string, or any other value as it is written, so that its digits stay and no depth exhausts the stack. */
function wordsAt(fields: JsonObject, text: string, ...path: readonly string[]): string | null {
  let value: unknown = fields;
  for (const key of path) value = memberOf(value, key);
  if (typeof value === 'string') return value;
  const member = value === undefined || value === null ? null : findPath(text, ...path);
  return member === null ? null : text.slice(member.start, member.end);
}

function readErrorType(fields: JsonObject, message: string): string | null {
  const type = memberOf(memberOf(fields, 'err'), 'type');
  return typeof type === 'string' && type !== '' && type !== 'Error' && !message.startsWith(type) ? type : null;
}

/** Reads a parsed entry; `text` is its JSON, shown as the message of an entry that has no other. */
export function readEntry(value: unknown, text: string): EntryFacts {
  if (!isObject(value)) return { level: 0, time: NaN, message: typeof value === 'string' ? value : text, http: null, asked: null, answer: null, errorType: null };
  const message = readMessage(value, text), http = readHttp(value);
  return {
    level: readLevel(memberOf(value, 'level')),
    time: readTime(memberOf(value, 'time')),
    message,
    http,
    asked: http === null ? readAsked(value) : null,
    answer: http === null ? readAnswer(value) : null,
    errorType: readErrorType(value, message),
  };
}

/** Milliseconds as a row shows them, without a unit: whole, or with one decimal below ten. */
export function formatDuration(milliseconds: number): string {
  const rounded = milliseconds < 10 ? Math.round(milliseconds * 10) / 10 : Math.round(milliseconds);
  return String(rounded);
}

/** One line that says what an entry is: `GET /items?limit=5 200 12ms`, `TypeError: no such user`, or the message. */
export function summaryOf({ message, http, errorType }: EntryFacts): string {
  if (http === null) return errorType === null ? message : `${errorType}: ${message}`;
  return `${http.method} ${http.url} ${answerInWords(http)}`;
}

function answerInWords({ status, duration }: Pick<HttpFacts, 'status' | 'duration'>): string {
  return `${status ?? '—'}${duration === null ? '' : ` ${formatDuration(duration)}ms`}`;
}

/** What "words in the message" are looked for in: the line that the row shows and, for a request, its message too. */
export function searchTextOf(facts: EntryFacts): string {
  const { http, asked, answer, message } = facts, line = summaryOf(facts);
  if (http !== null) return `${line} ${message}`;
  return asked !== null ? `${line} ${asked}` : answer !== null ? `${line} ${answerInWords(answer)}` : line;
}
