// An unmodified Directus as the endpoint: the connection with real sockets and real HTTP, against a server that behaves as the recorded one. Every
// failure must be what docs/directus.md says it is.
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import type { Cause } from '../../src/core/cause.js';
import { CONNECT_TIMEOUT_MS } from '../../src/core/connection.js';
import type { ConnectionStatus } from '../../src/core/connection-status.js';
import { PROBE_TIMEOUT_MS, SILENCE_MS } from '../../src/core/liveness.js';
import { expectedCause, type ExpectedCause } from '../helpers/cause-table.js';
import { startFakeDirectus, type FakeDirectus, type FakeDirectusOptions } from '../helpers/fake-directus.js';
import { manualClock, type ManualClock } from '../helpers/manual-platform.js';
import { PagelessViewer, type PagelessViewerOptions } from '../helpers/pageless-viewer.js';

const ADMIN = 'lab-admin-static-token', USER = 'lab-viewer-static-token', EVIL = 'http://evil.example';
/** Half of the first window, which is what the viewer of these tests waits before it tries again. */
const RETRY_MS = 500;

/** One test's server and its viewers, on one clock. */
interface Scene {
  readonly server: FakeDirectus;
  readonly clock: ManualClock;
  /** A viewer of the server, connecting. */
  readonly view: (options?: Partial<PagelessViewerOptions>) => PagelessViewer;
  /** A token that runs out after so many ms. */
  readonly token: (ms: number, rights?: 'admin' | 'user') => string;
}

let end = (): Promise<void> => Promise.resolve();
afterEach(() => end());

async function stage(options: FakeDirectusOptions = {}): Promise<Scene> {
  const clock = manualClock(), server = await startFakeDirectus({ clock, ...options }), viewers: PagelessViewer[] = [], secrets = [ADMIN, USER];
  // what must be true after every test: it ends, no timer is left, and no token was ever said
  end = async () => {
    for (const { connection } of viewers) connection.disconnect();
    await server.until(() => server.sockets.size === 0);
    await server.close();
    assert.equal(clock.pending, 0, 'timers are left');
    for (const { status, statuses } of viewers) {
      assert.deepEqual(status, { state: 'closed', cause: null });
      for (const secret of secrets) assert.ok(!JSON.stringify(statuses).includes(secret), 'a status holds a token');
    }
  };
  return {
    server, clock,
    view(asked = {}) {
      const viewer = new PagelessViewer({ url: server.url, clock, ...asked });
      viewers.push(viewer);
      return viewer;
    },
    token(ms, rights) {
      const token = server.issueToken(ms, rights);
      secrets.push(token);
      return token;
    },
  };
}

const entry = (level: number, msg = `level ${level}`): object => ({ level, time: 1795373206609, msg });

function causeOf(status: ConnectionStatus): ExpectedCause | null {
  return (status.state === 'reconnecting' || status.state === 'closed') && status.cause !== null ? wordsOf(status.cause) : null;
}

/** What a reader sees of it, without what a language says it by. */
function wordsOf({ name: _name, facts: _facts, checkNames: _checkNames, ...words }: Cause): ExpectedCause {
  return words;
}

function floorOf(status: ConnectionStatus): string | null {
  return status.state === 'live' ? status.floor : null;
}

const isExplained = (status: ConnectionStatus): boolean => causeOf(status) !== null;

describe('a sign-in that Directus takes', () => {
  test('a static token, at the path that WEBSOCKETS_LOGS_PATH names', async () => {
    const { server, view } = await stage({ path: '/streams/log' });
    const viewer = view({ accessToken: ADMIN });
    await viewer.live();
    assert.deepEqual(server.received, ['{"type":"subscribe","log_level":"info","ext":{"v":1}}']);
    server.log(entry(30));
    const [first] = await viewer.entries(1);
    assert.deepEqual([first?.text, first?.instance, first?.seq], [JSON.stringify(entry(30)), server.uid, null]);
  });

  test('a function that gets a token, at once or later', async () => {
    const { view } = await stage();
    for (const accessToken of [() => ADMIN, () => Promise.resolve(ADMIN)]) await view({ accessToken }).live();
  });

  test('the session cookie, without any token', async () => {
    const { view, token } = await stage();
    const viewer = view({ cookie: `directus_session_token=${token(60_000)}` });
    await viewer.until((status) => floorOf(status) === 'trace');
  });

  test('from another origin that CORS_ORIGIN lists', async () => {
    const { view } = await stage({ cors: [EVIL] });
    await view({ accessToken: ADMIN, origin: EVIL }).live();
  });
});

