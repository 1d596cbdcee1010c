// A headless Chromium driven by the DevTools protocol over one WebSocket, and nothing more. Drivers such as Playwright turn on the Network domain,
// which reports each WebSocket frame with its payload and takes about half of the rate that is to be measured.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { chromiumArgs, needBrowser } from '../helpers/browser.mjs';

type Params = Readonly<Record<string, unknown>>;

const FLAGS = [
  '--headless=new', '--remote-debugging-port=0', '--mute-audio', '--force-color-profile=srgb', '--js-flags=--expose-gc',
  '--disable-background-timer-throttling', '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding',
];
const WIDTH = 1400, HEIGHT = 900;

export class Chromium {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #socket: WebSocket;
  readonly #asked = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  readonly #listeners = new Map<string, (method: string, params: never) => void>();
  #id = 0;

  private constructor(child: ChildProcess, profile: string, socket: WebSocket) {
    this.#process = child;
    this.#profile = profile;
    this.#socket = socket;
    socket.on('message', (data) => this.#onMessage(JSON.parse((data as Buffer).toString()) as never));
  }

  static async start(): Promise<Chromium> {
    const profile = mkdtempSync(join(tmpdir(), 'bench-chromium-'));
    const child = spawn(needBrowser('chromium'), [...chromiumArgs, ...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
    // a benchmark that is broken off leaves no browser behind
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
    process.once('exit', () => child.kill('SIGKILL'));
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', (code) => reject(new Error(`Chromium ended with exit code ${code}: ${said.slice(-500)}`)));
    });
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 0 });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return new Chromium(child, profile, socket);
  }

  /** Opens a page in a window, a profile and a process of its own. */
  async open(url: string): Promise<Tab> {
    const { browserContextId } = await this.send<{ browserContextId: string }>('Target.createBrowserContext', { disposeOnDetach: true });
    const { targetId } = await this.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank', browserContextId, width: WIDTH, height: HEIGHT, newWindow: true });
    const { sessionId } = await this.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    const tab = new Tab(this, sessionId, browserContextId);
    await tab.send('Emulation.setDeviceMetricsOverride', { width: WIDTH, height: HEIGHT, deviceScaleFactor: 1, mobile: false });
    await tab.send('Page.navigate', { url });
    return tab;
  }

  send<T = unknown>(method: string, params: Params = {}, sessionId?: string): Promise<T> {
    const id = ++this.#id;
    return new Promise<T>((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
    });
  }

  listen(sessionId: string, listener: (method: string, params: never) => void): void {
    this.#listeners.set(sessionId, listener);
  }

  /** The ids of the processes that run pages. */
  async rendererIds(): Promise<number[]> {
    const { processInfo } = await this.send<{ processInfo: { type: string; id: number }[] }>('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.removeAllListeners('exit').once('exit', () => undefined);
    this.#socket.close();
    this.#process.kill();
    await Promise.race([ended, new Promise((resolve) => this.#process.once('close', resolve))]);
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 10 });
  }

  #onMessage(message: { id?: number; sessionId?: string; method?: string; params?: never; result?: never; error?: { message: string } }): void {
    if (message.id === undefined) {
      this.#listeners.get(message.sessionId ?? '')?.(message.method ?? '', message.params as never);
      return;
    }
    const asked = this.#asked.get(message.id);
    this.#asked.delete(message.id);
    if (message.error === undefined) asked?.resolve(message.result as never);
    else asked?.reject(new Error(message.error.message));
  }
}

/** One page. */
export class Tab {
  readonly #browser: Chromium;
  readonly #session: string;
  readonly #context: string;

  constructor(browser: Chromium, session: string, context: string) {
    this.#browser = browser;
    this.#session = session;
    this.#context = context;
  }

  send<T = unknown>(method: string, params: Params = {}): Promise<T> {
    return this.#browser.send<T>(method, params, this.#session);
  }

  listen(listener: (method: string, params: never) => void): void {
    this.#browser.listen(this.#session, listener);
  }

  /** The value of an expression in the page, awaited. */
  async evaluate<T>(expression: string): Promise<T> {
    const answer = await this.send<{ result: { value: T }; exceptionDetails?: { text: string; exception?: { description?: string } } }>(
      'Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true },
    );
    const { exceptionDetails: fault } = answer;
    if (fault !== undefined) throw new Error(`In the page: ${fault.exception?.description ?? fault.text} (${expression.slice(0, 200)})`);
    return answer.result.value;
  }

  /** Resolves when an expression is true, looked at each 20 ms. */
  async until(expression: string, longestMs = 60_000): Promise<void> {
    const end = performance.now() + longestMs;
    while (!(await this.evaluate<boolean>(expression))) {
      if (performance.now() > end) throw new Error(`This did not come true within ${longestMs} ms: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async close(): Promise<void> {
    await this.#browser.send('Target.disposeBrowserContext', { browserContextId: this.#context });
  }
}
