// What is measured once on a page that is full, and not against a floor: memory, standing still, searching, clearing, and a long run.
import { heapOf, type Bench } from './bench.js';
import { WORDS } from './entries.js';
import { median, percentile, type Figure } from './figures.js';
import { sleep, type Lane } from './lane.js';
import type { Settings } from './scenarios.js';
import { traceOf } from './trace.js';

const MB = 1e6, SLICE_MS = 8, PASS_MS = 250;

/**
 * Memory right after the last entry came, at rest (a browser looks for garbage by itself once a page has done little for some twenty to sixty seconds; nothing is
 * forced), and after a forced collection.
 */
export async function memory(bench: Bench, { isQuick }: Settings): Promise<Figure[]> {
  const { lane, rawBytes, filledPrivate } = await bench.lane('ours1m'), scenario = 'memory', restMs = isQuick ? 24_000 : 60_000;
  await sleep(restMs);
  const rested = lane.renderer.privateBytes, heap = await heapOf(lane), collected = lane.renderer.privateBytes;
  return [
    { scenario, name: 'raw bytes of 1,000,000 entries', value: rawBytes / MB, unit: 'MB' },
    { scenario, name: 'private memory after filling', value: filledPrivate / MB, unit: 'MB' },
    { scenario, name: `private memory after ${restMs / 1000} s of rest`, value: rested / MB, unit: 'MB' },
    { scenario, name: 'private memory, collected', value: collected / MB, unit: 'MB' },
    { scenario, name: 'V8 heap, collected', value: heap / MB, unit: 'MB', note: 'the texts are outside of it' },
    { scenario, name: 'private after filling ÷ raw', key: 'memVsRawFilled', value: filledPrivate / rawBytes },
    { scenario, name: 'private at rest ÷ raw', key: 'memVsRaw', value: rested / rawBytes, target: { atMost: 1.4 } },
    { scenario, name: 'private, collected ÷ raw', key: 'memVsRawCollected', value: collected / rawBytes },
  ];
}

/** The longest runs of script while entries come as fast as they go: in CPU time, so that it is ours alone, whatever else the machine does. */
export async function work(bench: Bench, { ms }: Settings): Promise<Figure[]> {
  const { lane } = await bench.lane('ours10k'), figures: Figure[] = [];
  for (const shape of ['plain', 'packed'] as const) {
    let scripts: readonly number[] = [];
    await lane.run({ shape, perSecond: null, settleMs: 500, ms: 0 }, async () => ({ scripts } = await traceOf(lane.tab, lane.renderer.pid, () => sleep(2 * ms))));
    const key = shape === 'plain' ? 'ourWorstCpuMs' : 'ourWorstCpuPackedMs', note = `traced; 99 of 100 of those above 2 ms: ${percentile(scripts.filter((script) => script > 2), 0.99).toFixed(1)} ms`;
    figures.push({ scenario: 'ingest', name: `longest run of script in CPU time, ${shape === 'plain' ? 'one entry a frame' : 'packed'}`, key, value: scripts[0] ?? 0, unit: 'ms', target: { atMost: 16 }, note });
  }
  return figures;
}

/** The reader is in the middle, then at the oldest entries, which leave the buffer under the eyes. */
export async function detached(bench: Bench, { isQuick }: Settings): Promise<Figure[]> {
  const { lane } = await bench.lane('ours1m'), ms = isQuick ? 3000 : 30_000, figures: Figure[] = [];
  for (const [place, part] of [['in the middle', 0.5], ['at the oldest', 0]] as const) {
    await lane.call('leave', part);
    let seen = { frames: 0, moved: 0, removed: 0 };
    const run = await lane.run({ shape: 'plain', perSecond: 5000, settleMs: 0, ms: 0 }, async () => (seen = await lane.call('still', ms)));
    figures.push({
      scenario: 'detached', name: `frames in which the first row moved, ${place}`, key: part === 0 ? 'detachedMovedOldest' : 'detachedMoved', value: seen.moved, target: { atMost: 0 },
      note: `of ${seen.frames} in ${ms / 1000} s, ${seen.removed} entries removed, ${Math.round(run.fps)} fps`,
    });
    await lane.call('follow');
  }
  return figures;
}

