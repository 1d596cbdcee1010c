// <log-split-pane>: two panes and a line between them that is moved by pointer and keyboard, side by side where there is room, else one above the
// other. It knows nothing of what is in them. The reader's size is kept as a fraction, one for each layout, so that it survives a resize.
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { chrome } from './chrome.styles.js';
import { Localizer } from './localizer.js';
import { splitPaneStyles } from './split-pane.styles.js';
import { theme } from './theme.styles.js';

/** From this width on the panes stand side by side. */
const WIDE_PX = 880;
const STEP_PX = 16;
/** The least sizes of the two panes, as the style sheet has them, and the largest share of what there is that they may take. */
const LEAST_PX = { columns: { start: 240, end: 300 }, rows: { start: 76, end: 120 } } as const;
const MOST_OF_START = { columns: 0.5, rows: 0.33 } as const;

type Direction = 'columns' | 'rows';

/**
 * Two panes with a movable line between them.
 *
 * @summary List and detail, side by side or stacked; a part of `<system-logs>`.
 * @slot start - The pane that takes what is left.
 * @slot end - The pane that has a size.
 * @csspart splitter - The line between the panes.
 * @cssprop [--log-detail-size=44%] - Width of the end pane side by side, until a person moves the line.
 * @cssprop [--log-detail-size-below=50%] - Height of the end pane below, until a person moves the line.
 */
export class LogSplitPane extends LitElement {
  static override styles = [theme, chrome, splitPaneStyles];

  /** `auto` is `columns` from 880 px of its own width on, else `rows`. */
  @property({ attribute: 'layout' }) layout: 'auto' | 'columns' | 'rows' = 'auto';
  /** Leaves out the end pane and the line; what is in it stays as it is. */
  @property({ attribute: 'collapsed', type: Boolean }) collapsed = false;
  @state() private isWide = false;
  @state() private isDragged = false;
  @query('.panes') private readonly panes!: HTMLElement | null;
  @query('.end') private readonly endPane!: HTMLElement | null;
  @query('.splitter') private readonly splitter!: HTMLElement | null;

