// Element tests in real browsers: BROWSERS=chromium (default), firefox, or both with a comma. `--coverage` asks for the limit of coverage.
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher, defaultReporter } from '@web/test-runner';
import { a11ySnapshotPlugin } from '@web/test-runner-commands/plugins';
import { chromiumArgs, needBrowser } from './test/helpers/browser.mjs';

// one page at a time: a page in the background draws no frames, and a test that waits for one would wait for ever
const launchers = {
  chromium: () => chromeLauncher({ concurrency: 1, launchOptions: { executablePath: needBrowser('chromium'), headless: true, args: chromiumArgs } }),
  firefox: () => withFreshPages(chromeLauncher({ concurrency: 1, launchOptions: { browser: 'firefox', executablePath: needBrowser('firefox'), headless: true } })),
};

/** A launcher uses its pages again; where the last test pressed Tab until Firefox's own bars had the focus, the next one would start without. */
function withFreshPages(launcher) {
  const stopSession = launcher.stopSession.bind(launcher);
  launcher.stopSession = async (id) => {
    const page = launcher.getPage(id), result = await stopSession(id);
    launcher.inactivePages.pop();
    await page.close();
    return result;
  };
  return launcher;
}

function browserOf(name) {
  const launcher = launchers[name];
  if (launcher === undefined) throw new Error(`BROWSERS names “${name}”; the browsers are ${Object.keys(launchers).join(' and ')}.`);
  return Object.assign(launcher(), { name: name[0].toUpperCase() + name.slice(1) });
}

/** `await executeServerCommand('forced-colors', true)`: what `emulateMedia` cannot do. Chromium only. */
const forcedColors = {
  name: 'forced-colors',
  async executeCommand({ command, payload, session }) {
    if (command !== 'forced-colors') return undefined;
    const cdp = await session.browser.getPage(session.id).createCDPSession();
    await cdp.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: payload ? 'active' : 'none' }] });
    return true;
  },
};

/** One closing line for scripts: `17 passed, 0 failed, 4 skipped`. A file that could not be run counts as one failure. */
const closing = {
  stop({ sessions }) {
    let passed = 0, failed = 0, skipped = 0;
    const count = (suite) => {
      for (const test of suite?.tests ?? []) {
        if (test.skipped) skipped++;
        else if (test.passed) passed++;
        else failed++;
      }
      for (const inner of suite?.suites ?? []) count(inner);
    };
    for (const session of sessions) {
      const before = failed;
      count(session.testResults);
      if (!session.passed && failed === before) failed++;
    }
    console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  },
};

export default {
  files: 'test/elements/**/*.test.ts',
  nodeResolve: true,
  browsers: (process.env.BROWSERS ?? 'chromium').split(',').map((name) => browserOf(name.trim())),
  plugins: [
    // without our tsconfig it would take standard decorators and class fields, which break the reactive ones
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)) }),
    a11ySnapshotPlugin(),
    forcedColors,
  ],
  coverageConfig: {
    include: ['src/elements/**/*.ts'],
    reporters: ['text', 'lcovonly'],
    reportDir: 'coverage/elements',
    threshold: { statements: 85, branches: 0, functions: 0, lines: 0 },
  },
  testFramework: { config: { ui: 'bdd', timeout: 20_000 } },
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: process.stdout.isTTY === true }), closing],
};
