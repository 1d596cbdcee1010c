// The fake Directus does what the real one was recorded to do: each transcript is played against it, the client's half as it was sent,
// the server's half compared byte for byte.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { afterEach, describe, test } from 'node:test';
import { WebSocket } from 'ws';
import { incomingFrames, readTranscript, type TranscriptLine } from '../helpers/directus-transcripts.js';
import { startFakeDirectus, type FakeDirectus, type FakeDirectusOptions } from '../helpers/fake-directus.js';
import { manualClock } from '../helpers/manual-platform.js';

const ADMIN = 'lab-admin-static-token', SUBSCRIBE = '{"type":"subscribe","log_level":"info"}';
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0)) await step();
});

async function fake(options?: FakeDirectusOptions): Promise<FakeDirectus> {
  const server = await startFakeDirectus(options);
  cleanUp.push(() => server.close());
  return server;
}

/** A client that keeps what it receives until it is asked for. */
class Client {
  readonly socket: WebSocket;
  readonly #frames: string[] = [];
  /** 101, or the status of the refusal. */
  readonly status: Promise<number>;
  readonly closed: Promise<number>;
  pongs = 0;

  constructor(url: string, { origin, headers, protocols }: Pick<TranscriptLine, 'origin' | 'headers' | 'protocols'> = {}) {
    this.socket = new WebSocket(url, [...(protocols ?? [])], { ...(origin === undefined ? {} : { origin }), ...(headers === undefined ? {} : { headers }) });
    cleanUp.push(() => this.socket.terminate());
    this.status = new Promise((resolve) => {
      this.socket.on('open', () => resolve(101));
      this.socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    });
    this.closed = new Promise((resolve) => this.socket.on('close', resolve));
    this.socket.on('error', () => undefined).on('pong', () => this.pongs++).on('message', (data: Buffer) => {
      this.#frames.push(data.toString());
      this.socket.emit('frame');
    });
  }

  async next(): Promise<string> {
    while (this.#frames.length === 0) await once(this.socket, 'frame');
    return this.#frames.shift() as string;
  }

  async ask(message: string): Promise<string> {
    this.socket.send(message);
    return this.next();
  }
}

async function subscribed(server: FakeDirectus, token = ADMIN, level = 'info'): Promise<Client> {
  const client = new Client(`${server.url}?access_token=${token}`);
  assert.equal(await client.status, 101);
  assert.equal(await client.ask(`{"type":"subscribe","log_level":"${level}"}`), `{"type":"logs","event":"subscribe","log_level":"${level}"}`);
  return client;
}

/** Plays a transcript: what the client did is done again, what the server did is expected. Returns how many answers, frames and closes that were. */
async function play(file: string, server: FakeDirectus, skip: RegExp | null): Promise<number> {
  const tokens = new Map<string, string>(), clients = new Map<string, { client: Client; token: string }>();
  let skipping = false, note = '', compared = 0;
  const here = (text: string): string => text.replaceAll('127.0.0.1:8055', server.host).replaceAll('localhost:8055', server.host.replace('127.0.0.1', 'localhost'))
    .replace(/eyJ[\w-]+\.([\w-]+)\.[\w-]+/g, (token, claims: string) => {
      if (/broken signature/.test(note)) return token;
      const { admin_access } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { admin_access: boolean };
      if (!tokens.has(token)) tokens.set(token, server.issueToken(900_000, admin_access ? 'admin' : 'user'));
      const own = tokens.get(token) as string;
      if (/after logout|already expired/.test(note)) server.expire(own);
      return own;
    });
  for (const line of readTranscript(file)) {
    if (line.event === 'note') {
      note = line.text ?? '';
      skipping = skip?.test(note) ?? false;
    }
    const name = line.conn ?? '';
    if (skipping || (skip?.test(`conn ${name}`) ?? false)) continue;
    if (line.event === 'connect') {
      const url = here(line.url ?? ''), cookie = here(line.headers?.['cookie'] ?? '');
      const headers = line.headers === undefined ? {} : { headers: { ...line.headers, ...(cookie === '' ? {} : { cookie }) } };
      const client = new Client(url, { ...line, ...headers, ...(line.origin === undefined ? {} : { origin: here(line.origin) }) });
      clients.set(name, { client, token: /(?:access_token|session_token)=([^&]*)/.exec(url + cookie)?.[1] ?? '' });
    }
    const current = clients.get(name);
    if (current === undefined) continue;
    const { client } = current;
    const isAnswer = line.dir === 'in' || line.event === 'upgrade' || line.event === 'refused' || line.event === 'no-answer';
    if (isAnswer || (line.event === 'close' && line.code !== 1000)) compared++;
    if (line.event === 'upgrade') assert.equal(await client.status, 101, note);
    if (line.event === 'refused') assert.equal(await client.status, line.status, note);
    if (line.event === 'no-answer') await server.until(() => server.attempts.at(-1) === 'no answer');
    if (line.event === 'close' && line.code === 1000) client.socket.close();
    if (line.event === 'close' && line.code !== 1000) assert.equal(await client.closed, line.code, note);
    if (line.dir === 'out') {
      const frame = here(line.frame ?? '');
      if (frame.includes('"access_token":"')) current.token = /"access_token":"([^"]*)"/.exec(frame)?.[1] ?? '';
      client.socket.send(frame, { binary: line.binary ?? false });
    }
    if (line.dir === 'in') {
      const [, data, uid] = /^\{"type":"logs","data":(.*),"uid":"([^"]*)"\}$/.exec(line.frame ?? '') ?? [];
      if (data !== undefined) server.log(data, uid);
      if (line.frame?.includes('TOKEN_EXPIRED') === true) server.expire(current.token);
      assert.equal(await client.next(), line.frame, note);
    }
  }
  return compared;
}

