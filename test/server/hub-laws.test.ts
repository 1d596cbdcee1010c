// Whatever happens between sources, buses, hubs and viewers of the extension, the numbers add up: each entry is shown once, in order, or is declared
// missing, level by level, and never the one for the other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LEVEL_NAMES, levelRank, type LevelName } from '../../src/core/levels.js';
import { decodeServerFrame, encodeSubscribed, type ResumePoints } from '../../src/core/protocol.js';
import type { HubViewer } from '../../src/server/hub-viewer.js';
import type { LogBatch } from '../../src/server/log-batch.js';
import type { LogHubOptions } from '../../src/server/log-hub.js';
import { Account, FakeSocket, hubOf, LEVELS, source, type Source, type StartedHub } from './hub-bench.js';

interface Given {
  readonly steps: readonly Step[];
  readonly levels: readonly LevelName[];
  readonly limits: Partial<LogHubOptions>;
}

type Step =
  | { readonly kind: 'log'; readonly source: number; readonly levels: readonly number[]; readonly dropped: readonly number[] }
  /** The bus loses the next batches for one hub. */
  | { readonly kind: 'lose' | 'repeat'; readonly hub: number; readonly count: number }
  | { readonly kind: 'stall' | 'drain' | 'leave'; readonly viewer: number }
  | { readonly kind: 'come'; readonly viewer: number; readonly hub: number; readonly fresh: boolean }
  | { readonly kind: 'restart'; readonly source: number; readonly said: boolean }
  | { readonly kind: 'renew'; readonly hub: number }
  | { readonly kind: 'time'; readonly ms: number };

/** One viewer over all its connections: it reads what it was sent when it leaves, and then goes on from there. */
class Watcher {
  readonly account: Account;
  readonly level: LevelName;
  socket = new FakeSocket();
  hub: StartedHub | null = null;
  viewer: HubViewer | null = null;
  /** Where its accounts of streams begin, by stream; and what they come to at the end. */
  constructor(level: LevelName) {
    this.level = level;
    this.account = new Account((number) => levelRank(number) >= LEVEL_NAMES.indexOf(level));
  }

  come(hub: StartedHub, resume: ResumePoints | null): void {
    this.socket = new FakeSocket();
    const { viewer, extension, start } = hub.join(this.socket, this.level, true, resume);
    const answer = decodeServerFrame(encodeSubscribed(this.level, extension));
    assert.ok(answer.type === 'subscribed' && answer.ext !== null);
    this.account.begin(answer.ext.streams);
    this.hub = hub;
    this.viewer = viewer;
    start();
  }

  leave(said = false): void {
    if (this.hub === null || this.viewer === null) return;
    this.hub.leave(this.viewer, said);
    this.read();
    this.hub = this.viewer = null;
  }

  read(): void {
    this.account.read(this.socket.decoded());
    this.socket.frames.length = 0;
  }
}

function run({ steps, levels, limits }: Given): { shown: number; missing: number; watchers: Watcher[] } {
  const epochs = [0, 0, 0], start = (index: number): Source => source(`s${index}`, `e${(epochs[index] = (epochs[index] ?? 0) + 1)}`);
  const sources = [0, 1, 2].map(start), owed = [0, 1, 2].map(() => new Map<string, Set<string>>());
  const hubs = [0, 1].map(() => hubOf(limits)), losing = [0, 0], repeating = [0, 0], watchers = levels.map((level) => new Watcher(level));
  const publish = (index: number, batch: LogBatch): void => {
    const key = `${batch.instance}`;
    for (const [hubIndex, hub] of hubs.entries()) {
      if ((losing[hubIndex] ?? 0) > 0) {
        losing[hubIndex] = (losing[hubIndex] ?? 0) - 1;
        continue;
      }
      hub.receive(batch);
      if ((repeating[hubIndex] ?? 0) > 0) {
        repeating[hubIndex] = (repeating[hubIndex] ?? 0) - 1;
        hub.receive(batch);
      }
    }
    owed[index]?.set(key, new Set());
  };
  for (const [index, each] of sources.entries()) publish(index, each.log());
  for (const [index, watcher] of watchers.entries()) watcher.come(hubs[index % 2] as StartedHub, null);
  for (const step of steps) {
    const watcher = 'viewer' in step ? watchers[step.viewer % watchers.length] : undefined;
    switch (step.kind) {
      case 'log': {
        const from = sources[step.source] as Source;
        publish(step.source, step.dropped.length > 0 ? from.overflow(step.dropped, ...step.levels) : from.log(...step.levels));
        break;
      }
      case 'lose': losing[step.hub] = step.count; break;
      case 'repeat': repeating[step.hub] = step.count; break;
      case 'stall': if (watcher !== undefined) watcher.socket.stalled = true; break;
      case 'drain': watcher?.socket.drain(); break;
      case 'leave': watcher?.leave(); break;
      case 'come':
        if (watcher?.hub === null) {
          const resume = watcher.account.resume();
          if (step.fresh) watcher.account.positions.clear();
          watcher.come(hubs[step.hub] as StartedHub, step.fresh || resume.size === 0 ? null : resume);
        }
        break;
      case 'restart':
        if (step.said) publish(step.source, (sources[step.source] as Source).end());
        sources[step.source] = start(step.source);
        publish(step.source, (sources[step.source] as Source).log());
        break;
      case 'renew': {
        for (const each of watchers) if (each.hub === hubs[step.hub]) each.leave();
        hubs[step.hub] = hubOf(limits);
        break;
      }
      case 'time': for (const hub of hubs) hub.clock.advance(step.ms); break;
    }
  }
  losing.fill(0);
  for (const watcher of watchers) {
    if (watcher.hub === null) watcher.come(hubs[0] as StartedHub, watcher.account.resume());
    watcher.socket.drain();
  }
  for (const [index, each] of sources.entries()) publish(index, each.log());
  for (const hub of hubs) hub.clock.advance(5000);
  for (const watcher of watchers) {
    watcher.socket.drain();
    watcher.read();
  }
  // after the last mark everything is accounted for: the account itself has compared each level's numbers, and the last of them are the source's
  const last = sources.map((each) => each.log());
  for (const { account, level } of watchers) {
    for (const { instance, epoch, seq, levels: numbers } of last) {
      const position = account.positions.get(instance);
      assert.equal(position?.epoch, epoch);
      assert.equal(position?.seq, seq);
      for (const [number, lseq] of numbers) if (levelRank(number) >= LEVEL_NAMES.indexOf(level)) assert.equal(position?.levels.get(number) ?? 0, lseq, `${instance} ${number}`);
    }
  }
  const shown = watchers.reduce((sum, { account }) => sum + [...account.shown.values()].flat().length, 0);
  const missing = watchers.reduce((sum, { account }) => sum + [...account.missing.values()].reduce((all, counts) => all + [...counts.values()].reduce((a, b) => a + b, 0), 0), 0);
  return { shown, missing, watchers };
}

