import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LogSnapshot } from '../../src/core/log-snapshot.js';
import { sumOf } from '../../src/core/level-counts.js';
import { encodePacked, encodeStampedEntry } from '../../src/core/protocol.js';
import { plainFrame, receive, rowsOf, stampedEntry, storeOf, wordsOf } from '../helpers/store-bench.js';

function isDeepFrozen(value: unknown): boolean {
  return typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isDeepFrozen));
}

describe('a row', () => {
  test('has what was received, and its own id whatever happens', () => {
    const { store, scheduler } = storeOf();
    store.receive('{"type":"logs","data":{"level":50,"time":1763809448201, "msg":"x"},"uid":"api-1"}');
    store.receive(encodeStampedEntry({ ...stampedEntry(30), level: 60, seq: 9 }, 30));
    store.push(['{"level":"warn","time":"2025-11-22","n":1.10}'], 'page');
    scheduler.draw();
    assert.deepEqual(rowsOf(store), [
      { kind: 'entry', id: 0, text: '{"level":50,"time":1763809448201, "msg":"x"}', level: 50, time: 1763809448201, instance: 'api-1', epoch: null, seq: null },
      { kind: 'entry', id: 1, text: '{"level":30,"msg":"a"}', level: 60, time: NaN, instance: 'api', epoch: 'e', seq: 9 },
      { kind: 'entry', id: 2, text: '{"level":"warn","time":"2025-11-22","n":1.10}', level: 40, time: 1763769600000, instance: 'page', epoch: null, seq: null },
    ]);
    store.clear();
    receive(store, 'later');
    assert.deepEqual(rowsOf(store).map((row) => row.id), [3, 4]);
    assert.deepEqual([store.rowOf(2), store.rowOf(99), store.rowOf(-1), store.rowAt(-1), store.rowAt(2)], [null, null, null, null, null]);
  });

  test('of the viewer’s own passes every filter, is no entry, and cannot be forged', () => {
    const { store, clock } = storeOf();
    store.notify({ name: 'disconnected', from: 1, to: 2 });
    store.push([{ kind: 'notice', name: 'cleared', notice: { name: 'cleared', count: 1 } }]);
    store.flush();
    store.setFilter({ hiddenLevels: ['trace', 'debug', 'info', 'warn', 'error', 'fatal'], search: 'nowhere' });
    assert.deepEqual(rowsOf(store), [{ kind: 'notice', id: 0, time: clock.now(), notice: { name: 'disconnected', from: 1, to: 2 } }]);
    assert.deepEqual([store.snapshot.retained, store.snapshot.hidden], [1, 1]);
    store.select(0);
    assert.equal(store.snapshot.selected, null, 'and cannot be selected');
  });

  test('that is an error is found before and after any position', () => {
    const { store } = storeOf();
    for (const level of [50, 30, 60, 30, 55]) store.receive(plainFrame(level));
    store.notify({ name: 'level', level: 'debug' });
    store.flush();
    assert.deepEqual([store.findError(-1, 1), store.findError(0, 1), store.findError(2, 1), store.findError(4, 1)], [0, 2, 4, -1]);
    assert.deepEqual([store.findError(6, -1), store.findError(4, -1), store.findError(0, -1)], [4, 2, -1]);
    store.setFilter({ hiddenLevels: ['info'] });
    assert.deepEqual([store.findError(0, 1), store.findError(2, -1)], [1, 1]);
  });
});

