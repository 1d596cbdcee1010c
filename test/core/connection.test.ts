import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CONNECT_TIMEOUT_MS } from '../../src/core/connection.js';
import { encodePacked, encodePlainEntry, encodeStampedEntry, type StampedEntry } from '../../src/core/protocol.js';
import { advance, connected, connectionBench, jwt, live, type ConnectionBench } from '../helpers/connection-bench.js';
import { settled } from '../helpers/fake-socket.js';
import { manualClock, type ManualClock } from '../helpers/manual-platform.js';

const SUBSCRIBE = '{"type":"subscribe","log_level":"info","ext":{"v":1}}';
const entry: StampedEntry = { instance: 'a', epoch: 'e', seq: 1, lseq: 1, level: 30, text: '{"level":30}' };

describe('the life of a connection', () => {
  test('goes from idle over connecting to live, is lost, comes back, and is closed', async () => {
    const made = connectionBench(), { connection, clock, statuses } = made;
    assert.deepEqual([connection.status, statuses], [{ state: 'idle' }, []]);
    connection.connect();
    connection.connect();
    await settled();
    assert.equal(made.sockets.length, 1);
    assert.deepEqual(made.socket.sent, []);
    made.socket.open();
    assert.deepEqual([made.socket.sent, connection.status.state], [[SUBSCRIBE], 'connecting']);
    made.socket.acknowledge('info', { v: 1, floor: 'debug', hub: 'h' });
    assert.deepEqual(connection.status, { state: 'live', level: 'info', floor: 'debug', numbered: true, silentSince: null, othersAway: null });
    made.socket.end();
    const lost = connection.status;
    assert.ok(lost.state === 'reconnecting', lost.state);
    assert.deepEqual([lost.attempt, lost.retryAt - clock.now(), lost.cause.code], [2, 500, 'connection-lost']);
    await advance(clock, 500);
    assert.deepEqual([made.sockets.length, connection.status], [2, { state: 'connecting', attempt: 2 }]);
    made.socket.accept('info', null);
    assert.deepEqual(connection.status, { state: 'live', level: 'info', floor: null, numbered: false, silentSince: null, othersAway: null });
    connection.disconnect();
    assert.deepEqual([connection.status, clock.pending, made.socket.isClosed], [{ state: 'closed', cause: null }, 0, true]);
    assert.equal(made.states, 'connecting live reconnecting connecting live closed');
    assert.equal(statuses.every(Object.isFrozen), true);
    connection.connect();
    await settled();
    made.socket.accept();
    assert.match(made.states, /closed connecting live$/);
  });

  test('gives up a try after ten seconds, with a socket that never opens, one that never answers, or a token that never comes', async () => {
    const silent = await connected();
    await advance(silent.clock, CONNECT_TIMEOUT_MS - 1);
    assert.equal(silent.states, 'connecting');
    await advance(silent.clock, 1);
    assert.deepEqual([silent.states, silent.cause, silent.sockets[0]?.isClosed], ['connecting reconnecting', 'no-answer', true]);

    const open = await connected();
    open.socket.open();
    await advance(open.clock, CONNECT_TIMEOUT_MS);
    assert.deepEqual([open.states, open.cause, open.probes.length], ['connecting reconnecting', 'no-answer', 1], 'to a reader it never answered');

    const tokenless = await connected({ accessToken: () => new Promise(() => undefined) });
    await advance(tokenless.clock, CONNECT_TIMEOUT_MS);
    assert.deepEqual([tokenless.states, tokenless.sockets.length, tokenless.cause, tokenless.probes.length], ['connecting reconnecting', 0, 'no-token', 0], 'no server was asked, and none is blamed');
  });

  test('says what the server answered to the first subscription where that is an error, at once', async () => {
    const made = await connected();
    made.socket.open();
    made.socket.say('{"type":"logs","status":"error","error":{"code":"INVALID_PAYLOAD","message":"No logs today."}}');
    assert.deepEqual([made.states, made.cause], ['connecting reconnecting', 'server-error']);
    const { status } = made.connection;
    assert.match(status.state === 'reconnecting' ? status.cause.sentence : '', /No logs today/);
  });

  test('ends in no state with a timer or a socket left', async () => {
    const jwtFor = (clock: ManualClock): string => jwt(clock.now() + 60_000);
    const ways: Record<string, () => Promise<ConnectionBench>> = {
      'waiting for a token': () => connected({ accessToken: () => new Promise(() => undefined) }),
      'before the socket opens': () => connected(),
      'before the answer': async () => {
        const made = await connected();
        made.socket.open();
        return made;
      },
      live: () => live(),
      'asking whether it is there': async () => {
        const made = await live();
        await advance(made.clock, 13_000);
        assert.equal(made.socket.sent.length, 2);
        return made;
      },
      'with a token to be renewed': async () => {
        const clock = manualClock(), made = await live({ clock, accessToken: () => jwtFor(clock) });
        assert.equal(clock.pending, 2);
        return { ...made, clock, socket: made.socket };
      },
      'waiting for the next try': async () => {
        const made = await connected();
        made.socket.end();
        return made;
      },
    };
    for (const [what, way] of Object.entries(ways)) {
      const made = await way(), { statuses } = made;
      made.connection.disconnect();
      assert.deepEqual([made.clock.pending, made.sockets.every((socket) => socket.isClosed || socket.readyState === 3)], [0, true], what);
      const said = statuses.length;
      await advance(made.clock, 100_000);
      for (const { answer } of made.probes) answer({ kind: 'silent' });
      await settled();
      assert.deepEqual([statuses.length, made.sockets.length <= 1, made.connection.status], [said, true, { state: 'closed', cause: null }], what);
    }
  });

  test('can be ended by whoever hears of any state', async () => {
    for (const at of ['connecting', 'live', 'reconnecting'] as const) {
      let asked = 0;
      const made: ConnectionBench = connectionBench({
        accessToken: () => {
          asked++;
          return null;
        },
        onStatus: (status) => {
          if (status.state === at) made.connection.disconnect();
        },
      });
      made.connection.connect();
      await settled();
      if (at === 'live') made.socket.accept();
      if (at === 'reconnecting') made.socket.end();
      await advance(made.clock, 60_000);
      assert.deepEqual([made.connection.status.state, made.clock.pending, made.probes.length], ['closed', 0, 0], at);
      assert.deepEqual([asked, made.sockets.length], at === 'connecting' ? [0, 0] : [1, 1], at);
    }
  });

  test('is not disturbed by events of a socket that it has let go of', async () => {
    const made = await live(), old = made.socket;
    made.clock.advance(12_500);
    await advance(made.clock, 5000);
    await advance(made.clock, 500);
    assert.equal(made.sockets.length, 2);
    made.socket.accept('info');
    const said = made.statuses.length;
    old.say(encodePlainEntry(entry));
    old.acknowledge('fatal');
    old.say('garbage');
    old.end(1000, 'late');
    old.open();
    assert.deepEqual([made.statuses.length, made.entries, made.unreadable, made.connection.status.state], [said, [], 0, 'live']);
  });
});

