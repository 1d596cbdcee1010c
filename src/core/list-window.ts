// Which rows a list can scroll through: those of the store's view and, before them, rows that the reader still has on the screen although the
// buffer has let go of them. They are held by reference, so that what is being read never leaves under the reader's eyes; a line above them
// says what happened, another one marks where the buffer begins. Knows nothing of pixels.
import type { LogStore } from './log-store.js';
import type { LogRow } from './notice.js';

/** A line between rows: `older` stands above held rows and counts the entries removed since; `hole` stands between them and the buffer. */
export type WindowLine = { readonly kind: 'older'; readonly count: number } | { readonly kind: 'hole' };

export type WindowRow = LogRow | WindowLine;

export class ListWindow {
  readonly #store: LogStore;
  #held: readonly LogRow[] = [];
  #hasHole = false;
  #viewVersion: number;
  /** What the store had removed when the first held row left it. */
  #removedBefore = 0;

  constructor(store: LogStore) {
    this.#store = store;
    this.#viewVersion = store.snapshot.viewVersion;
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
    const { viewVersion, removed } = this.#store.snapshot;
    const sameView = viewVersion === this.#viewVersion;
    this.#viewVersion = viewVersion;
    const held = still && sameView ? onScreen.filter((row) => this.#store.rowOf(row.id) === null) : [];
    if (this.#held.length === 0 && held.length > 0) this.#removedBefore = removed - held.length;
    this.#held = held;
    const last = held.at(-1), first = this.#store.snapshot.length > 0 ? this.#store.idAt(0) : null;
    // the rows of one screen follow one another; where the next one was on the screen too, nothing is missing between
    this.#hasHole = last !== undefined && (first === null || !onScreen.some((row) => row.id === first));
  }

  rowAt(index: number): WindowRow | null {
    const prefix = this.#prefix;
    if (index >= prefix) return this.#store.rowAt(index - prefix);
    if (index === 0) return { kind: 'older', count: Math.max(0, this.#store.snapshot.removed - this.#removedBefore) };
    return this.#held[index - 1] ?? { kind: 'hole' };
  }

  /** The position of a row by its id; of the next later one where it is not there. */
  indexOf(id: number): number {
    const index = this.#held.findIndex((row) => row.id >= id);
    return index >= 0 ? index + 1 : this.#prefix + this.#store.indexFrom(id);
  }

  /** The position of the nearest error or fatal entry before (−1) or after (1) a position; −1 where there is none. */
  findError(index: number, step: 1 | -1): number {
    const found = this.#store.findError(Math.max(-1, index - this.#prefix), step);
    return found < 0 ? -1 : found + this.#prefix;
  }

  get #prefix(): number {
    return this.#held.length === 0 ? 0 : this.#held.length + 1 + (this.#hasHole ? 1 : 0);
  }
}
