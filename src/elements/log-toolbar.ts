// <log-toolbar>: how the connection stands, in words, and the few things a person does to the whole stream. It reads status and snapshot and
// calls the store; what the shell has to do (the help) it asks for by an event.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { LogStore } from '../core/log-store.js';
import type { Clock } from '../core/platform.js';
import { sendingOf } from '../core/stream-table.js';
import { chrome } from './chrome.styles.js';
import { connectionDot } from './connection-dot.styles.js';
import type { ConnectionController } from './connection-controller.js';
import { icon } from './icons.js';
import { Localizer } from './localizer.js';
import { logToolbarStyles } from './log-toolbar.styles.js';
import { PacedUpdate } from './paced-update.js';
import { pageClock } from './platform.js';
import { LogFollowChangeEvent, LogPauseChangeEvent } from './events.js';
import { LogHelpEvent } from './shell-events.js';
import { StoreController } from './store-controller.js';
import { theme } from './theme.styles.js';
import { secondsUntil } from './trouble.js';

/** Over which the rate is measured, and how often a countdown moves. */
const SECOND_MS = 1000;

interface Truth {
  readonly dot: 'live' | 'paused' | 'wait' | 'off' | null;
  readonly state: string;
  readonly more: string;
}

/** Between what is counted while all is well there is no need to part it from the state. */
const PARTED: ReadonlySet<Truth['dot']> = new Set(['paused', 'wait', 'off']);

/**
 * The state of the connection, and Pause, Clear and the help.
 *
 * @summary A viewer's toolbar; a part of `<system-logs>`.
 * @fires log-pause-change - A person paused the list, or went on.
 * @fires log-follow-change - A person cleared the list further up, and it follows again.
 * @fires log-help - A person asks for the keys; stays within the viewer.
 * @csspart toolbar - The bar itself.
 * @csspart connection - The state in words.
 * @csspart pause - The button that pauses and resumes.
 * @csspart clear - The button that empties the list here.
 * @csspart help - The button that shows the keys.
 */
export class LogToolbar extends LitElement {
  static override styles = [theme, chrome, connectionDot, logToolbarStyles];

  @property({ attribute: false }) controller: ConnectionController | null = null;
  @property({ attribute: false }) store: LogStore | null = null;
  /** What time it is; for tests. */
  @property({ attribute: false }) clock: Clock = pageClock;

  readonly #localizer = new Localizer(this);
  readonly #pace = new PacedUpdate(this, SECOND_MS, () => this.#isMoving());
  readonly #source = new StoreController(this, ({ paused, instances }, status) => [paused?.since, instances.length, sendingOf(instances), status], () => this.#pace.request());
  #measured: { store: LogStore; at: number; received: number } | null = null;
  /** Entries a second, over the last second; null until one has gone by. */
  #rate: number | null = null;

  override render(): TemplateResult {
    const { dot, state, more } = this.#truth();
    const hasDot = PARTED.has(dot) && more !== '';
    const isPaused = (this.#source.snapshot?.paused ?? null) !== null, words = this.#localizer.strings.toolbar;
    return html`
      <div class="toolbar" part="toolbar" role="group" aria-label=${words.label}>
        <div class="truth" part="connection">
          ${dot === null ? nothing : html`<span class="dot ${dot}"></span>`}${state === '' ? nothing : html`<b><bdi>${state}</bdi></b>`}
          ${hasDot ? html`<span aria-hidden="true">·</span> ` : nothing}<bdi class="more">${more}</bdi>
        </div>
        <div class="buttons">
          <button class="btn quiet" part="pause" type="button" @click=${this.#togglePause}>
            ${icon(isPaused ? 'play' : 'pause')}<span class="word">${isPaused ? words.resume : words.pause}</span>
          </button>
          <button class="btn quiet" part="clear" type="button" @click=${this.#clear}>
            ${icon('clear')}<span class="word">${words.clear}</span>
          </button>
          <button class="btn quiet icon-only" part="help" type="button" @click=${() => this.dispatchEvent(new LogHelpEvent())}>
            <span aria-hidden="true">?</span> <span class="for-readers">${words.help}</span>
          </button>
        </div>
      </div>`;
  }

  protected override willUpdate(): void {
    this.#measure();
  }

  /** The page fills the store itself: there is no connection to speak of. */
  #isOwnSource(): boolean {
    const { store, controller, status } = this.#source;
    return store !== null && (controller === null || (status?.state === 'idle' && controller.endpoint === null && store.snapshot.received > 0));
  }

