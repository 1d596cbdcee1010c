import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BusSeal } from '../../src/server/bus-seal.js';
import { decodeBusMessage, encodeBusMessage } from '../../src/server/bus-message.js';
import { BusStreams } from '../../src/server/bus-streams.js';
import type { LogBatch } from '../../src/server/log-batch.js';
import { someChannel, startUpBus } from '../helpers/redis-buses.js';
import { clientOf, RedisServer } from '../helpers/redis-server.js';
import { batchOf } from './bus-contract.js';

const GOOD = encodeBusMessage('another-bus', batchOf('b', 1, 3));
const [head = '', ...lines] = GOOD.split('\n');
const HEAD = JSON.parse(head) as Record<string, unknown>;

const withHead = (change: Record<string, unknown>, body: readonly string[] = lines): string => [JSON.stringify({ ...HEAD, ...change }), ...body].join('\n');
const withoutKey = (key: string): string => withHead(Object.fromEntries([[key, undefined]]));

const VALUES: readonly unknown[] = [
  null, true, '', 'x', 0, -1, 1.5, 2 ** 31, 2 ** 48, 2 ** 53 - 1, 2 ** 53, 1e308, [], [null], ['30'], [30], [30, 30], [30, 30, 30, 30], [[30]], {}, { 30: 1 }, { 30: -1 }, { 30: 2 ** 53 },
  { x: 1 }, { 30: '1' }, { __proto__: 1 }, 'x'.repeat(65), Object.fromEntries(Array.from({ length: 65 }, (_, index) => [index, 0])),
];

/** Each of these is no message, or one that cannot be true. */
function poison(): string[] {
  const messages = [
    '', ' ', '\n', 'null', 'true', '0', '""', '[]', '{}', '{"log":null}', '{"log":{"level":30},"nodeId":"x"}', '\0', '\ufeff{}', '{', '}', '\u2028', 'undefined', 'NaN',
    'x'.repeat(5 * 1024 * 1024), `${head}\n${'{"a":'.repeat(100_000)}`, '['.repeat(100_000), `{"v":1,"sender":"${'x'.repeat(100_000)}"}`,
    ...Object.keys(HEAD).map(withoutKey),
  ];
  const wrong: Readonly<Record<string, (value: unknown) => boolean>> = {
    v: () => true, sender: (value) => value !== 'x', instance: (value) => value !== 'x', epoch: (value) => value !== 'x', seq: (value) => value !== 0,
    levels: (value) => JSON.stringify(value) !== '{}' && JSON.stringify(value) !== JSON.stringify(VALUES.at(-1)), lost: (value) => JSON.stringify(value) !== '{}' && value !== null,
    ended: (value) => value !== true, logged: () => true,
  };
  for (const [key, isWrong] of Object.entries(wrong)) for (const value of VALUES) if (isWrong(value)) messages.push(withHead({ [key]: value }));
  const bodies = [
    '', ' ', 'null', '1', '"x"', '[]', '{', '{}}', '{} {}', '{"a":1},"uid":"x","y":{"a":1', '{}},"uid":"x","epoch":"e","seq":1}', ' {}', '{}\r\n{}', 'not JSON', '{"a":\u2028}', '\0{}', '{\'a\':1}', '{"a":01}',
  ];
  for (const body of bodies) for (let place = 0; place < lines.length; place++) messages.push([head, ...lines.map((line, index) => (index === place ? body : line))].join('\n'));
  for (let count = 0; count < 12; count++) if (count !== lines.length) messages.push([head, ...Array.from({ length: count }, () => '{}')].join('\n'));
  for (let level = 0; level < 150; level++) messages.push(withHead({ seq: level + 1, levels: { [level]: level } }));
  for (let cut = 0; cut < GOOD.length; cut++) {
    const part = GOOD.slice(0, cut);
    messages.push(part, `${part}\u{1f642}`, `${part}\n${GOOD.slice(cut)}`, part + GOOD.slice(cut + 1).replaceAll('"', '\''));
  }
  return messages;
}

