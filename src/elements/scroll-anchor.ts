// Where the list's scroller stands: at the end while it follows, else on an anchor, the row that the reader has at the top, by its id. Rows may
// come, leave or be filtered; the scroll offset is made anew from the anchor each time, so that the row keeps its pixel. Only the reader's own
// scrolling moves the anchor.
import type { ListWindow, WindowRow } from '../core/list-window.js';
import type { RowPlan } from './fixed-row-layout.js';
import { RowSlots } from './row-slots.js';
import { ScrollSpace } from './scroll-space.js';

/** What a list can say of its rows. */
export interface AnchorHost {
  readonly scroller: HTMLElement | null;
  readonly window: ListWindow | null;
  readonly following: boolean;
  /** The items of a new filter, which wait for the next picture; null where none do. */
  readonly awaited: readonly unknown[] | null;
  readonly newest: readonly unknown[];
  /** The row at a position as the reader sees it: what was last drawn there, whatever the store has become since. */
  rowAt(index: number): WindowRow | null;
  readonly drawing: {
    /** The next rows that are drawn begin at a position. */
    turn(first: number): void;
    /** These rows are drawn, and in their places. */
    mark(rows: Iterable<Element>): void;
  };
}

export class ScrollAnchor implements RowPlan {
  rowHeight = 24;
  readonly #slots = new RowSlots();
  /** The position of the first row that is drawn. */
  #first = 0;
  /** The rows that have a slot; what was drawn beside them since has none. */
  #turned = { first: 0, last: -1 };
  readonly #host: AnchorHost;
  /** `offset`: pixels from the row's upper edge down to that of the viewport; negative where the row begins below it. */
  #anchor: { readonly id: number; readonly offset: number } | null = null;
  /** Where the rows are seen from, and where the scroller was last put, or last found. */
  readonly #space = new ScrollSpace();
  #height = 0;

  constructor(host: AnchorHost) {
    this.#host = host;
  }

  get scrollTop(): number {
    return this.#host.scroller?.scrollTop ?? 0;
  }

  /** Whole rows that fit on the screen, at least 1. */
  get page(): number {
    return Math.max(1, Math.floor(this.#height / this.rowHeight) - 1);
  }

  /** The first and the last position that is at least partly on the screen; last < first where none is. */
  get visible(): { first: number; last: number } {
    const { first, last } = this.screen;
    return { first, last: Math.min((this.#host.window?.length ?? 0) - 1, last) };
  }

  /** The first and the last position that the screen has room for, whether or not there are rows: fewer may be left than were drawn. */
  get screen(): { first: number; last: number } {
    const first = Math.max(0, Math.floor(this.#space.virtual / this.rowHeight));
    return { first, last: Math.ceil((this.#space.virtual + this.#height) / this.rowHeight) - 1 };
  }

  /** Whether at least a part of the place of a row, by its id, is on the screen; a few rows are drawn beyond its edges. */
  isVisible(id: number): boolean {
    const { first, last } = this.visible, index = this.#host.window?.indexOf(id) ?? -1;
    return index >= first && index <= last;
  }

  /** Within one row of the end. */
  get isAtEnd(): boolean {
    this.#fit();
    return this.#space.virtual >= this.#space.end - this.rowHeight;
  }

  get awaited(): readonly unknown[] | null {
    return this.#host.awaited;
  }

  get newest(): readonly unknown[] {
    return this.#host.newest;
  }

  get height(): number {
    return this.#space.height;
  }

  place(): number {
    const { following, window } = this.#host, space = this.#space;
    this.#fit();
    if (following) space.moveTo(space.end);
    else if (this.#anchor === null || window === null) space.moveTo(space.virtual);
    else space.moveTo(window.indexOf(this.#anchor.id) * this.rowHeight + this.#anchor.offset);
    return space.virtual;
  }

  turn(first: number, last: number, slots: number): void {
    const ids: (number | null)[] = [];
    for (let index = first; index <= last; index++) ids.push(this.#host.window?.idAt(index) ?? null);
    this.#slots.turn(ids, slots);
    this.#turned = { first, last };
    this.widen(first);
  }

  widen(first: number): void {
    this.#host.drawing.turn(first);
    this.#first = first;
  }

  /** The key of the node that draws the row at a position: a slot's, or below 0 one of its own. */
  slotOf(index: number): number {
    const { first, last } = this.#turned;
    return index >= first && index <= last ? this.#slots.at(index - first) : -1 - index;
  }

  settle(): void {
    const { scroller } = this.#host;
    // what the scroller says of its size now would have it laid out twice
    if (scroller === null || this.#height === 0) return;
    const rows = scroller.querySelectorAll<HTMLElement>(':scope > [role="row"]');
    let index = this.#first;
    for (const row of rows) {
      const top = `${index++ * this.rowHeight - this.#space.shift}px`;
      if (row.style.top !== top) row.style.top = top;
    }
    if (Math.abs(scroller.scrollTop - this.#space.physical) >= 0.5) scroller.scrollTop = this.#space.physical;
    if (this.#anchor === null && !this.#host.following) this.hold();
    this.#host.drawing.mark(rows);
  }

  /** Reads the sizes anew: of the scroller, and of a row by the style sheet. Where the list follows, it stays at its end. */
  measure(): void {
    const { scroller, following } = this.#host;
    if (scroller === null) return;
    this.#height = scroller.clientHeight;
    if (following) {
      this.place();
      this.settle();
    }
    // the layout puts rows of another height in their places, one picture later
    this.rowHeight = Number.parseFloat(getComputedStyle(scroller).lineHeight) || this.rowHeight;
  }

  /** Keeps the reader's place from now on: the first row on the screen, or `preferred` where that is on the screen. */
  hold(preferred: number | null = null): void {
    const { first, last } = this.visible;
    let anchor: { id: number; offset: number } | null = null;
    for (let index = first; index <= last; index++) {
      const row = this.#host.rowAt(index);
      if (row === null || !('id' in row)) continue;
      if (anchor === null || row.id === preferred) anchor = { id: row.id, offset: this.#space.virtual - index * this.rowHeight };
      if (preferred === null || row.id === preferred) break;
    }
    this.#anchor = anchor;
  }

  /** Forgets the place; the next one is taken where the scroller stands. */
  release(): void {
    this.#anchor = null;
  }

  /** Which way the reader scrolled since the last look; null where it was the list itself, or its size that changed. */
  readScroll(): 'up' | 'down' | null {
    const { scroller } = this.#host;
    if (scroller === null || scroller.clientHeight === 0 || scroller.clientHeight !== this.#height) return null;
    const { physical, virtual } = this.#space;
    if (Math.abs(scroller.scrollTop - physical) < 1) return null;
    this.#space.scrolled(scroller.scrollTop);
    return this.#space.virtual < virtual ? 'up' : 'down';
  }

  /** Scrolls as little as is needed to have a row on the screen. */
  reveal(index: number): void {
    const top = index * this.rowHeight, lowest = top + this.rowHeight - this.#height;
    this.#fit();
    if (top < this.#space.virtual) this.#moveTo(top);
    else if (this.#space.virtual < lowest) this.#moveTo(lowest);
  }

  /** Scrolls by so many rows, down where they are more than 0. */
  scrollBy(rows: number): void {
    this.#fit();
    this.#moveTo(this.#space.virtual + rows * this.rowHeight);
  }

  #moveTo(virtual: number): void {
    this.#space.moveTo(virtual);
    this.hold();
    this.settle();
  }

  #fit(): void {
    this.#space.resize((this.#host.window?.length ?? 0) * this.rowHeight, this.#height);
  }
}
