import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { FrameBatch } from '../../src/server/frame-batch.js';
import { FakeSocket, hubOf, joined, LEVELS, source, type Source, type StartedHub } from './hub-bench.js';

const REASON = 'Redis does not answer';

describe('levels', () => {
  test('a viewer gets its level and above, and nothing below the floor', () => {
    const hub = hubOf({ floor: 'info' }), all = new FakeSocket(), errors = new FakeSocket();
    joined(hub, all, 'trace', false);
    joined(hub, errors, 'error', false);
    hub.receive(source().log(...LEVELS, 35, 0));
    assert.deepEqual(all.messages(), ['3', '4', '5', '6', '7', '8']);
    assert.deepEqual(errors.messages(), ['5', '6']);
  });

  test('a subscription starts at now and ends at once', () => {
    const hub = hubOf(), socket = new FakeSocket(), { log } = source();
    hub.receive(log(30));
    const viewer = joined(hub, socket, 'info', false);
    hub.receive(log(30));
    hub.leave(viewer, true);
    hub.receive(log(30));
    assert.deepEqual(socket.messages(), ['2']);
  });

  test('a subscription starts at now also where the ring still holds entries for somebody slower', () => {
    const hub = hubOf({ maxBufferedBytes: 1 }), slow = new FakeSocket(), late = new FakeSocket(), { log } = source();
    joined(hub, slow, 'info', false);
    slow.stalled = true;
    hub.receive(log(30));
    hub.receive(log(30));
    joined(hub, late, 'info', false);
    hub.receive(log(30));
    slow.drain();
    assert.deepEqual([slow.messages(), late.messages()], [['1', '2', '3'], ['3']]);
  });

  test('another level applies from the next entry on, without loss or repetition', () => {
    const hub = hubOf(), socket = new FakeSocket(), { log } = source();
    const viewer = joined(hub, socket, 'warn', false);
    hub.receive(log(30, 40));
    hub.change(viewer, 'info', true);
    hub.receive(log(30, 40));
    hub.change(viewer, 'info', true);
    hub.receive(log(30));
    assert.deepEqual(socket.messages(), ['2', '3', '4', '5']);
  });
});

