// The measures by name: which runs each needs, and which figures are made of them. Targets are those of the project; a figure without one is there to
// be read beside the others.
import type { Bench, Cell, Pace } from './bench.js';
import { median, ratioOf, spread, type Figure } from './figures.js';
import type { Run } from './lane.js';
import { clearing, detached, memory, searching, soak, work } from './single-runs.js';

export interface Settings extends Pace {
  readonly isQuick: boolean;
  readonly minutes: number;
}

export interface Scenario {
  /** The alternating runs that it needs; scenarios that need the same ones share them. */
  readonly cells: readonly CellName[];
  figures?(runs: ReadonlyMap<string, Run[]>): Figure[];
  /** What is measured once, after the rounds. */
  single?(bench: Bench, settings: Settings): Promise<Figure[]>;
}

export const CELLS = {
  'bare, one': { lane: 'bare', shape: 'plain', perSecond: null },
  'painter, one': { lane: 'painter', shape: 'plain', perSecond: null },
  'ours 10k, one': { lane: 'ours10k', shape: 'plain', perSecond: null },
  'ours 100k, one': { lane: 'ours100k', shape: 'plain', perSecond: null },
  'ours 1m, one': { lane: 'ours1m', shape: 'plain', perSecond: null },
  'bare, packed': { lane: 'bare', shape: 'packed', perSecond: null },
  'ours 10k, packed': { lane: 'ours10k', shape: 'packed', perSecond: null },
  'painter, 5k': { lane: 'painter', shape: 'plain', perSecond: 5000 },
  'ours 10k, 5k': { lane: 'ours10k', shape: 'plain', perSecond: 5000 },
  'store 10k, one': { lane: 'store10k', shape: 'plain', perSecond: null },
  'rows 10k, one': { lane: 'rows10k', shape: 'plain', perSecond: null },
  'list 10k, one': { lane: 'list10k', shape: 'plain', perSecond: null },
} as const satisfies Record<string, Cell>;

export type CellName = keyof typeof CELLS;
type Runs = ReadonlyMap<string, Run[]>;

const of = (runs: Runs, cell: CellName, field: 'perSecond' | 'usPerEntry' | 'fps' | 'mainShare' | 'lost'): number[] => (runs.get(cell) ?? []).map((run) => run[field]);