describe('what comes', () => {
  test('is handed on unread where it carries entries, in any order of keys, also before the answer', async () => {
    const made = await connected();
    const frames = [encodePlainEntry(entry), encodeStampedEntry(entry, 30), encodePacked([entry]), '{"uid":"a","data":{"level":30},"type":"logs"}',
      '{"type":"logs","data":garbage', '{"type":"logs","event":"packed"garbage'];
    made.socket.open();
    made.socket.say(frames[0]);
    made.socket.acknowledge();
    for (const frame of frames.slice(1)) made.socket.say(frame);
    assert.deepEqual([made.entries, made.unreadable], [frames, 0]);
  });

  test('is counted where it is nothing that is known', async () => {
    const made = await live();
    for (const data of ['garbage', '', '[]', '{"type":"subscription"}', new ArrayBuffer(4), { fake: 'blob' }, null, 7]) made.socket.say(data);
    assert.deepEqual([made.unreadable, made.entries, made.connection.status.state], [8, [], 'live']);
  });

  test('is answered where it is a ping, and otherwise left alone', async () => {
    const made = await live();
    for (const frame of ['{"type":"ping"}', '{"type":"pong"}', '{"type":"logs","event":"unsubscribe"}', '{"type":"auth","status":"ok"}']) made.socket.say(frame);
    assert.deepEqual([made.socket.sent, made.unreadable], [[SUBSCRIBE, '{"type":"pong"}'], 0]);
  });
});

