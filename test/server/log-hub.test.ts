import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeServerFrame, type StampedEntry } from '../../src/core/protocol.js';
import type { FrameBatch } from '../../src/server/frame-batch.js';
import type { ViewerSocket } from '../../src/server/hub-viewer.js';
import { LogHub, type LogHubOptions } from '../../src/server/log-hub.js';
import { manualClock } from '../helpers/manual-platform.js';

/** A socket whose network takes what it holds only when the test says so. */
class FakeSocket implements ViewerSocket {
  readonly frames: string[] = [];
  writes = 0;
  stalled = false;
  bufferedBytes = 0;
  #taken: (() => void)[] = [];

  send(batch: FrameBatch, taken: () => void): void {
    this.writes++;
    this.frames.push(...batch.texts);
    this.bufferedBytes += this.stalled ? batch.bytes.length : 0;
    this.#taken.push(taken);
  }

  /** The network takes everything. */
  drain(): void {
    this.stalled = false;
    for (let waiting = this.#taken; waiting.length > 0; waiting = this.#taken) {
      this.#taken = [];
      this.bufferedBytes = 0;
      for (const taken of waiting) taken();
    }
  }

  messages(): string[] {
    return this.frames.flatMap((text) => {
      const frame = decodeServerFrame(text);
      const texts = frame.type === 'packed' ? frame.lines : frame.type === 'entry' ? [frame.text] : [];
      return texts.map((line) => (JSON.parse(line) as { msg: string }).msg);
    });
  }
}

const LEVELS = [10, 20, 30, 40, 50, 60];

/** A source that numbers its entries as the destination does. */
function source(instance = 'a'): (...levels: number[]) => StampedEntry[] {
  let seq = 0;
  const lseqs = new Map<number, number>();
  return (...levels) => levels.map((level) => {
    lseqs.set(level, (lseqs.get(level) ?? 0) + 1);
    seq++;
    return { instance, epoch: 'e', seq, lseq: lseqs.get(level) as number, level, text: `{"level":${level},"time":1,"msg":"${seq}"}` };
  });
}

function hubOf(options: Partial<LogHubOptions> = {}): LogHub {
  return new LogHub({ instance: 'hub', floor: 'trace', style: 'raw', clock: manualClock(1000), maxBufferedBytes: 1000, maxRingEntries: 10, maxRingBytes: 1e6, ...options });
}

describe('levels', () => {
  test('a viewer gets its level and above, and nothing below the floor', () => {
    const hub = hubOf({ floor: 'info' }), all = new FakeSocket(), errors = new FakeSocket();
    hub.join(all, 'trace', false);
    hub.join(errors, 'error', false);
    hub.receive(source()(...LEVELS, 35, 0));
    assert.deepEqual(all.messages(), ['3', '4', '5', '6', '7', '8']);
    assert.deepEqual(errors.messages(), ['5', '6']);
  });

  test('a subscription starts at now and ends at once', () => {
    const hub = hubOf(), socket = new FakeSocket(), log = source();
    hub.receive(log(30));
    const viewer = hub.join(socket, 'info', false);
    hub.receive(log(30));
    hub.leave(viewer, true);
    hub.receive(log(30));
    assert.deepEqual(socket.messages(), ['2']);
  });

  test('a subscription starts at now also where the ring still holds entries for somebody slower', () => {
    const hub = hubOf({ maxBufferedBytes: 1 }), slow = new FakeSocket(), late = new FakeSocket(), log = source();
    hub.join(slow, 'info', false);
    slow.stalled = true;
    hub.receive(log(30));
    hub.receive(log(30));
    hub.join(late, 'info', false);
    hub.receive(log(30));
    slow.drain();
    assert.deepEqual([slow.messages(), late.messages()], [['1', '2', '3'], ['3']]);
  });

  test('another level applies from the next entry on, without loss or repetition', () => {
    const hub = hubOf(), socket = new FakeSocket(), log = source();
    const viewer = hub.join(socket, 'warn', false);
    hub.receive(log(30, 40));
    viewer.change('info', true);
    hub.receive(log(30, 40));
    viewer.change('info', true);
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
      hub.join(socket, 'info', true);
    }
    hub.receive(source()(30, 30, 40));
    assert.deepEqual([first.writes, second.writes, first.frames.length], [1, 1, 1]);
    assert.equal(batches[0], batches[1]);
  });

  test('pretty style reduces every entry to level, time and message', () => {
    const hub = hubOf({ style: 'pretty' }), socket = new FakeSocket();
    hub.join(socket, 'info', false);
    hub.receive([{ instance: 'a', epoch: 'e', seq: 1, lseq: 1, level: 30, text: '{"level":30,"time":5,"pid":1,"msg":"hi"}' }]);
    assert.deepEqual(socket.frames, ['{"type":"logs","data":{"level":30,"time":5,"msg":"hi"},"uid":"a"}']);
  });

  test('what the bus brings and is no entry is counted and left out', () => {
    const hub = hubOf(), socket = new FakeSocket(), [good] = source()(30) as [StampedEntry];
    hub.join(socket, 'info', false);
    const poison: unknown[] = [
      null, undefined, 1, 'x', {}, [], { ...good, text: 'null' }, { ...good, text: '{"a":1}\n{"b":2}' }, { ...good, text: 5 }, { ...good, seq: 0 },
      { ...good, seq: 2 ** 53 }, { ...good, lseq: -1 }, { ...good, lseq: '1' }, { ...good, level: NaN }, { ...good, level: '30' }, { ...good, instance: null }, { ...good, epoch: 3 },
    ];
    hub.receive([...poison, good] as StampedEntry[]);
    assert.deepEqual(socket.messages(), ['1']);
    assert.equal(hub.refused, poison.length);
  });

  test('without a viewer nothing is kept', () => {
    const hub = hubOf(), log = source();
    hub.receive(log(30, 30));
    assert.equal(hub.ring.head - hub.ring.tail, 0);
    const viewer = hub.join(new FakeSocket(), 'info', true);
    hub.receive(log(30));
    assert.equal(hub.ring.bytes, 0, 'what every viewer has is dropped');
    hub.leave(viewer, false);
  });
});

