// The life of the WebSocket to one endpoint: connect, subscribe, notice silence, renew the token, come back after a loss, for ever. It hands on
// entry frames unread and knows nothing of the store. Everything it depends on (time, chance, sockets, HTTP) is given to it.
import { getToken, NotATokenError, type AccessToken } from './access-token.js';
import { retryDelay } from './backoff.js';
import { explain, explainToken, isProbeWorthwhile, probeUrl, type Cause, type FailureFacts } from './causes.js';
import type { ConnectionStatus } from './connection-status.js';
import { isLevelName, type LevelName } from './levels.js';
import { Liveness } from './liveness.js';
import type { Clock, HttpProbe, ProbeAnswer, SocketFactory, SocketLike } from './platform.js';
import { decodeServerFrame, encodeAuth, encodeSubscribe, isEntryFrame, type ServerFrame } from './protocol.js';
import { readFloor } from './server-info.js';
import { TokenRenewal } from './token-renewal.js';

export interface ConnectionOptions {
  /** A ws: or wss: URL without a token. */
  readonly url: string;
  readonly level: LevelName;
  readonly accessToken?: AccessToken;
  readonly clock: Clock;
  readonly createSocket: SocketFactory;
  readonly probe: HttpProbe;
  /** From 0 up to, and without, 1; default `Math.random`. */
  readonly random?: () => number;
  /** What the host's network says of itself; null where it says nothing. */
  readonly isOnline?: () => boolean | null;
  /** An entry frame, unread. */
  readonly onEntries: (frame: string) => void;
  readonly onStatus: (status: ConnectionStatus) => void;
  /** A message that is no frame of the protocol. */
  readonly onUnreadable: () => void;
  /** What the function that gives the token threw; once until it works again, not at each try. */
  readonly onTokenError?: (error: unknown) => void;
}

