import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodePlainEntry, type StampedEntry } from '../../src/core/protocol.js';
import { advance, connectionBench, live } from '../helpers/connection-bench.js';
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
    assert.deepEqual([made.connection.status.state, made.cause, made.sockets[0]?.isClosed, made.probes.length], ['reconnecting', 'connection-lost', true, 1]);
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
    assert.equal(made.states, 'connecting live');
    timers.advance(1);
    assert.equal(made.states, 'connecting live reconnecting');
  });
});
