import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Tally } from '../../src/core/tally.js';

test('it begins at nothing', () => {
  assert.deepEqual(new Tally().read(), { received: 0, lastAt: null, retained: 0, removed: 0, cleared: 0, unreadable: 0, outages: 0, levels: [0, 0, 0, 0, 0, 0], skipped: [0, 0, 0, 0, 0, 0] });
});

test('levels between pino’s are counted with the one below, entries without one with info', () => {
  const tally = new Tally();
  for (const level of [0, 30, 39, 1, -1, 60, 1000]) tally.receive(level, 1);
  assert.deepEqual(tally.read().levels, [2, 0, 3, 0, 0, 2]);
});

test('what was read stays as it was, whatever is counted afterwards', () => {
  const tally = new Tally();
  tally.receive(50, 7);
  const counts = tally.read();
  tally.receive(50, 8);
  tally.skip([1, 1, 1, 1, 1, 1]);
  assert.deepEqual([counts.received, counts.lastAt, counts.levels, counts.skipped], [1, 7, [0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0]]);
  assert.deepEqual([counts.levels, counts.skipped].map(Object.isFrozen), [true, true]);
});

test('whatever happens, its numbers agree', () => {
  const step = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(0, 10, 20, 30, 40, 50, 60).map((level) => ({ receive: level })) },
    { weight: 4, arbitrary: fc.nat(99).map((remove) => ({ remove })) },
    { weight: 1, arbitrary: fc.constant({ clear: true }) },
    { weight: 1, arbitrary: fc.constant({ unreadable: true }) },
    { weight: 1, arbitrary: fc.array(fc.nat(9), { minLength: 6, maxLength: 6 }).map((drop) => ({ drop })) },
  );
  fc.assert(fc.property(fc.array(step), (steps) => {
    const tally = new Tally();
    let kept: number[] = [], received = 0, removed = 0, cleared = 0, unreadable = 0, dropped = 0;
    for (const now of steps) {
      if ('receive' in now) {
        tally.receive(now.receive, 1);
        kept.push(now.receive);
        received++;
      } else if ('remove' in now) {
        const [level] = kept.splice(now.remove % (kept.length || 1), 1);
        if (level === undefined) continue;
        tally.remove(level);
        removed++;
      } else if ('clear' in now) {
        assert.equal(tally.clear(), kept.length);
        cleared += kept.length;
        kept = [];
      } else if ('drop' in now) {
        tally.skip(now.drop);
        dropped += now.drop.reduce((sum, count) => sum + count);
      } else {
        tally.countUnreadable();
        unreadable++;
      }
      const counts = tally.read(), ranks: Record<number, number> = { 0: 2, 10: 0, 20: 1, 30: 2, 40: 3, 50: 4, 60: 5 };
      assert.deepEqual([counts.received, counts.removed, counts.cleared, counts.unreadable, counts.retained], [received, removed, cleared, unreadable, kept.length]);
      assert.equal(counts.retained, counts.received - counts.removed - counts.cleared);
      assert.deepEqual(counts.levels, [0, 1, 2, 3, 4, 5].map((rank) => kept.filter((level) => ranks[level] === rank).length));
      assert.equal(counts.skipped.reduce((sum, count) => sum + count), dropped);
    }
  }));
});