describe('coming back', () => {
  test('waits a random part of ten windows of a second, then of two, four, eight, and ten for ever', async () => {
    for (const part of [0, 0.5, 0.999]) {
      const made = await connected({ random: () => part }), waits: number[] = [];
      for (let attempt = 2; attempt <= 17; attempt++) {
        made.socket.end();
        const { status } = made.connection;
        assert.ok(status.state === 'reconnecting', status.state);
        assert.equal(status.attempt, attempt);
        waits.push(status.retryAt - made.clock.now());
        await advance(made.clock, waits.at(-1) as number);
        assert.equal(made.sockets.length, attempt);
      }
      assert.deepEqual(waits, [1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 8, 10, 10, 10, 10].map((seconds) => Math.round(seconds * 1000 * part)));
    }
  });

  test('is tried for a whole day, never more than ten seconds after the last try failed', async () => {
    let seed = 1, longest = 0;
    const made = await connected({ random: () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647 }), { clock } = made, end = clock.now() + 24 * 3_600_000;
    while (clock.now() < end) {
      const tries = made.sockets.length;
      made.socket.end();
      const { status } = made.connection;
      assert.ok(status.state === 'reconnecting', status.state);
      longest = Math.max(longest, status.retryAt - clock.now());
      clock.advance(status.retryAt - clock.now());
      while (made.sockets.length === tries && clock.pending > 0) await Promise.resolve();
    }
    assert.ok(longest <= 10_000 && longest > 9000, `${longest}`);
    assert.ok(made.sockets.length > 8640 && made.sockets.length < 30_000, `${made.sockets.length} tries`);
    made.connection.disconnect();
    assert.equal(clock.pending, 0);
  });

  test('backs off from a server that takes everyone in and drops them at once', async () => {
    const made = await connected({ random: () => 0.999 });
    for (let time = 0; time < 12; time++) {
      made.socket.accept();
      await advance(made.clock, 100);
      made.socket.end(1011, 'crashed');
      await advance(made.clock, 9990);
    }
    assert.equal(made.sockets.length, 13);
    const { status } = made.connection;
    assert.deepEqual([status.state, 'attempt' in status && status.attempt], ['connecting', 13]);
    made.socket.accept();
    await advance(made.clock, 10_000);
    made.socket.end();
    const again = made.connection.status;
    assert.deepEqual(again.state === 'reconnecting' && [again.attempt, again.retryAt - made.clock.now()], [1, 999], 'one that held begins anew');
  });

  test('goes on where no socket can be made at all', async () => {
    let tries = 0;
    const made = await connected({ url: 'no address', accessToken: 'SECRET', createSocket: (url) => {
      tries++;
      throw new SyntaxError(`The URL '${url}' is invalid.`);
    } });
    for (let time = 0; time < 5; time++) await advance(made.clock, 1000);
    assert.deepEqual([tries, made.connection.status.state, made.probes.length], [6, 'reconnecting', 0]);
    assert.doesNotMatch(JSON.stringify(made.statuses), /SECRET/);
  });

  test('is tried at once on waking, and not twice', async () => {
    const made = await connected();
    made.socket.end();
    made.connection.wake();
    made.connection.wake();
    await settled();
    assert.deepEqual([made.sockets.length, made.connection.status], [2, { state: 'connecting', attempt: 2 }]);
    await advance(made.clock, 9000);
    assert.equal(made.sockets.length, 2);
  });

  test('is not what waking does to a connection that was never asked for', () => {
    const made = connectionBench();
    made.connection.wake();
    made.connection.disconnect();
    assert.deepEqual([made.statuses, made.sockets.length], [[], 0]);
  });
});
