import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorReport } from '../../src/server/error-report.js';
import { RedisTrouble } from '../../src/server/redis-trouble.js';
import { manualClock } from '../helpers/manual-platform.js';

test('each source is reported at most once a minute', () => {
  const clock = manualClock(), told: unknown[] = [], errors = new ErrorReport((error, source) => told.push(`${source}: ${String(error)}`), clock);
  errors.report('first', 'bus');
  errors.report('second', 'bus');
  errors.report('third', 'authenticate');
  clock.advance(60_000);
  errors.report('fourth', 'bus');
  assert.deepEqual(told, ['bus: first', 'authenticate: third', 'bus: fourth']);
});

test('each trouble of Redis is another news', () => {
  const told: string[] = [], errors = new ErrorReport((error) => told.push((error as Error).message), manualClock());
  for (const words of ['it is away', 'it is away', 'it has another secret', 'it is away']) errors.report(new RedisTrouble(words), 'bus');
  assert.deepEqual(told, ['it is away', 'it has another secret']);
});

test('a Redis that invents troubles without end is told of a hundred times a minute, and fills no memory', () => {
  let told = 0;
  const errors = new ErrorReport(() => told++, manualClock());
  for (let number = 0; number < 1000; number++) errors.report(new RedisTrouble(`trouble ${number}`), 'bus');
  assert.equal(told, 101);
});

test('what throws or rejects, at once or later, is reported and goes no further', async () => {
  const told: unknown[] = [], errors = new ErrorReport((error) => told.push(error), manualClock());
  assert.equal(errors.guard('bus', () => { throw new Error('now'); }), false);
  assert.equal(errors.guard('upgrade', () => Promise.reject(new Error('later'))), true);
  assert.equal(errors.guard('authenticate', () => 1), true);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(told.map((error) => (error as Error).message), ['now', 'later']);
});

test('an onError that throws or rejects hurts nobody', async () => {
  new ErrorReport(() => { throw new Error('from onError'); }, manualClock()).report('x', 'bus');
  new ErrorReport(() => Promise.reject(new Error('from onError')), manualClock()).report('x', 'bus');
  await new Promise((resolve) => setImmediate(resolve));
});
