// The server behind the admin page of every framework: the built page under its strict header, a handful of orders, short-lived tokens, and the logs of all
// that. It knows nothing of frameworks but the policy that it is given.
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname, join } from 'node:path';
import { pino, type Logger } from 'pino';
import { createLogServer, type LogServer } from '../../src/server/index.js';
import { closeServer, listen } from '../shop-instance.js';

export interface SiteOptions {
  /** The built page; what is in it when the site starts is what it serves. */
  readonly folder: string;
  /** Its content security policy. */
  readonly policy: string;
  /** Default: any free one. */
  readonly port?: number;
}

interface Order {
  readonly id: number;
  readonly item: string;
  readonly total: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml', '.map': 'application/json',
};
const ITEMS = [['Lamp', '184.90'], ['Desk', '420.00'], ['Chair', '99.00']] as const;
const KEPT_ORDERS = 10;

/** Names that reach this machine itself; any other could be a foreign site's that points here. */
const OWN_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

export class Site {
  readonly url: string;
  readonly logger: Logger;
  /** How many connections of viewers there were, and how many of them are open. */
  readonly viewers = { ever: 0, open: 0 };
  readonly #http: Server;
  readonly #logs: LogServer;
  readonly #token = randomUUID();
  readonly #files = new Map<string, { readonly type: string; readonly content: Buffer }>();
  readonly #policy: string;
  #orders: Order[] = [];
  #lastOrder = 1000;

  private constructor({ folder, policy }: SiteOptions, http: Server) {
    this.#policy = policy;
    this.#http = http;
    this.#logs = createLogServer({ level: 'trace', instance: 'shop-1', authenticate: ({ token }) => (token === this.#token ? { id: 'admin' } : null) });
    this.logger = pino({ level: 'trace', base: null }, this.#logs.destination);
    this.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name), path = file.slice(folder.length).replaceAll('\\', '/');
      this.#files.set(path === '/index.html' ? '/' : path, { type: TYPES[extname(file)] ?? 'application/octet-stream', content: readFileSync(file) });
    }
    http.on('request', (request, response) => this.#answer(request, response));
    http.on('upgrade', (_request, socket: Socket) => this.#count(socket));
    this.#logs.attach(http);
  }

  static async start(options: SiteOptions): Promise<Site> {
    const http = createServer();
    await listen(http, options.port ?? 0);
    return new Site(options, http);
  }

  /** As if a customer had. */
  placeOrder(): void {
    const id = ++this.#lastOrder, [item, total] = ITEMS[id % ITEMS.length] ?? ITEMS[0];
    this.#orders = [{ id, item, total }, ...this.#orders].slice(0, KEPT_ORDERS);
    this.logger.debug({ order: id }, `Reserving a ${item.toLowerCase()}`);
    this.logger.info({ order: id, total }, `Order ${id} received`);
    if (id % 5 === 0) this.logger.error({ order: id, err: new Error('The payment gateway does not answer') }, `Order ${id} is not charged`);
  }

  async close(): Promise<void> {
    await this.#logs.close();
    await closeServer(this.#http);
  }

  #count(socket: Socket): void {
    this.viewers.ever++;
    this.viewers.open++;
    socket.once('close', () => this.viewers.open--);
  }

  #answer({ url = '/', method, headers }: IncomingMessage, response: ServerResponse): void {
    const path = url.split('?', 1)[0] ?? '/', file = this.#files.get(path);
    response.setHeader('x-content-type-options', 'nosniff').setHeader('cache-control', 'no-store');
    if (!OWN_HOST.test(headers.host ?? '')) return void response.writeHead(403).end();
    if (file !== undefined) {
      if (path === '/') response.setHeader('content-security-policy', this.#policy);
      response.setHeader('content-type', file.type).end(file.content);
      return;
    }
    if (path === '/api/orders' && method === 'POST') this.placeOrder();
    if (path === '/api/orders') return json(response, this.#orders);
    // a shop of its own would ask here who the visitor is
    if (path === '/api/token') return json(response, { token: this.#token });
    response.writeHead(404).end();
  }
}

function json(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
}
