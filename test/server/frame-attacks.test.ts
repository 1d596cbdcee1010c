import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, test, type TestContext } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { decodeServerFrame } from '../../src/core/protocol.js';
import type { Viewer } from '../../src/server/index.js';
import { BINARY, CLOSE, CONTINUATION, PING, PONG, rawFrame, readFrames, TEXT, type RawFrame } from '../helpers/raw-frame.js';
import { dial, requestText, UPGRADE } from './raw-request.js';
import { startServer, TOKEN, type StartedServer } from './start-server.js';

/**
 * What becomes of the connection: closed with a code, still open, or still waiting for the rest of a frame. `ended` is a flood: closed with
 * 1008, or reset before that could be read, since what had not been read yet was thrown away.
 */
type Outcome = number | 'ended' | 'open' | 'waits';
type Attack = readonly [name: string, outcome: Outcome, ...frames: readonly (RawFrame | Buffer)[]];

const long = 'x'.repeat(4097), close = (code: number, reason: Uint8Array | string = ''): RawFrame => (
  { opcode: CLOSE, payload: Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason as string)]) });
const many = (count: number, frame: RawFrame): RawFrame[] => Array.from({ length: count }, () => frame);
const bytes = (...values: number[]): Buffer => Buffer.from(values);

const attacks: readonly Attack[] = [
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode): Attack => [`opcode ${opcode}`, 1002, { opcode }]),
  ...[1, 2, 3, 4, 5, 6, 7].map((rsv): Attack => [`reserved bits ${rsv}`, 1002, { rsv, payload: '{}' }]),
  ...[1, 2, 4].map((rsv): Attack => [`a ping with reserved bits ${rsv}`, 1002, { opcode: PING, rsv }]),
  ...[TEXT, BINARY, CLOSE, PING, PONG].map((opcode): Attack => [`opcode ${opcode} without a mask`, 1002, { opcode, masked: false, payload: opcode === CLOSE ? bytes(3, 232) : '{}' }]),
  ['a continuation without a mask', 1002, { fin: false, payload: '{' }, { opcode: CONTINUATION, masked: false, payload: '}' }],
  ['a message that is too long', 1009, { payload: long }],
  ['a binary message that is too long', 1009, { opcode: BINARY, payload: long }],
  ['fragments that are too long together', 1009, { fin: false, payload: long.slice(0, 3000) }, { opcode: CONTINUATION, payload: long.slice(0, 3000) }],
  ...[65_536n, 2n ** 31n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n].map((says): Attack => [`a length of ${says}`, 1009, { says, bits: 64 }]),
  ['a length of 4,097 of which nothing comes', 1009, { says: 4097n, bits: 16 }],
  ['a message of which the half comes', 'waits', { says: 4096n, payload: '{"type":' }],
  ['half a header', 'waits', bytes(0x81)],
  ['a header without its mask', 'waits', bytes(0x81, 0xfe, 0x10)],
  ['a short message whose length takes 16 bits', 'open', { payload: '{}', bits: 16 }],
  ['a short message whose length takes 64 bits', 'open', { payload: '{}', bits: 64 }],
  ...[PING, PONG, CLOSE].map((opcode): Attack => [`a control frame (${opcode}) in fragments`, 1002, { opcode, fin: false }]),
  ...[PING, PONG, CLOSE].map((opcode): Attack => [`a control frame (${opcode}) of 126 bytes`, 1002, { opcode, payload: 'x'.repeat(126) }]),
  ['a close frame of one byte', 1002, { opcode: CLOSE, payload: bytes(3) }],
  ...[0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535].map((code): Attack => [`the close code ${code}`, 1002, close(code)]),
  ...[1000, 1001, 3000, 4999].map((code): Attack => [`the close code ${code}, which is right`, code, close(code)]),
  ['a close reason that is no UTF-8', 1007, close(1000, bytes(0xc3, 0x28))],
  ['messages behind a close frame', 1000, close(1000), { payload: '{"type":"subscribe","log_level":"trace"}' }, { opcode: 3 }],
  ['a continuation of nothing', 1002, { opcode: CONTINUATION }],
  ['a continuation of nothing that goes on', 1002, { opcode: CONTINUATION, fin: false }],
  ['a text within a text', 1002, { fin: false, payload: '{' }, { payload: '{}' }],
  ['a binary within a text', 1002, { fin: false, payload: '{' }, { opcode: BINARY, payload: '{}' }],
  ['a text of 50 empty fragments', 1008, { fin: false }, ...many(50, { opcode: CONTINUATION, fin: false })],
  ['a text of fragments of one byte', 'ended', { fin: false, payload: '{' }, ...many(4000, { opcode: CONTINUATION, fin: false, payload: ' ' })],
  ['fragments with pings between', 1008, { fin: false, payload: '{' }, ...many(20, { opcode: PING }).flatMap((ping) => [{ opcode: CONTINUATION, fin: false, payload: ' ' }, ping])],
  ...[[0xff], [0x80], [0xc0, 0x80], [0xc3, 0x28], [0xe2, 0x28, 0xa1], [0xed, 0xa0, 0x80], [0xf0, 0x28, 0x8c, 0xbc], [0xf4, 0x90, 0x80, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xe2, 0x82]].map((text): Attack => (
    [`a text of ${Buffer.from(text).toString('hex')}, which is no UTF-8`, 1007, { payload: bytes(...text) }])),
  ['a character that is no UTF-8 across two fragments', 1007, { fin: false, payload: bytes(0xc3) }, { opcode: CONTINUATION, payload: bytes(0x28) }],
  ['a compressed message, which was not agreed on', 1002, { rsv: 4, payload: deflateRawSync('{"type":"subscribe","log_level":"trace"}') }],
  ['a compressed megabyte', 1002, { rsv: 4, payload: deflateRawSync(Buffer.alloc(1024 * 1024)).subarray(0, 4096) }],
  ['a request by HTTP', 1002, Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
  ['the beginning of TLS', 1002, bytes(0x16, 0x03, 0x01, 0x02, 0x00, 0x01)],
  ['zeros', 1002, Buffer.alloc(10_000)],
  ['a thousand pings', 'ended', ...many(1000, { opcode: PING, payload: 'x'.repeat(125) })],
  ['ten thousand pongs that nobody asked for', 'open', ...many(10_000, { opcode: PONG })],
  ['a thousand messages', 'ended', ...many(1000, { payload: '{"type":"ping"}' })],
  ['a thousand subscriptions', 'ended', ...many(1000, { payload: '{"type":"subscribe","log_level":"trace","ext":{"v":1}}' })],
  ['a message of deep brackets', 'open', { payload: '['.repeat(4096) }],
  ['a message of keys', 'open', { payload: `{${Array.from({ length: 300 }, (_, index) => `"k${index}":1`).join(',')}}` }],
  ['__proto__', 'open', { payload: '{"__proto__":{"type":"subscribe"},"type":"x"}' }],
  ['an empty text', 'open', {}],
  ['an empty binary', 'open', { opcode: BINARY }],
  ['a NUL', 'open', { payload: '\0' }],
  ...Array.from({ length: 10 }, (_, seed): Attack => [`noise ${seed}`, 1002, Buffer.from(Array.from({ length: 200 }, (__, index) => (index === 0 ? 0x70 : (index * 7919 * (seed + 3)) % 256)))]),
];