describe('frames', () => {
  test('one tick is one write for each viewer, and viewers alike are given the same frames', () => {
    const hub = hubOf(), [first, second] = [new FakeSocket(), new FakeSocket()];
    const batches: FrameBatch[] = [];
    for (const socket of [first, second]) {
      const send = socket.send.bind(socket);
      socket.send = (batch, taken) => {
        batches.push(batch);
        send(batch, taken);
      };
      joined(hub, socket, 'info', true);
    }
    hub.receive(source().log(30, 30, 40));
    assert.deepEqual([first.writes, second.writes, first.decoded().map((frame) => frame.type)], [1, 1, ['stream', 'packed']]);
    assert.equal(batches[0], batches[1]);
  });

  test('pretty style reduces every entry to level, time and message', () => {
    const hub = hubOf({ style: 'pretty' }), socket = new FakeSocket();
    joined(hub, socket, 'info', false);
    const batch = source().log(30), [entry] = batch.entries;
    hub.receive({ ...batch, entries: [{ ...entry, text: '{"level":30,"time":5,"pid":1,"msg":"hi"}' }] });
    assert.deepEqual(socket.frames, ['{"type":"logs","data":{"level":30,"time":5,"msg":"hi"},"uid":"a"}']);
  });

  test('what the bus brings and is no batch, or contradicts what was heard, is counted and left out', () => {
    const hub = hubOf({ floor: 'trace' }), socket = new FakeSocket(), { log } = source(), first = log(30, 40), [entry] = first.entries;
    joined(hub, socket, 'info', false);
    hub.receive(first);
    const good = log(30), [next] = good.entries, many = new Map(Array.from({ length: 65 }, (_, level) => [level, 1]));
    const entries = [
      null, 1, {}, { ...next, text: 'null' }, { ...next, text: '{"a":1}\n{"b":2}' }, { ...next, text: 5 }, { ...next, seq: 0 }, { ...next, seq: 4 }, { ...next, seq: 2 ** 53 },
      { ...next, lseq: -1 }, { ...next, lseq: '1' }, { ...next, lseq: 3 }, { ...next, level: NaN }, { ...next, level: '30' }, { ...next, instance: 'b' }, { ...next, epoch: 'f' },
    ].map((each) => ({ ...good, entries: [each] }));
    const poison: unknown[] = [
      null, undefined, 1, 'x', {}, [], [entry], ...entries, { ...good, entries: null }, { ...good, instance: null }, { ...good, epoch: 3 }, { ...good, seq: -1 }, { ...good, seq: 1.5 },
      { ...good, ended: 1 }, { ...good, levels: { 30: 1 } }, { ...good, levels: new Map([['30', 1]]) }, { ...good, levels: many, entries: [] }, { ...good, lost: null },
      { ...good, lost: new Map([[30, -1]]) }, { ...good, lost: new Map([[30, 2 ** 53]]) },
      { ...good, levels: new Map([[30, 1], [40, 2]]), entries: [] }, { ...good, levels: new Map([[30, 1]]), entries: [] }, { ...good, seq: 9, entries: [] },
      { ...good, seq: 2 ** 53 - 1, levels: new Map([[30, 2 ** 52], [40, 5]]), entries: [] },
    ];
    for (const each of poison) hub.receive(each);
    hub.receive(good);
    assert.deepEqual(socket.messages(), ['1', '2', '3']);
    assert.equal(hub.refused, poison.length);
  });

  test('more streams than can be told of are refused, until one has ended', () => {
    const hub = hubOf(), socket = new FakeSocket();
    joined(hub, socket, 'info', true);
    const sources = Array.from({ length: 1001 }, (_, n) => source(`i${n}`));
    for (const each of sources) hub.receive(each.log(30));
    assert.equal(hub.refused, 1);
    hub.receive(sources[0]?.end());
    hub.receive(sources[1000]?.log(30));
    assert.equal(hub.refused, 1);
  });

  test('nothing is kept where nobody has watched for some time', () => {
    const hub = hubOf({ keepMs: 20_000 }), { log } = source();
    hub.receive(log(30, 30));
    assert.ok(hub.ring.bytes > 0, 'after the start it is kept for who comes back');
    hub.clock.advance(20_000);
    assert.equal(hub.ring.bytes, 0);
    hub.receive(log(30));
    assert.equal(hub.ring.bytes, 0);
    const viewer = joined(hub, new FakeSocket(), 'info', true);
    hub.receive(log(30));
    hub.leave(viewer, false);
    assert.ok(hub.ring.bytes > 0);
    hub.clock.advance(19_999);
    assert.ok(hub.ring.bytes > 0);
    hub.clock.advance(5000);
    assert.equal(hub.ring.bytes, 0);
  });
});

describe('a viewer that watches at another instance', () => {
  /** A hub that has had no viewer for longer than it keeps anything, and what another instance logs, where nobody watches either. */
  const alone = (options: Parameters<typeof hubOf>[0] = {}): { hub: StartedHub; other: Source } => {
    const hub = hubOf({ keepMs: 20_000, ...options }), other = source();
    hub.clock.advance(25_000);
    hub.receive(other.log(30));
    assert.equal(hub.ring.bytes, 0);
    return { hub, other };
  };
  const back = (hub: StartedHub, seq: number): { messages: string[]; gaps: number } => {
    const socket = new FakeSocket();
    joined(hub, socket, 'info', true, new Map([['a', { epoch: 'e', seq }]]));
    return { messages: socket.messages(), gaps: socket.gaps().length };
  };

  test('finds here what it missed, however long nobody has watched here', () => {
    const { hub, other } = alone();
    for (let mark = 0; mark < 20; mark++) {
      hub.receive({ ...other.log(30), watched: true });
      hub.clock.advance(5000);
    }
    assert.deepEqual(back(hub, 17), { messages: ['18', '19', '20', '21'], gaps: 0 });
  });

  test('is taken to do so by an older version that says nothing of it', () => {
    const { hub, other } = alone();
    const { watched: _, ...old } = other.log(30);
    hub.receive(old);
    assert.deepEqual(back(hub, 1), { messages: ['2'], gaps: 0 });
  });

  test('and leaves is waited for as long as at its own; then nothing is kept', () => {
    const { hub, other } = alone();
    hub.receive({ ...other.log(30), watched: true });
    hub.clock.advance(19_000);
    hub.receive(other.log(30));
    assert.deepEqual(back(hub, 1), { messages: ['2', '3'], gaps: 0 });
    const { hub: later, other: on } = alone();
    later.receive({ ...on.log(30), watched: true });
    later.clock.advance(20_000);
    later.receive(on.log(30));
    assert.equal(later.ring.bytes, 0);
  });

  test('is waited for while the others are not heard, and for as long again when they are', () => {
    const { hub, other } = alone(), { hub: unwatched, other: own } = alone();
    hub.receive({ ...other.log(30), watched: true });
    for (const each of [hub, unwatched]) each.reach({ state: 'down', since: each.now, reason: REASON });
    hub.clock.advance(100_000);
    hub.receive(other.log(30));
    unwatched.receive(own.log(30));
    assert.equal(unwatched.ring.bytes, 0, 'where nobody watched, an outage changes nothing');
    hub.reach({ state: 'up', since: hub.now, reason: null });
    hub.clock.advance(19_000);
    hub.receive(other.log(30));
    assert.deepEqual(back(hub, 1), { messages: ['2', '3', '4'], gaps: 0 });
  });

  test('is told to the others at once where it is the first, and with the next mark where they know of one', () => {
    let told = 0;
    const { hub, other } = alone({ onFirstViewer: () => told++ }), viewer = joined(hub, new FakeSocket(), 'info', true);
    assert.equal(told, 1);
    joined(hub, new FakeSocket(), 'info', true);
    hub.leave(viewer, false);
    assert.equal(told, 1);
    const known = alone({ onFirstViewer: () => told++ });
    known.hub.receive({ ...known.other.log(30), watched: true });
    joined(known.hub, new FakeSocket(), 'info', true);
    assert.equal(told, 1);
    hub.receive(other.log(30));
    assert.equal(hub.isWatched, true);
  });
});

