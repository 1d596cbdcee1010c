// Finds single members in a JSON text by position, for the few places that look for one by name. Like `JSON.parse`, it takes the last of
// members with the same key.
import { eachMember, rootOf, unquote, type JsonMember } from './json-text.js';

/** The member `key` of the object that begins at `start`; null where there is none, or where no object is. */
export function findMember(text: string, start: number, key: string): JsonMember | null {
  let found: JsonMember | null = null;
  if (text.charAt(start) === '{') eachMember(text, start, (member) => {
    if (member.key === key) found = member;
  });
  return found;
}

/** The member at the end of a path of keys, from the root. */
export function findPath(text: string, ...keys: readonly string[]): JsonMember | null {
  let member: JsonMember | null = rootOf(text);
  for (const key of keys) member = member === null ? null : findMember(text, member.start, key);
  return member;
}

/** A value as people read it: a string without quotes and escapes, anything else as written. */
export function readableValue(text: string, { kind, start, end }: JsonMember): string {
  const written = text.slice(start, end);
  return kind === 'string' ? unquote(written) : written;
}
