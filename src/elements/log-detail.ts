// One entry, the whole of it: when, which level, from where, its message, and four views of its JSON. It draws what the store has selected and
// knows of no other element; closing it selects nothing.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { keyed } from 'lit/directives/keyed.js';
import { live } from 'lit/directives/live.js';
import { formatClock, type TimeZoneChoice } from '../core/format.js';
import type { Toggles } from '../core/json-outline.js';
import type { LogStore } from '../core/log-store.js';
import { openEntry, type OpenedEntry } from '../core/opened-entry.js';
import { filterByPaths, parsePaths, type FilteredEntry } from '../core/path-filter.js';
import type { Clock } from '../core/platform.js';
import { cutText } from '../core/visible-text.js';
import { chrome } from './chrome.styles.js';
import type { ConnectionController } from './connection-controller.js';
import { CopyController } from './copy-controller.js';
import { fullTime, instanceName, levelBadge } from './detail-head.js';
import { errorStack } from './error-stack.js';
import { errorStackStyles } from './error-stack.styles.js';
import { LogSelectEvent } from './events.js';
import { icon, levelShape } from './icons.js';
import './json-tree.js';
import type { TreeCopyEvent } from './json-tree.js';
import { Localizer } from './localizer.js';
import { logDetailStyles } from './log-detail.styles.js';
import { pageClock } from './platform.js';
import { requestView } from './request-view.js';
import { LogLeaveEvent } from './shell-events.js';
import { countHidden, shownLabel, shownText } from './shown-text.js';
import { shownTextStyles } from './shown-text.styles.js';
import { StoreController } from './store-controller.js';
import type { Strings } from './strings.js';
import { theme } from './theme.styles.js';

type View = 'tree' | 'raw' | 'request' | 'error';

const MAX_HEADING = 300, MAX_HEADING_LINES = 4, MAX_RAW = 100_000, MAX_PATHS_SHOWN = 300;
const LEVEL_OF_ERRORS = 50;

/**
 * Level, time, instance, message and the whole JSON of the selected entry, as a tree, as received, and for requests and errors as people read them.
 *
 * @summary Shows everything that the selected log entry says.
 * @fires log-select - A person closed the entry; `entry` is null.
 * @csspart pane - All of it.
 * @csspart head - Level, time, instance and title.
 * @csspart level - The level by name and number.
 * @csspart time - The full time.
 * @csspart instance - The instance.
 * @csspart title - The message.
 * @csspart close - The button that closes the entry.
 * @csspart removed - The bar that says that the entry has left the list.
 * @csspart tabs - The line of views and tools.
 * @csspart tab - Each view's tab.
 * @csspart wrap - The button that wraps long lines.
 * @csspart copy - The button that copies what the view shows.
 * @csspart filter - The field of the path filter.
 * @csspart body - What the view shows.
 * @csspart tree-row - Each row of the tree.
 * @csspart request - The line of a request.
 * @csspart empty - What is shown while nothing is selected.
 */
export class LogDetail extends LitElement {
  static override styles = [theme, chrome, logDetailStyles, errorStackStyles, shownTextStyles];

  /** The connection whose selected entry is shown; without one, that of the `<system-logs>` around it. */
  @property({ attribute: false }) controller: ConnectionController | null = null;
  /** A store of one's own; wins over a controller. */
  @property({ attribute: false }) store: LogStore | null = null;
  /** `local` (default) or `utc`. */
  @property({ attribute: 'time-zone' }) timeZone: TimeZoneChoice = 'local';
  /** What time it is; for tests. @internal */
  @property({ attribute: false }) clock: Clock = pageClock;
  /** The view that a person chose; where an entry does not have it, the tree is shown and the choice is kept. */
  @state() private chosen: View = 'tree';
  @state() private paths = '';
  @state() private isFilterOpen = false;
  @state() private isWrapped = true;
  @state() private isHeadingWhole = false;
  @state() private isRawWhole = false;
  @query('.body') private readonly body!: HTMLElement | null;

  readonly #source = new StoreController(this, ({ selected }) => [selected]);
  readonly #copy = new CopyController(this, () => this.clock);
  readonly #localizer = new Localizer(this);
  readonly #toggles: Toggles = new Map();
  #opened: OpenedEntry | null = null;
  #filtered: FilteredEntry | null = null;

  // not in willUpdate, which runs before the store controller has seen that the element was given another store
  override update(changed: PropertyValues): void {
    this.#read(changed);
    const hadFocus = this.shadowRoot?.activeElement != null;
    super.update(changed);
    if (hadFocus && this.#opened === null) this.#leave();
  }

  #read(changed: PropertyValues): void {
    const entry = this.#source.snapshot?.selected?.entry ?? null, isOther = entry !== (this.#opened?.entry ?? null);
    if (isOther) {
      this.#opened = entry === null ? null : openEntry(entry);
      this.isHeadingWhole = this.isRawWhole = false;
      this.#copy.reset();
      this.body?.scrollTo(0, 0);
    }
    if (!isOther && !changed.has('paths')) return;
    const paths = parsePaths(this.paths);
    this.#filtered = entry === null || paths.length === 0 ? null : filterByPaths(entry.text, paths);
  }

