// What a viewer is sent that comes back with its positions, frame by frame.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeServerFrame, encodeSubscribed, type ExtensionAnswer, type ResumePoints } from '../../src/core/protocol.js';
import type { FrameBatch } from '../../src/server/frame-batch.js';
import type { LogBatch } from '../../src/server/log-batch.js';
import { FakeSocket, hubOf, source, type StartedHub } from './hub-bench.js';

const ROOM = { maxRingEntries: 1000, maxBufferedBytes: 1e6 };

/** In short: `a1` an entry, `new b@0`, `a gap 3-5 slow 30:2`, `mark a@9`. */
function told(socket: FakeSocket): string[] {
  return socket.decoded().flatMap((frame) => {
    switch (frame.type) {
      case 'packed': return frame.seqs.map((seq) => `${frame.instance}${seq}`);
      case 'entry': return [`${frame.instance}${frame.stamp?.seq}`];
      case 'gap': return [`${frame.instance} gap ${frame.from}-${frame.to} ${frame.cause} ${frame.levels === null ? '?' : [...frame.levels].map(([level, count]) => `${level}:${count}`).join()}`];
      case 'mark': return [`mark ${[...frame.streams].map(([instance, { seq }]) => `${instance}@${seq}`).join()}`];
      case 'stream': return [`${frame.state} ${frame.instance} ${frame.epoch}@${frame.seq}`];
      default: return [frame.type];
    }
  });
}

function back(hub: StartedHub, points: Record<string, [epoch: string, seq: number]>, level: 'trace' | 'info' | 'error' = 'info'): { told: string[]; streams: string[]; unknown: readonly string[] } {
  const resume: ResumePoints = new Map(Object.entries(points).map(([instance, [epoch, seq]]) => [instance, { epoch, seq }])), socket = new FakeSocket();
  const { extension, start } = hub.join(socket, level, true, resume);
  start();
  return { told: told(socket), ...answerOf(extension) };
}

function answerOf(extension: ExtensionAnswer): { streams: string[]; unknown: readonly string[] } {
  const answer = decodeServerFrame(encodeSubscribed('info', extension));
  assert.ok(answer.type === 'subscribed' && answer.ext !== null);
  return { streams: [...answer.ext.streams].map(([instance, { epoch, seq, levels }]) => `${instance} ${epoch}@${seq}${levels.size === 0 ? '' : ` ${[...levels].join(' ')}`}`), unknown: answer.ext.unknown };
}

