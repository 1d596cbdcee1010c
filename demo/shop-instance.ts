// One instance of the shop: an HTTP server that logs by pino and pino-http into a log server of its own. Two of them, given the same bus,
// see each other's logs. It knows nothing of pages.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { pinoHttp } from 'pino-http';
import { createLogServer, type Authenticate, type LogBus, type LogServer } from '../src/server/index.js';
import { answer } from './shop.js';

export interface ShopInstance {
  readonly name: string;
  readonly port: number;
  readonly logs: LogServer;
  close(): Promise<void>;
}

export interface ShopInstanceOptions {
  readonly name: string;
  readonly bus: LogBus;
  readonly authenticate: Authenticate;
}

const MAX_BODY_CHARACTERS = 64 * 1024;

export async function startShopInstance({ name, bus, authenticate }: ShopInstanceOptions): Promise<ShopInstance> {
  const logs = createLogServer({ instance: name, bus, authenticate, level: 'trace' });
  const logger = pino({ level: 'trace', base: { service: 'shop' }, redact: ['req.headers.cookie', 'req.headers.authorization'] }, logs.destination);
  const logRequest = pinoHttp({
    logger,
    genReqId: () => randomUUID().slice(0, 8),
    quietReqLogger: true,
    customLogLevel: (_request, response, error) => (error !== undefined || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'warn' : 'info'),
  });
  const server = createServer((request, response) => {
    logRequest(request, response);
    void reply(request, response);
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  logger.debug({ port }, `${name} is ready`);
  return {
    name, port, logs,
    async close() {
      await closeServer(server);
      await logs.close();
    },
  };
}

async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(`http://shop${request.url ?? '/'}`);
  const { status, body, error } = await answer(request.method ?? 'GET', { url, body: await readBody(request), log: request.log });
  if (error !== undefined) response.err = error;
  response.statusCode = status;
  response.setHeader('content-type', 'application/json').setHeader('cache-control', 'no-store').end(body === undefined ? undefined : JSON.stringify(body));
}

/** The JSON of a request's body; null where it has none, or too much, or the client went away. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  try {
    for await (const chunk of request.setEncoding('utf8')) {
      if (text.length <= MAX_BODY_CHARACTERS) text += chunk as string;
    }
    return JSON.parse(text.length <= MAX_BODY_CHARACTERS ? text : '');
  } catch {
    return null;
  }
}

/** Loopback only: a demo has no business on a network. */
export function listen(server: Server, port = 0): Promise<void> {
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve()));
}

/** Lets no connection linger. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
