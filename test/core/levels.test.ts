import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pino } from 'pino';
import { isErrorLevel, isLevelName, LEVEL_NAMES, LEVEL_VALUES, levelName, levelRank, nearestLevel, NO_LEVEL, readLevel } from '../../src/core/levels.js';

test('names and numbers are pino’s own', () => {
  assert.deepEqual(pino.levels.values, LEVEL_VALUES);
  assert.deepEqual(LEVEL_NAMES.map((name) => pino.levels.labels[LEVEL_VALUES[name]]), LEVEL_NAMES);
});

test('a number has the rank of the pino level at or below it', () => {
  const ranks = { '-5': 0, 0: 2, 1: 0, 10: 0, 19: 0, 20: 1, 29: 1, 30: 2, 35: 2, 40: 3, 50: 4, 59: 4, 60: 5, 61: 5, 2147483647: 5 };
  for (const [value, rank] of Object.entries(ranks)) assert.equal(levelRank(Number(value)), rank, value);
  assert.deepEqual([nearestLevel(35), nearestLevel(NO_LEVEL), nearestLevel(-1)], ['info', 'info', 'trace']);
});

test('only pino’s own numbers have a name', () => {
  assert.deepEqual([10, 30, 60, 35, 0, 70, -10].map(levelName), ['trace', 'info', 'fatal', null, null, null, null]);
});

test('error and all above it are errors', () => {
  assert.deepEqual([0, 30, 49, 50, 55, 60, 1000].map(isErrorLevel), [false, false, false, true, true, true, true]);
});

test('a name is one of the six, in small letters', () => {
  for (const value of ['INFO', '', 'silent', 'toString', '__proto__', 30, null, undefined, ['info']]) assert.equal(isLevelName(value), false, JSON.stringify(value));
  for (const name of LEVEL_NAMES) assert.equal(isLevelName(name), true);
});

test('a level is a number or a name in any case; whatever else it is counts as none', () => {
  for (const [value, level] of [[30, 30], [30.9, 30], [-7, -7], ['warn', 40], ['WARN', 40], ['Fatal', 60], [1e300, 2147483647], [-1e300, -2147483648],
    ['30', 0], ['', 0], ['notice', 0], ['__proto__', 0], [null, 0], [undefined, 0], [true, 0], [NaN, 0], [Infinity, 0], [{}, 0], [['info'], 0]] as const) {
    assert.equal(readLevel(value), level, JSON.stringify(value));
  }
});

test('whatever it is, it has a whole level that a row can keep, and a rank', () => {
  fc.assert(fc.property(fc.anything(), (value) => {
    const level = readLevel(value);
    assert.equal(level | 0, level + 0);
    assert.equal(LEVEL_NAMES.includes(nearestLevel(level)), true);
  }));
});
