import { virtualize } from '@lit-labs/virtualizer/virtualize.js';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { isFiltering, wordPatterns } from '../core/filter.js';
import type { TimestampStyle, TimeZoneChoice } from '../core/format.js';
import { ListWindow } from '../core/list-window.js';
import type { LogStore } from '../core/log-store.js';
import type { LogRow } from '../core/notice.js';
import { chrome } from './chrome.styles.js';
import type { ConnectionController } from './connection-controller.js';
import { LogFollowChangeEvent } from './events.js';
import { FixedRowLayout, itemsOf } from './fixed-row-layout.js';
import { ListCursor } from './list-cursor.js';
import { columnHeads, newsOf, overHeads, type ListNote } from './list-head.js';
import type { KeyPress } from './list-keyboard.js';
import { Localizer } from './localizer.js';
import { styles } from './log-list.styles.js';
import { PressedRow } from './pressed-row.js';
import { RowPainter } from './row-painter.js';
import { ScrollAnchor } from './scroll-anchor.js';
import { StoreController } from './store-controller.js';
import { theme } from './theme.styles.js';
import { ThrottledValue } from './throttled-value.js';
import { UpwardPush } from './upward-push.js';

/** `aria-rowcount` follows a stream at most this often. */
const ROW_COUNT_MS = 1000;

/**
 * The list of log entries: one line each, newest at the end, virtualized. At its end it follows the stream; once the reader goes up, it stands still whatever
 * arrives or is removed. Keys: ↑ ↓ PageUp PageDown Home End move, Enter opens, Escape closes, e and E go to the next and the previous error, Space pauses, f follows.
 *
 * @fires {LogSelectEvent} log-select - A person selected an entry, or none.
 * @fires {LogFollowChangeEvent} log-follow-change - A person left the end of the list, or came back to it.
 * @fires {LogPauseChangeEvent} log-pause-change - A person paused the list, or went on.
 * @csspart row - A row; also `notice` where the viewer itself speaks.
 * @csspart time - The time of an entry.
 * @csspart instance - The instance of an entry.
 * @csspart level - The level of an entry.
 * @csspart message - The message of an entry, or method and address of a request.
 * @csspart status - The status of a request.
 * @csspart duration - The duration of a request.
 * @csspart chip - The button that says how many entries are new.
 * @cssstate following - The last entry is kept in view.
 * @cssstate empty - There is no row.
 * @cssstate filtered - A filter hides entries.
 */