describe('a publish', () => {
  test('comes once a picture, with one frozen snapshot, and nothing changes before', () => {
    const { store, scheduler } = storeOf(), seen: LogSnapshot[] = [], before = store.snapshot;
    store.subscribe((snapshot) => seen.push(snapshot));
    for (const level of [10, 50, 30]) store.receive(plainFrame(level));
    store.push([{ msg: 'x' }]);
    store.countUnreadable();
    assert.deepEqual([seen.length, store.snapshot === before, scheduler.pending], [0, true, 1]);
    scheduler.draw();
    scheduler.draw();
    assert.equal(seen.length, 1);
    assert.equal(seen[0], store.snapshot);
    assert.deepEqual([before.length, before.received, store.snapshot.length, store.snapshot.received, store.snapshot.unreadable], [0, 0, 4, 4, 1]);
  });

  test('is one for each thing that a person does, and none where nothing changes', () => {
    const { store } = storeOf();
    receive(store, 'a', 'b');
    let publishes = 0;
    store.subscribe(() => publishes++);
    const steps: [string, () => void, number][] = [
      ['filter', () => store.setFilter({ search: 'a' }), 1], ['the same filter', () => store.setFilter({ search: 'a', hiddenLevels: [] }), 0],
      ['select', () => store.select(0), 1], ['select again', () => store.select(0), 0], ['select nobody', () => store.select(77), 0],
      ['unselect', () => store.select(null), 1], ['unselect again', () => store.select(null), 0],
      ['follow again', () => store.follow(true), 0], ['leave the end', () => store.follow(false), 1], ['resume what is not paused', () => store.resume('here'), 0],
      ['pause', () => store.pause(), 1], ['pause again', () => store.pause(), 0], ['resume', () => store.resume('latest'), 1],
      ['limit', () => store.limit(1, 100), 1], ['the same limit', () => store.limit(1, 100), 0], ['clear', () => store.clear(), 1],
    ];
    for (const [what, step, expected] of steps) {
      publishes = 0;
      store.receive(plainFrame(30));
      step();
      assert.equal(publishes, expected, what);
      store.flush();
    }
  });

  test('is frozen through and through', () => {
    const { store } = storeOf();
    receive(store, 'a');
    store.setFilter({ search: 'a', hiddenLevels: ['trace'], hiddenInstances: ['x'] });
    store.follow(false);
    store.pause();
    receive(store, 'b');
    assert.equal(isDeepFrozen(store.snapshot), true);
    store.select(0);
    assert.deepEqual([store.snapshot, store.snapshot.selected].map(Object.isFrozen), [true, true]);
  });

  test('reaches every listener, whatever another one throws; the host hears of that', () => {
    const { store, clock } = storeOf(), seen: string[] = [];
    store.subscribe(() => seen.push('first'));
    const stop = store.subscribe(() => {
      throw new Error('broken view');
    });
    store.subscribe(() => seen.push('last'));
    receive(store, 'a');
    assert.deepEqual([seen, wordsOf(store)], [['first', 'last'], ['a']]);
    assert.throws(() => clock.advance(0), /broken view/);
    stop();
    receive(store, 'b');
    assert.deepEqual([seen.length, clock.pending], [4, 0]);
  });

  test('of a listener that acts on the store is followed by another', () => {
    const { store } = storeOf(), lengths: number[] = [];
    store.subscribe(({ following }) => {
      if (following) store.follow(false);
    });
    store.subscribe(({ length, following }) => lengths.push(following ? -1 : length));
    receive(store, 'a');
    assert.deepEqual([...new Set(lengths)], [1]);
  });

  test('stops for a listener that has left', () => {
    const { store } = storeOf();
    let publishes = 0;
    store.subscribe(() => publishes++)();
    receive(store, 'a');
    assert.equal(publishes, 0);
  });
});

