// A proxy of ours between a page and a server, on loopback: hands everything on as bytes, and does to connections what networks and proxies do. A WebSocket
// is told from other requests by its first bytes only. What happens to an open connection is its link's doing.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { ChaosLink, type Way } from './chaos-link.js';

export { type ChaosLink } from './chaos-link.js';

/** What becomes of a new connection. */
export type Door =
  | 'open'
  /** Takes it and never says a word. */
  | 'silent'
  /** RST as soon as it has asked. */
  | 'reset'
  /** Hands the request on without what asks for a WebSocket, as a proxy does that was never told to pass it. */
  | 'no upgrade'
  /** These words in place of the server's, whatever was asked. */
  | { readonly says: (head: string) => string };

export class ChaosProxy {
  readonly port: number;
  /** Every connection that was handed on as a WebSocket, in order. */
  readonly links: ChaosLink[] = [];
  /** Tries to open a WebSocket. */
  tries = 0;
  /** For WebSockets. */
  door: Door = 'open';
  /** For all other requests. */
  side: Door = 'open';
  readonly #server: Server;
  readonly #target: number;
  readonly #open = new Set<Socket>();
  readonly #waiting = new Set<() => void>();

  private constructor(server: Server, target: number) {
    this.#server = server;
    this.#target = target;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (socket) => void this.#serve(socket));
  }

  /** @param target port of the server, which may come and go */
  static async start(target: number): Promise<ChaosProxy> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ChaosProxy(server, target);
  }

  /** The newest WebSocket. */
  get link(): ChaosLink {
    return this.links.at(-1) as ChaosLink;
  }

  get openLinks(): number {
    return this.links.filter(({ isOpen }) => isOpen).length;
  }

  /** The same for every request. */
  shut(door: Door): void {
    this.door = this.side = door;
  }

  /** Pauses every open WebSocket; those that come are let through. */
  pause(way: Way): void {
    for (const link of this.links) link.pause(way);
  }

  /** Nothing listens any more, and what was open is reset. */
  async refuse(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#open) socket.resetAndDestroy();
    await closed;
  }

  /** Listens again, at the same port. */
  async accept(): Promise<void> {
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** Resolves with `condition`, looked at whenever a WebSocket is asked for or ends. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const look = (): void => void (condition() && this.#waiting.delete(look) && resolve());
      this.#waiting.add(look);
    });
  }

  async close(): Promise<void> {
    if (this.#server.listening) await this.refuse();
  }

  async #serve(page: Socket): Promise<void> {
    this.#open.add(page);
    page.on('error', () => undefined).on('close', () => this.#open.delete(page));
    const head = await headOf(page);
    if (head === null) return void page.destroy();
    const isSocket = /^upgrade: *websocket\r$/im.test(head.toString('latin1')), door = isSocket ? this.door : this.side;
    if (isSocket) this.tries++;
    if (door === 'reset') page.resetAndDestroy();
    else if (door === 'silent') page.resume();
    else if (typeof door === 'object') answer(page, door.says(head.toString('latin1')));
    else await this.#handOn(page, door === 'open' ? head : withoutUpgrade(head), isSocket);
    this.#look();
  }

  async #handOn(page: Socket, head: Buffer, isSocket: boolean): Promise<void> {
    const server = connect({ port: this.#target, host: '127.0.0.1', allowHalfOpen: true });
    try {
      await once(server, 'connect');
    } catch {
      // as a proxy says it whose server is away
      return answer(page, answerOf(502, 'Bad Gateway').says());
    }
    if (page.destroyed) return void server.destroy();
    const link = new ChaosLink(page, server, head);
    if (!isSocket) return;
    this.links.push(link);
    void link.closed.then(() => this.#look());
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }
}

/** A whole HTTP answer. */
export function answerOf(status: number, words: string, body = `<html><body>${status} ${words}</body></html>`): { says(): string } {
  return { says: () => `HTTP/1.1 ${status} ${words}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}` };
}

/** A WebSocket is promised, as the standard has it, and this comes in its place. */
export function promiseOf(then: string): { says(head: string): string } {
  return {
    says(head) {
      const key = /^sec-websocket-key: *(\S+)/im.exec(head)?.[1] ?? '';
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n${then}`;
    },
  };
}

/** An HTTP answer is over when it is said; anything else leaves the page waiting. */
function answer(page: Socket, text: string): void {
  page.resume();
  page.write(text);
  if (/^connection: close\r$/im.test(text)) page.end();
}

/** The first request up to its empty line, with whatever came with it; null where the page left before. */
function headOf(page: Socket): Promise<Buffer | null> {
  return new Promise((resolve) => {
    let head = Buffer.alloc(0);
    const take = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      if (head.includes('\r\n\r\n')) done(head);
    };
    const gone = (): void => done(null);
    const done = (result: Buffer | null): void => {
      page.off('data', take).off('end', gone).off('close', gone).pause();
      resolve(result);
    };
    page.on('data', take).on('end', gone).on('close', gone);
  });
}

function withoutUpgrade(head: Buffer): Buffer {
  return Buffer.from(head.toString('latin1').replace(/^(?:upgrade|connection):.*\r\n/gim, ''), 'latin1');
}
