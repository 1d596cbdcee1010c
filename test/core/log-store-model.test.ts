import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LevelName } from '../../src/core/levels.js';
import type { LogSnapshot } from '../../src/core/log-snapshot.js';
import type { LogStore } from '../../src/core/log-store.js';
import { sumOf } from '../../src/core/level-counts.js';
import { encodePacked, encodePlainEntry, encodeStampedEntry } from '../../src/core/protocol.js';
import type { ManualClock } from '../helpers/manual-platform.js';
import { rowsOf, stampedEntry, storeOf } from '../helpers/store-bench.js';

const LEVELS: readonly LevelName[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const level = fc.constantFrom(0, 10, 20, 30, 35, 40, 50, 60), rank: Record<number, number> = { 0: 2, 10: 0, 20: 1, 30: 2, 35: 2, 40: 3, 50: 4, 60: 5 };
const instance = fc.constantFrom('api', 'web', ''), words = fc.constantFrom('one', 'two', 'one two', '日', '');
const messages = fc.oneof(words, fc.constantFrom('one\ntwo', '日本 one', '\ud83d', 'two '.repeat(50)));
const times = fc.integer({ min: 1, max: 12 }), hiddenInstances = fc.subarray(['api', 'web', '']);
const plan = fc.array(fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constantFrom('plain' as const, 'stamped' as const, 'push' as const), level, msg: messages, instance, times }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('packed' as const), levels: fc.array(level, { minLength: 1, maxLength: 40, size: 'max' }), msg: messages, instance }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('garbage' as const), text: fc.oneof(fc.string(), fc.json()) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('notify' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('filter' as const), hiddenLevels: fc.subarray([...LEVELS]), hiddenInstances, search: words }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pause' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('resume' as const), where: fc.constantFrom('here' as const, 'latest' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('follow' as const), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('limit' as const), entries: fc.integer({ min: 1, max: 120 }), bytes: fc.integer({ min: 0, max: 4000 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('select' as const), at: fc.integer({ min: -1, max: 200 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('flush' as const) }) },
), { maxLength: 60, size: 'max' });

/** A store as plainly as it can be said: lists, and no index that is kept. */
class Model {
  rows: { id: number; kind: 'entry' | 'notice'; level: number; instance: string; msg: string; length: number }[] = [];
  waiting: (Omit<Model['rows'][number], 'id'> | 'unreadable')[] = [];
  counts = { received: 0, removed: 0, cleared: 0, unreadable: 0 };
  limits = { entries: 75, bytes: 2500 };
  filter: { hiddenLevels: readonly LevelName[]; hiddenInstances: readonly string[]; search: string } = { hiddenLevels: [], hiddenInstances: [], search: '' };
  next = 0;
  seq = 0;
  following = true;
  unseenFrom = 0;
  unseen = { entries: 0, errors: 0 };
  pause: { end: number; arrived: { entries: number; errors: number } } | null = null;
  selected: { id: number; gone: boolean } | null = null;

  passes({ kind, level: at, instance: from, msg }: Model['rows'][number]): boolean {
    const { hiddenLevels, hiddenInstances, search } = this.filter;
    if (kind === 'notice') return true;
    return !hiddenLevels.includes(LEVELS[rank[at] as number] as LevelName) && !hiddenInstances.includes(from) && search.split(' ').every((word) => msg.includes(word));
  }

  get shown(): Model['rows'] {
    return this.rows.filter((row) => (this.pause === null || row.id < this.pause.end) && this.passes(row));
  }

  append(row: Omit<Model['rows'][number], 'id'>): void {
    this.evict(this.limits.entries - 1, this.limits.bytes - row.length, 0);
    const added = { ...row, id: this.next++ }, error = row.level >= 50 ? 1 : 0;
    this.rows.push(added);
    if (row.kind === 'notice') return;
    this.counts.received++;
    const add = ({ entries, errors }: { entries: number; errors: number }): { entries: number; errors: number } => ({ entries: entries + 1, errors: errors + error });
    if (this.pause !== null) this.pause.arrived = add(this.pause.arrived);
    else if (!this.following && this.passes(added)) this.unseen = add(this.unseen);
  }

  evict(entries: number, bytes: number, least: number): void {
    while (this.rows.length > 0 && (this.rows.length > entries || (this.rows.length > least && this.rows.reduce((sum, row) => sum + row.length, 0) > bytes))) {
      const row = this.rows.shift() as Model['rows'][number];
      if (row.kind === 'entry') this.counts.removed++;
      if (row.id === this.selected?.id) this.selected.gone = true;
    }
  }

  drain(): void {
    for (const item of this.waiting.splice(0)) {
      if (item === 'unreadable') this.counts.unreadable++;
      else this.append(item);
    }
  }

  recount(): void {
    const rows = this.following ? [] : this.shown.filter((row) => row.id >= this.unseenFrom && row.kind === 'entry');
    this.unseen = { entries: rows.length, errors: rows.filter((row) => row.level >= 50).length };
  }
}

