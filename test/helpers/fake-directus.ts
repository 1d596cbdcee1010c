// A server that behaves as Directus 12.4.0 does at its logs WebSocket: written from what was recorded (test/fixtures/directus), checked
// against it by test/core/fake-directus.test.ts. It runs none of our code. It does not imitate signing in by e-mail or refresh token
// on the socket, and its requests log nothing but themselves.
import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Clock } from '../../src/core/platform.js';
import { incomingFrames } from './directus-transcripts.js';
import { answerHttp, credentialOf, expiryOf, LEVELS, parseObject, type HttpOptions, type Rights } from './fake-directus-http.js';

const UNPARSABLE = '{"type":"server","status":"error","error":{"code":"INVALID_PAYLOAD","message":"Unable to parse the incoming message."}}';
const TOO_MANY = '{"type":"server","status":"error","error":{"code":"REQUESTS_EXCEEDED","message":"Too many messages, retry after 2000ms."}}';

export interface FakeDirectusOptions extends HttpOptions {
  /** Static tokens of an administrator; default `lab-admin-static-token`. */
  readonly adminTokens?: readonly string[];
  /** Static tokens of a user who is none; default `lab-viewer-static-token`. */
  readonly userTokens?: readonly string[];
  /** `WEBSOCKETS_LOGS_PATH`. */
  readonly path?: string;
  /** `WEBSOCKETS_LOGS_CONN_LIMIT`. */
  readonly connLimit?: number;
  /** `PUBLIC_URL`. */
  readonly publicUrl?: string;
  /** The instance whose log this is; default a random one, new at each start as Directus' is. */
  readonly uid?: string;
  readonly port?: number;
  /** By which tokens run out; default the machine's. */
  readonly clock?: Clock;
}

const REAL_CLOCK: Clock = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, 2 ** 31 - 1)).unref();
    return () => clearTimeout(timer);
  },
};

/** What became of one attempt to upgrade. */
export type UpgradeOutcome = 'open' | 401 | 403 | 'no answer';

interface Viewer {
  token: string;
  level: string | null;
  /** Cancels the timer of the token's end. */
  cancelExpiry: () => void;
}

export async function startFakeDirectus(options: FakeDirectusOptions = {}): Promise<FakeDirectus> {
  const server = new FakeDirectus(options);
  await server.start();
  return server;
}

export class FakeDirectus {
  /** Every attempt to upgrade, in order. */
  readonly attempts: UpgradeOutcome[] = [];
  /** Every message of every client, in order. */
  readonly received: string[] = [];
  /** The open sockets, oldest first. */
  readonly sockets = new Set<WebSocket>();
  /** While true every message of a client is answered as the rate limiter of Directus does. */
  rateLimited = false;
  /** While true no message of a client is answered: a server that hangs. */
  mute = false;
  uid = '';
  readonly #options: FakeDirectusOptions;
  readonly #rights = new Map<string, Rights>();
  readonly #viewers = new Map<WebSocket, Viewer>();
  readonly #connections = new Set<Socket>();
  readonly #secret = randomBytes(16);
  readonly #waiting = new Set<() => void>();
  readonly #clock: Clock;
  #port: number;
  #http: Server | null = null;

  constructor(options: FakeDirectusOptions) {
    this.#options = options;
    this.#port = options.port ?? 0;
    this.#clock = options.clock ?? REAL_CLOCK;
    for (const token of options.userTokens ?? ['lab-viewer-static-token']) this.#rights.set(token, 'user');
    for (const token of options.adminTokens ?? ['lab-admin-static-token']) this.#rights.set(token, 'admin');
  }

  get host(): string { return `127.0.0.1:${this.#port}`; }
  get origin(): string { return `http://${this.host}`; }
  /** The address of the logs, without a token. */
  get url(): string { return `ws://${this.host}${this.#path}`; }
  get #path(): string { return this.#options.path ?? '/websocket/logs'; }