/** True but not to be believed: they speak for somebody else, or jump. */
const forged = (own: LogBatch): readonly string[] => [
  encodeBusMessage('another-bus', own),
  encodeBusMessage('another-bus', { ...own, ended: true, entries: [] }),
  encodeBusMessage('a-third-bus', batchOf('real', 1, 1)),
  encodeBusMessage('a-third-bus', { ...batchOf('real', 1, 0), ended: true }),
  encodeBusMessage('a-third-bus', batchOf('real', 2 ** 40, 1)),
];

test('more than a thousand poisoned messages are counted and dropped, and the stream beside them has no hole', async (context) => {
  const redis = await RedisServer.start(context), channel = someChannel();
  const [here, there] = await Promise.all([startUpBus(context, { url: redis.url, channel }), startUpBus(context, { url: redis.url, channel })]);
  const attacker = clientOf(context, redis.url);
  await attacker.connect();
  there.bus.publish(batchOf('own', 1, 1));
  here.bus.publish(batchOf('real', 1, 1));
  await there.until(() => there.heard.some(({ instance }) => instance === 'real'));
  const messages = [...poison(), ...forged(batchOf('own', 2, 1))];
  assert.ok(messages.length >= 1000, `${messages.length}`);
  let last = 1;
  for (let index = 0; index < messages.length; index += 50) {
    await Promise.all(messages.slice(index, index + 50).map((message) => attacker.publish(channel, message)));
    here.bus.publish(batchOf('real', last + 1, 2));
    last += 2;
  }
  await there.until(() => there.heard.at(-1)?.seq === last);
  assert.deepEqual(there.heard.filter(({ instance }) => instance === 'real').map(({ seq }) => seq), Array.from({ length: last }, (_, index) => index + 1));
  assert.deepEqual(new Set(there.heard.map(({ instance }) => instance)), new Set(['own', 'real']), 'nobody else spoke');
  assert.equal(there.bus.counts.refused, messages.length);
  assert.equal(there.bus.state.state, 'up');
  assert.deepEqual(there.errors.map(String), ['RedisTrouble: messages on the channel were refused: they are none of system-logs, or speak for an instance that another process is; a secret keeps others out'], 'told once');
});

test('with a secret, whatever was not sealed by it is counted, said and dropped: poison, forged speech, true messages sealed otherwise', async (context) => {
  const redis = await RedisServer.start(context), channel = someChannel(), secret = 'a secret of all instances';
  const options = { url: redis.url, channel, secret }, [here, there] = await Promise.all([startUpBus(context, options), startUpBus(context, options)]);
  const attacker = clientOf(context, redis.url), seen: string[] = [];
  await attacker.connect();
  const ear = clientOf(context, redis.url);
  await ear.connect();
  await ear.subscribe(channel, (message) => seen.push(message));
  here.bus.publish(batchOf('real', 1, 1));
  await there.until(() => there.heard.length === 1);
  const sealed = seen[0] ?? '';
  assert.ok(!sealed.includes(secret));
  const messages = [
    ...poison().filter((message) => message.length < 1_000_000), ...forged(batchOf('own', 1, 1)), new BusSeal('another secret, as long', channel).close(GOOD), new BusSeal(secret, 'another channel').close(GOOD),
    sealed.slice(0, -1), `${sealed} `, sealed.replace('real', 'fake'), ...Array.from({ length: 22 }, (_, at) => `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'Q' : 'A'}${sealed.slice(at + 1)}`),
    ...Array.from({ length: 1200 }, (_, index) => encodeBusMessage('forger', batchOf(`invented ${index}`, 1, 1))),
  ];
  for (let index = 0; index < messages.length; index += 50) await Promise.all(messages.slice(index, index + 50).map((message) => attacker.publish(channel, message)));
  const late = await startUpBus(context, options);
  late.bus.publish(batchOf('late', 1, 1));
  await there.until(() => there.heard.some(({ instance }) => instance === 'late'));
  assert.deepEqual(there.heard.map(({ instance }) => instance), ['real', 'late'], 'nobody was invented, and nobody pushed out');
  assert.deepEqual([there.bus.counts.unsealed, there.bus.counts.refused, there.bus.counts.crowded], [messages.length, 0, 0]);
  assert.deepEqual(there.errors.map(String), ['RedisTrouble: messages on the channel do not have the seal of the secret: another instance has another secret or none, or somebody else speaks there']);
});

