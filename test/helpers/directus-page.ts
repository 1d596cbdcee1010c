// The demo's page in a real browser, pointed at a Directus of the test: what was opened is closed again, and what the page did wrong fails the test.
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { noteErrors, openBrowser, openPage } from './browser-page.js';
import { startDemo, type Demo } from './demo.js';
import { startFakeDirectus, type FakeDirectus, type FakeDirectusOptions } from './fake-directus.js';

export interface PageOptions {
  /** Time stands under the test's hand, `page.clock`. */
  readonly clock?: boolean;
  /** Runs before the page is asked for. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

export class DirectusPages {
  readonly demo: Demo;
  readonly #browser: Browser;
  readonly #closings: (() => Promise<unknown>)[] = [];

  private constructor(demo: Demo, browser: Browser) {
    this.demo = demo;
    this.#browser = browser;
  }

  static async start(): Promise<DirectusPages> {
    return new DirectusPages(...await Promise.all([startDemo(), openBrowser()]));
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.demo.stop();
  }

  /** A server that lets pages of any origin in, unless the options say otherwise. */
  async directus(options: FakeDirectusOptions = {}): Promise<FakeDirectus> {
    const directus = await startFakeDirectus({ cors: true, ...options });
    this.later(() => directus.close());
    return directus;
  }

  /** Opens an address. The page notes each `log-error`, and tries again 0.9 s after its first failure. */
  async open(address: string, { clock = false, prepare }: PageOptions = {}): Promise<Page> {
    const { page, faults, close } = await openPage(this.#browser);
    this.later(async () => {
      await close();
      assert.deepEqual(faults, []);
    });
    await noteErrors(page, 0.9);
    if (clock) await page.clock.install();
    await prepare?.(page);
    await page.goto(address);
    return page;
  }

  /** The demo's page, pointed at an endpoint. */
  addressFor(endpoint: string, token: string | null): string {
    const asked = token === null ? endpoint : `${endpoint}?access_token=${token}`;
    return `${this.demo.page}?level=trace&endpoint=${encodeURIComponent(asked)}`;
  }

  /** Has something done at the end of the test. */
  later(closing: () => Promise<unknown>): void {
    this.#closings.push(closing);
  }

  /** Ends the test: all is closed, whatever one of them says. */
  async end(): Promise<void> {
    const failed = (await Promise.all(this.#closings.splice(0).map((closing) => closing().then(() => [], (error: unknown) => [error])))).flat();
    if (failed.length > 0) throw failed[0];
  }
}

/** The sentences of the `log-error` events so far. */
export function toldIn(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as { told: string[] }).told);
}

/** Resolves when the floor is known: what was asked by HTTP is answered. */
export async function untilFloor(page: Page, floor: string): Promise<void> {
  await page.waitForFunction((wanted) => {
    const status = document.querySelector('system-logs')?.status;
    return status?.state === 'live' && status.floor === wanted;
  }, floor);
}

/** Every text of the viewer, and its status. */
export function saidBy(page: Page): Promise<string> {
  return page.evaluate(() => {
    const textOf = (root: ParentNode): string => [...root.children].map((child) => textOf(child) + (child.shadowRoot === null ? '' : textOf(child.shadowRoot))).join('') + (root.textContent ?? '');
    const viewer = document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs'];
    return textOf(viewer.shadowRoot as ShadowRoot) + JSON.stringify(viewer.status);
  });
}
