// A flow through a page of the demo under its strict header: whatever it violates, and whatever error nobody catches, fails the test.
import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openPage } from './browser-page.js';
import type { Demo } from './demo.js';

export type Flow = (page: Page) => Promise<void>;

export interface PassOptions {
  /** After the demo's address: a path, a query. */
  readonly path?: string;
  readonly context?: BrowserContextOptions;
  /** Gets the names of the custom elements that stood in the page at the end. */
  readonly met?: Set<string>;
}

export async function passUnderPolicy(browser: Browser, demo: Demo, flow: Flow, { path = '', context = {}, met = new Set() }: PassOptions = {}): Promise<void> {
  const { page, faults, close } = await openPage(browser, context);
  try {
    const response = await page.goto(demo.page + path);
    assert.match(response?.headers()['content-security-policy'] ?? '', /^default-src 'none'; .*require-trusted-types-for 'script'; trusted-types lit-html$/);
    await flow(page);
    // what the last step drew counts too
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    for (const name of await elementsOf(page)) met.add(name);
  } finally {
    await close();
  }
  assert.deepEqual(faults, []);
}

function elementsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const names: string[] = [];
    const walk = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.localName.includes('-')) names.push(element.localName);
        if (element.shadowRoot !== null) walk(element.shadowRoot);
      }
    };
    walk(document);
    return names;
  });
}
