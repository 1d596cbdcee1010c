import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { test } from 'node:test';
import { manualClock } from '../helpers/manual-platform.js';
import { PagelessViewer } from '../helpers/pageless-viewer.js';
import { LocalBus } from '../../src/server/index.js';
import { source } from './hub-bench.js';
import { listen, startServer, TOKEN } from './start-server.js';

test('an outage of 10 s at 500 entries a second is resumed with none lost and none twice; a viewer that begins anew has none of them', async (context) => {
  const { http, host, logger } = await startServer(context), sockets = new Set<Socket>(), clock = manualClock();
  http.on('connection', (socket: Socket) => sockets.add(socket));
  const url = `ws://${host}/websocket/logs`, viewer = new PagelessViewer({ url, accessToken: TOKEN, clock });
  context.after(() => viewer.connection.disconnect());
  await viewer.live();
  for (let number = 0; number < 100; number++) logger.info({ number }, 'before');
  await viewer.entries(100);
  for (const socket of sockets) socket.destroy();
  await viewer.until(({ state }) => state === 'reconnecting');
  for (let number = 100; number < 5100; number++) {
    logger[number % 50 === 0 ? 'error' : 'info']({ number }, 'during');
    if (number % 500 === 0) await new Promise(setImmediate);
  }
  clock.advance(10_000);
  await viewer.live();
  logger.info({ number: 5100 }, 'after');
  const entries = await viewer.entries(5101), { store } = viewer;
  assert.deepEqual(entries.map(({ text }) => (JSON.parse(text) as { number: number }).number), Array.from({ length: 5101 }, (_, number) => number));
  const { missing, unknowable, length } = store.snapshot;
  assert.deepEqual({ missing, unknowable, rows: length, duplicates: store.accounting.duplicates }, { missing: [0, 0, 0, 0, 0, 0], unknowable: 0, rows: 5101, duplicates: 0 });

  const reloaded = new PagelessViewer({ url, accessToken: TOKEN, clock: manualClock() });
  context.after(() => reloaded.connection.disconnect());
  await reloaded.live();
  logger.info({ number: 5101 }, 'now');
  assert.deepEqual((await reloaded.entries(1)).map(({ text }) => (JSON.parse(text) as { msg: string }).msg), ['now']);
});

test('a server that stops and starts anew: the end of the old start is known, and what was logged before the viewer is back is counted', async (context) => {
  const clock = manualClock(), first = await startServer(context), viewer = new PagelessViewer({ url: `ws://${first.host}/websocket/logs`, accessToken: TOKEN, clock });
  context.after(() => viewer.connection.disconnect());
  await viewer.live();
  first.logger.info('one');
  await viewer.entries(1);
  const { port } = first.http.address() as { port: number };
  await first.logs.close();
  await viewer.until(({ state }) => state === 'reconnecting');
  await new Promise((resolve) => first.http.close(resolve));
  const second = await startServer(context, {}, port);
  for (let number = 0; number < 7; number++) second.logger.warn({ number }, 'early');
  await new Promise(setImmediate);
  clock.advance(2000);
  await viewer.live();
  second.logger.info('two');
  await viewer.untilStore(({ snapshot: { received, missing } }) => received + missing.reduce((sum, count) => sum + count) === 9);
  const { unknowable } = viewer.store.snapshot;
  assert.deepEqual([unknowable, viewer.store.accounting.contradictions, viewer.store.accounting.duplicates], [0, 0, 0]);
});

