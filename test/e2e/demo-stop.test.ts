import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { encodeSubscribe } from '../../src/core/protocol.js';
import { BY_NPM, startDemo } from '../helpers/demo.js';
import { WsClient } from '../helpers/ws-client.js';

const LONGEST_STOP_MS = 2000;

test('SIGTERM ends the demo at once and cleanly, with traffic going and a viewer open, who is told why', async () => {
  const demo = await startDemo({ CUSTOMERS: '50' });
  const viewer = new WebSocket(demo.endpoint);
  await once(viewer, 'open');
  viewer.send(encodeSubscribe('trace'));
  const texts: string[] = [];
  viewer.on('message', (data) => texts.push((data as Buffer).toString('utf8')));
  while (texts.length < 10) await once(viewer, 'message');
  const closed = once(viewer, 'close') as Promise<[code: number]>;

  const { code, ms } = await demo.stop();

  assert.equal(code, 0);
  assert.ok(ms < LONGEST_STOP_MS, `it took ${ms} ms`);
  assert.equal((await closed)[0], 1012);
});

test('SIGTERM with fifty viewers, one of which reads nothing: gone within two seconds, each told', async () => {
  const demo = await startDemo({ CUSTOMERS: '200' });
  const clients = await Promise.all(Array.from({ length: 50 }, () => WsClient.open(demo.endpoint)));
  await Promise.all(clients.map((client, index) => client.ask({ type: 'subscribe', log_level: 'trace', ...(index % 2 === 0 ? { ext: { v: 1 } } : {}) })));
  const [stalled, ...others] = clients as [WsClient, ...WsClient[]];
  stalled.pause();
  for (const client of others) await client.until(() => client.frames.length > 20);

  const { code, ms } = await demo.stop();

  assert.equal(code, 0);
  assert.ok(ms < LONGEST_STOP_MS, `it took ${ms} ms`);
  stalled.resume();
  const closed = await Promise.all(others.map((client) => client.closed));
  assert.deepEqual(new Set(closed.map((each) => each.code)), new Set([1012]));
  for (const [index, client] of others.entries()) if (index % 2 === 1) assert.ok(client.frames.some((frame) => frame.startsWith('{"type":"logs","event":"bye","code":"restart"')));
});

test('SIGTERM to npm start reaches the demo', async () => {
  const demo = await startDemo({}, BY_NPM);
  assert.equal((await demo.stop()).code, 0);
  await assert.rejects(fetch(demo.page));
});

test('a port that is taken is said in one sentence', async () => {
  const demo = await startDemo();
  try {
    await assert.rejects(startDemo({ PORT: new URL(demo.page).port }), /ended with code 1/);
  } finally {
    await demo.stop();
  }
});

test('the endpoint asks who is there: no token, a wrong token, a foreign page', async () => {
  const demo = await startDemo();
  const open = (address: string, headers: Record<string, string> = {}): Promise<number> => new Promise((resolve) => {
    const socket = new WebSocket(address, { headers });
    socket.on('open', () => { socket.terminate(); resolve(101); });
    socket.on('unexpected-response', (_request, response) => { response.resume(); resolve(response.statusCode ?? 0); });
    socket.on('error', () => undefined);
  });
  const plain = demo.endpoint.replace(/\?.*/, '');
  try {
    const cookie = ((await fetch(demo.page)).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    assert.equal(await open(demo.endpoint), 101);
    assert.equal(await open(plain), 401);
    assert.equal(await open(`${plain}?access_token=wrong`), 401);
    assert.equal(await open(plain, { cookie, origin: new URL(demo.page).origin }), 101);
    assert.equal(await open(plain, { cookie, origin: 'http://evil.example' }), 403);
  } finally {
    await demo.stop();
  }
});
