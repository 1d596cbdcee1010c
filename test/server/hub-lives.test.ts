// What viewers are told of the instances themselves: that they begin, end, are not heard, and whether others are reached at all.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeServerFrame, encodeSubscribed, type ResumePoints, type ServerExtension } from '../../src/core/protocol.js';
import type { LogBatch } from '../../src/server/log-batch.js';
import { FakeSocket, hubOf, joined, source, type Source, type StartedHub } from './hub-bench.js';

const ROOM = { maxRingEntries: 1000, maxBufferedBytes: 1e6 }, START = 1000, REASON = 'Redis does not answer';

/** News, marks where some are quiet, and states of the bus, in short; and forgets them. */
function told(socket: FakeSocket): string[] {
  return socket.frames.splice(0).map(decodeServerFrame).flatMap((frame) => {
    switch (frame.type) {
      case 'stream': return [`${frame.state} ${frame.instance} ${frame.epoch} ${frame.time}`];
      case 'mark': return frame.quiet.size === 0 ? [] : [`mark ${[...frame.quiet].map(([instance, since]) => `${instance} ${since}`).join()}`];
      case 'bus': return [frame.away === null ? `up ${frame.since}` : `down ${frame.away.since}: ${frame.away.reason}`];
      default: return [];
    }
  });
}

function answer(hub: StartedHub, resume: ResumePoints | null = null): ServerExtension {
  const frame = decodeServerFrame(encodeSubscribed('info', hub.join(new FakeSocket(), 'info', true, resume).extension));
  assert.ok(frame.type === 'subscribed' && frame.ext !== null);
  return frame.ext;
}

/** Time goes by, and these go on announcing themselves each five seconds. */
function pass(hub: StartedHub, ms: number, ...alive: { log(): LogBatch }[]): void {
  for (let left = ms; left > 0; left -= 5000) {
    hub.clock.advance(Math.min(left, 5000));
    for (const each of alive) hub.receive(each.log());
  }
}

/** A hub that keeps little, two sources of which it has heard, and a viewer of both that takes nothing more for now. */
function behind(): { hub: StartedHub; socket: FakeSocket; a: Source; b: Source } {
  const hub = hubOf({ ...ROOM, maxRingEntries: 3, maxBufferedBytes: 1 }), socket = new FakeSocket(), a = source('a'), b = source('b');
  joined(hub, socket, 'info', true);
  hub.receive(a.log(30));
  hub.receive(b.log(30));
  told(socket);
  socket.stalled = true;
  return { hub, socket, a, b };
}

