import { ContextProvider } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AccessToken } from '../core/access-token.js';
import type { ConnectionStatus } from '../core/connection-status.js';
import type { TimestampStyle, TimeZoneChoice } from '../core/format.js';
import type { LogSnapshot } from '../core/log-snapshot.js';
import { DEFAULT_MAX_BYTES, DEFAULT_MAX_ENTRIES, type LogStore } from '../core/log-store.js';
import type { TokenPlace } from '../core/socket-address.js';
import { accountingOf, type Accounting } from './accounting.js';
import { CauseNews } from './cause-news.js';
import { chrome } from './chrome.styles.js';
import { ConnectionController } from './connection-controller.js';
import { connectionContext } from './context.js';
import { LogErrorEvent, LogGapEvent, LogStatusChangeEvent, type LogSelectEvent } from './events.js';
import type { LogKeyboardHelp } from './keyboard-help.js';
import './keyboard-help.js';
import { Localizer } from './localizer.js';
import './log-detail.js';
import type { LogFilters } from './log-filters.js';
import './log-filters.js';
import type { LogList } from './log-list.js';
import './log-list.js';
import './log-toolbar.js';
import './split-pane.js';
import './state-bar.js';
import { isBare } from './state-panel.js';
import './status-line.js';
import { styles } from './system-logs.styles.js';
import { theme } from './theme.styles.js';
import { readSettings, type ViewerSettings } from './viewer-settings.js';

/** Removed from a page and not put back within this time, the element closes its connection; a move keeps it. */
const MOVE_MS = 100;
const STATES = ['connecting', 'live', 'paused', 'reconnecting', 'closed'] as const;

/**
 * A realtime viewer of an application's logs: toolbar, filters, the list, and the whole of the selected entry.
 *
 * @fires {LogSelectEvent} log-select - A person selected an entry, or none.
 * @fires {LogFilterChangeEvent} log-filter-change - A person changed what is shown.
 * @fires {LogFollowChangeEvent} log-follow-change - A person left the end of the list, or came back to it.
 * @fires {LogPauseChangeEvent} log-pause-change - A person paused the list, or went on; `paused` follows.
 * @fires {LogLevelChangeEvent} log-level-change - A person asked for another level; `level` follows.
 * @fires {LogStatusChangeEvent} log-status-change - The state of the connection changed.
 * @fires {LogGapEvent} log-gap - Entries are missing: how many of which level, of which instance, when and why.
 * @fires {LogErrorEvent} log-error - A wrong attribute, an endpoint that cannot be used, or why there is no connection: once, as far as it is known.
 * @slot toolbar - In place of the toolbar.
 * @slot filters - In place of the filters.
 * @slot list - In place of the list.
 * @slot detail - In place of the detail.
 * @slot empty - In place of what stands where the list has no rows.
 * @csspart frame - The whole viewer.
 * @cssstate connecting - A connection is being made.
 * @cssstate live - Connected and subscribed.
 * @cssstate paused - The list stands still; entries are still received.
 * @cssstate reconnecting - Waiting for the next try.
 * @cssstate closed - Not connected, and not trying.
 */
export class SystemLogs extends LitElement {
  static override styles = [theme, chrome, styles];

  /** Where the log is: ws:, wss:, http:, https: or relative to the document. */
  @property({ attribute: 'endpoint' }) endpoint: string | null = null;
  /** The least level to ask the server for. */
  @property({ attribute: 'level' }) level = 'info';
  /** Entries kept at most. */
  @property({ attribute: 'max-entries' }) maxEntries: number | string = DEFAULT_MAX_ENTRIES;
  /** Length of the kept entries' texts at most. */
  @property({ attribute: 'max-bytes' }) maxBytes: number | string = DEFAULT_MAX_BYTES;
  /** Words that the shown messages hold. */
  @property({ attribute: 'search', converter: (value: string | null) => value ?? '' }) search = '';
  /** Holds the list still while entries go on being received. */
  @property({ attribute: 'paused', type: Boolean }) paused = false;
  /** How times are written: `time`, `datetime` or `iso`. */
  @property({ attribute: 'timestamps' }) timestamps: TimestampStyle = 'time';
  /** The zone of times: `local` or `utc`. */
  @property({ attribute: 'time-zone' }) timeZone: TimeZoneChoice = 'local';
  /** Where the detail stands: `auto` (by the width), `columns` or `rows`. */
  @property({ attribute: 'layout' }) layout: 'auto' | 'columns' | 'rows' = 'auto';
  /** Where `accessToken` goes: in the address (`query`), or as a `subprotocol`, which is in no access log and which Directus does not take. */
  @property({ attribute: 'token-in' }) tokenIn: TokenPlace = 'query';
  /** No detail pane; `log-select` still tells what was selected. */
  @property({ attribute: 'no-detail', type: Boolean }) noDetail = false;
  /** No filters. */
  @property({ attribute: 'no-filters', type: Boolean }) noFilters = false;