describe('levels', () => {
  test('what is asked for arrives, and a change is asked for on the open socket', async () => {
    const { server, view } = await stage();
    const viewer = view({ accessToken: ADMIN, level: 'warn' });
    await viewer.until((status) => floorOf(status) === 'trace');
    for (const level of [10, 20, 30, 40, 50, 60]) server.log(entry(level));
    assert.deepEqual((await viewer.entries(3)).map(({ level }) => level), [40, 50, 60]);
    viewer.connection.setLevel('debug');
    await viewer.until((status) => status.state === 'live' && status.level === 'debug');
    for (const level of [10, 20]) server.log(entry(level));
    assert.equal((await viewer.entries(4)).at(-1)?.level, 20);
    assert.deepEqual(viewer.status, { state: 'live', level: 'debug', floor: 'trace', numbered: false, silentSince: null, othersAway: null });
    assert.deepEqual([server.attempts, viewer.probed.length], [['open'], 1]);
  });

  test('the floor is asked over HTTP, once the connection is live, and once only', async () => {
    const { server, view, clock } = await stage({ floor: 'warn' });
    const viewer = view({ accessToken: ADMIN, level: 'trace' });
    await viewer.until((status) => floorOf(status) === 'warn');
    assert.deepEqual(viewer.statuses.slice(1), [
      { state: 'live', level: 'trace', floor: null, numbered: false, silentSince: null, othersAway: null }, { state: 'live', level: 'trace', floor: 'warn', numbered: false, silentSince: null, othersAway: null },
    ]);
    // silence is asked about by subscribing again, which says nothing new
    for (const count of [2, 3]) {
      clock.advance(SILENCE_MS);
      await server.until(() => server.received.length === count);
      server.send('not a frame');
      await viewer.until(() => viewer.unreadable === count - 1);
    }
    assert.equal(viewer.statuses.length, 3);
    assert.deepEqual(viewer.probed, [`${server.origin}/server/info`]);
  });

  test('where the floor cannot be read it is not known, and everything else works', async () => {
    const { server, view } = await stage();
    const viewer = view({ accessToken: ADMIN, probe: () => Promise.resolve({ kind: 'opaque' }) });
    await viewer.live();
    server.log(entry(30));
    await viewer.entries(1);
    assert.deepEqual(viewer.status, { state: 'live', level: 'info', floor: null, numbered: false, silentSince: null, othersAway: null });
  });

  test('nothing waits for the floor, and an answer that comes when the connection has ended is nobody’s', async () => {
    const { server, view } = await stage();
    let answer = (): void => undefined;
    const late = new Promise<void>((resolve) => (answer = resolve));
    const viewer = view({ accessToken: ADMIN, probe: async () => {
      await late;
      return { kind: 'readable', status: 200, body: { data: { websocket: { logs: { allowedLogLevels: { error: 50 } } } } } };
    } });
    await viewer.live();
    server.log(entry(30));
    await viewer.entries(1);
    viewer.connection.disconnect();
    const told = viewer.statuses.length;
    answer();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(viewer.statuses.length, told);
  });
});

test('two instances keep their names', async () => {
  const { server, view } = await stage({ uid: 'Z7nd75XQ' });
  const viewer = view({ accessToken: ADMIN });
  await viewer.live();
  for (const uid of ['5CyRjsPx', 'Z7nd75XQ', '5CyRjsPx']) server.log(entry(30), uid);
  assert.deepEqual((await viewer.entries(3)).map(({ instance }) => instance), ['5CyRjsPx', 'Z7nd75XQ', '5CyRjsPx']);
  assert.deepEqual(viewer.store.snapshot.instances.map(({ name }) => name).sort(), ['5CyRjsPx', 'Z7nd75XQ']);
});

