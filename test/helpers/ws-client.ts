// A real WebSocket client for tests: keeps every frame, and lets a test wait for a condition instead of for time.
import { get, type IncomingHttpHeaders } from 'node:http';
import { WebSocket, type ClientOptions } from 'ws';

export interface WsClientOptions {
  readonly origin?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly protocols?: readonly string[];
  /** False: any certificate will do. */
  readonly rejectUnauthorized?: boolean;
}

/** A test that waits longer than this for a condition has failed. */
const WATCHDOG_MS = 60_000;

export class WsClient {
  /** Every text frame so far, oldest first. */
  readonly frames: string[] = [];
  /** Resolves when the connection is gone. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  pings = 0;
  readonly #socket: WebSocket;
  #waiting = new Set<() => void>();
  #read = 0;
  #isClosed = false;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('ping', () => {
      this.pings++;
      this.#wake();
    });
    socket.on('message', (data) => {
      this.frames.push((data as Buffer).toString('utf8'));
      this.#wake();
    });
    this.closed = new Promise((resolve) => socket.on('close', (code, reason) => {
      this.#isClosed = true;
      this.#wake();
      resolve({ code, reason: reason.toString('utf8') });
    }));
  }

  /** Resolves when the server has accepted; rejects with the status where it has not. */
  static async open(url: string, options: WsClientOptions = {}): Promise<WsClient> {
    const socket = connect(url, options), client = new WsClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The client's TCP socket: for a test that stops reading, or breaks the connection. */
  get socket(): WebSocket {
    return this.#socket;
  }

  /** An object is sent as JSON; anything else as it is. */
  send(message: object | string | Buffer): void {
    this.#socket.send(typeof message === 'object' && !Buffer.isBuffer(message) ? JSON.stringify(message) : message);
  }

  /** The next frame that this was not asked for before. */
  async next(): Promise<string> {
    await this.until(() => this.frames.length > this.#read, 'another frame');
    return this.frames[this.#read++] as string;
  }

  /** Sends, and resolves with the next frame. */
  ask(message: object | string | Buffer): Promise<string> {
    this.send(message);
    return this.next();
  }

  /** Resolves once `holds`, looked at again after each frame; rejects where the connection ends before. */
  async until(holds: () => boolean, what = 'the condition'): Promise<void> {
    let expired = false;
    const watchdog = setTimeout(() => {
      expired = true;
      this.#wake();
    }, WATCHDOG_MS);
    try {
      while (!holds()) {
        if (expired) throw new Error(`Waited ${WATCHDOG_MS} ms for ${what}; ${this.frames.length} frames came, the last: ${this.frames.at(-1)?.slice(0, 200)}`);
        if (this.#isClosed) throw new Error(`The connection closed before ${what}; the last frame: ${this.frames.at(-1)?.slice(0, 200)}`);
        await new Promise<void>((resolve) => this.#waiting.add(resolve));
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  /** Stops reading: what the server sends piles up at its end. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(code?: number): void {
    this.#socket.close(code);
  }

  /** Breaks the connection without a word. */
  terminate(): void {
    this.#socket.terminate();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const resolve of waiting) resolve();
  }
}

/** What a server answered instead of opening. */
export interface RefusedUpgrade {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Tries to open and resolves with the refusal; rejects where the server accepts. */
export function refusedBy(url: string, { origin, headers = {} }: WsClientOptions = {}): Promise<RefusedUpgrade> {
  return new Promise((resolve, reject) => {
    const request = get(url.replace(/^ws/, 'http'), {
      agent: false,
      headers: {
        Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
        ...(origin === undefined ? {} : { Origin: origin }), ...headers,
      },
    }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk)).on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('upgrade', (_, socket) => {
      socket.destroy();
      reject(new Error(`${url} was accepted.`));
    });
    request.on('error', reject);
  });
}

function connect(url: string, { protocols = [], ...options }: WsClientOptions): WebSocket {
  return new WebSocket(url, [...protocols], { perMessageDeflate: false, ...options } satisfies ClientOptions);
}
