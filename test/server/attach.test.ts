import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { EventEmitter, once } from 'node:events';
import { describe, test } from 'node:test';
import express from 'express';
import { WebSocketServer } from 'ws';
import { createLogServer, LocalBus, type Viewer } from '../../src/server/index.js';
import { manualClock } from '../helpers/manual-platform.js';
import { refusedBy, WsClient } from '../helpers/ws-client.js';
import { answerTo, dial, requestText, UPGRADE } from './raw-request.js';
import { decodeServerFrame } from '../../src/core/protocol.js';
import { entriesOf, listen, startServer, TOKEN } from './start-server.js';
import { CERTIFICATE, KEY } from './tls-certificate.js';

const authenticate = (): Viewer => ({ id: 'ada' });

describe('beside others on one HTTP server', () => {
  test('another WebSocket at another path is served as before, and ours too', async (context) => {
    const server = await startServer(context), other = new WebSocketServer({ noServer: true });
    server.http.on('upgrade', (request, socket, head) => {
      if (request.url === '/other') other.handleUpgrade(request, socket, head, (client) => client.send('from the other'));
    });
    const theirs = await server.open({}, `ws://${server.host}/other`);
    assert.equal(await theirs.next(), 'from the other');
    const ours = await server.watch('info');
    server.logger.info('hi');
    assert.equal(entriesOf([await ours.next()])[0]?.['msg'], 'hi');
  });

  test('a path that nobody here knows is left to whoever else listens', async (context) => {
    const server = await startServer(context);
    server.http.on('upgrade', (_, socket) => socket.end('HTTP/1.1 418 Teapot\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'));
    assert.equal((await answerTo(server.host, requestText('/x', { Host: server.host, ...UPGRADE }))).status, 418);
  });

  test('two log servers share an HTTP server at different paths; an unknown path is answered once', async (context) => {
    const server = await startServer(context), second = createLogServer({ authenticate, path: '/second' });
    context.after(() => second.close());
    second.attach(server.http);
    const client = await server.open({}, `ws://${server.host}/second?access_token=x`);
    assert.match(await client.ask({ type: 'subscribe', log_level: 'info' }), /subscribe/);
    const { status, body } = await refusedBy(`ws://${server.host}/third`);
    assert.deepEqual([status, body], [404, '{"error":{"code":"ROUTE_NOT_FOUND","message":"There is no WebSocket at this path."}}']);
  });

  test('an unknown path is answered by one of them alone', () => {
    const http = new EventEmitter() as Server, ends: string[] = [];
    for (const path of ['/first', '/second']) createLogServer({ authenticate, path }).attach(http);
    const socket = Object.assign(new EventEmitter(), { end: (text: string) => ends.push(text), destroy: () => undefined });
    http.emit('upgrade', { url: '/third' }, socket, Buffer.alloc(0));
    assert.equal(ends.length, 1);
  });

  test('two at the same path are refused with a sentence, and so is one that is closed', async (context) => {
    const server = await startServer(context), second = createLogServer({ authenticate });
    for (const logs of [server.logs, second]) {
      assert.throws(() => logs.attach(server.http), { message: 'A log server is attached to this HTTP server at /websocket/logs already; give the second one another path.' });
    }
    await second.close();
    assert.throws(() => second.attach(createServer()), { message: 'This log server is closed; create another one to attach.' });
  });

  test('one log server serves several HTTP servers, and lets go of all when it closes', async (context) => {
    const server = await startServer(context), another = createServer();
    server.logs.attach(another);
    const host = await listen(another);
    context.after(() => another.close());
    await server.open({}, `ws://${host}/websocket/logs?access_token=${TOKEN}`);
    await server.logs.close();
    assert.deepEqual([server.http.listenerCount('upgrade'), another.listenerCount('upgrade')], [0, 0]);
  });

  test('what is no HTTP server is refused with a sentence', () => {
    const logs = createLogServer({ authenticate });
    for (const wrong of [undefined, null, {}, () => undefined, 'http://localhost', express()]) {
      assert.throws(() => logs.attach(wrong as never), { message: 'attach needs the HTTP server of the application: what createServer or, in Express, app.listen gives, and in Fastify app.server.' });
    }
  });

  test('by TLS it works the same, and a page without TLS is refused', async (context) => {
    const logs = createLogServer({ authenticate }), https = createTlsServer({ cert: CERTIFICATE, key: KEY });
    logs.attach(https);
    const host = await listen(https), url = `wss://${host}/websocket/logs?access_token=x`;
    context.after(async () => {
      await logs.close();
      https.close();
    });
    const client = await WsClient.open(url, { origin: `https://${host}`, rejectUnauthorized: false });
    await client.ask({ type: 'subscribe', log_level: 'info', ext: { v: 1 } });
    for (let index = 0; index < 3000; index++) logs.destination.write(`{"level":30,"msg":"${index}","text":"${'x'.repeat(500)}"}\n`);
    await client.until(() => entriesOf(client.frames).length === 3000, 'all entries');
    assert.deepEqual(entriesOf(client.frames).map((entry) => entry['msg']), Array.from({ length: 3000 }, (_, index) => String(index)));
    await assert.rejects(WsClient.open(url, { origin: `http://${host}`, rejectUnauthorized: false }), /403/);
    client.terminate();
  });
});