describe('a token that runs out', () => {
  test('is renewed before, on the open socket, again and again', async () => {
    const { server, view, token, clock } = await stage();
    const given: string[] = [];
    const viewer = view({ accessToken: () => {
      given.push(token(10_000));
      return given.at(-1) ?? null;
    } });
    await viewer.live();
    for (const times of [1, 2, 3, 4]) {
      clock.advance(5000);
      await server.until(() => server.received.filter((frame) => frame.includes('"auth"')).length === times);
      // the answer to the renewal has come when what was logged after it has
      server.log(entry(30));
      await viewer.entries(times);
    }
    assert.equal(given.length, 5);
    assert.deepEqual([server.attempts, viewer.status.state, server.received.at(-1)], [['open'], 'live', `{"type":"auth","access_token":"${given[4]}"}`]);
  });

  test('and is not renewed, ends the connection, which says so, and goes on with a fresh one', async () => {
    const { server, view, token, clock } = await stage();
    let current = token(10_000);
    const viewer = view({ accessToken: () => current });
    await viewer.live();
    clock.advance(10_000);
    await viewer.until(isExplained);
    assert.deepEqual(causeOf(viewer.status), expectedCause(['open', 'close 1005', 'error AUTH_TIMEOUT Authentication timed out.'], server.host, true));
    const said = viewer.statuses.length;
    clock.advance(RETRY_MS);
    await viewer.until(({ state }) => state === 'reconnecting' && viewer.statuses.length > said);
    assert.deepEqual(server.attempts, ['open'], 'the same token would be refused again');
    current = token(60_000);
    clock.advance(RETRY_MS);
    await viewer.live();
    assert.deepEqual(server.attempts, ['open', 'open']);
  });

  test('and whose renewal is refused ends the connection, which asks for another', async () => {
    const { server, view, token, clock } = await stage();
    const given = [token(10_000), token(60_000, 'user'), token(60_000)];
    const viewer = view({ accessToken: () => given.shift() ?? null });
    await viewer.live();
    clock.advance(5000);
    const { state } = await viewer.until(isExplained);
    assert.deepEqual([state, causeOf(viewer.status)], ['reconnecting', expectedCause(['open', 'close 1005', 'error AUTH_FAILED Unauthorized access.'], server.host, true)]);
    clock.advance(RETRY_MS);
    await viewer.live();
  });
});

interface Failure {
  readonly name: string;
  readonly options?: FakeDirectusOptions;
  readonly view?: Partial<PagelessViewerOptions>;
  /** What is known at once, and what when HTTP has been asked. */
  readonly known: readonly [first: readonly string[], then: readonly string[]];
  readonly ready?: (scene: Scene) => unknown;
}

const NO_CONNECTION = ['close 1006'], NO_ANSWER = ['no answer'];
const failures: readonly Failure[] = [
  { name: 'no sign-in', known: [NO_CONNECTION, ['close 1006', 'HTTP 200 nobody']] },
  { name: 'a wrong token', view: { accessToken: 'wrong' }, known: [NO_CONNECTION, ['close 1006', 'token', 'HTTP 401 INVALID_CREDENTIALS']] },
  { name: 'the token of a user who is no administrator', view: { accessToken: USER }, known: [NO_CONNECTION, ['close 1006', 'HTTP 200 logs:false']] },
  { name: 'the session of a user who is no administrator', view: { cookie: `directus_session_token=${USER}` }, known: [NO_CONNECTION, ['close 1006', 'HTTP 200 logs:false']] },
  { name: 'a token that ran out long ago', view: { accessToken: ADMIN }, known: [NO_CONNECTION, ['close 1006', 'HTTP 401 TOKEN_EXPIRED']], ready: ({ server }) => server.expire(ADMIN) },
  { name: 'a foreign origin', view: { accessToken: ADMIN, origin: EVIL }, known: [NO_CONNECTION, ['close 1006', 'HTTP 200 logs:{…}']] },
  { name: 'a page from a file', options: { cors: true }, view: { accessToken: ADMIN, origin: 'null' }, known: [NO_CONNECTION, ['close 1006', 'HTTP 200 logs:{…}']] },
  { name: 'one viewer too many', options: { connLimit: 1 }, view: { accessToken: ADMIN }, known: [NO_CONNECTION, ['close 1006', 'HTTP 200 logs:{…}']], ready: ({ view }) => view({ accessToken: ADMIN }).live() },
  { name: 'WebSockets switched off', options: { websocketsEnabled: false }, view: { accessToken: ADMIN }, known: [NO_CONNECTION, ['close 1006', 'HTTP 200 websocket:false']] },
  { name: 'a server that is down', view: { accessToken: ADMIN }, known: [NO_CONNECTION, ['close 1006', 'HTTP silent']], ready: ({ server }) => server.close() },
  { name: 'a wrong path', options: { path: '/other' }, view: { accessToken: ADMIN }, known: [NO_ANSWER, ['no answer', 'HTTP 200 logs:{…}']] },
  { name: 'a wrong path, without a sign-in', options: { path: '/other' }, known: [NO_ANSWER, ['no answer', 'HTTP 200 nobody']] },
  { name: 'logs switched off', options: { logsEnabled: false }, view: { accessToken: ADMIN }, known: [NO_ANSWER, ['no answer', 'HTTP 200 logs:false']] },
];