const PROBE = rawFrame({ payload: '{"type":"subscribe","log_level":"fatal"}' });

/** Sends the attack and a right message behind it, and says what became of the connection. */
async function outcomeOf(socket: Socket, received: Buffer[], attack: Buffer, expected: Outcome): Promise<Outcome> {
  let ended = false, failed = false;
  socket.on('error', () => (failed = true)).on('end', () => (ended = true));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const answered = new Promise<void>((resolve) => {
    const look = (): void => void (readFrames(Buffer.concat(received)).some(({ opcode, payload }) => opcode === CLOSE || payload.includes('"log_level":"fatal"')) && resolve());
    socket.on('data', look);
  });
  socket.write(Buffer.concat([attack, PROBE]));
  // nothing can come of half a frame: the next right message of anybody shows that nothing has
  if (expected === 'waits') await new Promise((resolve) => setImmediate(resolve));
  else await Promise.race([closed, answered]);
  const last = readFrames(Buffer.concat(received)).find(({ opcode }) => opcode === CLOSE);
  if (last !== undefined) return last.payload.length < 2 ? 1005 : last.payload.readUInt16BE(0);
  return ended || failed ? 'ended' : expected === 'waits' ? 'waits' : 'open';
}

/** Opens a connection as far as its 101. */
async function upgrade(server: StartedServer): Promise<{ socket: Socket; received: Buffer[] }> {
  const socket = await dial(server.host), received: Buffer[] = [];
  socket.write(requestText(`/websocket/logs?access_token=${TOKEN}`, { Host: server.host, ...UPGRADE }));
  const [head] = await once(socket, 'data') as [Buffer];
  assert.match(head.toString('latin1'), /^HTTP\/1\.1 101 /);
  socket.on('data', (chunk: Buffer) => received.push(chunk));
  return { socket, received };
}

/** A viewer beside the attacks: it has to get every entry, in order, whatever happens to others. */
async function startWitness(server: StartedServer): Promise<{ see: (name: string) => Promise<void>; finish: () => void }> {
  const client = await server.watch('info', true);
  const seen: number[] = [];
  let read = 0, logged = 0;
  const look = (): void => {
    for (; read < client.frames.length; read++) {
      const frame = decodeServerFrame(client.frames[read] as string);
      if (frame.type === 'entry' && frame.stamp !== null) seen.push(frame.stamp.seq);
      else if (frame.type === 'packed') seen.push(...frame.seqs);
      assert.notEqual(frame.type, 'gap');
    }
  };
  return {
    async see(name) {
      server.logger.info(name);
      logged++;
      await client.until(() => {
        look();
        return seen.length >= logged;
      }, name);
    },
    finish: () => assert.deepEqual(seen, Array.from({ length: logged }, (_, index) => index + 1)),
  };
}

