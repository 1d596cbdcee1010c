// Which instances are shown: a button that says it, and a menu of them with a tick each, growing as they are heard of; those that do not send
// any more say so. It is given the instances and says what a person chose; it knows no store. Names of instances come from outside and are bound as text.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { formatClock } from '../core/format.js';
import type { InstanceCount } from '../core/stream-table.js';
import { cutText, visibleText } from '../core/visible-text.js';
import { chrome } from './chrome.styles.js';
import { icon } from './icons.js';
import { instanceFilterStyles } from './instance-filter.styles.js';
import { Localizer } from './localizer.js';
import { theme } from './theme.styles.js';

/** A person chose which instances to hide. For the element that holds the menu. */
export class InstanceChoiceEvent extends Event {
  readonly hiddenNames: readonly string[];

  constructor(hiddenNames: readonly string[]) {
    super('log-instance-choice');
    this.hiddenNames = hiddenNames;
  }
}

const MENU_WIDTH = 300, MARGIN = 8, OFFSET = 4, MIN_ROOM_BELOW = 200;
const MAX_NAME = 200;

/**
 * The instances in a menu; a part of `<log-filters>`.
 *
 * @csspart instances - the button
 * @csspart menu - the menu, in the top layer
 */
export class LogInstanceFilter extends LitElement {
  static override styles = [theme, chrome, instanceFilterStyles];

  @property({ attribute: false }) instances: readonly InstanceCount[] = [];
  @property({ attribute: false }) hiddenNames: readonly string[] = [];
  @state() private isOpen = false;
  @query('#menu') private readonly menu!: HTMLElement | null;
  readonly #localizer = new Localizer(this);
  #whileOpen: AbortController | null = null;

  /** Moves the focus to the button. */
  focusButton(): void {
    this.renderRoot.querySelector('button')?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#whileOpen?.abort();
    this.isOpen = false; // the top layer lets go of what leaves the document, without an event
  }

  override render(): TemplateResult {
    const { filters, numbers } = this.#localizer.strings;
    const all = this.instances.length, hidden = new Set(this.hiddenNames);
    const shown = this.instances.reduce((count, { name }) => count + (hidden.has(name) ? 0 : 1), 0);
    return html`
      <button class="btn instances" part="instances" type="button" popovertarget="menu" aria-expanded=${this.isOpen ? 'true' : 'false'} aria-controls="menu" @keydown=${this.#onKeyDown}>
        ${icon('instance')}<span class="word">${shown === all ? filters.allInstances : filters.instances}</span>
        <bdi class="num">${shown === all ? numbers.count(all) : filters.someInstances(shown, all)}</bdi><span class="chevron">${icon('open')}</span>
      </button>
      <div id="menu" part="menu" popover role="group" aria-label=${filters.instances}
        @beforetoggle=${this.#onBeforeToggle} @keydown=${this.#onKeyDown}>${this.isOpen ? this.#menu(hidden) : nothing}</div>`;
  }

  #menu(hidden: ReadonlySet<string>): TemplateResult {
    const { filters, instances, numbers } = this.#localizer.strings;
    if (this.instances.length === 0) return html`<p class="none">${filters.noInstances}</p>`;
    return html`
      <ul>${repeat(this.instances, ({ name }) => name, ({ name, retained, state, since }) => html`
        <li class=${state === 'sending' ? nothing : 'ended'}>
          <label><input type="checkbox" .checked=${live(!hidden.has(name))} @change=${() => this.#toggle(name)}><span>${nameOf(name, filters.unnamed)}${
            since === null ? nothing : html` <small><bdi>${state === 'stopped' ? instances.stoppedAt(formatClock(since)) : instances.notHeardSince(formatClock(since))}</bdi></small>`}</span></label>
          <button class="link only" type="button" @click=${() => this.#only(name)}>${filters.only}<span class="for-readers"> ${nameOf(name, filters.unnamed)}</span></button>
          <span class="n">${numbers.count(retained)}</span>
        </li>`)}
      </ul>
      <div class="all"><button class="btn quiet" type="button" @click=${() => this.#choose([])}>${filters.showInstances}</button></div>`;
  }