describe('limits', () => {
  test('as many viewers as allowed; the next is told why, and let in when one has left', async (context) => {
    const server = await startServer(context, { maxConnections: 2 }), sockets: Socket[] = [];
    server.http.on('connection', (socket) => sockets.push(socket));
    const first = await server.open();
    await server.open();
    const { status, headers, body } = await refusedBy(server.url);
    assert.deepEqual([status, headers['retry-after'], headers['content-type']], [503, '5', 'application/json; charset=utf-8']);
    assert.equal(body, '{"error":{"code":"TOO_MANY_VIEWERS","message":"As many viewers are connected as this server allows."}}');
    first.close();
    await once(sockets[0] as Socket, 'close');
    await new Promise((resolve) => setImmediate(resolve));
    await server.open();
  });

  test('of many that come at the same time exactly as many as allowed get in', async (context) => {
    let answer = (): void => undefined;
    const thinking = new Promise<void>((resolve) => (answer = resolve));
    let asked = 0;
    const server = await startServer(context, {
      maxConnections: 3,
      authenticate: async () => {
        if (++asked === 10) answer();
        await thinking;
        return { id: 'ada' };
      },
    });
    const answers = await Promise.all(Array.from({ length: 10 }, () => answerTo(server.host, requestText('/websocket/logs?access_token=x', { Host: server.host, ...UPGRADE }))));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [101, 101, 101, 503, 503, 503, 503, 503, 503, 503]);
  });

  test('who leaves, or resets, while the application thinks costs nothing', async (context) => {
    let asked = (): void => undefined, answer = (_: Viewer): void => undefined;
    const thinking = new Promise<void>((resolve) => (asked = resolve));
    const server = await startServer(context, {
      authenticate: ({ token }) => {
        if (token !== 'slow') return { id: 'ada' };
        asked();
        return new Promise((resolve) => (answer = resolve));
      },
    });
    const accepted = once(server.http, 'connection') as Promise<[Socket]>, socket = await dial(server.host);
    const [theirs] = await accepted;
    socket.write(requestText('/websocket/logs?access_token=slow', { Host: server.host, ...UPGRADE }));
    await thinking;
    socket.resetAndDestroy();
    // not by `once`, which would listen to its error too: nobody but the endpoint does
    await new Promise((resolve) => theirs.once('close', resolve));
    answer({ id: 'ada' });
    const client = await server.watch('info');
    server.logger.info('still here');
    assert.equal(entriesOf([await client.next()])[0]?.['msg'], 'still here');
  });

  test('a viewer that leaves leaves nothing behind', async (context) => {
    const clock = manualClock(), server = await startServer(context, { clock }), accepted = once(server.http, 'connection') as Promise<[Socket]>;
    const before = clock.pending, client = await server.watch('info');
    assert.equal(clock.pending, before + 2, 'its heartbeat, and when to ask about it again');
    client.terminate();
    await once((await accepted)[0], 'close');
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(clock.pending, before);
  });

  test('what no viewer sends ends its connection and nobody else\'s', async (context) => {
    const server = await startServer(context), witness = await server.watch('info');
    const mask = Buffer.from([0, 0, 0, 0]);
    const attacks: readonly (readonly [string, number, Buffer])[] = [
      ['a message longer than 4 KiB', 1009, Buffer.concat([Buffer.from([0x81, 0xfe, 0x10, 0x01]), mask, Buffer.alloc(4097, 'x')])],
      ['a length of 2^63', 1009, Buffer.concat([Buffer.from([0x81, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255]), mask])],
      ['no mask', 1002, Buffer.from([0x81, 0x02, 0x7b, 0x7d])],
      ['a reserved bit', 1002, Buffer.concat([Buffer.from([0xc1, 0x80]), mask])],
      ['a reserved opcode', 1002, Buffer.concat([Buffer.from([0x83, 0x80]), mask])],
      ['a continuation of nothing', 1002, Buffer.concat([Buffer.from([0x80, 0x80]), mask])],
      ['text that is no UTF-8', 1007, Buffer.concat([Buffer.from([0x81, 0x82]), mask, Buffer.from([0xc3, 0x28])])],
      ['a ping longer than 125 bytes', 1002, Buffer.concat([Buffer.from([0x89, 0xfe, 0x00, 0x7e]), mask, Buffer.alloc(126)])],
      ['tiny fragments without end', 1008, Buffer.concat([Buffer.concat([Buffer.from([0x01, 0x80]), mask]), ...Array.from({ length: 50 }, () => Buffer.concat([Buffer.from([0x00, 0x80]), mask]))])],
    ];
    for (const [name, code, bytes] of attacks) {
      const socket = await dial(server.host);
      socket.write(requestText(`/websocket/logs?access_token=${TOKEN}`, { Host: server.host, ...UPGRADE }));
      await once(socket, 'data');
      const received: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => received.push(chunk));
      socket.on('error', () => undefined);
      socket.write(bytes);
      await once(socket, 'end');
      socket.destroy();
      const close = Buffer.concat(received);
      assert.equal(close[0], 0x88, `${name}: a close frame`);
      assert.equal(close.readUInt16BE(2), code, name);
      server.logger.info(name);
      assert.equal(entriesOf([await witness.next()])[0]?.['msg'], name);
    }
  });
});

