// The rows of a JSON text as a tree that opens and closes: which are on the screen, in order, and what each can say of itself. It reads a
// value's members when the value is opened, so that a great one costs nothing until then, and never recurses. Knows nothing of the DOM.
import { eachMember, rootOf, type JsonMember } from './json-text.js';
import { readableValue } from './json-find.js';
import { cutText } from './visible-text.js';

/** What a closed value shows of what is in it. */
export type Preview =
  | { readonly kind: 'object'; readonly keys: readonly string[]; readonly size: number }
  /** `items` are the items as written where they are few, short and plain, else null. */
  | { readonly kind: 'array'; readonly items: readonly string[] | null; readonly size: number };

interface RowPlace {
  /** Unique in the tree, and the same in another text for a value at the same place. */
  readonly path: string;
  /** 0 for the members of the text's own value. */
  readonly depth: number;
  /** From 1, among the `size` members of what holds it. */
  readonly position: number;
  readonly size: number;
}

export interface ValueRow extends RowPlace {
  readonly kind: 'value';
  /** Null for a text that is one plain value. */
  readonly key: string | null;
  readonly member: JsonMember;
  /** Null where there is nothing to open. */
  readonly isOpen: boolean | null;
  /** Of an object or array. */
  readonly preview: Preview | null;
  /** Of a string: what is shown of it, and how long it is. A string that is cut can be opened; of a giant one even that shows a part. */
  readonly words: { readonly shown: string; readonly length: number; readonly lines: number } | null;
}

/** Stands for members that are not read yet; opening it reads the next ones. */
export interface MoreRow extends RowPlace {
  readonly kind: 'more';
  readonly next: number;
  readonly left: number;
}

export type OutlineRow = ValueRow | MoreRow;

export const PAGE_SIZE = 200;
export const MAX_DEPTH = 64;
const MAX_WORDS = 2000, MAX_LINES = 3, MAX_WORDS_OPEN = 100_000, MAX_LINES_OPEN = 2000;
/** Values open by themselves to this depth, while they are small and the rows few: in the whole text, and in a filtered one. */
const OPEN_DEPTH = 1, OPEN_DEPTH_FILTERED = 16, OPEN_SIZE = 20, OPEN_ROWS = 200;
const PREVIEW_KEYS = 3, PREVIEW_ITEMS = 8, PREVIEW_LENGTH = 40;
/** A longer key stands in a path by its place. */
const MAX_STEP = 200;

/** What a person opened (true) and closed (false), by path. Kept outside of the outline, so that it holds for the next text. */
export type Toggles = Map<string, boolean>;

interface Members {
  readonly rows: readonly Omit<ValueRow, 'isOpen' | 'words'>[];
  readonly size: number;
}

export class JsonOutline {
  readonly #text: string;
  readonly #toggles: Toggles;
  readonly #openDepth: number;
  readonly #members = new Map<string, Members>();
  readonly #limits = new Map<string, number>();
  #rows: readonly OutlineRow[] | null = null;

  /** @param isFiltered opens what is there, because a person asked for it */
  constructor(text: string, toggles: Toggles, isFiltered = false) {
    this.#text = text;
    this.#toggles = toggles;
    this.#openDepth = isFiltered ? OPEN_DEPTH_FILTERED : OPEN_DEPTH;
  }

