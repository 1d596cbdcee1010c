// A look inside instead of a measure: the sampled JavaScript and the browser's own work while entries come in.
import type { Bench } from './bench.js';
import { sleep } from './lane.js';
import { profileOf } from './profile.js';
import { traceOf } from './trace.js';

const MS = 3000, LINES = 30;

/** @param what `plain` and `packed` as fast as it goes, or a number of one-entry frames a second */
export async function showProfile(bench: Bench, what: string): Promise<void> {
  const { lane } = await bench.lane('ours10k');
  const load = { shape: what === 'packed' ? 'packed' : 'plain', perSecond: /^\d+$/.test(what) ? Number(what) : null, settleMs: 500, ms: MS } as const;
  const run = await lane.run(load);
  console.log(`${Math.round(run.perSecond)} entries/s, ${run.usPerEntry.toFixed(1)} µs CPU an entry, ${Math.round(run.fps)} fps. By the clock, of our own:`);
  for (const [name, { count, ms, worstMs }] of Object.entries(run.marks.calls)) console.log(`${(ms / run.marks.frames).toFixed(2).padStart(8)} ms a frame, worst ${worstMs.toFixed(1).padStart(6)}, ${count} × ${name}`);

  await lane.run({ ...load, ms: 0 }, async () => {
    const { kinds, tasks } = await traceOf(lane.tab, lane.renderer.pid, () => sleep(MS));
    const frames = kinds.find(({ name }) => name === 'Commit')?.count ?? NaN;
    console.log(`\nCPU of the main thread by kind of work, ${frames} frames, longest tasks ${tasks.slice(0, 3).map((ms) => ms.toFixed(1)).join(', ')} ms:`);
    for (const { name, ms, count } of kinds.slice(0, 16)) console.log(`${(ms / frames).toFixed(3).padStart(8)} ms a frame, ${String(count).padStart(6)} × ${name}`);
  });
  await lane.run({ ...load, ms: 0 }, async () => {
    const { functions, modules, browser, busy } = await profileOf(lane.tab, () => sleep(MS));
    console.log(`\nBy samples, in percent of the time that was not idle (busy ${busy} of it); a second had ${JSON.stringify(browser)}:`);
    for (const [name, percent] of functions.slice(0, LINES)) console.log(`${percent.toFixed(2).padStart(8)} ${name}`);
    console.log('\nThe same by module:');
    for (const [name, percent] of modules.slice(0, LINES / 2)) console.log(`${percent.toFixed(2).padStart(8)} ${name}`);
  });
}
