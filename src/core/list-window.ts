// Which rows a list can scroll through: those of the store's view and, before them, rows that the reader still has on the screen although the
// buffer has let go of them. They are held by reference, so that what is being read never leaves under the reader's eyes; a line above them
// says what happened, others mark where rows are missing. Knows nothing of pixels.
import { isErrorLevel } from './levels.js';
import type { LogStore } from './log-store.js';
import type { LogRow } from './notice.js';

/** A line between rows: `older` stands above held rows and counts the entries removed since; a `hole` stands where rows that followed are gone. */
export type WindowLine = { readonly kind: 'older'; readonly count: number } | { readonly kind: 'hole' };

export type WindowRow = LogRow | WindowLine;

export class ListWindow {
  readonly #store: LogStore;
  #held: readonly LogRow[] = [];
  /** The held rows, and the holes between them and after them. */
  #lines: readonly WindowRow[] = [];
  /** For the rows on the screen, the id of the row that came next before anything was missing. */
  #follower = new Map<number, number>();
  #viewVersion: number;
  /** What the store had removed when it last kept every row on the screen. */
  #removedBefore: number;

  constructor(store: LogStore) {
    this.#store = store;
    this.#viewVersion = store.snapshot.viewVersion;
    this.#removedBefore = store.snapshot.removed;
  }

  /** Rows in all. */
  get length(): number {
    return this.#prefix + this.#store.snapshot.length;
  }

  /** The rows that are shown although the store does not keep them. */
  get held(): readonly LogRow[] {
    return this.#held;
  }

  /**
   * Follows the store to a new snapshot.
   * @param onScreen the rows that the reader sees, oldest first
   * @param still whether what the reader sees must stay (detached or paused); else nothing is held
   */
  update(onScreen: readonly LogRow[], still: boolean): void {
    const { viewVersion, removed, length } = this.#store.snapshot;
    const isSameView = viewVersion === this.#viewVersion;
    const held = still && isSameView ? onScreen.filter((row) => this.#store.rowOf(row.id) === null) : [];
    this.#viewVersion = viewVersion;
    if (held.length === 0) this.#removedBefore = removed;
    this.#held = held;
    // in another view other rows follow one another
    this.#follower = isSameView ? this.#followersOf(onScreen) : new Map<number, number>();
    const first = length > 0 ? this.#store.idAt(0) : null;
    this.#lines = held.flatMap((row, index): WindowRow[] => (this.#isFollowed(row.id, held[index + 1]?.id ?? first) ? [row] : [row, { kind: 'hole' }]));
  }

  /** The rows of one screen follow one another, but for holes between them. */
  #followersOf(rows: readonly LogRow[]): Map<number, number> {
    const holes = new Set(this.#lines.flatMap((line, index) => (line.kind === 'hole' ? [(this.#lines[index - 1] as LogRow).id] : [])));
    const followers = new Map<number, number>();
    for (const [index, { id }] of rows.entries()) {
      const next = holes.has(id) ? undefined : rows[index + 1]?.id, follower = next ?? this.#follower.get(id);
      if (follower !== undefined) followers.set(id, follower);
    }
    return followers;
  }

  /** Whether nothing is missing between a held row and what is shown next; ids count all rows, so the next number cannot leave one out. */
  #isFollowed(id: number, next: number | null): boolean {
    return next === null || next === id + 1 || next === this.#follower.get(id);
  }

  rowAt(index: number): WindowRow | null {
    const prefix = this.#prefix;
    if (index >= prefix) return this.#store.rowAt(index - prefix);
    if (index === 0) return { kind: 'older', count: Math.max(0, this.#store.snapshot.removed - this.#removedBefore) };
    return this.#lines[index - 1] ?? null;
  }

  /** The id of the row at a position; null for a line, or outside. */
  idAt(index: number): number | null {
    const row = index < this.#prefix ? this.rowAt(index) : null, at = index - this.#prefix;
    if (row !== null) return 'id' in row ? row.id : null;
    return at >= 0 && at < this.#store.snapshot.length ? this.#store.idAt(at) : null;
  }

  /** The position of a row by its id; of the next later one where it is not there. */
  indexOf(id: number): number {
    const index = this.#lines.findIndex((row) => 'id' in row && row.id >= id);
    return index >= 0 ? index + 1 : this.#prefix + this.#store.indexFrom(id);
  }

  /** The position of the nearest error or fatal entry before (−1) or after (1) a position; −1 where there is none. */
  findError(index: number, step: 1 | -1): number {
    const prefix = this.#prefix, inStore = (): number => {
      const found = this.#store.findError(Math.max(-1, index - prefix), step);
      return found < 0 ? -1 : found + prefix;
    };
    const later = step < 0 ? inStore() : -1;
    if (later >= 0) return later;
    for (let at = step < 0 ? Math.min(index, prefix) - 1 : index + 1; at >= 0 && at < prefix; at += step) {
      const row = this.rowAt(at);
      if (row?.kind === 'entry' && isErrorLevel(row.level)) return at;
    }
    return step < 0 ? -1 : inStore();
  }

  get #prefix(): number {
    return this.#lines.length === 0 ? 0 : this.#lines.length + 1;
  }
}
