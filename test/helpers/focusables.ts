// What can have the focus below an element, through shadow roots, in the order of the page, and where the focus is.

const FOCUSABLE = 'button:not(:disabled), input:not(:disabled), summary, a[href], [tabindex]';

/** Everything that can be pressed or typed into and is on the page; with `tabStops`, only what Tab stops at. */
export function focusables(root: Element, { tabStops = false } = {}): HTMLElement[] {
  return elementsIn(root).filter((element): element is HTMLElement => element instanceof HTMLElement && element.matches(FOCUSABLE) && element.checkVisibility({ visibilityProperty: true })
    && (!tabStops || element.tabIndex >= 0));
}

/** Every element below another one as the page shows it: shadow roots in place of what they are attached to, slots with what is in them. */
export function elementsIn(root: Element): Element[] {
  const assigned = root instanceof HTMLSlotElement ? root.assignedElements({ flatten: true }) : [];
  return [...(root.shadowRoot?.children ?? (assigned.length > 0 ? assigned : root.children))].flatMap((child) => [child, ...elementsIn(child)]);
}

/** The element that has the focus, in whatever shadow root. */
export function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** Short words for an element in a failed test. */
export function named(element: Element | null): string {
  return element === null ? 'nothing' : `${element.localName}${element.className === '' ? '' : `.${String(element.className).trim().replace(/\s+/g, '.')}`} ${element.getAttribute('aria-label') ?? element.textContent.replace(/\s+/g, ' ').trim().slice(0, 30)}`;
}
