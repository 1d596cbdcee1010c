// One viewer's connection from its upgrade to its end: what it may ask, how its sign-in is renewed and runs out, whether it is still there.
// It knows its socket only as an interface, and leaves the entries to the hub.
import { isLevelName } from '../core/levels.js';
import type { Clock } from '../core/platform.js';
import {
  CLOSE_CODES, decodeClientFrame, encodeAuthenticated, encodeBye, encodeError, encodePong, encodeSubscribed, encodeUnsubscribed, MAX_STREAMS,
  type ClientExtension, type ClientFrame, type ResumePoints, type StreamPoint,
} from '../core/protocol.js';
import type { HubViewer, ViewerSocket } from './hub-viewer.js';
import type { LogHub } from './log-hub.js';
import { MessageLimiter } from './message-limiter.js';
import type { SignIn, Viewer } from './sign-in.js';

export interface SessionSocket extends ViewerSocket {
  /** Bytes that the network has taken since the connection began. */
  readonly takenBytes: number;
  sendText(text: string): void;
  ping(): void;
  /** Ends it with a reason, after what was handed over. */
  close(code: number, reason: string): void;
  /** Ends it at once; what was handed over and not taken is dropped. */
  cut(): void;
}

export interface SessionOptions {
  readonly socket: SessionSocket;
  readonly viewer: Viewer;
  readonly hub: LogHub;
  readonly clock: Clock;
  /** Asks the application about a token, or about what the viewer brought at its upgrade (null). Never rejects. */
  readonly signIn: (token: string | null) => Promise<SignIn>;
  /** How often it is asked again whether the viewer may still read. */
  readonly recheckMs: number;
  readonly heartbeatMs: number;
  readonly maxMessages: number;
  readonly messageWindowMs: number;
}

