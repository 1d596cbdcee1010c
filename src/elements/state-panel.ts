// <log-state-panel>: what stands in the place of the entries while none is shown: what is going on, why, and what to do about it. It draws nothing
// as soon as there is an entry; under rows of the viewer's own it says only that no entry matches. What a failure means is said by core/causes.ts; this only sets it out.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { explainEndpoint } from '../core/causes.js';
import { NO_FILTER, wordsOf, type LogFilter } from '../core/filter.js';
import { LEVEL_NAMES } from '../core/levels.js';
import { goneInPause, type LogSnapshot, type Pause } from '../core/log-snapshot.js';
import type { LogStore } from '../core/log-store.js';
import type { Clock } from '../core/platform.js';
import { cutText, visibleText } from '../core/visible-text.js';
import { chrome } from './chrome.styles.js';
import type { ConnectionController } from './connection-controller.js';
import { CopyController } from './copy-controller.js';
import { parseEndpoint } from './endpoint.js';
import { LogFilterChangeEvent } from './events.js';
import { icon } from './icons.js';
import { Localizer } from './localizer.js';
import { PacedUpdate } from './paced-update.js';
import { artOf, panelArt, type PanelArt } from './panel-art.js';
import { pageClock } from './platform.js';
import { LogLeaveEvent } from './shell-events.js';
import { statePanelStyles } from './state-panel.styles.js';
import { StoreController } from './store-controller.js';
import { theme } from './theme.styles.js';
import { secondsUntil, TroubleMemory, type Trouble } from './trouble.js';

const SECOND_MS = 1000;
const MAX_SEARCH = 80;

/** Whether no entry is shown: there is no row, or there are rows of the viewer's own and a filter that no entry passes. In a pause the list may have rows that the store has not. */
export function isBare({ length, retained, hidden, paused }: LogSnapshot): boolean {
  if (length === 0) return paused === null || !paused.hadRows;
  return hidden > 0 && hidden >= retained;
}

type Content = TemplateResult | typeof nothing;

/**
 * The state of things, while the list is empty.
 *
 * @summary Fills the place of the rows while there are none; a part of `<system-logs>`.
 * @fires log-filter-change - A person took a filter away; `filter` has what is left.
 * @fires log-leave - The pressed button is gone, and the focus belongs to the list; stays within the viewer.
 * @csspart panel - The panel.
 * @csspart actions - The row of buttons.
 */
export class LogStatePanel extends LitElement {
  static override styles = [theme, chrome, statePanelStyles];

  @property({ attribute: false }) controller: ConnectionController | null = null;
  @property({ attribute: false }) store: LogStore | null = null;
  /** What time it is; for tests. */
  @property({ attribute: false }) clock: Clock = pageClock;