function each(runs: Runs, scenario: string, name: string, cell: CellName, field: 'perSecond' | 'usPerEntry' | 'fps', extra: Partial<Figure> = {}): Figure {
  const values = of(runs, cell, field), unit = { perSecond: 'entries/s', usPerEntry: 'µs', fps: 'fps' }[field];
  return { scenario, name: `${name}: ${cell}`, value: median(values), unit, note: spread(values), ...extra };
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  ingest: {
    cells: ['bare, one', 'painter, one', 'ours 10k, one', 'ours 100k, one'],
    figures: (runs) => {
      const rate = (cell: CellName) => of(runs, cell, 'perSecond'), cpu = (cell: CellName) => of(runs, cell, 'usPerEntry');
      const ours = (runs.get('ours 10k, one') ?? []).map(({ marks }) => marks), scenario = 'ingest';
      const painterFps = median(of(runs, 'painter, one', 'fps')), fpsTarget = painterFps >= 58 ? { target: { atLeast: 55 } } : {};
      return [
        ...(['bare, one', 'painter, one', 'ours 10k, one', 'ours 100k, one'] as const).map((cell) => each(runs, scenario, 'taken', cell, 'perSecond')),
        { scenario, name: '10,000: taken ÷ bare', key: 'ingestVsBare', target: { atLeast: 0.9 }, ...ratioOf(rate('ours 10k, one'), rate('bare, one')) },
        { scenario, name: '100,000: taken ÷ bare', key: 'ingest100kVsBare', target: { atLeast: 0.9 }, ...ratioOf(rate('ours 100k, one'), rate('bare, one')) },
        ...(['bare, one', 'painter, one', 'ours 10k, one', 'ours 100k, one'] as const).map((cell) => each(runs, scenario, 'CPU an entry', cell, 'usPerEntry')),
        { scenario, name: '10,000: CPU an entry ÷ bare', key: 'cpuVsBare', target: { atMost: 2 }, ...ratioOf(cpu('ours 10k, one'), cpu('bare, one')) },
        { scenario, name: '100,000: CPU an entry ÷ bare', key: 'cpu100kVsBare', target: { atMost: 2 }, ...ratioOf(cpu('ours 100k, one'), cpu('bare, one')) },
        each(runs, scenario, 'animation frames', 'bare, one', 'fps'),
        each(runs, scenario, 'animation frames', 'painter, one', 'fps', { key: 'fpsPainter' }),
        each(runs, scenario, 'animation frames', 'ours 10k, one', 'fps', { key: 'fps', ...fpsTarget }),
        each(runs, scenario, 'animation frames', 'ours 100k, one', 'fps', { key: 'fps100k', ...fpsTarget }),
        { scenario, name: 'our work in a frame, median', value: median(ours.map(({ p50Ms }) => p50Ms)), unit: 'ms' },
        { scenario, name: 'our work in a frame, 99 of 100', value: median(ours.map(({ p99Ms }) => p99Ms)), unit: 'ms' },
        { scenario, name: 'our work in a frame, worst', key: 'ourWorstTaskMs', value: Math.max(...ours.map(({ worstMs }) => worstMs)), unit: 'ms', target: { atMost: 16 }, note: 'by the clock: what else the machine does counts' },
        { scenario, name: 'taken between two frames at once, worst', key: 'ourWorstPortionMs', value: Math.max(...ours.map(({ calls }) => calls['portion']?.worstMs ?? 0)), unit: 'ms', note: 'by the clock' },
        { scenario, name: 'entries lost', key: 'lost', value: Math.max(...of(runs, 'ours 10k, one', 'lost'), ...of(runs, 'ours 100k, one', 'lost')), target: { atMost: 0 } },
      ];
    },
    single: work,
  },
  steady: {
    cells: ['painter, 5k', 'ours 10k, 5k'],
    figures: (runs) => [
      each(runs, 'steady', 'CPU an entry', 'painter, 5k', 'usPerEntry'),
      each(runs, 'steady', 'CPU an entry', 'ours 10k, 5k', 'usPerEntry'),
      { scenario: 'steady', name: '5,000/s: CPU an entry ÷ painter', key: 'cpuVsPainter5k', target: { atMost: 1.5 }, ...ratioOf(of(runs, 'ours 10k, 5k', 'usPerEntry'), of(runs, 'painter, 5k', 'usPerEntry')) },
      each(runs, 'steady', 'animation frames', 'painter, 5k', 'fps'),
      each(runs, 'steady', 'animation frames', 'ours 10k, 5k', 'fps', { key: 'fps5k' }),
    ],
  },
  packed: {
    cells: ['ours 10k, one', 'bare, packed', 'ours 10k, packed'],
    figures: (runs) => {
      const rate = (cell: CellName) => of(runs, cell, 'perSecond'), scenario = 'packed';
      return [
        each(runs, scenario, 'taken', 'bare, packed', 'perSecond'),
        each(runs, scenario, 'taken', 'ours 10k, packed', 'perSecond'),
        { scenario, name: 'packed ÷ one entry a frame', key: 'packedVsOne', target: { atLeast: 8 }, ...ratioOf(rate('ours 10k, packed'), rate('ours 10k, one')) },
        { scenario, name: 'packed ÷ bare packed', key: 'packedVsBare', target: { atLeast: 0.5 }, ...ratioOf(rate('ours 10k, packed'), rate('bare, packed')) },
        each(runs, scenario, 'CPU an entry', 'bare, packed', 'usPerEntry'),
        each(runs, scenario, 'CPU an entry', 'ours 10k, packed', 'usPerEntry'),
        each(runs, scenario, 'animation frames', 'ours 10k, packed', 'fps', { key: 'fpsPacked' }),
        { scenario, name: 'entries lost', key: 'packedLost', value: Math.max(...of(runs, 'ours 10k, packed', 'lost')), target: { atMost: 0 } },
      ];
    },
  },
  million: {
    cells: ['ours 10k, one', 'ours 1m, one'],
    figures: (runs) => [
      each(runs, 'million', 'taken', 'ours 1m, one', 'perSecond'),
      { scenario: 'million', name: 'CPU an entry, 1,000,000 ÷ 10,000', key: 'cpu1mVs10k', target: { atMost: 1.2 }, ...ratioOf(of(runs, 'ours 1m, one', 'usPerEntry'), of(runs, 'ours 10k, one', 'usPerEntry')) },
      each(runs, 'million', 'animation frames', 'ours 1m, one', 'fps', { key: 'fps1m' }),
    ],
  },
  memory: { cells: [], single: memory },
  detached: { cells: [], single: detached },
  search: { cells: [], single: searching },
  // last of those with 1,000,000 entries: it lets go of them
  clear: { cells: [], single: clearing },
  soak: { cells: [], single: soak },
  /** What each layer of the viewer costs, by hand. */
  parts: {
    cells: ['bare, one', 'store 10k, one', 'rows 10k, one', 'list 10k, one', 'ours 10k, one'],
    figures: (runs) => {
      const cells = ['bare, one', 'store 10k, one', 'rows 10k, one', 'list 10k, one', 'ours 10k, one'] as const;
      return [
        ...cells.map((cell) => each(runs, 'parts', 'taken', cell, 'perSecond')),
        ...cells.map((cell): Figure => ({ scenario: 'parts', name: `CPU an entry ÷ bare: ${cell}`, ...ratioOf(of(runs, cell, 'usPerEntry'), of(runs, 'bare, one', 'usPerEntry')) })),
        ...cells.map((cell): Figure => ({ scenario: 'parts', name: `CPU a frame: ${cell}`, unit: 'ms', value: median(of(runs, cell, 'mainShare').map((share, round) => (share * 1000) / (of(runs, cell, 'fps')[round] ?? NaN))) })),
        ...cells.map((cell) => each(runs, 'parts', 'animation frames', cell, 'fps')),
      ];
    },
  },
};

/** What runs where nothing is named; `soak` and `parts` take their own time. */
export const USUAL = ['ingest', 'steady', 'packed', 'million', 'memory', 'detached', 'search', 'clear'];

