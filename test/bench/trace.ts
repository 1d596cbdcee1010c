// What the main thread did, by Chromium's own trace: CPU time of each kind of work (scripts, style, layout, paint …), and the longest tasks. CPU time
// and not the clock's, so that a busy machine does not count.
import type { Tab } from './chromium.js';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** CPU time, in µs. */
  readonly tdur?: number;
}

export interface Trace {
  /** Of the events themselves, without those inside them, in ms, largest first; with how often each was. */
  readonly kinds: readonly { readonly name: string; readonly ms: number; readonly count: number }[];
  /** CPU time of each task (one turn of the event loop), in ms, longest first. */
  readonly tasks: readonly number[];
  /** CPU time of each run of script (a callback with its microtasks), in ms, longest first. */
  readonly scripts: readonly number[];
  /** Those of them that no animation frame runs: what works between pictures. */
  readonly between: readonly number[];
}

const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];
const TASK = 'ThreadControllerImpl::RunTask';
const FRAME = 'FireAnimationFrame', SCRIPTS = new Set(['FunctionCall', FRAME, 'TimerFire', 'EventDispatch', 'RunMicrotasks', 'EvaluateScript']);

/** @param pid of the page's process */
export async function traceOf(tab: Tab, pid: number, during: () => Promise<unknown>): Promise<Trace> {
  const events: TraceEvent[] = [];
  const ended = new Promise<void>((resolve) => {
    tab.listen((method, params: { value: TraceEvent[] }) => {
      if (method === 'Tracing.dataCollected') events.push(...params.value.filter((event) => event.pid === pid && event.tid === pid && event.ph === 'X'));
      else if (method === 'Tracing.tracingComplete') resolve();
    });
  });
  await tab.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { recordMode: 'recordUntilFull', includedCategories: CATEGORIES } });
  await during();
  await tab.send('Tracing.end');
  await ended;
  return summary(events);
}

function summary(events: TraceEvent[]): Trace {
  const kinds = new Map<string, { name: string; ms: number; count: number }>(), tasks: number[] = [], scripts: number[] = [], between: number[] = [];
  const open: { end: number; kind: { ms: number }; isScript: boolean }[] = [];
  // a longer event that begins at the same time holds the shorter one
  for (const event of events.sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    // now and then Chromium says 100 ms of CPU time of what took 0.1 ms by the clock
    const ms = Math.min(event.tdur ?? 0, event.dur ?? 0) / 1000, end = event.ts + (event.dur ?? 0);
    while (open.length > 0 && (open.at(-1)?.end ?? 0) < end) open.pop();
    const kind = kinds.get(event.name) ?? { name: event.name, ms: 0, count: 0 }, outer = open.at(-1);
    kinds.set(event.name, kind);
    kind.ms += ms;
    kind.count++;
    if (outer !== undefined) outer.kind.ms -= ms;
    if (event.name === TASK) tasks.push(ms);
    const isScript = SCRIPTS.has(event.name);
    if (isScript && !open.some((around) => around.isScript)) {
      scripts.push(ms);
      if (event.name !== FRAME) between.push(ms);
    }
    open.push({ end, kind, isScript });
  }
  const down = (a: number, b: number): number => b - a;
  return { kinds: [...kinds.values()].sort((a, b) => b.ms - a.ms), tasks: tasks.sort(down), scripts: scripts.sort(down), between: between.sort(down) };
}