describe('an instance', () => {
  test('that began before this hub could hear of all is only heard of; one that comes later has started, and so has any that was known', () => {
    const hub = hubOf(ROOM), socket = new FakeSocket(), a = source('a');
    joined(hub, socket, 'info', true);
    hub.receive(a.log(30));
    assert.deepEqual(told(socket), ['new a e null']);
    hub.receive(source('a', 'f').log());
    assert.deepEqual(told(socket), [`new a f ${START}`]);
    hub.clock.advance(15_000);
    hub.receive(source('b').log());
    assert.deepEqual(told(socket), [`new b e ${START + 15_000}`]);
  });

  test('that started while the others were out of reach has started, and nobody knows when', () => {
    const hub = hubOf(ROOM), socket = new FakeSocket(), a = source('a');
    joined(hub, socket, 'info', true);
    hub.receive(a.log(30));
    pass(hub, 30_000, a);
    hub.reach({ state: 'down', since: hub.now, reason: REASON });
    hub.clock.advance(9000);
    hub.reach({ state: 'up', since: hub.now, reason: null });
    hub.clock.advance(1000);
    told(socket);
    hub.receive(source('a', 'f').log(30));
    assert.deepEqual(told(socket), ['new a f null']);
    hub.clock.advance(15_000);
    told(socket);
    hub.receive(source('a', 'g').log(30));
    assert.deepEqual(told(socket).slice(0, 1), [`new a g ${hub.now}`]);
  });

  test('that ends is told with its time, also to who comes back later', () => {
    const hub = hubOf(ROOM), socket = new FakeSocket(), a = source('a');
    joined(hub, socket, 'info', true);
    hub.receive(a.log(30));
    hub.clock.advance(2500);
    hub.receive(a.end());
    assert.deepEqual(told(socket).slice(1), [`end a e ${START + 2500}`]);
    const back = new FakeSocket();
    joined(hub, back, 'info', true, new Map([['a', { epoch: 'e', seq: 0 }]]));
    assert.deepEqual(told(back), [`end a e ${START + 2500}`]);
  });

  test('that is not heard for three marks is told of with the time until which it was, in every mark, and to who comes', () => {
    const hub = hubOf(ROOM), socket = new FakeSocket(), a = source('a'), b = source('b');
    joined(hub, socket, 'info', true);
    hub.receive(a.log(30));
    hub.clock.advance(100);
    hub.receive(b.log(30));
    pass(hub, 20_000, a);
    assert.deepEqual(told(socket).slice(2), [`quiet b e ${START + 100}`, `mark b ${START + 100}`]);
    assert.deepEqual([...answer(hub).quiet], [['b', START + 100]]);
    hub.receive(b.log(30));
    pass(hub, 5000, a);
    assert.deepEqual(told(socket), [`live b e ${START + 20_100}`]);
    assert.deepEqual([...answer(hub).quiet], []);
  });

  test('was what it was where a viewer stands that is behind: a mark there says no more than was so then', () => {
    const { hub, socket, a, b } = behind();
    pass(hub, 20_000, a);
    hub.receive(a.log(30, 30, 30, 30));
    hub.receive(b.log());
    hub.receive(a.log(30));
    socket.drain();
    assert.deepEqual(told(socket), [`quiet b e ${START}`, `mark b ${START + 20_000}`, `live b e ${START + 20_000}`]);
  });

  test('was heard at a place before the word that it is not, wherever the ring begins by then', () => {
    const { hub, socket, a } = behind();
    hub.receive(a.log(30, 30, 30, 30, 30, 30));
    pass(hub, 20_000, a);
    socket.drain();
    assert.deepEqual(told(socket), [`quiet b e ${START}`, `mark b ${START}`]);
  });

  test('is quiet for a viewer, too, that was too slow to be told so', () => {
    const { hub, socket, a } = behind();
    pass(hub, 20_000, a);
    hub.receive(a.log(30, 30, 30, 30, 30, 30));
    socket.drain();
    assert.deepEqual(told(socket), [`quiet b e ${START}`, `mark b ${START}`]);
  });

  test('is quiet for a viewer, too, that was connected to it and got more of it than it could hand on before it was killed', () => {
    const points: ResumePoints = new Map([['a', { epoch: 'e', seq: 5 }], ['b', { epoch: 'e', seq: 1 }]]);
    const hub = hubOf(ROOM), socket = new FakeSocket(), late = new FakeSocket(), a = source('a'), b = source('b');
    hub.receive(a.log(30));
    hub.receive(b.log(30));
    joined(hub, socket, 'info', true, points);
    pass(hub, 20_000, b);
    joined(hub, late, 'info', true, points);
    pass(hub, 5000, b);
    for (const each of [socket, late]) {
      const mark = each.decoded().findLast((frame) => frame.type === 'mark');
      assert.deepEqual([mark?.streams.get('a'), mark?.quiet], [{ epoch: 'e', seq: 5, levels: new Map() }, new Map([['a', START]])]);
    }
  });

  test('that was quiet before a viewer came that is further is not told of as if it still were', () => {
    const hub = hubOf(ROOM), socket = new FakeSocket(), a = source('a'), b = source('b');
    hub.receive(b.log(30));
    hub.receive(a.log(30));
    joined(hub, new FakeSocket(), 'info', true);
    pass(hub, 20_000, b);
    hub.receive(a.log(30));
    hub.clock.advance(1);
    joined(hub, socket, 'info', true, new Map([['a', { epoch: 'e', seq: 5 }], ['b', { epoch: 'e', seq: 0 }]]));
    pass(hub, 5000, a, b);
    const marks = socket.decoded().filter((frame) => frame.type === 'mark');
    assert.ok(marks.length > 1 && marks.every(({ streams, quiet }) => !streams.has('a') || !quiet.has('a')));
    assert.equal(marks.at(-1)?.streams.get('a')?.seq, 5);
  });

  test('is not called quiet by a hub that did nothing itself meanwhile', () => {
    const hub = hubOf(ROOM), socket = new FakeSocket(), a = source('a');
    joined(hub, socket, 'info', true);
    pass(hub, 15_000);
    hub.receive(a.log(30));
    told(socket);
    hub.clock.sleep(60_000);
    assert.deepEqual(told(socket), []);
    pass(hub, 5000);
    assert.deepEqual(told(socket)[0], `quiet a e ${START + 15_000}`);
  });
});

