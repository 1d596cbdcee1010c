import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodePlainEntry, type StampedEntry } from '../../src/core/protocol.js';
import { advance, connected, connectionBench, live, type ConnectionBench } from '../helpers/connection-bench.js';
import { settled } from '../helpers/fake-socket.js';
import { manualClock } from '../helpers/manual-platform.js';

const SUBSCRIBE = '{"type":"subscribe","log_level":"info","ext":{"v":1}}';
const entry: StampedEntry = { instance: 'a', epoch: 'e', seq: 1, lseq: 1, level: 30, text: '{"level":30}' };

describe('silence', () => {
  test('is asked about after 12.5 s, and an answer is enough', async () => {
    const made = await live(), said = made.statuses.length;
    await advance(made.clock, 12_499);
    assert.equal(made.socket.sent.length, 1);
    await advance(made.clock, 1);
    assert.deepEqual(made.socket.sent, [SUBSCRIBE, SUBSCRIBE]);
    made.socket.acknowledge();
    await advance(made.clock, 12_499);
    assert.deepEqual([made.socket.sent.length, made.statuses.length], [2, said], 'the same answer is no news');
    await advance(made.clock, 1);
    assert.equal(made.socket.sent.length, 3);
  });

  test('is anything but a message of any kind', async () => {
    const made = await live();
    for (let time = 0; time < 100; time++) {
      await advance(made.clock, 12_000);
      made.socket.say(time % 2 === 0 ? encodePlainEntry(entry) : 'garbage');
    }
    assert.equal(made.socket.sent.length, 1);
    await advance(made.clock, 12_500);
    made.socket.say(encodePlainEntry(entry));
    await advance(made.clock, 5000);
    assert.equal(made.connection.status.state, 'live', 'an entry answers the question too');
  });

  test('that lasts for another 5 s is the end of the connection', async () => {
    const made = await live();
    await advance(made.clock, 17_499);
    assert.equal(made.connection.status.state, 'live');
    await advance(made.clock, 1);
    assert.deepEqual([made.connection.status.state, made.cause, made.probes.length], ['reconnecting', 'connection-lost', 1]);
  });

  test('is noticed at once on waking from a sleep, and by no more than one question however often the page wakes', async () => {
    const asleep = connectionBench({ clock: { ...manualClock(), now: () => now, after: (ms, callback) => timers.after(ms, callback) } }), timers = manualClock();
    let now = 1e12;
    asleep.connection.connect();
    await settled();
    asleep.socket.accept();
    now += 12_000;
    asleep.connection.wake();
    assert.equal(asleep.socket.sent.length, 1, '12 s are no silence yet');
    now += 3_600_000; // the machine slept, and so did its timers
    for (let time = 0; time < 5; time++) {
      asleep.connection.wake();
      now += 999;
      timers.advance(999);
    }
    assert.deepEqual([asleep.socket.sent.length, asleep.connection.status.state], [2, 'live']);
    timers.advance(5);
    assert.equal(asleep.connection.status.state, 'reconnecting');
  });

  test('is noticed after the clock was set back too', async () => {
    let offset = 0;
    const timers = manualClock(), made = await live({ clock: { now: () => timers.now() + offset, after: (ms, callback) => timers.after(ms, callback) } });
    offset = -3_600_000;
    timers.advance(12_500);
    assert.equal(made.socket.sent.length, 2);
    made.socket.acknowledge();
    timers.advance(5000);
    assert.equal(made.connection.status.state, 'live');
    timers.advance(12_499);
    assert.equal(made.states, 'connecting live live');
    timers.advance(1);
    assert.equal(made.states, 'connecting live live reconnecting');
  });
});

describe('a server that goes silent', () => {
  const numbered = { v: 1, floor: 'trace', hub: 'h', markMs: 2000 } as const;

  test('is said to be silent before it is given up, and not any more when it speaks', async () => {
    const made = await live(), heardAt = made.clock.now();
    await advance(made.clock, 13_999);
    assert.deepEqual(silentSince(made), null);
    await advance(made.clock, 1);
    assert.equal(silentSince(made), heardAt);
    made.socket.say(encodePlainEntry(entry));
    assert.equal(silentSince(made), null);
  });

  test('and that marks its entries is asked after two and a half marks, by a ping', async () => {
    const made = await connected();
    made.socket.accept('info', numbered);
    await advance(made.clock, 4999);
    assert.equal(made.socket.sent.length, 1);
    await advance(made.clock, 1);
    assert.deepEqual(made.socket.sent.slice(1), ['{"type":"ping"}']);
    made.socket.say('{"type":"pong"}');
    await advance(made.clock, 4999);
    assert.equal(made.connection.status.state, 'live');
  });

  test('and can resume is left at once, within 18 s at the usual marks', async () => {
    const made = await connected();
    made.socket.accept('info', { ...numbered, markMs: 5000 });
    await advance(made.clock, 17_500);
    assert.deepEqual([made.connection.status.state, made.socket.isClosed], ['reconnecting', true]);
  });

  test('and cannot resume is kept until another socket works; the time of silence is said', async () => {
    const outages: number[][] = [], made = await live({ onOutage: (from, to) => outages.push([from, to]) }), [first] = made.sockets, heardAt = made.clock.now();
    await advance(made.clock, 17_500);
    assert.deepEqual([made.connection.status.state, first?.isClosed], ['reconnecting', false]);
    await advance(made.clock, 1000);
    made.socket.open();
    assert.deepEqual([made.sockets.length, first?.isClosed], [2, false]);
    made.socket.acknowledge();
    assert.deepEqual([first?.isClosed, made.connection.status.state, outages], [true, 'live', [[heardAt, made.clock.now()]]]);
  });

  test('and speaks again before another socket works is as it was, with everything that it held back', async () => {
    const outages: number[][] = [], made = await live({ onOutage: (from, to) => outages.push([from, to]) }), [first] = made.sockets;
    await advance(made.clock, 17_500);
    await advance(made.clock, 1000);
    const frame = encodePlainEntry(entry);
    first?.say(frame);
    assert.deepEqual([made.connection.status.state, made.entries, made.sockets[1]?.isClosed, outages], ['live', [frame], true, []]);
    await advance(made.clock, 12_500);
    assert.equal(first?.sent.length, 3, 'and is watched as before');
  });

  test('and closes while it is kept leaves nothing', async () => {
    const made = await live(), [first] = made.sockets;
    await advance(made.clock, 17_500);
    first?.end();
    first?.say(encodePlainEntry(entry));
    made.connection.disconnect();
    assert.deepEqual([made.entries, made.connection.status.state, made.clock.pending], [[], 'closed', 0]);
  });
});

function silentSince({ connection: { status } }: ConnectionBench): number | null | undefined {
  return status.state === 'live' ? status.silentSince : undefined;
}
