// `npm test`: everything that must hold before a change lands, in order, stopping at the first failure with its exit code.
// `node test/run.mjs package|node|faults|elements|e2e|frameworks` runs parts. The last line sums up: `N passed, N failed, N skipped`.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import ts from 'typescript';
import { needBrowser } from './helpers/browser.mjs';

process.chdir(join(import.meta.dirname, '..'));

const total = { passed: 0, failed: 0, skipped: 0 };

const checks = async () => {
  await step('Types', 'node_modules/typescript/bin/tsc', ['-b']);
  await step('Lint', 'node_modules/eslint/bin/eslint.js', ['.', '--max-warnings=0']);
};

const build = async () => {
  await step('Build: modules', 'node_modules/typescript/bin/tsc', ['-b', 'src/elements', 'src/server']);
  await step('Build: bundles', 'node_modules/rollup/dist/bin/rollup', ['-c', '--silent']);
  await step('Build: manifest', 'node_modules/@custom-elements-manifest/analyzer/cem.js', ['analyze', '--quiet']);
};

/** What is shipped: size and contents, types for frameworks, the manifest. */
const packaging = () => step('Tests of the package', null, [...nodeTest(180_000), ...testFiles('test/packaging')], { env: { CHROME_PATH: needBrowserOrExit('chromium') }, read: readNodeSummary });

const node = async () => {
  const sources = ['src/core', 'src/server'];
  const limits = ['--check-coverage', '--statements=90', '--lines=0', '--branches=0', '--functions=0'];
  // a file that no test loads counts as not covered; one that holds nothing but types never runs
  const counted = ['--all', '--extension=.ts', ...sources.map((folder) => `--include=${folder}/**`), ...sources.flatMap(typesOnly).map((file) => `--exclude=${file}`)];
  await step('Tests of core and server', 'node_modules/c8/bin/c8.js', [
    ...limits, ...counted, '--reporter=text', '--reporter=lcovonly', '--reports-dir=coverage/node', '--temp-directory=coverage/node/tmp',
    process.execPath, ...nodeTest(120_000), ...testFiles('test/core'), ...testFiles('test/server'),
  ], { read: readNodeSummary });
};

const elements = async () => {
  // found, or installed, before the first of them runs
  ['chromium', 'firefox', 'webkitDriver', 'webkit', 'screen'].forEach(needBrowserOrExit);
  for (const [key, name] of [['chromium', 'Chromium'], ['firefox', 'Firefox'], ['webkit', 'WebKit']]) {
    await step(`Tests of the elements in ${name}`, 'node_modules/@web/test-runner/dist/bin.js', [...testFiles('test/elements'), ...(key === 'chromium' ? ['--coverage'] : [])], {
      env: { BROWSERS: key, COUNTS: countsFile(key) }, read: readBrowserSummary,
    });
  }
};

const e2e = async () => {
  const chromium = needBrowserOrExit('chromium');
  await step('Tests end to end', null, [...nodeTest(300_000, 'e2e'), '--test-concurrency=1', ...testFiles('test/e2e')], { env: { CHROME_PATH: chromium }, read: readNodeSummary });
  await step('Blocks of the documents', null, [...nodeTest(300_000), '--test-concurrency=1', ...testFiles('test/docs')], { env: { CHROME_PATH: chromium }, read: readNodeSummary });
};

const frameworks = () => step('Pages of the frameworks', null, [...nodeTest(300_000), '--test-concurrency=1', ...testFiles('test/frameworks')], {
  env: { CHROME_PATH: needBrowserOrExit('chromium') }, read: readNodeSummary,
});

const table = () => step('Table of browsers', null, ['--import', 'tsx', 'test/browsers.ts', '--check']);

const faults = () => step('Random faults', null, [...nodeTest(180_000), ...testFiles('test/faults')], { read: readNodeSummary });

const parts = { node: [node], faults: [faults], elements: [elements], package: [build, packaging], e2e: [build, e2e], frameworks: [build, frameworks] };

// ── what the steps are made of ─────────────────────────────────────────────────────────────────────────────────────────────────────

function nodeTest(timeout, counts = null) {
  const reporters = { spec: 'stdout', ...(counts === null ? {} : { './test/helpers/test-counts.mjs': countsFile(counts) }) };
  const reports = Object.entries(reporters).flatMap(([reporter, file]) => [`--test-reporter=${reporter}`, `--test-reporter-destination=${file}`]);
  return ['--import', 'tsx', '--test', ...reports, `--test-timeout=${timeout}`];
}

/** What `npm run browsers` makes docs/browsers.md of. */
function countsFile(name) {
  mkdirSync('coverage/browsers', { recursive: true });
  return `coverage/browsers/${name}.json`;
}

/** Runs a program of Node to its end; a failure ends everything, with the program's exit code. */
async function step(title, script, args, { env = {}, read = null } = {}) {
  console.log(`\n── ${title} ──\n`);
  const startedAt = Date.now();
  const child = spawn(process.execPath, [...(script === null ? [] : [script]), ...args], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
    process.stdout.write(text);
  });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', (exitCode) => resolve(exitCode ?? 1)));
  const counts = read?.(output) ?? null;
  for (const key of Object.keys(total)) total[key] += counts?.[key] ?? 0;
  if (read !== null && counts === null) return finish(code || 1, `${title}: the run ended without saying how many tests passed.`);
  if (read !== null && code === 0 && counts.passed === 0) return finish(1, `${title}: no test ran.`);
  if (code !== 0) return finish(code, `${title}: failed.`);
  console.log(`${title}: done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

function finish(code, sentence) {
  if (sentence !== null) console.log(`\n${sentence}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exit(code);
}

function needBrowserOrExit(name) {
  try {
    return needBrowser(name);
  } catch (error) {
    return finish(1, error.message);
  }
}

/** `node --test` in its `spec` form ends with lines such as `ℹ pass 12`. */
function readNodeSummary(output) {
  const count = (word) => Number(new RegExp(`^ℹ ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? NaN);
  const counts = { passed: count('pass'), failed: count('fail') + count('cancelled'), skipped: count('skipped') + count('todo') };
  return Object.values(counts).some(Number.isNaN) ? null : counts;
}

/** The closing line of web-test-runner.config.mjs. */
function readBrowserSummary(output) {
  const [, passed, failed, skipped] = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(output) ?? [];
  return passed === undefined ? null : { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
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
for (const run of part === undefined ? [checks, build, packaging, node, faults, elements, e2e, frameworks, table] : parts[part]) await run();
finish(0, null);
