// Element tests in real browsers: BROWSERS=chromium (default), firefox, webkit, or several with commas. `--coverage` asks for the limit of coverage.
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher, defaultReporter } from '@web/test-runner';
import { accessibilityTree } from './test/helpers/accessibility-tree.mjs';
import { chromiumArgs, needBrowser, needWebkit } from './test/helpers/browser.mjs';
import { wtrCounts } from './test/helpers/test-counts.mjs';
import { webkitLauncher } from './test/helpers/webkit-launcher.mjs';

const NAMES = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKit' };

// one page at a time: a page in the background draws no frames, and a test that waits for one would wait for ever
const launchers = {
  chromium: () => chromeLauncher({ concurrency: 1, launchOptions: { executablePath: needBrowser('chromium'), headless: true, args: chromiumArgs } }),
  firefox: () => withFreshPages(chromeLauncher({ concurrency: 1, launchOptions: { browser: 'firefox', executablePath: needBrowser('firefox'), headless: true, args: ['--remote-allow-system-access'] } })),
  webkit: () => webkitLauncher(needWebkit()),
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
  if (launcher === undefined) throw new Error(`BROWSERS names “${name}”; the browsers are ${Object.keys(launchers).join(', ')}.`);
  return Object.assign(launcher(), { name: NAMES[name] });
}

/** `await executeServerCommand('media', { 'forced-colors': 'active' })`: what `emulateMedia` cannot do; `{}` ends it. Chromium only. */
const media = {
  name: 'media',
  async executeCommand({ command, payload, session }) {
    if (command !== 'media') return undefined;
    await (await sessionOf(session)).send('Emulation.setEmulatedMedia', { features: Object.entries(payload).map(([name, value]) => ({ name, value })) });
    return true;
  },
};
/** `await executeServerCommand('touch', true)`: a screen that is pointed at with fingers. Chromium only. */
const touch = {
  name: 'touch',
  async executeCommand({ command, payload, session }) {
    if (command !== 'touch') return undefined;
    const cdp = await sessionOf(session);
    await cdp.send('Emulation.setTouchEmulationEnabled', { enabled: payload, maxTouchPoints: 1 });
    await cdp.send('Emulation.setEmitTouchEventsForMouse', { enabled: payload, configuration: 'mobile' });
    return true;
  },
};

const devtools = new WeakMap();

/** One for each page: two that say different things are both obeyed, in part. */
async function sessionOf({ id, browser }) {
  const page = browser.getPage(id);
  if (!devtools.has(page)) devtools.set(page, await page.createCDPSession());
  return devtools.get(page);
}

export default {
  files: 'test/elements/**/*.test.ts',
  nodeResolve: true,
  browsers: (process.env.BROWSERS ?? 'chromium').split(',').map((name) => browserOf(name.trim())),
  plugins: [
    // without our tsconfig it would take standard decorators and class fields, which break the reactive ones
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)) }),
    accessibilityTree,
    media,
    touch,
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
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: process.stdout.isTTY === true }), wtrCounts],
};
