// The admin page of one framework in a real browser, as the suite uses it: by its controls, and by what its viewer says. It knows no framework.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Site } from '../../demo/frameworks/site.js';
import type {} from '../../src/elements/index.js';
import { openPage, type WatchedPage } from '../helpers/browser-page.js';

export interface AdminPageOptions {
  /** How long what is checked may take; where it is expected not to come, less. Default 10,000. */
  readonly patienceMs?: number;
  /** Runs in the page before its own scripts. */
  readonly before?: () => void;
}

/** What a test asks of the first viewer of a page. */
export interface ViewerState {
  readonly level: string;
  readonly search: string;
  readonly paused: boolean;
  readonly maxEntries: string;
  /** The level that the connection asks for. */
  readonly asked: string;
  /** The words that the store filters by. */
  readonly filtered: string;
  readonly held: boolean;
  readonly status: string;
  readonly received: number;
}

const PATIENCE_MS = 10_000;

export class AdminPage {
  readonly page: Page;
  readonly site: Site;
  /** What the page did wrong: violations of its policy, uncaught errors, and whatever was written as an error or a warning into its console. */
  readonly faults: string[];
  readonly close: () => Promise<void>;
  readonly #patienceMs: number;

  private constructor({ page, faults, close }: WatchedPage, site: Site, patienceMs: number) {
    this.page = page;
    this.site = site;
    this.faults = faults;
    this.close = close;
    this.#patienceMs = patienceMs;
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('console', (message) => {
      // Lit says so once, in every build for development
      if (['error', 'warning'].includes(message.type()) && !message.text().startsWith('Lit is in dev mode.')) faults.push(`console: ${message.text()}`);
    });
  }

  /** Opens the orders, which have no viewer. */
  static async open(browser: Browser, site: Site, { patienceMs = PATIENCE_MS, before }: AdminPageOptions = {}): Promise<AdminPage> {
    const admin = new AdminPage(await openPage(browser), site, patienceMs);
    if (before !== undefined) await admin.page.addInitScript(before);
    await admin.page.goto(site.url);
    await admin.page.getByRole('heading', { name: 'Orders' }).waitFor();
    return admin;
  }

  async goTo(route: 'Orders' | 'Logs'): Promise<void> {
    await this.page.getByRole('link', { name: route }).click();
    await this.page.getByRole('heading', { name: route }).waitFor();
  }

  /** The logs, with a viewer that is connected. */
  async openLogs(): Promise<void> {
    await this.goTo('Logs');
    // a viewer that does not get so far cannot show what it lacks
    await this.page.waitForFunction(() => document.querySelector('system-logs')?.status?.state === 'live');
  }

  control(name: 'Level' | 'Search' | 'Beside the events' | 'Errors on their own' | 'Theme'): Locator {
    return this.page.locator(':is(main, header) label', { hasText: name }).locator('select, input');
  }

  button(name: 'Pause' | 'Continue' | 'Close the viewer' | 'Open the viewer' | 'Place an order'): Locator {
    return this.page.locator('main').getByRole('button', { name, exact: true }).first();
  }

  /** A row of the viewer's list, by words in it. */
  row(text: string): Locator {
    return this.page.locator('system-logs log-list [role=row]', { hasText: text }).first();
  }

  /** The first viewer's state; null while there is none, or none that is defined. */
  viewer(): Promise<ViewerState | null> {
    return this.page.evaluate(() => {
      const viewer = document.querySelector('system-logs');
      if (viewer === null || customElements.get('system-logs') === undefined) return null;
      const { level, search, paused, maxEntries, controller, store, status } = viewer, { filter, paused: held, received } = store.snapshot;
      return { level, search, paused, maxEntries: String(maxEntries), asked: controller.level, filtered: filter.search, held: held !== null, status: status.state, received };
    });
  }

  /** Waits until the viewer is as wanted. */
  reach(wanted: Partial<ViewerState>, sentence: string): Promise<void> {
    return this.until(async () => {
      const state = await this.viewer();
      return state === null ? null : Object.fromEntries(Object.keys(wanted).map((key) => [key, state[key as keyof ViewerState]]));
    }, wanted, sentence);
  }

  /** The page's table of events, newest first, each as `name what`. */
  events(): Promise<string[]> {
    return this.page.locator('table', { hasText: 'Events' }).locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].map(({ textContent }) => textContent).join(' ')));
  }

  /** Waits until the newest event with this name says this. */
  eventSays(name: string, what: string, sentence: string): Promise<void> {
    return this.until(async () => (await this.events()).find((event) => event.startsWith(`${name} `)), `${name} ${what}`, sentence);
  }

  /** Reads, frame by frame, until it is what it should be, and fails with the sentence when it is not for too long. */
  async until<T>(read: () => Promise<T> | T, wanted: NoInfer<T>, sentence: string): Promise<void> {
    const deadline = performance.now() + this.#patienceMs;
    for (;;) {
      const actual = await read();
      if (isDeepStrictEqual(actual, wanted)) return;
      if (performance.now() > deadline) assert.deepEqual(actual, wanted, `not so: ${sentence}`);
      await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
  }
}
