// What the bus costs: CPU time for each entry that a process publishes, for each that it receives, and for Redis. By hand: `npm run bench:bus`.
// Two processes and a real Redis on loopback; entries of 250 bytes, as many a second as RATE says (default 5,000). Prints one JSON line last.
import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { encodeBusMessage } from '../../src/server/bus-message.js';
import { createLogServer } from '../../src/server/index.js';
import { clientOf, RedisServer } from '../helpers/redis-server.js';

const SENDERS = 100;
const RATE = Number(process.env['RATE'] ?? 5000), SECONDS = 5, TICK_MS = 10;
const LINE = `{"level":30,"time":1795373207554,"pid":32753,"hostname":"vm","req":{"id":1,"method":"GET","url":"/products?page=2&limit=24"},"res":{"statusCode":200},"responseTime":4,"msg":"request completed"${' '.repeat(60)}}\n`;

const used = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** Logs at a rate; resolves with how many entries that were. */
async function log(destination: { write(line: string): boolean }, rate: number, seconds: number): Promise<number> {
  const startedAt = performance.now();
  let entries = 0;
  while (performance.now() - startedAt < seconds * 1000) {
    const due = Math.floor(((performance.now() - startedAt) * rate) / 1000);
    for (; entries < due; entries++) destination.write(LINE);
    await wait(TICK_MS);
  }
  return entries;
}

/** One of the two processes: tells its CPU time whenever it is asked, and logs when it is told. */
async function child(role: string, redis: string, channel: string): Promise<void> {
  const server = createLogServer({ instance: role, redis: { url: redis, channel }, authenticate: () => null });
  process.on('message', (rate: number | 'cpu') => {
    if (rate === 'cpu') process.send?.(used());
    else void log(server.destination, rate, SECONDS).then((entries) => process.send?.(entries));
  });
  process.once('disconnect', () => void server.close().then(() => process.exit()));
  await wait(1000);
  process.send?.('ready');
}

/** One message an entry, as from many instances that log little each; resolves with how many those were. */
async function sendAsMany(redis: string, channel: string, rate: number): Promise<number> {
  const ends: (() => unknown)[] = [], client = clientOf({ after: (end) => ends.push(end) }, redis), places = new Array<number>(SENDERS).fill(0), run = randomUUID().slice(0, 8);
  await client.connect();
  const send = (n: number): void => {
    const index = n % SENDERS, instance = `${run}-${index}`, seq = places[index] as number, entry = { instance, epoch: 'e', seq: seq + 1, lseq: seq + 1, level: 30, text: LINE.trim() };
    places[index] = seq + 1;
    const batch = { instance, epoch: 'e', seq, levels: new Map(seq === 0 ? [] : [[30, seq]]), lost: new Map<number, number>(), ended: false, entries: [entry] };
    void client.publish(channel, encodeBusMessage(`sender-${index}`, batch));
  };
  let sent = 0;
  for (const startedAt = performance.now(); performance.now() - startedAt < SECONDS * 1000; await wait(TICK_MS)) {
    for (const due = Math.floor(((performance.now() - startedAt) * rate) / 1000); sent < due;) send(sent++);
  }
  for (const end of ends) await end();
  return sent;
}

async function ask(process: ChildProcess, order: number | 'cpu'): Promise<number> {
  process.send(order);
  return (await once(process, 'message') as [number])[0];
}

async function measure(): Promise<void> {
  const ends: (() => unknown)[] = [], redis = await RedisServer.start({ after: (end) => ends.push(end) }), channel = randomUUID();
  const [publisher, receiver] = await Promise.all(['publisher', 'receiver'].map(async (role) => {
    const started = fork(import.meta.filename, [role, redis.url, channel], { execArgv: ['--import', 'tsx'] });
    await once(started, 'message');
    return started;
  })) as [ChildProcess, ChildProcess];
  const cpuOfRedis = async (): Promise<number> => {
    const info = String(await redis.command('INFO', 'cpu')), of = (name: string): number => Number(new RegExp(`used_cpu_${name}:([\\d.]+)`).exec(info)?.[1] ?? NaN);
    return (of('user') + of('sys')) * 1e6;
  };
  const cpu = async (): Promise<number[]> => [await ask(publisher, 'cpu'), await ask(receiver, 'cpu'), await cpuOfRedis()];
  /** Microseconds of CPU of publisher, receiver and Redis while it logs at a rate. */
  const run = async (rate: number): Promise<{ entries: number; spent: number[] }> => {
    const before = await cpu(), entries = await ask(publisher, rate), after = await cpu();
    return { entries, spent: after.map((time, index) => time - (before[index] as number)) };
  };
  // code that has not run yet is slow; and what a process costs that logs nothing is not the entries'
  await run(RATE);
  const idle = await run(0), figures: Record<string, unknown> = { idlePercent: Number(((idle.spent[0] as number) / SECONDS / 1e4).toFixed(2)) };
  for (const rate of [100, RATE, RATE * 4]) {
    const { entries, spent } = await run(rate), [publishUs, receiveUs, redisUs] = spent.map((time, index) => Number(((time - (idle.spent[index] as number)) / entries).toFixed(2)));
    console.log(`at ${rate} a second, of each entry: ${publishUs} µs where it is logged, ${receiveUs} µs in each other process, ${redisUs} µs in Redis with 2 listeners`);
    figures[rate] = { entries, publishUs, receiveUs, redisUs };
  }
  for (const rate of [1000, 5000]) {
    const before = await cpu(), sent = await sendAsMany(redis.url, channel, rate), spent = (await cpu()).map((time, index) => time - (before[index] as number));
    const [, receiveUs, redisUs] = spent.map((time, index) => Number(((time - (idle.spent[index] as number)) / sent).toFixed(2)));
    console.log(`at ${rate} a second, each a message of its own from one of ${SENDERS} instances: ${receiveUs} µs in each process, ${redisUs} µs in Redis with 2 listeners`);
    figures[`${rate} of ${SENDERS}`] = { messages: sent, receiveUs, redisUs };
  }
  console.log(JSON.stringify(figures));
  publisher.disconnect();
  receiver.disconnect();
  for (const end of ends) await end();
}

const [role, url, channel] = process.argv.slice(2);
await (role === undefined || url === undefined || channel === undefined ? measure() : child(role, url, channel));