describe('what cannot be taken', () => {
  test('is counted, and takes nothing else with it', () => {
    const { store, scheduler } = storeOf();
    for (const text of ['', 'hello', '{"type":"logs","data":', '{"type":"pong"}', '{"type":"logs","event":"packed"}']) store.receive(text);
    store.push([undefined, () => 1, 12n, 'no JSON', { fine: true }]);
    store.receive(plainFrame(30));
    scheduler.draw();
    assert.deepEqual([store.snapshot.received, store.snapshot.unreadable], [2, 9]);
  });

  test('is not depth: an entry as deep as its text allows is a row', () => {
    const { store } = storeOf(), deep = `{"level":50,"msg":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    store.receive(`{"type":"logs","data":${deep},"uid":"a"}`);
    store.push([deep]);
    receive(store, 'after');
    assert.deepEqual([store.snapshot.received, store.snapshot.unreadable], [3, 0]);
  });

  test('because 8 MiB wait unread in a page that draws nothing is dropped from the oldest, counted by level to the last one, and said in the list where it is missing', () => {
    const { store, clock } = storeOf(), pad = 'x'.repeat(10_000), sent = [0, 0, 0, 0, 0, 0], lengths: number[] = [];
    const levels = [10, 20, 30, 40, 50, 60, 35, 0], ranks = [0, 1, 2, 3, 4, 5, 2, 2], start = clock.now();
    store.countUnreadable(); // from here on a picture is waited for
    for (let index = 0; index < 2500; index++) {
      const level = levels[index % 8] as number, frame = index % 3 === 0 ? encodePacked([stampedEntry(level, pad, index + 1)]) : plainFrame(level, pad);
      store.receive(frame);
      lengths.push(frame.length);
      sent[ranks[index % 8] as number] = (sent[ranks[index % 8] as number] as number) + 1;
      clock.advance(1);
    }
    store.flush();
    const { snapshot } = store, rows = rowsOf(store), read = rows.findIndex(({ kind }) => kind === 'notice'), gap = rows[read];
    assert.ok(gap?.kind === 'notice' && gap.notice.name === 'gap', 'a row says it');
    assert.deepEqual(gap.notice.levels, snapshot.missing);
    assert.equal(gap.notice.to, clock.now() - 1);
    assert.equal(rows.filter(({ kind }) => kind === 'notice').length, 1);
    assert.ok(read > 1000 - 60 && read <= 1000, `${read} were read in the first second`);
    assert.equal(start + read + sumOf(snapshot.missing) + (rows.length - 1 - read), clock.now(), 'nothing is missing on either side of it');
    assert.deepEqual(snapshot.levels.map((count, rank) => count + (snapshot.missing[rank] as number)), sent);
    assert.equal(snapshot.received, 2500 - sumOf(snapshot.missing));
    let waiting = 0, fitting = 0;
    while (waiting + (lengths.at(-1 - fitting) as number) <= 8 * 1024 * 1024) waiting += lengths.at(-1 - fitting++) as number;
    assert.equal(snapshot.received, read + fitting);
  });

  test('because much waits is taken in portions between two pictures, as long as the page draws', () => {
    const { store, clock, scheduler } = storeOf(), pad = 'x'.repeat(10_000);
    for (let index = 0; index < 1500; index++) {
      store.receive(plainFrame(30, pad));
      clock.advance(1);
      if (index % 900 === 899) {
        scheduler.draw();
        assert.equal(store.snapshot.interim, false);
      }
    }
    assert.ok(store.snapshot.received > 1500 - 60 && store.snapshot.received < 1500, `${store.snapshot.received} are taken before the picture`);
    assert.deepEqual([store.snapshot.interim, scheduler.pending], [true, 1], 'the picture is still to come');
    store.flush();
    assert.equal(store.snapshot.interim, false);
    assert.deepEqual([store.snapshot.received, sumOf(store.snapshot.missing)], [1500, 0]);
  });

  test('is a limit that is none', () => {
    for (const limit of [0, -1, 1.5, NaN]) {
      assert.throws(() => storeOf({ maxEntries: limit }), { name: 'RangeError', message: `maxEntries is ${limit}; it takes a whole number from 1.` });
      const { store } = storeOf();
      receive(store, 'a');
      assert.throws(() => store.limit(limit, 100), RangeError);
      assert.throws(() => store.limit(10, limit === 0 || limit === 1.5 ? NaN : limit), { message: /^maxBytes is / });
      assert.deepEqual(wordsOf(store), ['a']);
    }
    const { store } = storeOf();
    store.limit(Infinity, Infinity);
    receive(store, 'a');
  });
});

test('push takes a single text for one entry, and says what it takes', () => {
  const { store } = storeOf();
  store.push('{"level":30,"msg":"one"}');
  store.flush();
  assert.deepEqual([store.snapshot.received, store.snapshot.unreadable], [1, 0]);
  for (const nothing of [null, undefined, 42, {}]) assert.throws(() => store.push(nothing as never), { name: 'TypeError', message: /list of entries/ });
});
