// `npm test`: everything that must hold before a change lands, stopping at the first failure with its exit code. What measures nothing runs beside
// something else, so that two cores have work; the rest runs alone. `node test/run.mjs package|node|faults|elements|e2e|docs|frameworks` runs parts.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import ts from 'typescript';
import { needBrowser } from './helpers/browser.mjs';
import { beside, finish, readBrowserSummary, readNodeSummary, step } from './helpers/test-steps.mjs';

process.chdir(join(import.meta.dirname, '..'));

/** End-to-end suites that look at each frame, or at what is left after a minute. */
const MEASURING = ['flood', 'soak'].map((name) => join('test/e2e', `${name}.test.ts`));

const types = () => step('Types', 'node_modules/typescript/bin/tsc', ['-b']);
const lint = () => step('Lint', 'node_modules/eslint/bin/eslint.js', ['.', '--max-warnings=0']);

const build = async () => {
  await step('Build: modules', 'node_modules/typescript/bin/tsc', ['-b', 'src/elements', 'src/server']);
  await step('Build: bundles', 'node_modules/rollup/dist/bin/rollup', ['-c', '--silent']);
  await step('Build: manifest', 'node_modules/@custom-elements-manifest/analyzer/cem.js', ['analyze', '--quiet']);
};

/** What is shipped: size and contents, types for frameworks, the manifest. */
const packaging = () => nodeStep('Tests of the package', testFiles('test/packaging'), { timeout: 180_000 });

const node = async () => {
  const sources = ['src/core', 'src/server'];
  const limits = ['--check-coverage', '--statements=90', '--lines=0', '--branches=0', '--functions=0'];
  // a file that no test loads counts as not covered; one that holds nothing but types never runs
  const counted = ['--all', '--extension=.ts', ...sources.map((folder) => `--include=${folder}/**`), ...sources.flatMap(typesOnly).map((file) => `--exclude=${file}`)];
  await step('Tests of core and server', 'node_modules/c8/bin/c8.js', [
    ...limits, ...counted, '--reporter=text', '--reporter=lcovonly', '--reports-dir=coverage/node', '--temp-directory=coverage/node/tmp',
    process.execPath, ...nodeTest(120_000), '--test-concurrency=2', ...testFiles('test/core'), ...testFiles('test/server'),
  ], { read: readNodeSummary });
};

const faults = () => nodeStep('Random faults', testFiles('test/faults'), { timeout: 180_000 });

const elements = async () => {
  for (const [key, name] of [['chromium', 'Chromium'], ['firefox', 'Firefox'], ['webkit', 'WebKit']]) {
    await step(`Tests of the elements in ${name}`, 'node_modules/@web/test-runner/dist/bin.js', [...testFiles('test/elements'), ...(key === 'chromium' ? ['--coverage'] : [])], {
      env: { BROWSERS: key, COUNTS: countsFile(key) }, read: readBrowserSummary,
    });
  }
};

const e2e = () => nodeStep('Tests end to end', testFiles('test/e2e').filter((file) => !MEASURING.includes(file)), { counts: 'e2e' });
const measuring = () => nodeStep('Tests end to end that measure', MEASURING, { counts: 'e2e-measuring' });
const docs = () => nodeStep('Blocks of the documents', testFiles('test/docs'));
const frameworks = () => nodeStep('Pages of the frameworks', testFiles('test/frameworks'));

const table = () => step('Table of browsers', null, ['--import', 'tsx', 'test/browsers.ts', '--check']);

const parts = { node: [node], faults: [faults], elements: [elements], package: [build, packaging], e2e: [build, e2e, measuring], docs: [build, docs], frameworks: [build, frameworks] };

const everything = async () => {
  await beside(types, lint);
  await build();
  await beside(() => inOrder(node, elements, faults, docs), () => inOrder(e2e, frameworks, packaging));
  await measuring();
  await table();
};

// ── what the steps are made of ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Files of tests one after the other, as `node --test` runs them. */
function nodeStep(title, files, { timeout = 300_000, counts = null } = {}) {
  return step(title, null, [...nodeTest(timeout, counts), '--test-concurrency=1', ...files], { env: { CHROME_PATH: needBrowserOrExit('chromium') }, read: readNodeSummary });
}

function nodeTest(timeout, counts = null) {
  const reporters = { spec: 'stdout', ...(counts === null ? {} : { './test/helpers/test-counts.mjs': countsFile(counts) }) };
  const reports = Object.entries(reporters).flatMap(([reporter, file]) => [`--test-reporter=${reporter}`, `--test-reporter-destination=${file}`]);
  return ['--import', 'tsx', '--test', ...reports, `--test-timeout=${timeout}`];
}

async function inOrder(...runs) {
  for (const run of runs) await run();
}

/** What `npm run browsers` makes docs/browsers.md of. */
function countsFile(name) {
  mkdirSync('coverage/browsers', { recursive: true });
  return `coverage/browsers/${name}.json`;
}

function needBrowserOrExit(name) {
  try {
    return needBrowser(name);
  } catch (error) {
    return finish(1, error.message);
  }
}

function testFiles(folder) {
  return filesUnder(folder).filter((file) => file.endsWith('.test.ts'));
}

function typesOnly(folder) {
  const compilerOptions = { target: 'ES2022', module: 'ESNext', removeComments: true, verbatimModuleSyntax: true };
  return filesUnder(folder).filter((file) => file.endsWith('.ts') && ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions }).outputText.trim() === 'export {};');
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
}

const [part, ...others] = process.argv.slice(2);
if (others.length > 0 || (part !== undefined && !(part in parts))) {
  console.log(`The parts are ${Object.keys(parts).join(', ')}; without one, everything runs.`);
  process.exit(1);
}
// found, or installed, before the first step runs
if (part === undefined || part === 'elements') ['chromium', 'firefox', 'webkitDriver', 'webkit', 'screen'].forEach(needBrowserOrExit);
await inOrder(...(part === undefined ? [everything] : parts[part]));
finish(0);
