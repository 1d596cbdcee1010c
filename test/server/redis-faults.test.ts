import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { configFromEnv } from '../../src/server/config.js';
import type { LogBatch } from '../../src/server/log-batch.js';
import { manualClock } from '../helpers/manual-platform.js';
import { someChannel, startBus, startUpBus, type ListeningBus } from '../helpers/redis-buses.js';
import { clientOf, RedisServer } from '../helpers/redis-server.js';
import { redisBus } from '../../src/server/redis-bus.js';
import { batchOf } from './bus-contract.js';

const SECRET = 'a-password-that-nobody-may-see';

/** Text that cannot be squeezed. */
const NOISE = randomBytes(1_000_000).toString('base64url');
const noise = (n: number, size: number): string => NOISE.slice((n * size) % 1_000_000, (n * size) % 1_000_000 + size);

/** `count` entries of an instance from `from` on, each of `size` characters or a little more. */
const batch = (from: number, count: number, size = 0, instance = 'a'): LogBatch => batchOf(instance, from, count, (n) => `{"n":${n},"pad":"${noise(n, size)}"}`);

const numbers = (bus: ListeningBus, instance = 'a'): number[] => bus.heard.filter((entry) => entry.instance === instance).map((entry) => entry.seq);
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** A server that is no Redis, or one in a bad state: `answer` gets each chunk. */
async function startPretender(test: TestContext, answer: (socket: Socket, chunk: string) => void): Promise<string> {
  const sockets = new Set<Socket>(), server = createServer((socket) => {
    sockets.add(socket);
    socket.setEncoding('latin1').on('data', (chunk: string) => answer(socket, chunk)).on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.after(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('Redis goes and comes', () => {
  test('it is away at the start: own entries reach own viewers, and the others too when it has come', async (context) => {
    const redis = await RedisServer.start(context), channel = someChannel();
    await redis.kill();
    const here = startBus(context, { url: redis.url, channel }), there = startBus(context, { url: redis.url, channel });
    const { reason } = await here.state('down');
    assert.equal(reason, 'nothing listens at the address of Redis');
    here.bus.publish(batch(1, 10));
    assert.deepEqual(numbers(here), range(1, 10));
    await redis.start();
    await Promise.all([here.state('up'), there.state('up')]);
    here.bus.publish(batch(11, 10));
    await there.until(() => there.heard.length === 20);
    assert.deepEqual(numbers(there), range(1, 20));
    assert.deepEqual(numbers(here), range(1, 20), 'not one comes back');
  });

  test('it is killed and started again in the middle of a stream: nothing is lost, nothing comes twice', async (context) => {
    const redis = await RedisServer.start(context), channel = someChannel();
    const [here, there] = await Promise.all([startUpBus(context, { url: redis.url, channel }), startUpBus(context, { url: redis.url, channel })]);
    let next = 1;
    const publish = (): void => {
      here.bus.publish(batch(next, 20, 200));
      next += 20;
    };
    const stream = setInterval(publish, 5);
    context.after(() => clearInterval(stream));
    await there.until(() => there.heard.length > 200);
    await redis.kill();
    assert.match(String((await here.state('down')).reason), /^[a-z].*Redis/);
    await here.until(() => here.heard.length > 1000);
    await redis.start();
    await here.state('up');
    await here.until(() => here.heard.length > 4000);
    clearInterval(stream);
    await there.until(() => there.heard.at(-1)?.seq === next - 1);
    assert.deepEqual(numbers(there), range(1, next - 1));
    assert.deepEqual(numbers(here), range(1, next - 1));
    assert.equal(here.bus.counts.dropped, 0);
    assert.equal(here.errors.length, 1, 'told once');
  });

  test('more is logged than may wait: the oldest are dropped, and what is missing is as much as was counted', async (context) => {
    const redis = await RedisServer.start(context), channel = someChannel();
    const [here, there] = await Promise.all([startUpBus(context, { url: redis.url, channel, maxQueuedBytes: 300_000 }), startUpBus(context, { url: redis.url, channel })]);
    here.bus.publish(batch(1, 5));
    await there.until(() => there.heard.length === 5);
    await redis.kill();
    await here.state('down');
    for (let from = 6; from < 5006; from += 100) here.bus.publish(batch(from, 100, 1000));
    assert.ok(here.bus.queuedBytes <= 300_000, `${here.bus.queuedBytes}`);
    assert.equal(here.heard.length, 5005, 'own viewers miss nothing');
    await redis.start();
    await there.until(() => there.heard.at(-1)?.seq === 5005);
    const came = numbers(there);
    assert.deepEqual(came, [...new Set(came)].sort((a, b) => a - b), 'in order, each once');
    assert.deepEqual(came.slice(-50), range(4956, 5005), 'the newest are there');
    assert.ok(here.bus.counts.dropped > 4000);
    assert.equal(here.bus.counts.dropped, 5005 - came.length);
  });

  test('while it is away 40 MB are logged that cannot be squeezed: what is kept stays within its bound', async (context) => {
    const redis = await RedisServer.start(context);
    const here = redisBus({ url: redis.url, channel: someChannel() });
    context.after(() => here.close());
    await redis.kill();
    const { setFlagsFromString } = await import('node:v8'), { runInNewContext } = await import('node:vm');
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    collect();
    const used = (): number => process.memoryUsage().heapUsed + process.memoryUsage().external, before = used();
    for (let from = 1; from < 40_000; from += 100) {
      here.publish(batch(from, 100, 1000));
      if (from % 10_000 === 1) await new Promise((resolve) => setImmediate(resolve));
    }
    // the memory of buffers is given back a moment after their collection
    for (let turn = 0; turn < 5; turn++) {
      collect();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const grown = (used() - before) / 1048576;
    assert.ok(grown < 6, `${grown.toFixed(1)} MB`);
    assert.ok(here.counts.dropped > 30_000);
  });

  test('an instance that closes while Redis is away sends its last words where Redis comes back within a second; else it says that they are gone', async (context) => {
    const redis = await RedisServer.start(context), channel = someChannel(), clock = manualClock();
    const [here, there] = await Promise.all([startUpBus(context, { url: redis.url, channel, clock }), startUpBus(context, { url: redis.url, channel })]);
    await redis.kill();
    await Promise.all([here.state('down'), there.state('down')]);
    here.bus.publish(batch(1, 3));
    const closed = here.bus.close();
    await redis.start();
    await there.state('up');
    const isUp = here.state('up');
    clock.advance(500);
    await isUp;
    clock.advance(300);
    await Promise.all([closed, there.until(() => there.heard.length === 3)]);
    assert.equal(here.errors.length, 1, 'that Redis was away');

    const late = manualClock(), gone = await startUpBus(context, { url: redis.url, channel, clock: late });
    await redis.kill();
    await gone.state('down');
    gone.bus.publish(batch(1, 3, 0, 'b'));
    const over = gone.bus.close();
    // until it waits
    await new Promise((resolve) => setImmediate(resolve));
    late.advance(1000);
    await over;
    assert.match(String(gone.errors.at(-1)), /this process ends while Redis is away: what waited for it does not reach the other instances/);
  });

  test('an instance that closes sends its last words first; one that cannot does not wait for long', async (context) => {
    const redis = await RedisServer.start(context), channel = someChannel();
    const [here, there] = await Promise.all([startUpBus(context, { url: redis.url, channel }), startUpBus(context, { url: redis.url, channel })]);
    here.bus.publish(batch(1, 3));
    await here.bus.close();
    await there.until(() => there.heard.length === 3);
    await redis.command('CLIENT', 'PAUSE', '60000', 'ALL');
    there.bus.publish(batch(1, 3, 0, 'b'));
    const startedAt = performance.now();
    await there.bus.close();
    assert.ok(performance.now() - startedAt < 1500);
  });

  test('a process whose bus is closed ends by itself, with Redis and without', async (context) => {
    const redis = await RedisServer.start(context);
    const run = (): Promise<string> => new Promise((resolve, reject) => {
      const script = `
        import { redisBus } from './src/server/redis-bus.ts';
        const bus = redisBus({ url: '${redis.url}' });
        await new Promise((resolve) => bus.onState(resolve));
        bus.publish({ instance: 'a', epoch: 'e', seq: 0, levels: new Map(), lost: new Map(), ended: false, entries: [{ instance: 'a', epoch: 'e', seq: 1, lseq: 1, level: 30, text: '{}' }] });
        await bus.close();
        console.log(bus.state.state);`;
      execFile(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { timeout: 30_000 }, (error, stdout) => (error === null ? resolve(stdout.trim()) : reject(new Error(error.message))));
    });
    assert.equal(await run(), 'up');
    await redis.kill();
    assert.equal(await run(), 'down');
  });
});

describe('Redis is there and refuses', () => {
  test('the password is wrong, then right: said without the password', async (context) => {
    const redis = await RedisServer.start(context, ['--requirepass', 'another']), channel = someChannel();
    const admin = clientOf(context, redis.url.replace('//', '//:another@'));
    await admin.connect();
    const here = startBus(context, { url: redis.url.replace('//', `//:${SECRET}@`), channel });
    assert.equal((await here.state('down')).reason, 'Redis refuses the user name or password');
    here.bus.publish(batch(1, 1));
    assert.equal(here.heard.length, 1);
    await admin.sendCommand(['CONFIG', 'SET', 'requirepass', SECRET]);
    await here.state('up');
    const { inspect } = await import('node:util');
    assert.ok(!inspect([here.errors, here.bus, here.bus.state], { depth: 20, showHidden: true }).includes(SECRET));
  });

  test('it asks for a password that we have not', async (context) => {
    const redis = await RedisServer.start(context, ['--requirepass', 'another']);
    assert.equal((await startBus(context, { url: redis.url }).state('down')).reason, 'Redis asks for a password');
  });

  test('it has no password, and we bring one, alone or with a name; it has no such database', async (context) => {
    const redis = await RedisServer.start(context), reasonAt = async (url: string): Promise<string | null> => (await startBus(context, { url }).state('down')).reason;
    assert.equal(await reasonAt(redis.url.replace('//', `//:${SECRET}@`)), 'this Redis asks for no password, and one is given');
    assert.equal(await reasonAt(redis.url.replace('//', `//joe:${SECRET}@`)), 'Redis refuses the user name or password');
    assert.equal(await reasonAt(`${redis.url}/99`), 'this Redis has no database of that number');
  });

  test('the user may not use the channel; may not ask for the role, which is no hindrance', async (context) => {
    const redis = await RedisServer.start(context), channel = 'logs-of-the-shop';
    await redis.command('ACL', 'SETUSER', 'elsewhere', 'on', `>${SECRET}`, '+@all', '~*', 'resetchannels', '&other');
    await redis.command('ACL', 'SETUSER', 'narrow', 'on', `>${SECRET}`, '-@all', '+publish', '+subscribe', '+ping', `&${channel}`);
    const address = (user: string): string => redis.url.replace('//', `//${user}:${SECRET}@`);
    assert.equal((await startBus(context, { url: address('elsewhere'), channel }).state('down')).reason, 'this Redis user may not use the channel');
    const [here, there] = await Promise.all([startUpBus(context, { url: address('narrow'), channel }), startUpBus(context, { url: address('narrow'), channel })]);
    here.bus.publish(batch(1, 2));
    await there.until(() => there.heard.length === 2);
  });

  test('with the rights that docs/deploying.md gives, also under a namespace, entries pass', async (context) => {
    const documented = /`ACL (SETUSER [^`]+)`/.exec(readFileSync(join(import.meta.dirname, '../../docs/deploying.md'), 'utf8'))?.[1] ?? '';
    for (const namespace of ['', 'shop']) {
      const redis = await RedisServer.start(context), env = { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(redis.port), REDIS_USERNAME: 'logs', REDIS_PASSWORD: 'password', REDIS_BUS_NAMESPACE: namespace };
      const { redis: options } = configFromEnv({ ...env, WEBSOCKETS_ENABLED: 'true' });
      await redis.command('ACL', ...documented.replace('&system-logs', `&${options?.channel}`).split(' '));
      const [here, there] = await Promise.all([startUpBus(context, options ?? {}), startUpBus(context, options ?? {})]);
      here.bus.publish(batch(1, 2));
      await there.until(() => there.heard.length === 2);
    }
  });

  test('it has as many clients as it allows', async (context) => {
    const redis = await RedisServer.start(context, ['--maxclients', '1']);
    const only = clientOf(context, redis.url);
    await only.connect();
    const here = startBus(context, { url: redis.url });
    await here.state('down');
    here.bus.publish(batch(1, 1));
    assert.equal(here.heard.length, 1);
    await only.sendCommand(['CONFIG', 'SET', 'maxclients', '10']);
    await here.state('up');
  });

  test('it is out of memory: entries go on', async (context) => {
    const redis = await RedisServer.start(context), channel = someChannel();
    const [here, there] = await Promise.all([startUpBus(context, { url: redis.url, channel }), startUpBus(context, { url: redis.url, channel })]);
    await redis.command('CONFIG', 'SET', 'maxmemory', '1');
    await assert.rejects(redis.command('SET', 'key', 'value'), /OOM/);
    here.bus.publish(batch(1, 500, 500));
    await there.until(() => there.heard.length === 500);
    assert.equal(here.bus.state.state, 'up');
  });

  test('it is a read-only replica: what comes from its master is seen, what is logged here is said not to reach the others', async (context) => {
    const redis = await RedisServer.start(context, ['--repl-diskless-sync-delay', '0']), replica = await RedisServer.start(context, ['--replicaof', '127.0.0.1', String(redis.port)]), channel = someChannel();
    const above = await startUpBus(context, { url: redis.url, channel }), below = startBus(context, { url: replica.url, channel });
    assert.equal((await below.state('down')).reason, 'this Redis is a read-only replica, from where nothing reaches the other instances');
    let n = 0;
    const calls = setInterval(() => above.bus.publish(batch(++n, 1)), 20);
    context.after(() => clearInterval(calls));
    await below.until(() => below.heard.length > 0);
    below.bus.publish(batch(1, 1, 0, 'b'));
    await replica.command('REPLICAOF', 'NO', 'ONE');
    await below.state('up');
  });

  test('whatever it answers instead, nothing is thrown and the next try comes', async (context) => {
    const cases: readonly (readonly [string, RegExp])[] = [
      ['-LOADING Redis is loading the dataset in memory\r\n', /^Redis is still loading its data$/],
      ['-MASTERDOWN Link with MASTER is down\r\n', /^this Redis replica has lost its master$/],
      ['-READONLY You can\'t write against a read only replica.\r\n', /^this Redis is a read-only replica$/],
      ['-OOM command not allowed when used memory > \'maxmemory\'.\r\n', /^Redis is out of memory$/],
      ['-DENIED Redis is running in protected mode because …\r\n', /^Redis is in protected mode and takes connections of its own machine alone$/],
      [`-ERR somebody sent ${SECRET}\r\n`, /^Redis answers with the error ERR$/],
      [`-STRANGE ${SECRET}\r\n`, /^Redis answers with the error STRANGE$/],
      [`-${SECRET} is no code\r\n`, /^the connection to Redis was lost$/],
      ['HTTP/1.1 400 Bad Request\r\n\r\n', /./],
      ['\r\n\r\n\r\n', /./],
      ['$999999999999\r\nx', /./],
      ['*-5\r\n:x\r\n', /./],
      ['\0\xff\xfe', /./],
    ];
    for (const [answer, reason] of cases) {
      let connections = 0;
      const clock = manualClock(), url = await startPretender(context, (socket, chunk) => {
        if (chunk.includes('SETINFO')) connections++;
        // an answer to each command
        socket.write(answer.repeat(chunk.split(/^\*\d+\r$/m).length - 1), 'latin1');
      });
      const here = startBus(context, { url, clock });
      const waiting = setInterval(() => clock.advance(1000), 10);
      try {
        await here.state('down');
        assert.match(String(here.bus.state.reason), reason, answer);
        here.bus.publish(batch(1, 3));
        assert.equal(here.heard.length, 3);
        const seen = connections;
        while (connections < seen + 4) await new Promise((resolve) => setImmediate(resolve));
      } finally {
        await here.bus.close();
        clearInterval(waiting);
      }
    }
  });
});

describe('Redis is there and silent', () => {
  test('it takes connections and never answers', async (context) => {
    let connections = 0;
    const clock = manualClock(), url = await startPretender(context, () => void connections++);
    const here = startBus(context, { url, clock });
    while (connections < 2) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(4_999);
    assert.equal(here.bus.state.state, 'connecting');
    clock.advance(1);
    assert.deepEqual([here.bus.state.state, here.bus.state.reason], ['down', 'Redis does not answer']);
  });

  test('it stops to answer on an open connection: found within ten seconds', async (context) => {
    const redis = await RedisServer.start(context), clock = manualClock();
    const here = await startUpBus(context, { url: redis.url, clock });
    redis.process?.kill('SIGSTOP');
    clock.advance(5_000);
    clock.advance(4_999);
    assert.equal(here.bus.state.state, 'up');
    clock.advance(1);
    assert.deepEqual([here.bus.state.state, here.bus.state.reason], ['down', 'Redis does not answer']);
    redis.process?.kill('SIGCONT');
    const waiting = setInterval(() => clock.advance(100), 5);
    context.after(() => clearInterval(waiting));
    await here.state('up');
  });

  test('it pauses its clients for a second: own viewers wait for nothing, and nothing is lost', async (context) => {
    const redis = await RedisServer.start(context), channel = someChannel();
    const [here, there] = await Promise.all([startUpBus(context, { url: redis.url, channel }), startUpBus(context, { url: redis.url, channel })]);
    await redis.command('CLIENT', 'PAUSE', '1000', 'ALL');
    for (let from = 1; from <= 3000; from += 100) here.bus.publish(batch(from, 100, 1000));
    assert.equal(here.heard.length, 3000);
    await there.until(() => there.heard.length >= 3000);
    assert.deepEqual(numbers(there), range(1, 3000));
  });

  test('it becomes a replica while we are connected: found by the next sign of life', async (context) => {
    const redis = await RedisServer.start(context), clock = manualClock();
    const here = await startUpBus(context, { url: redis.url, clock });
    await redis.command('REPLICAOF', '127.0.0.1', '1');
    clock.advance(5_000);
    assert.match(String((await here.state('down')).reason), /read-only replica/);
  });
});

describe('Redis cuts us off', () => {
  test('by its output limit: what was in its buffer is missing, exactly that, and the stream goes on', async (context) => {
    const redis = await RedisServer.start(context, ['--client-output-buffer-limit', 'pubsub', '256kb', '0', '0']), channel = someChannel();
    const there = await startUpBus(context, { url: redis.url, channel });
    const script = `
      import { redisBus } from './src/server/redis-bus.ts';
      const bus = redisBus({ url: '${redis.url}', channel: '${channel}' }), total = 30_000;
      await new Promise((resolve) => bus.onState((state) => state.state === 'up' && resolve()));
      const send = async (from, to) => {
        for (let seq = from; seq <= to; seq++) {
          const entries = [{ instance: 'a', epoch: 'e', seq, lseq: seq, level: 30, text: JSON.stringify({ pad: 'x'.repeat(1000) }) }];
          bus.publish({ instance: 'a', epoch: 'e', seq: seq - 1, levels: new Map([[30, seq - 1]]), lost: new Map(), ended: false, entries });
          if (seq % 1000 === 0) while (bus.queuedBytes > 1e6) await new Promise((resolve) => setTimeout(resolve, 1));
        }
        while (bus.queuedBytes > 0) await new Promise((resolve) => setTimeout(resolve, 1));
      };
      await send(1, 100);
      console.log('begun');
      await send(101, total);
      console.log('sent');
      process.stdin.once('data', async () => {
        await send(total + 1, total + 10);
        await bus.close();
        process.exit(0);
      });`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    context.after(() => child.kill());
    const [begun] = await once(child.stdout, 'data') as [Buffer];
    assert.match(begun.toString(), /begun/);
    // as a process that is busy with something else
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3000);
    await there.state('down');
    await there.state('up');
    const exit = once(child, 'exit');
    child.stdin.write('go on');
    await there.until(() => there.heard.at(-1)?.seq === 30_010);
    const came = numbers(there), hole = came.findIndex((seq, index) => index > 0 && seq !== (came[index - 1] as number) + 1);
    assert.ok(hole > 0, 'some are missing');
    const before = came[hole - 1] as number, after = came[hole] as number;
    assert.deepEqual(came, [...range(1, before), ...range(after, 30_010)]);
    await exit;
  });

  test('again and again: each time it comes back', async (context) => {
    const redis = await RedisServer.start(context), channel = someChannel();
    const [here, there] = await Promise.all([startUpBus(context, { url: redis.url, channel }), startUpBus(context, { url: redis.url, channel })]);
    for (let turn = 0; turn < 3; turn++) {
      await redis.command('CLIENT', 'KILL', 'SKIPME', 'yes');
      await Promise.all([here.state('down'), there.state('down')]);
      await Promise.all([here.state('up'), there.state('up')]);
      here.bus.publish(batch(turn + 1, 1));
      await there.until(() => there.heard.length === turn + 1);
    }
    assert.deepEqual(numbers(there), range(1, 3));
  });
});

describe('options', () => {
  test('a client of the application is duplicated, and stays its own', async (context) => {
    const redis = await RedisServer.start(context, ['--requirepass', SECRET]), channel = someChannel();
    const theirs = clientOf(context, redis.url.replace('//', `//:${SECRET}@`));
    const here = await startUpBus(context, { client: theirs, channel });
    assert.equal(theirs.isOpen, false);
    await theirs.connect();
    const there = await startUpBus(context, { client: theirs, channel });
    here.bus.publish(batch(1, 2));
    await there.until(() => there.heard.length === 2);
    await Promise.all([here.bus.close(), there.bus.close()]);
    assert.equal(await theirs.sendCommand(['PING']), 'PONG');
  });

  test('a wrong option is told in a sentence, without the address', () => {
    const wrong: readonly (readonly [unknown, RegExp])[] = [
      [{}, /^redisBus needs either the url of a Redis or a client of @redis\/client\.$/],
      [{ url: 'redis://localhost', client: { duplicate: () => null } }, /^redisBus needs either/],
      [{ url: `http://:${SECRET}@localhost` }, /^url must be the address of a Redis, such as/],
      [{ url: `redis//:${SECRET}` }, /^url must be/],
      [{ url: 5 }, /^url must be/],
      [{ client: {} }, /^client must be a client of @redis\/client, as its createClient gives it\.$/],
      [{ url: 'redis://localhost', channel: '' }, /^channel is ""; it must be the name of a Pub\/Sub channel\.$/],
      [{ url: 'redis://localhost', maxQueuedBytes: 0 }, /^maxQueuedBytes is 0; it must be a whole number above 0\.$/],
    ];
    for (const [options, message] of wrong) {
      assert.throws(() => redisBus(options as never), (error: Error) => message.test(error.message) && !error.message.includes(SECRET));
    }
  });

  test('without the package @redis/client the rest works, and a sentence says what to install', async () => {
    const block = 'export const resolve = (name, context, next) => name === "@redis/client" ? Promise.reject(Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" })) : next(name, context);';
    const script = `
      import { register } from 'node:module';
      register('data:text/javascript,${encodeURIComponent(block)}');
      const { createLogServer, redisBus } = await import('./src/server/index.ts');
      const bus = redisBus({ url: 'redis://127.0.0.1:1' }), heard = [];
      bus.subscribe(({ entries }) => heard.push(...entries));
      const logs = createLogServer({ bus, authenticate: () => null });
      await new Promise((resolve) => bus.onState(resolve));
      logs.destination.write('{"msg":"x"}');
      logs.destination.flushSync();
      console.log(heard.length, bus.state.reason);
      await logs.close();
      await bus.close();`;
    const output = await new Promise<string>((resolve, reject) => {
      execFile(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { timeout: 30_000 }, (error, stdout, stderr) => (error === null ? resolve(stdout + stderr) : reject(new Error(error.message))));
    });
    assert.match(output, /^1 the package @redis\/client is not installed: run npm install @redis\/client$/m);
    assert.match(output, /Warning: Entries of other instances cannot be shown: the package @redis\/client is not installed: run npm install @redis\/client\.$/m);
  });
});

