import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { IdDeque } from '../../src/core/id-deque.js';

test('whatever is added and taken at either end, every id is at its place', () => {
  const count = fc.oneof(fc.nat(50), fc.integer({ min: 8000, max: 20_000 }));
  const step = fc.record({ do: fc.constantFrom('push' as const, 'unshift' as const, 'shift' as const, 'clear' as const), count });
  fc.assert(fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
    const deque = new IdDeque();
    let list: number[] = [], low = -1, high = 2 ** 40;
    for (const now of steps) {
      if (now.do === 'clear' && now.count % 3 === 0) {
        deque.clear();
        list = [];
      }
      const added: number[] = [];
      for (let time = 0; time < now.count; time++) {
        if (now.do === 'push') {
          deque.push(high);
          added.push(high++);
        } else if (now.do === 'unshift') {
          deque.unshift(low);
          added.push(low--);
        } else if (now.do === 'shift' && deque.length > 0) {
          deque.shift();
        }
      }
      list = now.do === 'push' ? [...list, ...added] : now.do === 'unshift' ? [...added.reverse(), ...list] : now.do === 'shift' ? list.slice(now.count) : list;
      assert.equal(deque.length, list.length);
      for (let index = 0; index < list.length; index++) if (deque.at(index) !== list[index]) assert.equal(deque.at(index), list[index], `at ${index}`);
    }
  }), { numRuns: 100 });
});