  /** The rows that are to be seen, from the top. */
  get rows(): readonly OutlineRow[] {
    return (this.#rows ??= this.#layOut());
  }

  /** Opens a value or closes it; for a row of more members, reads the next ones. */
  toggle(row: OutlineRow, isOpen = row.kind === 'value' && row.isOpen === false): void {
    if (row.kind === 'more') this.#limits.set(row.path, row.position - 1 + row.next);
    else if (row.isOpen !== null) this.#toggles.set(row.path, isOpen);
    this.#rows = null;
  }

  /** A value that is neither object, array nor string, as written. */
  written({ member }: ValueRow): string {
    return this.#text.slice(member.start, member.end);
  }

  #layOut(): OutlineRow[] {
    const root = rootOf(this.#text), rows: OutlineRow[] = [];
    if (root.kind !== 'object' && root.kind !== 'array') {
      return [this.#valueRow({ kind: 'value', path: '', depth: 0, position: 1, size: 1, key: null, member: root, preview: null }, 0)];
    }
    const levels = [{ path: '', members: this.#membersOf('', root, -1), next: 0, depth: 0 }];
    for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
      const { path, members, depth } = level, position = level.next + 1, place = members.rows[level.next++];
      if (place !== undefined) {
        const row = this.#valueRow(place, rows.length);
        rows.push(row);
        if (row.isOpen === true && row.preview !== null) levels.push({ path: row.path, members: this.#membersOf(row.path, row.member, depth), next: 0, depth: depth + 1 });
        continue;
      }
      levels.pop();
      const left = members.size - members.rows.length;
      if (left > 0) rows.push({ kind: 'more', path: `${path}/…`, depth, position, size: members.size, next: Math.min(PAGE_SIZE, left), left });
    }
    return rows;
  }

  #valueRow(place: Omit<ValueRow, 'isOpen' | 'words'>, rowCount: number): ValueRow {
    const { path, depth, member, preview } = place, chosen = this.#toggles.get(path);
    if (preview !== null) {
      if (preview.size === 0 || depth >= MAX_DEPTH) return { ...place, isOpen: null, words: null };
      const opensItself = depth < this.#openDepth && preview.size <= OPEN_SIZE && rowCount < OPEN_ROWS && (preview.kind === 'object' || this.#openDepth > OPEN_DEPTH);
      return { ...place, isOpen: chosen ?? opensItself, words: null };
    }
    if (member.kind !== 'string') return { ...place, isOpen: null, words: null };
    const whole = readableValue(this.#text, member), lines = countLines(whole);
    // of many lines the first says what it is
    const beginning = cutText(firstLines(whole, lines > MAX_LINES ? 1 : MAX_LINES), MAX_WORDS);
    const isOpen = beginning.length === whole.length ? null : (chosen ?? false);
    const shown = isOpen === true ? cutText(firstLines(whole, MAX_LINES_OPEN), MAX_WORDS_OPEN) : beginning;
    return { ...place, isOpen, words: { shown, length: whole.length, lines } };
  }

  /** The members of an object or array as far as they were asked for. */
  #membersOf(path: string, { start }: JsonMember, depth: number): Members {
    const limit = this.#limits.get(`${path}/…`) ?? PAGE_SIZE, known = this.#members.get(path);
    if (known !== undefined && (known.rows.length >= limit || known.rows.length === known.size)) return known;
    const found: JsonMember[] = [], rows: Omit<ValueRow, 'isOpen' | 'words'>[] = [], keys = new Set<string>();
    let size = 0;
    eachMember(this.#text, start, (member) => {
      if (size++ < limit) found.push(member);
    });
    found.forEach((member, index) => {
      const { key } = member;
      // of members with the same key the first has the path of that key, the others have one of their place
      const isOwn = !keys.has(key) && key.length <= MAX_STEP && !key.startsWith('…');
      keys.add(key);
      rows.push({ kind: 'value', path: `${path}/${isOwn ? key.replaceAll('~', '~0').replaceAll('/', '~1') : `…${index}`}`, depth: depth + 1, position: index + 1, size, key, member, preview: this.#previewOf(member) });
    });
    const members = { rows, size };
    this.#members.set(path, members);
    return members;
  }

  #previewOf({ kind, start }: JsonMember): Preview | null {
    if (kind !== 'object' && kind !== 'array') return null;
    const first: JsonMember[] = [];
    let size = 0;
    eachMember(this.#text, start, (member) => {
      if (size++ < PREVIEW_ITEMS) first.push(member);
    });
    if (kind === 'object') return { kind, keys: first.slice(0, PREVIEW_KEYS).map(({ key }) => key), size };
    const isPlain = size <= PREVIEW_ITEMS && first.every((item) => item.kind !== 'object' && item.kind !== 'array');
    const length = isPlain ? first.reduce((sum, item) => sum + item.end - item.start + 2, 0) : Infinity;
    return { kind, items: length <= PREVIEW_LENGTH ? first.map((item) => this.#text.slice(item.start, item.end)) : null, size };
  }
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

function firstLines(text: string, count: number): string {
  let end = -1;
  for (let line = 0; line < count; line++) {
    end = text.indexOf('\n', end + 1);
    if (end < 0) return text;
  }
  return text.slice(0, end);
}
