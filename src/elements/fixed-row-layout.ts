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
  /** The newest items; those that the layout has where none are on their way to it. */
  readonly newest: readonly unknown[];
  /** Where the scroller stands now. */
  readonly scrollTop: number;
  /** Height of the scroller's content. */
  readonly height: number;
  /** Decides where the rows shall be seen from, and returns it; `height` is right from then on. */
  place(): number;
  /** The rows from position `first` to `last` are about to be drawn, by no more than `slots` nodes. */
  turn(first: number, last: number, slots: number): void;
  /** More rows are about to be drawn, from position `first` on; those that are drawn already keep their nodes. */
  widen(first: number): void;
  /** The rows are in the scroller, which has its full size: they and the scroller can be put where they belong. */
  settle(): void;
}

export interface FixedRowConfig {
  readonly plan: RowPlan;
}

/** Rows that are drawn beyond each edge of the viewport, so that a short scroll shows no blank. Each of them costs at every drawing. */
const OVERSCAN = 2;

/** Positions; `last` < `first` where there are none. */
interface Range {
  readonly first: number;
  readonly last: number;
}

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
  /** What was last laid out, which rows of it, and how high. */
  #laidOut: unknown[] = [];
  #drawn: Range = { first: 0, last: -1 };
  #rowHeight = 0;
  /** Somebody scrolled since. */
  #isScrolled = false;

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

  /** The virtualizer heard of a scroll. Where to stand is the plan's affair. */
  unpin(): void {
    this.#isScrolled = true;
  }

  getScrollIntoViewCoordinates({ index }: { index: number }): { top: number } {
    return { top: index * (this.#plan?.rowHeight ?? 0) };
  }

  reflowIfNeeded(): void {
    const plan = this.#plan, isSame = this.#laidOut === this.items, isResize = isSame && !this.#isScrolled;
    this.#isScrolled = false;
    if (plan === null || plan.rowHeight <= 0) return;
    // until other rows are drawn those on the screen stay: there is nothing to draw them of any more
    if (plan.awaited !== null && plan.awaited !== this.items) return;
    // a position may mean another row by now: one that is observed would be exchanged (see `#draw`)
    if (isResize && plan.newest !== this.items) return;
    const { rowHeight } = plan, count = this.items.length, { height } = this.viewportSize;
    // the scroller's content gets another height, and the scrollbar that comes or goes with it another width: an error likewise
    if (isResize && rowHeight !== this.#rowHeight) return this.#reflowLater();
    this.#rowHeight = rowHeight;
    const top = plan.place();
    // the viewport is what can be seen: where a part of the scroller is off the window, it begins below the scroller's own top
    const seenFrom = this.viewportScroll.top + (top - plan.scrollTop);
    const firstVisible = clamp(Math.floor(seenFrom / rowHeight), 0, count - 1);
    const lastVisible = clamp(Math.ceil((seenFrom + height) / rowHeight) - 1, 0, count - 1);
    const most = Math.ceil(height / rowHeight) + 1 + 2 * OVERSCAN, slots = Math.min(count, most);
    const first = clamp(firstVisible - OVERSCAN, 0, count - slots);
    this.#draw(plan, { first, last: first + slots - 1 }, most, isSame, isResize);
    this.#laidOut = this.items;
    const scrollSize: Size = { width: 0, height: plan.height };
    // the plan places the rows itself: the virtualizer would by transforms, and each of those is dear to paint
    this.#sink({ type: 'stateChanged', scrollSize, range: { ...this.#drawn, firstVisible, lastVisible }, childPositions: NOWHERE as Map<number, Positions> });
    plan.settle();
  }

  /**
   * Decides which rows are drawn. Another size is heard of within a ResizeObserver's callback, and there the removal or the exchange of a row, which the
   * virtualizer observes, would raise an error in the page: so rows only come then, and those that are too many go with new items or a scroll.
   */
  #draw(plan: RowPlan, wanted: Range, most: number, isSame: boolean, isResize: boolean): void {
    const { first, last } = this.#drawn;
    if (isSame && first <= wanted.first && wanted.last <= last) return;
    if (!isResize) {
      this.#drawn = wanted;
      plan.turn(wanted.first, wanted.last, most);
    } else if (wanted.first <= last + 1 && first <= wanted.last + 1) {
      this.#drawn = { first: Math.min(first, wanted.first), last: Math.max(last, wanted.last) };
      plan.widen(this.#drawn.first);
    } else {
      // other rows altogether: the page has moved the list, of which its window shows a part
      this.#reflowLater();
    }
  }

  #reflowLater(): void {
    requestAnimationFrame(() => {
      this.unpin();
      this.reflowIfNeeded();
    });
  }
}

/** What the virtualizer takes for its items: an array by all it asks, that has a length and nothing else. A new one says that rows have changed. */
export function itemsOf(length: number): unknown[] {
  return new Proxy<unknown[]>([], { get: (target, key, receiver) => (key === 'length' ? length : (Reflect.get(target, key, receiver) as unknown)) });
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