export class LogList extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [theme, chrome, styles];

  /** The controller whose entries are shown; default the one that an ancestor provides. */
  @property({ attribute: false }) controller: ConnectionController | null = null;
  /** A store to show instead, without a connection. */
  @property({ attribute: false }) store: LogStore | null = null;
  /** How times are written: `time`, `datetime` or `iso`. */
  @property({ attribute: 'timestamps' }) timestamps: TimestampStyle = 'time';
  /** The zone of times: `local` or `utc`. */
  @property({ attribute: 'time-zone' }) timeZone: TimeZoneChoice = 'local';

  readonly #internals = this.attachInternals();
  readonly #localizer = new Localizer(this);
  readonly #painter = new RowPainter();
  readonly #rowCount = new ThrottledValue(0, ROW_COUNT_MS, () => this.requestUpdate());
  readonly #anchor: ScrollAnchor;
  readonly #source = new StoreController(this, (snapshot) => [snapshot], () => this.#onPublish());
  readonly #layout: { type: typeof FixedRowLayout; plan: ScrollAnchor };
  #shown: LogStore | null = null;
  #window: ListWindow | null = null;
  #items: unknown[] = [];
  #isStill = false;
  #viewVersion = 0;
  /** That of the rows on the screen, which stay until those of a new filter are found. */
  #drawnVersion = 0;
  /** A filter is on its way through what is kept, as far as is drawn. */
  #isFinding = false;
  readonly #cursor: ListCursor;
  #isCursorSeen = false;
  #note: ListNote | null = null;
  #resizes: ResizeObserver | null = null;
  readonly #upward = new UpwardPush();
  readonly #pressed = new PressedRow();

  constructor() {
    super();
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const list = this;
    this.#anchor = new ScrollAnchor({
      get scroller() { return list.#scroller; },
      get window() { return list.#window; },
      get following() { return !list.#isStill; }, get awaited() { return list.#isFinding ? list.#items : null; }, get newest() { return list.#items; },
      drawing: { turn: (first) => { this.#drawnVersion = this.#viewVersion; this.#painter.turn(first); }, mark: (rows) => this.#painter.mark(rows) },
      rowAt: (index) => this.#painter.drawnAt(index) ?? this.#window?.rowAt(index) ?? null,
    });
    this.#cursor = new ListCursor({
      get rows() { return list.#window; },
      get shown() { return list.#shown; },
      get page() { return list.#anchor.page; },
      drawnRow: (id) => this.#painter.rowById(id),
      get visible() { return list.#anchor.visible; },
      follow: (following) => this.#follow(following),
      reveal: (index) => this.#anchor.reveal(index), scrollBy: (rows) => this.#anchor.scrollBy(rows),
      say: (note) => this.#say(note),
      update: () => this.requestUpdate(),
      tell: (event) => this.dispatchEvent(event),
    });
    this.#layout = { type: FixedRowLayout, plan: this.#anchor };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes = new ResizeObserver(() => this.#onResize());
    if (this.#scroller !== null) this.#resizes.observe(this.#scroller);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes?.disconnect();
    this.#rowCount.stop();
    this.#painter.unmark();
  }

  /** Does what a key means in the list, wherever in the viewer it was pressed; false where it means nothing. */
  press(key: KeyPress): boolean {
    return this.#cursor.press(key);
  }

  /** What a filter finds is drawn with the next picture: so keystroke and slices are short, and what several of them find is drawn once. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    if (!this.#isFinding || document.visibilityState === 'hidden') return super.scheduleUpdate();
    return new Promise(requestAnimationFrame).then(() => {
      this.#shown?.flush();
      return super.scheduleUpdate();
    });
  }

  protected override firstUpdated(): void {
    if (this.#scroller === null) return;
    this.#onResize();
    this.#resizes?.observe(this.#scroller);
  }

  protected override updated(): void {
    const snapshot = this.#source.snapshot;
    this.#isFinding = (snapshot?.untested ?? 0) > 0;
    this.#setState('following', snapshot !== null && !this.#isStill);
    this.#setState('empty', (this.#window?.length ?? 0) === 0);
    this.#setState('filtered', (snapshot?.hidden ?? 0) > 0);
  }

  protected override render(): TemplateResult {
    const snapshot = this.#source.snapshot;
    this.#painter.context = {
      selectedId: snapshot?.selected?.entry.id ?? null,
      cursorId: this.#cursor.id, isStriped: snapshot === null || !isFiltering(snapshot.filter),
      patterns: wordPatterns(snapshot?.filter.search ?? '', 'gi'),
      timestamps: this.timestamps,
      zone: this.timeZone,
      strings: this.#localizer.strings,
    };
    this.#isCursorSeen = this.#isSeen(this.#cursor.id);
    const { strings } = this.#localizer, { list } = strings;
    return html`
      ${columnHeads(strings)}
      <div class="scroll" role="grid" tabindex="0" aria-owns="heads" aria-label=${list.label} aria-rowcount=${this.#rowCount.value + 1} aria-colcount="6"
        aria-activedescendant=${this.#isCursorSeen ? `row-${this.#cursor.id}` : nothing} @keydown=${this.#onKeydown} @focus=${() => this.#cursor.enter()} @blur=${() => this.#say(null)} @visibilityChanged=${this.#onVisibility}
        @scroll=${this.#onScroll} @wheel=${this.#onPush} @touchstart=${this.#onPush} @touchmove=${this.#onPush} @pointerdown=${this.#onPress} @click=${this.#onClick}
      >${virtualize({ scroller: true, items: this.#items, keyFunction: this.#slotOf, renderItem: this.#drawRow, layout: this.#layout })}</div>
      <div class="ring"></div>
      ${overHeads(this.#note, this.#anchor.isAtEnd ? null : newsOf(snapshot), this.#toLatest, strings)}`;
  }

  #slotOf = (_item: unknown, index: number): number => this.#anchor.slotOf(index);

  #drawRow = (_item: unknown, index: number): TemplateResult => this.#painter.draw(this.#window?.rowAt(index) ?? null, index, () => this.#window?.rowAt(index - 1) ?? null);

  // ── what the store says ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Runs in the task of the publish, before anything is drawn: decides what must stay where it is. */
  #onPublish(): void {
    const { store, snapshot } = this.#source;
    if (store === null || snapshot === null) return;
    if (store !== this.#shown) {
      this.#shown = store;
      this.#window = new ListWindow(store);
      this.#painter.reset();
      this.#anchor.release();
      this.#cursor.reset();
      this.#isStill = false;
      this.#viewVersion = snapshot.viewVersion;
    }
    const isStill = !snapshot.following || snapshot.paused !== null;
    const onScreen = this.#rowsOnScreen();
    const selectedId = snapshot.selected?.entry.id ?? null;
    if (isStill && !this.#isStill) this.#anchor.hold();
    // a new filter leaves the place as it was, but for an entry that is being read: that one keeps its pixel
    else if (isStill && snapshot.viewVersion !== this.#viewVersion && onScreen.some((row) => row.id === selectedId)) this.#anchor.hold(selectedId);
    if (!isStill) this.#anchor.release();
    this.#isStill = isStill;
    this.#isFinding ||= snapshot.viewVersion !== this.#viewVersion;
    this.#viewVersion = snapshot.viewVersion;
    this.#window?.update(this.#drawnVersion === snapshot.viewVersion ? onScreen : [], isStill);
    this.#items = itemsOf(this.#window?.length ?? 0);
    this.#rowCount.set(this.#window?.length ?? 0);
  }

  // ── what a person does ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  #follow(following: boolean): void {
    const { store, snapshot } = this.#source;
    if (store === null || snapshot === null || snapshot.following === following) return;
    store.follow(following);
    this.dispatchEvent(new LogFollowChangeEvent(following));
  }

  /** The chip goes with what it says, so the focus moves to the list. */
  readonly #toLatest = (): void => {
    this.#follow(true);
    this.#scroller?.focus();
  };

  /** Says what a key could not do, until the next one is pressed or the list is left. */
  #say(note: ListNote | null): void {
    if (note === this.#note) return;
    this.#note = note;
    this.requestUpdate();
  }

  #onScroll(): void {
    const way = this.#anchor.readScroll();
    if (way === null) return;
    if (way === 'up') this.#follow(false);
    this.#anchor.hold();
    if (way === 'down' && this.#anchor.isAtEnd) this.#follow(true);
  }

  #onPush(event: WheelEvent | TouchEvent): void {
    if (this.#upward.read(event) && (this.#scroller?.scrollTop ?? 0) > 0) this.#follow(false);
  }

  #onPress(event: PointerEvent): void {
    this.#pressed.press(event);
    this.#say(null);
  }

  #onClick(event: MouseEvent): void {
    const id = this.#pressed.click(event);
    if (id !== null && this.#isDrawn(id)) this.#cursor.open(id);
  }

  /** Other rows are on the screen, or about to be drawn: the one with the cursor may have come, or gone. */
  #onVisibility(): void {
    queueMicrotask(() => {
      if (this.#isSeen(this.#cursor.id) !== this.#isCursorSeen) this.requestUpdate();
    });
  }

  #onKeydown(event: KeyboardEvent): void {
    if (!event.defaultPrevented && this.press(event)) event.preventDefault();
  }

  #onResize(): void {
    const scroller = this.#scroller, kept = this.#cursor.readId;
    const wasSeen = kept !== null && this.#anchor.isVisible(kept);
    this.#anchor.measure();
    // the detail below, or a pause's bar, takes room: what is read must stay in sight. One picture later, as a row exchanged in this callback raises an error in the page
    if (wasSeen && this.#isStill) requestAnimationFrame(() => this.#cursor.readId === kept && this.#anchor.reveal(this.#window?.indexOf(kept) ?? 0));
    // the heads stand outside of the scroller and must leave as much room as its scrollbar takes
    if (scroller !== null) this.style.setProperty('--_scrollbar', `${scroller.offsetWidth - scroller.clientWidth}px`);
  }

  get #scroller(): HTMLElement | null {
    return this.renderRoot?.querySelector<HTMLElement>('.scroll') ?? null;
  }

  #rowsOnScreen(): LogRow[] {
    return this.#painter.rowsBetween(this.#anchor.screen.first, this.#anchor.screen.last);
  }

  #isDrawn(id: number | null): boolean {
    return id !== null && this.#painter.rowById(id) !== null;
  }

  #isSeen(id: number | null): boolean {
    return id !== null && this.#isDrawn(id) && this.#anchor.isVisible(id);
  }

  #setState(name: string, on: boolean): void {
    this.#internals.states[on ? 'add' : 'delete'](name);
  }
}

if (!customElements.get('log-list')) customElements.define('log-list', LogList);

declare global {
  interface HTMLElementTagNameMap {
    'log-list': LogList;
  }
}
