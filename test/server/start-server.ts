// A log server on a real HTTP server and a real pino logger, on loopback, ended with its test.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { pino, type Logger } from 'pino';
import { createLogServer, type LogServer, type LogServerOptions } from '../../src/server/index.js';
import { WsClient, type WsClientOptions } from '../helpers/ws-client.js';

export const TOKEN = 'the-good-token';
export const INSTANCE = 'inst0001';

export interface StartedServer {
  readonly logs: LogServer;
  readonly http: Server;
  readonly logger: Logger;
  readonly host: string;
  /** With the token. */
  readonly url: string;
  /** Opens a viewer; it ends with the test. */
  open(options?: WsClientOptions, url?: string): Promise<WsClient>;
  /** Opens a viewer and subscribes it. */
  watch(level: string, ext?: boolean): Promise<WsClient>;
}

export async function startServer(test: TestContext, options: Partial<LogServerOptions> = {}, port = 0): Promise<StartedServer> {
  const logs = createLogServer({ authenticate: ({ token }) => (token === TOKEN ? { id: 'ada' } : null), instance: INSTANCE, ...options });
  const http = createServer((_, response) => response.end('the application'));
  logs.attach(http);
  const host = await listen(http, port);
  const clients: WsClient[] = [];
  test.after(async () => {
    for (const client of clients) client.terminate();
    await logs.close();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });
  const url = `ws://${host}${options.path ?? '/websocket/logs'}?access_token=${TOKEN}`;
  const open = async (clientOptions: WsClientOptions = {}, to = url): Promise<WsClient> => {
    const client = await WsClient.open(to, clientOptions);
    clients.push(client);
    return client;
  };
  const watch = async (level: string, ext = false): Promise<WsClient> => {
    const client = await open();
    await client.ask({ type: 'subscribe', log_level: level, ...(ext ? { ext: { v: 1 } } : {}) });
    return client;
  };
  return { logs, http, logger: pino({ level: 'trace' }, logs.destination), host, url, open, watch };
}

/** Listens on a port of loopback, any free one by default; resolves with host and port. */
export async function listen(server: Server, port = 0): Promise<string> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** With the test end its log servers, and then the HTTP server that they hang on, whoever is still connected. */
export function endWith(test: TestContext, server: Server, ...logs: readonly LogServer[]): void {
  test.after(async () => {
    await Promise.all(logs.map((each) => each.close()));
    server.closeAllConnections();
    server.close();
  });
}

/** The entries that frames carry, in their order, packed or not. */
export function entriesOf(frames: readonly string[]): Record<string, unknown>[] {
  return frames.flatMap((frame) => {
    const [head = '', ...lines] = frame.split('\n');
    const envelope = JSON.parse(head) as { data?: Record<string, unknown>; event?: string };
    if (envelope.event === 'packed') return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    return envelope.data === undefined ? [] : [envelope.data];
  });
}
