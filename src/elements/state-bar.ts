// <log-state-bar>: what a reader must know while rows stay on the screen, at the list's end: that the list is paused, with the two ways on, that
// the connection is in trouble, and that other instances are not visible. It draws nothing where there is none of these; where no rows are,
// `<log-state-panel>` says what is wrong with the connection.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { formatClock, type TimeZoneChoice } from '../core/format.js';
import { goneInPause, type LogSnapshot, type Pause } from '../core/log-snapshot.js';
import type { LogStore } from '../core/log-store.js';
import type { Clock } from '../core/platform.js';
import type { BusAway } from '../core/protocol.js';
import { chrome } from './chrome.styles.js';
import type { ConnectionController } from './connection-controller.js';
import { connectionDot } from './connection-dot.styles.js';
import { LogFollowChangeEvent, LogPauseChangeEvent } from './events.js';
import { icon } from './icons.js';
import { Localizer } from './localizer.js';
import { othersAwayInWords } from './notice-words.js';
import { PacedUpdate } from './paced-update.js';
import { pageClock } from './platform.js';
import { LogLeaveEvent } from './shell-events.js';
import { stateBarStyles } from './state-bar.styles.js';
import { StoreController } from './store-controller.js';
import { theme } from './theme.styles.js';
import { secondsUntil, TroubleMemory, type Trouble } from './trouble.js';

const SECOND_MS = 1000;

/**
 * A pause, trouble with the connection, or other instances that are not visible, under the rows of a list.
 *
 * @summary The bars at the list's end; a part of `<system-logs>`.
 * @fires log-pause-change - A person went on after a pause.
 * @fires log-follow-change - A person went to the end of the list, or stays where they are.
 * @fires log-leave - The pressed button is gone, and the focus belongs to the list; stays within the viewer.
 * @csspart bar - Each bar.
 * @csspart resume-here - The button that goes on from where the reader is.
 * @csspart resume-latest - The button that goes to the end.
 * @csspart retry - The button that tries again now.
 */
export class LogStateBar extends LitElement {
  static override styles = [theme, chrome, connectionDot, stateBarStyles];

  @property({ attribute: false }) controller: ConnectionController | null = null;
  @property({ attribute: false }) store: LogStore | null = null;
  /** What time it is; for tests. */
  @property({ attribute: false }) clock: Clock = pageClock;
  /** In which the time of the pause is said: `local` or `utc`. */
  @property({ attribute: 'time-zone' }) timeZone: TimeZoneChoice = 'local';

  readonly #localizer = new Localizer(this);
  readonly #trouble = new TroubleMemory();
  readonly #pace = new PacedUpdate(this, SECOND_MS, () => this.#source.status?.state === 'reconnecting');
  readonly #source = new StoreController(this, (snapshot, status) => [snapshot.paused?.since, snapshot.cleared, hasRows(snapshot), status], ({ paused }) => {
    if (paused !== null) this.#pace.request();
  });

  override render(): TemplateResult {
    const { snapshot, status, controller } = this.#source;
    const trouble = this.#trouble.read(controller);
    return html`
      ${trouble !== null && snapshot !== null && hasRows(snapshot) ? this.#troubleBar(trouble) : nothing}
      ${status?.state === 'live' && status.othersAway !== null ? this.#othersBar(status.othersAway) : nothing}
      ${snapshot?.paused ? this.#pauseBar(snapshot.paused, goneInPause(snapshot)) : nothing}`;
  }

  #troubleBar({ cause, retryAt, attempt, isFinal, canTry }: Trouble): TemplateResult {
    const words = this.#localizer.strings.panel, { title, sentence } = this.#localizer.say(cause);
    const next = isFinal ? '' : retryAt === null ? words.tryingNow : words.nextTry(secondsUntil(retryAt, this.clock.now()), attempt);
    return html`
      <div class="bar" part="bar">
        <span class="dot off"></span><p><bdi><b>${title}.</b> ${sentence} ${next}</bdi></p>
        ${canTry ? html`<button class="btn" part="retry" type="button" aria-disabled=${retryAt === null && !isFinal ? 'true' : nothing}
          @click=${() => this.#source.controller?.retryNow()}>${words.tryNow}</button>` : nothing}
      </div>`;
  }

  #othersBar(away: BusAway): TemplateResult {
    const { strong, rest } = othersAwayInWords(away, this.#localizer.strings, this.timeZone);
    return html`<div class="bar" part="bar"><span class="dot wait"></span><p><bdi><b>${strong}</b>${rest}</bdi></p></div>`;
  }

  /** @param gone of what arrived, had to make room */
  #pauseBar({ since, arrived, cleared }: Pause, gone: number): TemplateResult {
    const { panel: words, list } = this.#localizer.strings, { controller, status } = this.#source;
    const isReceiving = controller === null || controller.endpoint === null || status?.state === 'live';
    const news = words.arrived(arrived.entries, arrived.errors) + (gone > 0 ? ` ${list.chipGone(gone)}.` : '');
    return html`
      <div class="bar" part="bar">
        <span class="dot paused"></span>
        <p><bdi><b>${words.pausedAt(formatClock(since, this.timeZone))}</b> ${isReceiving ? words.stillReceiving(news, cleared) : words.sincePause(news, cleared)}</bdi></p>
        <button class="btn" part="resume-here" type="button" @click=${() => this.#resume('here')}>${words.continueHere} <kbd aria-hidden="true">${words.space}</kbd></button>
        <button class="btn primary" part="resume-latest" type="button" @click=${() => this.#resume('latest')}>${icon('down')}${words.jumpToLatest(arrived.entries - gone)}</button>
      </div>`;
  }

  #resume(where: 'here' | 'latest'): void {
    const { store } = this.#source;
    if (store === null) return;
    const wasFollowing = store.snapshot.following;
    store.resume(where);
    const { following } = store.snapshot;
    this.dispatchEvent(new LogPauseChangeEvent(false));
    if (following !== wasFollowing) this.dispatchEvent(new LogFollowChangeEvent(following));
    this.dispatchEvent(new LogLeaveEvent());
  }
}

/** There are rows, or there would be without a filter: then the list is not the place to say what is wrong with the connection. */
function hasRows({ length, retained }: LogSnapshot): boolean {
  return length > 0 || retained > 0;
}

if (!customElements.get('log-state-bar')) customElements.define('log-state-bar', LogStateBar);

declare global {
  interface HTMLElementTagNameMap {
    'log-state-bar': LogStateBar;
  }
}
