// WebKit for @web/test-runner: WebKitGTK's MiniBrowser (Debian: webkit2gtk-driver), driven by WebDriver in plain fetch, on a screen of its own
// (Debian: xvfb) where there is none. To the runner's commands it looks like a page of Puppeteer, as far as WebDriver can be one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { focusLargestWindow } from './x-focus.mjs';

const SCREEN = { width: 1600, height: 1200 }, VIEWPORT = { width: 800, height: 600 };
const START_MS = 30_000, LOOK_MS = 100;

/** WebDriver's code points of the keys that print nothing, by the names that Puppeteer and KeyboardEvent give them. */
const KEYS = {
  Backspace: '\uE003', Tab: '\uE004', Enter: '\uE007', Shift: '\uE008', Control: '\uE009', Alt: '\uE00A', Escape: '\uE00C', Space: ' ', PageUp: '\uE00E', PageDown: '\uE00F',
  End: '\uE010', Home: '\uE011', ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015', Delete: '\uE017', Meta: '\uE03D',
};
const BUTTONS = { left: 0, middle: 1, right: 2 };

/** What a process is told so that it draws without a graphics card. */
const WITHOUT_GRAPHICS = { GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_DMABUF_RENDERER: '1' };

/**
 * @param {{ driver: string, browser: string, screen: string }} programs WebKitWebDriver, MiniBrowser and Xvfb
 * @returns a launcher for the `browsers` of @web/test-runner's configuration
 */
export function webkitLauncher(programs) {
  /** @type {Map<string, string>} the address of each session that runs */
  const active = new Map();
  let starting = null;
  return {
    name: 'WebKit', type: 'puppeteer', concurrency: 1,
    async startSession(id, url) {
      const { page } = await (starting ??= startBrowser(programs));
      active.set(id, { url, page });
      await page.setViewport(VIEWPORT);
      await page.goto(url);
    },
    isActive: (id) => active.has(id),
    getBrowserUrl: (id) => active.get(id)?.url,
    getPage: (id) => active.get(id)?.page,
    async stopSession(id) {
      const { page } = active.get(id);
      active.delete(id);
      await page.release();
      await page.goto('about:blank');
      return {};
    },
    startDebugSession: () => Promise.reject(new Error('WebKit runs on a screen that nobody sees; there is nothing to debug with.')),
    stop: async () => (await starting?.catch(() => null))?.stop(),
  };
}

async function startBrowser({ driver, browser, screen }) {
  const children = [];
  const start = (file, args, env = {}) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...env } });
    children.push(child);
    return { child, failed: once(child, 'error').then(([error]) => Promise.reject(error)) };
  };
  const kill = () => children.splice(0).reverse().forEach((child) => child.kill());
  process.once('exit', kill);
  try {
    // a screen that somebody looks at has a window manager, which says which window is active
    const seen = process.env.DISPLAY, display = seen ?? await startScreen(start, screen);
    const port = await freePort(), server = start(driver, [`--port=${port}`, '--host=127.0.0.1'], { ...WITHOUT_GRAPHICS, DISPLAY: display });
    const ask = asker(`http://127.0.0.1:${port}`);
    await Promise.race([answering(ask), server.failed]);
    const options = { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] } } };
    const { sessionId } = await ask('POST', '/session', { capabilities: options });
    const inSession = (method, path, body) => ask(method, `/session/${sessionId}${path}`, body);
    if (seen === undefined) await focusLargestWindow(display);
    const stop = async () => {
      await inSession('DELETE', '').catch(() => undefined);
      kill();
    };
    return { page: pageOf(inSession), stop };
  } catch (error) {
    kill();
    throw error;
  }
}

/** @returns {Promise<string>} the display that is free */
async function startScreen(start, screen) {
  const { child, failed } = start(screen, ['-displayfd', '1', '-screen', '0', `${SCREEN.width}x${SCREEN.height}x24`, '-nolisten', 'tcp']);
  const [number] = await Promise.race([once(child.stdout, 'data'), failed]);
  return `:${String(number).trim()}`;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function asker(base) {
  return async (method, path, body) => {
    const response = await fetch(base + path, { method, headers: { 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebDriver ${method} ${path}: ${value?.error} ${value?.message}`);
    return value;
  };
}

async function answering(ask) {
  for (const giveUpAt = Date.now() + START_MS; ; await wait(LOOK_MS)) {
    try {
      return await ask('GET', '/status');
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
    }
  }
}

/** What `sendKeys`, `sendMouse` and `setViewport` ask of Puppeteer. Keys and buttons stay down from one call to the next, as there. */
function pageOf(ask) {
  const perform = (source) => ask('POST', '/actions', { actions: [source] });
  const keys = (...actions) => perform({ type: 'key', id: 'keyboard', actions });
  const pointer = (...actions) => perform({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions });
  const down = (key) => ({ type: 'keyDown', value: KEYS[key] ?? key }), up = (key) => ({ type: 'keyUp', value: KEYS[key] ?? key });
  const at = (x, y) => ({ type: 'pointerMove', x, y, duration: 0 });
  const button = (type, name = 'left') => ({ type, button: BUTTONS[name] });
  const release = () => ask('DELETE', '/actions').catch(() => undefined);
  return {
    release,
    goto: (url) => ask('POST', '/url', { url }),
    /** The window is larger than its page by what the browser draws around it. */
    async setViewport({ width, height }) {
      const script = 'return [innerWidth, innerHeight]';
      for (let tries = 0; tries < 3; tries++) {
        const [innerWidth, innerHeight] = await ask('POST', '/execute/sync', { script, args: [] });
        if (innerWidth === width && innerHeight === height) return;
        const rect = await ask('GET', '/window/rect');
        await ask('POST', '/window/rect', { x: 0, y: 0, width: rect.width + width - innerWidth, height: rect.height + height - innerHeight });
      }
    },
    /** Role and name, as WebKit computes them, of the element that a script returns. */
    async computed(script) {
      const [element] = Object.values(await ask('POST', '/execute/sync', { script, args: [] }));
      return { role: await ask('GET', `/element/${element}/computedrole`), name: await ask('GET', `/element/${element}/computedlabel`) };
    },
    keyboard: {
      press: (key) => keys(down(key), up(key)),
      down: (key) => keys(down(key)),
      up: (key) => keys(up(key)),
      type: (text) => keys(...[...text].flatMap((letter) => [down(letter), up(letter)])),
    },
    mouse: {
      move: (x, y) => pointer(at(x, y)),
      click: (x, y, { button: name } = {}) => pointer(at(x, y), button('pointerDown', name), button('pointerUp', name)),
      down: ({ button: name } = {}) => pointer(button('pointerDown', name)),
      up: ({ button: name } = {}) => pointer(button('pointerUp', name)),
      reset: release,
    },
  };
}
