import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodeError } from '../../src/core/protocol.js';
import { advance, connected, jwt, live, type ConnectionBench } from '../helpers/connection-bench.js';
import { settled, type FakeSocket } from '../helpers/fake-socket.js';
import { manualClock, type ManualClock } from '../helpers/manual-platform.js';

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
      assert.deepEqual([made.states, made.sockets.length, made.cause], ['connecting reconnecting', 0, 'no-token']);
      isThere = true;
      await advance(made.clock, 500);
      made.socket.accept();
      assert.equal(made.connection.status.state, 'live');
      assert.doesNotMatch(JSON.stringify(made.statuses), /SECRET/);
    }
  });

  test('that is no text is said to be none, and no server is asked', async () => {
    for (const given of [42, {}, () => ({}), () => Promise.resolve(true)]) {
      const made = await connected({ accessToken: given as never });
      assert.deepEqual([made.states, made.sockets.length, made.cause], ['connecting reconnecting', 0, 'no-token']);
      const { status } = made.connection;
      assert.match(status.state === 'reconnecting' ? status.cause.sentence : '', /must be a text/);
    }
  });

  test('whose function fails is told to the page once, not at each try', async () => {
    const told: unknown[] = [], failure = new Error('login service down');
    const made = await connected({ accessToken: () => Promise.reject(failure), onTokenError: (error) => told.push(error) });
    for (let tries = 0; tries < 5; tries++) await advance(made.clock, 10_000);
    assert.deepEqual(told, [failure]);
  });

  test('that comes after the end is not used', async () => {
    let give: (token: string) => void = () => undefined;
    const made = await connected({ accessToken: () => new Promise((resolve) => (give = resolve)) });
    made.connection.disconnect();
    give('x');
    await settled();
    assert.deepEqual([made.sockets.length, made.connection.status], [0, { state: 'closed', cause: null }]);
  });

  test('that comes after the next try has got its own is not taken for it', async () => {
    const gives: ((token: string) => void)[] = [];
    const made = await connected({ accessToken: () => new Promise((resolve) => gives.push(resolve)) });
    made.connection.disconnect();
    made.connection.connect();
    gives[1]?.('new');
    await settled();
    gives[0]?.('old');
    await settled();
    made.socket.end();
    assert.deepEqual([made.sockets.length, made.probes.map(({ token }) => token)], [1, ['new']]);
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
    assert.match(all, /bad …/);
    assert.doesNotMatch(all, /S3CR3T/);
  });
});

describe('the renewal of a token', () => {
  const OK = '{"type":"auth","status":"ok"}', MINUTES = 60_000;
  const authsOf = ({ sockets }: ConnectionBench): string[] => sockets.flatMap(({ sent }) => sent.filter((frame) => frame.includes('"auth"')));

  /** Keeps the server talking, so that only the token matters. */
  async function pass(made: ConnectionBench, clock: ManualClock, ms: number, step = 10_000): Promise<void> {
    for (; ms > 0; ms -= step) {
      await advance(clock, Math.min(ms, step));
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
      await pass(made, clock, begun + time * 14.5 * MINUTES - clock.now() - 1);
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
      await pass(made, clock, 3 * MINUTES, 250);
      assert.ok(asked > 4 && asked < 10, `${asked} times`);
      assert.deepEqual([authsOf(made), made.connection.status.state], [[], 'live']);
      made.connection.disconnect();
    }
  });

  test('waits as long as it takes, in steps that a timer can hold', async () => {
    const timers = manualClock(), day = 86_400_000, end = timers.now() + 30 * day;
    let asked = 0, longest = 0;
    const clock = { now: () => timers.now(), after: (ms: number, callback: () => void) => {
      longest = Math.max(longest, ms);
      return timers.after(ms, callback);
    } };
    const made = await live({ clock, accessToken: () => jwt(end + asked++ * day) });
    while (timers.now() < end - 40_000) {
      timers.advance(10_000);
      made.socket.say('{"type":"pong"}');
    }
    await settled();
    assert.deepEqual([asked, authsOf(made)], [1, []]);
    timers.advance(10_000);
    await settled();
    assert.deepEqual([asked, authsOf(made).length], [2, 1]);
    assert.ok(longest < 2 ** 31, 'a browser takes a longer wait for none at all');
  });

  test('that is answered after the connection was lost says nothing on the next one', async () => {
    const clock = manualClock();
    let give: (token: string) => void = () => undefined, asked = 0;
    const made = await live({ clock, accessToken: () => (asked++ === 1 ? new Promise((resolve) => (give = resolve)) : jwt(clock.now() + 2 * MINUTES)) });
    await pass(made, clock, 1.5 * MINUTES);
    assert.equal(asked, 2);
    made.socket.end();
    await advance(clock, 500);
    made.socket.accept();
    give(jwt(clock.now() + 9 * MINUTES));
    await settled();
    assert.deepEqual([authsOf(made), asked, made.connection.status.state], [[], 3, 'live']);
  });
});
