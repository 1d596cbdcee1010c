import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FaultRun } from './fault-run.js';
import { runFaults } from './fault-runs.js';
import { FOUND } from './found-schedules.js';
import { MUTANTS } from './mutants.js';

/** Every kind that the schedules know, and every kind of loss that they can bring about. */
const KINDS = [
  'away', 'busLoss', 'busRepeat', 'busy', 'crash', 'die', 'evict', 'flood', 'halfOpen', 'level', 'long', 'reset', 'restart', 'resumeOnOther', 'stall',
  'gap bus', 'gap expired', 'gap page', 'gap restart', 'gap silent', 'gap slow', 'gap source', 'gap unknown',
];

describe('random faults', () => {
  test('lose nothing in silence, show nothing twice, and lose nothing at all where nothing has to be lost', async () => {
    const { totals, failure } = await runFaults({ runs: 1000, seed: 1 });
    assert.equal(failure, null);
    const { runs, sent, shown, evicted, missing, unknowable, needless, unexplained, duplicates, outOfOrder, recoverable, faults } = totals;
    assert.equal(shown + evicted + missing + unknowable, sent);
    assert.deepEqual({ needless, unexplained, duplicates, outOfOrder }, { needless: 0, unexplained: 0, duplicates: 0, outOfOrder: 0 });
    assert.ok(sent >= 1_000_000, `${sent} entries`);
    assert.ok(recoverable >= 0.3 * runs, `${recoverable} schedules of ${runs} can lose nothing`);
    assert.deepEqual(KINDS.filter((kind) => !faults.has(kind)), [], 'every kind of fault took place');
  });
});

describe('what was found once stays mended', () => {
  for (const { name, ...schedule } of FOUND) {
    test(name, async () => {
      assert.deepEqual((await new FaultRun(schedule).run()).violations, []);
    });
  }
});

describe('the runs find', () => {
  for (const mutant of MUTANTS) {
    test(mutant.name, async () => {
      const { failure } = await runFaults({ runs: 100, seed: 1, mutant });
      assert.notEqual(failure, null);
    });
  }
});
