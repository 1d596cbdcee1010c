// A new filter over many entries: right on the screen at once, the rest in slices, and the numbers agree at each publish.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogStore } from '../../src/core/log-store.js';
import type { LogSnapshot } from '../../src/core/log-snapshot.js';
import { encodePacked, type StampedEntry } from '../../src/core/protocol.js';
import { manualClock, manualScheduler, type ManualScheduler } from '../helpers/manual-platform.js';

const KEPT = 60_000;

/** A store whose clock moves a millisecond each time it is read, so that a slice ends after a few strides. */
function fullStore(): { store: LogStore; scheduler: ManualScheduler; published: LogSnapshot[] } {
  const clock = manualClock(), scheduler = manualScheduler();
  const ticking = { ...clock, now: () => { clock.advance(1); return clock.now(); } };
  const store = new LogStore({ clock: ticking, scheduler, maxEntries: KEPT }), published: LogSnapshot[] = [];
  for (let from = 0; from < KEPT; from += 1000) {
    const entries = Array.from({ length: 1000 }, (_, n): StampedEntry => ({
      instance: 'a', epoch: 'e', seq: from + n + 1, lseq: from + n + 1, level: n % 10 === 0 ? 50 : 30, text: `{"msg":"entry ${from + n} ${n % 3 === 0 ? 'fizz' : ''}"}`,
    }));
    store.receive(encodePacked(entries));
    store.flush();
  }
  store.subscribe((snapshot) => published.push(snapshot));
  return { store, scheduler, published };
}

function untilTested(store: LogStore, scheduler: ManualScheduler): number {
  let frames = 0;
  while (store.snapshot.untested > 0) {
    assert.ok(frames++ < 1000);
    scheduler.draw();
  }
  return frames;
}

test('the newest entries are filtered at once and the rest a slice a frame, and nothing that does not match is ever shown', () => {
  const { store, scheduler, published } = fullStore();
  store.setFilter({ search: 'fizz' });
  assert.ok(store.snapshot.length > 1000);
  assert.ok(store.snapshot.untested > 0);
  assert.ok(untilTested(store, scheduler) > 1);
  for (const { length, hidden, untested, retained } of published) assert.equal(length + hidden + untested, retained);
  for (let at = 1; at < published.length; at++) assert.ok((published[at] as LogSnapshot).length >= (published[at - 1] as LogSnapshot).length);
  assert.equal(store.snapshot.length, 20_040);
  for (let index = 0; index < store.snapshot.length; index++) {
    const row = store.rowAt(index);
    assert.ok(row?.kind === 'entry' && row.text.includes('fizz'));
  }
});

test('a newer filter abandons the pass, and one that shows everything needs none', () => {
  const { store, scheduler } = fullStore();
  store.setFilter({ search: 'fizz' });
  store.setFilter({ search: 'nothing at all' });
  untilTested(store, scheduler);
  assert.equal(store.snapshot.length, 0);
  store.setFilter({ search: '' });
  assert.deepEqual([store.snapshot.untested, store.snapshot.length], [0, KEPT]);
});

test('entries that arrive and leave meanwhile are counted where they belong, and so is what a detached reader has not seen', () => {
  const { store, scheduler, published } = fullStore();
  store.follow(false);
  store.push(Array.from({ length: 500 }, (_, n) => ({ level: 50, msg: `late fizz ${n}` })));
  store.setFilter({ search: 'fizz' });
  assert.deepEqual(store.snapshot.unseen, { entries: 500, errors: 500 });
  store.push(Array.from({ length: 700 }, (_, n) => ({ level: 30, msg: `later ${n % 2 === 0 ? 'fizz' : ''}` })));
  untilTested(store, scheduler);
  assert.deepEqual(store.snapshot.unseen, { entries: 850, errors: 500 });
  assert.equal(store.snapshot.retained, KEPT);
  for (const { length, hidden, untested, retained } of published) assert.equal(length + hidden + untested, retained);
});

test('a notice in the part that is still to be looked at is no entry', () => {
  const { store, scheduler, published } = fullStore();
  store.notify({ name: 'level', level: 'debug' });
  store.flush();
  store.push(Array.from({ length: 30_000 }, (_, n) => ({ level: 30, msg: `m ${n}` })));
  store.flush();
  store.setFilter({ search: 'm 7' });
  assert.ok(store.snapshot.untested > 0);
  untilTested(store, scheduler);
  for (const { length, hidden, untested, retained } of published.slice(3, -1)) assert.ok(length + hidden + untested - retained <= 1);
  assert.equal(store.snapshot.length - 1 + store.snapshot.hidden, store.snapshot.retained);
});