test('each of them is refused for what it is, and the message that they are made of is not', () => {
  assert.deepEqual(decodeBusMessage(GOOD), { sender: 'another-bus', batch: { ...batchOf('b', 1, 3), watched: true } });
  for (const message of poison()) {
    if (message.length < 4 * 1024 * 1024) assert.equal(decodeBusMessage(message), null, message.slice(0, 300));
  }
});

test('what is written is read as it was; whatever else comes is a whole batch or nothing', () => {
  const texts = fc.array(fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value)), { maxLength: 20 });
  fc.assert(fc.property(texts, fc.nat(1000), fc.boolean(), fc.boolean(), (written, before, ended, watched) => {
    const entries = written.map((text, index) => ({ instance: 'i', epoch: 'e', seq: before + index + 1, lseq: before + index + 1, level: 30, text }));
    const batch: LogBatch = { instance: 'i', epoch: 'e', seq: before, levels: new Map(before === 0 ? [] : [[30, before]]), lost: new Map(before > 2 ? [[30, 2]] : []), ended, watched, entries };
    assert.deepEqual(decodeBusMessage(encodeBusMessage('s', batch)), { sender: 's', batch });
  }), { numRuns: 300 });
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => decodeBusMessage(text) === null), { numRuns: 500 });
  fc.assert(fc.property(fc.json(), fc.json(), (first, second) => decodeBusMessage(`${first}\n${second}`) === null), { numRuns: 500 });
});

test('a thousand streams and no more; one that was silent for long gives up its place, a stream of this process never', () => {
  const streams = new BusStreams();
  streams.own(batchOf('own', 1, 0));
  for (let index = 0; index < 1000; index++) assert.equal(streams.admit({ sender: 's', batch: batchOf(`i${index}`, 1, 1) }, index), 'new');
  assert.equal(streams.admit({ sender: 's', batch: batchOf('one more', 1, 1) }, 1000), 'crowded');
  assert.equal(streams.admit({ sender: 's', batch: batchOf('i7', 2, 1) }, 1000), 'new');
  assert.equal(streams.size, 1000);
  assert.equal(streams.admit({ sender: 's', batch: batchOf('one more', 1, 1) }, 600_001), 'new');
  assert.equal(streams.admit({ sender: 's', batch: batchOf('own', 1, 1) }, 2_000_000), 'refused');
});

test('where all places are taken, whoever goes on keeps its own, and one that has ended is the first to go', () => {
  const streams = new BusStreams();
  streams.admit({ sender: 'real', batch: batchOf('real', 1, 1) }, 0);
  for (let index = 0; index < 1200; index++) streams.admit({ sender: 'forger', batch: batchOf(`invented ${index}`, 1, 1) }, index);
  assert.deepEqual([streams.size, streams.admit({ sender: 'real', batch: batchOf('real', 2, 1) }, 1200)], [1000, 'new']);
  assert.equal(streams.admit({ sender: 'forger', batch: { ...batchOf('invented 5', 2, 0), ended: true } }, 1300), 'new');
  assert.deepEqual([streams.admit({ sender: 's', batch: batchOf('new', 1, 1) }, 1301), streams.admit({ sender: 's', batch: batchOf('newer', 1, 1) }, 1302)], ['new', 'crowded']);
});

test('a jump that nobody can have made is refused, and the stream goes on where it was', () => {
  const streams = new BusStreams(), admit = (from: number): string => streams.admit({ sender: 's', batch: batchOf('i', from, 1) }, 0);
  assert.deepEqual([admit(1), admit(2 ** 40), admit(2), admit(3_600_000_000), admit(3_600_000_001)], ['new', 'refused', 'new', 'new', 'new']);
});

test('a batch that is sent again is told apart from one that says where its stream stands', () => {
  const streams = new BusStreams(), admit = (from: number, count: number): string => streams.admit({ sender: 's', batch: batchOf('i', from, count) }, 0);
  assert.deepEqual([admit(1, 3), admit(1, 3), admit(4, 0), admit(4, 0), admit(4, 2), admit(3, 1), admit(9, 1)], ['new', 'repeated', 'new', 'new', 'new', 'repeated', 'new']);
});
