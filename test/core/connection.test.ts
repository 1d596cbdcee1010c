import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Connection, CONNECT_TIMEOUT_MS, type ConnectionOptions } from '../../src/core/connection.js';
import type { ConnectionStatus } from '../../src/core/connection-status.js';
import type { ProbeAnswer } from '../../src/core/platform.js';
import { encodeBye, encodeError, encodePacked, encodePlainEntry, encodeStampedEntry, type StampedEntry } from '../../src/core/protocol.js';
import { FakeSocket, settled } from '../helpers/fake-socket.js';
import { manualClock, type ManualClock } from '../helpers/manual-platform.js';

interface Bench {
  readonly connection: Connection;
  readonly clock: ManualClock;
  readonly statuses: ConnectionStatus[];
  readonly sockets: FakeSocket[];
  readonly entries: string[];
  readonly probes: { url: string; token: string | null; answer: (answer: ProbeAnswer) => void }[];
  /** The newest socket. */
  readonly socket: FakeSocket;
  readonly unreadable: number;
  readonly states: string;
}

function bench(options: Partial<ConnectionOptions> = {}): Bench {
  const clock = manualClock(), statuses: ConnectionStatus[] = [], sockets: FakeSocket[] = [], entries: string[] = [], probes: Bench['probes'] = [];
  let unreadable = 0;
  const connection = new Connection({
    url: 'wss://logs.example.com/websocket/logs', level: 'info', clock, random: () => 0.5,
    createSocket: (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket;
    },
    probe: (url, token) => new Promise((answer) => probes.push({ url, token, answer })),
    onEntries: (frame) => entries.push(frame),
    onStatus: (status) => statuses.push(status),
    onUnreadable: () => unreadable++,
    ...options,
  });
  return {
    connection, clock, statuses, sockets, entries, probes,
    get socket() { return sockets.at(-1) as FakeSocket; },
    get unreadable() { return unreadable; },
    get states() { return statuses.map(({ state }) => state).join(' '); },
  };
}

async function connected(options: Partial<ConnectionOptions> = {}): Promise<Bench> {
  const made = bench(options);
  made.connection.connect();
  await settled();
  return made;
}

async function live(options: Partial<ConnectionOptions> = {}): Promise<Bench> {
  const made = await connected(options);
  made.socket.accept();
  return made;
}

/** Moves time, and lets what was due happen. */
async function advance(clock: ManualClock, ms: number): Promise<void> {
  clock.advance(ms);
  await settled();
}

const causeOf = ({ connection: { status } }: Bench): string | undefined => ('cause' in status ? status.cause?.code : undefined);

const SUBSCRIBE = '{"type":"subscribe","log_level":"info","ext":{"v":1}}';
const entry: StampedEntry = { instance: 'a', epoch: 'e', seq: 1, lseq: 1, level: 30, text: '{"level":30}' };

