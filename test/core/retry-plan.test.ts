import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cause } from '../../src/core/cause.js';
import { REFUSED_MS } from '../../src/core/refusal.js';
import { RetryPlan } from '../../src/core/retry-plan.js';
import { manualClock } from '../helpers/manual-platform.js';

/** When viewers make their tries (ms after the loss) until the server is back; the last one of each succeeds. */
function triesOf(viewers: number, backAfter: number, windowMs: number | null): number[][] {
  let seed = 12_345;
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  return Array.from({ length: viewers }, () => {
    const plan = new RetryPlan(manualClock(), random, false), tries = [plan.delay(1, windowMs)];
    while ((tries.at(-1) as number) < backAfter) tries.push((tries.at(-1) as number) + plan.delay(tries.length + 1, null));
    return tries;
  });
}

/** The largest share of 200 viewers whose tries fall into one and the same 100 ms. */
function worstShare(viewers: readonly number[][]): number {
  let worst = 0;
  for (let from = 0; from < viewers.length; from += 200) {
    const group = viewers.slice(from, from + 200);
    for (let start = 0; start < 6000; start += 10) {
      worst = Math.max(worst, group.filter((tries) => tries.some((at) => at >= start && at < start + 100)).length / group.length);
    }
  }
  return worst;
}

function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] as number;
}

describe('10,000 viewers of a server that is away for 2 s', () => {
  test('are back 1.5 s later at most, 95 of 100 of them, and never come in a crowd', () => {
    const viewers = triesOf(10_000, 2000, null), late = viewers.map((tries) => (tries.at(-1) as number) - 2000);
    assert.ok(percentile(late, 0.95) <= 1500, `${percentile(late, 0.95)} ms`);
    assert.ok(worstShare(viewers) <= 0.4, `${worstShare(viewers)}`);
  });

  test('spread their first try over the time that the server names', () => {
    const first = triesOf(10_000, 0, 10_000).map(([at]) => at as number);
    for (let from = 0; from < 10_000; from += 1000) {
      const count = first.filter((at) => at >= from && at < from + 1000).length;
      assert.ok(count > 800 && count < 1200, `${count} within a second`);
    }
    assert.ok(worstShare(triesOf(10_000, 2000, 3000)) <= 0.4);
  });
});

test('no server is left alone for more than a minute because it says so', () => {
  const plan = new RetryPlan(manualClock(), () => 0.999, false);
  assert.ok(plan.delay(1, 86_400_000) <= 60_000);
});

describe('a known refusal', () => {
  const refused = cause('not-allowed', 'forbidden');

  test('keeps a page without other tokens to three tries a minute', () => {
    const clock = manualClock(), plan = new RetryPlan(clock, () => 0, false);
    plan.refusal.note(refused, 'a', clock.now());
    assert.equal(plan.delay(1, null), REFUSED_MS);
    assert.equal(plan.delay(1, 0), REFUSED_MS, 'whatever the server named');
  });

  test('delays no question for another token, only a try with the same one', () => {
    const clock = manualClock(), plan = new RetryPlan(clock, () => 0, true);
    plan.refusal.note(refused, 'a', clock.now());
    assert.deepEqual([plan.delay(1, null), plan.refusal.against('a', clock.now()), plan.refusal.against('b', clock.now())], [0, refused, null]);
    clock.advance(REFUSED_MS);
    assert.equal(plan.refusal.against('a', clock.now()), null);
  });

  test('is over with the next failure of another kind', () => {
    const clock = manualClock(), plan = new RetryPlan(clock, () => 0, false);
    plan.refusal.note(refused, null, clock.now());
    plan.refusal.note(cause('unreachable', 'unreachable'), null, clock.now());
    assert.equal(plan.delay(1, null), 0);
  });
});
