// `npm run bench`: the measures of the viewer against two floors, side by side in one headless Chromium; one table and, last, one line of JSON.
//   -- --quick                 within two minutes: shorter runs
//   -- --only ingest,search    some scenarios by name (scenarios.ts has all)
//   -- --rounds 9              alternations; default 5 quick, else 7
//   -- --minutes 10            of `soak`, which runs only where it is named
//   -- --profile plain         instead of measuring: where the time goes at 10,000 entries under `plain`, `packed` or `5000` entries a second
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Bench, type Cell } from './bench.js';
import { table, type Figure } from './figures.js';
import { showProfile } from './show-profile.js';
import { CELLS, scenarios, USUAL, type Settings } from './scenarios.js';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, rounds: { type: 'string' }, minutes: { type: 'string', default: '1' }, profile: { type: 'string' } },
});
const names = options.only?.split(',') ?? USUAL;
const unknown = names.filter((name) => !(name in scenarios));
if (unknown.length > 0) {
  console.error(`There is no scenario “${unknown.join('”, “')}”; there are ${Object.keys(scenarios).join(', ')}.`);
  process.exit(1);
}
const isQuick = options.quick;
const settings: Settings = { isQuick, minutes: Number(options.minutes), rounds: Number(options.rounds ?? (isQuick ? 5 : 7)), settleMs: isQuick ? 150 : 500, ms: isQuick ? 700 : 3000 };
const from = performance.now(), loadBefore = loadavg()[0] as number;
const bench = await Bench.start(options.profile !== undefined);
try {
  if (options.profile !== undefined) await showProfile(bench, options.profile);
  else await measure();
} finally {
  await bench.stop();
}

async function measure(): Promise<void> {
  const chosen = names.map((name) => scenarios[name] as (typeof scenarios)[string]), figures: Figure[] = [];
  const cells = new Map<string, Cell>(chosen.flatMap((scenario) => scenario.cells).map((cell) => [cell, CELLS[cell]]));
  const runs = cells.size > 0 ? await bench.rounds(cells, settings) : new Map<string, never>();
  for (const scenario of chosen) {
    figures.push(...(scenario.figures?.(runs) ?? []));
    if (scenario.single !== undefined) figures.push(...(await scenario.single(bench, settings)));
  }
  const load = [loadBefore, loadavg()[0] as number].map((value) => Math.round(value * 10) / 10), seconds = Math.round((performance.now() - from) / 1000);
  console.log(table(figures));
  console.log(`\n${settings.rounds} rounds of ${settings.ms} ms, ${availableParallelism()} cores, load average ${load.join(' → ')}, ${seconds} s. Only ratios of one run say something; a load above the number of cores blurs them too.`);
  const keyed = figures.flatMap(({ key, value }) => (key === undefined ? [] : [[key, Math.round(value * 1000) / 1000]]));
  console.log(JSON.stringify({ ...(Object.fromEntries(keyed) as Record<string, number>), quick: isQuick, rounds: settings.rounds, cores: availableParallelism(), load, seconds }));
}
