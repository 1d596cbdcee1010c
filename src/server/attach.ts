// Hangs the logs endpoint on HTTP servers: the upgrade, the WebSocket, and their orderly end. The only file that uses ws, and it only
// adapts: who may come in is the admission's decision, what a viewer may say is the session's, what it gets is the hub's, plain HTTP others'.
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import { Admission, type Admitted } from './admission.js';
import type { LogServerSettings } from './config.js';
import { EndpointAnswer } from './endpoint-answer.js';
import { answerFirst } from './first-answers.js';
import type { FrameBatch } from './frame-batch.js';
import type { LogHub } from './log-hub.js';
import { MessageLimiter } from './message-limiter.js';
import { chooseSubprotocol, encodeRefusal, pathOf, refusals, type Refusal } from './upgrade-gate.js';
import { ViewerPage } from './viewer-page.js';
import { ViewerSession, type SessionSocket } from './viewer-session.js';
import { loadWebSockets } from './web-sockets.js';

type Server = HttpServer | HttpsServer;
type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** A viewer's messages are tiny; these only stop what no viewer sends. */
const MAX_FRAGMENTS = 8;
const MAX_BUFFERED_CHUNKS = 64;
/** When the server stops, its viewers are asked to come back within so long, and so much longer for each of them. */
const RETRY_MS = 500, RETRY_MS_EACH = 10;

const NO_SERVER = 'attach needs the HTTP server of the application: what createServer or, in Express, app.listen gives, and in Fastify app.server.';

/** The paths of each upgrade listener of this module: on one server there may be several, beside those of others. */
const ownPaths = new WeakMap<object, readonly string[]>();

export class LogEndpoint {
  readonly #settings: LogServerSettings;
  readonly #hub: LogHub;
  readonly #sockets: WebSocketServer;
  readonly #admission: Admission;
  readonly #plain: EndpointAnswer;
  readonly #page: ViewerPage | null;
  /** Where WebSockets are opened. */
  readonly #paths: readonly string[];
  #servers = new Map<Server, UpgradeListener>();
  #sessions = new Map<ViewerSession, WebSocket>();
  /** Not viewers yet, and those that never will be. */
  #guests = new Set<Duplex>();
  #emptied = (): void => undefined;