const anyLevels = fc.array(fc.constantFrom(...LEVELS), { maxLength: 8 });
const hub = fc.nat(1), viewer = fc.nat(3), sourceIndex = fc.nat(2);
const harmless: fc.Arbitrary<Step>[] = [
  fc.record({ kind: fc.constant('log' as const), source: sourceIndex, levels: anyLevels, dropped: fc.constant([]) }),
  fc.record({ kind: fc.constant('log' as const), source: sourceIndex, levels: anyLevels, dropped: fc.constant([]) }),
  fc.record({ kind: fc.constantFrom('stall' as const, 'drain' as const, 'leave' as const), viewer }),
  fc.record({ kind: fc.constant('come' as const), viewer, hub, fresh: fc.constant(false) }),
  fc.record({ kind: fc.constant('repeat' as const), hub, count: fc.nat(3) }),
  fc.record({ kind: fc.constant('restart' as const), source: sourceIndex, said: fc.constant(true) }),
  fc.record({ kind: fc.constant('time' as const), ms: fc.constantFrom(100, 5000) }),
];
const harmful: fc.Arbitrary<Step>[] = [
  fc.record({ kind: fc.constant('log' as const), source: sourceIndex, levels: anyLevels, dropped: anyLevels }),
  fc.record({ kind: fc.constant('lose' as const), hub, count: fc.nat(4) }),
  fc.record({ kind: fc.constant('come' as const), viewer, hub, fresh: fc.boolean() }),
  fc.record({ kind: fc.constant('restart' as const), source: sourceIndex, said: fc.boolean() }),
  fc.record({ kind: fc.constant('renew' as const), hub }),
  fc.record({ kind: fc.constant('time' as const), ms: fc.constantFrom(100, 5000, 30_000) }),
];
const levels = fc.array(fc.constantFrom<LevelName>('trace', 'info', 'warn', 'error'), { minLength: 4, maxLength: 4 });

test('with loss, restarts, stalls and resumes on either hub, every level of every stream adds up', () => {
  const limits = fc.record({
    floor: fc.constantFrom<LevelName>('trace', 'info'), maxBufferedBytes: fc.constantFrom(1, 200, 2000), maxRingEntries: fc.integer({ min: 1, max: 40 }),
    maxRingErrors: fc.nat(5), maxRingMs: fc.constantFrom(10_000, 120_000), keepMs: fc.constantFrom(1, 6000, 60_000),
  });
  fc.assert(fc.property(fc.array(fc.oneof(...harmless, ...harmful), { maxLength: 60 }), levels, limits, (steps, names, given) => {
    run({ steps, levels: names.map((name) => (given.floor === 'info' && name === 'trace' ? 'info' : name)), limits: given });
  }), { numRuns: 1500, includeErrorInReport: true });
});

test('where nothing is lost and the ring is large enough, nothing is missing, whoever stalls, leaves and comes back to either hub', () => {
  const limits = { maxBufferedBytes: 100, maxRingEntries: 100_000, maxRingErrors: 10, maxRingMs: 1e9, keepMs: 1e9 };
  fc.assert(fc.property(fc.array(fc.oneof(...harmless), { maxLength: 60 }), levels, (steps, names) => {
    const { missing, watchers } = run({ steps, levels: names, limits });
    assert.equal(missing, 0);
    const sent = new Map<string, number>();
    for (const step of steps) {
      if (step.kind === 'log') for (const level of step.levels) sent.set(String(level), (sent.get(String(level)) ?? 0) + 1);
    }
    for (const { account, level } of watchers) {
      const owed = [...sent].reduce((sum, [number, count]) => sum + (levelRank(Number(number)) >= LEVEL_NAMES.indexOf(level) ? count : 0), 0);
      assert.equal([...account.shown.values()].flat().length, owed);
    }
  }), { numRuns: 500, includeErrorInReport: true });
});
