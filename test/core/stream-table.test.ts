import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { OTHER_INSTANCES, StreamTable } from '../../src/core/stream-table.js';

const SENDING = { state: 'sending', since: null } as const, sending = (): typeof SENDING => SENDING;

test('a stream is one start of one instance, and keeps its index', () => {
  const table = new StreamTable();
  const streams = [['a', 'x'], ['a', 'y'], ['b', 'x'], ['a', null], ['a', 'x'], ['b', 'x']] as const;
  const indexes = streams.map(([instance, epoch]) => table.indexOf(instance, epoch));
  assert.deepEqual(indexes, [0, 1, 2, 3, 0, 2]);
  assert.deepEqual([table.instance(2), table.epoch(2), table.instance(3), table.epoch(3)], ['b', 'x', 'a', null]);
});

test('names that run together when they are joined are kept apart', () => {
  const table = new StreamTable();
  const indexes = [table.indexOf('a b', 'c'), table.indexOf('a', 'b c'), table.indexOf('a', ''), table.indexOf('', 'a'), table.indexOf('["a"', null)];
  assert.equal(new Set(indexes).size, 5);
});

test('what is kept is counted by instance, over all its starts, in the order of arrival', () => {
  const table = new StreamTable();
  const b = table.indexOf('b', '1'), a = table.indexOf('a', '1'), again = table.indexOf('b', '2');
  table.count(b, 1);
  table.count(again, 1);
  table.count(a, 1);
  table.count(a, -1);
  assert.deepEqual(table.instances(sending), [{ name: 'b', retained: 2, ...SENDING }, { name: 'a', retained: 0, ...SENDING }]);
  table.resetCounts();
  assert.deepEqual(table.instances(sending), [{ name: 'b', retained: 0, ...SENDING }, { name: 'a', retained: 0, ...SENDING }]);
});

test('one that does not send any more goes when nothing of it is kept', () => {
  const table = new StreamTable(), lives = new Map([['a', { state: 'stopped', since: 5 } as const], ['b', { state: 'silent', since: 7 } as const]]);
  const all = ['a', 'b', 'c'].map((name) => table.indexOf(name, '1'));
  for (const index of all) table.count(index, 1);
  const shown = (): unknown => table.instances((name) => lives.get(name) ?? SENDING).map(({ name, state, since }) => [name, state, since]);
  assert.deepEqual(shown(), [['a', 'stopped', 5], ['b', 'silent', 7], ['c', 'sending', null]]);
  for (const index of all) table.count(index, -1);
  assert.deepEqual(shown(), [['c', 'sending', null]]);
});

test('names that mean something to JavaScript are names like others', () => {
  const table = new StreamTable();
  for (const name of ['__proto__', 'constructor', 'toString', '']) table.count(table.indexOf(name, null), 1);
  assert.deepEqual(table.instances(sending).map(({ name, retained }) => `${name}=${retained}`), ['__proto__=1', 'constructor=1', 'toString=1', '=1']);
});

test('what no stream has is nobody', () => {
  const table = new StreamTable();
  assert.deepEqual([table.instance(5), table.epoch(5)], ['', null]);
});

test('once it is full, further instances share one name; a known one that starts again keeps its own', () => {
  const table = new StreamTable(2);
  table.indexOf('a', '1');
  table.indexOf('b', '1');
  const c = table.indexOf('c', '1'), d = table.indexOf('d', null);
  assert.equal(c, d);
  assert.deepEqual([table.instance(c), table.epoch(c)], [OTHER_INSTANCES, null]);
  const restarted = table.indexOf('a', '2');
  assert.deepEqual([table.instance(restarted), table.epoch(restarted)], ['a', null]);
  assert.equal(table.indexOf('a', '1'), 0, 'what is known is found');
});

test('no server can grow it without end', () => {
  const name = fc.oneof(fc.string({ maxLength: 3 }), fc.constant(OTHER_INSTANCES)), epoch = fc.option(fc.string());
  fc.assert(fc.property(fc.array(fc.tuple(name, epoch), { minLength: 30, maxLength: 300 }), (streams) => {
    const table = new StreamTable(10), indexes = new Set<number>();
    for (const [instance, start] of streams) {
      const index = table.indexOf(instance, start);
      indexes.add(index);
      table.count(index, 1);
    }
    assert.ok(indexes.size <= 21, `${indexes.size} streams`);
    assert.equal(table.instances(sending).reduce((sum, { retained }) => sum + retained, 0), streams.length);
  }));
});
