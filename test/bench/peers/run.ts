// `npm run bench:peers`: other viewers and ours under the same frames, server, window and cap. By hand: the peers are installed by
// `npm install --prefix test/bench/peers` first. `-- --quick` takes one round of short runs; `-- --rounds 5`; `-- --only search` or `-- --only rates`.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Chromium } from '../chromium.js';
import { WORDS } from '../entries.js';
import { format, median, percentile } from '../figures.js';
import { Flood } from '../flood.js';
import { Lane, sleep } from '../lane.js';
import { buildPages, type PageFile } from '../pages.js';
import type { Watch } from '../pages/probe.js';

interface Esbuild {
  build(options: object): Promise<{ outputFiles: readonly { path: string; text: string }[] }>;
}

/** What one page showed at one rate. */
interface Seen {
  readonly shown: number;
  readonly fps: number;
  readonly lag: number;
  readonly cpu: number;
  readonly memory: number;
}

const PEERS = ['patternfly', 'melloware', 'directus-replica'];
const RATES = [['20/s', 20], ['1,000/s', 1000], ['flood', null]] as const;
const CAP = 10_000;
/** A page that does not answer by then is stuck: it has more to draw than it ever will. Shown as a dash. */
const ANSWER_MS = 20_000;
/** They bring styles and scripts of their own making, which a strict policy forbids. */
const POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:";

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false }, rounds: { type: 'string' }, only: { type: 'string' } } });
const rounds = Number(options.rounds ?? (options.quick ? 1 : 5)), settleMs = options.quick ? 500 : 2000, ms = options.quick ? 2000 : 6000;
if (!existsSync(join(import.meta.dirname, 'node_modules/esbuild'))) {
  console.error('The peers are not installed: run “npm install --prefix test/bench/peers” first.');
  process.exit(1);
}

async function buildPeers(): Promise<Record<string, PageFile>> {
  const esbuild = createRequire(join(import.meta.dirname, 'package.json'))('esbuild') as Esbuild, files: Record<string, PageFile> = {};
  for (const name of PEERS) {
    const { outputFiles } = await esbuild.build({
      entryPoints: [join(import.meta.dirname, 'pages', `${name}.mjs`)], bundle: true, minify: true, write: false, outdir: '/', format: 'esm', target: 'es2022',
      define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
      loader: { '.woff2': 'empty', '.woff': 'empty', '.ttf': 'empty', '.svg': 'empty', '.jpg': 'empty', '.png': 'empty' },
    });
    for (const { path, text } of outputFiles) files[`/${name}${path.endsWith('.css') ? '.css' : '.js'}`] = { type: path.endsWith('.css') ? 'text/css' : 'text/javascript', text };
    const sheets = ['page', 'peers', name].map((sheet) => `<link rel="stylesheet" href="/${sheet}.css">`).join('');
    files[`/${name}.html`] = { type: 'text/html; charset=utf-8', text: `<!doctype html><meta charset="utf-8"><title>${name}</title>${sheets}<script type="module" src="/${name}.js"></script>`, policy: POLICY };
  }
  return { ...files, '/peers.css': { type: 'text/css', text: readFileSync(join(import.meta.dirname, 'pages/peers.css'), 'utf8') } };
}

const flood = await Flood.start(), { port } = await flood.ask({ name: 'serve', files: { ...(await buildPages()), ...(await buildPeers()) } });
const browser = await Chromium.start(), seen = new Map<string, Seen[]>(), searches = new Map<string, number[]>();
let opened = 0;

/** A page of its own for each run: one that has fallen behind would take minutes to catch up. */
async function look(page: string, perSecond: number | null): Promise<Seen> {
  const name = `${page} ${++opened}`, lane = await Lane.open(browser, flood, name, `${page}.html?look&cap=${CAP}`, port);
  try {
    await lane.fill(CAP);
    // begun before the stream: under it a slow page would not hear of it
    await lane.call('start');
    await flood.ask({ name: 'stream', lane: name, shape: 'plain', perSecond });
    await sleep(settleMs);
    const before = lane.renderer.mainMs, from = Date.now();
    await sleep(ms);
    const watch = await Promise.race([lane.call<Watch>('stop'), sleep(ANSWER_MS)]), mainMs = lane.renderer.mainMs - before, memory = lane.renderer.privateBytes / 1e6;
    const { writes } = await flood.ask({ name: 'stop', lane: name });
    if (watch === undefined) return { shown: NaN, fps: NaN, lag: NaN, cpu: NaN, memory };
    const looks = watch.seen.filter(([at]) => at >= from), [first, last] = [looks[0], looks.at(-1)];
    const seconds = ((last?.[0] ?? 0) - (first?.[0] ?? 0)) / 1000, shown = (last?.[1] ?? 0) - (first?.[1] ?? 0);
    // the oldest entry that was sent and is not on the screen yet says how far behind it is
    const lags = looks.map(([at, newest]) => Math.max(0, at - (writes.find(([count]) => count > newest)?.[1] ?? at)));
    return { shown: shown / seconds, fps: watch.frames / (watch.ms / 1000), lag: percentile(lags, 0.95), cpu: (mainMs * 1000) / shown, memory };
  } finally {
    await lane.close();
  }
}

/** Types a word that no entry has, and one that most have, letter by letter: ms from each keystroke to its rows. */
async function search(page: string): Promise<number[]> {
  const lane = await Lane.open(browser, flood, `${page} ${++opened}`, `${page}.html?cap=${CAP}`, port), times: number[] = [];
  await lane.fill(CAP);
  for (const word of [WORDS.absent, WORDS.frequent]) {
    for (let length = 1; length <= word.length; length++) times.push((await lane.call<{ lastMs: number }>('search', word.slice(0, length))).lastMs);
  }
  await lane.close();
  return times;
}

try {
  for (let round = 0; round < rounds; round++) {
    const pages = round % 2 === 0 ? ['viewer', ...PEERS] : [...PEERS, 'viewer'].reverse();
    if (options.only !== 'search') for (const [label, rate] of RATES) for (const page of pages) add(seen, `${label} ${page}`, await look(page, rate));
    if (options.only !== 'rates') for (const page of ['viewer', 'directus-replica']) for (const time of await search(page)) add(searches, page, time);
  }
} finally {
  await browser.stop();
  flood.stop();
}

const columns = ['shown', 'fps', 'lag', 'cpu', 'memory'] as const;
console.log(`${''.padEnd(28)}${['shown/s', 'fps', 'p95 lag ms', 'CPU µs/entry', 'memory MB'].map((head) => head.padStart(14)).join('')}`);
for (const [name, runs] of seen) console.log(`${name.padEnd(28)}${columns.map((column) => format(median(runs.map((run) => run[column]))).padStart(14)).join('')}`);
for (const [page, times] of searches) console.log(`${page}: ${format(median(times))} ms from a keystroke to the rows in the median, ${format(Math.max(...times))} at worst, over ${CAP.toLocaleString('en')} entries`);
console.log(`\n${rounds} rounds of ${ms} ms, load average ${format(loadavg()[0] as number)}. The replica is ours, of Directus' approach; patternfly gets ready-made strings and highlights instead of filtering.`);
console.log(JSON.stringify({ ...Object.fromEntries([...seen].map(([name, runs]) => [name, Object.fromEntries(columns.map((column) => [column, median(runs.map((run) => run[column]))]))])), search: Object.fromEntries([...searches].map(([page, times]) => [page, median(times)])) }));

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  console.error(`${key}: ${JSON.stringify(value)}`);
  map.set(key, [...(map.get(key) ?? []), value]);
}
