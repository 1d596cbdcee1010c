// A minute at 5,000 entries a second with a full buffer: what the page keeps alive does not grow, nothing is lost, and no error reaches the window
// (a run of the benchmark fails by itself where one does, the virtualizer's own of the ResizeObserver too). Ten minutes by hand: `npm run bench -- --only soak --minutes 10`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bench } from '../bench/bench.js';
import { soak } from '../bench/single-runs.js';

test('a minute at 5,000 entries a second leaves nothing behind', async () => {
  const bench = await Bench.start();
  try {
    const figures = await soak(bench, { minutes: 1, isQuick: true, rounds: 1, settleMs: 0, ms: 0 });
    const bounded = figures.filter(({ target }) => target !== undefined);
    assert.equal(bounded.length, 5);
    for (const { name, value, target } of bounded) assert.ok(value <= (target as { atMost: number }).atMost, `${name}: ${value}`);
    const taken = figures.find(({ name }) => name === 'taken');
    assert.ok((taken?.value ?? 0) > 4000, `${taken?.value} entries a second were taken`);
  } finally {
    await bench.stop();
  }
});
