// Runs flows under the strict header: in a browser, in the demo's page alone or beside a host page's own Lit. One violation, one report of one, or one uncaught
// error fails; so does an element of ours that no flow has met.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { startSiteBesideLit, type SiteBesideLit } from './beside-lit.js';
import { openBrowser } from './browser-page.js';
import { startDemo, type Demo } from './demo.js';
import { flows } from './policy-flows.js';
import { passUnderPolicy } from './policy-pass.js';

export interface PolicyRun {
  readonly browser: 'chromium' | 'firefox';
  /** Where the script of the host page's own Lit stands; without one there is none. */
  readonly hostLit?: 'first' | 'last';
  /** The flows to run; default every one. */
  readonly names?: readonly string[];
}

export function testUnderPolicy(title: string, { browser: browserName, hostLit, names = Object.keys(flows) }: PolicyRun): void {
  describe(title, () => {
    let demo: Demo, browser: Browser, site: SiteBesideLit | null = null;
    /** Elements that stood in a page during a flow. */
    const met = new Set<string>();

    before(async () => {
      [demo, browser] = await Promise.all([startDemo(), openBrowser(browserName)]);
      if (hostLit !== undefined) site = await startSiteBesideLit(demo.page, hostLit);
    });
    after(async () => {
      await browser.close();
      await site?.close();
      await demo.stop();
    });

    for (const name of names) {
      test(name, async (context) => {
        const flow = flows[name];
        assert.ok(flow !== undefined, `There is no flow called “${name}”.`);
        await flow((steps, options) => passUnderPolicy(browser, site?.page ?? demo.page, async (page) => {
          await steps(page);
          if (site !== null) assert.equal(await page.locator('host-note p').innerText(), 'Drawn by the host\'s own Lit');
        }, { met, policies: site === null ? 'system-logs' : 'system-logs lit-html; report-uri /reports', ...options }), context);
        assert.deepEqual(site?.reports ?? [], []);
      });
    }

    if (names.length === Object.keys(flows).length) {
      test('every element there is was met', () => assert.deepEqual(definedElements().filter((name) => !met.has(name)), []));
    }
  });
}

function definedElements(): string[] {
  const folder = join(import.meta.dirname, '../../src/elements');
  const sources = readdirSync(folder).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(folder, file), 'utf8'));
  const names = sources.flatMap((source) => [...source.matchAll(/customElements\.define\('([a-z-]+)'/g)].map(([, name]) => name as string));
  assert.ok(names.length >= 4);
  return names;
}