  override render(): TemplateResult {
    const opened = this.#opened, { strings } = this.#localizer, { detail } = strings;
    if (opened === null) return html`<section class="pane nothing" part="pane empty" aria-label=${detail.label} tabindex="-1"><p dir="auto">${detail.nothing}</p></section>`;
    const zone = this.timeZone === 'utc' ? 'utc' : 'local', removedAt = this.#source.snapshot?.selected?.removedAt ?? null, view = this.#view;
    return html`<section class="pane" part="pane" aria-label=${detail.label} @keydown=${this.#onKey}>
      <header class="head" part="head">
        <div class="meta">
          ${levelBadge(opened.entry.level, strings)}${fullTime(opened.entry, zone, strings)}${instanceName(opened.entry)}
          <button class="btn quiet small icon-only push" part="close" type="button" aria-label=${detail.close} title=${detail.close} @click=${this.#close}>${icon('close')}</button>
        </div>
        ${this.#heading(opened)}
      </header>
      <p class=${classMap({ removed: removedAt !== null })} part="removed" role="status" dir="auto">${removedAt === null ? nothing : detail.removed(formatClock(removedAt, zone))}</p>
      ${this.#tabs(opened, view)}
      ${this.#filterField(view)}
      <div class=${classMap({ body: true, wrap: this.isWrapped })} part="body" id="panel" role="tabpanel" aria-labelledby="tab-${view}" tabindex=${view === 'tree' ? -1 : 0}>
        ${this.#content(opened, view)}
      </div>
    </section>`;
  }

