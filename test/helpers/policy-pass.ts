// A flow through a page of the demo under its strict header: whatever it violates, and whatever error nobody catches, fails the test.
import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openPage } from './browser-page.js';

export type Flow = (page: Page) => Promise<void>;

export interface PassOptions {
  /** After the demo's address: a path, a query. */
  readonly path?: string;
  readonly context?: BrowserContextOptions;
  /** The Trusted Types policies that the header allows, and what follows them in it; default our bundle's alone. */
  readonly policies?: string;
  /** Gets the names of the custom elements that stood in the page at the end. */
  readonly met?: Set<string>;
}

/** @param site address of the demo's page, with a slash at its end */
export async function passUnderPolicy(browser: Browser, site: string, flow: Flow, options: PassOptions = {}): Promise<void> {
  const { path = '', context = {}, policies = 'system-logs', met = new Set() } = options;
  const { page, faults, close } = await openPage(browser, context);
  try {
    const header = (await page.goto(site + path))?.headers()['content-security-policy'] ?? '';
    assert.ok(header.startsWith("default-src 'none'; ") && header.endsWith(` require-trusted-types-for 'script'; trusted-types ${policies}`), header);
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