describe('the life of a connection', () => {
  test('goes from idle over connecting to live, is lost, comes back, and is closed', async () => {
    const made = bench(), { connection, clock, statuses } = made;
    assert.deepEqual(connection.status, { state: 'idle' });
    connection.connect();
    connection.connect();
    await settled();
    assert.equal(made.sockets.length, 1);
    assert.deepEqual(made.socket.sent, []);
    made.socket.open();
    assert.deepEqual([made.socket.sent, connection.status.state], [[SUBSCRIBE], 'connecting']);
    made.socket.acknowledge('info', { v: 1, floor: 'debug', hub: 'h' });
    assert.deepEqual(connection.status, { state: 'live', level: 'info', floor: 'debug', numbered: true });
    made.socket.end();
    const lost = connection.status;
    assert.ok(lost.state === 'reconnecting');
    assert.deepEqual([lost.attempt, lost.retryAt - clock.now(), lost.cause.code], [2, 500, 'connection-lost']);
    await advance(clock, 500);
    assert.deepEqual([made.sockets.length, connection.status], [2, { state: 'connecting', attempt: 2 }]);
    made.socket.accept('info', null);
    assert.deepEqual(connection.status, { state: 'live', level: 'info', floor: null, numbered: false });
    connection.disconnect();
    assert.deepEqual([connection.status, clock.pending, made.socket.isClosed], [{ state: 'closed', cause: null }, 0, true]);
    assert.equal(made.states, 'connecting live reconnecting connecting live closed');
    assert.ok(statuses.every(Object.isFrozen));
    connection.connect();
    await settled();
    made.socket.accept();
    assert.equal(connection.status.state, 'live');
  });

  test('gives up a try after ten seconds, with a socket that never opens, one that never answers, or a token that never comes', async () => {
    const silent = await connected();
    await advance(silent.clock, CONNECT_TIMEOUT_MS - 1);
    assert.equal(silent.states, 'connecting');
    await advance(silent.clock, 1);
    assert.deepEqual([silent.states, causeOf(silent), silent.sockets[0]?.isClosed], ['connecting reconnecting', 'no-answer', true]);

    const open = await connected();
    open.socket.open();
    await advance(open.clock, CONNECT_TIMEOUT_MS);
    assert.deepEqual([open.states, causeOf(open), open.probes.length], ['connecting reconnecting', 'connection-lost', 0], 'it was open, so its silence is that of a server');

    const tokenless = await connected({ accessToken: () => new Promise(() => undefined) });
    await advance(tokenless.clock, CONNECT_TIMEOUT_MS);
    assert.deepEqual([tokenless.states, tokenless.sockets.length], ['connecting reconnecting', 0]);
  });

  test('ends in no state with a timer or a socket left', async () => {
    const jwtFor = (clock: ManualClock): string => jwt(clock.now() + 60_000);
    const ways: Record<string, () => Promise<Bench>> = {
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
      const made: Bench = bench({
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
      assert.deepEqual([made.connection.status.state, made.clock.pending, made.probes.length, asked, made.sockets.length], ['closed', 0, 0, at === 'connecting' ? 0 : 1, at === 'connecting' ? 0 : 1], at);
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
    const frames = [encodePlainEntry(entry), encodeStampedEntry(entry, 30), encodePacked([entry]), '{"uid":"a","data":{"level":30},"type":"logs"}', '{"type":"logs","data":garbage', '{"type":"logs","event":"packed"garbage'];
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
    assert.deepEqual([made.connection.status.state, causeOf(made), made.sockets[0]?.isClosed, made.probes.length], ['reconnecting', 'connection-lost', true, 1]);
  });

  test('is noticed at once on waking from a sleep, and by no more than one question however often the page wakes', async () => {
    const asleep = bench({ clock: { ...manualClock(), now: () => now, after: (ms, callback) => timers.after(ms, callback) } }), timers = manualClock();
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
    let now = 1e12;
    const timers = manualClock(), made = bench({ clock: { now: () => now, after: (ms, callback) => timers.after(ms, callback) } });
    made.connection.connect();
    await settled();
    made.socket.accept();
    now -= 3_600_000;
    timers.advance(12_500);
    assert.equal(made.socket.sent.length, 2);
    made.socket.acknowledge();
    timers.advance(5000);
    assert.equal(made.connection.status.state, 'live');
    timers.advance(12_500);
    timers.advance(5000);
    assert.equal(made.connection.status.state, 'reconnecting');
  });
});

describe('coming back', () => {
  test('waits a random part of six windows of a second, then of two, four, eight, and ten for ever', async () => {
    for (const part of [0, 0.5, 0.999]) {
      const made = await connected({ random: () => part }), waits: number[] = [];
      for (let attempt = 2; attempt <= 13; attempt++) {
        made.socket.end();
        const { status } = made.connection;
        assert.ok(status.state === 'reconnecting' && status.attempt === attempt);
        waits.push(status.retryAt - made.clock.now());
        await advance(made.clock, waits.at(-1) as number);
        assert.equal(made.sockets.length, attempt);
      }
      assert.deepEqual(waits, [1, 1, 1, 1, 1, 2, 4, 8, 10, 10, 10, 10].map((seconds) => Math.round(seconds * 1000 * part)));
    }
  });

  test('is tried for a whole day, never more than ten seconds after the last try failed', async () => {
    let seed = 1, failedAt = 0, longest = 0;
    const made = await connected({ random: () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647 }), { clock } = made, end = clock.now() + 24 * 3_600_000;
    while (clock.now() < end) {
      made.socket.end();
      failedAt = clock.now();
      const { status } = made.connection;
      assert.ok(status.state === 'reconnecting');
      await advance(clock, status.retryAt - clock.now());
      longest = Math.max(longest, clock.now() - failedAt);
      assert.equal(made.connection.status.state, 'connecting');
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
    assert.ok(made.sockets.length <= 13);
    const { status } = made.connection;
    assert.deepEqual([status.state, 'attempt' in status && status.attempt], ['connecting', 13]);
    made.socket.accept();
    await advance(made.clock, 10_000);
    made.socket.end();
    assert.deepEqual(made.connection.status.state === 'reconnecting' && [made.connection.status.attempt, made.connection.status.retryAt - made.clock.now()], [1, 999], 'one that held begins anew');
  });

  test('goes on where no socket can be made at all', async () => {
    let tries = 0;
    const made = await connected({ url: 'no address', accessToken: 'SECRET', createSocket: (url) => {
      tries++;
      throw new SyntaxError(`The URL '${url}' is invalid.`);
    } });
    for (let time = 0; time < 5; time++) await advance(made.clock, 1000);
    assert.deepEqual([tries, made.connection.status.state, made.probes.length], [6, 'reconnecting', 0]);
    assert.ok(!JSON.stringify(made.statuses).includes('SECRET'));
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
    const made = bench();
    made.connection.wake();
    made.connection.disconnect();
    assert.deepEqual([made.statuses, made.sockets.length], [[], 0]);
  });
});

describe('a cause', () => {
  for (const [what, end, code] of [
    ['a goodbye', (socket: FakeSocket) => socket.say(encodeBye('restart')), 'server-stopped'],
    ['a goodbye that is busy', (socket: FakeSocket) => socket.say(encodeBye('busy')), 'busy'],
    ['the two errors of an expiry', (socket: FakeSocket) => ['TOKEN_EXPIRED', 'AUTH_TIMEOUT'].forEach((name) => socket.say(encodeError('auth', name, 'x'))), 'sign-in-expired'],
    ['nothing', () => undefined, 'connection-lost'],
  ] as const) {
    test(`of a live connection that ends after ${what} is ${code}`, async () => {
      const made = await live();
      end(made.socket);
      made.socket.end(code === 'connection-lost' ? 1006 : 1005);
      assert.deepEqual([causeOf(made), made.probes.length], [code, 1], 'and the one question by HTTP was that for the floor');
    });
  }

  test('is told by the close code where the socket was open, though nothing was answered', async () => {
    const made = await connected();
    made.socket.open();
    made.socket.end(1013, 'Too many viewers.');
    assert.deepEqual([causeOf(made), made.probes.length], ['busy', 0]);
  });

  test('of a failure that an error of long ago did not bring is not that error', async () => {
    const made = await live();
    made.socket.say(encodeError('logs', 'REQUESTS_EXCEEDED', 'Too many.'));
    await advance(made.clock, 12_500);
    made.socket.acknowledge();
    await advance(made.clock, 12_500);
    await advance(made.clock, 5000);
    assert.equal(causeOf(made), 'connection-lost');
  });

  test('that nobody can know is asked about over HTTP, and then said better', async () => {
    const made = await connected({ accessToken: 'SECRET' });
    made.socket.end();
    assert.deepEqual([causeOf(made), made.probes.map(({ url, token }) => `${url} ${token}`)], ['no-connection', ['https://logs.example.com/server/info SECRET']]);
    made.probes[0]?.answer({ kind: 'silent' });
    await settled();
    assert.deepEqual([causeOf(made), made.states], ['unreachable', 'connecting reconnecting reconnecting']);
    await advance(made.clock, 500);
    made.socket.end();
    assert.equal(causeOf(made), 'unreachable', 'the next failure begins with what is known');
    await advance(made.clock, 500);
    made.socket.accept();
    made.socket.end();
    await advance(made.clock, 500);
    made.socket.end();
    assert.equal(causeOf(made), 'no-connection', 'and forgets it once it was live');
  });

  test('is not changed by an answer that comes too late', async () => {
    const made = await connected();
    made.socket.end();
    await advance(made.clock, 500);
    assert.equal(made.connection.status.state, 'connecting');
    made.probes[0]?.answer({ kind: 'silent' });
    await settled();
    assert.equal(made.connection.status.state, 'connecting');
    made.socket.end();
    assert.equal(causeOf(made), 'no-connection');
    made.connection.disconnect();
    made.probes[1]?.answer({ kind: 'opaque' });
    await settled();
    assert.deepEqual(made.connection.status, { state: 'closed', cause: null });
  });

  test('does without an answer where asking fails', async () => {
    for (const probe of [() => Promise.reject(new Error('no')), () => { throw new Error('no'); }]) {
      const made = await connected({ probe });
      made.socket.end();
      await settled();
      assert.deepEqual([causeOf(made), made.states], ['no-connection', 'connecting reconnecting']);
    }
  });

  test('is the browser’s own word where that is offline', async () => {
    const made = await connected({ isOnline: () => false });
    made.socket.end();
    assert.deepEqual([causeOf(made), made.probes.length], ['offline', 0]);
  });

  test('that no other try can mend ends the tries of a fixed token, but not those of a function', async () => {
    for (const isFunction of [false, true]) {
      const made = await live({ accessToken: isFunction ? () => 'a' : 'a' });
      made.socket.say(encodeError('auth', 'AUTH_FAILED', 'Authentication failed.'));
      made.socket.end(1005);
      assert.deepEqual([causeOf(made), made.connection.status.state, made.clock.pending], isFunction ? ['not-allowed', 'reconnecting', 1] : ['not-allowed', 'closed', 0]);
    }
  });
});

describe('the level', () => {
  test('is changed on the open socket, and live is what the server has acknowledged', async () => {
    const made = await live();
    made.connection.setLevel('info');
    made.connection.setLevel('debug');
    assert.equal(made.connection.status.state === 'live' && made.connection.status.level, 'info');
    made.socket.acknowledge('debug');
    assert.equal(made.connection.status.state === 'live' && made.connection.status.level, 'debug');
    assert.deepEqual(made.socket.sent, [SUBSCRIBE, SUBSCRIBE.replace('info', 'debug')]);
    await advance(made.clock, 12_500);
    assert.deepEqual(made.socket.sent.at(-1), SUBSCRIBE.replace('info', 'debug'), 'the question about silence asks for the new one too');
  });

  test('that is changed before the answer is asked for anew, so that the answer to the old one is not taken for it', async () => {
    const made = await connected();
    made.socket.open();
    made.connection.setLevel('trace');
    assert.deepEqual(made.socket.sent, [SUBSCRIBE, SUBSCRIBE.replace('info', 'trace')]);
    made.socket.acknowledge('info');
    assert.equal(made.connection.status.state === 'live' && made.connection.status.level, 'info');
    made.socket.acknowledge('trace');
    assert.equal(made.connection.status.state === 'live' && made.connection.status.level, 'trace');
  });

  test('that is changed without a socket is that of the next subscription', async () => {
    const made = await connected();
    made.connection.setLevel('warn');
    made.socket.end();
    made.connection.setLevel('error');
    await advance(made.clock, 500);
    made.socket.open();
    assert.deepEqual(made.socket.sent, [SUBSCRIBE.replace('info', 'error')]);
  });

  test('that an answer does not name is the one that was asked for', async () => {
    const made = await connected();
    made.socket.open();
    made.socket.say('{"type":"logs","event":"subscribe"}');
    assert.equal(made.connection.status.state === 'live' && made.connection.status.level, 'info');
  });
});

describe('a token', () => {
  for (const [what, accessToken, url] of [
    ['a string', 'a b&c', 'wss://logs.example.com/websocket/logs?access_token=a%20b%26c'],
    ['a function', () => 'x', 'wss://logs.example.com/websocket/logs?access_token=x'],
    ['a function that promises', () => Promise.resolve('x'), 'wss://logs.example.com/websocket/logs?access_token=x'],
    ['null, where the cookie signs in', null, 'wss://logs.example.com/websocket/logs'],
    ['a function without one', () => null, 'wss://logs.example.com/websocket/logs'],
    ['an empty string', '', 'wss://logs.example.com/websocket/logs'],
    ['undefined, which a page without types may give', (() => undefined) as unknown as () => null, 'wss://logs.example.com/websocket/logs'],
  ] as const) {
    test(`may be ${what}`, async () => assert.equal((await connected({ accessToken })).socket.url, url));
  }

  test('is put behind a query that is there already', async () => {
    assert.equal((await connected({ url: 'ws://h/logs?tenant=1', accessToken: 'x' })).socket.url, 'ws://h/logs?tenant=1&access_token=x');
  });

  test('that cannot be got is no end: the function is asked again at the next try', async () => {
    for (const refuse of [() => Promise.reject(new Error('SECRET')), () => { throw new Error('SECRET'); }]) {
      let isThere = false;
      const made = await connected({ accessToken: () => (isThere ? 'x' : refuse()) });
      assert.deepEqual([made.states, made.sockets.length], ['connecting reconnecting', 0]);
      isThere = true;
      await advance(made.clock, 500);
      made.socket.accept();
      assert.equal(made.connection.status.state, 'live');
      assert.ok(!JSON.stringify(made.statuses).includes('SECRET'));
    }
  });

  test('that comes after the end is not used', async () => {
    let give: (token: string) => void = () => undefined;
    const made = await connected({ accessToken: () => new Promise((resolve) => (give = resolve)) });
    made.connection.disconnect();
    give('x');
    await settled();
    assert.deepEqual([made.sockets.length, made.connection.status], [0, { state: 'closed', cause: null }]);
  });

  test('is in no status, whatever the server repeats of it', async () => {
    const token = 'S3CR3T/+=', made = await connected({ accessToken: () => token });
    const says: ((socket: FakeSocket) => void)[] = [
      (socket) => socket.end(1008, `bad ${token}`),
      (socket) => socket.end(4999, `bad ?access_token=${encodeURIComponent(token)}`),
      (socket) => socket.say(JSON.stringify({ type: 'logs', event: 'bye', code: token })),
      (socket) => socket.say(encodeError('auth', 'AUTH_FAILED', `Token ${token} is wrong`)),
      (socket) => socket.say(encodeError('server', token, '')),
    ];
    for (const isLive of [true, false]) {
      for (const say of says) {
        if (isLive) made.socket.accept();
        else made.socket.open();
        say(made.socket);
        made.socket.end();
        made.probes.at(-1)?.answer({ kind: 'readable', status: 401, body: { errors: [{ message: token }] } });
        await settled();
        assert.equal(made.connection.status.state, 'reconnecting');
        await advance(made.clock, 10_000);
        made.connection.wake();
        await settled();
      }
    }
    const all = JSON.stringify(made.statuses);
    assert.ok(all.includes('bad …') && !all.includes('S3CR3T'));
  });
});

function jwt(expiresAt: number, name = 'a'): string {
  return `h.${Buffer.from(JSON.stringify({ name, exp: expiresAt / 1000 })).toString('base64url')}.s`;
}

describe('the renewal of a token', () => {
  const OK = '{"type":"auth","status":"ok"}', MINUTES = 60_000;
  const authsOf = ({ sockets }: Bench): string[] => sockets.flatMap(({ sent }) => sent.filter((frame) => frame.includes('"auth"')));

  /** Keeps the server talking, so that only the token matters. */
  async function pass(made: Bench, ms: number): Promise<void> {
    for (; ms > 0; ms -= 10_000) {
      await advance(made.clock, Math.min(ms, 10_000));
      if (made.connection.status.state === 'live') made.socket.say('{"type":"pong"}');
    }
  }

  test('comes half a minute before its end, on the open socket, again and again', async () => {
    const clock = manualClock(), given: string[] = [];
    const made = await live({ clock, accessToken: () => {
      given.push(jwt(clock.now() + 15 * MINUTES, `token ${given.length}`));
      return Promise.resolve(given.at(-1) as string);
    } });
    const begun = clock.now();
    for (let time = 1; time <= 5; time++) {
      await pass({ ...made, clock, socket: made.socket }, begun + time * 14.5 * MINUTES - clock.now() - 1);
      assert.equal(authsOf(made).length, time - 1);
      await advance(clock, 1);
      assert.deepEqual([authsOf(made).at(-1), given.length], [JSON.stringify({ type: 'auth', access_token: given.at(-1) }), time + 1]);
      made.socket.say(OK);
    }
    assert.deepEqual([made.states, made.sockets.length], ['connecting live', 1]);
  });

  test('is not tried with a fixed token, one that does not say when it ends, or one that has ended', async () => {
    const clock = manualClock();
    for (const accessToken of [jwt(clock.now() + MINUTES), () => 'static', () => jwt(clock.now() - 1), () => null]) {
      const made = await live({ clock, accessToken });
      assert.equal(clock.pending, 1, 'one timer, that of silence');
      made.connection.disconnect();
    }
  });

  test('is tried again where the source fails or has nothing newer, but in no rush', async () => {
    for (const next of [() => null, () => Promise.reject(new Error('no')), 'same'] as const) {
      const clock = manualClock(), first = jwt(clock.now() + 2 * MINUTES);
      let asked = 0;
      const made = await live({ clock, accessToken: () => (asked++ === 0 || next === 'same' ? first : next()) });
      await pass({ ...made, clock, socket: made.socket }, 3 * MINUTES);
      assert.ok(asked > 4 && asked < 10, `${asked} times`);
      assert.deepEqual([authsOf(made), made.connection.status.state], [[], 'live']);
      made.connection.disconnect();
    }
  });

  test('waits as long as it takes, in steps that a timer can hold', async () => {
    const clock = manualClock(), waits: number[] = [], days = 86_400_000;
    let asked = 0;
    const timed = { now: () => clock.now(), after: (ms: number, callback: () => void) => {
      waits.push(ms);
      return clock.after(ms, callback);
    } };
    const end = clock.now() + 60 * days, made = await live({ clock: timed, accessToken: () => jwt(end + asked++ * days) });
    for (let day = 0; day < 59; day++) {
      for (let time = 0; time < 8640; time++) {
        clock.advance(10_000);
        made.socket.say('{"type":"pong"}');
      }
    }
    await settled();
    assert.deepEqual([asked, authsOf(made)], [1, []]);
    for (let time = 0; time < 8640; time++) {
      clock.advance(10_000);
      made.socket.say('{"type":"pong"}');
    }
    await settled();
    assert.deepEqual([asked, authsOf(made).length], [2, 1]);
    assert.ok(Math.max(...waits) < 2 ** 31);
  });

  test('that is answered after the connection was lost says nothing on the next one', async () => {
    const clock = manualClock();
    let give: (token: string) => void = () => undefined, asked = 0;
    const made = await live({ clock, accessToken: () => (asked++ === 1 ? new Promise((resolve) => (give = resolve)) : jwt(clock.now() + 2 * MINUTES)) });
    await pass({ ...made, clock, socket: made.socket }, 1.5 * MINUTES);
    assert.equal(asked, 2);
    made.socket.end();
    await advance(clock, 500);
    made.socket.accept();
    give(jwt(clock.now() + 9 * MINUTES));
    await settled();
    assert.deepEqual([authsOf(made), asked, made.connection.status.state], [[], 3, 'live']);
  });
});
