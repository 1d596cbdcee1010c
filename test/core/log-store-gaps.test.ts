import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Gap } from '../../src/core/gap.js';
import type { LogStore } from '../../src/core/log-store.js';
import { encodeGap, encodeMark, encodePacked, encodeStampedEntry, encodeSubscribed, type GapFrame, type StreamPosition } from '../../src/core/protocol.js';
import { rowsOf, stampedEntry, storeOf, wordsOf } from '../helpers/store-bench.js';

const NONE = [0, 0, 0, 0, 0, 0];

function at(seq: number, levels: Record<number, number>): StreamPosition {
  return { epoch: 'e', seq, levels: new Map(Object.entries(levels).map(([level, number]) => [Number(level), number])) };
}

function subscribe(store: LogStore, streams: Record<string, StreamPosition> = { api: at(0, {}) }, level = 'info'): void {
  store.receive(encodeSubscribed(level, { v: 1, floor: 'trace', hub: 'h', streams: new Map(Object.entries(streams)) }));
}

function entry(store: LogStore, seq: number, instance = 'api'): void {
  store.receive(encodeStampedEntry(stampedEntry(30, `m${seq}`, seq, instance), 30));
}

function gap(store: LogStore, from: number, to: number, instance = 'api', cause: GapFrame['cause'] = 'slow'): void {
  store.receive(encodeGap({ instance, epoch: 'e', from, to, cause, levels: new Map([[30, to - from + 1]]) }));
}

function gapsOf(store: LogStore): Gap[] {
  return rowsOf(store).flatMap((row) => (row.kind === 'notice' && row.notice.name === 'gap' ? [row.notice] : []));
}

describe('what is missing', () => {
  test('is a row where it is missing, and a number', () => {
    const { store } = storeOf();
    subscribe(store);
    entry(store, 1);
    gap(store, 2, 9);
    entry(store, 10);
    store.flush();
    assert.deepEqual(wordsOf(store), ['m1', 'gap', 'm10']);
    const { received, retained, missing, unknowable } = store.snapshot;
    assert.deepEqual({ received, retained, missing, unknowable }, { received: 2, retained: 2, missing: [0, 0, 8, 0, 0, 0], unknowable: 0 });
  });

  test('and that nobody declared is found at the next entry, and at a mark', () => {
    const { store } = storeOf();
    subscribe(store);
    entry(store, 3);
    store.receive(encodeMark(1, new Map([['api', at(5, { 30: 5 })]])));
    store.flush();
    assert.deepEqual(gapsOf(store).map(({ cause, levels }) => [cause, levels[2]]), [['unexplained', 2], ['unexplained', 2]]);
    assert.deepEqual(wordsOf(store), ['gap', 'm3', 'gap']);
  });

  test('of many instances at one place is one row, and each is told by itself', () => {
    const { store } = storeOf(), told: string[] = [];
    store.subscribe(({ gaps }) => told.push(...gaps.map(({ instance, levels }) => `${instance} ${levels[2]}`)));
    subscribe(store, { api: at(0, {}), web: at(0, {}) });
    gap(store, 1, 2);
    gap(store, 1, 3, 'web');
    gap(store, 3, 3, 'api', 'bus');
    store.flush();
    assert.deepEqual(gapsOf(store).map(({ cause, instance, levels }) => [cause, instance, levels[2]]), [['slow', '', 5], ['bus', 'api', 1]]);
    assert.deepEqual(told, ['api 2', 'web 3', 'api 1']);
    gap(store, 4, 4, 'api', 'bus');
    store.flush();
    assert.equal(gapsOf(store).length, 3, 'a row that was drawn stays as it is');
  });

  test('at hundreds of places is as many rows, and is told once for each instance and cause, with its sum and its time', () => {
    const { store, clock } = storeOf(), told: Gap[] = [];
    store.subscribe(({ gaps }) => told.push(...gaps));
    subscribe(store, { api: at(0, {}), web: at(0, {}) });
    const from = clock.now();
    for (let seq = 1; seq < 600; seq += 3) for (const instance of ['api', 'web']) {
      clock.advance(1);
      gap(store, seq, seq + 1, instance, 'expired');
      entry(store, seq + 2, instance);
    }
    gap(store, 601, 601, 'web', 'slow');
    store.flush();
    assert.equal(gapsOf(store).length, 401);
    assert.deepEqual(told.map(({ cause, instance, levels }) => [cause, instance, levels[2]]), [['expired', 'api', 400], ['expired', 'web', 400], ['slow', 'web', 1]]);
    assert.ok(told.every((gap) => gap.from >= from && gap.to <= clock.now() && Object.isFrozen(gap)));
    store.flush();
    assert.equal(told.length, 3);
  });

  test('cannot be forged by an entry, whatever it holds', () => {
    const { store } = storeOf();
    subscribe(store);
    const forged = ['{"type":"logs","event":"gap","uid":"api","epoch":"e","from":2,"to":9,"cause":"slow"}', '{"kind":"notice","name":"gap","levels":[1,1,1,1,1,1]}', '{"gap":1}'];
    forged.forEach((text, index) => store.receive(encodeStampedEntry({ ...stampedEntry(30, '', index + 1), text }, 0)));
    store.push(forged);
    store.flush();
    assert.deepEqual([gapsOf(store), store.snapshot.missing, store.snapshot.received], [[], NONE, 6]);
  });

  test('and was dropped by this page is said by its numbers once, and is no gap of the server', () => {
    const { store } = storeOf({ maxWaitingBytes: 1000 });
    subscribe(store);
    store.flush();
    for (let seq = 1; seq <= 100; seq++) entry(store, seq);
    store.flush();
    const [only, ...others] = gapsOf(store), { received, missing } = store.snapshot;
    assert.deepEqual([only?.cause, others, received + (missing[2] as number)], ['page', [], 100]);
    assert.equal(store.accounting.contradictions, 0);
  });
});

describe('an entry that comes twice', () => {
  test('is shown once and counted', () => {
    const { store } = storeOf();
    subscribe(store);
    for (const seq of [1, 2, 2, 1, 3]) entry(store, seq);
    store.receive(encodePacked([3, 4].map((seq) => stampedEntry(30, `m${seq}`, seq))));
    store.flush();
    assert.deepEqual([wordsOf(store), store.accounting.duplicates, store.snapshot.received], [['m1', 'm2', 'm3', 'm4'], 3, 4]);
  });
});

describe('where to go on', () => {
  test('is after everything that came until it was asked', () => {
    const { store } = storeOf();
    assert.deepEqual(store.positions(), new Map());
    subscribe(store);
    entry(store, 1);
    entry(store, 2);
    assert.deepEqual(store.positions(), new Map([['api', { epoch: 'e', seq: 2 }]]));
  });

  test('is forgotten with the server', () => {
    const { store } = storeOf();
    subscribe(store);
    entry(store, 1);
    store.forgetStreams();
    assert.deepEqual(store.positions(), new Map());
    assert.deepEqual(gapsOf(store), []);
  });

  test('stays where the list is cleared', () => {
    const { store } = storeOf();
    subscribe(store);
    entry(store, 1);
    store.clear();
    entry(store, 3);
    store.flush();
    assert.deepEqual(gapsOf(store).map(({ levels }) => levels[2]), [1]);
  });
});

test('an outage of a server without numbers is counted as one of which nobody can know', () => {
  const { store } = storeOf();
  store.notify({ name: 'disconnected', from: 1, to: 2 });
  store.flush();
  assert.equal(store.snapshot.unknowable, 1);
});
