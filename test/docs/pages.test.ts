// Every `html`, `js page` and `css` block in a real Chromium, under the strict policy and against a real server: the elements are defined, connected and show
// what is logged; a person then uses them, the connection breaks and comes back, and nothing is left in the console.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { bundleHashes, STALE, withHashes } from '../../build/sri.mjs';
import { openBrowser, openPage } from '../helpers/browser-page.js';
import { SESSION_COOKIE } from '../helpers/fake-directus-http.js';
import { blocksOf, nameOf, readBlocks, ROOT, type DocBlock } from './doc-blocks.js';
import { startDocSite, type DocPage, type DocSite } from './doc-site.js';

/** How a block begins that is a file of its page. */
const FILE_NAME = /^(?:\/\/|\/\*) ([\w-]+\.(?:css|js))\b/;
const LONGEST_WAIT_MS = 20_000;
const VIEWER = '<system-logs endpoint="/websocket/logs" level="info"></system-logs>';
const STYLES = join(ROOT, 'src/elements');
const source = readdirSync(STYLES).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(STYLES, name), 'utf8')).join('\n');
const theme = readFileSync(join(STYLES, 'theme.styles.ts'), 'utf8');

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

for (const block of blocksOf('page')) {
  test(`${nameOf(block)}: the page shows the log`, (context) => use(context, { html: block.code, script: scriptBelow(block), files: filesBeside(block), directus: isDirectus(block) }));
}

// those that have no page of their own above them
for (const block of blocksOf('script').filter((script) => pageAbove(script) === null)) {
  test(`${nameOf(block)}: the script does its work`, (context) => use(context, { html: VIEWER, script: block.code, files: new Map(), directus: isDirectus(block) }));
}

for (const block of blocksOf('style')) {
  test(`${nameOf(block)}: the style sheet names what there is`, async (context) => {
    const text = block.code.replaceAll(/\/\*[^]*?\*\//g, '');
    for (const [, name = ''] of text.matchAll(/(--log-[\w-]+)/g)) assert.ok(theme.includes(`var(${name},`), `theme.styles.ts knows no ${name}`);
    for (const [, part = ''] of text.matchAll(/::part\(([\w-]+)\)/g)) assert.match(source, new RegExp(`part="(?:[\\w-]+[ ,]+)*${part}\\b`), `no element has a part "${part}"`);
    await use(context, { html: VIEWER, css: block.code, files: new Map(), directus: false }, async (page) => {
      const written = [...text.matchAll(/[{;]\s*(-?-?[a-z][\w-]*)\s*:/gm)].map(([, name]) => name), read = await declarations(page);
      assert.deepEqual(read.filter((name) => name.startsWith('--')).sort(), written.filter((name) => name?.startsWith('--')).sort());
      for (const name of written) assert.ok(read.some((each) => each === name || each.startsWith(`${name}-`)), `the browser drops "${name}"`);
    });
  });
}

test('there are pages, scripts and style sheets', () => assert.ok(blocksOf('page').length > 0 && blocksOf('script').length > 0 && blocksOf('style').length > 0));

const isDirectus = ({ words }: DocBlock): boolean => words.includes('directus');

/** The page that a script is shown with: the last one above it, under the same heading. */
function pageAbove({ file, line, heading }: DocBlock): DocBlock | null {
  return blocksOf('page').filter((page) => page.file === file && page.heading === heading && page.line < line).at(-1) ?? null;
}

function scriptBelow(page: DocBlock): string | undefined {
  const scripts = blocksOf('script').filter(({ file, code }) => file === page.file && !FILE_NAME.test(code));
  return scripts.find((script) => pageAbove(script)?.line === page.line)?.code;
}

/** Blocks that begin with the name of a file, under the same heading. */
function filesBeside({ file, heading }: DocBlock): Map<string, string> {
  return new Map(readBlocks(file).filter((block) => block.heading === heading).flatMap(({ code }) => {
    const name = FILE_NAME.exec(code)?.[1];
    return name === undefined ? [] : [[name, code] as const];
  }));
}

async function use(context: TestContext, doc: DocPage, look: (page: Page) => Promise<void> = () => Promise.resolve()): Promise<void> {
  assert.ok(withHashes(doc.html, bundleHashes()) === doc.html, STALE);
  const site = await startDocSite(context, doc), { page, faults, close } = await openPage(browser);
  context.after(close);
  page.on('console', (message) => {
    // a connection that breaks is told there by the browser itself
    if (message.type() === 'error' && !message.text().includes('WebSocket connection')) faults.push(`console: ${message.text()}`);
  });
  // a page may ask a person for a token
  page.on('dialog', (dialog) => void dialog.accept(site.token));
  if (doc.directus) await page.context().addCookies([{ name: SESSION_COOKIE, value: site.token, url: site.page, sameSite: 'Lax' }]);
  await page.goto(site.page);
  for (const name of new Set([...doc.html.matchAll(/<((?:system|log)-[\w-]+)/g)].map(([, each]) => each ?? ''))) {
    await page.waitForFunction((each) => [...document.querySelectorAll(each)].every((element) => element.matches(':defined')), name);
  }
  await logUntilShown(page, site, faults);
  await look(page);
  await useAsPerson(page);
  site.interrupt();
  await page.waitForFunction(() => [...document.querySelectorAll('system-logs')].every(({ status }) => status.state !== 'live'));
  await logUntilShown(page, site, faults);
  assert.deepEqual(faults, []);
}

/** Logs until each list of the page, in whatever shadow, shows what was logged since this was asked. */
async function logUntilShown(page: Page, site: DocSite, faults: readonly string[]): Promise<void> {
  const since = site.log(), until = Date.now() + LONGEST_WAIT_MS;
  for (let shown = [0]; !shown.every((entry) => entry > since);) {
    assert.deepEqual(faults, []);
    assert.ok(Date.now() < until, `the lists show the entries ${shown.join(', ')} at last, and not what was logged after ${since}`);
    site.log();
    shown = await latestShown(page);
    assert.ok(shown.length > 0, 'the page has no list');
  }
}

/** The number of the latest entry that each list shows, after a frame. */
function latestShown(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    const listsIn = (root: ParentNode): Element[] => [...root.querySelectorAll('*')].flatMap((element) => [
      ...(element.localName === 'log-list' ? [element] : []), ...(element.shadowRoot === null ? [] : listsIn(element.shadowRoot)),
    ]);
    return listsIn(document).map((list) => Math.max(0, ...[...(list.shadowRoot?.textContent ?? '').matchAll(/\/entry\/(\d+)/g)].map(([, number]) => Number(number))));
  });
}

/** What a person does at most: selects, closes, searches, goes to the end. */
async function useAsPerson(page: Page): Promise<void> {
  await page.locator('log-list [part~=row]').first().click();
  await page.keyboard.press('Escape');
  for (const search of await page.locator('log-filters input[type=search]').all()) if (await search.isVisible()) await search.fill('entry');
  for (const grid of await page.locator('log-list [role=grid]').all()) await grid.press('f');
}

function declarations(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const namesIn = (rules: CSSRuleList): string[] => [...rules].flatMap((rule) => (rule instanceof CSSStyleRule ? [...rule.style, ...namesIn(rule.cssRules)] : rule instanceof CSSGroupingRule ? namesIn(rule.cssRules) : []));
    return [...document.styleSheets].filter(({ href }) => href?.endsWith('/block.css')).flatMap(({ cssRules }) => namesIn(cssRules));
  });
}