  /** The rows of the viewer's own while no entry is shown; null while one is. */
  @state() private bareRows: number | null = 0;
  @state() private hasSelection = false;

  /** The connection and the store of the parts within; to be given to parts elsewhere in the page. */
  readonly controller = new ConnectionController();
  readonly #localizer = new Localizer(this);
  readonly #internals = this.attachInternals();
  #settings: ViewerSettings = readSettings(this);
  readonly #news = new CauseNews();
  #leaving: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new ContextProvider(this, { context: connectionContext, initialValue: this.controller });
    this.controller.subscribe((status) => this.#onStatus(status));
    this.store.subscribe((snapshot) => this.#onPublish(snapshot));
    this.addEventListener('keydown', (event) => this.#onKeydown(event));
    // the properties follow what a person chose within, so that a page can set what was before
    this.addEventListener('log-pause-change', ({ paused }) => void (this.paused = paused));
    this.addEventListener('log-level-change', ({ level }) => void (this.level = level));
    this.addEventListener('log-filter-change', ({ filter }) => void (this.search = filter.search));
    // a page that was faster than this module has set it on the plain element
    const early = Object.getOwnPropertyDescriptor(this, 'accessToken');
    if (early === undefined) return;
    Reflect.deleteProperty(this, 'accessToken');
    this.accessToken = early.value as AccessToken;
  }

  /** Signs in where the cookie does not: a token, or a function that gets one. Write only: it is never shown and never given back. */
  set accessToken(accessToken: AccessToken) {
    this.controller.accessToken = accessToken;
  }

  /** What was received: entries, filter, selection. */
  get store(): LogStore {
    return this.controller.store;
  }

  /** The state of the connection, as `log-status-change` tells it. */
  get status(): ConnectionStatus {
    return this.controller.status;
  }

  /** How many entries were received, are kept and are missing. */
  get accounting(): Accounting {
    return accountingOf(this.controller);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    clearTimeout(this.#leaving);
    if (this.hasUpdated) this.controller.connect();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leaving = setTimeout(() => this.controller.disconnect(), MOVE_MS);
  }

  /** Connects to the endpoint; an element with an endpoint does so by itself. */
  connect(): void {
    this.controller.connect();
  }

  /** Closes the connection; what was received stays. */
  disconnect(): void {
    this.controller.disconnect();
  }

  /** Holds the list still; entries go on being received. */
  pause(): void {
    this.paused = true;
    this.store.pause();
  }

  /** Ends a pause: `here` keeps the reader's place, `latest` goes to the end. */
  resume(where: 'here' | 'latest' = 'here'): void {
    this.paused = false;
    this.store.resume(where);
  }

  /** Empties the list here, which follows again unless it is paused; nothing happens on the server. */
  clear(): void {
    this.store.clear();
    if (this.store.snapshot.paused === null) this.store.follow(true);
  }

  /** Adds entries of the page's own: JSON texts, or values that can be written as JSON. */
  push(entries: Iterable<unknown>, instance = ''): void {
    // limits that were set in the same task hold for these entries already
    if (this.isUpdatePending) this.#limit(readSettings(this));
    this.store.push(entries, instance);
  }

  /** Selects an entry by its id; null selects nothing. */
  select(id: number | null): void {
    this.store.select(id);
  }

  /** Goes to the end of the list and follows. */
  scrollToLatest(): void {
    this.store.follow(true);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const told = this.#settings.faults;
    this.#settings = readSettings(this);
    const { level, tokenIn, faults } = this.#settings;
    for (const fault of faults) if (!told.some(({ sentence }) => sentence === fault.sentence)) this.dispatchEvent(new LogErrorEvent(this.#localizer.say(fault)));
    // the filters may have asked for another level since: only a new attribute overrules them
    if (changed.has('level')) this.controller.level = level;
    this.#limit(this.#settings);
    if (changed.has('search')) this.store.setFilter({ search: this.search });
    if (changed.has('paused') && this.paused) this.store.pause();
    else if (changed.has('paused')) this.store.resume('here');
    this.controller.tokenIn = tokenIn;
    if (changed.has('endpoint')) this.controller.endpoint = this.endpoint;
    if (!this.hasUpdated) this.controller.connect();
  }

  #limit({ maxEntries, maxBytes }: ViewerSettings): void {
    this.store.limit(maxEntries, maxBytes);
  }

  protected override render(): TemplateResult {
    const { timestamps, timeZone, layout, faults } = this.#settings;
    return html`
      <div class="frame" part="frame" role="region" aria-label=${this.#localizer.strings.viewer.label} @log-help=${() => this.#help?.open()} @log-leave=${() => this.#list?.focus()} @log-select=${this.#onSelect}>
        <div class="above">
          <slot name="toolbar"><log-toolbar exportparts="toolbar, connection, pause, clear, help"></log-toolbar></slot>
          <slot name="filters" ?hidden=${this.noFilters}><log-filters ?hidden=${this.noFilters} exportparts="search, levels, level-toggle, instances, hidden"></log-filters></slot>
          ${faults.length === 0 ? nothing : html`<ul class="faults" role="alert">${faults.map((fault) => html`<li>${this.#localizer.say(fault).sentence}</li>`)}</ul>`}
        </div>
        <log-split-pane .layout=${layout} .collapsed=${this.noDetail || !this.hasSelection}>
          <div class="list" slot="start">
            <div class=${`rows${(this.bareRows ?? 0) > 0 ? ' bare' : ''}`} .style=${`--_rows: ${this.bareRows ?? 0}`}><slot name="list"><log-list .timestamps=${timestamps} .timeZone=${timeZone} exportparts="row, time, instance, level, message, status, duration, chip"></log-list></slot>
            <div class="panel" ?hidden=${this.bareRows === null}><slot name="empty"><log-state-panel></log-state-panel></slot></div></div>
            <log-state-bar .timeZone=${timeZone}></log-state-bar>
          </div>
          <div class="detail" slot="end"><slot name="detail"><log-detail .timeZone=${timeZone}></log-detail></slot></div>
        </log-split-pane>
        <log-status-line></log-status-line>
        <log-keyboard-help></log-keyboard-help>
      </div>`;
  }

  #onStatus(status: ConnectionStatus): void {
    this.#setStates();
    this.dispatchEvent(new LogStatusChangeEvent(status));
    const cause = this.#news.read(status);
    if (cause !== null) this.dispatchEvent(new LogErrorEvent(this.#localizer.say(cause)));
  }

  #onPublish(snapshot: LogSnapshot): void {
    this.bareRows = isBare(snapshot) ? snapshot.length : null;
    this.hasSelection = snapshot.selected !== null;
    this.#setStates();
    for (const gap of snapshot.gaps) this.dispatchEvent(new LogGapEvent(gap));
  }

  #setStates(): void {
    const { state: connection } = this.status, isPaused = this.store.snapshot.paused !== null;
    for (const name of STATES) {
      if (name === connection || (name === 'paused' && isPaused)) this.#internals.states.add(name);
      else this.#internals.states.delete(name);
    }
  }

  /** Where the detail is closed from within, the focus goes back to the list. */
  #onSelect(event: LogSelectEvent): void {
    if (event.entry === null) this.#list?.focus();
  }

  #onKeydown(event: KeyboardEvent): void {
    const [target] = event.composedPath();
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isField(target)) return;
    if (event.key === '/' && this.#filters !== null) this.#filters.focusSearch();
    else if (event.key === '?') this.#help?.open();
    else if (!(['e', 'E', 'f', 'Escape'].includes(event.key) && this.#list?.press(event))) return;
    event.preventDefault();
  }

  /** A part: the page's own where it fills the slot, else the default one. */
  #part<T extends Element>(tag: string): T | null {
    return this.querySelector<T>(tag) ?? this.renderRoot.querySelector<T>(tag);
  }

  get #list(): LogList | null {
    return this.#part<LogList>('log-list');
  }

  get #filters(): LogFilters | null {
    return this.noFilters ? null : this.#part<LogFilters>('log-filters');
  }

  get #help(): LogKeyboardHelp | null {
    return this.#part<LogKeyboardHelp>('log-keyboard-help');
  }
}

function isField(target: EventTarget | undefined): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || (target instanceof HTMLElement && target.isContentEditable);
}

if (!customElements.get('system-logs')) customElements.define('system-logs', SystemLogs);

declare global {
  interface HTMLElementTagNameMap {
    'system-logs': SystemLogs;
  }
}