/** A timer can wait 24.8 days; a sign-in may last longer. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

type Ending = 'restart' | 'expired' | 'forbidden' | 'policy';

const reasons = Object.freeze({
  restart: 'The server is shutting down.',
  expired: 'The sign-in has expired.',
  refused: 'The new token was refused.',
  revoked: 'The sign-in was taken back.',
  policy: 'Too many messages.',
});

export class ViewerSession {
  readonly #options: SessionOptions;
  readonly #limiter: MessageLimiter;
  #subscription: HubViewer | null = null;
  #numbered = false;
  /** Where the first subscription is to go on, from messages that came before it. */
  #points = new Map<string, StreamPoint>();
  #ended = false;
  /** Renewals are answered one after the other, in the order in which they came. */
  #renewal: Promise<void> = Promise.resolve();
  #viewer: Viewer;
  /** The last one that was accepted on the open socket; null: what came with the upgrade. */
  #token: string | null = null;
  #cancelExpiry = (): void => undefined;
  #cancelRecheck = (): void => undefined;
  #cancelBeat = (): void => undefined;
  #heard = true;
  #behind = false;
  #takenBytes = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#limiter = new MessageLimiter(options.maxMessages, options.messageWindowMs);
    this.#viewer = options.viewer;
    this.#nextBeat();
    this.#nextRecheck();
    this.#expireAt(options.viewer.expiresAt);
  }

  /** A message came. */
  message(text: string): void {
    if (this.#ended) return;
    this.#heard = true;
    const { socket, clock } = this.#options, wait = this.#limiter.take(clock.now());
    if (wait === 0) return this.#answer(decodeClientFrame(text));
    if (this.#limiter.flooded) return this.#end('policy', reasons.policy);
    socket.sendText(encodeError('server', 'REQUESTS_EXCEEDED', `Too many messages, retry after ${Math.ceil(wait)}ms.`));
  }

  /** A pong came: the other side is there. */
  pong(): void {
    this.#heard = true;
  }

  /** More came than a viewer has to say. */
  flood(): void {
    this.#end('policy', reasons.policy);
  }

  /** The socket is gone. */
  closed(): void {
    this.#finish(false);
  }

  /** Who watches. */
  get id(): string {
    return this.#viewer.id;
  }

  /** The server stops. @param retryMs when another attempt is welcome, in ms from now */
  restart(retryMs: number): void {
    this.#end('restart', reasons.restart, null, retryMs);
  }

  /** The viewer may not read any more. False where the session has ended before. */
  revoke(): boolean {
    const isOpen = !this.#ended;
    this.#end('forbidden', reasons.revoked, encodeError('auth', 'AUTH_FAILED', 'Unauthorized access.'));
    return isOpen;
  }

  /** Says why, where the viewer understands it, and closes. */
  #end(why: Ending, reason: string, lastWords: string | null = null, retryMs: number | null = null): void {
    if (this.#ended) return;
    this.#finish(why === 'restart');
    const { socket } = this.#options;
    // what waits in the socket cannot be taken back one by one, and who may not read any more must not be sent it
    if ((why === 'expired' || why === 'forbidden') && socket.bufferedBytes > 0) return socket.cut();
    if (lastWords !== null) socket.sendText(lastWords);
    if (this.#numbered) socket.sendText(encodeBye(why, retryMs));
    socket.close(CLOSE_CODES[why], reason);
  }

  #finish(said: boolean): void {
    this.#ended = true;
    this.#cancelExpiry();
    this.#cancelRecheck();
    this.#cancelBeat();
    this.#unsubscribe(said);
  }

  #answer(frame: ClientFrame): void {
    const { socket } = this.#options;
    switch (frame.type) {
      case 'subscribe': return this.#subscribe(frame.level, frame.ext);
      case 'unsubscribe':
        this.#unsubscribe(true);
        return socket.sendText(encodeUnsubscribed());
      case 'auth':
        this.#renewal = this.#renewal.then(() => this.#renew(frame.accessToken, frame.uid));
        return;
      case 'ping':
        // Directus answers none, so that a client without the extension is not surprised by one
        return this.#numbered ? socket.sendText(encodePong()) : undefined;
      case 'invalid': return socket.sendText(encodeError(frame.source, 'INVALID_PAYLOAD', frame.message));
      default: return;
    }
  }

  #subscribe(level: string, ext: ClientExtension | null): void {
    const { socket, hub } = this.#options, numbered = ext !== null;
    if (!isLevelName(level)) return socket.sendText(encodeError('logs', 'INVALID_PAYLOAD', `Invalid "${level}" log level`));
    if (this.#subscription === null && ext?.more === true) return this.#gather(ext.resume);
    this.#numbered = numbered;
    if (this.#subscription !== null) {
      const extension = hub.change(this.#subscription, level, numbered);
      return socket.sendText(encodeSubscribed(level, numbered ? extension : null));
    }
    this.#gather(ext?.resume ?? null);
    const points = this.#points, { viewer, extension, start } = hub.join(socket, level, numbered, points);
    this.#points = new Map();
    this.#subscription = viewer;
    socket.sendText(encodeSubscribed(level, numbered ? extension : null));
    start();
  }

  /** As many as there can be streams; a viewer that names more has invented them. */
  #gather(resume: ResumePoints | null): void {
    for (const [instance, point] of resume ?? []) if (this.#points.size < MAX_STREAMS) this.#points.set(instance, point);
  }

  #unsubscribe(said: boolean): void {
    this.#points = new Map();
    if (this.#subscription !== null) this.#options.hub.leave(this.#subscription, said);
    this.#subscription = null;
  }

  async #renew(token: string, uid: string | number | null): Promise<void> {
    if (this.#ended) return;
    const { socket, signIn } = this.#options;
    const answer = await signIn(token);
    if (this.#ended) return;
    if (answer.verdict === 'allowed') {
      this.#viewer = answer.viewer;
      this.#token = token;
      this.#expireAt(answer.viewer.expiresAt);
      return socket.sendText(encodeAuthenticated(uid));
    }
    // the old sign-in still holds where the application could not say
    if (answer.verdict === 'unavailable') return socket.sendText(encodeError('auth', 'SERVICE_UNAVAILABLE', answer.reason, uid));
    const forbidden = answer.verdict === 'forbidden';
    const message = forbidden ? 'Unauthorized access.' : 'Authentication failed.';
    this.#end('forbidden', reasons.refused, encodeError('auth', 'AUTH_FAILED', message, forbidden ? null : uid));
  }

  #nextRecheck(): void {
    const { clock, recheckMs } = this.#options;
    this.#cancelRecheck = clock.after(recheckMs, () => {
      this.#renewal = this.#renewal.then(() => this.#recheck());
    });
  }

  /** The account may have been closed, or the session ended, since it was asked last. */
  async #recheck(): Promise<void> {
    if (this.#ended) return;
    const answer = await this.#options.signIn(this.#token);
    if (this.#ended) return;
    if (answer.verdict === 'expired') return this.#expire();
    if (answer.verdict === 'unknown' || answer.verdict === 'forbidden') return void this.revoke();
    if (answer.verdict === 'allowed') {
      this.#viewer = answer.viewer;
      this.#expireAt(answer.viewer.expiresAt);
    }
    if (!this.#ended) this.#nextRecheck();
  }

  #expireAt(time: number | undefined): void {
    this.#cancelExpiry();
    if (time === undefined || time === Infinity) return;
    const left = time - this.#options.clock.now();
    if (left <= 0) return this.#expire();
    this.#cancelExpiry = this.#options.clock.after(Math.min(left, LONGEST_WAIT_MS), () => this.#expireAt(time));
  }

  #expire(): void {
    this.#end('expired', reasons.expired, encodeError('auth', 'TOKEN_EXPIRED', 'Token expired.'));
  }

  #nextBeat(): void {
    this.#cancelBeat = this.#options.clock.after(this.#options.heartbeatMs, () => this.#beat());
  }

  /** Every beat a ping; who let the last one pass without a sign of life is gone. */
  #beat(): void {
    const { socket } = this.#options, taken = socket.takenBytes;
    // behind a backlog the pong is late, but a full pipe that moves has someone at its other end
    const moved = this.#behind && taken > this.#takenBytes;
    if (!this.#heard && !moved) return socket.cut();
    this.#heard = false;
    this.#behind = socket.bufferedBytes > 0;
    this.#takenBytes = taken;
    socket.ping();
    this.#nextBeat();
  }
}
