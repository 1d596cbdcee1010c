// What an operator is told: how the log server is, for a health route, and each trouble of Redis.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeBusMessage } from '../../src/server/bus-message.js';
import { LocalBus, type BusState } from '../../src/server/index.js';
import { someChannel } from '../helpers/redis-buses.js';
import { clientOf, RedisServer } from '../helpers/redis-server.js';
import { batchOf } from './bus-contract.js';
import { source } from './hub-bench.js';
import { startServer } from './start-server.js';

const SECRET = 'a secret of all instances';

test('without Redis there are viewers and no bus, and nobody is told of its state', async (context) => {
  const server = await startServer(context, { maxConnections: 7 });
  server.logs.onBusState(() => assert.fail('there is none'))();
  await server.open();
  assert.deepEqual(server.logs.health(), { enabled: true, instance: 'inst0001', viewers: 1, maxConnections: 7, bus: null });
  await server.logs.close();
  assert.equal(server.logs.health().viewers, 0);
});

test('Redis is lost and found: health and listeners say since when and why, in words that hold no secret; onError is told the cause', async (context) => {
  const redis = await RedisServer.start(context, ['--requirepass', 'pass-of-redis']), channel = someChannel(), told: string[] = [], states: BusState[] = [];
  const server = await startServer(context, {
    redis: { url: redis.url.replace('//', '//:pass-of-redis@'), channel, secret: SECRET }, onError: (error, source) => told.push(`${source}: ${(error as Error).message}`),
  });
  const waiting = new Set<() => void>(), until = (holds: () => boolean): Promise<void> => new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      waiting.delete(look);
      resolve();
    };
    waiting.add(look);
    look();
  });
  const leave = server.logs.onBusState((state) => {
    states.push(state);
    for (const look of [...waiting]) look();
  });
  await until(() => server.logs.health().bus?.state === 'up');
  await redis.kill();
  await until(() => states.at(-1)?.state === 'down');
  server.logger.info('waits for Redis');
  server.logs.destination.flushSync();
  const { bus } = server.logs.health();
  assert.deepEqual([bus?.state, bus?.since, (bus?.waitingBytes ?? 0) > 0, bus?.dropped], ['down', states.at(-1)?.since, true, 0]);
  assert.match(bus?.reason ?? '', /^(?:the connection to Redis was lost|nothing listens at the address of Redis)$/);
  await redis.start();
  await until(() => states.at(-1)?.state === 'up');
  leave();

  const attacker = clientOf(context, redis.url.replace('//', '//:pass-of-redis@'));
  await attacker.connect();
  for (let index = 0; index < 20; index++) await attacker.publish(channel, '{"v":1}');
  while (server.logs.health().bus?.unsealed !== 20) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(told.length, 2, 'each trouble once');
  assert.match(told[0] ?? '', /^bus: (?:the connection to Redis was lost|nothing listens at the address of Redis)$/);
  assert.match(told[1] ?? '', /^bus: messages on the channel do not have the seal of the secret/);
  for (const secret of ['pass-of-redis', SECRET]) assert.ok(!JSON.stringify([server.logs.health(), states, told]).includes(secret));
});

test('without a secret, who speaks for an instance that another process is, or makes up its numbers, is refused, counted, and told to onError once a minute', async (context) => {
  const redis = await RedisServer.start(context), channel = someChannel(), told: string[] = [];
  const server = await startServer(context, { redis: { url: redis.url, channel }, onError: (error, from) => told.push(`${from}: ${(error as Error).message}`) });
  const attacker = clientOf(context, redis.url);
  await attacker.connect();
  while (server.logs.health().bus?.state !== 'up') await new Promise((resolve) => setImmediate(resolve));
  const say = (sender: string, from: number): Promise<unknown> => attacker.publish(channel, encodeBusMessage(sender, batchOf('i', from, 1)));
  await say('first', 1);
  for (let from = 2; from < 12; from++) await say('second', from);
  // behind what is missing, less of a level than before
  await attacker.publish(channel, encodeBusMessage('first', { ...batchOf('i', 5, 1), levels: new Map([[40, 4]]), entries: [] }));
  while (server.logs.health().bus?.refused !== 11) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(told.length, 2, told.join());
  assert.match(told[0] ?? '', /^bus: messages on the channel were refused: they are none of system-logs, or speak for an instance that another process is; a secret keeps others out$/);
  assert.match(told[1] ?? '', /^bus: Entries that came over the bus were refused: their numbers contradict what their instance said before/);
});

test('entries of a bus of the application that contradict those before are told to onError too', async (context) => {
  const bus = new LocalBus(), told: string[] = [], from = source();
  await startServer(context, { bus, onError: (error, where) => told.push(`${where}: ${(error as Error).message}`) });
  bus.publish(from.log(30, 30));
  for (let time = 0; time < 3; time++) bus.publish({ ...from.log(40), levels: new Map([[30, 1], [40, 1]]) });
  assert.equal(told.length, 1);
  assert.match(told[0] ?? '', /^bus: Entries that came over the bus were refused/);
});
