import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EntryRing } from '../../src/core/entry-ring.js';
import { FilterPass } from '../../src/core/filter-pass.js';
import { LogView } from '../../src/core/log-view.js';
import { manualClock } from '../helpers/manual-platform.js';

/** A view of 20,000 rows; each test of a row takes `costMs`. */
function passOver(costMs: number): { view: LogView; clock: ReturnType<typeof manualClock>; pass: FilterPass; slices: number[]; refilter: (test?: (id: number) => boolean) => void } {
  const ring = new EntryRing(20_000, 1e6, () => undefined), view = new LogView(ring), clock = manualClock(), slices: number[] = [];
  for (let n = 0; n < 20_000; n++) view.accept(ring.push({ text: '', search: '', level: 0, time: 0, stream: 0, seq: NaN }));
  let spent = 0;
  const pass = new FilterPass({ ...clock, now: () => clock.now() + Math.floor(spent) }, view, () => slices.push(view.testedFrom));
  const refilter = (test: (id: number) => boolean = () => true): void => view.refilter((id) => {
    spent += costMs;
    return test(id);
  });
  return { view, clock, pass, slices, refilter };
}

test('where there is little to do, the first slice is all', () => {
  const { view, clock, pass, refilter, slices } = passOver(0);
  refilter();
  pass.start();
  assert.deepEqual([view.testedFrom, clock.pending, slices.length], [0, 0, 0]);
});

test('each slice ends within a millisecond of its 5, the first one at once and the others in tasks of their own', () => {
  const { view, clock, pass, refilter, slices } = passOver(0.001);
  refilter();
  pass.start();
  const froms = [20_000, view.testedFrom];
  assert.deepEqual([slices.length, clock.pending], [0, 1]);
  while (clock.pending > 0) clock.advance(0);
  froms.push(...slices);
  const rows = froms.slice(1).map((from, at) => (froms[at] as number) - from);
  for (const count of rows.slice(0, -1)) assert.ok(count >= 5000 - 1 && count < 6000, `${count} µs`);
  assert.equal(froms.at(-1), 0);
});

test('started anew, it abandons the slice that was to come', () => {
  const { view, clock, pass, refilter, slices } = passOver(0.001);
  refilter();
  pass.start();
  refilter((id) => id === 5);
  pass.start();
  assert.equal(clock.pending, 1);
  while (clock.pending > 0) clock.advance(0);
  view.reveal();
  assert.deepEqual([view.length, view.idAt(0), slices.at(-1)], [1, 5, 0]);
});

test('the slice that ends the newest 100,000 says so, once; the last one where there are fewer', () => {
  for (const [rows, newestAt] of [[250_000, 150_000], [60_000, 0]] as const) {
    const ring = new EntryRing(rows, 1e9, () => undefined), view = new LogView(ring), clock = manualClock(), told: number[] = [];
    for (let n = 0; n < rows; n++) view.accept(ring.push({ text: '', search: '', level: 0, time: 0, stream: 0, seq: NaN }));
    let spent = 0;
    const pass = new FilterPass({ ...clock, now: () => clock.now() + Math.floor(spent) }, view, (isNewest) => {
      if (isNewest) told.push(view.testedFrom);
    });
    for (let again = 0; again < 2; again++) {
      view.refilter(() => {
        spent += 0.0002;
        return false;
      });
      pass.start();
      while (clock.pending > 0) clock.advance(0);
    }
    assert.equal(told.length, 2);
    for (const at of told) assert.ok(at <= newestAt && at > newestAt - 40_000, `${at} after ${rows}`);
  }
});
