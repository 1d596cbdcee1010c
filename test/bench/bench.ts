// The pages under measure, opened and filled when first asked for, and the alternating runs over them.
import { Chromium } from './chromium.js';
import { Flood } from './flood.js';
import { Lane, type Load, type Run } from './lane.js';
import { buildPages } from './pages.js';

/** The pages, by name: file, query, and how many entries each is filled with before anything is measured. */
const LANES = {
  bare: { page: 'bare.html', fill: 0 },
  painter: { page: 'bare.html?rows', fill: 0 },
  ours10k: { page: 'viewer.html?cap=10000', fill: 10_000 },
  ours100k: { page: 'viewer.html?cap=100000', fill: 100_000 },
  ours1m: { page: 'viewer.html?cap=1000000', fill: 1_000_000 },
  store10k: { page: 'parts.html?part=store&cap=10000', fill: 10_000 },
  rows10k: { page: 'parts.html?part=rows&cap=10000', fill: 10_000 },
  list10k: { page: 'parts.html?part=list&cap=10000', fill: 10_000 },
} as const;

export type LaneName = keyof typeof LANES;

export interface OpenLane {
  readonly lane: Lane;
  /** Before a single entry came, after a forced collection, in bytes. */
  readonly emptyHeap: number;
  /** After it was filled: the characters of the texts, and the private memory of its process. */
  readonly rawBytes: number;
  readonly filledPrivate: number;
}

/** One run: a lane and what is sent to it. */
export interface Cell extends Omit<Load, 'settleMs' | 'ms'> {
  readonly lane: LaneName;
}

export interface Pace {
  readonly rounds: number;
  readonly settleMs: number;
  readonly ms: number;
}

export class Bench {
  readonly #flood: Flood;
  readonly #browser: Chromium;
  readonly #port: number;
  readonly #lanes = new Map<LaneName, OpenLane>();

  private constructor(flood: Flood, browser: Chromium, port: number) {
    this.#flood = flood;
    this.#browser = browser;
    this.#port = port;
  }

  /** @param modules serves each source module as a file of its own, for profiles */
  static async start(modules = false): Promise<Bench> {
    const files = await buildPages(modules), flood = await Flood.start();
    const { port } = await flood.ask({ name: 'serve', files });
    return new Bench(flood, await Chromium.start(), port);
  }

  async lane(name: LaneName): Promise<OpenLane> {
    const found = this.#lanes.get(name);
    if (found !== undefined) return found;
    const { page, fill } = LANES[name], lane = await Lane.open(this.#browser, this.#flood, name, page, this.#port);
    const emptyHeap = await heapOf(lane), rawBytes = await lane.fill(fill);
    const open = { lane, emptyHeap, rawBytes, filledPrivate: lane.renderer.privateBytes };
    this.#lanes.set(name, open);
    return open;
  }

  /** Runs each cell once a round, in an order that turns around each time; a cell's runs stand in the order of the rounds. */
  async rounds(cells: ReadonlyMap<string, Cell>, { rounds, settleMs, ms }: Pace): Promise<Map<string, Run[]>> {
    const runs = new Map<string, Run[]>([...cells.keys()].map((name) => [name, []]));
    for (const { lane } of cells.values()) await this.lane(lane);
    for (let round = 0; round < rounds; round++) {
      for (const [name, { lane, shape, perSecond }] of round % 2 === 0 ? cells : [...cells].reverse()) {
        const open = await this.lane(lane);
        runs.get(name)?.push(await open.lane.run({ shape, perSecond, settleMs, ms }));
      }
    }
    return runs;
  }

  async stop(): Promise<void> {
    await this.#browser.stop();
    this.#flood.stop();
  }
}

/** What the page's scripts keep alive, in bytes, after a forced collection. */
export async function heapOf({ tab }: Lane): Promise<number> {
  await tab.send('HeapProfiler.collectGarbage');
  await tab.send('HeapProfiler.collectGarbage');
  return (await tab.send<{ usedSize: number }>('Runtime.getHeapUsage')).usedSize;
}
