// The virtualizer's Layout for rows of one height: constant cost at any number of rows, an exact end, exact anchoring. Where the scroller shall
// stand is decided by the list (its `RowPlan`), and applied in the same task in which the rows change, so that no frame shows them apart.
import type { virtualize } from '@lit-labs/virtualizer/virtualize.js';

// the package does not export its layout types by name
type LayoutSpecifier = Extract<NonNullable<NonNullable<Parameters<typeof virtualize>[0]>['layout']>, { readonly type: unknown }>;
type Layout = InstanceType<LayoutSpecifier['type']>;
type LayoutHostSink = ConstructorParameters<LayoutSpecifier['type']>[0];
type Positions = Layout['viewportScroll'];
type Size = Layout['viewportSize'];

/** What the list tells the layout. All lengths in CSS pixels. */
export interface RowPlan {
  readonly rowHeight: number;
  /** Items that wait to be drawn in place of those that the layout may still have; null where none do. */
  readonly awaited: readonly unknown[] | null;
  /** Where the scroller stands now. */
  readonly scrollTop: number;
  /** Height of the scroller's content. */
  readonly height: number;
  /** Decides where the rows shall be seen from, and returns it; `height` is right from then on. */
  place(): number;
  /** The rows from position `first` to `last` are about to be drawn, by no more than `slots` nodes. */
  turn(first: number, last: number, slots: number): void;
  /** The rows are in the scroller, which has its full size: they and the scroller can be put where they belong. */
  settle(): void;
}

export interface FixedRowConfig {
  readonly plan: RowPlan;
}

/** Rows that are drawn beyond each edge of the viewport, so that a short scroll shows no blank. Each of them costs at every drawing. */
const OVERSCAN = 2;

const NOWHERE: ReadonlyMap<number, Positions> = new Map();

export class FixedRowLayout implements Layout {
  readonly measureChildren = false;
  items: unknown[] = [];
  direction = 'vertical' as const;
  pin = null;
  viewportSize: Size = { width: 0, height: 0 };
  viewportScroll: Positions = { top: 0, left: 0 };
  totalScrollSize: Size = { width: 0, height: 0 };
  offsetWithinScroller: Positions = { top: 0, left: 0 };
  readonly #sink: LayoutHostSink;
  #plan: RowPlan | null = null;
  /** What was last laid out, and by how many rows at most. */
  #laidOut: unknown[] = [];
  #most = 0;

  constructor(sink: LayoutHostSink, config?: object) {
    this.#sink = sink;
    if (config !== undefined) this.config = config;
  }

  get config(): object {
    return { plan: this.#plan };
  }

  set config(config: object) {
    if ('plan' in config) this.#plan = (config as FixedRowConfig).plan;
  }

  unpin(): void {
    // where to stand is the plan's affair
  }

  getScrollIntoViewCoordinates({ index }: { index: number }): { top: number } {
    return { top: index * (this.#plan?.rowHeight ?? 0) };
  }

  reflowIfNeeded(): void {
    const plan = this.#plan;
    if (plan === null || plan.rowHeight <= 0) return;
    // until other rows are drawn those on the screen stay: there is nothing to draw them of any more
    if (plan.awaited !== null && plan.awaited !== this.items) return;
    const { rowHeight } = plan, count = this.items.length, { height } = this.viewportSize;
    const top = plan.place();
    // the viewport is what can be seen: where a part of the scroller is off the window, it begins below the scroller's own top
    const seenFrom = this.viewportScroll.top + (top - plan.scrollTop);
    const firstVisible = clamp(Math.floor(seenFrom / rowHeight), 0, count - 1);
    const lastVisible = clamp(Math.ceil((seenFrom + height) / rowHeight) - 1, 0, count - 1);
    // where fewer fit than before, the rest goes when there are new items: without them this may run within a ResizeObserver's callback, and there the
    // removal of a row, which the virtualizer observes, would raise an error in the page
    const fitting = Math.ceil(height / rowHeight) + 1 + 2 * OVERSCAN, most = this.#laidOut === this.items ? Math.max(fitting, this.#most) : fitting;
    this.#laidOut = this.items;
    this.#most = most;
    const slots = Math.min(count, most);
    const first = count === 0 ? -1 : clamp(firstVisible - OVERSCAN, 0, count - slots), last = first + slots - 1;
    plan.turn(first, last, most);
    const scrollSize: Size = { width: 0, height: plan.height };
    // the plan places the rows itself: the virtualizer would by transforms, and each of those is dear to paint
    this.#sink({ type: 'stateChanged', scrollSize, range: { first, last: count === 0 ? -1 : last, firstVisible, lastVisible }, childPositions: NOWHERE as Map<number, Positions> });
    plan.settle();
  }
}

/** What the virtualizer takes for its items: an array by all it asks, that has a length and nothing else. A new one says that rows have changed. */
export function itemsOf(length: number): unknown[] {
  return new Proxy<unknown[]>([], { get: (target, key, receiver) => (key === 'length' ? length : (Reflect.get(target, key, receiver) as unknown)) });
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
