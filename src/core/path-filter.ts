// The parts of an entry that paths such as `req.method, res.statusCode` name. Works on the JSON text, in one pass and without recursion, so
// that digits, duplicate keys and the order stay as they were received.
import { kindAt, rootOf, skipValue, unquote } from './json-text.js';

export interface FilteredEntry {
  /** JSON of what the paths name, as written in the entry; '' where they name nothing in it. */
  readonly text: string;
  /** Paths that are in no place of the entry. */
  readonly missing: readonly string[];
}

/** What is left of a path below an open object or array. */
interface Rest {
  readonly path: string;
  readonly at: number;
}

interface Level {
  readonly isObject: boolean;
  readonly rests: readonly Rest[];
  /** What stands before its first member in the result: its own key and bracket. */
  readonly opening: string;
  /** Inside of a value that is taken whole; only looked through, for paths that lead further. */
  readonly isTaken: boolean;
  isWritten: boolean;
  hasMembers: boolean;
  index: number;
}

/** The paths of a list with commas, each once; spaces around them mean nothing. */
export function parsePaths(input: string): string[] {
  return [...new Set(input.split(',').map((path) => path.trim()).filter((path) => path !== ''))];
}

/** The rests below a member, and whether a path ends at it. A key may itself hold dots; the items of an array take its rests on. */
function descend(rests: readonly Rest[], key: string, isObject: boolean, found: Set<string>): { below: readonly Rest[]; isNamed: boolean } {
  let below: Rest[] | null = null, isNamed = false;
  for (const rest of rests) {
    if (!rest.path.startsWith(key, rest.at)) continue;
    const at = rest.at + key.length;
    if (at === rest.path.length) {
      isNamed = true;
      found.add(rest.path);
    } else if (rest.path.charAt(at) === '.') {
      below ??= isObject ? [] : [...rests];
      if (!below.some((other) => other.path === rest.path && other.at === at + 1)) below.push({ path: rest.path, at: at + 1 });
    }
  }
  return { below: below ?? (isObject ? [] : rests), isNamed };
}

/** Takes out of a JSON text what the paths name. A path walks through arrays: `errors.message` is the message of each error; `errors.0` the first. */
export function filterByPaths(text: string, paths: readonly string[]): FilteredEntry {
  const found = new Set<string>(), pieces: string[] = [], levels: Level[] = [];

  const open = (opening: string, start: number, rests: readonly Rest[], isTaken: boolean): void => {
    const isObject = text.charAt(start) === '{';
    levels.push({ isObject, rests, opening: opening + (isObject ? '{' : '['), isTaken, isWritten: isTaken, hasMembers: false, index: 0 });
  };
  // what holds a named value is written only when one is found in it
  const write = (written: string): void => {
    let from = levels.length;
    while (from > 0 && !(levels[from - 1] as Level).isWritten) from--;
    for (; from < levels.length; from++) {
      const level = levels[from] as Level, parent = levels[from - 1];
      pieces.push(parent?.hasMembers === true ? `,${level.opening}` : level.opening);
      if (parent !== undefined) parent.hasMembers = true;
      level.isWritten = true;
    }
    const level = levels.at(-1) as Level;
    pieces.push(level.hasMembers ? `,${written}` : written);
    level.hasMembers = true;
  };
  const skipSpace = (at: number): number => {
    while (text.charCodeAt(at) <= 32) at++;
    return at;
  };

  const root = rootOf(text);
  if (root.kind === 'object' || root.kind === 'array') open('', root.start, paths.map((path) => ({ path, at: 0 })), false);
  let at = skipSpace(root.start + 1);
  for (let level = levels.at(-1); level !== undefined && at < text.length; level = levels.at(-1)) {
    const mark = text.charAt(at);
    if (mark === ',') {
      at = skipSpace(at + 1);
    } else if (mark === '}' || mark === ']') {
      if (level.isWritten && !level.isTaken) pieces.push(mark);
      levels.pop();
      at = skipSpace(at + 1);
    } else {
      let written = '', key = String(level.index++);
      if (level.isObject) {
        const end = skipValue(text, at);
        written = `${text.slice(at, end)}:`;
        key = unquote(text.slice(at, end));
        at = skipSpace(skipSpace(end) + 1);
      }
      const { below, isNamed } = descend(level.rests, key, level.isObject, found), kind = kindAt(text, at);
      const isTaken = level.isTaken || isNamed;
      if (isNamed && !level.isTaken) write(written + text.slice(at, skipValue(text, at)));
      if (below.length > 0 && (kind === 'object' || kind === 'array')) {
        open(written, at, below, isTaken);
        at = skipSpace(at + 1);
      } else {
        at = skipSpace(skipValue(text, at));
      }
    }
  }
  return { text: pieces.join(''), missing: paths.filter((path) => !found.has(path)) };
}
