// Which browsers this machine has: found by variables such as CHROME_PATH or by their usual names, installed by the system's own package
// manager where that is possible, else one sentence that says what to do. It knows nothing of tests.
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian's package is named as the first of the commands. */
const BROWSERS = {
  chromium: {
    title: 'Chromium',
    variable: 'CHROME_PATH',
    commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'],
    files: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
    packageName: 'chromium',
  },
  firefox: {
    title: 'Firefox',
    variable: 'FIREFOX_PATH',
    commands: ['firefox-esr', 'firefox'],
    files: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
    packageName: 'firefox-esr',
  },
  // WebKit is three programs: what drives it, its smallest browser, and a screen for it, as it has no mode without one
  webkitDriver: { title: 'WebKitWebDriver', variable: 'WEBKIT_DRIVER', commands: ['WebKitWebDriver'], files: [], packageName: 'webkit2gtk-driver' },
  webkit: { title: 'WebKit’s MiniBrowser', variable: 'WEBKIT_BROWSER', commands: ['MiniBrowser'], files: miniBrowsers(), packageName: 'webkit2gtk-driver' },
  screen: { title: 'Xvfb', variable: 'XVFB', commands: ['Xvfb'], files: [], packageName: 'xvfb' },
};

/** Debian keeps it apart from the programs of a user, in a folder named after the machine's architecture and the library's version. */
function miniBrowsers() {
  const below = (folder, pattern) => (existsSync(folder) ? readdirSync(folder).filter((name) => pattern.test(name)).map((name) => join(folder, name)) : []);
  return below('/usr/lib', /-linux-gnu$/).flatMap((folder) => below(folder, /^webkit2?gtk-/)).map((folder) => join(folder, 'MiniBrowser')).sort().reverse();
}

/** Without these a headless Chromium asks the network for things that no test wants; as root it starts only without its sandbox. */
export const chromiumArgs = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/**
 * @param {keyof BROWSERS} name
 * @returns {string | null} the path of its program, null where there is none
 */
export function findBrowser(name) {
  const { variable, commands, files } = BROWSERS[name];
  const given = process.env[variable];
  if (given !== undefined && given !== '') return isProgram(given) ? given : null;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [...commands.flatMap((command) => folders.map((folder) => join(folder, command))), ...files];
  return candidates.find(isProgram) ?? null;
}

/**
 * Finds a browser, or installs it where this is a Debian (or a relative of it) and we are root.
 * @param {keyof BROWSERS} name
 * @returns {string} the path of its program
 * @throws {Error} whose message is one sentence that says what to do
 */
export function needBrowser(name) {
  const { title, variable, packageName } = BROWSERS[name];
  const found = findBrowser(name);
  if (found !== null) return found;
  const given = process.env[variable];
  if (given !== undefined && given !== '') throw new Error(`${variable} names “${given}”, which is no program; set it to the path of ${title}.`);
  if (canInstall()) {
    console.log(`${title} is missing; installing Debian's package ${packageName}.`);
    install(packageName);
    const installed = findBrowser(name);
    if (installed !== null) return installed;
  }
  throw new Error(`These tests need ${title}: install it (on Debian or Ubuntu: sudo apt-get install ${packageName}), or set ${variable} to the path of its program.`);
}

/** @returns {{ driver: string, browser: string, screen: string }} the three programs that make up a WebKit without a screen */
export function needWebkit() {
  return { driver: needBrowser('webkitDriver'), browser: needBrowser('webkit'), screen: needBrowser('screen') };
}

function canInstall() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && spawnSync('apt-get', ['--version']).status === 0;
}

function install(packageName) {
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  try {
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', packageName], options);
  } catch {
    // the caller looks again, and says what to do
  }
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
