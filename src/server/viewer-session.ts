// One viewer's connection from its upgrade to its end: what it may ask, how its sign-in is renewed and runs out, whether it is still there.
// It knows its socket only as an interface, and leaves the entries to the hub.
import { isLevelName } from '../core/levels.js';
import type { Clock } from '../core/platform.js';
import {
  CLOSE_CODES, decodeClientFrame, encodeAuthenticated, encodeBye, encodeError, encodePong, encodeSubscribed, encodeUnsubscribed, type ClientFrame,
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
  /** Asks the application about a token that came on the open socket. Never rejects. */
  readonly signIn: (token: string) => Promise<SignIn>;
  readonly heartbeatMs: number;
  readonly maxMessages: number;
  readonly messageWindowMs: number;
}

/** A timer can wait 24.8 days; a sign-in may last longer. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

type Ending = 'restart' | 'expired' | 'forbidden' | 'policy';

const reasons: Readonly<Record<Ending, string>> = Object.freeze({
  restart: 'The server is shutting down.',
  expired: 'The sign-in has expired.',
  forbidden: 'The new token was refused.',
  policy: 'Too many messages.',
});

export class ViewerSession {
  readonly #options: SessionOptions;
  readonly #limiter: MessageLimiter;
  #subscription: HubViewer | null = null;
  #packed = false;
  #ended = false;
  /** Renewals are answered one after the other, in the order in which they came. */
  #renewal: Promise<void> = Promise.resolve();
  #cancelExpiry = (): void => undefined;
  #cancelBeat = (): void => undefined;
  #heard = true;
  #behind = false;
  #takenBytes = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#limiter = new MessageLimiter(options.maxMessages, options.messageWindowMs);
    this.#nextBeat();
    this.#expireAt(options.viewer.expiresAt);
  }

  /** A message came. */
  message(text: string): void {
    if (this.#ended) return;
    this.#heard = true;
    const { socket, clock } = this.#options, wait = this.#limiter.take(clock.now());
    if (wait === 0) return this.#answer(decodeClientFrame(text));
    if (this.#limiter.flooded) return this.#end('policy');
    socket.sendText(encodeError('server', 'REQUESTS_EXCEEDED', `Too many messages, retry after ${Math.ceil(wait)}ms.`));
  }

  /** A pong came: the other side is there. */
  pong(): void {
    this.#heard = true;
  }

  /** The socket is gone. */
  closed(): void {
    this.#finish(false);
  }

  /** The server stops. */
  restart(): void {
    this.#end('restart');
  }

  /** Says why, where the viewer understands it, and closes. */
  #end(why: Ending, lastWords: string | null = null): void {
    if (this.#ended) return;
    this.#finish(why === 'restart');
    const { socket } = this.#options;
    // what waits in the socket cannot be taken back one by one, and who may not read any more must not be sent it
    if ((why === 'expired' || why === 'forbidden') && socket.bufferedBytes > 0) return socket.cut();
    if (lastWords !== null) socket.sendText(lastWords);
    if (this.#packed) socket.sendText(encodeBye(why));
    socket.close(CLOSE_CODES[why], reasons[why]);
  }

  #finish(said: boolean): void {
    this.#ended = true;
    this.#cancelExpiry();
    this.#cancelBeat();
    this.#unsubscribe(said);
  }

  #answer(frame: ClientFrame): void {
    const { socket } = this.#options;
    switch (frame.type) {
      case 'subscribe': return this.#subscribe(frame.level, frame.ext !== null);
      case 'unsubscribe':
        this.#unsubscribe(true);
        return socket.sendText(encodeUnsubscribed());
      case 'auth':
        this.#renewal = this.#renewal.then(() => this.#renew(frame.accessToken, frame.uid));
        return;
      case 'ping':
        // Directus answers none, so that a client without the extension is not surprised by one
        return this.#packed ? socket.sendText(encodePong()) : undefined;
      case 'invalid': return socket.sendText(encodeError(frame.source, 'INVALID_PAYLOAD', frame.message));
      default: return;
    }
  }

  #subscribe(level: string, packed: boolean): void {
    const { socket, hub } = this.#options;
    if (!isLevelName(level)) return socket.sendText(encodeError('logs', 'INVALID_PAYLOAD', `Invalid "${level}" log level`));
    this.#packed = packed;
    socket.sendText(encodeSubscribed(level, packed ? hub.extension : null));
    if (this.#subscription === null) this.#subscription = hub.join(socket, level, packed);
    else this.#subscription.change(level, packed);
  }

  #unsubscribe(said: boolean): void {
    if (this.#subscription !== null) this.#options.hub.leave(this.#subscription, said);
    this.#subscription = null;
  }

  async #renew(token: string, uid: string | number | null): Promise<void> {
    if (this.#ended) return;
    const { socket, signIn } = this.#options;
    const answer = await signIn(token);
    if (this.#ended) return;
    if (answer.verdict === 'allowed') {
      this.#expireAt(answer.viewer.expiresAt);
      return socket.sendText(encodeAuthenticated(uid));
    }
    // the old sign-in still holds where the application could not say
    if (answer.verdict === 'unavailable') return socket.sendText(encodeError('auth', 'SERVICE_UNAVAILABLE', answer.reason, uid));
    const forbidden = answer.verdict === 'forbidden';
    const message = forbidden ? 'Unauthorized access.' : 'Authentication failed.';
    this.#end('forbidden', encodeError('auth', 'AUTH_FAILED', message, forbidden ? null : uid));
  }

  #expireAt(time: number | undefined): void {
    this.#cancelExpiry();
    if (time === undefined || time === Infinity) return;
    const left = time - this.#options.clock.now();
    if (left <= 0) return this.#end('expired', encodeError('auth', 'TOKEN_EXPIRED', 'Token expired.'));
    this.#cancelExpiry = this.#options.clock.after(Math.min(left, LONGEST_WAIT_MS), () => this.#expireAt(time));
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
