// A whole run with everything logged at trace: requests, failing and good sign-ins of every kind, Redis with a password. Whatever came out of it,
// anywhere, holds no secret; and watching does not log.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { pino } from 'pino';
import { pinoHttp } from 'pino-http';
import { createLogServer, type Viewer } from '../../src/server/index.js';
import { clientOf, RedisServer } from '../helpers/redis-server.js';
import { someChannel } from '../helpers/redis-buses.js';
import { refusedBy, WsClient } from '../helpers/ws-client.js';
import { answerTo, requestText, UPGRADE } from './raw-request.js';
import { entriesOf, listen } from './start-server.js';

const GOOD = 's3cr3t+good/token', BAD = 's3cr3t+wrong/token', BOOM = 's3cr3t+boom/token', PASSWORD = 's3cr3t-of-redis', SEAL = 's3cr3t of all instances';
const SECRETS = [GOOD, BAD, BOOM, PASSWORD, SEAL].flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64url'), Buffer.from(secret).toString('base64').replace(/=+$/, '')]);

test('no token and no password is in the application\'s log, in a stream, in an answer, in an error or on the bus; and watching feeds nothing to the stream', async (context) => {
  const redis = await RedisServer.start(context, ['--requirepass', PASSWORD]), channel = someChannel(), address = redis.url.replace('//', `//:${PASSWORD}@`);
  const out: string[] = [], told: unknown[] = [];
  const logs = createLogServer({
    level: 'trace', redis: { url: address, channel, secret: SEAL }, markMs: 20, recheckMs: 50, onError: (error) => told.push(error),
    authenticate: ({ token, request }): Viewer | null => {
      const brought = token ?? decodeURIComponent(/session=([^;]*)/.exec(request.headers.cookie ?? '')?.[1] ?? '');
      if (brought === BOOM) throw new Error('the database is away');
      return brought === GOOD ? { id: 'ada' } : null;
    },
  });
  const redact = ['req.headers.cookie', 'req.headers.authorization', 'req.headers["sec-websocket-protocol"]'];
  const logger = pino({ level: 'trace', redact }, pino.multistream([{ stream: { write: (line: string) => void out.push(line) }, level: 'trace' }, { stream: logs.destination, level: 'trace' }]));
  const logRequest = pinoHttp({ logger }), server = createServer((request, response) => {
    logRequest(request, response);
    response.end('hello');
  });
  logs.attach(server);
  const host = await listen(server), spy = clientOf(context, address), published: string[] = [], clients: WsClient[] = [];
  context.after(async () => {
    for (const client of clients) client.terminate();
    await logs.close();
    server.closeAllConnections();
    server.close();
  });
  await spy.connect();
  await spy.subscribe(channel, (message) => published.push(message));

  const url = `ws://${host}/websocket/logs`, query = (token: string): string => `${url}?access_token=${encodeURIComponent(token)}`;
  const cookie = (token: string) => ({ origin: `http://${host}`, headers: { cookie: `session=${encodeURIComponent(token)}` } });
  const bearer = (token: string): string => `bearer.system-logs.${Buffer.from(token).toString('base64url')}`;
  for (let turn = 0; turn < 3; turn++) {
    clients.push(await WsClient.open(query(GOOD)), await WsClient.open(url, cookie(GOOD)), await WsClient.open(url, { protocols: ['system-logs', bearer(GOOD)] }));
    for (const token of [BAD, BOOM]) {
      out.push(inspect(await refusedBy(query(token))), inspect(await refusedBy(url, cookie(token))));
      out.push(inspect(await answerTo(host, requestText('/websocket/logs', { Host: host, ...UPGRADE, 'Sec-WebSocket-Protocol': `system-logs, ${bearer(token)}` }))));
    }
  }
  assert.deepEqual(clients.map((client) => client.socket.protocol), ['', '', 'system-logs', '', '', 'system-logs', '', '', 'system-logs']);
  for (const [index, client] of clients.entries()) await client.ask({ type: 'subscribe', log_level: 'trace', ...(index % 2 === 0 ? { ext: { v: 1 } } : {}) });
  const [first, , second] = clients as [WsClient, WsClient, WsClient];
  first.send({ type: 'auth', access_token: GOOD });
  first.send({ type: 'auth', access_token: BOOM });
  second.send({ type: 'auth', access_token: BAD });
  await second.closed;
  await first.until(() => first.frames.some((frame) => frame.includes('SERVICE_UNAVAILABLE')));

  // nobody calls the application: marks come, sign-ins are checked, and not one entry
  const marks = (): number => first.frames.filter((frame) => frame.includes('"event":"mark"')).length, begun = marks();
  await first.until(() => marks() > begun + 20, 'twenty marks');
  assert.deepEqual(entriesOf(first.frames), []);
  assert.equal(out.filter((line) => line.startsWith('{"level"')).length, 0);

  await (await fetch(`http://${host}/`, { headers: { cookie: `session=${encodeURIComponent(GOOD)}`, authorization: `Bearer ${GOOD}` } })).text();
  await first.until(() => entriesOf(first.frames).length > 0);
  while (!published.some((message) => message.includes('request completed'))) await new Promise((resolve) => setImmediate(resolve));
  await redis.kill();
  await first.until(() => first.frames.some((frame) => frame.includes('"event":"bus"')), 'the state of the bus');
  const everything = [...out, ...published, ...clients.flatMap((client) => client.frames), inspect(told, { depth: 10 }), inspect(logs)].join('\n');
  for (const secret of SECRETS) {
    const at = everything.indexOf(secret);
    assert.equal(at, -1, everything.slice(Math.max(0, at - 400), at + 100));
  }
  assert.ok(told.length > 0 && published.length > 0);
});