/** No answer to the upgrade and the subscription for this long is a failure: Directus never answers a wrong path. */
export const CONNECT_TIMEOUT_MS = 10_000;
/** A connection that held for this long was a good one: the next loss begins with short waits again. */
const STEADY_MS = 10_000;
const OPEN = 1;

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #liveness: Liveness;
  readonly #renewal: TokenRenewal;
  #level: LevelName;
  #status: ConnectionStatus = { state: 'idle' };
  #socket: SocketLike | null = null;
  #attempt = 0;
  /** Counts tries, so that the answer to an old one is known as such. */
  #generation = 0;
  #token: string | null = null;
  #phase: FailureFacts['phase'] = 'connecting';
  #liveAt = 0;
  #lastError: { code: string; message: string } | null = null;
  #bye: string | null = null;
  /** What HTTP said since the connection was last live. */
  #answer: ProbeAnswer | null = null;
  /** The floor of this connection, as HTTP told it; null where it did not, or not yet. */
  #floor: LevelName | null = null;
  #cancelTimer: (() => void) | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#level = options.level;
    this.#liveness = new Liveness(options.clock, () => this.#send(encodeSubscribe(this.#level)), () => this.#fail({ timedOut: true }));
    this.#renewal = new TokenRenewal(options.clock, options.accessToken ?? null, (token) => {
      this.#token = token;
      this.#send(encodeAuth(token));
    });
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  /** Connects; does nothing where that is already under way. */
  connect(): void {
    if (this.#status.state !== 'idle' && this.#status.state !== 'closed') return;
    this.#attempt = 0;
    this.#answer = null;
    void this.#open();
  }

  /** Closes for good: no socket and no timer is left. */
  disconnect(): void {
    if (this.#status.state === 'idle') return;
    this.#drop();
    this.#set({ state: 'closed', cause: null });
  }

  /** Asks for another level from now on; takes effect at once where the socket is open, else with the next subscription. */
  setLevel(level: LevelName): void {
    if (level === this.#level) return;
    this.#level = level;
    this.#send(encodeSubscribe(level));
  }

  /** The host has reason to look now (woke up, came online): a waiting try is made at once, a silent connection is probed. */
  wake(): void {
    if (this.#status.state === 'reconnecting') void this.#open();
    else if (this.#status.state === 'live') this.#liveness.check();
  }

  async #open(): Promise<void> {
    this.#drop();
    const generation = this.#generation;
    this.#attempt++;
    this.#token = this.#lastError = this.#bye = this.#floor = null;
    this.#cancelTimer = this.#options.clock.after(CONNECT_TIMEOUT_MS, () => this.#fail(this.#socket === null ? { own: explainToken('pending') } : { timedOut: true }));
    this.#set({ state: 'connecting', attempt: this.#attempt });
    if (generation !== this.#generation) return; // whoever heard of it may have ended it
    let token: string | null;
    try {
      token = await getToken(this.#options.accessToken ?? null);
    } catch (error) {
      if (generation === this.#generation) this.#failToken(error);
      return;
    }
    if (generation !== this.#generation) return;
    this.#token = token;
    try {
      const { url } = this.#options;
      const query = token === null ? '' : `${url.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(token)}`;
      this.#attach(this.#options.createSocket(url + query));
    } catch {
      // what was thrown may hold the token, and says nothing that the facts do not
      if (generation === this.#generation) this.#fail({});
    }
  }

  #attach(socket: SocketLike): void {
    this.#socket = socket;
    socket.onopen = () => {
      this.#phase = 'open';
      this.#send(encodeSubscribe(this.#level));
    };
    socket.onmessage = (event: { data: unknown }) => this.#onMessage(event.data);
    socket.onerror = () => undefined; // says nothing; the close that follows is what counts
    socket.onclose = (event: { code: number; reason: string }) => this.#fail({ closeCode: event.code, reason: event.reason });
  }

  #onMessage(data: unknown): void {
    this.#liveness.heard();
    if (typeof data !== 'string') return this.#options.onUnreadable();
    if (isEntryFrame(data)) return this.#options.onEntries(data);
    this.#onControl(decodeServerFrame(data), data);
  }

  #onControl(frame: ServerFrame, text: string): void {
    switch (frame.type) {
      case 'entry':
      case 'packed': return this.#options.onEntries(text);
      case 'subscribed': return this.#onSubscribed(isLevelName(frame.level) ? frame.level : this.#level, frame.ext?.floor ?? this.#floor, frame.ext !== null);
      case 'authenticated': return this.#renewal.watch(this.#token);
      case 'error': return this.#onError(frame.code, frame.message);
      case 'bye': this.#bye = this.#conceal(frame.code); return;
      case 'ping': return this.#send('{"type":"pong"}');
      case 'unknown':
      case 'unreadable': return this.#options.onUnreadable();
      case 'pong':
      case 'unsubscribed': return;
    }
  }

  /** An error before the first subscription was answered is its answer; any later one leaves the connection as it is. */
  #onError(code: string, message: string): void {
    this.#lastError = { code: this.#conceal(code), message: this.#conceal(message) };
    if (this.#status.state === 'connecting') this.#fail({});
  }

  #onSubscribed(level: LevelName, floor: LevelName | null, numbered: boolean): void {
    const wasLive = this.#status.state === 'live';
    if (!wasLive) this.#liveAt = this.#options.clock.now();
    this.#lastError = this.#answer = null;
    this.#cancelTimer?.();
    this.#liveness.watch();
    if (!wasLive) this.#renewal.watch(this.#token);
    const { state } = this.#status;
    if (state === 'live' && this.#status.level === level && this.#status.floor === floor && this.#status.numbered === numbered) return;
    this.#set({ state: 'live', level, floor, numbered });
    if (!wasLive && !numbered) void this.#askFloor();
  }

  /** A server without the extension may say over HTTP what it never sends. Nothing waits for the answer. */
  async #askFloor(): Promise<void> {
    if (this.#status.state !== 'live') return; // whoever heard that it is live may have ended it
    const generation = this.#generation;
    const answer = await this.#probe();
    if (generation !== this.#generation || this.#status.state !== 'live' || answer?.kind !== 'readable') return;
    this.#floor = readFloor(answer.body);
    if (this.#floor !== null) this.#set({ ...this.#status, floor: this.#floor });
  }

  // ── token ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

  #failToken(error: unknown): void {
    const isForeign = !(error instanceof NotATokenError);
    if (isForeign && this.#attempt === 1) this.#options.onTokenError?.(error);
    this.#fail({ own: explainToken(isForeign ? 'failed' : 'not-a-token') });
  }

  // ── the end of a try ───────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** @param failure `own`: a cause on the page's own side, of which no server knows anything */
  #fail({ timedOut = false, closeCode = null, reason = '', own = null }: { timedOut?: boolean; closeCode?: number | null; reason?: string; own?: Cause | null }): void {
    const now = this.#options.clock.now();
    const facts: FailureFacts = {
      // a server that took the socket and never answered the subscription looks to a reader as one that never answered
      phase: timedOut && this.#status.state !== 'live' ? 'connecting' : this.#phase, timedOut, closeCode, reason: this.#conceal(reason), bye: this.#bye, serverError: this.#lastError,
      hasToken: this.#token !== null, host: hostOf(this.#options.url), online: this.#options.isOnline?.() ?? null, probe: this.#answer,
    };
    // a server that takes everyone in and drops them at once must not be asked twice a second for ever
    if (this.#status.state === 'live' && now - this.#liveAt >= STEADY_MS) this.#attempt = 0;
    this.#drop();
    const cause = own ?? explain(facts);
    if (this.#isFinal(cause)) return this.#set({ state: 'closed', cause });
    const attempt = this.#attempt + 1;
    const delay = retryDelay(attempt, (this.#options.random ?? Math.random)());
    this.#cancelTimer = this.#options.clock.after(delay, () => void this.#open());
    this.#set({ state: 'reconnecting', attempt, retryAt: now + delay, cause });
    if (own === null && isProbeWorthwhile({ ...facts, probe: null })) void this.#ask(facts);
  }

  /** Asks over HTTP what a page cannot learn from a WebSocket, and says it, unless something else has happened meanwhile. */
  async #ask(facts: FailureFacts): Promise<void> {
    if (this.#status.state !== 'reconnecting') return; // whoever heard of it may have ended it
    const generation = this.#generation;
    const probe = await this.#probe();
    if (generation !== this.#generation || this.#status.state !== 'reconnecting' || probe === null) return;
    this.#answer = probe;
    const cause = explain({ ...facts, probe });
    if (!this.#isFinal(cause)) return this.#set({ ...this.#status, cause });
    this.#drop();
    this.#set({ state: 'closed', cause });
  }

  /** True where another try would be the same as this one. A function is asked for a token at each, so with one no try is. */
  #isFinal({ retry }: Cause): boolean {
    return !retry && typeof this.#options.accessToken !== 'function';
  }

  /** Null where nobody can be asked, because the address is none. */
  async #probe(): Promise<ProbeAnswer | null> {
    try {
      return await this.#options.probe(probeUrl(this.#options.url), this.#token);
    } catch {
      return null;
    }
  }

  /** The words of a server, which may repeat the token. */
  #conceal(words: string): string {
    return this.#token === null ? words : words.replaceAll(this.#token, '…').replaceAll(encodeURIComponent(this.#token), '…');
  }

  #send(text: string): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(text);
  }

  /** Lets go of socket and timers; whatever they still bring is of an old generation. */
  #drop(): void {
    this.#generation++;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#renewal.stop();
    this.#phase = 'connecting';
    this.#liveness.stop();
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #set(status: ConnectionStatus): void {
    this.#status = Object.freeze(status);
    this.#options.onStatus(this.#status);
  }
}

/** `logs.example.com:8080` of `wss://logs.example.com:8080/websocket/logs`. */
function hostOf(url: string): string {
  return /^\w+:\/\/(?:[^@/?#]*@)?([^/?#]+)/.exec(url)?.[1] ?? url;
}