describe('while others cannot be reached', () => {
  test('none is called quiet, and after it each has its time again', () => {
    const hub = hubOf(ROOM), socket = new FakeSocket(), a = source('a');
    hub.reach({ state: 'up', since: START, reason: null });
    joined(hub, socket, 'info', true);
    hub.receive(a.log(30));
    told(socket);
    hub.reach({ state: 'down', since: START, reason: REASON });
    pass(hub, 60_000);
    assert.deepEqual(told(socket), [`down ${START}: ${REASON}`]);
    hub.reach({ state: 'up', since: START + 60_000, reason: null });
    pass(hub, 10_000);
    hub.receive(a.log());
    pass(hub, 10_000);
    assert.deepEqual(told(socket), [`up ${START + 60_000}`]);
    pass(hub, 10_000);
    assert.deepEqual(told(socket)[0], `quiet a e ${START + 70_000}`);
  });

  test('one that is heard first after it is not said to have started', () => {
    const hub = hubOf(ROOM), socket = new FakeSocket();
    hub.reach({ state: 'up', since: START, reason: null });
    joined(hub, socket, 'info', true);
    pass(hub, 30_000);
    hub.reach({ state: 'down', since: START + 30_000, reason: REASON });
    hub.reach({ state: 'up', since: START + 30_000, reason: null });
    hub.receive(source('b').log());
    assert.deepEqual(told(socket).at(-1), 'new b e null');
  });

  test('a viewer of the extension is told by a frame, who comes meanwhile by the answer, and nobody of them in words; a plain one in words only', () => {
    const hub = hubOf(ROOM), numbered = new FakeSocket(), plain = new FakeSocket();
    joined(hub, numbered, 'info', true);
    joined(hub, plain, 'info', false);
    hub.reach({ state: 'down', since: 7, reason: REASON });
    assert.deepEqual([numbered.messages(), plain.messages().length], [[], 1]);
    assert.deepEqual([told(numbered), plain.decoded().map(({ type }) => type)], [[`down 7: ${REASON}`], ['entry']]);
    assert.deepEqual(answer(hub).away, { since: 7, reason: REASON });
    const late = new FakeSocket();
    joined(hub, late, 'info', true);
    assert.deepEqual(late.frames, []);
    hub.reach({ state: 'up', since: 9, reason: null });
    assert.deepEqual([told(numbered), told(late), plain.messages().length, answer(hub).away], [['up 9'], ['up 9'], 2, null]);
  });
});

describe('two processes of one name', () => {
  test('are told of once both have been heard for two marks, with the place of the one that no mark names; not where one is about to end', () => {
    const hub = hubOf(ROOM), socket = new FakeSocket(), old = source('a', 'old'), young = source('a', 'young');
    joined(hub, socket, 'info', true);
    hub.receive(old.log(30));
    hub.receive(young.log(30));
    told(socket);
    pass(hub, 9_999, old, young);
    assert.deepEqual(told(socket), []);
    pass(hub, 10_000, old, young);
    assert.deepEqual(told(socket).at(-1), `twin a old ${START + 14_999}`);
    const late = new FakeSocket(), plain = new FakeSocket();
    joined(hub, late, 'info', true);
    joined(hub, plain, 'info', false);
    assert.deepEqual([told(late), plain.frames], [[`twin a old ${START + 19_999}`], []]);
    hub.receive(old.end());
    told(socket);
    pass(hub, 30_000, young);
    assert.deepEqual(told(socket), []);
  });

  test('of which the later one ends: the marks go on with the other, which can fall silent like any', () => {
    const hub = hubOf(ROOM), socket = new FakeSocket(), old = source('a', 'old'), young = source('a', 'young');
    joined(hub, socket, 'info', true);
    hub.receive(old.log(30));
    hub.receive(young.log(30));
    pass(hub, 5000, old, young);
    hub.receive(young.end());
    told(socket);
    pass(hub, 20_000);
    const marks = socket.decoded();
    assert.deepEqual(told(socket).slice(0, 2), [`quiet a old ${START + 5000}`, `mark a ${START + 5000}`]);
    assert.deepEqual(marks.flatMap((frame) => (frame.type === 'mark' ? [frame.streams.get('a')?.epoch] : [])), ['old', 'old', 'old', 'old']);
  });
});
