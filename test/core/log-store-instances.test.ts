import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LogStore } from '../../src/core/log-store.js';
import { encodeBus, encodeMark, encodeStampedEntry, encodeStream, encodeSubscribed, type StreamPosition, type StreamState } from '../../src/core/protocol.js';
import { rowsOf, stampedEntry, storeOf, wordsOf } from '../helpers/store-bench.js';

const at = (seq: number, epoch = 'e'): StreamPosition => ({ epoch, seq, levels: new Map(seq === 0 ? [] : [[30, seq]]) });

function subscribe(store: LogStore, ...names: string[]): void {
  store.receive(encodeSubscribed('info', { v: 1, floor: 'trace', hub: 'h', streams: new Map(names.map((name) => [name, at(0)])) }));
}

function news(store: LogStore, instance: string, state: StreamState, seq: number, time = 60, epoch = 'e'): void {
  store.receive(encodeStream(instance, at(seq, epoch), state, time));
}

function entry(store: LogStore, seq: number, instance = 'api'): void {
  store.receive(encodeStampedEntry(stampedEntry(30, `m${seq}`, seq, instance), 30));
}

/** What became of instances, a text for each row. */
function changesOf(store: LogStore): string[] {
  return rowsOf(store).flatMap((row) => (row.kind === 'notice' && row.notice.name === 'instances' ? [row.notice.changes.map(({ instance, change }) => `${instance} ${change}`).join(', ')] : []));
}

describe('what becomes of an instance', () => {
  test('is a row where it happens, whatever the filter hides, and a state beside its count', () => {
    const { store } = storeOf();
    subscribe(store, 'api');
    entry(store, 1);
    news(store, 'api', 'end', 1);
    entry(store, 1, 'other');
    store.setFilter({ hiddenInstances: ['api'], search: 'nothing has this' });
    store.flush();
    assert.deepEqual(changesOf(store), ['api stopped']);
    store.setFilter({ hiddenInstances: [], search: '' });
    assert.deepEqual(wordsOf(store), ['m1', 'instances', 'm1']);
    assert.deepEqual(store.snapshot.instances.map(({ name, state, since }) => [name, state, since]), [['api', 'stopped', 60], ['other', 'sending', null]]);
    assert.equal(store.snapshot.hidden, 0);
  });

  test('that is not heard is one row and one gap, and no open question any more once it is', () => {
    const { store } = storeOf(), causes: string[] = [];
    store.subscribe(({ gaps }) => causes.push(...gaps.map(({ cause }) => cause)));
    subscribe(store, 'api');
    entry(store, 1);
    news(store, 'api', 'quiet', 1);
    store.flush();
    assert.deepEqual([changesOf(store), wordsOf(store), causes, store.snapshot.unknowable], [['api silent'], ['m1', 'instances'], ['silent'], 1]);
    entry(store, 2);
    news(store, 'api', 'live', 2);
    store.flush();
    assert.deepEqual([changesOf(store), causes, store.snapshot.unknowable], [['api silent', 'api again'], ['silent'], 0]);
  });

  test('whose last entries nobody can know because it starts anew is told before the row that says so', () => {
    const { store } = storeOf();
    subscribe(store, 'api');
    entry(store, 1);
    news(store, 'api', 'new', 0, 60, 'f');
    store.receive(encodeMark(70, new Map([['api', at(0, 'f')]])));
    store.flush();
    assert.deepEqual([wordsOf(store), changesOf(store)], [['m1', 'instances', 'gap'], ['api started']]);
  });

  test('and of a hundred others at once is one row for each second', () => {
    const { store, clock } = storeOf(), names = Array.from({ length: 100 }, (_, index) => `api-${index}`);
    subscribe(store, ...names);
    clock.advance(1000 - (clock.now() % 1000));
    for (const [index, name] of names.entries()) {
      entry(store, 1, name);
      news(store, name, 'end', 1);
      news(store, `new-${name}`, 'new', 0);
      store.flush();
      if (index === 49) clock.advance(1000);
    }
    assert.deepEqual(changesOf(store).map((row) => row.split(', ').length), [100, 100]);
    assert.equal(store.snapshot.instances.filter(({ state }) => state === 'stopped').length, 100);
  });

  test('goes when its row is cleared away, and the next has a row of its own', () => {
    const { store } = storeOf();
    subscribe(store, 'api', 'b');
    entry(store, 1);
    news(store, 'api', 'end', 1);
    store.clear();
    news(store, 'b', 'end', 0);
    store.flush();
    assert.deepEqual([wordsOf(store), changesOf(store), store.snapshot.instances], [['cleared', 'instances'], ['b stopped'], []]);
  });
});

describe('other instances', () => {
  test('that are not visible are a row, and another when they are', () => {
    const { store } = storeOf();
    subscribe(store, 'api');
    store.receive(encodeBus({ since: 40, reason: 'Redis does not answer' }, 40));
    entry(store, 1);
    store.receive(encodeBus(null, 70));
    store.flush();
    assert.deepEqual(wordsOf(store), ['others-away', 'm1', 'others-back']);
    assert.equal(store.snapshot.unreadable, 0);
  });

  test('of a server that is left for another are none of its', () => {
    const { store } = storeOf();
    subscribe(store, 'api');
    store.receive(encodeBus({ since: 40, reason: 'Redis does not answer' }, 40));
    store.forgetStreams();
    subscribe(store, 'api');
    store.flush();
    assert.deepEqual(wordsOf(store), ['others-away']);
  });
});
