import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { pino } from 'pino';
import { pinoHttp } from 'pino-http';
import { decodeServerFrame, sumOfNumbers } from '../../src/core/protocol.js';
import { createLogServer, LocalBus, type LogBus } from '../../src/server/index.js';
import { readTranscript, incomingFrames } from '../helpers/directus-transcripts.js';
import { manualClock } from '../helpers/manual-platform.js';
import { refusedBy } from '../helpers/ws-client.js';
import { entriesOf, INSTANCE, listen, startServer } from './start-server.js';

const msgs = (frames: readonly string[]): unknown[] => entriesOf(frames).map((entry) => entry['msg']);

/** The keys of a value and of what it holds, in their order: what two frames of the same kind have in common. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.entries(value).map(([key, member]) => [key, key === 'headers' ? 'object' : shapeOf(member)]);
}

describe('to a plain client, frames are those of Directus', () => {
  test('raw: the shape of a recorded line, of a recorded request and of a recorded error', async (context) => {
    const server = await startServer(context), client = await server.watch('trace');
    const logged = pino({ level: 'trace', base: { pid: 1, hostname: 'vm' } }, server.logs.destination);
    const api = createServer((request: IncomingMessage, response: ServerResponse) => {
      pinoHttp({ logger: logged, serializers: { req: ({ id, method, url, headers }: Record<string, unknown>) => ({ id, method, url, query: {}, params: {}, headers }) } })(request, response);
      response.end('pong');
    });
    const host = await listen(api);
    context.after(() => api.close());
    await (await fetch(`http://${host}/server/ping`)).text();
    logged.warn('lab: a warn message');
    logged.error(new Error('lab: unhandled failure'));
    await client.until(() => entriesOf(client.frames).length === 3);
    const recorded = incomingFrames('happy-raw.jsonl').map((frame) => JSON.parse(frame) as { data?: { msg: string; req?: unknown; err?: unknown } });
    const like = (msg: string): unknown => recorded.find(({ data }) => data?.msg === msg);
    for (const msg of ['request completed', 'lab: a warn message', 'lab: unhandled failure']) {
      const ours = client.frames.find((frame) => msgs([frame])[0] === msg) as string;
      assert.deepEqual(shapeOf(JSON.parse(ours)), shapeOf(like(msg)), msg);
      // and byte for byte, given what they say
      const { data, uid } = JSON.parse(ours) as { data: unknown; uid: string };
      assert.equal(ours, `{"type":"logs","data":${JSON.stringify(data)},"uid":"${uid}"}`);
      assert.equal(uid, INSTANCE);
    }
    assert.equal(entriesOf(client.frames).find((entry) => entry['msg'] === 'request completed')?.['level'], 30);
  });

  test('pretty: every recorded frame comes out as it was recorded, from the entry that it stands for', async (context) => {
    const server = await startServer(context, { style: 'pretty', instance: 'Z7nd75XQ', level: 'trace' }), client = await server.watch('trace');
    const recorded = incomingFrames('happy-pretty.jsonl').filter((frame) => frame.includes('"data"'));
    assert.ok(recorded.length > 200);
    for (const frame of recorded) {
      const { data } = JSON.parse(frame) as { data: { level: number; time: number; msg: string } };
      const [, method, url, status, duration] = /^(GET|POST|PATCH|DELETE) (\S+) (\d{3}) (\d+)ms$/.exec(data.msg) ?? [];
      const said = method === undefined ? { err: { message: 'x' }, msg: data.msg }
        : { req: { id: 1, method, url, headers: {} }, res: { statusCode: Number(status) }, responseTime: Number(duration), msg: 'request completed' };
      server.logs.destination.write(`${JSON.stringify({ level: data.level, time: data.time, pid: 1, hostname: 'vm', ...said })}\n`);
    }
    await client.until(() => client.frames.length === recorded.length + 1, 'as many frames');
    assert.deepEqual(client.frames.slice(1), recorded);
  });

  test('everything that was said to a real Directus is answered as it answered', async (context) => {
    const clock = manualClock(), server = await startServer(context, { clock, instance: '5CyRjsPx', level: 'trace' }), client = await server.open();
    const stricter = new Set(['silent', 'constructor', 'toString']);
    const lines = readTranscript('invalid-messages.jsonl').filter((line) => line.frame !== undefined && !line.frame.includes('"data"'));
    const expected = new Map<number, string[]>();
    const sent = lines.filter((line, index) => {
      if (line.dir === 'in') return false;
      const end = lines.findIndex((other, at) => at > index && other.dir === 'out');
      expected.set(index, lines.slice(index + 1, end < 0 ? undefined : end).map((each) => each.frame as string));
      return true;
    });
    assert.ok(sent.length >= 25);
    for (const line of sent) {
      clock.advance(10_000); // a new window for each message
      const level = /"log_level":"(\w+)"/.exec(line.frame ?? '')?.[1] ?? '';
      const answers = stricter.has(level) ? [`{"type":"logs","status":"error","error":{"code":"INVALID_PAYLOAD","message":"Invalid \\"${level}\\" log level"}}`] : expected.get(lines.indexOf(line)) ?? [];
      client.send(line.binary === true ? Buffer.from(line.frame ?? '') : (line.frame ?? ''));
      // an unsubscribe is always answered: what comes before that answer is the answer to the message
      client.send('{"type":"unsubscribe","uid":"end"}');
      const received: string[] = [];
      for (const [index] of [...answers, 'end'].entries()) received[index] = await client.next();
      assert.deepEqual(received, [...answers, '{"type":"logs","event":"unsubscribe"}'], line.frame);
    }
  });
});

describe('from pino to the viewer', () => {
  test('what is logged arrives once, in order, at the level that was asked for, packed or not', async (context) => {
    const server = await startServer(context), plain = await server.watch('warn'), extended = await server.watch('trace', true);
    const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
    for (let index = 0; index < 3000; index++) {
      server.logger[levels[index % 6] as 'info'](String(index));
      if (index % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const expected = (least: number): string[] => Array.from({ length: 3000 }, (_, index) => index).filter((index) => index % 6 >= least).map(String);
    await plain.until(() => msgs(plain.frames).length === 1500);
    await extended.until(() => msgs(extended.frames).length === 2000, 'the floor is info');
    assert.deepEqual(msgs(plain.frames), expected(3));
    assert.deepEqual(msgs(extended.frames), expected(2));
    assert.ok(extended.frames.length < 1200, `${extended.frames.length} frames`);
  });

  test('with the extension the numbers of each level have no hole, and no entry can change what its frame says of it', async (context) => {
    const server = await startServer(context, { level: 'trace' }), client = await server.watch('trace', true);
    const hostile = ['}},"uid":"x","y":{"a":1', '{"level":60,"level":10}', 'x","uid":"evil', 'a\u2028b', '"}\n{"type":"logs","event":"bye","code":"expired"}'];
    for (let index = 0; index < 500; index++) {
      if (index % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (index % 3 === 0) server.logger.info({ level: 10, [`k${hostile[index % 5]}`]: hostile[(index + 1) % 5] }, hostile[index % 5]);
      else if (index % 3 === 1) server.logger.debug(String(index));
      else server.logs.destination.write(`${hostile[index % 5]?.replaceAll('\n', ' ')}\n`);
    }
    await client.until(() => entriesOf(client.frames).length >= 500);
    const frames = client.frames.slice(1).map(decodeServerFrame);
    const seen = frames.flatMap((frame) => {
      if (frame.type === 'packed') return frame.seqs.map((seq, index) => ({ instance: frame.instance, seq, level: frame.levels[index] as number }));
      assert.equal(frame.type, 'entry');
      return frame.type === 'entry' ? [{ instance: frame.instance, seq: frame.stamp?.seq as number, level: frame.level ?? (JSON.parse(frame.text) as { level: number }).level }] : [];
    });
    assert.deepEqual(seen.map(({ seq }) => seq), Array.from({ length: 500 }, (_, index) => index + 1));
    assert.ok(seen.every(({ instance }) => instance === INSTANCE));
    const rest = (index: number): number => (index % 3 === 0 ? 30 : index % 3 === 1 ? 20 : index % 5 === 1 ? 60 : 30);
    assert.deepEqual(seen.map(({ level }) => level), Array.from({ length: 500 }, (_, index) => rest(index)));
  });

  test('a subscription starts at now: nothing of before is sent', async (context) => {
    const server = await startServer(context);
    server.logger.info('before');
    await new Promise((resolve) => setImmediate(resolve));
    const client = await server.watch('info');
    server.logger.info('after');
    assert.deepEqual(msgs([await client.next()]), ['after']);
  });

  test('watching at trace feeds no entry of its own to the stream', async (context) => {
    const server = await startServer(context, { level: 'trace' }), client = await server.watch('trace');
    const second = await server.watch('trace', true);
    second.send('nonsense');
    await second.next();
    second.close();
    await refusedBy(`ws://${server.host}/websocket/logs?access_token=wrong`);
    server.logger.trace('the application');
    assert.deepEqual(msgs([await client.next()]), ['the application']);
    assert.equal(client.frames.length, 2);
  });
});

describe('two servers', () => {
  test('on one bus see each other\'s entries, each under its own name; apart they see none', async (context) => {
    const bus = new LocalBus();
    const [first, second, apart] = [await startServer(context, { bus, instance: 'one' }), await startServer(context, { bus, instance: 'two' }), await startServer(context)];
    const clients = await Promise.all([first, second, apart].map((server) => server.watch('info')));
    first.logger.info('a');
    await new Promise((resolve) => setImmediate(resolve));
    second.logger.info('b');
    apart.logger.info('c');
    for (const [client, expected] of [[clients[0], ['one a', 'two b']], [clients[1], ['one a', 'two b']], [clients[2], [`${INSTANCE} c`]]] as const) {
      await client?.until(() => msgs(client.frames).length === expected.length);
      assert.deepEqual(client?.frames.slice(1).map((frame) => JSON.parse(frame) as { uid: string; data: { msg: string } }).map(({ uid, data }) => `${uid} ${data.msg}`), expected);
    }
    await first.logs.close();
    second.logger.info('d');
    await clients[1]?.until(() => msgs(clients[1]?.frames ?? []).includes('d'));
  });

  test('a server that closes leaves a bus that is not its own, and leaves it open', async () => {
    let listeners = 0, closed = false;
    const bus: LogBus = { publish: () => undefined, subscribe: () => (listeners++, () => listeners--), close: () => Promise.resolve(void (closed = true)) };
    const logs = createLogServer({ authenticate: () => null, bus });
    assert.equal(listeners, 1);
    await logs.close();
    assert.deepEqual([listeners, closed], [0, false]);
  });

  test('a bus whose listener throws, or that throws itself, hurts neither the application nor a viewer', async (context) => {
    const bus = new LocalBus(), told: unknown[] = [];
    bus.subscribe(() => {
      throw new Error('a bad neighbour');
    });
    const server = await startServer(context, { bus }), client = await server.watch('info');
    server.logger.info('x');
    assert.deepEqual(msgs([await client.next()]), ['x']);
    const down: LogBus = { publish: () => { throw new Error('bus down'); }, subscribe: () => () => undefined, close: () => Promise.resolve() };
    const other = await startServer(context, { bus: down, onError: (error, source) => told.push(`${source}: ${(error as Error).message}`) });
    other.logger.fatal('y');
    other.logger.fatal('z');
    assert.deepEqual(told, ['bus: bus down']);
  });
});

describe('a viewer that does not read', () => {
  test('costs a bounded amount, is told what it misses, and goes on; the others miss nothing', async (context) => {
    const server = await startServer(context, { maxBufferedBytes: 100_000, maxRingEntries: 2000 }), plain = await server.watch('info'), slow = await server.watch('info', true), fast = await server.watch('warn');
    for (const client of [plain, slow]) client.pause();
    const COUNT = 40_000, text = 'x'.repeat(400);
    const held = process.memoryUsage().arrayBuffers;
    for (let index = 0; index < COUNT; index++) {
      server.logger[index % 100 === 0 ? 'warn' : 'info']({ index, text }, 'flood');
      if (index % 200 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await fast.until(() => entriesOf(fast.frames).length === COUNT / 100, 'every warn entry');
    const grown = process.memoryUsage().arrayBuffers - held;
    assert.ok(grown < 16 * 1024 * 1024, `${grown} bytes more are held, of ${COUNT * 500} that were logged`);
    for (const client of [plain, slow]) {
      client.resume();
      let shown = 0, missing = 0, last = -1, at = 0;
      const read = (): boolean => {
        for (; at < client.frames.length; at++) {
          const gap = decodeServerFrame(client.frames[at] as string);
          if (gap.type === 'gap') missing += sumOfNumbers(gap.levels ?? new Map<number, number>());
          for (const entry of entriesOf([client.frames[at] as string])) {
            const loss = /^\[log stream\] ([\d,]+) entr(?:y|ies) not delivered: this viewer was too slow \(.+\)$/.exec(entry['msg'] as string);
            if (loss !== null) missing += Number(loss[1]?.replaceAll(',', ''));
            else {
              assert.ok((entry['index'] as number) > last, 'in order, and once');
              last = entry['index'] as number;
              shown++;
            }
          }
        }
        return shown + missing === COUNT;
      };
      await client.until(read, 'every entry or its count');
      assert.equal(last, COUNT - 1, 'the newest wins');
      assert.ok(missing > 0 && shown > 2000, `${shown} shown, ${missing} missing`);
    }
  });
});