  constructor(settings: LogServerSettings, hub: LogHub) {
    this.#settings = settings;
    this.#hub = hub;
    this.#sockets = new (loadWebSockets().WebSocketServer)({
      noServer: true, clientTracking: false, perMessageDeflate: false, autoPong: false, handleProtocols: chooseSubprotocol,
      maxPayload: settings.maxPayloadBytes, maxFragments: MAX_FRAGMENTS, maxBufferedChunks: MAX_BUFFERED_CHUNKS,
    });
    this.#admission = new Admission(settings, () => this.#sessions.size);
    this.#plain = new EndpointAnswer(settings, this.#admission);
    this.#page = settings.page === null ? null : new ViewerPage(settings.page, settings, this.#admission);
    this.#paths = [settings.path, ...(this.#page === null ? [] : [this.#page.streamPath])];
  }

  /** How many viewers are connected. */
  get viewers(): number {
    return this.#sessions.size;
  }

  /** Serves the paths of the settings on `server`, which may serve other WebSockets at other paths. */
  attach(server: Server): void {
    const { path } = this.#settings, paths = this.#paths;
    // an application of Express has the methods of a server, and gets none of its requests to connect
    if (typeof server === 'function' || typeof server?.on !== 'function' || typeof server.listeners !== 'function' || typeof server.emit !== 'function') throw new TypeError(NO_SERVER);
    if (this.#admission.obstacle === refusals.closing) throw new Error('This log server is closed; create another one to attach.');
    const taken = server.listeners('upgrade').flatMap((listener) => ownPaths.get(listener) ?? []).find((each) => paths.includes(each));
    if (taken !== undefined) throw new Error(`A log server is attached to this HTTP server at ${taken} already; give the second one another path.`);
    const listener: UpgradeListener = (request, socket, head) => {
      if (paths.includes(pathOf(request))) void this.#upgrade(request, socket, head);
      else if (answersForAll(server, listener, pathOf(request))) refuse(socket, refusals.path);
    };
    ownPaths.set(listener, paths);
    server.on('upgrade', listener);
    answerFirst(server, path, (request, response) => this.#answer(request, response));
    this.#servers.set(server, listener);
  }

  /** Lets nobody in any more, tells every viewer and waits until they are gone, at most `shutdownMs`. */
  async close(): Promise<void> {
    this.#admission.close();
    for (const [server, listener] of this.#servers) server.off('upgrade', listener);
    this.#servers.clear();
    // one after the other, so that they do not all come back at once
    const count = this.#sessions.size, windowMs = RETRY_MS + RETRY_MS_EACH * count;
    for (const [index, session] of [...this.#sessions.keys()].entries()) session.restart(Math.ceil(windowMs * (index + Math.random()) / count));
    if (this.#isEmpty()) return;
    const cancel = this.#settings.clock.after(this.#settings.shutdownMs, () => {
      for (const socket of this.#sessions.values()) socket.terminate();
      for (const socket of this.#guests) socket.destroy();
    });
    await new Promise<void>((resolve) => (this.#emptied = resolve));
    cancel();
  }

  /** Ends every connection of a viewer, unsent entries with it; returns how many those were. */
  revoke(id: string): number {
    return [...this.#sessions.keys()].filter((session) => session.id === id && session.revoke()).length;
  }

  /** Never rejects. */
  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // while the application thinks, nobody else listens to this socket, and a reset must not reach the process
    const drop = (): void => void socket.destroy(), gone = (): void => this.#gone(socket);
    socket.on('error', drop).on('close', gone);
    this.#guests.add(socket);
    try {
      const admitted = await this.#admission.admit(request, 'upgrade');
      if ('status' in admitted) return refuse(socket, admitted);
      // asked once more, in the same breath as the place is taken: others were checked meanwhile
      const { obstacle } = this.#admission;
      if (obstacle !== null) return refuse(socket, obstacle);
      this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#open(webSocket, request, admitted));
      socket.off('error', drop);
    } catch (error) {
      this.#settings.errors.report(error, 'upgrade');
      drop();
    }
  }

  /** What comes over plain HTTP: true where it is for us. */
  #answer(request: IncomingMessage, response: ServerResponse): boolean {
    const path = pathOf(request), isEndpoint = this.#paths.includes(path);
    if (!isEndpoint && this.#page?.has(path) !== true) return false;
    (isEndpoint ? this.#plain : this.#page as ViewerPage).answer(request, response).catch((error: unknown) => {
      // who has gone meanwhile is nobody's trouble
      if (!request.destroyed) this.#settings.errors.report(error, 'page');
      response.destroy();
    });
    return true;
  }

  #isEmpty(): boolean {
    return this.#sessions.size + this.#guests.size === 0;
  }

  #gone(socket: Duplex): void {
    this.#guests.delete(socket);
    if (this.#isEmpty()) this.#emptied();
  }

  #open(webSocket: WebSocket, request: IncomingMessage, { viewer, token: brought }: Admitted): void {
    const { clock, heartbeatMs, recheckMs, maxMessages, messageWindowMs } = this.#settings;
    const session = new ViewerSession({
      socket: new ViewerWebSocket(webSocket, request.socket), viewer, hub: this.#hub, clock, heartbeatMs, recheckMs, maxMessages, messageWindowMs,
      signIn: (token) => this.#admission.signIn(token ?? brought, request),
    });
    this.#sessions.set(session, webSocket);
    this.#guests.delete(request.socket);
    webSocket.on('message', (data) => session.message((data as Buffer).toString('utf8')));
    webSocket.on('pong', () => session.pong());
    const pings = new MessageLimiter(maxMessages, messageWindowMs);
    webSocket.on('ping', (data) => {
      session.pong();
      if (pings.take(clock.now()) === 0) webSocket.pong(data);
      else if (pings.flooded) session.flood();
    });
    // a broken frame: ws closes the connection with the fitting code by itself
    webSocket.on('error', () => undefined);
    webSocket.on('close', () => {
      session.closed();
      this.#sessions.delete(session);
      if (this.#isEmpty()) this.#emptied();
    });
  }
}

/** Entries go to the TCP socket as ready-made frames that all viewers share; everything else goes through ws. */
class ViewerWebSocket implements SessionSocket {
  readonly #webSocket: WebSocket;
  readonly #socket: Socket;

  constructor(webSocket: WebSocket, socket: Socket) {
    this.#webSocket = webSocket;
    this.#socket = socket;
  }

  get bufferedBytes(): number {
    return this.#socket.writableLength;
  }

  get takenBytes(): number {
    return this.#socket.bytesWritten - this.#socket.writableLength;
  }

  send(batch: FrameBatch, taken: () => void): void {
    if (!this.#isOpen()) return;
    this.#socket.write(batch.bytes, (error) => {
      if (!error) taken();
    });
  }

  sendText(text: string): void {
    if (this.#isOpen()) this.#webSocket.send(text);
  }

  ping(): void {
    if (this.#isOpen()) this.#webSocket.ping();
  }

  close(code: number, reason: string): void {
    this.#webSocket.close(code, reason);
  }

  cut(): void {
    this.#webSocket.terminate();
  }

  #isOpen(): boolean {
    return this.#webSocket.readyState === this.#webSocket.OPEN;
  }
}

/** True where no listener of `server` serves `path` and this is the one to say so: another library may serve a path that we know nothing of. */
function answersForAll(server: Server, listener: UpgradeListener, path: string): boolean {
  const listeners = server.listeners('upgrade'), paths = listeners.map((each) => ownPaths.get(each));
  return listeners[0] === listener && !paths.includes(undefined) && !paths.flat().includes(path);
}

function refuse(socket: Duplex, refusal: Refusal): void {
  socket.once('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(encodeRefusal(refusal));
}
