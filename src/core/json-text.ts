// Reads a JSON text by position, without making values of it: which members a value has, and where in the text each stands.
// It is what lets the viewer show digits exactly as they came (JSON.parse turns 12345678901234567890 into …567000) and duplicate keys
// side by side, and it never recurses, so that depth cannot exhaust the stack. The text must be valid JSON (JSON.parse accepted it).

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'literal';

/** One member of an object or one item of an array; `text.slice(start, end)` is its value as written. */
export interface JsonMember {
  /** The key, unescaped; an array's item has its index. */
  readonly key: string;
  readonly kind: JsonKind;
  readonly start: number;
  readonly end: number;
}

const QUOTE = 34, COMMA = 44, COLON = 58, OPEN_ARRAY = 91, BACKSLASH = 92, CLOSE_ARRAY = 93, OPEN_OBJECT = 123, CLOSE_OBJECT = 125;

/** The first position at or after `at` that is not white space. */
function skipSpace(text: string, at: number): number {
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return at;
}

/** The position after the string that begins at `at`. */
function skipString(text: string, at: number): number {
  for (at++; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at + 1;
  }
  return text.length;
}

/** The position after the value that begins at `at`. */
export function skipValue(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (first === QUOTE) return skipString(text, at);
  if (first !== OPEN_OBJECT && first !== OPEN_ARRAY) {
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === COMMA || code === CLOSE_OBJECT || code === CLOSE_ARRAY || code <= 32) break;
      at++;
    }
    return at;
  }
  for (let depth = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = skipString(text, at) - 1;
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth++;
    else if ((code === CLOSE_OBJECT || code === CLOSE_ARRAY) && --depth === 0) return at + 1;
  }
  return text.length;
}

/** What kind of value begins at `at`. */
export function kindAt(text: string, at: number): JsonKind {
  const code = text.charCodeAt(at);
  if (code === OPEN_OBJECT) return 'object';
  if (code === OPEN_ARRAY) return 'array';
  if (code === QUOTE) return 'string';
  return code === 45 || (code >= 48 && code <= 57) ? 'number' : 'literal';
}

/** A JSON string as written, with its quotes, as the text it means. */
export function unquote(written: string): string {
  return written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1);
}

/** The value that a whole JSON text holds, as if it were a member without a key. */
export function rootOf(text: string): JsonMember {
  const start = skipSpace(text, 0);
  return { key: '', kind: kindAt(text, start), start, end: skipValue(text, start) };
}

/** Walks the members of the object or array that begins at `start`, in the order of the text; stops where `visit` returns false. */
export function eachMember(text: string, start: number, visit: (member: JsonMember) => boolean | void): void {
  const isObject = text.charCodeAt(start) === OPEN_OBJECT;
  let at = skipSpace(text, start + 1);
  for (let index = 0; at < text.length; index++) {
    const code = text.charCodeAt(at);
    if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) return;
    let key = String(index);
    if (isObject) {
      const end = skipString(text, at);
      key = unquote(text.slice(at, end));
      at = skipSpace(text, end);
      if (text.charCodeAt(at) === COLON) at = skipSpace(text, at + 1);
    }
    const end = skipValue(text, at);
    if (visit({ key, kind: kindAt(text, at), start: at, end }) === false || end <= at) return;
    at = skipSpace(text, end);
    if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
  }
}

/** The members of the object or array that begins at `start`, at most `limit` of them. */
export function membersOf(text: string, start: number, limit = Infinity): JsonMember[] {
  const members: JsonMember[] = [];
  eachMember(text, start, (member) => members.push(member) < limit);
  return members;
}
