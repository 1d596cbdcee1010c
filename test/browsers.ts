// `npm run browsers`: writes docs/browsers.md from what the last `npm test` counted in each browser. It says so where a suite was not run.
// With `--check` it only says whether the page has the suites that there are, and no failure; `npm test` ends with that.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { findBrowser } from './helpers/browser.mjs';
import { browsersPage, type BrowserColumn, type SuiteCounts } from './helpers/browsers-page.js';
import { suiteNames } from './helpers/suite-names.js';

const ROOT = join(import.meta.dirname, '..'), PAGE = join(ROOT, 'docs/browsers.md');

/** @param names of the files of counts, which hold the suites of the folder between them */
function countsOf(folder: string, ...names: readonly string[]): Readonly<Record<string, SuiteCounts>> {
  const counts = Object.fromEntries(names.flatMap((name) => Object.entries(readCounts(name))).sort(([a], [b]) => (a < b ? -1 : 1)));
  const missing = suiteNames(folder).filter((suite) => counts[suite] === undefined);
  if (missing.length > 0) stop(`There are no counts in ${names.join(' and ')} of ${missing.join(', ')}. Run npm test first, to its end.`);
  return counts;
}

function readCounts(name: string): Readonly<Record<string, SuiteCounts>> {
  try {
    return JSON.parse(readFileSync(join(ROOT, `coverage/browsers/${name}.json`), 'utf8')) as Readonly<Record<string, SuiteCounts>>;
  } catch {
    return stop(`There are no counts of ${name}. Run npm test first, to its end.`);
  }
}

/** The version that a program says of itself; MiniBrowser, which says nothing without a screen, has that of Debian's package. */
function versionOf(name: 'chromium' | 'firefox' | 'webkit'): string {
  const [file, args] = name === 'webkit' ? ['dpkg-query', ['--show', '--showformat=${Version}', 'webkit2gtk-driver']] : [findBrowser(name) ?? name, ['--version']];
  try {
    return /\d+(?:\.\d+)?/.exec(execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))?.[0] ?? '';
  } catch {
    return '';
  }
}

function stop(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

/** The suites that the page names, in its order. */
function suitesOf(page: string): string[] {
  return [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = '']) => name);
}

if (process.argv.includes('--check')) {
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '', named = suitesOf(page).join(', '), there = [...suiteNames('elements'), ...suiteNames('e2e')].join(', ');
  if (named !== there || /\d+ failed/.test(page)) stop('docs/browsers.md is not what the tests are by now: npm run browsers writes it anew, from the counts of a full npm test.');
  process.exit(0);
}

/** The end-to-end suites that drive Firefox say so in their name. */
const e2e = Object.entries(countsOf('e2e', 'e2e', 'e2e-measuring')), isFirefox = ([name]: [string, SuiteCounts]): boolean => name.endsWith('-firefox');
const columns: readonly BrowserColumn[] = [
  { title: `Chromium ${versionOf('chromium')}`, elements: countsOf('elements', 'chromium'), e2e: Object.fromEntries(e2e.filter((suite) => !isFirefox(suite))) },
  { title: `Firefox ${versionOf('firefox')}`, elements: countsOf('elements', 'firefox'), e2e: Object.fromEntries(e2e.filter(isFirefox)) },
  { title: `WebKitGTK ${versionOf('webkit')}`, elements: countsOf('elements', 'webkit'), e2e: null },
];
writeFileSync(PAGE, browsersPage(columns));
console.log('docs/browsers.md is written.');
