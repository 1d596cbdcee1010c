// Where the main thread's time goes: JavaScript by function and by module (sampled), and what the browser itself did (style, layout, the rest) by its
// own counters. Only for a look inside: what is profiled is slower, so no ratio is made of it.
import type { Tab } from './chromium.js';

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
}

interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface Profile {
  /** Of the sampled time without idling, in percent, largest first. */
  readonly functions: readonly (readonly [string, number])[];
  readonly modules: readonly (readonly [string, number])[];
  /** Per second of wall time: ms of style, layout, script and all tasks; counts of style and layout passes. */
  readonly browser: Readonly<Record<string, number>>;
  /** Share of the time in which the thread did something. */
  readonly busy: number;
}

const INTERVAL_US = 200;
const COUNTERS = ['ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration', 'TaskDuration', 'RecalcStyleCount', 'LayoutCount'];

export async function profileOf(tab: Tab, during: () => Promise<unknown>): Promise<Profile> {
  await tab.send('Performance.enable');
  await tab.send('Profiler.enable');
  await tab.send('Profiler.setSamplingInterval', { interval: INTERVAL_US });
  await tab.send('Profiler.start');
  const before = await counters(tab);
  await during();
  const after = await counters(tab);
  const { profile } = await tab.send<{ profile: CpuProfile }>('Profiler.stop');
  await tab.send('Profiler.disable');
  await tab.send('Performance.disable');
  const seconds = (after['Timestamp'] as number) - (before['Timestamp'] as number);
  const browser = Object.fromEntries(COUNTERS.map((name) => {
    const each = ((after[name] as number) - (before[name] as number)) / seconds;
    return [name, round(name.endsWith('Duration') ? each * 1000 : each)];
  }));
  return { ...summary(profile), browser };
}

async function counters(tab: Tab): Promise<Record<string, number>> {
  const { metrics } = await tab.send<{ metrics: { name: string; value: number }[] }>('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

function summary({ nodes, samples, timeDeltas }: CpuProfile): Omit<Profile, 'browser'> {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const functions = new Map<string, number>(), modules = new Map<string, number>();
  let all = 0, idle = 0;
  samples.forEach((id, index) => {
    const frame = frames.get(id), us = timeDeltas[index] ?? 0;
    if (frame === undefined || us < 0) return;
    all += us;
    if (frame.functionName === '(idle)') {
      idle += us;
      return;
    }
    const module = moduleOf(frame.url), name = frame.functionName === '' ? '(anonymous)' : frame.functionName;
    add(functions, frame.url === '' ? name : `${name} ${module}:${frame.lineNumber + 1}`, us);
    add(modules, frame.url === '' ? name : module, us);
  });
  const parts = (sums: Map<string, number>): [string, number][] => [...sums].map(([name, us]): [string, number] => [name, round((us / (all - idle)) * 100)]).sort((a, b) => b[1] - a[1]);
  return { functions: parts(functions), modules: parts(modules), busy: round((all - idle) / all) };
}

function moduleOf(url: string): string {
  return url.replace(/^.*?\/(src|node_modules|test)\//, '$1/').replace(/^https?:\/\/[^/]+\//, '');
}

function add(sums: Map<string, number>, name: string, us: number): void {
  sums.set(name, (sums.get(name) ?? 0) + us);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