  /** The views that the opened entry has. */
  get #views(): readonly View[] {
    const { request, error } = this.#opened ?? { request: null, error: null };
    return ['tree', 'raw', ...(request === null ? [] : (['request'] as const)), ...(error === null ? [] : (['error'] as const))];
  }

  get #view(): View {
    return this.#views.includes(this.chosen) ? this.chosen : 'tree';
  }

  #heading({ heading }: OpenedEntry): TemplateResult {
    const beginning = cutText(heading.split('\n', MAX_HEADING_LINES).join('\n'), MAX_HEADING), isCut = beginning.length < heading.length;
    return html`<h2 class=${classMap({ title: true, all: this.isHeadingWhole })} part="title" dir="ltr" tabindex=${this.isHeadingWhole ? 0 : nothing}><bdi>${shownText(this.isHeadingWhole ? heading : beginning)}</bdi>${isCut && !this.isHeadingWhole ? '…' : nothing}</h2>
      ${isCut ? wholeButton(heading.length, this.isHeadingWhole, () => (this.isHeadingWhole = !this.isHeadingWhole), this.#localizer.strings) : nothing}`;
  }

  #tabs(opened: OpenedEntry, view: View): TemplateResult {
    const { detail } = this.#localizer.strings, hasFilter = view === 'tree' || view === 'raw';
    return html`<div class="tabs" part="tabs">
      <div class="tablist" role="tablist" aria-label=${detail.views} @keydown=${this.#onTabKey}>${this.#views.map((name) => html`<button
        class="tab" part="tab" type="button" role="tab" id="tab-${name}" aria-controls="panel" aria-selected=${name === view} tabindex=${name === view ? 0 : -1}
        @click=${() => (this.chosen = name)}>${name === 'error' ? html`<span class="lv-error">${levelShape(LEVEL_OF_ERRORS)}</span>` : nothing}${detail[name]}</button>`)}</div>
      <div class="tools">
        ${hasFilter ? html`<button class="btn quiet small icon-only when-narrow" type="button" aria-label=${detail.showFilter} title=${detail.showFilter} aria-expanded=${this.isFilterOpen}
          aria-controls="filter" @click=${() => (this.isFilterOpen = !this.isFilterOpen)}>${icon('filter')}</button>` : nothing}
        <button class="btn quiet small icon-only" part="wrap" type="button" aria-label=${detail.wrap} title=${detail.wrap} aria-pressed=${this.isWrapped}
          @click=${() => (this.isWrapped = !this.isWrapped)}>${icon('wrap')}</button>
        ${this.#copyButton(opened, view)}
      </div>
      ${this.#copySaid()}
    </div>`;
  }

  #copyButton(opened: OpenedEntry, view: View): TemplateResult {
    const { detail } = this.#localizer.strings, { state } = this.#copy, isIdle = state === 'idle';
    const name = view === 'request' ? detail.copyRequest : view === 'error' ? detail.copyError : this.#filtered === null ? detail.copyEntry : detail.copyFiltered;
    return html`<button class="btn quiet small ${isIdle ? 'icon-only' : ''}" part="copy" type="button" aria-label=${isIdle ? name : nothing} title=${name}
      ?disabled=${this.#copied(opened, view) === ''} @click=${() => void this.#copy.copy(this.#copied(opened, view))}>${
        isIdle ? icon('copy') : html`${icon(state === 'copied' ? 'check' : 'close')}${state === 'copied' ? detail.copied : detail.notCopied}`
      }</button>`;
  }

  #copySaid(): TemplateResult {
    const { detail } = this.#localizer.strings, { state, text } = this.#copy;
    return html`<p class=${state === 'failed' ? 'say' : 'for-readers'} role="status" dir="auto">${
      state === 'idle' ? nothing : state === 'copied' ? detail.copiedSay(countHidden(text)) : detail.notCopiedSay
    }</p>`;
  }

  /** The JSON of what a view shows. */
  #copied({ entry }: OpenedEntry, view: View): string {
    if (view === 'request') return filterByPaths(entry.text, ['req', 'res', 'responseTime']).text;
    if (view === 'error') return filterByPaths(entry.text, ['err']).text;
    return this.#filtered?.text ?? entry.text;
  }

  #filterField(view: View): unknown {
    const { detail } = this.#localizer.strings, missing = this.#filtered?.missing ?? [];
    if (view !== 'tree' && view !== 'raw') return nothing;
    return html`<div class=${classMap({ filter: true, open: this.isFilterOpen || this.paths !== '' })} id="filter">
      <div class="field" part="filter">
        <input type="text" aria-label=${detail.filterPaths} placeholder=${detail.filterExample} autocomplete="off" autocapitalize="off" spellcheck="false"
          aria-describedby="not-here" .value=${live(this.paths)} @input=${(event: Event) => (this.paths = (event.target as HTMLInputElement).value)}>
        ${this.paths === '' ? nothing : html`<button class="btn quiet small icon-only" type="button" aria-label=${detail.clearFilter} title=${detail.clearFilter} @click=${this.#clearPaths}>${icon('close')}</button>`}
      </div>
      <p class="note" id="not-here" role="status" dir="auto">${missing.length === 0 ? nothing : detail.notHere(shownLabel(missing.join(', '), MAX_PATHS_SHOWN))}</p>
    </div>`;
  }

  #content(opened: OpenedEntry, view: View): unknown {
    const { entry, request, error } = opened;
    if (view === 'request' && request !== null) return keyed(entry.id, requestView(request, this.#localizer.strings));
    if (view === 'error' && error !== null) return keyed(entry.id, errorStack(error, entry.text, this.#localizer.strings));
    const text = this.#filtered?.text ?? entry.text, bare = opened.isBare && this.#filtered === null ? this.#bareNote() : nothing;
    if (text === '') return nothing;
    if (view === 'tree') return html`<log-json-tree exportparts="tree-row" .text=${text} .isFiltered=${this.#filtered !== null} .isWrapped=${this.isWrapped} .toggles=${this.#toggles}
      @log-tree-copy=${({ text: value }: TreeCopyEvent) => void this.#copy.copy(value)}></log-json-tree>${bare}`;
    const isCut = text.length > MAX_RAW;
    return html`<pre class="raw">${shownText(text, this.isRawWhole ? Infinity : MAX_RAW)}</pre>${
      isCut ? wholeButton(text.length, this.isRawWhole, () => (this.isRawWhole = !this.isRawWhole), this.#localizer.strings) : nothing}${bare}`;
  }

  #bareNote(): TemplateResult {
    const { detail } = this.#localizer.strings;
    return html`<p class="note bare" dir="auto">${detail.bare} <code>${detail.bareSetting}</code></p>`;
  }

  readonly #clearPaths = (): void => {
    this.paths = '';
    this.renderRoot.querySelector('input')?.focus();
  };

  readonly #close = (): void => {
    this.#source.store?.select(null);
    this.dispatchEvent(new LogSelectEvent(null));
  };

  /** The entry is gone, and with it what had the focus. Whoever hears of it moves the focus to its own place; where nobody does, it must not be lost. */
  #leave(): void {
    const pane = this.renderRoot.querySelector<HTMLElement>('.nothing');
    pane?.focus();
    this.dispatchEvent(new LogLeaveEvent());
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.#close();
  };

  readonly #onTabKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const views = this.#views, at = views.indexOf(this.#view), forward = getComputedStyle(this).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const isArrow = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    const next = isArrow ? (at + (event.key === forward ? 1 : -1) + views.length) % views.length : event.key === 'Home' ? 0 : event.key === 'End' ? views.length - 1 : null;
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.chosen = views[next] as View;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus());
  };
}

function wholeButton(length: number, isWhole: boolean, toggle: () => void, { detail }: Strings): TemplateResult {
  return html`<button class="link whole" type="button" aria-expanded=${isWhole} @click=${toggle}>${isWhole ? detail.less : detail.allCharacters(length)}</button>`;
}

if (!customElements.get('log-detail')) customElements.define('log-detail', LogDetail);

declare global {
  interface HTMLElementTagNameMap {
    'log-detail': LogDetail;
  }
}
