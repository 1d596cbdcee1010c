// The benchmark's server, a process of its own: serves the pages, and sends entries to one viewer at a time, straight to its socket, at a rate or
// as fast as the socket takes them. Told what to do by messages of its parent (`flood.ts`).
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { pagePolicy } from '../../demo/page-policy.js';
import { encodeSubscribed, EXTENSION_VERSION } from '../../src/core/protocol.js';
import { FrameSource, PACK } from './frames.js';
import type { PageFile } from './pages.js';

export type Shape = 'plain' | 'packed';

/** What the parent asks; each is answered by its `id`. */
export type Order =
  | { readonly name: 'serve'; readonly files: Readonly<Record<string, PageFile>> }
  | { readonly name: 'subscribed'; readonly lane: string }
  /** `perSecond` null: as fast as it goes. */
  | { readonly name: 'stream'; readonly lane: string; readonly shape: Shape; readonly perSecond: number | null }
  | { readonly name: 'send'; readonly lane: string; readonly shape: Shape; readonly count: number }
  | { readonly name: 'stop'; readonly lane: string };

export interface Answer {
  readonly port: number;
  /** Entries handed to the lane's socket so far, and the characters of their texts. */
  readonly sent: number;
  readonly rawBytes: number;
  /** Of the stream that ended: the number of the last entry of each write, and when it was written, in ms since 1970. */
  readonly writes: readonly (readonly [number, number])[];
}

/** One write holds about this many entries. */
const PLAIN_WRITE = 128, PACKED_WRITE = 5 * PACK;
const TICK_MS = 4;

class Lane {
  readonly source = new FrameSource();
  socket: Duplex | null = null;
  writes: [number, number][] = [];
  #cancel: () => void = () => undefined;

  send(shape: Shape, count: number): boolean {
    const isOpen = this.socket?.write(this.source[shape](count)) ?? true;
    this.writes.push([this.source.count, Date.now()]);
    return isOpen;
  }

  flood(shape: Shape): void {
    const count = shape === 'plain' ? PLAIN_WRITE : PACKED_WRITE;
    let isWanted = true;
    const go = (): void => {
      if (!isWanted) return;
      if (this.send(shape, count)) setImmediate(go);
      else this.socket?.once('drain', go);
    };
    this.#cancel = () => (isWanted = false);
    go();
  }

  /** By the clock, not by the tick: a late tick makes up for what it missed. */
  stream(shape: Shape, perSecond: number): void {
    let from = performance.now();
    const timer = setInterval(() => {
      const step = shape === 'plain' ? 1 : PACK, due = Math.floor((((performance.now() - from) / 1000) * perSecond) / step) * step;
      if (due === 0) return;
      from += (due / perSecond) * 1000;
      this.send(shape, due);
    }, TICK_MS);
    this.#cancel = () => clearInterval(timer);
  }

  stop(): void {
    this.#cancel();
  }
}

const lanes = new Map<string, Lane>();
const waiting = new Map<string, () => void>();
let files: Extract<Order, { name: 'serve' }>['files'] = {};

const server = createServer((request, response) => {
  const path = new URL(`http://bench${request.url ?? '/'}`).pathname, file = files[path];
  if (file === undefined) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-store', 'content-security-policy': file.policy ?? pagePolicy(null, 'lit-html') }).end(file.text);
});
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
server.on('upgrade', (request, socket, head) => {
  const name = new URL(`http://bench${request.url ?? '/'}`).searchParams.get('lane') ?? '';
  sockets.handleUpgrade(request, socket, head, (viewer) => {
    viewer.on('message', (data) => {
      const frame = JSON.parse((data as Buffer).toString()) as { type: string; log_level?: string };
      if (frame.type !== 'subscribe') return;
      viewer.send(encodeSubscribed(frame.log_level ?? 'info', { v: EXTENSION_VERSION, floor: 'trace', hub: 'bench' }));
      laneOf(name).socket = socket;
      waiting.get(name)?.();
    });
    viewer.on('close', () => {
      const lane = laneOf(name);
      lane.stop();
      if (lane.socket === socket) lane.socket = null;
    });
  });
});

function laneOf(name: string): Lane {
  let lane = lanes.get(name);
  if (lane === undefined) lanes.set(name, (lane = new Lane()));
  return lane;
}

async function obey(order: Order): Promise<void> {
  if (order.name === 'serve') {
    files = order.files;
    return;
  }
  const lane = laneOf(order.lane);
  if (order.name === 'subscribed') {
    if (lane.socket === null) await new Promise<void>((resolve) => waiting.set(order.lane, resolve));
    return;
  }
  if (order.name === 'stop') return lane.stop();
  lane.writes = [];
  if (order.name === 'send') lane.send(order.shape, order.count);
  else if (order.perSecond === null) lane.flood(order.shape);
  else lane.stream(order.shape, order.perSecond);
}

process.on('message', ({ id, order }: { id: number; order: Order }) => {
  void obey(order).then(() => {
    const lane = 'lane' in order ? laneOf(order.lane) : null;
    const answer: Answer = {
      port: (server.address() as AddressInfo).port, sent: lane?.source.count ?? 0, rawBytes: lane?.source.rawBytes ?? 0, writes: order.name === 'stop' ? (lane?.writes ?? []) : [],
    };
    process.send?.({ id, answer });
  });
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => process.send?.({ id: 0, answer: null }));
