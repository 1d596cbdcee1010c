// The words of an element, in the language of the place where it stands: the nearest `lang` attribute from the element outwards, through shadow
// roots; where there is none, English. Asks for an update of the element when that changes, or when its language is given words. English in the page
// of a language that nobody has given words is marked as what it is, so that it is read aloud as English.
import type { LitElement, ReactiveController } from 'lit';
import { sayCause, type Cause } from '../core/cause.js';
import { registry } from './languages/registry.js';
import { isForeign, stringsIn, type Strings } from './strings.js';

export class Localizer implements ReactiveController {
  readonly #host: LitElement;
  readonly #attributes = new MutationObserver(() => this.#read());
  readonly #onLanguage = (): void => this.#read();
  #strings = stringsIn('');
  #isForeign = false;
  #isMarked = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Read once a drawing, or once a word; to look it up costs nothing. */
  get strings(): Strings {
    return this.#strings;
  }

  /** A cause in these words. */
  say(cause: Cause): Cause {
    return sayCause(cause, this.#strings.causes, this.#strings.checks);
  }

  hostConnected(): void {
    // an element that moves is connected anew, so what is around it now is around it until then
    for (let element: Element | null = this.#host; element !== null; element = outwards(element)) {
      this.#attributes.observe(element, { attributeFilter: ['lang'] });
    }
    registry.listeners.add(this.#onLanguage);
    this.#read();
  }

  hostDisconnected(): void {
    this.#attributes.disconnect();
    registry.listeners.delete(this.#onLanguage);
  }

  hostUpdated(): void {
    if (!this.#isForeign && !this.#isMarked) return;
    this.#isMarked = this.#isForeign;
    for (const child of this.#host.renderRoot.children) {
      if (this.#isForeign) child.setAttribute('lang', 'en');
      else child.removeAttribute('lang');
    }
  }

  #read(): void {
    let element: Element | null = this.#host;
    while (element !== null && !element.hasAttribute('lang')) element = outwards(element);
    const language = element?.getAttribute('lang') ?? '', strings = stringsIn(language);
    if (strings === this.#strings && isForeign(language) === this.#isForeign) return;
    this.#strings = strings;
    this.#isForeign = isForeign(language);
    this.#host.requestUpdate();
  }
}

function outwards(element: Element): Element | null {
  return element.parentElement ?? (element.parentNode as Partial<ShadowRoot> | null)?.host ?? null;
}
