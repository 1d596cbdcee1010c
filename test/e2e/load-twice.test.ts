// The package on a page more than once: as a module, as a plain script, and from npm with a Lit of the page's own, under the strict header. The first copy
// draws; the others do no harm, understand it, and say so where they are of another version.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import type { Browser } from 'playwright-core';
import { rollup } from 'rollup';
import { pagePolicy } from '../../demo/page-policy.js';
import { closeServer, listen } from '../../demo/shop-instance.js';
import { VERSION } from '../../src/elements/version.js';
import { openBrowser, openPage } from '../helpers/browser-page.js';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
/** Of each script: how it stands in a page. */
const TAGS: Readonly<Record<string, string>> = {
  module: '<script type="module" src="/module.js"></script>', again: '<script type="module" src="/module.js?again"></script>',
  plain: '<script defer src="/plain.js"></script>', npm: '<script type="module" src="/npm.js"></script>', newer: '<script type="module" src="/newer.js"></script>',
};

test('the version is that of package.json', () => {
  assert.equal(VERSION, (JSON.parse(read('package.json')) as { version: string }).version);
});

for (const [name, title] of [['chromium', 'Chromium'], ['firefox', 'Firefox']] as const) {
  describe(`in ${title}`, () => {
    let browser: Browser, server: Server, scripts: Record<string, string>;

    before(async () => {
      const module = read('dist/cdn/system-logs.min.js');
      assert.ok(module.includes(`"${VERSION}"`));
      scripts = { '/module.js': module, '/plain.js': read('dist/cdn/system-logs.iife.min.js'), '/newer.js': module.replace(`"${VERSION}"`, '"99.0.0"'), '/npm.js': await npmCopy() };
      server = createServer((request, response) => {
        const { pathname, searchParams } = new URL(`http://site${request.url ?? '/'}`), script = scripts[pathname];
        if (script !== undefined) return void response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
        const tags = (searchParams.get('scripts') ?? '').split(',').map((key) => TAGS[key] ?? '').join('');
        response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': pagePolicy(null, searchParams.get('policies') ?? '').replace('img-src', 'img-src data:') });
        response.end(`<!doctype html><html lang="en"><title>Copies</title><link rel="icon" href="data:,">${tags}<system-logs></system-logs><log-list></log-list>`);
      });
      await listen(server);
      browser = await openBrowser(name);
    });
    after(async () => {
      await browser.close();
      await closeServer(server);
    });

    for (const [order, policies, warnings] of [
      [['module'], 'system-logs', []],
      [['module', 'plain', 'again'], 'system-logs', []],
      [['plain', 'module'], 'system-logs', []],
      [['module', 'npm'], 'system-logs lit-html', []],
      [['npm', 'plain', 'module'], 'system-logs lit-html', []],
      [['module', 'newer'], 'system-logs', [`system-logs 99.0.0 was loaded after system-logs ${VERSION}, whose elements stay in use. Load one of them.`]],
    ] as const) {
      test(order.join(', then '), async () => {
        const { page, faults, close } = await openPage(browser), warned: string[] = [];
        page.on('console', (message) => void (message.type() === 'warning' && message.text().startsWith('system-logs') && warned.push(message.text())));
        await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/?scripts=${order.join()}&policies=${encodeURIComponent(policies)}`);
        await page.evaluate(() => {
          const viewer = document.querySelector('system-logs');
          viewer?.push([{ level: 50, msg: 'said to the viewer' }]);
          // a controller of the copy that came last, where a script tells it to the page
          const { SystemLogs } = window as unknown as { SystemLogs?: { ConnectionController: new () => NonNullable<typeof viewer>['controller'] } };
          const controller = SystemLogs === undefined ? viewer?.controller : new SystemLogs.ConnectionController();
          if (SystemLogs !== undefined) controller?.store.push([{ level: 30, msg: 'said to a part' }]);
          const list = document.body.querySelector(':scope > log-list');
          if (list !== null && controller !== undefined) Object.assign(list, { controller });
        });
        await page.locator('system-logs [role=row]', { hasText: 'said to the viewer' }).waitFor();
        await page.locator('body > log-list [role=row]', { hasText: order.some((key) => key === 'plain') ? 'said to a part' : 'said to the viewer' }).waitFor({ state: 'attached' });
        await close();
        assert.deepEqual(faults, []);
        assert.deepEqual(warned, [...warnings]);
      });
    }
  });
}

/** As a page's own bundler makes it, with the page's own Lit. */
async function npmCopy(): Promise<string> {
  const bundle = await rollup({ input: join(ROOT, 'dist/elements/index.js'), plugins: [nodeResolve({ exportConditions: ['production', 'browser'] })] });
  const { output: [{ code }] } = await bundle.generate({ format: 'es', inlineDynamicImports: true });
  await bundle.close();
  return code;
}