describe('a viewer that comes back', () => {
  test('gets exactly what it missed of its level, and begins there', () => {
    const hub = hubOf(ROOM), a = source('a'), b = source('b');
    hub.receive(a.log(30, 20, 30));
    hub.receive(b.log(30, 30));
    hub.receive(a.log(50, 30));
    assert.deepEqual(back(hub, { a: ['e', 3], b: ['e', 1] }), { told: ['b2', 'a4', 'a5'], streams: ['a e@3', 'b e@1'], unknown: [] });
    assert.deepEqual(back(hub, { a: ['e', 5], b: ['e', 2] }).told, []);
  });

  test('without a resume, or with an empty one, begins at now', () => {
    const hub = hubOf(ROOM), { log } = source('a');
    hub.receive(log(30, 40));
    assert.deepEqual(back(hub, {}), { told: [], streams: ['a e@2 30,1 40,1'], unknown: [] });
  });

  test('is told of no gap where only what it did not ask for has gone', () => {
    const hub = hubOf({ ...ROOM, maxRingEntries: 2 }), { log } = source('a');
    hub.receive(log(50));
    hub.receive(log(30, 30, 30, 30));
    assert.deepEqual(back(hub, { a: ['e', 1] }, 'error').told, []);
    assert.deepEqual(back(hub, { a: ['e', 1] }, 'info').told, ['a gap 2-3 expired ?', 'mark a@3', 'a4', 'a5']);
    const bare = hubOf({ ...ROOM, floor: 'info' }), below = source('a');
    bare.receive(below.log(30, 20, 20));
    assert.deepEqual(back(bare, { a: ['e', 1] }).told, []);
  });

  test('is told what is between where it stands and where this server first heard of a stream', () => {
    const hub = hubOf(ROOM), { log } = source('a');
    log(30, 30, 30);
    hub.receive(log(30));
    assert.deepEqual(back(hub, { a: ['e', 1] }).told, ['a gap 2-3 expired ?', 'new a e@3', 'a4']);
    const forgotten = hubOf({ ...ROOM, maxRingEntries: 1 }), later = source('a');
    later.log(30, 30, 30);
    forgotten.receive(later.log(30, 30));
    assert.deepEqual(back(forgotten, { a: ['e', 1] }).told, ['a gap 2-4 expired ?', 'mark a@4', 'a5']);
  });

  test('gets streams that began meanwhile from their first entry, and none of what others had before', () => {
    const hub = hubOf(ROOM), a = source('a'), old = source('old');
    hub.receive(old.log(30, 30));
    hub.receive(a.log(30));
    const born = source('born');
    hub.receive(born.log(30));
    hub.receive(a.log(30));
    hub.receive(old.log(30));
    assert.deepEqual(back(hub, { a: ['e', 1] }), { told: ['new born e@0', 'born1', 'a2', 'old3'], streams: ['old e@2 30,2', 'a e@1'], unknown: [] });
    assert.deepEqual(back(hub, { a: ['e', 2] }).told, ['old3']);
  });

  test('gets the whole of a later start of an instance, after the end of the one that it knows', () => {
    const hub = hubOf(ROOM), first = source('a', 'e1'), second = source('a', 'e2');
    hub.receive(first.log(30, 30));
    hub.receive(first.end());
    hub.receive(second.log(30));
    assert.deepEqual(back(hub, { a: ['e1', 1] }).told, ['a2', 'end a e1@2', 'new a e2@0', 'a1']);
    assert.deepEqual(back(hub, { a: ['e2', 0] }).told, ['a1'], 'and nothing of the one before');
    assert.deepEqual(back(hub, { a: ['e2', 1] }).told, []);
  });

  test('is told which starts this server has not heard of; what it has of a new one is what it can have', () => {
    const hub = hubOf({ ...ROOM, maxRingEntries: 2 }), { log } = source('a', 'e2');
    hub.receive(log(30, 40, 20));
    assert.deepEqual(back(hub, { a: ['e1', 900], gone: ['x', 4] }), { told: ['a gap 1-1 restart 30:1', 'mark a@1', 'a2'], streams: ['a e2@0'], unknown: ['a', 'gone'] });
  });

  test('with a stream of which this server hears only later is told what lies between, or nothing where nothing does', () => {
    const hub = hubOf(ROOM), socket = new FakeSocket(), { log } = source('a'), late = source('b');
    hub.join(socket, 'info', true, new Map([['a', { epoch: 'e', seq: 2 }], ['b', { epoch: 'e', seq: 1 }]])).start();
    log(30, 30, 30);
    hub.receive(log(30));
    hub.receive(late.log(30, 30));
    assert.deepEqual(told(socket), ['a gap 3-3 expired ?', 'new a e@3', 'a4', 'b2']);
  });

  test('further than this server has come gets nothing twice, also where its socket is full at the time', () => {
    for (const stalled of [false, true]) {
      const hub = hubOf({ ...ROOM, maxBufferedBytes: 1 }), socket = new FakeSocket(), a = source('a'), b = source('b');
      hub.receive(a.log(30));
      hub.receive(b.log(30));
      hub.join(socket, 'info', true, new Map([['a', { epoch: 'e', seq: 3 }], ['b', { epoch: 'e', seq: 1 }]])).start();
      socket.stalled = stalled;
      hub.receive(b.log(30));
      hub.receive(a.log(30, 30, 30));
      socket.drain();
      assert.deepEqual(told(socket), ['b2', 'a4'], String(stalled));
    }
  });

  test('from an instance that was killed has the same frames, once it has caught up, as others that come from there, encoded once', () => {
    const hub = hubOf(ROOM), killed = source('killed'), b = source('b'), sent: FrameBatch[][] = [];
    hub.receive(killed.log(30));
    hub.receive(b.log(30, 30));
    // two that saw the same of it, in whatever order they heard of the instances; one that saw more; one that was here all the time
    const points = [[['killed', 3], ['b', 2]], [['b', 1], ['killed', 3]], [['killed', 4], ['b', 2]], null] as const;
    for (const each of points) {
      const batches: FrameBatch[] = [], socket = { bufferedBytes: 0, send: (batch: FrameBatch) => void batches.push(batch) };
      hub.join(socket, 'info', true, each === null ? null : new Map(each.map(([instance, seq]) => [instance, { epoch: 'e', seq }]))).start();
      sent.push(batches);
    }
    const receive = (batch: LogBatch): (FrameBatch | undefined)[] => {
      hub.receive(batch);
      return sent.map((batches) => batches.at(-1));
    };
    receive(b.log(30));
    const [first, second, third, fourth] = receive(b.log(30));
    assert.equal(first, second);
    assert.equal(new Set([first, third, fourth]).size, 3);
    killed.log(30, 30);
    assert.equal(new Set(receive(killed.log(30))).size, 3, 'its fourth entry is new to two, one has it, and to one what was before it is missing too');
    assert.equal(new Set(receive(b.log(30))).size, 1, 'and as far as all');
  });

  test('is given marks that never go back', () => {
    const hub = hubOf(ROOM), socket = new FakeSocket(), { log } = source('a');
    hub.receive(log(30));
    hub.join(socket, 'info', true, new Map([['a', { epoch: 'e', seq: 3 }]])).start();
    hub.clock.advance(5000);
    hub.receive(log(30, 30, 30));
    hub.clock.advance(5000);
    assert.deepEqual(told(socket), ['mark a@3', 'a4', 'mark a@4']);
  });
});

