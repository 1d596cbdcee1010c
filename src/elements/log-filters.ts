// <log-filters>: which of the received entries are shown, and, where a level was never asked for, asks for it. It changes the store's filter and
// the controller's level, and shows what the store counts; it knows neither the list nor the detail.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { live } from 'lit/directives/live.js';
import { NO_FILTER, type LogFilter } from '../core/filter.js';
import { LEVEL_NAMES, LEVEL_VALUES, type LevelName } from '../core/levels.js';
import type { LogStore } from '../core/log-store.js';
import type { Clock } from '../core/platform.js';
import { sendingOf } from '../core/stream-table.js';
import { chrome } from './chrome.styles.js';
import type { ConnectionController } from './connection-controller.js';
import { LogFilterChangeEvent, LogLevelChangeEvent } from './events.js';
import { icon, levelShape } from './icons.js';
import './instance-filter.js';
import type { InstanceChoiceEvent, LogInstanceFilter } from './instance-filter.js';
import { logFiltersStyles } from './log-filters.styles.js';
import { Localizer } from './localizer.js';
import { PacedUpdate } from './paced-update.js';
import { pageClock } from './platform.js';
import { LogLeaveEvent } from './shell-events.js';
import { StoreController } from './store-controller.js';
import { theme } from './theme.styles.js';

/** Counts that run faster than this cannot be read. */
const COUNTS_INTERVAL_MS = 250;

/** The `keyCode` of a key that an input method takes. */
const COMPOSING = 229;

/** What a level's toggle can say: how many are kept; that they were not asked for; that this server never sends them. */
type LevelStanding = 'counted' | 'unrequested' | 'unsent';

/**
 * Search, level toggles with counts, and a menu of instances.
 *
 * @summary Chooses which of the received log entries are shown.
 * @fires log-filter-change - A person changed what is shown; `filter` has all of it.
 * @fires {LogLevelChangeEvent} log-level-change - A person asked for another level.
 * @csspart filters - The line itself.
 * @csspart search - The search field.
 * @csspart levels - The row of level toggles.
 * @csspart level-toggle - Each level toggle.
 * @csspart instances - The button that opens the menu of instances.
 * @csspart menu - The menu of instances, in the top layer.
 * @csspart hidden - How many entries are hidden, with the button that shows them.
 */
export class LogFilters extends LitElement {
  static override styles = [theme, chrome, logFiltersStyles];

  /** The connection to filter; without one, that of the `<system-logs>` around it. */
  @property({ attribute: false }) controller: ConnectionController | null = null;
  /** A store of one's own; wins over a controller. Without a connection every level counts. */
  @property({ attribute: false }) store: LogStore | null = null;
  /** What time it is; for tests. @internal */
  @property({ attribute: false }) clock: Clock = pageClock;
  @state() private explained: LevelName | null = null;
  @query('input') private readonly field!: HTMLInputElement | null;
  @query('log-instance-filter') private readonly instanceFilter!: LogInstanceFilter;

  readonly #localizer = new Localizer(this);
  readonly #pace = new PacedUpdate(this, COUNTS_INTERVAL_MS);
  readonly #source = new StoreController(this, ({ filter, instances }, status) => [filter, instances.length, sendingOf(instances), status], () => this.#pace.request());

  /** Moves the focus into the search field and selects what is in it. */
  focusSearch(): void {
    this.field?.focus();
    this.field?.select();
  }

