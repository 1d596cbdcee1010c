// How many tests passed, failed and were skipped, a suite (a test file) at a time: as one line for scripts, and as JSON for docs/browsers.md.
// `wtrCounts` is a reporter of @web/test-runner, the default export one of `node --test`; neither knows what is tested.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

const none = () => ({ passed: 0, failed: 0, skipped: [] });

/**
 * Ends with `17 passed, 0 failed, 4 skipped`; where COUNTS names a file, writes there what each suite has. A file that could not be run counts as
 * one failure.
 */
export const wtrCounts = {
  stop({ sessions }) {
    const suites = {};
    for (const session of sessions) {
      const suite = (suites[nameOf(session.testFile)] ??= none()), before = suite.failed;
      countIn(session.testResults, suite);
      if (!session.passed && suite.failed === before) suite.failed++;
    }
    const all = Object.values(suites), sum = (key) => all.reduce((total, suite) => total + (suite[key].length ?? suite[key]), 0);
    console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
    if (process.env.COUNTS) write(process.env.COUNTS, suites);
  },
};

function countIn(results, suite) {
  for (const test of results?.tests ?? []) {
    if (test.skipped) suite.skipped.push(test.name);
    else suite[test.passed ? 'passed' : 'failed']++;
  }
  for (const inner of results?.suites ?? []) countIn(inner, suite);
}

/** The counts of `node --test`, as the text of the JSON. Files that run one after the other are known by the file that runs: a test may stand in a helper. */
export default async function* nodeCounts(events) {
  const suites = {};
  let running = null;
  for await (const { type, data } of events) {
    if (type === 'test:dequeue' && data.nesting === 0 && data.name === data.file) running = data.file;
    if ((type !== 'test:pass' && type !== 'test:fail') || data.details?.type === 'suite' || data.file === undefined || data.name === data.file) continue;
    const suite = (suites[nameOf(running ?? data.file)] ??= none());
    if (data.skip !== undefined || data.todo !== undefined) suite.skipped.push(data.name);
    else suite[type === 'test:pass' ? 'passed' : 'failed']++;
  }
  yield `${JSON.stringify(suites, null, 1)}\n`;
}

function nameOf(file) {
  return relative(process.cwd(), file).replaceAll('\\', '/').replace(/^test\//, '').replace(/\.test\.ts$/, '');
}

function write(file, suites) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(suites, null, 1)}\n`);
}