  /** Something that is drawn changes by time alone. */
  #isMoving(): boolean {
    const state = this.#source.status?.state;
    return state === 'live' || state === 'reconnecting' || this.#isOwnSource();
  }

  #measure(): void {
    const { store, status } = this.#source;
    const now = this.clock.now();
    if (store === null || (status?.state !== 'live' && !this.#isOwnSource())) {
      this.#measured = this.#rate = null;
      return;
    }
    const { received } = store.snapshot, last = this.#measured;
    if (last !== null && last.store === store && now >= last.at && now - last.at < SECOND_MS) return;
    // a hidden page is woken late: what counts is the time that went by
    this.#rate = last === null || last.store !== store || now <= last.at ? null : Math.round(((received - last.received) * 1000) / (now - last.at));
    this.#measured = { store, at: now, received };
  }

  #truth(): Truth {
    const { snapshot, status, controller } = this.#source, words = this.#localizer.strings.toolbar;
    const isOwnSource = this.#isOwnSource();
    if (!isOwnSource) {
      switch (status?.state) {
        case 'connecting': return { dot: 'wait', state: words.connecting, more: status.attempt > 1 ? words.attempt(status.attempt) : '' };
        case 'reconnecting': return { dot: 'wait', state: words.reconnecting, more: words.nextTry(secondsUntil(status.retryAt, this.clock.now())) };
        case 'closed': return { dot: 'off', state: words.closed, more: status.cause === null ? '' : this.#localizer.say(status.cause).short };
        case 'idle': return { dot: 'off', state: words.closed, more: controller?.endpoint === null ? words.noEndpoint : '' };
        default: if (snapshot === null) return { dot: null, state: '', more: '' };
      }
    }
    if (status?.state === 'live' && status.silentSince !== null) {
      const since = snapshot?.lastAt ?? null;
      return { dot: 'wait', state: words.silent, more: since === null ? '' : words.lastEntry(Math.max(0, Math.floor((this.clock.now() - since) / SECOND_MS))) };
    }
    if (snapshot?.paused) return { dot: 'paused', state: words.paused, more: words.stillReceiving };
    // of the others nothing is known now
    if (status?.state === 'live' && status.othersAway !== null) return { dot: 'wait', state: words.live, more: [words.ownInstance, ...this.#rateInWords()].join(' · ') };
    const instances = snapshot?.instances ?? [], sending = sendingOf(instances), ended = instances.length - sending;
    const more = [...(sending > 0 ? [words.instances(sending)] : []), ...(ended > 0 ? [this.#localizer.strings.instances.ended(ended)] : []), ...this.#rateInWords()].join(' · ');
    return isOwnSource ? { dot: null, state: '', more } : { dot: 'live', state: words.live, more };
  }

  #rateInWords(): string[] {
    return this.#rate === null ? [] : [this.#localizer.strings.toolbar.rate(this.#rate)];
  }

  /** Of what a reader further up held on to, nothing is left; a pause holds what comes. */
  #clear(): void {
    const { store } = this.#source;
    if (store === null) return;
    store.clear();
    const { following, paused } = store.snapshot;
    if (following || paused !== null) return;
    store.follow(true);
    this.dispatchEvent(new LogFollowChangeEvent(true));
  }

  #togglePause(): void {
    const { store } = this.#source;
    if (store === null) return;
    const isPaused = store.snapshot.paused !== null;
    if (isPaused) store.resume('here');
    else store.pause();
    this.dispatchEvent(new LogPauseChangeEvent(!isPaused));
  }
}

if (!customElements.get('log-toolbar')) customElements.define('log-toolbar', LogToolbar);

declare global {
  interface HTMLElementTagNameMap {
    'log-toolbar': LogToolbar;
  }
}
