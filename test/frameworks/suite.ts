// One suite for the admin page of every framework: what the page's own state and the viewer must do to one another, and that the suite notices where a
// binding of the page is missing. Each check gets a page of its own.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { buildPage, policyOf, type BuildOptions, type Framework } from '../../demo/frameworks/build.js';
import { Site } from '../../demo/frameworks/site.js';
import { openBrowser } from '../helpers/browser-page.js';
import { AdminPage } from './admin-page.js';
import { bindingChecks, lateChecks, type Binding } from './binding-checks.js';
import { lifeChecks } from './life-checks.js';

/** Which pieces of a page's source bind what. */
export type Pieces = Readonly<Record<Binding, readonly string[]>>;

const CHECKS = { ...bindingChecks, ...lateChecks, ...lifeChecks };
/** A framework speaks up, if at all, in a build for development: while it renders, re-renders and removes. */
const DEVELOPMENT_CHECKS = { ...lateChecks, ...lifeChecks };
const ROOT = join(import.meta.dirname, '../..');
/** What checks the types of a page's templates; Angular's build does, and plain HTML has none. */
const TYPE_CHECKS: Readonly<Partial<Record<Framework, readonly [program: string, ...args: string[]]>>> = {
  react: ['typescript/bin/tsc', '-p', '.'],
  solid: ['typescript/bin/tsc', '-p', '.'],
  vue: ['vue-tsc/bin/vue-tsc.js', '-p', '.'],
  svelte: ['svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings'],
};
/** A binding that is missing is not waited for as long as one that is there. */
const MUTANT_PATIENCE_MS = 1500;

export function testFramework(framework: Framework, pieces: Pieces): void {
  let browser: Browser;
  const sites: Site[] = [];
  before(async () => {
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    for (const site of sites) await site.close();
  });

  const startSite = async (options: BuildOptions): Promise<Site> => {
    const site = await Site.start({ folder: await buildPage(framework, options), policy: policyOf(framework) });
    sites.push(site);
    return site;
  };

  for (const development of [false, true]) {
    if (development && framework === 'html') continue;
    describe(`The ${framework} page, ${development ? 'with the warnings of development' : 'as it is served'}`, () => {
      let site: Site;
      before(async () => {
        site = await startSite({ name: development ? 'development' : 'page', development });
      });
      for (const [name, { check, ...options }] of Object.entries(development ? DEVELOPMENT_CHECKS : CHECKS)) {
        test(name, async () => {
          const admin = await AdminPage.open(browser, site, options);
          try {
            await admin.until(() => site.viewers.open, 0, 'the viewers of the test before are gone');
            await check(admin);
            assert.deepEqual(admin.faults, []);
          } finally {
            await admin.close();
          }
        });
      }
    });
  }

  const types = TYPE_CHECKS[framework];
  if (types !== undefined) {
    test(`the types of the ${framework} page are right`, async () => {
      const [program, ...args] = types;
      await promisify(execFile)(process.execPath, [join(ROOT, 'node_modules', program), ...args], { cwd: join(ROOT, 'demo/frameworks', framework) })
        .catch((error: { stdout: string }) => assert.fail(error.stdout));
    });
  }

  test(`the suite notices each binding that the ${framework} page lacks`, async () => {
    // without its token nothing else would work either, so it is left out alone
    const { accessToken, ...others } = pieces;
    const [unsigned, unbound] = [await startSite({ name: 'unsigned', without: accessToken }), await startSite({ name: 'unbound', without: Object.values(others).flat() })];
    const notices = async (binding: Binding): Promise<void> => {
      const [name, { check }] = Object.entries(bindingChecks).find(([, { proves }]) => proves === binding) ?? assert.fail(`no check is for ${binding}`);
      const admin = await AdminPage.open(browser, binding === 'accessToken' ? unsigned : unbound, { patienceMs: MUTANT_PATIENCE_MS });
      try {
        await assert.rejects(check(admin), /^AssertionError.*not so: /s, `“${name}” passes without ${binding}`);
      } finally {
        await admin.close();
      }
    };
    await Promise.all((Object.keys(pieces) as Binding[]).map(notices));
  });
}