/** Types three words; each keystroke is a search of its own. */
export async function searching(bench: Bench): Promise<Figure[]> {
  const { lane } = await bench.lane('ours1m'), scenario = 'search';
  const keystrokes = Object.values(WORDS).flatMap((word) => Array.from(word, (_, index) => word.slice(0, index + 1)));
  const passes: { cpu: number; worstSlice: number; worstScript: number; rows: number; firstMs: number; lastMs: number; frames: number; words: string }[] = [];
  for (const words of keystrokes) {
    let found = { rows: 0, firstMs: 0, lastMs: 0, frames: 0 };
    const { scripts, between } = await traceOf(lane.tab, lane.renderer.pid, async () => (found = await lane.call('search', words)));
    passes.push({ ...found, words, cpu: scripts.reduce((sum, ms) => sum + ms, 0), worstSlice: between[0] ?? 0, worstScript: scripts[0] ?? 0 });
  }
  await lane.call('search', '');
  const rows = (words: string): number => passes.find((pass) => pass.words === words)?.rows ?? NaN, lost = await lane.call<number>('lost');
  const wrong = lost > 0 ? 0 : [rows(WORDS.rare) !== 4, rows(WORDS.absent) !== 0].filter(Boolean).length;
  const cpu = passes.map((pass) => pass.cpu), slices = passes.map(({ worstSlice }) => worstSlice);
  const ofWord = (word: string): string => `${passes.find(({ words }) => words === word)?.cpu.toFixed(0)} ms`;
  return [
    { scenario, name: 'CPU of a pass over 1,000,000, median of 20', key: 'searchPassMs', value: median(cpu), unit: 'ms', target: { atMost: PASS_MS }, note: `0 hits ${ofWord(WORDS.absent)}, 4 hits ${ofWord(WORDS.rare)}, ${rows(WORDS.frequent)} hits ${ofWord(WORDS.frequent)}` },
    { scenario, name: 'CPU of a pass, 19 of 20', key: 'searchPassP95Ms', value: percentile(cpu, 0.95), unit: 'ms' },
    { scenario, name: 'CPU of a pass, worst', key: 'searchPassWorstMs', value: Math.max(...cpu), unit: 'ms' },
    { scenario, name: 'longest slice, worst of all', key: 'searchSliceMs', value: Math.max(...slices), unit: 'ms', target: { atMost: SLICE_MS }, note: `median of the passes ${median(slices).toFixed(1)} ms; the keystroke's own work counts` },
    { scenario, name: 'longest run of script, drawing counts', key: 'searchScriptMs', value: Math.max(...passes.map(({ worstScript }) => worstScript)), unit: 'ms' },
    { scenario, name: 'frames until every match among the newest 100,000 is shown, 19 of 20', key: 'searchFrames', value: percentile(passes.map(({ frames }) => frames), 0.95), target: { atMost: 2 } },
    { scenario, name: 'keystroke to first right rows, 19 of 20', key: 'searchFirstMs', value: percentile(passes.map(({ firstMs }) => firstMs), 0.95), unit: 'ms' },
    { scenario, name: 'keystroke to the whole, 19 of 20', key: 'searchWholeMs', value: percentile(passes.map(({ lastMs }) => lastMs), 0.95), unit: 'ms' },
    { scenario, name: 'words with a wrong number of rows', key: 'searchWrong', value: wrong, target: { atMost: 0 } },
  ];
}

export async function clearing(bench: Bench): Promise<Figure[]> {
  const { lane, emptyHeap } = await bench.lane('ours1m');
  await lane.call('clear');
  await sleep(500);
  const heap = await heapOf(lane);
  return [
    { scenario: 'clear', name: 'V8 heap after clear() over that of the empty page', key: 'heapAfterClearMb', value: (heap - emptyHeap) / MB, unit: 'MB', target: { atMost: 10 } },
    { scenario: 'clear', name: 'private memory after clear()', key: 'privateAfterClearMb', value: lane.renderer.privateBytes / MB, unit: 'MB' },
  ];
}

/** 5,000 entries a second for so long; what is kept alive is compared between the first quarter and the end. */
export async function soak(bench: Bench, { minutes }: Settings): Promise<Figure[]> {
  const { lane } = await bench.lane('ours10k'), quarter = (minutes * 60_000) / 4, scenario = 'soak';
  const load = { shape: 'plain', perSecond: 5000, settleMs: 0 } as const;
  await lane.run({ ...load, ms: quarter });
  const before = { heap: await heapOf(lane), ...(await domOf(lane)) };
  const run = await lane.run({ ...load, ms: quarter * 3 });
  const after = { heap: await heapOf(lane), ...(await domOf(lane)) };
  return [
    { scenario, name: `growth of the V8 heap in ${minutes * 0.75} minutes`, key: 'soakHeapMb', value: (after.heap - before.heap) / MB, unit: 'MB', target: { atMost: 5 } },
    { scenario, name: 'growth of the number of nodes', key: 'soakNodes', value: after.nodes - before.nodes, target: { atMost: 200 } },
    { scenario, name: 'growth of the number of listeners', key: 'soakListeners', value: after.listeners - before.listeners, target: { atMost: 20 } },
    { scenario, name: 'growth of the number of observed elements', key: 'soakObserved', value: after.observed - before.observed, target: { atMost: 20 } },
    { scenario, name: 'entries lost', key: 'soakLost', value: run.lost, target: { atMost: 0 } },
    { scenario, name: 'animation frames', value: run.fps, unit: 'fps' },
    { scenario, name: 'taken', value: run.perSecond, unit: 'entries/s' },
  ];
}

/** After a collection, as `heapOf` makes one. */
async function domOf({ tab }: Lane): Promise<{ nodes: number; listeners: number; observed: number }> {
  const { nodes, jsEventListeners } = await tab.send<{ nodes: number; jsEventListeners: number }>('Memory.getDOMCounters');
  return { nodes, listeners: jsEventListeners, observed: await tab.evaluate<number>('bench.observed()') };
}
