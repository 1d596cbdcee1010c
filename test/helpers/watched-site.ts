// An application with its page and its logs on one port, as a test stops it and starts it again; and its own record of what it logged, written before the
// log server sees a line, by which a viewer is judged.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { pagePolicy } from '../../demo/page-policy.js';
import { closeServer, listen } from '../../demo/shop-instance.js';
import type { LevelName } from '../../src/core/levels.js';
import { createLogServer, type LogServer, type LogServerOptions } from '../../src/server/index.js';

/** The levels of what was logged; its place in the list is each entry's number. */
export type SourceRecord = LevelName[];

const PAGE = `<!doctype html><html lang="en"><title>Logs</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css">
<script type="module" src="/system-logs.min.js"></script><main><system-logs endpoint="/websocket/logs" level="trace"></system-logs></main></html>`;
const STYLE = 'html, body, main { height: 100%; margin: 0 } system-logs { display: block; height: 100% }';
const BUNDLE = join(import.meta.dirname, '../../dist/cdn/system-logs.min.js');

export class WatchedSite {
  readonly logs: LogServer;
  readonly port: number;
  readonly record: SourceRecord;
  readonly #http: Server;
  readonly #logger: Logger;
  #stopped = false;

  private constructor(http: Server, logs: LogServer, record: SourceRecord) {
    this.#http = http;
    this.logs = logs;
    this.record = record;
    this.port = (http.address() as AddressInfo).port;
    this.#logger = pino({ level: 'trace', base: null }, logs.destination);
  }

  /** Everybody is let in, unless the options say otherwise. */
  static async start(options: Partial<LogServerOptions> = {}, port = 0, record: SourceRecord = []): Promise<WatchedSite> {
    const logs = createLogServer({ authenticate: () => ({ id: 'ada' }), instance: 'api-1', level: 'trace', ...options }), http = createServer(serve);
    logs.attach(http);
    await listen(http, port);
    return new WatchedSite(http, logs, record);
  }

  /** @param fields what each entry holds beside its number */
  log(count: number, level: LevelName = 'info', fields: object = {}): void {
    for (; count > 0; count--) {
      const n = this.record.push(level) - 1;
      this.#logger[level]({ n, ...fields }, `entry ${n}`);
    }
  }

  /** As an application stops that is asked to: its viewers are told. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    await this.logs.close();
    await closeServer(this.#http);
  }
}

/** Each connection is used once, so that a proxy decides about every request. */
function serve(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Connection', 'close');
  switch (request.url) {
    case '/': return void response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': pagePolicy(null).replace('img-src', 'img-src data:') }).end(PAGE);
    case '/page.css': return void response.writeHead(200, { 'Content-Type': 'text/css' }).end(STYLE);
    case '/system-logs.min.js': return void response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(readFileSync(BUNDLE));
    default: return void response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"error":"There is no such page."}');
  }
}
