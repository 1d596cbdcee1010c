// <log-status-line>: the account of every entry: received, lost, made room for newer ones, cleared, unreadable; how many are shown. Holds the one
// live region of the viewer. The numbers agree with the levels and the rows because all are of one snapshot.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { LogSnapshot } from '../core/log-snapshot.js';
import type { LogStore } from '../core/log-store.js';
import { sumOf } from '../core/level-counts.js';
import type { Clock } from '../core/platform.js';
import { Announcer } from './announcer.js';
import { chrome } from './chrome.styles.js';
import type { ConnectionController } from './connection-controller.js';
import { Localizer } from './localizer.js';
import { PacedUpdate } from './paced-update.js';
import { pageClock } from './platform.js';
import { LogHelpEvent } from './shell-events.js';
import { statusLineStyles } from './status-line.styles.js';
import { StoreController } from './store-controller.js';
import { theme } from './theme.styles.js';

/** Counts that run faster than this cannot be read. */
const COUNTS_INTERVAL_MS = 250;

/**
 * The counts at the foot, and what is said to screen readers.
 *
 * @summary Accounts for every entry; a part of `<system-logs>`.
 * @fires log-help - A person asks for the keys; stays within the viewer.
 * @csspart line - The line itself.
 * @csspart lost - How many entries were not delivered.
 * @csspart shown - How many of the kept entries are shown.
 * @csspart keys - The button that shows the keys.
 */
export class LogStatusLine extends LitElement {
  static override styles = [theme, chrome, statusLineStyles];

  @property({ attribute: false }) controller: ConnectionController | null = null;
  @property({ attribute: false }) store: LogStore | null = null;
  /** What time it is; for tests. */
  @property({ attribute: false }) clock: Clock = pageClock;

  readonly #localizer = new Localizer(this);
  readonly #announcer = new Announcer(() => this.clock, () => this.#localizer.strings, () => this.requestUpdate());
  readonly #pace = new PacedUpdate(this, COUNTS_INTERVAL_MS);
  readonly #source = new StoreController(this, ({ filter, cleared }, status) => [filter, cleared, status], (snapshot) => {
    if (this.#source.store !== null) this.#announcer.publish(this.#source.store, snapshot);
    this.#pace.request();
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#announcer.stop();
  }

  protected override willUpdate(): void {
    this.#announcer.hear(this.#source.status);
  }

  override render(): TemplateResult {
    const { snapshot } = this.#source, words = this.#localizer.strings.status;
    // of what has come since a pause nothing is shown, and the bar under the rows says how much that is
    const isCounted = snapshot !== null && snapshot.paused === null;
    return html`
      <div class="line" part="line" role="group" aria-label=${words.label}>
        <span class="sum">${snapshot === null ? nothing : this.#sum(snapshot)}</span>
        <span class="push"></span>
        <span class="when-wide" part="shown">${!isCounted ? nothing : html`<bdi>${words.shown(snapshot.retained - snapshot.hidden - snapshot.untested, snapshot.retained)}</bdi>`}</span>
        <button class="keys when-wide" part="keys" type="button" @click=${() => this.dispatchEvent(new LogHelpEvent())}><kbd aria-hidden="true">?</kbd>${words.keys}</button>
      </div>
      <div class="for-readers" role="status">${this.#announcer.text}</div>`;
  }

  #sum({ received, removed, cleared, unreadable, missing, unknowable }: LogSnapshot): TemplateResult[] {
    const { status: words, numbers } = this.#localizer.strings, { status } = this.#source, lost = sumOf(missing);
    const facts = [
      ...(status?.state === 'live' && status.silentSince === null ? [html`${words.live}`] : []),
      html`${words.received(received)}`,
      ...(lost > 0 ? [html`<span class="lost" part="lost">${words.notDelivered(lost)}</span><span class="may-go"> (${numbers.byLevel(missing)})</span>`] : []),
      ...(unknowable > 0 ? [html`<span class="lost" title=${words.unknowableHint}>${words.unknowable(unknowable)}</span>`] : []),
      ...(removed > 0 ? [html`${words.removed(removed)}`] : []),
      ...(cleared > 0 ? [html`${words.cleared(cleared)}`] : []),
      ...(unreadable > 0 ? [html`<span title=${words.unreadableHint}>${words.unreadable(unreadable)}</span>`] : []),
      ...(status?.state === 'live' && !status.numbered ? [html`<span class="quiet-note" title=${words.uncountedHint}>${words.uncounted}</span>`] : []),
    ];
    return facts.map((fact, index) => (index === 0 ? html`<bdi>${fact}</bdi>` : html`<span class="sep"> · </span><bdi>${fact}</bdi>`));
  }
}

if (!customElements.get('log-status-line')) customElements.define('log-status-line', LogStatusLine);

declare global {
  interface HTMLElementTagNameMap {
    'log-status-line': LogStatusLine;
  }
}
