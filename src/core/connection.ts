// The life of the WebSocket to one endpoint: connect, subscribe, notice silence, renew the token, come back after a loss, for ever. It hands on
// entry frames unread and knows nothing of the store. Everything it depends on (time, chance, sockets, HTTP) is given to it.
import { askToken } from './access-token.js';
import { explain, explainToken, isProbeWorthwhile, type Cause, type FailureFacts } from './causes.js';
import type { ConnectionOptions } from './connection-options.js';
import { isSameLive, type ConnectionStatus, type LiveStatus } from './connection-status.js';
import { HostQuestion } from './host-question.js';
import { isLevelName, type LevelName } from './levels.js';
import { Liveness } from './liveness.js';
import type { ProbeAnswer, SocketLike } from './platform.js';
import { decodeServerFrame, encodeAuth, encodeResume, encodeSubscribe, isEntryFrame, type ServerExtension, type ServerFrame } from './protocol.js';
import { RetryPlan } from './retry-plan.js';
import { SilentSocket } from './silent-socket.js';
import { SingleTimer } from './single-timer.js';
import { hostOf, openSocket, withoutToken } from './socket-address.js';
import { TokenRenewal } from './token-renewal.js';

/** No answer to the upgrade and the subscription for this long is a failure: Directus never answers a wrong path. */
export const CONNECT_TIMEOUT_MS = 10_000;
/** A server that takes no more messages for now is asked for its level again so often. */
export const ASK_AGAIN_MS = 2_000;
/** A connection that held for this long was a good one: the next loss begins with short waits again. */
const STEADY_MS = 10_000;
const OPEN = 1;

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #liveness: Liveness;
  readonly #renewal: TokenRenewal;
  readonly #retries: RetryPlan;
  readonly #host: HostQuestion;
  /** Kept where a server without resume has gone silent, until another socket works. */
  readonly #silent = new SilentSocket();
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
  #bye: { readonly code: string; readonly retryMs: number | null } | null = null;
  #lostAt: number | null;
  /** What HTTP said since the connection was last live. */
  #answer: ProbeAnswer | null = null;
  /** The floor of this connection, as HTTP told it; null where it did not, or not yet. */
  #floor: LevelName | null = null;
  /** The end of a try, the next one, or another question for the level. */
  readonly #timer: SingleTimer;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#level = options.level;
    this.#timer = new SingleTimer(options.clock);
    this.#lostAt = options.lostAt ?? null;
    this.#host = new HostQuestion(options.url, options.probe, () => (options.resume?.().size ?? 0) > 0);
    this.#retries = new RetryPlan(options.clock, options.random ?? Math.random, typeof options.accessToken === 'function');
    this.#liveness = new Liveness(options.clock, {
      // subscribing again changes nothing, and every server answers it; Directus' logs socket has no ping
      ask: () => this.#send(this.#status.state === 'live' && this.#status.numbered ? '{"type":"ping"}' : encodeSubscribe(this.#level)),
      stalled: (since) => {
        if (this.#status.state === 'live') this.#set({ ...this.#status, silentSince: since });
      },
      dead: () => this.#fail({ timedOut: true }),
    });
    this.#renewal = new TokenRenewal(options.clock, options.accessToken ?? null, (token) => {
      this.#token = token;
      this.#send(encodeAuth(token));
    });
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  /** Since when there is no connection to a server that cannot say what is missed (ms since 1970); null where nothing is owed. */
  get lostAt(): number | null {
    return this.#lostAt;
  }

  /** Connects; does nothing where that is already under way. */
  connect(): void {
    if (this.#status.state !== 'idle' && this.#status.state !== 'closed') return;
    this.#attempt = 0;
    this.#answer = null;
    this.#retries.refusal.forget();
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

  /** A person wants a try now, whatever the last one came to. */
  retry(): void {
    this.#retries.refusal.forget();
    this.wake();
    this.connect();
  }

  async #open(): Promise<void> {
    this.#drop();
    const generation = this.#generation;
    this.#attempt++;
    this.#token = this.#lastError = this.#bye = this.#floor = null;
    this.#timer.set(CONNECT_TIMEOUT_MS, () => this.#fail(this.#socket === null ? { own: explainToken('pending') } : { timedOut: true }));
    this.#set({ state: 'connecting', attempt: this.#attempt });
    if (generation !== this.#generation) return; // whoever heard of it may have ended it
    const asked = await askToken(this.#options.accessToken ?? null);
    if (generation !== this.#generation) return;
    if ('problem' in asked) {
      if (asked.problem === 'failed' && this.#attempt === 1) this.#options.onTokenError?.(asked.thrown);
      return this.#fail({ own: explainToken(asked.problem) });
    }
    const token = (this.#token = asked.token), refused = this.#retries.refusal.against(token, this.#options.clock.now());
    if (refused !== null) return this.#wait(refused);
    try {
      this.#attach(openSocket(this.#options, token));
    } catch {
      // what was thrown may hold the token, and says nothing that the facts do not
      if (generation === this.#generation) this.#fail({});
    }
  }

  #attach(socket: SocketLike): void {
    this.#socket = socket;
    socket.onopen = () => {
      this.#phase = 'open';
      for (const text of encodeResume(this.#level, this.#options.resume?.() ?? new Map())) this.#send(text);
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
    if (frame.type === 'bus' && this.#status.state === 'live') this.#set({ ...this.#status, othersAway: frame.away });
    switch (frame.type) {
      case 'entry': case 'packed': return this.#options.onEntries(text);
      case 'gap': case 'mark': case 'stream': case 'bus': return this.#options.onNews?.(text);
      case 'subscribed':
        this.#options.onNews?.(text);
        return this.#onSubscribed(isLevelName(frame.level) ? frame.level : this.#level, frame.ext);
      case 'authenticated': return this.#renewal.watch(this.#token);
      case 'error':
        this.#lastError = { code: withoutToken(frame.code, this.#token), message: withoutToken(frame.message, this.#token) };
        // before the first subscription was answered it is the answer; later it leaves the connection as it is
        if (this.#status.state === 'connecting') return this.#fail({});
        // what asked for a level once too often was not heard
        if (frame.code === 'REQUESTS_EXCEEDED' && this.#status.state === 'live' && this.#status.level !== this.#level) this.#timer.set(ASK_AGAIN_MS, () => this.#send(encodeSubscribe(this.#level)));
        return;
      case 'bye': this.#bye = { code: withoutToken(frame.code, this.#token), retryMs: frame.retryMs }; return;
      case 'ping': return this.#send('{"type":"pong"}');
      case 'unknown': case 'unreadable': return this.#options.onUnreadable();
    }
  }

  #onSubscribed(level: LevelName, ext: ServerExtension | null): void {
    const wasLive = this.#status.state === 'live', floor = ext?.floor ?? this.#floor, numbered = ext !== null, now = this.#options.clock.now(), from = this.#lostAt;
    const status: LiveStatus = { state: 'live', level, floor, numbered, silentSince: null, othersAway: ext?.away ?? null };
    if (!wasLive) this.#liveAt = now;
    this.#lastError = this.#answer = null;
    this.#timer.cancel();
    this.#liveness.watch(ext?.markMs);
    this.#retries.refusal.forget();
    this.#silent.close();
    if (!wasLive) this.#renewal.watch(this.#token);
    if (isSameLive(this.#status, status)) return;
    this.#lostAt = null;
    if (from !== null) this.#options.onOutage?.(from, now);
    this.#set(status);
    // whoever heard that it is live may have ended it
    if (!wasLive && !numbered && this.#socket !== null) void this.#askFloor();
  }

  /** A socket that had gone silent speaks again before another one works: what was sent meanwhile comes over it, and nothing is lost. */
  #revive(socket: SocketLike, before: LiveStatus, data: unknown): void {
    this.#drop();
    this.#attach(socket);
    this.#lostAt = null;
    this.#phase = 'open';
    this.#liveness.watch();
    this.#renewal.watch(this.#token);
    this.#set({ ...before, silentSince: null });
    this.#onMessage(data);
  }

  /** A server without the extension may say over HTTP what it never sends. Nothing waits for the answer. */
  async #askFloor(): Promise<void> {
    const generation = this.#generation, floor = await this.#host.askFloor(this.#token);
    if (generation !== this.#generation || this.#status.state !== 'live' || floor === null) return;
    this.#floor = floor;
    this.#set({ ...this.#status, floor });
  }

  /** @param failure `own`: a cause on the page's own side, of which no server knows anything */
  #fail({ timedOut = false, closeCode = null, reason = '', own = null }: { timedOut?: boolean; closeCode?: number | null; reason?: string; own?: Cause | null }): void {
    const now = this.#options.clock.now();
    const facts: FailureFacts = {
      // a server that took the socket and never answered the subscription looks to a reader as one that never answered
      phase: timedOut && this.#status.state !== 'live' ? 'connecting' : this.#phase, timedOut, closeCode, reason: withoutToken(reason, this.#token),
      bye: this.#bye?.code ?? null, serverError: this.#lastError,
      hasToken: this.#token !== null, host: hostOf(this.#options.url), online: this.#options.isOnline?.() ?? null, probe: this.#answer,
    };
    // a server that takes everyone in and drops them at once must not be asked twice a second for ever
    if (this.#status.state === 'live' && now - this.#liveAt >= STEADY_MS) this.#attempt = 0;
    const { status } = this, socket = this.#socket;
    if (timedOut && status.state === 'live' && !status.numbered && socket !== null) {
      this.#socket = null;
      this.#silent.keep(socket, (data) => this.#revive(socket, status, data));
    }
    this.#drop();
    const cause = own ?? explain(facts);
    if (this.#isFinal(cause)) return this.#set({ state: 'closed', cause });
    if (own === null) this.#retries.refusal.note(cause, this.#token, now);
    this.#wait(cause, this.#bye?.retryMs ?? null);
    if (own === null && isProbeWorthwhile({ ...facts, probe: null })) void this.#ask(facts);
  }

  /** Until the next try. @param windowMs within which the server wants it to be; null where it has not said */
  #wait(cause: Cause, windowMs: number | null = null): void {
    const { clock } = this.#options, attempt = this.#attempt + 1, delay = this.#retries.delay(attempt, windowMs);
    this.#timer.set(delay, () => void this.#open());
    this.#set({ state: 'reconnecting', attempt, retryAt: clock.now() + delay, cause });
  }

  /** Asks over HTTP what a page cannot learn from a WebSocket, and says it, unless something else has happened meanwhile. */
  async #ask(facts: FailureFacts): Promise<void> {
    if (this.#status.state !== 'reconnecting') return; // whoever heard of it may have ended it
    const generation = this.#generation, liveAt = this.#liveAt, probe = await this.#host.ask(this.#token);
    if (probe === null || liveAt !== this.#liveAt) return;
    this.#answer = probe; // also where the next try is under way: for the words of its failure
    if (generation !== this.#generation || this.#status.state !== 'reconnecting') return;
    const cause = explain({ ...facts, probe });
    if (this.#isFinal(cause)) {
      this.#drop();
      return this.#set({ state: 'closed', cause });
    }
    this.#retries.refusal.note(cause, this.#token, this.#options.clock.now());
    // now that the reason is known, the next try may be too early
    if (this.#retries.least() > this.#status.retryAt - this.#options.clock.now()) return this.#wait(cause);
    this.#set({ ...this.#status, cause });
  }

  /** True where another try would be the same as this one. A function is asked for a token at each, so with one no try is. */
  #isFinal({ retry }: Cause): boolean {
    return !retry && typeof this.#options.accessToken !== 'function';
  }

  #send(text: string): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(text);
  }

  /** Lets go of socket and timers; whatever they still bring is of an old generation. */
  #drop(): void {
    // what a server without numbers sends from here on is missed, and nobody can count it
    if (this.#status.state === 'live' && !this.#status.numbered) this.#lostAt = this.#status.silentSince ?? this.#options.clock.now();
    this.#generation++;
    this.#timer.cancel();
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
    if (status.state === 'closed') this.#silent.close();
    this.#options.onStatus(this.#status);
  }
}