  /** Listens, again on the same port after `stop()`. The instance is a new one unless `uid` was given. */
  async start(): Promise<void> {
    this.uid = this.#options.uid ?? randomBytes(6).toString('base64url');
    const http = createServer(answerHttp(this.#options, (token) => this.#rightsOf(token), (record) => this.log(record)));
    this.#http = http;
    http.on('connection', (socket) => {
      this.#connections.add(socket.on('error', () => undefined));
      socket.on('close', () => this.#connections.delete(socket));
    });
    const sockets = new WebSocketServer({ noServer: true, autoPong: false });
    if (this.#options.websocketsEnabled !== false) http.on('upgrade', (request, socket, head) => this.#upgrade(sockets, request, socket, head));
    await new Promise<void>((resolve, reject) => http.once('error', reject).listen(this.#port, '127.0.0.1', resolve));
    this.#port = (http.address() as AddressInfo).port;
  }

  /** SIGTERM: one last entry, then every connection is cut (1006) and the port is closed. */
  async stop(): Promise<void> {
    this.log({ level: 30, time: Date.now(), pid: process.pid, hostname: 'fake', msg: 'Shutting down...' });
    await this.close();
  }

  /** Cuts everything and closes the port. */
  async close(): Promise<void> {
    for (const socket of this.sockets) {
      socket.terminate();
      this.#forget(socket);
    }
    const http = this.#http;
    this.#http = null;
    for (const socket of this.#connections) socket.destroy();
    if (http !== null) await new Promise((resolve) => http.close(resolve));
  }

  /** Resolves as soon as `condition` holds; it is looked at after each attempt, message and close. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const look = (): void => void (condition() && this.#waiting.delete(look) && resolve());
      this.#waiting.add(look);
    });
  }

  /** A signed token that runs out after `ms`, of an administrator unless said otherwise. */
  issueToken(ms = 900_000, rights: 'admin' | 'user' = 'admin'): string {
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const exp = (this.#clock.now() + ms) / 1000;
    const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ id: randomBytes(4).toString('hex'), admin_access: rights === 'admin', exp, iss: 'directus' })}`;
    const token = `${content}.${createHmac('sha256', this.#secret).update(content).digest('base64url')}`;
    this.#rights.set(token, rights);
    return token;
  }

  /** The moment at which a token runs out, now: nobody gets in with it any more, and the sockets that live by it end. */
  expire(token: string): void {
    this.#rights.set(token, 'expired');
    for (const [socket, viewer] of this.#viewers) if (viewer.token === token) this.#expired(socket, viewer);
  }

  /** Takes a token back. Directus asks at the upgrade and never again: a socket that is open stays so. */
  revoke(token: string): void {
    this.#rights.delete(token);
  }

  /** Logs one entry (a record, or its JSON text) to every subscription that its level reaches; returns how many. */
  log(entry: object | string, uid = this.uid): number {
    const text = typeof entry === 'string' ? entry : JSON.stringify(entry);
    const level = Number((JSON.parse(text) as { level?: unknown } | null)?.level);
    const floor = LEVELS[this.#options.floor ?? 'trace'] ?? 0;
    let reached = 0;
    for (const [socket, viewer] of this.#viewers) {
      if (viewer.level === null || level < floor || !(level >= (LEVELS[viewer.level] ?? Infinity))) continue;
      socket.send(`{"type":"logs","data":${text},"uid":${JSON.stringify(uid)}}`);
      reached++;
    }
    return reached;
  }

  /** Sends a frame as it is to every open socket. */
  send(frame: string): void {
    for (const socket of this.sockets) socket.send(frame);
  }

  /** Sends what the server sent in a transcript, in order, to every open socket; returns the frames. */
  replay(file: string): readonly string[] {
    const frames = incomingFrames(file);
    for (const frame of frames) this.send(frame);
    return frames;
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }

  #upgrade(server: WebSocketServer, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const outcome = this.#judge(request);
    this.attempts.push(outcome);
    if (outcome === 'open') server.handleUpgrade(request, socket, head, (client) => this.#welcome(client, credentialOf(request) ?? ''));
    else if (outcome !== 'no answer') socket.end(`HTTP/1.1 ${outcome} ${outcome === 401 ? 'Unauthorized' : 'Forbidden'}\r\n\r\n`, () => socket.destroy());
    this.#look();
  }

  #judge(request: IncomingMessage): UpgradeOutcome {
    const { pathname } = new URL(request.url ?? '/', this.origin);
    if (this.#options.logsEnabled === false || pathname !== this.#path) return 'no answer';
    if (!this.#isOriginAllowed(request)) return 403;
    if (this.sockets.size >= (this.#options.connLimit ?? Infinity)) return 403;
    return this.#rightsOf(credentialOf(request) ?? '') === 'admin' ? 'open' : 401;
  }

  #rightsOf(token: string): Rights {
    const rights = this.#rights.get(token) ?? 'unknown', expiry = expiryOf(token);
    return rights !== 'unknown' && expiry !== null && expiry <= this.#clock.now() ? 'expired' : rights;
  }

  #isOriginAllowed({ headers }: IncomingMessage): boolean {
    const { cors, publicUrl } = this.#options, origin = headers.origin;
    if (origin === undefined) return true;
    if (!URL.canParse(origin)) return false;
    const { host } = new URL(origin);
    if (host === headers.host || (publicUrl !== undefined && new URL(publicUrl).host === host)) return true;
    return cors === true || (Array.isArray(cors) && cors.includes(origin));
  }

  #welcome(socket: WebSocket, token: string): void {
    const viewer: Viewer = { token, level: null, cancelExpiry: () => undefined };
    this.sockets.add(socket);
    this.#viewers.set(socket, viewer);
    this.#watchExpiry(socket, viewer);
    socket.on('error', () => undefined);
    socket.on('message', (data) => this.#receive(socket, viewer, data));
    socket.on('close', () => this.#forget(socket));
  }

  #forget(socket: WebSocket): void {
    this.#viewers.get(socket)?.cancelExpiry();
    this.#viewers.delete(socket);
    this.sockets.delete(socket);
    this.#look();
  }

  #watchExpiry(socket: WebSocket, viewer: Viewer): void {
    viewer.cancelExpiry();
    const expiry = expiryOf(viewer.token);
    viewer.cancelExpiry = expiry === null ? () => undefined : this.#clock.after(expiry - this.#clock.now(), () => this.#expired(socket, viewer));
  }

  #expired(socket: WebSocket, viewer: Viewer): void {
    viewer.cancelExpiry();
    this.#rights.set(viewer.token, 'expired');
    socket.send('{"type":"auth","status":"error","error":{"code":"TOKEN_EXPIRED","message":"Token expired."}}');
    // the real one waits a millisecond here: on a network no answer comes in time
    socket.send('{"type":"auth","status":"error","error":{"code":"AUTH_TIMEOUT","message":"Authentication timed out."}}');
    socket.close();
  }

  #receive(socket: WebSocket, viewer: Viewer, data: RawData): void {
    const text = (data as Buffer).toString();
    this.received.push(text);
    if (!this.mute) this.#reply(socket, viewer, text);
    this.#look();
  }

  #reply(socket: WebSocket, viewer: Viewer, text: string): void {
    if (this.rateLimited) return socket.send(TOO_MANY);
    const message = parseObject(text);
    if (message === null || typeof message['type'] !== 'string') return socket.send(UNPARSABLE);
    switch (message['type']) {
      case 'subscribe': return this.#subscribe(socket, viewer, message['log_level']);
      case 'unsubscribe':
        viewer.level = null;
        return socket.send('{"type":"logs","event":"unsubscribe"}');
      case 'auth': return this.#renew(socket, viewer, message['access_token'], message['uid']);
    }
  }

  #subscribe(socket: WebSocket, viewer: Viewer, level: unknown): void {
    const fault = (message: string): void => socket.send(JSON.stringify({ type: 'logs', status: 'error', error: { code: 'INVALID_PAYLOAD', message } }));
    if (typeof level !== 'string') return fault(`Validation error: Invalid input: expected string, received ${level === null ? 'null' : typeof level} at "log_level" or Invalid input: expected "unsubscribe" at "type"`);
    // as recorded, names that every object has are taken too, and then nothing arrives
    if (level !== 'silent' && !(level in LEVELS)) return fault(`Invalid "${level}" log level`);
    viewer.level = level;
    socket.send(JSON.stringify({ type: 'logs', event: 'subscribe', log_level: level }));
  }

  #renew(socket: WebSocket, viewer: Viewer, token: unknown, uid: unknown): void {
    if (typeof token !== 'string') return;
    const rights = this.#rightsOf(token);
    if (rights !== 'admin') {
      const [message, echo] = rights === 'user' ? ['Unauthorized access.', {}] : ['Authentication failed.', { uid }];
      socket.send(JSON.stringify({ type: 'auth', status: 'error', error: { code: 'AUTH_FAILED', message }, ...echo }));
      return socket.close();
    }
    viewer.token = token;
    this.#watchExpiry(socket, viewer);
    socket.send(JSON.stringify({ type: 'auth', status: 'ok', uid }));
  }
}
