// What the fault tests play on: an application, the chaos proxy in front of it and a page with the viewer in a real browser behind that; and what is asked
// of the viewer afterwards, read from its rows and held against the application's own record.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Browser, LaunchOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { LEVEL_NAMES } from '../../src/core/levels.js';
import type { Notice } from '../../src/core/notice.js';
import type { LogServerOptions } from '../../src/server/index.js';
import type { Afterwards } from './afterwards.js';
import { noteErrors, openPage as openWatchedPage } from './browser-page.js';
import { chromiumArgs, needBrowser } from './browser.mjs';
import { expectedCause, type ExpectedCause } from './cause-table.js';
import { ChaosProxy } from './chaos-proxy.js';
import { untilState } from './viewer.js';
import { WatchedSite, type SourceRecord } from './watched-site.js';

export interface SceneOptions {
  readonly server?: Partial<LogServerOptions>;
  /** Time stands under the test's hand, `page.clock`. */
  readonly clock?: boolean;
  /** Runs before the page is asked for. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

export interface Scene {
  site: WatchedSite;
  readonly proxy: ChaosProxy;
  readonly page: Page;
}

export interface FaultScenes {
  /** The viewer is live when this resolves; it tries again after a tenth of the longest wait. */
  open(test: Afterwards, options?: SceneOptions): Promise<Scene>;
  /** A page alone, of an application at a port. */
  openPage(test: Afterwards, port: number, options?: Pick<SceneOptions, 'clock' | 'prepare'>): Promise<Page>;
}

/** One browser for the tests of a file. To be called once, at its top. */
export function faultScenes(launch: LaunchOptions = {}): FaultScenes {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: needBrowser('chromium'), args: chromiumArgs, headless: true, ...launch });
  });
  after(() => browser.close());
  const openPage: FaultScenes['openPage'] = async (test, port, { clock = false, prepare } = {}) => {
    const { page, faults, close } = await openWatchedPage(browser);
    test.after(async () => {
      await close();
      assert.deepEqual(faults, []);
    });
    await noteErrors(page, 0.1);
    if (clock) await page.clock.install();
    await prepare?.(page);
    await page.goto(`http://127.0.0.1:${port}/`);
    await untilState(page, 'live');
    return page;
  };
  return {
    openPage,
    async open(test, options = {}) {
      const site = await WatchedSite.start(options.server), proxy = await ChaosProxy.start(site.port), scene: { site: WatchedSite; proxy: ChaosProxy; page: Page | null } = { site, proxy, page: null };
      test.after(async () => {
        await proxy.close();
        await scene.site.stop();
      });
      scene.page = await openPage(test, proxy.port, options);
      return scene as Scene;
    },
  };
}

/** Starts the application of a scene again: the same port, the record goes on. */
export async function startAgain(scene: Scene, options: Partial<LogServerOptions> = {}): Promise<void> {
  scene.site = await WatchedSite.start(options, scene.site.port, scene.site.record);
}

/** What the viewer should say by docs/directus.md. */
export function causeAt({ proxy }: Pick<Scene, 'proxy'>, known: readonly string[], hasToken = false): ExpectedCause {
  return expectedCause(known, `127.0.0.1:${proxy.port}`, hasToken);
}

/** Resolves when the viewer says this, and no other sentence, where a person reads it. */
export async function untilSaid(page: Page, { title, sentence }: Pick<ExpectedCause, 'title' | 'sentence'>): Promise<void> {
  await page.waitForFunction((words) => {
    const root = document.querySelector('system-logs')?.shadowRoot, bar = root?.querySelector('log-state-bar')?.shadowRoot?.querySelector('.bar');
    return bar?.textContent?.replace(/\s+/g, ' ').includes(words);
  }, `${title}. ${sentence}`);
}

/** The sentences of the `log-error` events so far. */
export function toldIn(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as { told: string[] }).told);
}

/** Resolves when the page was told this, however short it was on the screen. */
export async function untilTold(page: Page, { sentence }: Pick<ExpectedCause, 'sentence'>): Promise<void> {
  await page.waitForFunction((words) => (globalThis as unknown as { told: string[] }).told.includes(words), sentence);
}

/** Resolves when the newest entry of the record is a row. */
export async function untilNewest(page: Page, record: SourceRecord): Promise<void> {
  await page.waitForFunction((n) => {
    const store = document.querySelector('system-logs')?.store;
    for (let index = (store?.snapshot.length ?? 0) - 1; index >= 0; index--) {
      const row = store?.rowAt(index);
      if (row?.kind === 'entry') return row.text.includes(`"n":${n},`);
    }
    return false;
  }, record.length - 1);
}

export interface Account {
  /** Entries that are rows, and that the viewer says are missing, by level from trace to fatal. */
  readonly shown: readonly number[];
  readonly missing: readonly number[];
  readonly unknowable: number;
  readonly gaps: readonly Extract<Notice, { name: 'gap' }>[];
}

/** What a viewer shows and says, judged by the record: in order, none twice, none that was not logged, and each level adds up. */
export async function accountFor(page: Page, record: SourceRecord): Promise<Account> {
  const numbers = await numbersIn(page), { notices, accounting } = await page.evaluate(() => {
    const viewer = document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs'], { store } = viewer;
    const rows = Array.from({ length: store.snapshot.length }, (_, index) => store.rowAt(index));
    return { notices: rows.flatMap((row) => (row?.kind === 'notice' ? [row.notice] : [])), accounting: viewer.accounting };
  });
  assert.deepEqual(numbers.filter((n, index) => n <= (numbers[index - 1] ?? -1)), [], 'each entry once, in order');
  const byLevel = (levels: readonly (string | undefined)[]): number[] => LEVEL_NAMES.map((name) => levels.filter((level) => level === name).length);
  const sent = byLevel(record), shown = byLevel(numbers.map((n) => record[n]));
  const { missing, unknowable, duplicates, contradictions, unreadable, received } = accounting;
  assert.equal(shown.reduce((sum, count) => sum + count), received, 'every entry that was received is a row');
  if (unknowable === 0) assert.deepEqual(shown.map((count, rank) => count + (missing[rank] ?? 0)), sent, 'shown and missing are all that was logged, level by level');
  assert.deepEqual({ duplicates, contradictions, unreadable }, { duplicates: 0, contradictions: 0, unreadable: 0 });
  return { shown, missing, unknowable, gaps: notices.flatMap((notice) => (notice.name === 'gap' ? [notice] : [])) };
}

/** The numbers of the entries that are rows of a viewer. */
export function numbersIn(page: Page, viewer = 'system-logs'): Promise<number[]> {
  return page.evaluate((name) => {
    const { store } = document.querySelector(name) as HTMLElementTagNameMap['system-logs'];
    return Array.from({ length: store.snapshot.length }, (_, index) => store.rowAt(index)).flatMap((row) => (row?.kind === 'entry' ? [(JSON.parse(row.text) as { n: number }).n] : []));
  }, viewer);
}

/** The record is on the screen, all of it, and nothing else is said. */
export async function allShown({ page, site }: Scene): Promise<void> {
  await untilNewest(page, site.record);
  const { missing, unknowable, gaps } = await accountFor(page, site.record);
  assert.deepEqual({ missing: missing.reduce((sum, count) => sum + count), unknowable, gaps }, { missing: 0, unknowable: 0, gaps: [] });
}
