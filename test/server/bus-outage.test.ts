import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeServerFrame, type BusFrame, type ServerFrame } from '../../src/core/protocol.js';
import { awayOf, outageInWords } from '../../src/server/bus-outage.js';
import type { BusState } from '../../src/server/log-bus.js';
import { RedisServer } from '../helpers/redis-server.js';
import { entriesOf, startServer } from './start-server.js';

const up = (since: number): BusState => ({ state: 'up', since, reason: null }), down = (since: number, reason: string | null = 'Redis does not answer'): BusState => ({ state: 'down', since, reason });

test('an outage is told with its reason, its end with how long it was; a first connection is not worth a word', () => {
  assert.equal(outageInWords(null, { state: 'connecting', since: 0, reason: null }), null);
  assert.equal(outageInWords(null, up(0)), null);
  assert.equal(outageInWords(up(0), down(1)), '[log stream] Entries of other instances are not shown: Redis does not answer.');
  assert.equal(outageInWords(null, down(1, null)), '[log stream] Entries of other instances are not shown: they cannot be reached.');
  assert.equal(outageInWords(down(1000), up(13_400)), '[log stream] Entries of other instances are shown again, after 12 s.');
  assert.equal(outageInWords(down(1000), up(1001)), '[log stream] Entries of other instances are shown again, after 1 s.');
});

test('a frame says since when others are away, and why', () => {
  assert.deepEqual(awayOf(down(7)), { since: 7, reason: 'Redis does not answer' });
  assert.deepEqual(awayOf(down(7, null)), { since: 7, reason: 'they cannot be reached' });
  assert.deepEqual([awayOf(up(7)), awayOf({ state: 'connecting', since: 7, reason: null })], [null, null]);
});

test('viewers of every kind are told, whatever their level: in words, or by a frame where they know it; one that comes meanwhile is too; own entries go on', async (context) => {
  const redis = await RedisServer.start(context);
  await redis.kill();
  const server = await startServer(context, { redis: { url: redis.url } });
  const words = (frames: readonly string[]): unknown[] => entriesOf(frames).map((entry) => [entry['level'], entry['msg']]);
  const outage = [40, '[log stream] Entries of other instances are not shown: nothing listens at the address of Redis.'];
  const plain = await server.watch('fatal'), numbered = await server.watch('fatal', true);
  const told = (): BusFrame[] => numbered.frames.map(decodeServerFrame).flatMap((frame) => (frame.type === 'bus' ? [frame] : []));
  await plain.until(() => words(plain.frames).length === 1);
  const late = await server.watch('error');
  await late.until(() => words(late.frames).length === 1);
  const lateNumbered = await server.watch('fatal', true), { ext } = decodeServerFrame(lateNumbered.frames[0] ?? '') as Extract<ServerFrame, { type: 'subscribed' }>;
  assert.equal(ext?.away?.reason, 'nothing listens at the address of Redis');
  server.logger.fatal('of its own');
  for (const client of [plain, late]) {
    await client.until(() => words(client.frames).length === 2);
    assert.deepEqual(words(client.frames), [outage, [60, 'of its own']]);
  }
  await redis.start();
  await numbered.until(() => told().at(-1)?.away === null);
  // it may have come before the first try failed, or after
  for (const { away } of told().slice(0, -1)) assert.deepEqual(away, ext?.away);
  assert.ok((told().at(-1)?.since ?? 0) > (ext?.away?.since ?? Infinity));
  assert.deepEqual(words(numbered.frames), [[60, 'of its own']]);
  for (const client of [plain, late]) {
    await client.until(() => words(client.frames).length === 3);
    assert.match(String((words(client.frames)[2] as unknown[])[1]), /^\[log stream\] Entries of other instances are shown again, after \d+ s\.$/);
  }
  const next = await server.watch('fatal');
  server.logger.fatal('all is well');
  await next.until(() => words(next.frames).length === 1);
  assert.deepEqual(words(next.frames), [[60, 'all is well']]);
});
