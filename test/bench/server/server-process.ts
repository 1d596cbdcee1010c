// The server half of the server's benchmark, in a process of its own so that its CPU time is its own: it logs so many entries with a real pino, one
// tick after the other, never further ahead than the viewers in the other process have read, and says what that cost.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino, type DestinationStream } from 'pino';
import { WebSocketServer, type WebSocket } from 'ws';
import { createLogServer } from '../../../src/server/index.js';
import { TICK, WINDOW, type Answer, type Job, type Order } from './job.js';

/** What one log entry of an ordinary request handler looks like: some 250 bytes as pino writes it. */
const BODY = { requestId: '7f3d3f0e-1b4c-4f5e-9a59-0d8f3f2f7c11', route: '/orders/:id', tenant: 'north', items: 12, cached: false, durationMs: 37.25, region: 'eu-1' };
const MESSAGE = 'order 48,201 was priced and is on its way to the customer';

interface Way {
  readonly destination: DestinationStream;
  readonly http: Server | null;
  close(): Promise<void>;
}

/** Each line is parsed, and for each viewer written and sent anew. */
function plainWay(): Way {
  const http = createServer(), sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false }), viewers = new Set<WebSocket>();
  http.on('upgrade', (request, socket, head) => sockets.handleUpgrade(request, socket, head, (viewer) => {
    viewer.on('message', () => {
      viewers.add(viewer);
      viewer.send('{"type":"logs","event":"subscribe","log_level":"info"}');
    });
  }));
  const destination = {
    write(line: string): void {
      const data = JSON.parse(line) as { level: number };
      for (const viewer of viewers) if (data.level >= 30) viewer.send(JSON.stringify({ type: 'logs', data, uid: 'bench' }));
    },
  };
  return { destination, http, close: () => new Promise((resolve) => http.close(() => resolve())) };
}

function ours(): Way {
  const logs = createLogServer({ authenticate: ({ token }) => (token === 'bench' ? { id: 'bench' } : null), instance: 'bench', keepMs: 1 }), http = createServer();
  logs.attach(http);
  return {
    destination: logs.destination, http,
    async close() {
      await logs.close();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

const nothing = (): Way => ({ destination: { write: () => undefined }, http: null, close: () => Promise.resolve() });

const say = (answer: Answer): void => void process.send?.(answer);

async function run({ way, entries }: Job): Promise<void> {
  const made = way === 'ours' ? ours() : way === 'plain' ? plainWay() : nothing();
  let read = 0, wake = (): void => undefined;
  const onOrder = (order: Order): void => {
    if (order.kind === 'read') read = order.count;
    wake();
  };
  process.on('message', onOrder);
  if (made.http !== null) await new Promise<void>((resolve) => made.http?.listen(0, '127.0.0.1', resolve));
  const started = new Promise<void>((resolve) => (wake = resolve));
  say({ kind: 'listening', port: made.http === null ? 0 : (made.http.address() as AddressInfo).port });
  await started;
  const logger = pino({ level: 'info' }, made.destination), cpu = process.cpuUsage(), began = performance.now();
  for (let sent = 0; sent < entries;) {
    const end = Math.min(entries, sent + TICK);
    for (; sent < end; sent++) logger.info(BODY, MESSAGE);
    await new Promise((resolve) => setImmediate(resolve));
    while (sent - read > WINDOW) await new Promise<void>((resolve) => (wake = resolve));
  }
  while (read < entries) await new Promise<void>((resolve) => (wake = resolve));
  const { user, system } = process.cpuUsage(cpu);
  say({ kind: 'done', cpuMs: (user + system) / 1000, wallMs: performance.now() - began });
  process.off('message', onOrder);
  await made.close();
}

process.on('message', (order: Order) => {
  if (order.kind === 'job') void run(order.job);
  if (order.kind === 'end') process.disconnect();
});
