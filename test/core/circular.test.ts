import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { moveCells } from '../../src/core/circular.js';

test('each number has its cell in the other column too, wherever either begins again', () => {
  const first = fc.oneof(fc.nat(200), fc.constantFrom(2 ** 31 - 3, 2 ** 53 - 1000));
  fc.assert(fc.property(first, fc.nat(30), fc.nat(20), fc.nat(20), (from, count, spare, other) => {
    const source = new Float64Array(count + spare + 1), target = new Float64Array(count + other + 1);
    for (let at = from; at < from + count; at++) source[at % source.length] = at;
    assert.equal(moveCells(source, target, from, from + count), target);
    for (let at = from; at < from + count; at++) assert.equal(target[at % target.length], at);
  }));
});