describe('switched off', () => {
  test('an upgrade is told so, and nothing is kept of what is logged', async (context) => {
    const heard: unknown[] = [], bus = new LocalBus(), server = await startServer(context, { enabled: false, bus });
    bus.subscribe((batch) => heard.push(batch));
    const { status, body } = await refusedBy(server.url);
    assert.deepEqual([status, body], [404, '{"error":{"code":"LOGS_DISABLED","message":"The logs endpoint is switched off on this server."}}']);
    server.logger.fatal('x');
    assert.deepEqual(heard, []);
  });
});

describe('closing', () => {
  test('every viewer gets what was logged, is told, and is gone; then nobody is let in', async (context) => {
    const clock = manualClock(), server = await startServer(context, { clock }), plain = await server.watch('info'), extended = await server.watch('info', true);
    server.logger.info('the last words');
    await Promise.all([server.logs.close(), server.logs.close()]);
    assert.deepEqual(await plain.closed, { code: 1012, reason: 'The server is shutting down.' });
    assert.deepEqual(await extended.closed, { code: 1012, reason: 'The server is shutting down.' });
    assert.deepEqual(plain.frames.map((frame) => frame.includes('the last words')), [false, true]);
    const bye = decodeServerFrame(extended.frames.at(-1) ?? '');
    assert.ok(bye.type === 'bye' && bye.code === 'restart' && bye.retryMs !== null && bye.retryMs > 0 && bye.retryMs <= 520, JSON.stringify(bye));
    assert.equal(clock.pending, 0);
    server.logger.info('nobody hears this, and nothing breaks');
  });

  test('who is being checked meanwhile is refused', async (context) => {
    let asked = (): void => undefined, answer = (_: Viewer): void => undefined;
    const thinking = new Promise<void>((resolve) => (asked = resolve));
    const server = await startServer(context, {
      authenticate: () => {
        asked();
        return new Promise((resolve) => (answer = resolve));
      },
    });
    const refusal = refusedBy(server.url);
    await thinking;
    await server.logs.close();
    await refusal;
    answer({ id: 'ada' });
    assert.deepEqual([(await refusal).status, (await refusal).body], [503, '{"error":{"code":"CLOSING","message":"The server is shutting down."}}']);
  });

  test('a guest that is refused at the end and does not go is cut off with the others', async (context) => {
    const clock = manualClock();
    let asked = (): void => undefined;
    const thinking = new Promise<void>((resolve) => (asked = resolve));
    const server = await startServer(context, {
      clock, shutdownMs: 1000,
      authenticate: () => {
        asked();
        return new Promise(() => undefined);
      },
    });
    const accepted = once(server.http, 'connection') as Promise<[Socket]>, socket = await dial(server.host), [theirs] = await accepted;
    // what is written never leaves
    theirs.cork();
    theirs.uncork = () => undefined;
    socket.write(requestText(`/websocket/logs?access_token=${TOKEN}`, { Host: server.host, ...UPGRADE }));
    await thinking;
    const closing = server.logs.close();
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(1000);
    await closing;
    assert.equal(theirs.destroyed, true);
    assert.equal(clock.pending, 0);
    socket.destroy();
  });

  test('a viewer that does not answer is cut off after the time for it', async (context) => {
    const clock = manualClock(), server = await startServer(context, { clock, shutdownMs: 1000 });
    const accepted = once(server.http, 'connection') as Promise<[Socket]>, socket = await dial(server.host);
    socket.write(requestText(`/websocket/logs?access_token=${TOKEN}`, { Host: server.host, ...UPGRADE }));
    await once(socket, 'data');
    socket.on('error', () => undefined);
    let closed = false;
    const closing = server.logs.close().then(() => (closed = true));
    await once(socket, 'data');
    assert.equal(closed, false);
    clock.advance(999);
    assert.equal((await accepted)[0].destroyed, false);
    clock.advance(1);
    assert.equal((await accepted)[0].destroyed, true);
    await closing;
    assert.equal(clock.pending, 0);
    socket.destroy();
  });

  test('a process that has closed everything ends by itself', async () => {
    const { execFile } = await import('node:child_process');
    const script = `
      import { createServer } from 'node:http';
      import { createLogServer } from './src/server/index.ts';
      const logs = createLogServer({ authenticate: () => ({ id: 'a' }) }), http = createServer();
      logs.attach(http);
      await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
      const socket = new (await import('ws')).WebSocket('ws://127.0.0.1:' + http.address().port + '/websocket/logs?access_token=x');
      await new Promise((resolve) => socket.once('open', resolve));
      logs.destination.write('{"level":30}');
      await logs.close();
      http.close();
      console.log(process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate/.test(name)).length);`;
    const output = await new Promise<string>((resolve, reject) => {
      execFile(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { timeout: 30_000 }, (error, stdout) => (error === null ? resolve(stdout) : reject(new Error(error.message))));
    });
    assert.equal(output.trim(), '0');
  });
});