  /** The end pane's share of the whole, by direction; without one, the default of the theme. */
  readonly #fractions: Partial<Record<Direction, number>> = {};
  readonly #localizer = new Localizer(this);
  #resize: ResizeObserver | null = null;
  #drag: AbortController | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.isWide = this.getBoundingClientRect().width >= WIDE_PX;
    this.#resize = new ResizeObserver(() => this.#onResize());
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize?.disconnect();
    this.#endDrag();
  }

  override render(): TemplateResult {
    const direction = this.#direction();
    return html`
      <div class=${classMap({ panes: true, columns: direction === 'columns', rows: direction === 'rows', collapsed: this.collapsed })}>
        <div class="pane start" id="start"><slot name="start"></slot></div>
        <div class=${classMap({ splitter: true, dragged: this.isDragged })} part="splitter" role="separator" tabindex="0" aria-controls="start" aria-label=${this.#localizer.strings.split.label}
          aria-orientation=${direction === 'columns' ? 'vertical' : 'horizontal'} aria-valuenow="50" aria-valuemin="0" aria-valuemax="100"
          @pointerdown=${this.#onPointerDown} @keydown=${this.#onKeyDown} @dblclick=${() => this.#setFraction(null)}></div>
        <div class="pane end"><slot name="end"></slot></div>
      </div>`;
  }

  protected override updated(_changed: PropertyValues): void {
    this.#apply();
  }

  // ── sizes ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #direction(): Direction {
    return this.layout === 'auto' ? (this.isWide ? 'columns' : 'rows') : this.layout;
  }

  #onResize(): void {
    this.isWide = this.getBoundingClientRect().width >= WIDE_PX;
    this.#describe();
  }

  /** Sets the end pane's size and says it. */
  #apply(): void {
    const fraction = this.#fractions[this.#direction()];
    if (fraction === undefined) this.panes?.style.removeProperty('--_size');
    else this.panes?.style.setProperty('--_size', `${(fraction * 100).toFixed(3)}%`);
    this.#describe();
  }

  /** What a screen reader says of the line: where it stands, and its limits, in percent from the start. Written past the template, which would
   * need an update for each resize. */
  #describe(): void {
    const { whole, end, least, most } = this.#measure();
    if (this.collapsed || whole === 0) return;
    const percentOfStart = (endSize: number): string => String(Math.round(((whole - endSize) / whole) * 100));
    this.splitter?.setAttribute('aria-valuenow', percentOfStart(end));
    this.splitter?.setAttribute('aria-valuemin', percentOfStart(most));
    this.splitter?.setAttribute('aria-valuemax', percentOfStart(least));
  }

  /** In px: the whole, the end pane, and the limits of the end pane. */
  #measure(): { whole: number; end: number; least: number; most: number } {
    const direction = this.#direction(), key = direction === 'columns' ? 'width' : 'height';
    const whole = this.panes?.getBoundingClientRect()[key] ?? 0;
    const least = Math.min(LEAST_PX[direction].end, whole / 2), most = whole - Math.min(LEAST_PX[direction].start, whole * MOST_OF_START[direction]);
    return { whole, end: this.endPane?.getBoundingClientRect()[key] ?? 0, least, most };
  }

  /** @param size of the end pane in px; null for the default */
  #setFraction(size: number | null): void {
    const direction = this.#direction(), { whole, least, most } = this.#measure();
    if (size === null) delete this.#fractions[direction];
    else if (whole > 0) this.#fractions[direction] = Math.max(least, Math.min(most, size)) / whole;
    this.#apply();
  }

  // ── keyboard ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { end, least, most } = this.#measure();
    const isColumns = this.#direction() === 'columns', towardsStart = isColumns && this.#isRtl() ? 'ArrowRight' : isColumns ? 'ArrowLeft' : 'ArrowUp';
    const towardsEnd = isColumns ? (towardsStart === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft') : 'ArrowDown';
    switch (event.key) {
      case towardsStart: this.#setFraction(end + STEP_PX); break;
      case towardsEnd: this.#setFraction(end - STEP_PX); break;
      case 'Home': this.#setFraction(most); break;
      case 'End': this.#setFraction(least); break;
      default: return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #isRtl(): boolean {
    return getComputedStyle(this).direction === 'rtl';
  }

  // ── pointer ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #onPointerDown(event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary || this.splitter === null) return;
    const direction = this.#direction(), before = this.#fractions[direction], { end } = this.#measure();
    const sign = direction === 'columns' && this.#isRtl() ? 1 : -1;
    const at = ({ clientX, clientY }: PointerEvent): number => (direction === 'columns' ? clientX : clientY);
    const from = at(event);
    const cancel = (): void => {
      if (before === undefined) delete this.#fractions[direction];
      else this.#fractions[direction] = before;
      this.#apply();
      this.#endDrag();
    };
    this.#drag = new AbortController();
    const { signal } = this.#drag;
    this.isDragged = true;
    this.splitter.setPointerCapture(event.pointerId);
    this.splitter.addEventListener('pointermove', (move) => {
      if (at(move) !== from || this.#fractions[direction] !== before) this.#setFraction(end + sign * (at(move) - from));
    }, { signal });
    this.splitter.addEventListener('pointerup', () => this.#endDrag(), { signal });
    this.splitter.addEventListener('pointercancel', cancel, { signal });
    // wherever the focus is, the key is for the drag
    document.addEventListener('keydown', (key) => {
      if (key.key !== 'Escape') return;
      key.preventDefault();
      key.stopPropagation();
      cancel();
    }, { signal, capture: true });
  }

  #endDrag(): void {
    this.#drag?.abort();
    this.#drag = null;
    this.isDragged = false;
  }
}

if (!customElements.get('log-split-pane')) customElements.define('log-split-pane', LogSplitPane);

declare global {
  interface HTMLElementTagNameMap {
    'log-split-pane': LogSplitPane;
  }
}
