import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { goneInPause } from '../../src/core/log-snapshot.js';
import type { LogRow } from '../../src/core/notice.js';
import { plainFrame, receive, rowsOf, storeOf, wordsOf } from '../helpers/store-bench.js';

describe('a filter', () => {
  test('shows what passes, hides nothing for good, and says that positions have changed', () => {
    const { store } = storeOf();
    for (const [level, msg, instance] of [[30, 'one', 'a'], [50, 'two', 'b'], [30, 'Three one', 'b']] as const) store.receive(plainFrame(level, msg, instance));
    store.flush();
    const { viewVersion } = store.snapshot;
    store.setFilter({ search: 'ONE' });
    assert.deepEqual([wordsOf(store), store.snapshot.hidden, store.snapshot.levels], [['one', 'Three one'], 1, [0, 0, 2, 0, 1, 0]]);
    assert.notEqual(store.snapshot.viewVersion, viewVersion);
    store.setFilter({ hiddenInstances: ['b'] });
    assert.deepEqual([wordsOf(store), store.snapshot.filter], [['one'], { search: 'ONE', hiddenInstances: ['b'], hiddenLevels: [] }]);
    store.setFilter({ search: '', hiddenInstances: [] });
    assert.deepEqual([wordsOf(store), store.snapshot.hidden], [['one', 'two', 'Three one'], 0]);
  });

  test('keeps the selection, though it hides it', () => {
    const { store } = storeOf();
    receive(store, 'a');
    store.select(0);
    store.setFilter({ search: 'b' });
    assert.equal(store.snapshot.selected?.entry.id, 0);
  });

  test('makes the count of unseen rows that of the rows it shows', () => {
    const { store } = storeOf();
    receive(store, 'a');
    store.follow(false);
    for (const [level, msg] of [[50, 'a'], [30, 'b'], [30, 'b']] as const) store.receive(plainFrame(level, msg));
    store.flush();
    assert.deepEqual(store.snapshot.unseen, { entries: 3, errors: 1 });
    store.setFilter({ search: 'b' });
    assert.deepEqual(store.snapshot.unseen, { entries: 2, errors: 0 });
    receive(store, 'a', 'b');
    assert.deepEqual(store.snapshot.unseen, { entries: 3, errors: 0 });
    store.setFilter({ search: '' });
    assert.deepEqual(store.snapshot.unseen, { entries: 5, errors: 1 });
  });
});

describe('a selection', () => {
  test('outlives the entry that leaves, and says when it left', () => {
    const { store, clock } = storeOf({ maxEntries: 2 });
    receive(store, 'a', 'b');
    store.select(0);
    assert.equal(store.snapshot.selected?.removedAt, null);
    clock.advance(5);
    receive(store, 'c');
    const at = clock.now();
    clock.advance(5);
    receive(store, 'd');
    assert.deepEqual([store.snapshot.selected?.entry.text, store.snapshot.selected?.removedAt], ['{"level":30,"msg":"a"}', at]);
    store.clear();
    assert.equal(store.snapshot.selected?.removedAt, at, 'it left once');
  });

  test('can be of an entry that has left already', () => {
    const { store, clock } = storeOf({ maxEntries: 1 });
    receive(store, 'a');
    const row = store.rowAt(0) as LogRow & { kind: 'entry' };
    receive(store, 'b');
    store.select(row);
    assert.deepEqual(store.snapshot.selected, { entry: row, removedAt: clock.now() });
  });

  test('stays when everything is cleared', () => {
    const { store, clock } = storeOf();
    receive(store, 'a');
    store.select(0);
    clock.advance(7);
    store.clear();
    assert.deepEqual([store.snapshot.selected?.entry.id, store.snapshot.selected?.removedAt], [0, clock.now()]);
  });
});

