// A real browser for tests from outside: pages that report each violation of the policy they are served with, and each error.
import { join } from 'node:path';
import { chromium, firefox, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { chromiumArgs, needBrowser } from './browser.mjs';

/** A condition that does not come by then never will. */
const LONGEST_WAIT_MS = 15_000;

/** What Firefox says of the network as errors of the page, which are none of its scripts'. */
const NETWORK = /^(?:Firefox can’t establish a connection|The connection to \S+ was interrupted|The Same Origin Policy disallows)/;

/** In Firefox `emulateMedia` and the colours of a context have no effect. */
export function openBrowser(name: 'chromium' | 'firefox' = 'chromium'): Promise<Browser> {
  if (name === 'firefox') return firefox.launch({ channel: 'moz-firefox', executablePath: join(import.meta.dirname, 'firefox-relay.mjs'), headless: true });
  return chromium.launch({ executablePath: needBrowser('chromium'), args: chromiumArgs, headless: true });
}

export interface WatchedPage {
  readonly page: Page;
  /** What the page did wrong so far: violations of its content security policy or of Trusted Types, and uncaught errors. */
  readonly faults: string[];
  readonly close: () => Promise<void>;
}

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(LONGEST_WAIT_MS);
  const faults: string[] = [];
  // the loader of these tests writes this helper into every function, also into those that run in the page
  await page.addInitScript('globalThis.__name = (value) => value;');
  await page.exposeFunction('reportViolation', (text: string) => void faults.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { reportViolation } = window as unknown as { reportViolation: (text: string) => void };
      reportViolation(`violation of ${event.effectiveDirective}: ${event.blockedURI} ${event.sample} (${event.sourceFile}:${event.lineNumber})`);
    });
  });
  page.on('console', (message) => {
    const text = message.text();
    if (/Content Security Policy|Trusted ?Type/i.test(text)) faults.push(`console: ${text}`);
  });
  page.on('pageerror', ({ message }) => {
    if (!NETWORK.test(message)) faults.push(`error: ${message}`);
  });
  return { page, faults, close: () => context.close() };
}

/** From its first script on a page keeps the sentence of each `log-error` in `told`, and waits `random` (0 to 1) of each window between tries. */
export async function noteErrors(page: Page, random: number): Promise<void> {
  await page.addInitScript((chance) => {
    Math.random = () => chance;
    const told: string[] = [];
    Object.assign(globalThis, { told });
    addEventListener('log-error', ({ cause }) => told.push(cause.sentence));
  }, random);
}