  override render(): TemplateResult {
    const { filters } = this.#localizer.strings;
    const { snapshot } = this.#source;
    const { search, hiddenInstances } = snapshot?.filter ?? NO_FILTER;
    const explanation = this.#explanation();
    const standings = LEVEL_NAMES.map((_, rank) => this.#standingOf(rank, snapshot?.levels[rank] ?? 0));
    return html`
      <div class=${classMap({ bar: true, wordy: standings.some((standing) => standing !== 'counted') })} part="filters" role="group" aria-label=${filters.label}>
        <div class="find">
          <div class="search" part="search">
            <div class="field">
              ${icon('search')}
              <input type="search" aria-label=${filters.search} placeholder=${filters.search} autocomplete="off" autocapitalize="off"
                spellcheck="false" enterkeyhint="search" .value=${live(search)} @input=${this.#onInput} @keydown=${this.#onFieldKey}>
              ${search === '' ? html`<kbd aria-hidden="true">/</kbd>` : html`
                <button class="btn quiet small icon-only" type="button" aria-label=${filters.clearSearch} @click=${this.#clearSearch}>${icon('close')}</button>`}
            </div>
          </div>
          ${this.#hiddenCount(snapshot?.hidden ?? 0, snapshot?.untested ?? 0)}
        </div>
        <div class="levels" part="levels" role="group" aria-label=${filters.levels}>
          ${LEVEL_NAMES.map((name, rank) => this.#level(name, snapshot?.levels[rank] ?? 0, standings[rank] ?? 'counted'))}
        </div>
        <log-instance-filter exportparts="instances, menu" .instances=${snapshot?.instances ?? []} .hiddenNames=${hiddenInstances}
          @log-instance-choice=${this.#onInstances}></log-instance-filter>
      </div>
      <p class=${classMap({ say: true, said: explanation !== null })} role="status"><bdi>${explanation ?? nothing}</bdi></p>`;
  }

  protected override willUpdate(): void {
    // once the server sends it, there is nothing left to explain
    if (this.explained !== null && this.#standingOf(LEVEL_NAMES.indexOf(this.explained), 0) !== 'unsent') this.explained = null;
  }

  // ── levels ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #level(name: LevelName, count: number, standing: LevelStanding): TemplateResult {
    const { filters, levels, numbers } = this.#localizer.strings;
    const label = levels[name], isCounted = standing === 'counted';
    const isShown = isCounted && this.#source.snapshot?.filter.hiddenLevels.includes(name) !== true;
    return html`
      <button class=${classMap({ level: true, absent: !isCounted })} part="level-toggle" type="button" aria-pressed=${isShown ? 'true' : 'false'}
        aria-disabled=${standing === 'unsent' ? 'true' : nothing} title=${this.#hintOf(name, standing) ?? nothing} @click=${() => this.#onLevel(name, standing)}>
        <span class="lv lv-${name}">${levelShape(LEVEL_VALUES[name])}</span><span class="name">${label}</span>
        ${isCounted || count > 0 ? html`<span class="n">${numbers.count(count)}</span>` : nothing}
        ${isCounted ? nothing : html`<span class="n long">${standing === 'unsent'
          ? html`${filters.notSent}<span class="for-readers"> ${filters.bySource}</span>`
          : filters.notRequested}</span> <span class="n short" aria-hidden="true">${filters.off}</span>`}
      </button>`;
  }

  #standingOf(rank: number, count: number): LevelStanding {
    const { controller, status } = this.#source;
    if (controller === null || controller.endpoint === null) return 'counted';
    const floor = status?.state === 'live' && status.floor !== null ? LEVEL_NAMES.indexOf(status.floor) : 0;
    // what is kept from before can still be shown and hidden, though no more of it comes
    if (rank < floor) return count > 0 ? 'counted' : 'unsent';
    return rank < LEVEL_NAMES.indexOf(controller.level) ? 'unrequested' : 'counted';
  }

  #hintOf(name: LevelName, standing: LevelStanding): string | null {
    const { filters, levels } = this.#localizer.strings;
    if (standing === 'unrequested') return filters.requestHint(levels[name]);
    const { status } = this.#source;
    if (standing === 'counted' || status?.state !== 'live' || status.floor === null) return null;
    return filters.notSentReason(levels[name], levels[status.floor]);
  }

  /** Why a level that was pressed can have no entries. */
  #explanation(): string | null {
    return this.explained === null ? null : this.#hintOf(this.explained, this.#standingOf(LEVEL_NAMES.indexOf(this.explained), 0));
  }

  #onLevel(name: LevelName, standing: LevelStanding): void {
    const { controller, snapshot } = this.#source;
    const hiddenLevels = snapshot?.filter.hiddenLevels ?? [], isHidden = hiddenLevels.includes(name);
    this.explained = standing === 'unsent' ? name : null;
    if (standing === 'unsent') return;
    const others = hiddenLevels.filter((other) => other !== name);
    if (standing === 'unrequested' && controller !== null) {
      controller.level = name;
      this.dispatchEvent(new LogLevelChangeEvent(name));
      this.#set({ hiddenLevels: others });
      this.requestUpdate(); // the status may stay what it is
    } else {
      this.#set({ hiddenLevels: isHidden ? others : [...others, name] });
    }
  }

  // ── search, instances, what is hidden ──────────────────────────────────────────────────────────────────────────────────────────

  #onInput(event: Event): void {
    this.#set({ search: (event.target as HTMLInputElement).value });
  }

  #onFieldKey(event: KeyboardEvent): void {
    const { key } = event, isLeaving = key === 'Enter' || key === 'ArrowDown';
    if ((!isLeaving && key !== 'Escape') || isOfInputMethod(event) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (!isLeaving && this.field?.value !== '') return this.#clearSearch();
    // where nobody around takes the focus, it stays with the words that somebody may go on typing
    if (!isLeaving) this.field?.blur();
    this.dispatchEvent(new LogLeaveEvent());
  }

  #clearSearch(): void {
    this.#set({ search: '' });
    this.field?.focus();
  }

  #onInstances(event: InstanceChoiceEvent): void {
    this.#set({ hiddenInstances: event.hiddenNames });
  }

  #hiddenCount(count: number, untested: number): TemplateResult | typeof nothing {
    const { filters, numbers } = this.#localizer.strings;
    const words = untested > 0 ? filters.untested(untested) : filters.hidden(count);
    if (untested <= 0 && count <= 0) return nothing;
    return html`<span class="hidden-by" part="hidden"><bdi title=${words}><span class="long">${words}</span><span class="short" aria-hidden="true">${numbers.count(untested || count)}</span></bdi>${untested > 0 ? nothing : html` <button class="link" type="button" @click=${this.#showAll}>${filters.show}</button>`}</span>`;
  }

  /** The button goes with what it says, so the focus moves to its neighbour. */
  #showAll(): void {
    this.#set(NO_FILTER);
    this.instanceFilter.focusButton();
  }

  #set(change: Partial<LogFilter>): void {
    const { store } = this.#source;
    if (store === null) return;
    const before = store.snapshot.filter;
    store.setFilter(change);
    if (store.snapshot.filter !== before) this.dispatchEvent(new LogFilterChangeEvent(store.snapshot.filter));
  }
}

/** Keys that choose a word of an input method; Safari tells of the last one when it has ended, by a code alone. */
function isOfInputMethod({ isComposing, keyCode }: KeyboardEvent): boolean {
  return isComposing || keyCode === COMPOSING;
}

if (!customElements.get('log-filters')) customElements.define('log-filters', LogFilters);

declare global {
  interface HTMLElementTagNameMap {
    'log-filters': LogFilters;
  }
}