describe('a pause', () => {
  test('goes on receiving while the list stands still', () => {
    const { store, clock } = storeOf();
    receive(store, 'a', 'b');
    store.receive(plainFrame(30, 'before the pause'));
    store.pause();
    store.receive(plainFrame(50, 'c'));
    store.receive(plainFrame(30, 'd'));
    store.notify({ name: 'disconnected', from: 1, to: 2 });
    store.flush();
    assert.deepEqual(wordsOf(store), ['a', 'b', 'before the pause']);
    assert.deepEqual(store.snapshot.paused, { since: clock.now(), arrived: { entries: 2, errors: 1 }, cleared: false, hadRows: true });
    assert.deepEqual([store.snapshot.received, store.indexFrom(3), store.rowAt(3), store.findError(0, 1)], [5, 3, null, -1]);
  });

  test('ends here, with the rest counted as unseen, or at the latest', () => {
    for (const where of ['here', 'latest'] as const) {
      const { store } = storeOf();
      receive(store, 'a');
      store.pause();
      store.receive(plainFrame(50, 'b'));
      store.receive(plainFrame(30, 'c'));
      store.resume(where);
      assert.deepEqual(wordsOf(store), ['a', 'b', 'c']);
      assert.deepEqual([store.snapshot.paused, store.snapshot.following, store.snapshot.unseen],
        where === 'here' ? [null, false, { entries: 2, errors: 1 }] : [null, true, { entries: 0, errors: 0 }]);
    }
  });

  test('of a reader who had left the end adds to what was unseen before', () => {
    const { store } = storeOf();
    store.follow(false);
    receive(store, 'a', 'b');
    store.pause();
    receive(store, 'c');
    assert.deepEqual([store.snapshot.unseen.entries, store.snapshot.paused?.arrived.entries], [2, 1]);
    store.setFilter({ search: 'b' });
    assert.deepEqual(store.snapshot.unseen.entries, 1);
    store.setFilter({ search: '' });
    store.resume('here');
    assert.equal(store.snapshot.unseen.entries, 3);
  });

  test('counts what it hides as arrived, and as unseen only what is shown', () => {
    const { store } = storeOf();
    store.setFilter({ search: 'shown' });
    store.pause();
    receive(store, 'shown', 'hidden', 'shown');
    assert.equal(store.snapshot.paused?.arrived.entries, 3);
    store.resume('here');
    assert.equal(store.snapshot.unseen.entries, 2);
  });

  test('shows that the list was cleared meanwhile', () => {
    const { store } = storeOf();
    receive(store, 'a');
    store.pause();
    receive(store, 'b');
    store.clear();
    receive(store, 'c');
    assert.deepEqual([wordsOf(store), store.snapshot.paused?.arrived.entries], [['cleared'], 1], 'what was cleared is not to come any more');
    store.resume('here');
    assert.deepEqual([wordsOf(store), store.snapshot.unseen.entries], [['cleared', 'c'], 1]);
  });
});

describe('what is unseen', () => {
  test('is counted from where the reader left the end, and forgotten at the end', () => {
    const { store } = storeOf();
    receive(store, 'a');
    store.follow(false);
    store.receive(plainFrame(60));
    store.receive(plainFrame(30));
    store.notify({ name: 'level', level: 'info' });
    store.flush();
    assert.deepEqual([store.snapshot.following, store.snapshot.unseen], [false, { entries: 2, errors: 1 }]);
    store.follow(true);
    assert.deepEqual(store.snapshot.unseen, { entries: 0, errors: 0 });
    receive(store, 'b');
    assert.deepEqual(store.snapshot.unseen, { entries: 0, errors: 0 });
  });
});

describe('clearing', () => {
  test('leaves one row that says how many there were, and the filter', () => {
    const { store } = storeOf();
    receive(store, 'a', 'b');
    store.setFilter({ search: 'a' });
    store.clear();
    assert.deepEqual(rowsOf(store).map((row) => row.kind === 'notice' && row.notice), [{ name: 'cleared', count: 2 }]);
    assert.deepEqual([store.snapshot.retained, store.snapshot.cleared, store.snapshot.filter.search, store.snapshot.instances],
      [0, 2, 'a', [{ name: 'api', retained: 0, state: 'sending', since: null }]]);
    receive(store, 'b', 'a');
    assert.deepEqual(wordsOf(store), ['cleared', 'a']);
  });

  test('takes what still waits with it', () => {
    const { store } = storeOf();
    store.receive(plainFrame(30));
    store.clear();
    assert.deepEqual([store.snapshot.received, store.snapshot.cleared, store.snapshot.length], [1, 1, 1]);
  });

  test('of an empty list says nothing', () => {
    const { store } = storeOf();
    store.clear();
    assert.equal(store.snapshot.length, 0);
  });
});

test('a pause knows that it had rows, also when none of them is kept any more, until the filter changes', () => {
  const { store } = storeOf({ maxEntries: 3 }), had = (): unknown[] => [store.snapshot.length, store.snapshot.paused?.hadRows];
  store.pause();
  receive(store, 'a');
  assert.deepEqual(had(), [0, false], 'paused before the first entry');
  store.resume('here');
  store.pause();
  receive(store, 'b', 'c');
  assert.deepEqual(had(), [1, true]);
  receive(store, 'd', 'e');
  assert.deepEqual([...had(), goneInPause(store.snapshot)], [0, true, 1]);
  store.setFilter({ search: 'e' });
  assert.deepEqual(had(), [0, false]);
  store.clear();
  assert.deepEqual([...had(), store.snapshot.paused?.cleared, goneInPause(store.snapshot)], [1, true, true, 0]);
  receive(store, 'f', 'g', 'h');
  assert.deepEqual([...had(), store.snapshot.paused?.cleared], [0, true, true]);
  store.resume('latest');
  store.pause();
  assert.equal(store.snapshot.paused?.cleared, false);
});

test('clearing in a pause forgets what had arrived in it: what is announced is what is there', () => {
  const { store } = storeOf();
  store.pause();
  receive(store, 'a', 'b', 'c');
  store.clear();
  assert.deepEqual(store.snapshot.paused?.arrived, { entries: 0, errors: 0 });
  receive(store, 'd');
  assert.deepEqual(store.snapshot.paused?.arrived, { entries: 1, errors: 0 });
});