describe('the fake Directus does what was recorded', () => {
  const played: [string, FakeDirectusOptions, RegExp | null, number][] = [
    ['invalid-messages.jsonl', {}, null, 26],
    // signing in by e-mail or refresh token is not imitated
    ['auth-messages.jsonl', {}, /email|password|refresh/, 19],
    // recorded with CORS_ORIGIN=true
    ['auth-modes.jsonl', { cors: true }, null, 31],
    ['nonadmin.jsonl', { adminTokens: [ADMIN, 'lab-second-admin-token'] }, null, 10],
    ['defaults.jsonl', { floor: 'info' }, null, 14],
    ['levels-ws-info-log-trace.jsonl', { floor: 'info' }, null, 14],
    ['levels-ws-debug-log-error.jsonl', { floor: 'debug' }, null, 15],
    // connection b answered within the one millisecond that only a loopback leaves
    ['token-expiry.jsonl', {}, /conn b$/, 27],
    ['heartbeat.jsonl', {}, /conn rest/, 2],
    ['off-logs-disabled.jsonl', { logsEnabled: false }, null, 1],
    ['off-websockets-disabled.jsonl', { websocketsEnabled: false }, null, 1],
    ['origins-defaults.jsonl', {}, null, 7],
    ['origins-cors-off.jsonl', {}, null, 7],
    ['origins-cors-star.jsonl', { cors: '*' }, null, 7],
    ['origins-cors-true.jsonl', { cors: true }, null, 7],
  ];
  for (const [file, options, skip, answers] of played) test(`in ${file}`, async () => {
    assert.equal(await play(file, await fake(options), skip), answers);
  });

  test('in what /server/info offers', async () => {
    const ask = async (options: FakeDirectusOptions, token: string | null): Promise<unknown> => {
      const response = await fetch(`${(await fake(options)).origin}/server/info`, { headers: token === null ? {} : { authorization: `Bearer ${token}` } });
      return ((await response.json()) as { data: { websocket?: unknown } }).data.websocket;
    };
    const recorded = (file: string): unknown => readTranscript(file).find((line) => line.websocket !== undefined)?.websocket;
    assert.deepEqual(await ask({ floor: 'info' }, ADMIN), recorded('defaults.jsonl'));
    assert.deepEqual(await ask({ floor: 'debug' }, ADMIN), recorded('levels-ws-debug-log-error.jsonl'));
    assert.deepEqual(await ask({}, 'lab-viewer-static-token'), recorded('nonadmin.jsonl'));
    assert.deepEqual(await ask({ logsEnabled: false }, ADMIN), recorded('off-logs-disabled.jsonl'));
    assert.equal(await ask({ websocketsEnabled: false }, ADMIN), recorded('off-websockets-disabled.jsonl'));
    assert.equal(await ask({}, null), undefined);
  });
});

test('a path that is not the one of the logs gets no byte, and its connection stays open', async () => {
  const server = await fake();
  const tcp = connectTcp(Number(new URL(server.origin).port), '127.0.0.1');
  cleanUp.push(() => tcp.destroy());
  const seen: string[] = [];
  tcp.on('data', () => seen.push('data')).on('end', () => seen.push('end'));
  tcp.write(`GET /websocket/logs/?access_token=${ADMIN} HTTP/1.1\r\nHost: ${server.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`);
  await server.until(() => server.attempts.length === 1);
  await (await fetch(`${server.origin}/server/ping`)).text();
  assert.deepEqual([server.attempts, seen, tcp.destroyed], [['no answer'], [], false]);
});

test('a refusal is a bare status line', async () => {
  const server = await fake();
  const tcp = connectTcp(Number(new URL(server.origin).port), '127.0.0.1');
  cleanUp.push(() => tcp.destroy());
  let text = '';
  tcp.on('data', (data: Buffer) => text += data.toString());
  tcp.write(`GET /websocket/logs HTTP/1.1\r\nHost: ${server.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`);
  await once(tcp, 'end');
  assert.equal(text, 'HTTP/1.1 401 Unauthorized\r\n\r\n');
});

test('an origin is let in that CORS_ORIGIN lists or PUBLIC_URL is', async () => {
  for (const options of [{ cors: ['http://allowed.example'] }, { publicUrl: 'http://allowed.example' }]) {
    const server = await fake(options), url = `${server.url}?access_token=${ADMIN}`;
    assert.equal(await new Client(url, { origin: 'http://allowed.example' }).status, 101);
    assert.equal(await new Client(url, { origin: 'http://evil.example' }).status, 403);
  }
});

