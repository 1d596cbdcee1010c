import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LossCount } from '../../src/server/loss-count.js';

test('a loss is said as a warn entry, with its count by level, until it is cleared', () => {
  const lost = new LossCount();
  for (let index = 0; index < 1200; index++) lost.add(30);
  for (const level of [40, 40, 40, 40]) lost.add(level);
  assert.equal(lost.total, 1204);
  assert.equal(lost.entryText('this viewer was too slow', 5),
    '{"level":40,"time":5,"msg":"[log stream] 1,204 entries not delivered: this viewer was too slow (1,200 info, 4 warn)"}');
  assert.equal(lost.total, 1204);
  lost.clear();
  assert.equal(lost.total, 0);
  lost.add(60);
  assert.match(lost.entryText('x', 6), /1 entry not delivered: x \(1 fatal\)/);
});

test('levels of an application\'s own count as the pino level below them', () => {
  const lost = new LossCount();
  for (const level of [35, 0, -3, 1e9, 10]) lost.add(level);
  assert.match(lost.entryText('x', 0), /5 entries not delivered: x \(2 trace, 2 info, 1 fatal\)/);
});
