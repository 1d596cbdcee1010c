// What a test sees of an element and does with it: the text of its shadow tree, its buttons by their words, and its audit.
import { expect } from '@open-wc/testing';
import type { LitElement } from 'lit';

/** The text of an element's own shadow tree, white space folded. */
export function textOf(element: Element): string {
  return fold((element.shadowRoot ?? element).textContent);
}

export function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The one button of an element whose text or label begins with these words. */
export function buttonOf(element: Element, words: string): HTMLButtonElement {
  const found = buttonsOf(element).filter((button) => (button.getAttribute('aria-label') ?? fold(button.textContent)).startsWith(words));
  expect(found.length, `buttons “${words}” of <${element.localName}>: ${buttonsOf(element).map((button) => fold(button.textContent)).join(' | ')}`).to.equal(1);
  return found[0] as HTMLButtonElement;
}

export function buttonsOf(element: Element): HTMLButtonElement[] {
  return [...(element.shadowRoot ?? element).querySelectorAll('button')];
}

/** Presses a button and waits for what it draws. */
export async function press(element: LitElement, words: string): Promise<void> {
  buttonOf(element, words).click();
  await element.updateComplete;
}

/** What `action` makes of events named `name` on an element. */
export function eventsOf<E extends Event>(element: Element, name: string): E[] {
  const events: E[] = [];
  element.addEventListener(name, (event) => events.push(event as E));
  return events;
}

/** Expects the focus on an element of a shadow tree, or on none of it (null). Elements are not given to the assertion, which would print them. */
export function expectFocus(host: Element, target: Element | null | undefined): void {
  const { activeElement } = host.shadowRoot as ShadowRoot;
  expect(activeElement === (target ?? null), `the focus is on ${activeElement?.outerHTML.slice(0, 80) ?? 'nothing of it'}`).to.equal(true);
}

/** Audits an element in both colour schemes. */
export async function expectAccessible(element: LitElement): Promise<void> {
  const { style } = document.documentElement;
  element.style.setProperty('--log-duration', '0ms'); // a colour on its way from one scheme to the other is in neither
  try {
    for (const scheme of ['light', 'dark']) {
      style.colorScheme = scheme;
      await expect(element).to.be.accessible();
    }
  } finally {
    style.colorScheme = '';
  }
}

/** Sends a key to an element as if it had been pressed there. */
export function sendKey(target: Element, key: string): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true });
  target.dispatchEvent(event);
  return event;
}
