import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EntryRing } from '../../src/core/entry-ring.js';
import { LogView } from '../../src/core/log-view.js';

function push(ring: EntryRing, view: LogView, level: number): boolean {
  return view.accept(ring.push({ text: 'x', search: '', level, time: 0, stream: 0, seq: NaN }));
}

function idsOf(view: LogView): number[] {
  return Array.from({ length: view.length }, (_, index) => view.idAt(index));
}

test('without a filter the view is the ring', () => {
  const ring = new EntryRing(3, 1e6, () => undefined), view = new LogView(ring);
  for (let index = 0; index < 5; index++) assert.equal(push(ring, view, 30), true);
  assert.deepEqual(idsOf(view), [2, 3, 4]);
  assert.deepEqual([0, 2, 3, 4, 5, 99].map((id) => view.indexFrom(id)), [0, 0, 1, 2, 3, 3]);
});

test('with a filter a position is found by the first id that is not before', () => {
  const ring = new EntryRing(100, 1e6, () => undefined), view = new LogView(ring);
  for (let index = 0; index < 10; index++) push(ring, view, index % 3);
  view.refilter((id) => ring.level(id) === 0);
  view.scan(() => false);
  view.reveal();
  assert.deepEqual(idsOf(view), [0, 3, 6, 9]);
  assert.deepEqual([-5, 0, 1, 3, 4, 9, 10].map((id) => view.indexFrom(id)), [0, 0, 1, 1, 2, 3, 4]);
});

test('a new row is tested once, and no other is tested again', () => {
  const ring = new EntryRing(1000, 1e6, () => undefined), view = new LogView(ring), tested: number[] = [];
  view.refilter((id) => tested.push(id) % 2 === 0);
  view.scan(() => false);
  view.reveal();
  for (let index = 0; index < 50; index++) {
    push(ring, view, 0);
    view.trim();
  }
  assert.deepEqual(tested, Array.from({ length: 50 }, (_, id) => id));
});

test('what stays shown stays where it was, whatever comes and whatever of it leaves', () => {
  const ring = new EntryRing(4000, 1e6, () => undefined), view = new LogView(ring);
  view.refilter((id) => id % 2 === 0);
  view.scan(() => false);
  view.reveal();
  for (let index = 0; index < 4000; index++) push(ring, view, 0);
  const before = idsOf(view);
  for (let index = 0; index < 500; index++) push(ring, view, 0);
  assert.deepEqual(idsOf(view).slice(0, before.length), before, 'nothing moves until it is trimmed');
  view.trim();
  assert.deepEqual(idsOf(view).slice(0, before.length - 250), before.slice(250));
});

test('kept up row by row, a view shows what a full pass shows', () => {
  const level = fc.integer({ min: 0, max: 5 });
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: fc.constant('push' as const), levels: fc.array(level, { maxLength: 60 }), times: fc.integer({ min: 1, max: 60 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('filter' as const), shown: fc.option(fc.array(fc.integer({ min: 0, max: 5 }))) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('limit' as const), entries: fc.integer({ min: 1, max: 3000 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const) }) },
  );
  fc.assert(fc.property(fc.integer({ min: 1, max: 3000 }), fc.array(step, { maxLength: 20 }), fc.array(fc.nat(9000), { maxLength: 20 }), (size, steps, probes) => {
    const ring = new EntryRing(size, 1e9, () => undefined), view = new LogView(ring);
    let list: { id: number; level: number }[] = [], limit = size, shown: number[] | null = null;
    for (const now of steps) {
      if (now.do === 'push') {
        for (let time = 0; time < now.times; time++) {
          for (const level of now.levels) {
            list.push({ id: ring.next, level });
            assert.equal(push(ring, view, level), shown === null || shown.includes(level));
          }
        }
      } else if (now.do === 'filter') {
        shown = now.shown;
        const levels = shown;
        view.refilter(levels === null ? null : (id) => levels.includes(ring.level(id)));
        view.scan(() => false);
  view.reveal();
      } else if (now.do === 'limit') {
        limit = now.entries;
        ring.limit(limit, 1e9);
      } else {
        ring.clear();
        list = [];
      }
      list = list.slice(-limit);
      view.trim();
      const expected = list.filter(({ level }) => shown === null || shown.includes(level)).map(({ id }) => id);
      assert.deepEqual(idsOf(view), expected);
      for (const id of probes) {
        const index = expected.findIndex((other) => other >= id);
        assert.equal(view.indexFrom(id), index < 0 ? expected.length : index);
      }
    }
  }), { numRuns: 100 });
});