describe('a connection that does not open is explained, first without and then with what HTTP says:', () => {
  for (const { name, options = {}, view: asked = {}, known: [first, then], ready } of failures) test(name, async () => {
    const made = await stage(options), { server, clock, view } = made;
    await ready?.(made);
    const others = server.attempts.length, isIgnored = first === NO_ANSWER, hasToken = asked.accessToken !== undefined;
    const viewer = view({ url: isIgnored ? `ws://${server.host}/websocket/logs` : server.url, ...asked });
    if (isIgnored) {
      await server.until(() => server.attempts.length > others);
      clock.advance(CONNECT_TIMEOUT_MS - 1);
      assert.equal(viewer.status.state, 'connecting');
      clock.advance(1);
    }
    const before = await viewer.until(isExplained), tries = viewer.statuses.length;
    assert.deepEqual([before.state, causeOf(before)], ['reconnecting', expectedCause(first, server.host, hasToken)]);
    const after = await viewer.until(() => viewer.statuses.length > tries);
    const expected = expectedCause(then, server.host, hasToken);
    assert.deepEqual(causeOf(after), expected);
    assert.equal(after.state, expected.retry ? 'reconnecting' : 'closed');
    assert.equal(viewer.probed.length, 1);
  });
});

test('a refused viewer comes in by itself as soon as there is room', async () => {
  const { server, view, clock } = await stage({ connLimit: 1 });
  const first = view({ accessToken: ADMIN });
  await first.live();
  const second = view({ accessToken: ADMIN });
  await second.until((status) => causeOf(status)?.code === 'refused');
  first.connection.disconnect();
  await server.until(() => server.sockets.size === 0);
  clock.advance(RETRY_MS);
  await second.live();
  assert.deepEqual(server.attempts, ['open', 403, 'open']);
});

test('a token that is not taken is not tried again, until the page asks to', async () => {
  const { server, view, clock } = await stage({ adminTokens: [] });
  const viewer = view({ accessToken: ADMIN });
  await viewer.until(({ state }) => state === 'closed');
  assert.equal(clock.pending, 0);
  clock.advance(60_000);
  assert.deepEqual(server.attempts, [401]);
  viewer.connection.connect();
  await viewer.until(() => viewer.statuses.at(-1)?.state === 'closed' && server.attempts.length === 2);
});

describe('a connection that was open', () => {
  test('and whose server stops is explained, tried again, and goes on with the new instance', async () => {
    const { server, view, clock } = await stage(), before = server.uid;
    const viewer = view({ accessToken: ADMIN });
    await viewer.live();
    await server.stop();
    await viewer.until(isExplained);
    assert.deepEqual(causeOf(viewer.status), expectedCause(['open', 'close 1006'], server.host, true));
    clock.advance(RETRY_MS);
    await viewer.until((status) => causeOf(status)?.code === 'unreachable');
    assert.deepEqual(causeOf(viewer.status), expectedCause(['close 1006', 'HTTP silent'], server.host, true));
    await server.start();
    clock.advance(RETRY_MS);
    await viewer.live();
    server.log(entry(30));
    const entries = await viewer.entries(2);
    assert.deepEqual(entries.map(({ instance, text }) => [instance, /Shutting down/.test(text)]), [[before, true], [server.uid, false]]);
    assert.equal(viewer.probed.length, 3, 'the floor of the first, why the second failed, the floor of the third');
  });

  test('and falls silent is noticed, and connected again', async () => {
    const { server, view, clock } = await stage();
    const viewer = view({ accessToken: ADMIN });
    await viewer.live();
    server.mute = true;
    clock.advance(SILENCE_MS);
    await server.until(() => server.received.length === 2);
    clock.advance(PROBE_TIMEOUT_MS);
    assert.deepEqual(causeOf(viewer.status), expectedCause(['open', 'no answer'], server.host, true));
    server.mute = false;
    clock.advance(RETRY_MS);
    await viewer.live();
  });

  test('and is told of too many messages stays open: an answer is an answer', async () => {
    const { server, view, clock } = await stage();
    const viewer = view({ accessToken: ADMIN });
    await viewer.live();
    server.rateLimited = true;
    clock.advance(SILENCE_MS);
    await server.until(() => server.received.length === 2);
    server.log(entry(30));
    await viewer.entries(1);
    clock.advance(PROBE_TIMEOUT_MS);
    assert.equal(viewer.status.state, 'live');
  });
});