describe('the streams', () => {
  test('are told of in marks, as they begin, fall silent, are heard again and end', () => {
    const hub = hubOf(ROOM), socket = new FakeSocket(), a = source('a'), b = source('b');
    hub.join(socket, 'info', true).start();
    hub.receive(a.log(30));
    hub.receive(b.log());
    hub.clock.advance(5000);
    hub.receive(a.log(20));
    hub.clock.advance(5000);
    hub.receive(a.log());
    hub.clock.advance(10_000);
    hub.receive(b.log(30));
    hub.receive(a.end());
    hub.clock.advance(5000);
    assert.deepEqual(told(socket), [
      'new a e@0', 'a1', 'new b e@0', 'mark a@1,b@0', 'mark a@2,b@0', 'mark a@2,b@0', 'quiet b e@0', 'mark a@2,b@0', 'b1', 'live b e@1', 'end a e@2', 'mark b@1',
    ]);
  });

  test('have holes of the source and of the bus told apart, each with its counts and followed by a mark', () => {
    const hub = hubOf(ROOM), socket = new FakeSocket(), a = source('a');
    hub.join(socket, 'info', true).start();
    hub.receive(a.log(30));
    a.log(30, 40);
    hub.receive(a.overflow([50, 30, 20], 30));
    hub.receive(a.overflow([20], 30));
    assert.deepEqual(told(socket), ['new a e@0', 'a1', 'a gap 2-3 bus 30:1,40:1', 'a gap 4-6 source 30:1,50:1', 'a7', 'mark a@7', 'a9', 'mark a@9']);
  });

  test('have no entry twice where batches come again or overlap, and lose none', () => {
    const hub = hubOf(ROOM), socket = new FakeSocket(), { log } = source('a'), first = log(30, 40), second = log(30, 30);
    hub.join(socket, 'info', true).start();
    hub.receive(first);
    hub.receive(first);
    hub.receive({ ...first, entries: [...first.entries, ...second.entries] });
    assert.equal(hub.refused, 0);
    assert.deepEqual(told(socket), ['new a e@0', 'a1', 'a2', 'a3', 'a4']);
  });

  test('of an instance that was heard of before are owed from their first entry on', () => {
    const hub = hubOf(ROOM), socket = new FakeSocket(), again = source('a', 'e2');
    hub.join(socket, 'info', true).start();
    hub.receive(source('a', 'e1').log(30));
    again.log(30, 40);
    hub.receive(again.log(30));
    assert.deepEqual(told(socket), ['new a e1@0', 'a1', 'new a e2@0', 'a gap 1-2 bus 30:1,40:1', 'a3', 'mark a@3']);
  });
});