test('a new filter looks at the newest rows first and goes on where it was stopped; no row that does not pass is ever in the view', () => {
  const ring = new EntryRing(10_000, 1e6, () => undefined), view = new LogView(ring);
  for (let n = 0; n < 10_000; n++) push(ring, view, n % 7);
  view.refilter((id) => id % 3 === 0);
  assert.equal(view.length, 0);
  const froms: number[] = [];
  while (view.testedFrom > ring.first) {
    assert.equal(view.scan(() => true), view.testedFrom === 0);
    assert.equal(view.reveal(), froms.at(-1) ?? 10_000);
    froms.push(view.testedFrom);
    assert.deepEqual(idsOf(view), Array.from({ length: 10_000 - view.testedFrom }, (_, n) => view.testedFrom + n).filter((id) => id % 3 === 0));
  }
  assert.ok(froms.length > 3, 'the clock is looked at often');
  assert.equal(froms.at(-1), 0);
});

test('what a slice has found stays covered until it is revealed, whatever comes and leaves meanwhile', () => {
  const ring = new EntryRing(5000, 1e6, () => undefined), view = new LogView(ring);
  for (let n = 0; n < 5000; n++) push(ring, view, n);
  view.refilter((id) => id % 2 === 0);
  view.scan(() => true);
  view.reveal();
  const before = idsOf(view);
  while (!view.scan(() => true)) assert.deepEqual(idsOf(view), before);
  for (let n = 0; n < 2000; n++) push(ring, view, n);
  view.trim();
  const after = [...before, ...Array.from({ length: 1000 }, (_, n) => 5000 + 2 * n)];
  assert.deepEqual(idsOf(view), after);
  assert.deepEqual([0, before[3], 6998, 7000].map((id) => view.indexFrom(id as number)), [0, 3, after.length - 1, after.length]);
  assert.equal(view.reveal(), before[0]);
  assert.deepEqual(idsOf(view), Array.from({ length: 2500 }, (_, n) => 2000 + 2 * n));
});

test('rows that leave before they are revealed, and more than them, leave the right ones', () => {
  const ring = new EntryRing(3000, 1e6, () => undefined), view = new LogView(ring);
  for (let n = 0; n < 3000; n++) push(ring, view, n);
  view.refilter(() => true);
  view.scan(() => true);
  view.reveal();
  view.scan(() => false);
  for (let n = 0; n < 2900; n++) push(ring, view, n);
  view.trim();
  assert.deepEqual(idsOf(view), Array.from({ length: 3000 }, (_, n) => 2900 + n));
});

test('rows that arrive and leave while a new filter is on its way are where they belong', () => {
  const ring = new EntryRing(5000, 1e6, () => undefined), view = new LogView(ring);
  for (let n = 0; n < 5000; n++) push(ring, view, n);
  view.refilter((id) => id % 2 === 0);
  view.scan(() => true);
  for (let n = 0; n < 1000; n++) push(ring, view, n);
  view.trim();
  view.scan(() => false);
  view.reveal();
  const expected = Array.from({ length: 5000 }, (_, n) => 1000 + n).filter((id) => id % 2 === 0);
  assert.deepEqual(idsOf(view), expected);
});

test('a newer filter abandons the pass of the older one', () => {
  const ring = new EntryRing(5000, 1e6, () => undefined), view = new LogView(ring);
  for (let n = 0; n < 5000; n++) push(ring, view, n);
  view.refilter(() => true);
  view.scan(() => true);
  view.refilter((id) => id === 17);
  assert.equal(view.length, 0);
  view.scan(() => false);
  view.reveal();
  assert.equal(view.length, 1);
  assert.equal(view.idAt(0), 17);
});