test('one viewer more than the limit gets 403, and gets in when another has left', async () => {
  const server = await fake({ connLimit: 1 }), first = await subscribed(server);
  assert.equal(await new Client(`${server.url}?access_token=${ADMIN}`).status, 403);
  first.socket.close();
  await server.until(() => server.sockets.size === 0);
  await subscribed(server);
});

test('a subscription gets its level and above, never below the floor, and the instance of each entry', async () => {
  const server = await fake({ floor: 'warn', uid: 'one' }), all = await subscribed(server, ADMIN, 'trace'), errors = await subscribed(server, ADMIN, 'error');
  const reached = [10, 30, 40, 50, 60].map((level) => server.log({ level, msg: 'x' }, 'two'));
  assert.deepEqual(reached, [0, 0, 1, 2, 2]);
  assert.equal(await all.next(), '{"type":"logs","data":{"level":40,"msg":"x"},"uid":"two"}');
  assert.equal(await errors.next(), '{"type":"logs","data":{"level":50,"msg":"x"},"uid":"two"}');
  assert.equal(server.log('{"level":60,"n":12345678901234567890}'), 2);
});

test('a WebSocket ping gets no pong', async () => {
  const client = await subscribed(await fake());
  client.socket.ping();
  await client.ask(SUBSCRIBE);
  assert.equal(client.pongs, 0);
});

test('a token that runs out ends its socket by itself, and a renewed one lives on', async () => {
  const clock = manualClock(), server = await fake({ clock }), first = server.issueToken(60_000), second = server.issueToken(120_000);
  const renewed = await subscribed(server, first), left = await subscribed(server, first);
  assert.equal(await renewed.ask(`{"type":"auth","access_token":"${second}"}`), '{"type":"auth","status":"ok"}');
  clock.advance(59_999);
  assert.equal(server.sockets.size, 2);
  clock.advance(1);
  assert.match(await left.next(), /TOKEN_EXPIRED/);
  assert.match(await left.next(), /AUTH_TIMEOUT/);
  assert.equal(await left.closed, 1005);
  assert.equal(await renewed.ask(SUBSCRIBE), '{"type":"logs","event":"subscribe","log_level":"info"}');
  const answer = await fetch(`${server.origin}/server/info`, { headers: { authorization: `Bearer ${first}` } });
  assert.deepEqual([answer.status, await answer.json()], [401, { errors: [{ message: 'Token expired.', extensions: { code: 'TOKEN_EXPIRED' } }] }]);
  clock.advance(60_000);
  assert.equal(await renewed.closed, 1005);
  assert.equal(clock.pending, 0);
});

test('a token taken back lets nobody in and leaves an open socket alone', async () => {
  const server = await fake(), client = await subscribed(server);
  server.revoke(ADMIN);
  assert.equal(await new Client(`${server.url}?access_token=${ADMIN}`).status, 401);
  assert.equal(server.log({ level: 30, msg: 'still' }), 1);
  assert.match(await client.next(), /still/);
});

test('a stop sends a last entry, cuts the connection and closes the port; a start has a new instance on the same port', async () => {
  const server = await fake(), client = await subscribed(server), { uid, url } = server;
  await server.stop();
  assert.match(await client.next(), /Shutting down\.\.\./);
  assert.equal(await client.closed, 1006);
  await assert.rejects(fetch(server.origin));
  await server.start();
  assert.equal(server.url, url);
  assert.notEqual(server.uid, uid);
  await subscribed(server);
});

test('a request is logged as Directus logs it, its token redacted', async () => {
  const server = await fake(), client = await subscribed(server);
  await (await fetch(`${server.origin}/server/ping?a=1&access_token=${ADMIN}`)).text();
  const { data } = JSON.parse(await client.next()) as { data: { req: { url: string; query: object }; res: { statusCode: number }; msg: string } };
  assert.deepEqual([data.req.url, data.req.query, data.res.statusCode, data.msg],
    ['/server/ping?a=1&access_token=--redacted--', { a: '1', access_token: '--redacted--' }, 200, 'request completed']);
});

test('too many messages and a server that hangs can be had', async () => {
  const server = await fake(), client = await subscribed(server);
  server.rateLimited = true;
  assert.match(await client.ask(SUBSCRIBE), /REQUESTS_EXCEEDED/);
  server.rateLimited = false;
  server.mute = true;
  client.socket.send(SUBSCRIBE);
  await server.until(() => server.received.length === 3);
  server.mute = false;
  assert.match(await client.ask('{"type":"unsubscribe"}'), /"event":"unsubscribe"/);
});

test('a replay sends every frame of a transcript, in order', async () => {
  const server = await fake(), client = new Client(`${server.url}?access_token=${ADMIN}`);
  await client.status;
  const sent = server.replay('happy-raw.jsonl'), arrived: string[] = [];
  while (arrived.length < sent.length) arrived.push(await client.next());
  assert.deepEqual(arrived, incomingFrames('happy-raw.jsonl'));
});