test('120 instances are resumed, although their places do not fit into one message: none is lost and none comes twice', async (context) => {
  const bus = new LocalBus(), { http, host } = await startServer(context, { bus }), sockets = new Set<Socket>(), clock = manualClock();
  http.on('connection', (socket: Socket) => sockets.add(socket));
  const viewer = new PagelessViewer({ url: `ws://${host}/websocket/logs`, accessToken: TOKEN, clock });
  context.after(() => viewer.connection.disconnect());
  const instances = Array.from({ length: 120 }, (_, number) => source(`shop-api-7c9f6d5b4-${number}`, 'm3k9x1Qa'));
  const log = (): void => instances.forEach((instance) => bus.publish(instance.log(30, 40)));
  await viewer.live();
  log();
  await viewer.entries(240);
  for (const socket of sockets) socket.destroy();
  await viewer.until(({ state }) => state === 'reconnecting');
  log();
  clock.advance(10_000);
  await viewer.live();
  log();
  await viewer.entries(720);
  const { accounting, snapshot: { missing, unknowable, gaps } } = viewer.store;
  assert.deepEqual({ missing, unknowable, gaps, duplicates: accounting.duplicates, contradictions: accounting.contradictions }, { missing: [0, 0, 0, 0, 0, 0], unknowable: 0, gaps: [], duplicates: 0, contradictions: 0 });
  assert.equal(accounting.streams.length, 121, "and the server's own");
});

test('an instance that was not heard for long when a viewer comes is none of its losses; heard again, what it logged since and did not come is counted', async (context) => {
  const bus = new LocalBus(), clock = manualClock(), { host } = await startServer(context, { bus, clock }), quiet = source('api');
  bus.publish(quiet.log(30, 30));
  for (let mark = 0; mark < 5; mark++) clock.advance(5000);
  const viewer = new PagelessViewer({ url: `ws://${host}/websocket/logs`, accessToken: TOKEN, clock: manualClock() });
  context.after(() => viewer.connection.disconnect());
  await viewer.live();
  const { accounting } = viewer.store;
  await viewer.untilStore(() => accounting.streams.some(({ instance }) => instance === 'api'));
  clock.advance(5000);
  assert.equal(accounting.unknowable, 0);
  quiet.log(30, 40, 30);
  bus.publish(quiet.log(30));
  await viewer.entries(1);
  const { missing, unknowable } = viewer.store.snapshot;
  assert.deepEqual([missing, unknowable, accounting.contradictions], [[0, 0, 2, 1, 0, 0], 0, 0]);
});

test('a lone viewer whose instance is killed goes on at one that nobody has watched for longer than it keeps anything, and misses nothing', async (context) => {
  const clock = manualClock(1e6), shared = { clock, bus: new LocalBus(), keepMs: 60_000, heartbeatMs: 1e9, recheckMs: 1e9 };
  const a = await startServer(context, { ...shared, instance: 'a' }), b = await startServer(context, { ...shared, instance: 'b' });
  clock.advance(100_000);
  const { port } = a.http.address() as AddressInfo, sockets = new Set<Socket>(), own = manualClock();
  a.http.on('connection', (socket: Socket) => sockets.add(socket));
  const viewer = new PagelessViewer({ url: `ws://${a.host}/websocket/logs`, accessToken: TOKEN, clock: own });
  context.after(() => viewer.connection.disconnect());
  await viewer.live();
  // at once, before its instance announces itself the next time
  b.logger.info('one');
  await viewer.entries(1);
  clock.advance(100_000);
  b.logger.info('two');
  await viewer.entries(2);
  // nobody listens at the address any more, and what is on its way is lost
  a.http.close();
  for (const socket of sockets) socket.destroy();
  await viewer.until(({ state }) => state === 'reconnecting');
  for (let number = 0; number < 20; number++) b.logger.info({ number }, 'missed');
  await new Promise(setImmediate);
  const there = createServer();
  context.after(() => there.close());
  b.logs.attach(there);
  await listen(there, port);
  own.advance(2000);
  await viewer.live();
  b.logger.info('three');
  await viewer.untilStore(({ snapshot: { received, missing } }) => received + missing.reduce((sum, count) => sum + count) === 23);
  assert.deepEqual([viewer.store.snapshot.missing, viewer.store.accounting.duplicates], [[0, 0, 0, 0, 0, 0], 0]);
  a.logs.destination.end();
});
