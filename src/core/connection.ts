// The life of the WebSocket to one endpoint: connect, subscribe, notice silence, renew the token, come back after a loss, for ever. It hands on
// entry frames unread and knows nothing of the store. Everything it depends on (time, chance, sockets, HTTP) is given to it.
import { renewalDelay, tokenExpiry, type AccessToken } from './access-token.js';
import { retryDelay } from './backoff.js';
import { explain, isProbeWorthwhile, probeUrl, type FailureFacts } from './causes.js';
import type { ConnectionStatus } from './connection-status.js';
import type { LevelName } from './levels.js';
import type { Clock, HttpProbe, ProbeAnswer, SocketFactory, SocketLike } from './platform.js';
import { decodeServerFrame, encodeAuth, encodeSubscribe, isEntryFrame, type ServerFrame } from './protocol.js';
import { readFloor } from './server-info.js';

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
}

/** No answer to the upgrade and the subscription for this long is a failure: Directus never answers a wrong path. */
export const CONNECT_TIMEOUT_MS = 10_000;
/** Silence for this long is probed by subscribing again, which is always answered and changes nothing; Directus' logs socket has no ping. */
export const SILENCE_MS = 12_500;
/** A probe that is not answered for this long means that the connection is dead. */
export const PROBE_TIMEOUT_MS = 5_000;
const OPEN = 1;