async function memory(): Promise<number> {
  const { setFlagsFromString } = await import('node:v8'), { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test('there are at least 60 attacks', () => {
  assert.ok(attacks.length >= 60, `${attacks.length}`);
});

describe('what no viewer sends ends its own connection, with the fitting code, and touches nobody else', () => {
  for (const state of ['signed in', 'subscribed'] as const) {
    test(`${state}: ${attacks.length} attacks`, async (context) => {
      const server = await startServer(context), witness = await startWitness(server), before = await memory();
      for (const [name, expected, ...frames] of attacks) {
        const { socket, received } = await upgrade(server);
        if (state === 'subscribed') {
          socket.write(rawFrame({ payload: '{"type":"subscribe","log_level":"error","ext":{"v":1}}' }));
          await once(socket, 'data');
        }
        const outcome = await outcomeOf(socket, received, Buffer.concat(frames.map((frame) => (Buffer.isBuffer(frame) ? frame : rawFrame(frame)))), expected);
        assert.equal(expected === 'ended' && outcome === 1008 ? 'ended' : outcome, expected, name);
        await witness.see(name);
        socket.destroy();
      }
      witness.finish();
      const grown = (await memory() - before) / 1048576;
      assert.ok(grown <= 5, `${grown.toFixed(1)} MiB`);
    });
  }

  test(`not signed in yet: ${attacks.length} attacks wait unread, and are thrown away with a refusal`, async (context) => {
    let decide = (_: Viewer | null): void => undefined, asked = (): void => undefined;
    const server = await startServer(context, {
      authenticate: ({ token }) => {
        if (token === TOKEN) return { id: 'ada' };
        asked();
        return new Promise((resolve) => (decide = resolve));
      },
    });
    const witness = await startWitness(server);
    for (const [name, , ...frames] of attacks) {
      const socket = await dial(server.host), asking = new Promise<void>((resolve) => (asked = resolve));
      let answer = '';
      socket.setEncoding('latin1').on('data', (text: string) => (answer += text)).on('error', () => undefined);
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      const sent = Buffer.concat(frames.map((frame) => (Buffer.isBuffer(frame) ? frame : rawFrame(frame))));
      socket.write(Buffer.concat([Buffer.from(requestText('/websocket/logs?access_token=unknown', { Host: server.host, ...UPGRADE })), sent]));
      await asking;
      await witness.see(name);
      decide(null);
      await closed;
      // a reset may take the answer with it where much was sent
      if (answer !== '') assert.match(answer, /^HTTP\/1\.1 401 /, name);
      assert.doesNotMatch(answer, /HTTP\/1\.1 101/);
    }
    witness.finish();
  });
});

describe('before there is a request', () => {
  const starts: readonly (readonly [string, string | Buffer])[] = [
    ['nothing', ''], ['one byte', 'G'], ['half a request line', 'GET /websocket/logs'], ['half its headers', `GET /websocket/logs HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n`],
    ['TLS', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00])], ['a WebSocket frame', rawFrame({ payload: '{}' })], ['zeros', Buffer.alloc(1000)], ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a line of 100 KB', `GET /${'x'.repeat(100_000)}`], ['a thousand headers', `GET /websocket/logs HTTP/1.1\r\n${'A: b\r\n'.repeat(5000)}`],
  ];
  test('ten connections that never say what they want hold up nobody', async (context: TestContext) => {
    const server = await startServer(context), witness = await startWitness(server), sockets: Socket[] = [];
    for (const [name, start] of starts) {
      const socket = await dial(server.host);
      socket.on('error', () => undefined).resume();
      socket.write(start);
      sockets.push(socket);
      await witness.see(name);
      await server.open();
    }
    for (const socket of sockets) socket.destroy();
    await witness.see('the end');
    witness.finish();
  });
});

test('a viewer that pings and never reads costs what its limit allows, and is sent away', async (context) => {
  const server = await startServer(context), witness = await startWitness(server), { socket } = await upgrade(server), before = await memory();
  socket.pause();
  socket.on('error', () => undefined);
  const ping = rawFrame({ opcode: PING, payload: 'x'.repeat(125) }), flood = Buffer.concat(Array.from({ length: 10_000 }, () => ping));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  for (let turn = 0; turn < 20 && !socket.destroyed; turn++) {
    if (!socket.write(flood)) await Promise.race([once(socket, 'drain').catch(() => undefined), closed]);
  }
  await witness.see('still here');
  let read = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => (read = Buffer.concat([read, chunk])));
  socket.resume();
  while (!socket.destroyed && !readFrames(read).some(({ opcode }) => opcode === CLOSE)) await Promise.race([once(socket, 'data').catch(() => undefined), closed]);
  assert.ok(readFrames(read).filter(({ opcode }) => opcode === PONG).length <= 20, 'no more pongs than its limit');
  socket.destroy();
  const grown = (await memory() - before) / 1048576;
  assert.ok(grown <= 5, `${grown.toFixed(1)} MiB`);
});
