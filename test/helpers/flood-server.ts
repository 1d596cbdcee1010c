// A log server that sends as many entries as a test wants, packed, at a steady rate: what a busy application's endpoint is to a page.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { encodePacked, encodeSubscribed, EXTENSION_VERSION, type StampedEntry } from '../../src/core/protocol.js';
import { closeServer, listen } from '../../demo/shop-instance.js';

export interface FloodServer {
  /** ws: address. */
  readonly endpoint: string;
  /** Entries sent so far. */
  readonly sent: number;
  /** Resolves when a viewer has subscribed. */
  readonly subscribed: Promise<void>;
  /** Sends `count` entries at once. */
  send(count: number): void;
  /** Goes on sending so many a second until told otherwise; 0 stops. */
  stream(perSecond: number): void;
  close(): Promise<void>;
}

const TICK_MS = 20;
const MAX_FRAME_ENTRIES = 500;
const EVERY_ERROR = 97;

/** @param instance the name in each entry's instance column */
export async function startFloodServer(instance = 'flood-1'): Promise<FloodServer> {
  const http = createServer((_request, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ server: http });
  let seq = 0, timer: NodeJS.Timeout | null = null;
  const lseq = new Map<number, number>();
  let onSubscribed = (): void => undefined;
  const subscribed = new Promise<void>((resolve) => (onSubscribed = resolve));
  const viewers = new Set<WebSocket>();

  sockets.on('connection', (socket) => {
    socket.on('close', () => viewers.delete(socket));
    socket.on('message', (data) => {
      const frame = JSON.parse((data as Buffer).toString('utf8')) as { type: string; log_level?: string };
      if (frame.type !== 'subscribe') return;
      socket.send(encodeSubscribed(frame.log_level ?? 'info', { v: EXTENSION_VERSION, floor: 'trace', hub: instance }));
      viewers.add(socket);
      onSubscribed();
    });
  });

  const nextEntry = (): StampedEntry => {
    const level = ++seq % EVERY_ERROR === 0 ? 50 : 30;
    const number = (lseq.get(level) ?? 0) + 1;
    lseq.set(level, number);
    return { instance, epoch: 'flood', seq, lseq: number, level, text: `{"level":${level},"time":${Date.now()},"n":${seq},"msg":"entry ${seq} of ${instance}"}` };
  };
  const send = (count: number): void => {
    for (let left = count; left > 0; left -= MAX_FRAME_ENTRIES) {
      const frame = encodePacked(Array.from({ length: Math.min(left, MAX_FRAME_ENTRIES) }, nextEntry));
      for (const viewer of viewers) viewer.send(frame);
    }
  };
  const stream = (perSecond: number): void => {
    if (timer !== null) clearInterval(timer);
    let sentAt = performance.now();
    // by the clock, not by the tick: a late tick makes up for what it missed
    timer = perSecond === 0 ? null : setInterval(() => {
      const due = Math.floor(((performance.now() - sentAt) / 1000) * perSecond);
      sentAt += (due / perSecond) * 1000;
      send(due);
    }, TICK_MS);
  };

  await listen(http);
  return {
    endpoint: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/logs`,
    get sent() { return seq; },
    subscribed, send, stream,
    async close() {
      stream(0);
      for (const socket of sockets.clients) socket.terminate();
      await closeServer(http);
    },
  };
}
