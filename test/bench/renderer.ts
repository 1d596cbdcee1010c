// The process that runs a page, as Linux accounts for it: what its main thread has computed, and what memory is its own. Read from /proc, so that
// nothing in the page is slowed by being measured.
import { readFileSync } from 'node:fs';
import type { Chromium, Tab } from './chromium.js';

const BUSY_MS = 120;

export class Renderer {
  readonly pid: number;

  constructor(pid: number) {
    this.pid = pid;
  }

  /** Time that the main thread has spent on a processor, in ms. */
  get mainMs(): number {
    return mainMsOf(this.pid);
  }

  /** Private memory, in bytes: what would be free if this process alone ended. */
  get privateBytes(): number {
    const rollup = readFileSync(`/proc/${this.pid}/smaps_rollup`, 'utf8');
    return [...rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)].reduce((sum, [, kilobytes]) => sum + Number(kilobytes) * 1024, 0);
  }
}

/** Finds the process of a page by keeping it busy for a moment, because no protocol says it. The same one must answer twice in a row. */
export async function rendererOf(browser: Chromium, tab: Tab): Promise<Renderer> {
  let last = -1;
  for (let tries = 0; tries < 50; tries++) {
    // on a machine with much else to do it may not have got far; then nothing is known, and it is tried again, for longer
    const before = new Map((await browser.rendererIds()).map((pid) => [pid, mainMsOf(pid)])), busyMs = BUSY_MS * (1 + Math.floor(tries / 5));
    await tab.evaluate(`for (const end = performance.now() + ${busyMs}; performance.now() < end;);`);
    const [busiest, next] = [...before].map(([pid, ms]) => ({ pid, spent: mainMsOf(pid) - ms })).sort((a, b) => b.spent - a.spent);
    const isSure = busiest !== undefined && busiest.spent > BUSY_MS / 4 && busiest.spent > 4 * (next?.spent ?? 0);
    if (isSure && busiest.pid === last) return new Renderer(last);
    last = isSure ? busiest.pid : -1;
  }
  throw new Error('The process of a page was not found; the benchmark needs the /proc of Linux.');
}

function mainMsOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return 0;
  }
}