function run(model: Model, store: LogStore, step: (typeof plan extends fc.Arbitrary<(infer Step)[]> ? Step : never), clock: ManualClock): void {
  const wait = (kind: 'entry' | 'notice', at: number, msg: string, from: string, length: number): void =>
    void model.waiting.push({ kind, level: at, instance: from, msg, length });
  switch (step.do) {
    case 'plain': case 'stamped': case 'push':
      for (let time = 0; time < step.times; time++) {
        // a number that came before would be a duplicate
        const item = stampedEntry(step.level, step.msg, ++model.seq, step.instance);
        if (step.do === 'plain') store.receive(encodePlainEntry(item));
        else if (step.do === 'stamped') store.receive(encodeStampedEntry(item, item.level));
        else store.push([JSON.parse(item.text)], step.instance);
        wait('entry', step.level, step.msg, step.instance, item.text.length);
      }
      return;
    case 'packed': {
      const items = step.levels.map((at) => stampedEntry(at, step.msg, ++model.seq, step.instance));
      store.receive(encodePacked(items));
      for (const item of items) wait('entry', item.level, step.msg, step.instance, item.text.length);
      return;
    }
    case 'garbage':
      store.receive(step.text);
      model.waiting.push('unreadable');
      return;
    case 'notify':
      store.notify({ name: 'level', level: 'info' });
      wait('notice', 0, '', '', 0);
      return;
    case 'flush':
      clock.advance(1);
      store.flush();
      return model.drain();
    case 'filter': {
      const { hiddenLevels, hiddenInstances, search } = step, filter = { hiddenLevels, hiddenInstances, search };
      store.setFilter(filter);
      if (JSON.stringify(filter) === JSON.stringify(model.filter)) return;
      model.drain();
      model.filter = filter;
      return model.recount();
    }
    case 'pause':
      store.pause();
      if (model.pause !== null) return;
      model.drain();
      model.pause = { end: model.next, arrived: { entries: 0, errors: 0 } };
      return;
    case 'resume':
      store.resume(step.where);
      if (model.pause === null) return;
      model.drain();
      if (model.following) model.unseenFrom = model.pause.end;
      model.pause = null;
      model.following = step.where === 'latest';
      return model.recount();
    case 'follow':
      store.follow(step.on);
      if (step.on === model.following) return;
      model.following = step.on;
      model.unseenFrom = model.pause?.end ?? model.next;
      model.unseen = { entries: 0, errors: 0 };
      return;
    case 'clear': {
      store.clear();
      model.drain();
      if (model.rows.length === 0) return;
      model.counts.cleared += model.rows.filter((row) => row.kind === 'entry').length;
      if (model.selected !== null) model.selected.gone = true;
      model.rows = [];
      model.unseenFrom = model.next;
      model.unseen = { entries: 0, errors: 0 };
      if (model.pause !== null) model.pause = { end: model.next + 1, arrived: { entries: 0, errors: 0 } };
      return model.append({ kind: 'notice', level: 0, instance: '', msg: '', length: 0 });
    }
    case 'limit':
      store.limit(step.entries, step.bytes);
      if (step.entries === model.limits.entries && step.bytes === model.limits.bytes) return;
      model.drain();
      model.limits = step;
      return model.evict(step.entries, step.bytes, 1);
    case 'select': {
      const row = step.at < 0 ? null : model.rows.find(({ id }) => id === step.at);
      store.select(step.at < 0 ? null : step.at);
      if (row === null) model.selected = null;
      else if (row?.kind === 'entry' && row.id !== model.selected?.id) model.selected = { id: row.id, gone: false };
    }
  }
}

function instancesOf(rows: Model['rows']): string[] {
  const names = ['', 'api', 'web'].filter((name) => rows.some((row) => row.instance === name));
  return names.map((name) => `${name} ${rows.filter((row) => row.instance === name).length}`).sort();
}

function assertAgrees(snapshot: LogSnapshot): void {
  const { received, removed, cleared, retained, levels, hidden, instances } = snapshot;
  assert.equal(retained, received - removed - cleared);
  assert.equal(sumOf(levels), retained);
  assert.equal(instances.reduce((sum, { retained: kept }) => sum + kept, 0), retained);
  assert.equal(hidden >= 0 && hidden <= retained, true, `${hidden} hidden`);
}

test('the store is what a plain list would be, and all its numbers agree', () => {
  fc.assert(fc.property(plan, (steps) => {
    const { store, clock } = storeOf({ maxEntries: 75, maxBytes: 2500 }), model = new Model();
    store.subscribe(assertAgrees);
    for (const step of steps) {
      run(model, store, step, clock);
      const { snapshot } = store, kept = model.rows.filter((row) => row.kind === 'entry'), { shown } = model;
      assert.deepEqual(rowsOf(store).map((row) => row.id), shown.map((row) => row.id));
      assert.deepEqual(rowsOf(store).map((row) => row.kind), shown.map((row) => row.kind));
      assert.deepEqual({ received: snapshot.received, removed: snapshot.removed, cleared: snapshot.cleared, unreadable: snapshot.unreadable }, model.counts);
      assert.deepEqual(snapshot.levels, LEVELS.map((_, at) => kept.filter((row) => rank[row.level] === at).length));
      assert.equal(snapshot.hidden, kept.filter((row) => !model.passes(row)).length);
      assert.deepEqual(snapshot.instances.filter(({ retained }) => retained > 0).map(({ name, retained }) => `${name} ${retained}`).sort(),
        instancesOf(kept));
      assert.deepEqual([snapshot.following, snapshot.unseen, snapshot.paused?.arrived ?? null], [model.following, model.unseen, model.pause?.arrived ?? null]);
      assert.deepEqual(snapshot.selected === null ? null : { id: snapshot.selected.entry.id, gone: snapshot.selected.removedAt !== null }, model.selected);
      for (const id of [0, 7, model.next - 3, model.next]) {
        const index = shown.findIndex((row) => row.id >= id);
        assert.equal(store.indexFrom(id), index < 0 ? shown.length : index);
      }
    }
  }), { numRuns: 500 });
});
