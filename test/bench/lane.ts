// One page under measure, and what it took, drew and cost while entries were sent to it. Ratios are made of runs that alternate between lanes.
import type { Chromium, Tab } from './chromium.js';
import type { Shape } from './flood-process.js';
import type { Flood } from './flood.js';
import type { Watch } from './pages/probe.js';
import { rendererOf, type Renderer } from './renderer.js';

/** What one run of one lane showed. */
export interface Run {
  readonly perSecond: number;
  readonly fps: number;
  /** CPU time of the page's main thread, in µs an entry taken. */
  readonly usPerEntry: number;
  /** The same as a share of the time. */
  readonly mainShare: number;
  readonly worstGapMs: number;
  readonly lost: number;
  readonly marks: Watch['marks'];
  /** Entries that were sent and not yet taken when the run ended. */
  readonly behind: number;
}

export interface Load {
  readonly shape: Shape;
  /** Entries a second; null: as fast as it goes. */
  readonly perSecond: number | null;
  readonly settleMs: number;
  readonly ms: number;
}

const FILL_STEP = 10_000;

export class Lane {
  readonly name: string;
  readonly tab: Tab;
  readonly renderer: Renderer;
  readonly #flood: Flood;

  private constructor(name: string, tab: Tab, renderer: Renderer, flood: Flood) {
    this.name = name;
    this.tab = tab;
    this.renderer = renderer;
    this.#flood = flood;
  }

  /** @param page its file and query: `viewer.html?cap=10000` */
  static async open(browser: Chromium, flood: Flood, name: string, page: string, port: number): Promise<Lane> {
    const tab = await browser.open(`http://127.0.0.1:${port}/${page}${page.includes('?') ? '&' : '?'}lane=${encodeURIComponent(name)}`);
    await flood.ask({ name: 'subscribed', lane: name });
    await tab.until(`typeof bench === 'object' && (bench.live?.() ?? true)`);
    return new Lane(name, tab, await rendererOf(browser, tab), flood);
  }

  /** Calls a function of the page's `bench`. */
  call<T>(name: string, ...args: unknown[]): Promise<T> {
    return this.tab.evaluate<T>(`bench.${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`);
  }

  /** Sends so many entries, in portions that the page takes without falling behind; returns the characters of their texts. */
  async fill(count: number): Promise<number> {
    let rawBytes = 0;
    for (let left = count; left > 0; left -= FILL_STEP) {
      const { sent, rawBytes: bytes } = await this.#flood.ask({ name: 'send', lane: this.name, shape: 'packed', count: Math.min(left, FILL_STEP) });
      rawBytes = bytes;
      await this.#taken(sent);
    }
    return rawBytes;
  }

  async run({ shape, perSecond, settleMs, ms }: Load, during: () => Promise<unknown> = () => sleep(ms)): Promise<Run> {
    await this.#flood.ask({ name: 'stream', lane: this.name, shape, perSecond });
    await sleep(settleMs);
    const before = this.renderer.mainMs;
    await this.call('start');
    await during();
    const watch = await this.call<Watch>('stop');
    const mainMs = this.renderer.mainMs - before;
    const taken = await this.call<number>('taken'), lostAll = await this.call<number>('lost');
    const { sent } = await this.#flood.ask({ name: 'stop', lane: this.name });
    await this.#taken(sent);
    if (watch.errors.length > 0) throw new Error(`In the page ${this.name}: ${watch.errors[0]}`);
    const seconds = watch.ms / 1000;
    return {
      perSecond: watch.taken / seconds, fps: watch.frames / seconds, usPerEntry: (mainMs * 1000) / watch.taken, mainShare: mainMs / watch.ms,
      worstGapMs: watch.worstGapMs, lost: watch.lost, marks: watch.marks, behind: sent - taken - lostAll,
    };
  }

  close(): Promise<void> {
    return this.tab.close();
  }

  async #taken(count: number): Promise<void> {
    await this.tab.until(`bench.taken() + bench.lost() >= ${count}`, 120_000);
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
