// A new filter over many entries: right on the screen at once, the rest in slices, and the numbers agree at each publish.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogStore } from '../../src/core/log-store.js';
import type { LogSnapshot } from '../../src/core/log-snapshot.js';
import { encodePacked, type StampedEntry } from '../../src/core/protocol.js';
import { manualClock, manualScheduler, type ManualScheduler } from '../helpers/manual-platform.js';

const KEPT = 60_000;

interface FullStore {
  readonly store: LogStore;
  /** What is to be done later: a slice each. */
  readonly tasks: (() => void)[];
  readonly scheduler: ManualScheduler;
  readonly published: LogSnapshot[];
}

/** A store whose clock is a millisecond later each time it is read, so that a slice ends after a few strides. */
function fullStore(): FullStore {
  const clock = manualClock(), scheduler = manualScheduler(), tasks: (() => void)[] = [];
  let reads = 0;
  const after = (_ms: number, task: () => void): (() => void) => {
    tasks.push(task);
    return () => void tasks.splice(tasks.indexOf(task), 1);
  };
  const ticking = { now: () => clock.now() + reads++, after };
  const store = new LogStore({ clock: ticking, scheduler, maxEntries: KEPT }), published: LogSnapshot[] = [];
  for (let from = 0; from < KEPT; from += 1000) {
    const entries = Array.from({ length: 1000 }, (_, n): StampedEntry => ({
      instance: 'a', epoch: 'e', seq: from + n + 1, lseq: from + n + 1, level: n % 10 === 0 ? 50 : 30, text: `{"msg":"entry ${from + n} ${n % 3 === 0 ? 'fizz' : ''}"}`,
    }));
    store.receive(encodePacked(entries));
    store.flush();
  }
  store.subscribe((snapshot) => published.push(snapshot));
  return { store, tasks, scheduler, published };
}

/** Runs slice by slice, with a picture after each; returns how many there were. */
function untilTested({ store, tasks, scheduler }: FullStore): number {
  let slices = 0;
  while (store.snapshot.untested > 0) {
    assert.ok(slices++ < 1000);
    tasks.shift()?.();
    scheduler.draw();
  }
  return slices;
}

test('the newest entries are filtered at once and the rest slice by slice, and nothing that does not match is ever shown', () => {
  const full = fullStore(), { store, published } = full;
  store.setFilter({ search: 'fizz' });
  assert.ok(store.snapshot.length > 150);
  assert.ok(store.snapshot.untested > 0);
  assert.ok(untilTested(full) > 1);
  for (const { length, hidden, untested, retained } of published) assert.equal(length + hidden + untested, retained);
  for (let at = 1; at < published.length; at++) assert.ok((published[at] as LogSnapshot).length >= (published[at - 1] as LogSnapshot).length);
  assert.equal(store.snapshot.length, 20_040);
  for (let index = 0; index < store.snapshot.length; index++) {
    const row = store.rowAt(index);
    assert.ok(row?.kind === 'entry' && row.text.includes('fizz'));
  }
});

test('a newer filter abandons the pass, and one that shows everything needs none', () => {
  const full = fullStore(), { store } = full;
  store.setFilter({ search: 'fizz' });
  store.setFilter({ search: 'nothing at all' });
  untilTested(full);
  assert.equal(store.snapshot.length, 0);
  store.setFilter({ search: '' });
  assert.deepEqual([store.snapshot.untested, store.snapshot.length], [0, KEPT]);
});

test('entries that arrive and leave meanwhile are counted where they belong, and so is what a detached reader has not seen', () => {
  const full = fullStore(), { store, published } = full;
  store.follow(false);
  store.push(Array.from({ length: 500 }, (_, n) => ({ level: 50, msg: `late fizz ${n}` })));
  store.setFilter({ search: 'fizz' });
  assert.deepEqual(store.snapshot.unseen, { entries: 500, errors: 500 });
  store.push(Array.from({ length: 700 }, (_, n) => ({ level: 30, msg: `later ${n % 2 === 0 ? 'fizz' : ''}` })));
  untilTested(full);
  assert.deepEqual(store.snapshot.unseen, { entries: 850, errors: 500 });
  assert.equal(store.snapshot.retained, KEPT);
  for (const { length, hidden, untested, retained } of published) assert.equal(length + hidden + untested, retained);
});

test('a notice in the part that is still to be looked at is no entry', () => {
  const full = fullStore(), { store, published } = full;
  store.notify({ name: 'level', level: 'debug' });
  store.flush();
  store.push(Array.from({ length: 30_000 }, (_, n) => ({ level: 30, msg: `m ${n}` })));
  store.flush();
  store.setFilter({ search: 'm 7' });
  assert.ok(store.snapshot.untested > 0);
  untilTested(full);
  for (const { length, hidden, untested, retained } of published.slice(3, -1)) assert.ok(length + hidden + untested - retained <= 1);
  assert.equal(store.snapshot.length - 1 + store.snapshot.hidden, store.snapshot.retained);
});

test('what a slice has found is not to be seen before it is published', () => {
  const { store, tasks, scheduler } = fullStore();
  store.setFilter({ search: 'fizz' });
  const { length, untested } = store.snapshot, ids = Array.from({ length }, (_, index) => store.idAt(index));
  tasks.shift()?.();
  assert.deepEqual([store.snapshot.length, store.snapshot.untested], [length, untested]);
  assert.deepEqual(Array.from({ length }, (_, index) => store.idAt(index)), ids);
  assert.equal(store.indexFrom(ids[5] as number), 5);
  scheduler.draw();
  assert.ok(store.snapshot.length > length);
  assert.equal(store.indexFrom(ids[5] as number), store.snapshot.length - length + 5);
});

test('cleared on its way, a filter has nothing left to look at', () => {
  const { store, tasks } = fullStore();
  store.setFilter({ search: 'fizz' });
  store.clear();
  assert.equal(store.snapshot.untested, 0);
  for (let task = 0; task < 2; task++) tasks.shift()?.(); // the slice that was due, and the picture of its end
  assert.deepEqual([tasks.length, store.snapshot.untested], [0, 0]);
});

test('what a detached reader has not seen is counted slice by slice, each row once', () => {
  const full = fullStore(), { store, tasks, scheduler } = full;
  store.follow(false);
  store.push(Array.from({ length: 20_000 }, (_, n) => ({ level: n % 4 === 0 ? 50 : 30, msg: `m ${n}` })));
  store.setFilter({ search: 'm' });
  const first = store.snapshot.unseen.entries;
  assert.ok(first > 0 && first < 5000, `${first} in the first slice`);
  tasks.shift()?.();
  scheduler.draw();
  assert.ok(store.snapshot.unseen.entries > first && store.snapshot.unseen.entries < 20_000);
  untilTested(full);
  assert.deepEqual(store.snapshot.unseen, { entries: 20_000, errors: 5000 });
});