describe('a slow viewer', () => {
  const said = /^\[log stream\] (\S+) entr(?:y|ies) not delivered: this viewer was too slow \((.*)\)$/;

  for (const packed of [false, true]) {
    test(`that falls behind within the ring loses nothing (${packed ? 'with' : 'without'} the extension)`, () => {
      const hub = hubOf({ maxBufferedBytes: 1 }), socket = new FakeSocket(), log = source();
      hub.join(socket, 'info', packed);
      socket.stalled = true;
      hub.receive(log(30));
      for (let tick = 0; tick < 5; tick++) hub.receive(log(30, 20));
      assert.deepEqual(socket.messages(), ['1'], 'while its socket is full it is left alone');
      socket.drain();
      assert.deepEqual(socket.messages(), ['1', '2', '4', '6', '8', '10']);
      assert.equal(hub.ring.bytes, 0);
    });

    test(`that falls out of the ring is told what it misses, where it is missing (${packed ? 'with' : 'without'} the extension)`, () => {
      const hub = hubOf({ maxBufferedBytes: 1 }), slow = new FakeSocket(), fast = new FakeSocket(), log = source();
      hub.join(slow, 'info', packed);
      hub.join(fast, 'info', packed);
      slow.stalled = true;
      hub.receive(log(30));
      for (let tick = 0; tick < 12; tick++) hub.receive(log(30, 40, 20));
      slow.drain();
      hub.receive(log(50));
      const messages = slow.messages();
      // 2 to 37 came while it was stalled, every third of them at debug; the ring held the last ten
      const loss = '[log stream] 18 entries not delivered: this viewer was too slow (9 info, 9 warn)';
      assert.deepEqual(messages, ['1', loss, '29', '30', '32', '33', '35', '36', '38']);
      assert.equal(fast.messages().length, 26, 'the fast one misses nothing');
    });
  }

  test('is told also where nothing comes after', () => {
    const hub = hubOf({ maxBufferedBytes: 1, maxRingEntries: 1 }), socket = new FakeSocket(), log = source();
    hub.join(socket, 'info', false);
    socket.stalled = true;
    hub.receive(log(30));
    hub.receive(log(30, 30, 20));
    socket.drain();
    assert.deepEqual(socket.messages(), ['1', '[log stream] 2 entries not delivered: this viewer was too slow (2 info)']);
  });

  test('does not keep more than the bounds of the ring, and holds no queue', () => {
    const hub = hubOf({ maxBufferedBytes: 100, maxRingEntries: 1000, maxRingBytes: 5000 }), socket = new FakeSocket(), log = source();
    hub.join(socket, 'info', true);
    socket.stalled = true;
    for (let tick = 0; tick < 2000; tick++) {
      hub.receive(log(30));
      assert.ok(hub.ring.bytes <= 5000);
    }
    assert.ok(socket.bufferedBytes < 1000);
  });

  test('that unsubscribes is told what it was still owed', () => {
    const hub = hubOf({ maxBufferedBytes: 1 }), socket = new FakeSocket(), log = source();
    const viewer = hub.join(socket, 'info', false);
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
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 12 }), (steps, maxBufferedBytes, maxRingEntries) => {
      const hub = hubOf({ maxBufferedBytes, maxRingEntries }), log = source(), owed = [[], [], []] as string[][];
      const levels = ['trace', 'info', 'error'] as const, sockets = levels.map(() => new FakeSocket());
      for (const [index, socket] of sockets.entries()) hub.join(socket, levels[index] as 'trace', index > 0);
      for (const each of steps) {
        if ('levels' in each) {
          const entries = log(...each.levels);
          for (const [index, least] of [10, 30, 50].entries()) owed[index]?.push(...entries.filter((entry) => entry.level >= least).map((entry) => String(entry.seq)));
          hub.receive(entries);
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
