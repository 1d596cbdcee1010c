// <log-keyboard-help>: the keys, in a dialog of the browser's own, which holds the focus and gives it back. It lists what the language says and
// knows no element that acts on the keys.
import { html, LitElement, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { chrome } from './chrome.styles.js';
import { icon } from './icons.js';
import { keyboardHelpStyles } from './keyboard-help.styles.js';
import type { KeyGroup } from './languages/said.js';
import { Localizer } from './localizer.js';
import { theme } from './theme.styles.js';

/**
 * A dialog that lists the keys of the viewer.
 *
 * @summary The keys; a part of `<system-logs>`.
 * @csspart dialog - The dialog.
 */
export class LogKeyboardHelp extends LitElement {
  static override styles = [theme, chrome, keyboardHelpStyles];

  @query('dialog') private readonly dialog!: HTMLDialogElement | null;
  readonly #localizer = new Localizer(this);

  /** Shows the keys; Escape, the button or a click beside the dialog closes it, and the focus goes back to where it was. */
  open(): void {
    if (this.dialog?.open === false) this.dialog.showModal();
  }

  override render(): TemplateResult {
    const words = this.#localizer.strings.help;
    return html`
      <dialog part="dialog" aria-labelledby="heading" @click=${this.#onClick} @keydown=${this.#onKeyDown}>
        <div class="body">
          <div class="head">
            <h2 id="heading">${words.heading}</h2>
            <button class="btn quiet icon-only" type="button" aria-label=${words.close} @click=${() => this.dialog?.close()}>${icon('close')}</button>
          </div>
          <div class="groups">${words.groups.map((group) => groupOf(group))}</div>
        </div>
      </dialog>`;
  }

  /** The dialog itself is hit only where its body is not: beside it. */
  #onClick(event: MouseEvent): void {
    if (event.target === this.dialog) this.dialog?.close();
  }

  /** While the dialog is open no key is for the viewer behind it; and Tab, which has nothing else to go to in it, does not leave it for the browser. */
  #onKeyDown(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === 'Tab') event.preventDefault();
  }
}

function groupOf({ name, keys }: KeyGroup): TemplateResult {
  return html`
    <section>
      <h3>${name}</h3>
      <dl>${keys.map(({ keys: names, does }) => html`
        <div class="key"><dt>${names.map((key) => html`<kbd dir="auto">${key}</kbd>`)}</dt><dd>${does}</dd></div>`)}
      </dl>
    </section>`;
}

if (!customElements.get('log-keyboard-help')) customElements.define('log-keyboard-help', LogKeyboardHelp);

declare global {
  interface HTMLElementTagNameMap {
    'log-keyboard-help': LogKeyboardHelp;
  }
}