  #toggle(name: string): void {
    this.#choose(this.hiddenNames.includes(name) ? this.hiddenNames.filter((other) => other !== name) : [...this.hiddenNames, name]);
  }

  #only(name: string): void {
    this.#choose(this.instances.flatMap((instance) => (instance.name === name ? [] : [instance.name])));
  }

  #choose(hiddenNames: readonly string[]): void {
    this.dispatchEvent(new InstanceChoiceEvent(hiddenNames));
    this.requestUpdate(); // a tick that was refused goes back
  }

  #onBeforeToggle(event: ToggleEvent): void {
    this.isOpen = event.newState === 'open';
    this.#whileOpen?.abort();
    if (!this.isOpen) return;
    this.#whileOpen = new AbortController();
    const { signal } = this.#whileOpen, place = (): void => this.#place();
    addEventListener('resize', place, { signal });
    addEventListener('scroll', place, { signal, capture: true, passive: true });
    place();
  }

  /** What is around must not take a key of the open menu for its own. */
  #onKeyDown(event: KeyboardEvent): void {
    if (!this.isOpen || event.altKey || event.ctrlKey || event.metaKey || !this.#command(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Does what a key means; false where it means nothing here. */
  #command(key: string): boolean {
    const ticks = [...this.renderRoot.querySelectorAll('input')], row = this.shadowRoot?.activeElement?.closest('li');
    const at = ticks.findIndex((tick) => tick.closest('li') === row), last = ticks.length - 1;
    switch (key) {
      case 'ArrowDown': return this.#focus(ticks[Math.min(at + 1, last)]);
      case 'ArrowUp': return this.#focus(ticks[at < 0 ? last : Math.max(at - 1, 0)]);
      case 'Home': return this.#focus(ticks[0]);
      case 'End': return this.#focus(ticks[last]);
      case 'Escape':
        // the browser would close it too, but in a shadow tree Chromium loses the focus
        this.menu?.hidePopover();
        this.focusButton();
        return true;
      default: return false;
    }
  }

  #focus(tick: HTMLElement | undefined): true {
    tick?.focus();
    return true;
  }

  #place(): void {
    const anchor = this.renderRoot.querySelector('button')?.getBoundingClientRect();
    if (anchor === undefined || this.menu === null) return;
    const { style } = this.menu;
    const width = Math.min(MENU_WIDTH, innerWidth - 2 * MARGIN);
    const isRtl = getComputedStyle(this).direction === 'rtl';
    const start = isRtl ? anchor.right - width : anchor.left;
    const below = innerHeight - anchor.bottom - OFFSET - MARGIN, above = anchor.top - OFFSET - MARGIN;
    const isAbove = below < MIN_ROOM_BELOW && above > below;
    const put = (property: string, value: number | null): void => style.setProperty(property, value === null ? 'auto' : `${Math.round(value)}px`);
    put('width', width);
    put('left', Math.max(MARGIN, Math.min(start, innerWidth - MARGIN - width)));
    put('max-height', Math.max(0, isAbove ? above : below));
    put('top', isAbove ? null : anchor.bottom + OFFSET);
    put('bottom', isAbove ? innerHeight - anchor.top + OFFSET : null);
  }
}

function nameOf(name: string, unnamed: string): TemplateResult {
  if (name === '') return html`<span class="unnamed">${unnamed}</span>`;
  return html`<bdi class="mono name">${visibleText(cutText(name, MAX_NAME))}</bdi>`;
}

if (!customElements.get('log-instance-filter')) customElements.define('log-instance-filter', LogInstanceFilter);

declare global {
  interface HTMLElementTagNameMap {
    'log-instance-filter': LogInstanceFilter;
  }
}
