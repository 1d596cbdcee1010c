// One connection and one store for an endpoint, and what the life of the page means for them (coming online, waking up, being put into the
// back/forward cache). `<system-logs>` makes one and provides it to its parts; a page that builds its own shell makes one itself.
import { Connection } from '../core/connection.js';
import type { AccessToken } from '../core/access-token.js';
import type { ConnectionStatus } from '../core/connection-status.js';
import type { LevelName } from '../core/levels.js';
import { LogStore } from '../core/log-store.js';
import type { Clock, HttpProbe, Scheduler, SocketFactory } from '../core/platform.js';
import type { TokenPlace } from '../core/socket-address.js';
import { parseEndpoint } from './endpoint.js';
import { PageFrames } from './page-frames.js';
import { pageClock, pageProbe, pageSocket } from './platform.js';

export interface ConnectionControllerOptions {
  /** ws:, wss:, http:, https: or relative to the document. */
  readonly endpoint?: string;
  /** The least level to ask for; default `info`. */
  readonly level?: LevelName;
  readonly accessToken?: AccessToken;
  /** Whether a token goes in the address (default `query`) or as a `subprotocol`, which is in no access log, and which Directus does not take. */
  readonly tokenIn?: TokenPlace;
  /** Default 50,000. */
  readonly maxEntries?: number;
  /** Default 64 MiB. */
  readonly maxBytes?: number;
  readonly clock?: Clock;
  readonly scheduler?: Scheduler;
  readonly createSocket?: SocketFactory;
  readonly probe?: HttpProbe;
}

type Listener = (status: ConnectionStatus) => void;

export class ConnectionController {
  readonly store: LogStore;
  readonly #options: ConnectionControllerOptions;
  readonly #listeners = new Set<Listener>();
  #endpoint: string | null;
  #level: LevelName;
  #accessToken: AccessToken;
  #tokenIn: TokenPlace;
  #connection: Connection | null = null;
  /** Asked to connect: an endpoint that comes, or is mended, later is connected to. */
  #isWanted = false;
  #status: ConnectionStatus = { state: 'idle' };
  #pageLife: AbortController | null = null;
  /** Of the last connection to this endpoint. */
  #lostAt: number | null = null;

  constructor(options: ConnectionControllerOptions = {}) {
    const { clock = pageClock, scheduler = new PageFrames(), maxEntries, maxBytes } = options;
    this.#options = options;
    this.#endpoint = options.endpoint ?? null;
    this.#level = options.level ?? 'info';
    this.#accessToken = options.accessToken ?? null;
    this.#tokenIn = options.tokenIn ?? 'query';
    this.store = new LogStore({ clock, scheduler, ...(maxEntries === undefined ? {} : { maxEntries }), ...(maxBytes === undefined ? {} : { maxBytes }) });
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  /** The level that is asked for. */
  get level(): LevelName {
    return this.#level;
  }

  /** Asks for another level from now on, and says so in the list. */
  set level(level: LevelName) {
    if (level === this.#level) return;
    this.#level = level;
    this.#connection?.setLevel(level);
    if (this.#status.state === 'live') this.store.notify({ name: 'level', level });
  }

  get endpoint(): string | null {
    return this.#endpoint;
  }

  /** Where to connect; a change while connected connects anew. */
  set endpoint(endpoint: string | null) {
    if (endpoint === this.#endpoint) return;
    this.#endpoint = endpoint;
    this.#close();
    // another server, whose instances are others, and which owes nothing
    this.store.forgetStreams();
    this.#lostAt = null;
    this.#restart();
  }

  /** A token, or a function that gets one (asked at each connection, and before the token ends). Never shown and never read back. */
  set accessToken(accessToken: AccessToken) {
    if (accessToken === this.#accessToken) return;
    this.#accessToken = accessToken;
    this.#restart();
  }

  /** Where the token goes; a change while connected connects anew. */
  set tokenIn(tokenIn: TokenPlace) {
    if (tokenIn === this.#tokenIn) return;
    this.#tokenIn = tokenIn;
    this.#restart();
  }

  /** Calls `listener` with each new status, until the returned function is called. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Connects to the endpoint, now or as soon as there is one; does nothing where that is under way. */
  connect(): void {
    this.#isWanted = true;
    if (this.#connection !== null) return this.#connection.connect();
    if (this.#endpoint === null) return;
    const endpoint = parseEndpoint(this.#endpoint, document.baseURI);
    if (!endpoint.ok) {
      this.#onStatus({ state: 'closed', cause: endpoint.cause });
      return;
    }
    if (endpoint.token !== null) console.info('system-logs: the access token was taken out of the endpoint. The accessToken property keeps it out of the page’s HTML.');
    const { clock = pageClock, createSocket = pageSocket, probe = pageProbe } = this.#options;
    this.#connection = new Connection({
      url: endpoint.url,
      level: this.#level,
      accessToken: this.#accessToken ?? endpoint.token,
      tokenIn: this.#tokenIn,
      clock,
      createSocket,
      probe,
      isOnline: () => navigator.onLine,
      lostAt: this.#lostAt,
      resume: () => this.store.positions(),
      onEntries: (frame) => this.store.receive(frame),
      onNews: (frame) => this.store.receive(frame),
      onOutage: (from, to) => this.store.notify({ name: 'disconnected', from, to }),
      onStatus: (status) => this.#onStatus(status),
      onUnreadable: () => this.store.countUnreadable(),
      // the page's own error, so it is told where the page's errors are
      onTokenError: (error) => reportError(error),
    });
    this.#lostAt = null;
    this.#watchPage();
    this.#connection.connect();
  }

  /** Closes the connection; no socket, timer or listener is left. What was received stays. */
  disconnect(): void {
    this.#isWanted = false;
    this.#close();
  }

  /** Makes a try that is waiting for its time now, and one where none would be made any more. */
  retryNow(): void {
    this.#connection?.retry();
  }

  #close(): void {
    this.#pageLife?.abort();
    this.#pageLife = null;
    this.#connection?.disconnect();
    this.#lostAt = this.#connection?.lostAt ?? this.#lostAt;
    this.#connection = null;
  }

  #restart(): void {
    if (!this.#isWanted) return;
    this.#close();
    this.connect();
  }

  #onStatus(status: ConnectionStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener(status);
  }

  #watchPage(): void {
    const life = new AbortController(), { signal } = life;
    this.#pageLife = life;
    const wake = (): void => this.#connection?.wake();
    addEventListener('online', wake, { signal });
    // an open socket keeps a page out of the back/forward cache, or is cut off in it without a word
    addEventListener('pagehide', () => this.#connection?.disconnect(), { signal });
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) this.#connection?.connect();
    }, { signal });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') wake();
    }, { signal });
  }
}