  readonly #localizer = new Localizer(this);
  readonly #trouble = new TroubleMemory();
  readonly #pace = new PacedUpdate(this, SECOND_MS, () => this.#source.status?.state === 'reconnecting' && this.#source.snapshot?.length === 0);
  readonly #source = new StoreController(this, (snapshot, status) => [isBare(snapshot), snapshot.retained === 0, snapshot.untested > 0, snapshot.filter, snapshot.paused?.since, status], (snapshot) => {
    if (isBare(snapshot)) this.#pace.request(); // counts
  });
  readonly #copier = new CopyController(this, () => this.clock);

  override render(): Content {
    const { snapshot, controller } = this.#source;
    const trouble = this.#trouble.read(controller);
    if (snapshot === null || !isBare(snapshot)) return nothing;
    const words = this.#localizer.strings.panel;
    if (snapshot.untested > 0) return panel('sieve', words.looking, html`<p>${words.lookingMore}</p>`);
    if (snapshot.retained > 0 && snapshot.hidden >= snapshot.retained) return this.#allHidden(snapshot);
    if (snapshot.paused !== null && snapshot.retained > 0) return this.#nothingBefore(snapshot, snapshot.paused);
    return trouble === null ? this.#noEntryYet() : this.#failure(trouble);
  }

  #noEntryYet(): TemplateResult {
    const words = this.#localizer.strings.panel, { controller, status } = this.#source;
    switch (status?.state) {
      case 'live': return panel('pulse', words.waiting, html`
        <p>${around(words.connectedAt(status.level), status.level, bold)}</p>
        ${status.floor !== null && LEVEL_NAMES.indexOf(status.floor) > LEVEL_NAMES.indexOf(status.level) ? html`<p>${around(words.floor(status.floor), status.floor, bold)}</p>` : nothing}
        <p class="lead">${words.checkThat}</p>
        <ul>${words.waitingChecks(status.level).map((check) => html`<li>${around(check, status.level, bold)}</li>`)}</ul>`);
      case 'connecting': {
        const host = hostOf(controller?.endpoint ?? '');
        return panel('waiting', words.connecting, host === null ? nothing : html`<p>${around(words.connectingTo(host), host, code)}</p>`);
      }
      case 'idle':
      case 'closed': {
        if (controller?.endpoint === null) return this.#failure({ cause: explainEndpoint('', 'missing'), retryAt: null, attempt: 0, isFinal: true, canTry: false });
        return panel('broken', words.notConnected, html`<p>${status.state === 'idle' ? words.notAsked : words.disconnected}</p>
          ${actions(html`<button class="btn" type="button" @click=${() => this.#act(() => controller?.connect())}>${words.connect}</button>`)}`);
      }
      default: return panel('pulse', words.waiting, html`<p>${words.ownSource}</p>`);
    }
  }

  #failure({ cause, retryAt, attempt, isFinal, canTry }: Trouble): TemplateResult {
    const words = this.#localizer.strings.panel, { title, sentence, checks, setting } = this.#localizer.say(cause), copied = this.#copier.state;
    const next = isFinal ? '' : retryAt === null ? words.tryingNow : words.nextTry(secondsUntil(retryAt, this.clock.now()), attempt);
    const isNamed = setting === null || sentence.includes(setting);
    return panel(artOf(cause.code), title, html`
      <p>${around(sentence, setting ?? '', code)} ${isNamed ? nothing : code(setting)} <span class="num">${next}</span></p>
      ${!canTry && setting === null ? nothing : actions(html`
        ${canTry ? html`<button class="btn" type="button" aria-disabled=${retryAt === null && !isFinal ? 'true' : nothing}
          @click=${() => this.#source.controller?.retryNow()}>${words.tryNow}</button>` : nothing}
        ${setting === null ? nothing : html`<button class="btn" type="button" @click=${() => void this.#copier.copy(setting)}>${icon(copied === 'copied' ? 'check' : 'copy')}${words.copySetting}</button>
          <span role="status">${copied === 'copied' ? words.copied : copied === 'failed' ? words.notCopied : nothing}</span>`}`)}
      ${checks.length === 0 ? nothing : html`<p class="lead">${words.whatToCheck}</p><ul>${checks.map((check) => html`<li>${check}</li>`)}</ul>`}`);
  }

  /** No row is from before the pause. What came in it is counted as the bar under the rows does. */
  #nothingBefore(snapshot: LogSnapshot, { arrived: { entries, errors } }: Pause): TemplateResult {
    const { panel: words, list } = this.#localizer.strings, gone = goneInPause(snapshot);
    return panel('pause', snapshot.received > entries ? words.pausedNothing : words.pausedEmpty, html`
      ${gone > 0 ? html`<p>${words.arrived(entries, errors)} ${list.chipGone(gone)}.</p>` : nothing}<p>${words.pausedWaiting(entries - gone)}</p>`);
  }

  #allHidden({ retained, filter }: LogSnapshot): TemplateResult {
    const words = this.#localizer.strings.panel, { hiddenLevels, hiddenInstances, search } = filter;
    const hasSearch = wordsOf(search).length > 0;
    const reasons = [
      ...(hiddenLevels.length > 0 ? [words.byLevels(LEVEL_NAMES.filter((name) => hiddenLevels.includes(name)))] : []),
      ...(hiddenInstances.length > 0 ? [words.byInstances(hiddenInstances.length)] : []),
      ...(hasSearch ? [words.bySearch(visibleText(cutText(search.trim(), MAX_SEARCH)))] : []),
    ];
    const clears = (label: string, change: Partial<LogFilter>): TemplateResult =>
      html`<button class="btn" type="button" @click=${() => this.#act(() => this.#setFilter(change))}>${label}</button>`;
    return panel('sieve', words.noMatch, html`
      <p>${words.allHidden(retained, words.allOf(reasons))}</p>
      ${actions(html`
        ${hiddenLevels.length > 0 ? clears(words.showLevels, { hiddenLevels: NO_FILTER.hiddenLevels }) : nothing}
        ${hiddenInstances.length > 0 ? clears(words.showInstances, { hiddenInstances: NO_FILTER.hiddenInstances }) : nothing}
        ${hasSearch ? clears(words.clearSearch, { search: '' }) : nothing}`)}`);
  }

  #setFilter(change: Partial<LogFilter>): void {
    const { store } = this.#source;
    if (store === null) return;
    store.setFilter(change);
    this.dispatchEvent(new LogFilterChangeEvent(store.snapshot.filter));
  }

  /** Does what a button is for. The button may be gone after it: then the focus goes to one that is left, else to the list. */
  async #act(action: () => void): Promise<void> {
    action();
    await this.updateComplete;
    if (this.shadowRoot?.activeElement) return;
    const left = this.renderRoot.querySelector('button');
    if (left === null) this.dispatchEvent(new LogLeaveEvent());
    else left.focus();
  }
}

function panel(art: PanelArt, heading: string, content: Content): TemplateResult {
  return html`<div class="panel" part="panel"><div dir="auto">${panelArt(art)}<h3>${heading}</h3>${content}</div></div>`;
}

function actions(buttons: TemplateResult): TemplateResult {
  return html`<div class="buttons" part="actions">${buttons}</div>`;
}

const bold = (word: string): TemplateResult => html`<b>${word}</b>`;
const code = (word: string): TemplateResult => html`<code>${word}</code>`;

/** A sentence whose first `word` is set apart. */
function around(sentence: string, word: string, mark: (word: string) => TemplateResult): TemplateResult {
  const at = word === '' ? -1 : sentence.indexOf(word);
  return at < 0 ? html`${sentence}` : html`${sentence.slice(0, at)}${mark(word)}${sentence.slice(at + word.length)}`;
}

function hostOf(endpoint: string): string | null {
  const parsed = parseEndpoint(endpoint, document.baseURI);
  return parsed.ok ? new URL(parsed.url).host : null;
}

if (!customElements.get('log-state-panel')) customElements.define('log-state-panel', LogStatePanel);

declare global {
  interface HTMLElementTagNameMap {
    'log-state-panel': LogStatePanel;
  }
}