describe('a slow viewer', () => {
  const said = /^\[log stream\] (\S+) entr(?:y|ies) not delivered: this viewer was too slow \((.*)\)$/;

  for (const packed of [false, true]) {
    test(`that falls behind within the ring loses nothing (${packed ? 'with' : 'without'} the extension)`, () => {
      const hub = hubOf({ maxBufferedBytes: 1, maxRingEntries: 12 }), socket = new FakeSocket(), { log } = source();
      joined(hub, socket, 'info', packed);
      socket.stalled = true;
      hub.receive(log(30));
      for (let tick = 0; tick < 5; tick++) hub.receive(log(30, 20));
      assert.deepEqual(socket.messages(), ['1'], 'while its socket is full it is left alone');
      socket.drain();
      assert.deepEqual(socket.messages(), ['1', '2', '4', '6', '8', '10']);
      assert.deepEqual(socket.gaps(), []);
    });

    test(`that falls out of the ring is told what it misses, where it is missing (${packed ? 'with' : 'without'} the extension)`, () => {
      const hub = hubOf({ maxBufferedBytes: 1 }), slow = new FakeSocket(), fast = new FakeSocket(), { log } = source();
      joined(hub, slow, 'info', packed);
      joined(hub, fast, 'info', packed);
      slow.stalled = true;
      hub.receive(log(30));
      for (let tick = 0; tick < 12; tick++) hub.receive(log(30, 40, 20));
      slow.drain();
      hub.receive(log(50));
      const messages = slow.messages();
      // 2 to 37 came while it was stalled, every third of them at debug; the ring held the last ten
      const loss = packed ? [] : ['[log stream] 18 entries not delivered: this viewer was too slow (9 info, 9 warn)'];
      assert.deepEqual(messages, ['1', ...loss, '29', '30', '32', '33', '35', '36', '38']);
      const gap = { instance: 'a', epoch: 'e', from: 2, to: 27, cause: 'slow', levels: new Map([[30, 9], [40, 9]]) };
      assert.deepEqual(slow.gaps(), packed ? [gap] : []);
      assert.equal(fast.messages().length, 26, 'the fast one misses nothing');
    });
  }

  test('is told also where nothing comes after', () => {
    const hub = hubOf({ maxBufferedBytes: 1, maxRingEntries: 1 }), socket = new FakeSocket(), { log } = source();
    joined(hub, socket, 'info', false);
    socket.stalled = true;
    hub.receive(log(30));
    hub.receive(log(30, 30, 20));
    socket.drain();
    assert.deepEqual(socket.messages(), ['1', '[log stream] 2 entries not delivered: this viewer was too slow (2 info)']);
  });

  test('does not keep more than the bounds of the ring, and holds no queue', () => {
    const hub = hubOf({ maxBufferedBytes: 100, maxRingEntries: 1000, maxRingBytes: 5000, maxRingErrors: 10 }), socket = new FakeSocket(), { log } = source();
    joined(hub, socket, 'info', true);
    socket.stalled = true;
    for (let tick = 0; tick < 2000; tick++) {
      hub.receive(log(30, 50));
      assert.ok(hub.ring.bytes <= 5000 + 5000 / 8);
    }
    assert.ok(socket.bufferedBytes < 1000);
  });

  test('gets the errors that outlive the rest, each where it happened', () => {
    const hub = hubOf({ maxBufferedBytes: 1, maxRingErrors: 3 }), slow = new FakeSocket(), plain = new FakeSocket(), { log } = source();
    for (const [socket, numbered] of [[slow, true], [plain, false]] as const) {
      joined(hub, socket, 'info', numbered);
      socket.stalled = true;
    }
    hub.receive(log(30));
    for (let tick = 0; tick < 30; tick++) hub.receive(tick % 6 === 2 ? log(50) : log(30, 20));
    slow.drain();
    plain.drain();
    // errors 6, 17, 28, 39, 50: the ring of ten begins at 47, the last of those before it are kept
    assert.deepEqual(slow.messages(), ['1', '17', '28', '39', '48', '50', '51', '53', '55']);
    assert.deepEqual(slow.gaps().map(({ from, to, levels }) => [from, to, [...levels ?? []]]), [
      [2, 16, [[30, 7], [50, 1]]], [18, 27, [[30, 5]]], [29, 38, [[30, 5]]], [40, 46, [[30, 4]]],
    ]);
    assert.deepEqual(plain.messages(), ['1', '17', '28', '39', '[log stream] 22 entries not delivered: this viewer was too slow (21 info, 1 error)', '48', '50', '51', '53', '55']);
  });

  test('that unsubscribes is told what it was still owed', () => {
    const hub = hubOf({ maxBufferedBytes: 1 }), socket = new FakeSocket(), { log } = source();
    const viewer = joined(hub, socket, 'info', false);
    socket.stalled = true;
    hub.receive(log(30));
    hub.receive(log(30, 50));
    hub.leave(viewer, true);
    assert.deepEqual(socket.messages(), ['1', '[log stream] 2 entries not delivered: this viewer was too slow (1 info, 1 error)']);
    socket.drain();
    assert.equal(socket.frames.length, 2);
  });

  test('whatever stalls and drains, each entry arrives once, in order, or is in a count', () => {
    const step = fc.oneof(fc.record({ levels: fc.array(fc.constantFrom(...LEVELS), { maxLength: 8 }) }), fc.record({ viewer: fc.nat(2), stall: fc.boolean() }));
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 12 }), fc.nat(4), (steps, maxBufferedBytes, maxRingEntries, maxRingErrors) => {
      const hub = hubOf({ maxBufferedBytes, maxRingEntries, maxRingErrors }), { log } = source(), owed = [[], [], []] as string[][];
      const levels = ['trace', 'info', 'error'] as const, sockets = levels.map(() => new FakeSocket());
      for (const [index, socket] of sockets.entries()) joined(hub, socket, levels[index] as 'trace', false);
      for (const each of steps) {
        if ('levels' in each) {
          const batch = log(...each.levels), { entries } = batch;
          for (const [index, least] of [10, 30, 50].entries()) owed[index]?.push(...entries.filter((entry) => entry.level >= least).map((entry) => String(entry.seq)));
          hub.receive(batch);
        } else if (each.stall) (sockets[each.viewer] as FakeSocket).stalled = true;
        else (sockets[each.viewer] as FakeSocket).drain();
      }
      for (const [index, socket] of sockets.entries()) {
        socket.drain();
        const messages = socket.messages(), shown = messages.filter((message) => !said.test(message));
        const missing = messages.reduce((sum, message) => sum + Number((said.exec(message)?.[1] ?? '0').replaceAll(',', '')), 0);
        assert.equal(shown.length + missing, owed[index]?.length);
        assert.deepEqual(shown, [...new Set(shown)].sort((a, b) => Number(a) - Number(b)));
        assert.ok(shown.every((seq) => owed[index]?.includes(seq)));
      }
    }), { numRuns: 300 });
  });
});