export class Connection {
  readonly #options: ConnectionOptions;
  #level: LevelName;
  #status: ConnectionStatus = { state: 'idle' };
  #socket: SocketLike | null = null;
  #attempt = 0;
  /** Counts tries, so that the answer to an old one is known as such. */
  #generation = 0;
  #token: string | null = null;
  #heardAt = 0;
  #lastError: { code: string; message: string } | null = null;
  #bye: string | null = null;
  /** What HTTP said since the connection was last live. */
  #answer: ProbeAnswer | null = null;
  /** The floor of this connection, as HTTP told it; null where it did not, or not yet. */
  #floor: LevelName | null = null;
  #cancelTimer: (() => void) | null = null;
  #cancelRenewal: (() => void) | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#level = options.level;
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  /** Connects; does nothing where that is already under way. */
  connect(): void {
    if (this.#status.state !== 'idle' && this.#status.state !== 'closed') return;
    this.#attempt = 0;
    void this.#open();
  }

  /** Closes for good: no socket and no timer is left. */
  disconnect(): void {
    if (this.#status.state === 'idle') return;
    this.#drop();
    this.#set({ state: 'closed', cause: null });
  }

  /** Asks for another level from now on; takes effect at once where live, else with the next subscription. */
  setLevel(level: LevelName): void {
    if (level === this.#level) return;
    this.#level = level;
    if (this.#status.state === 'live') this.#send(encodeSubscribe(level));
  }

  /** The host has reason to look now (woke up, came online): a waiting try is made at once, a silent connection is probed. */
  wake(): void {
    if (this.#status.state === 'reconnecting') void this.#open();
    else if (this.#status.state === 'live') this.#checkSilence();
  }

  async #open(): Promise<void> {
    this.#drop();
    const generation = this.#generation;
    this.#attempt++;
    this.#lastError = null;
    this.#bye = null;
    this.#floor = null;
    this.#set({ state: 'connecting', attempt: this.#attempt });
    this.#cancelTimer = this.#options.clock.after(CONNECT_TIMEOUT_MS, () => this.#fail({ timedOut: true }));
    try {
      const token = await this.#getToken();
      if (generation !== this.#generation) return;
      this.#token = token;
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
      this.#heardAt = this.#options.clock.now();
      this.#send(encodeSubscribe(this.#level));
    };
    socket.onmessage = (event: { data: unknown }) => this.#onMessage(event.data);
    socket.onerror = () => undefined; // says nothing; the close that follows is what counts
    socket.onclose = (event: { code: number; reason: string }) => this.#fail({ closeCode: event.code, reason: event.reason });
  }

  #onMessage(data: unknown): void {
    this.#heardAt = this.#options.clock.now();
    if (typeof data !== 'string') return this.#options.onUnreadable();
    if (isEntryFrame(data)) return this.#options.onEntries(data);
    this.#onControl(decodeServerFrame(data), data);
  }

  #onControl(frame: ServerFrame, text: string): void {
    switch (frame.type) {
      case 'entry':
      case 'packed': return this.#options.onEntries(text);
      case 'subscribed': return this.#onSubscribed(frame.ext?.floor ?? this.#floor, frame.ext !== null);
      case 'authenticated': return this.#scheduleRenewal();
      case 'error': this.#lastError = { code: frame.code, message: frame.message }; return;
      case 'bye': this.#bye = frame.code; return;
      case 'ping': return this.#send('{"type":"pong"}');
      case 'unknown':
      case 'unreadable': return this.#options.onUnreadable();
      case 'pong':
      case 'unsubscribed': return;
    }
  }

  #onSubscribed(floor: LevelName | null, numbered: boolean): void {
    const wasLive = this.#status.state === 'live';
    this.#attempt = 0;
    this.#lastError = this.#answer = null;
    this.#watchSilence(SILENCE_MS);
    if (!wasLive) this.#scheduleRenewal();
    const { state } = this.#status;
    if (state === 'live' && this.#status.level === this.#level && this.#status.floor === floor && this.#status.numbered === numbered) return;
    this.#set({ state: 'live', level: this.#level, floor, numbered });
    if (!wasLive && !numbered) void this.#askFloor();
  }

  /** A server without the extension may say over HTTP what it never sends. Nothing waits for the answer. */
  async #askFloor(): Promise<void> {
    if (this.#status.state !== 'live') return; // whoever heard that it is live may have ended it
    const generation = this.#generation;
    const answer = await this.#options.probe(probeUrl(this.#options.url), this.#token);
    if (generation !== this.#generation || this.#status.state !== 'live' || answer.kind !== 'readable') return;
    this.#floor = readFloor(answer.body);
    if (this.#floor !== null) this.#set({ ...this.#status, floor: this.#floor });
  }

  // ── silence ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Looks again after `ms`. What counts is when something was last heard, never how often this ran: a hidden page's timers are late. */
  #watchSilence(ms: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.clock.after(ms, () => this.#checkSilence());
  }

  #checkSilence(): void {
    const silent = this.#options.clock.now() - this.#heardAt;
    if (silent < SILENCE_MS) return this.#watchSilence(SILENCE_MS - silent);
    const askedAt = this.#options.clock.now();
    this.#send(encodeSubscribe(this.#level));
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.clock.after(PROBE_TIMEOUT_MS, () => {
      if (this.#heardAt >= askedAt) this.#checkSilence();
      else this.#fail({ timedOut: true });
    });
  }

  // ── token ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

  async #getToken(): Promise<string | null> {
    const { accessToken = null } = this.#options;
    return typeof accessToken === 'function' ? await accessToken() : accessToken;
  }

  /** Only a function can give a fresh token; a fixed one is left to expire, and the server says so. */
  #scheduleRenewal(): void {
    this.#cancelRenewal?.();
    const expiry = this.#token === null ? null : tokenExpiry(this.#token);
    if (expiry === null || typeof this.#options.accessToken !== 'function') return;
    const now = this.#options.clock.now();
    if (expiry <= now) return;
    this.#cancelRenewal = this.#options.clock.after(renewalDelay(expiry, now), () => void this.#renew());
  }

  async #renew(): Promise<void> {
    const generation = this.#generation;
    const token = await this.#getToken().catch(() => null);
    if (generation !== this.#generation || this.#status.state !== 'live') return;
    if (token === null || token === this.#token) return this.#scheduleRenewal();
    this.#token = token;
    this.#send(encodeAuth(token));
  }

  // ── the end of a try ───────────────────────────────────────────────────────────────────────────────────────────────────────────

  #fail({ timedOut = false, closeCode = null, reason = '' }: { timedOut?: boolean; closeCode?: number | null; reason?: string }): void {
    const phase = this.#status.state === 'live' ? 'open' : 'connecting';
    const facts: FailureFacts = {
      phase, timedOut, closeCode, reason, bye: this.#bye, serverError: this.#lastError, hasToken: this.#token !== null,
      host: hostOf(this.#options.url), online: this.#options.isOnline?.() ?? null, probe: this.#answer,
    };
    this.#drop();
    const attempt = this.#attempt + 1;
    const delay = retryDelay(attempt, (this.#options.random ?? Math.random)());
    const retryAt = this.#options.clock.now() + delay;
    this.#cancelTimer = this.#options.clock.after(delay, () => void this.#open());
    this.#set({ state: 'reconnecting', attempt, retryAt, cause: explain(facts) });
    if (isProbeWorthwhile({ ...facts, probe: null })) void this.#ask(facts);
  }

  /** Asks over HTTP what a page cannot learn from a WebSocket, and says it, unless something else has happened meanwhile. */
  async #ask(facts: FailureFacts): Promise<void> {
    const generation = this.#generation;
    const probe = await this.#options.probe(probeUrl(this.#options.url), this.#token);
    if (generation !== this.#generation || this.#status.state !== 'reconnecting') return;
    this.#answer = probe;
    this.#set({ ...this.#status, cause: explain({ ...facts, probe }) });
  }

  #send(text: string): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(text);
  }

  /** Lets go of socket and timers; whatever they still bring is of an old generation. */
  #drop(): void {
    this.#generation++;
    this.#cancelTimer?.();
    this.#cancelRenewal?.();
    this.#cancelTimer = this.#cancelRenewal = null;
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
