// What an entry of a request says beside its line: the query as keys and values, and the headers. Read by position from the entry's JSON text, so
// that values stay as written. Total: a query or a URL of any shape gives what can be read of it. And the two halves of such a line, for loggers
// that write them apart.
import { findPath, readableValue } from './json-find.js';
import { isObject, memberOf } from './json-object.js';
import { eachMember } from './json-text.js';

export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** The first of many values, and how many there are. */
export interface NamedValues {
  readonly items: readonly NamedValue[];
  readonly size: number;
}

export interface RequestParts {
  readonly query: NamedValues;
  readonly requestHeaders: NamedValues;
  readonly responseHeaders: NamedValues;
}

/** How a request was answered, by an entry that does not say what was asked: Fastify's "request completed". */
export interface RequestAnswer {
  readonly status: number;
  /** Milliseconds; null where it was not measured. */
  readonly duration: number | null;
}

const MAX_ITEMS = 200;

function valuesAt(text: string, ...path: readonly string[]): NamedValues {
  const object = findPath(text, ...path), items: NamedValue[] = [];
  let size = 0;
  if (object?.kind === 'object') eachMember(text, object.start, (member) => {
    if (size++ < MAX_ITEMS) items.push({ name: member.key, value: readableValue(text, member) });
  });
  return { items, size };
}

/** One side of `key=value` in a URL; what is no valid escape stays as it is. */
function unescapeQuery(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** The query of a URL or of its path, in its order; a repeated key stays repeated. */
export function readQuery(url: string): NamedValues {
  const start = url.indexOf('?');
  if (start < 0) return { items: [], size: 0 };
  const end = url.indexOf('#', start), pairs = url.slice(start + 1, end < 0 ? url.length : end).split('&').filter((pair) => pair !== '');
  const items = pairs.slice(0, MAX_ITEMS).map((pair): NamedValue => {
    const equals = pair.indexOf('=');
    return equals < 0 ? { name: unescapeQuery(pair), value: '' } : { name: unescapeQuery(pair.slice(0, equals)), value: unescapeQuery(pair.slice(equals + 1)) };
  });
  return { items, size: pairs.length };
}

/** Reads an entry whose facts say that it is a request; the query is `req.query` where the server parsed it, else that of the URL. */
export function readRequestParts(text: string, url: string): RequestParts {
  const query = valuesAt(text, 'req', 'query');
  return {
    query: query.size > 0 ? query : readQuery(url),
    requestHeaders: valuesAt(text, 'req', 'headers'),
    responseHeaders: valuesAt(text, 'res', 'headers'),
  };
}

/** `GET /items?limit=5`, of a parsed entry with a request in it: Fastify's "incoming request", or any line of a logger that is a request's own. */
export function readAsked(value: unknown): string | null {
  const request = memberOf(value, 'req'), method = memberOf(request, 'method'), url = memberOf(request, 'url');
  return typeof method === 'string' && typeof url === 'string' ? `${method} ${url}` : null;
}

/** Of a parsed entry; null without a status: a duration alone may be that of anything. */
export function readAnswer(value: unknown): RequestAnswer | null {
  const response = memberOf(value, 'res'), status = memberOf(response, 'statusCode'), duration = memberOf(value, 'responseTime');
  if (!isObject(response) || typeof status !== 'number') return null;
  return { status, duration: typeof duration === 'number' ? duration : null };
}
