// One connection to Redis that is made again whenever it is lost: with a time limit on every step, a sign of life every few seconds and
// growing, random waits between. It keeps nothing and knows nothing of entries; whoever uses it hears `up` and `down`.
import type { Clock } from '../core/platform.js';
import { RedisTrouble, redisTrouble } from './redis-trouble.js';

/** The part of a client of `@redis/client` that is used. */
export interface RedisConnection {
  on(event: 'error', listener: (error: unknown) => void): unknown;
  connect(): Promise<unknown>;
  publish(channel: string, message: string): Promise<unknown>;
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  sendCommand(command: string[]): Promise<unknown>;
  destroy(): void;
}

export interface RedisLinkOptions {
  /** A new client that does not connect again by itself. */
  readonly open: () => Promise<RedisConnection>;
  /** What makes a connection one that can be used; rejects where it cannot be. */
  readonly greet: (connection: RedisConnection) => Promise<unknown>;
  /** Rejects, or never resolves, where the connection is of no use any more. */
  readonly check: (connection: RedisConnection) => Promise<unknown>;
  readonly up: (connection: RedisConnection) => void;
  /** Called once for each try that failed and each connection that was lost. */
  readonly down: (reason: string, error: unknown) => void;
  readonly clock: Clock;
}

/** For everything from the look-up of the host to the greeting. */
const CONNECT_MS = 5_000;
/** A connection that is not heard for so long is asked; one that does not answer for as long again is lost. */
const CHECK_MS = 5_000;
/** Instances are few, so that short waits cost Redis nothing, and a short outage stays one. */
const FIRST_WAIT_MS = 100, LONGEST_WAIT_MS = 500;

export class RedisLink {
  readonly #options: RedisLinkOptions;
  #connection: RedisConnection | null = null;
  #isUp = false;
  #tries = 0;
  #closed = false;
  #cancel = (): void => undefined;

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    void this.#connect();
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** The connection is of no use: it is dropped, and another one made. */
  fail(connection: RedisConnection, error: unknown): void {
    if (connection === this.#connection) this.#lost(error);
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  async #connect(): Promise<void> {
    const { open, greet, up } = this.#options;
    let connection: RedisConnection | null = null;
    try {
      const opened = (connection = await open());
      // asked for by the client: an error that nobody listens to would end the process
      opened.on('error', (error) => this.fail(opened, error));
      if (this.#closed) return destroy(opened);
      this.#connection = opened;
      this.#within(CONNECT_MS);
      await opened.connect();
      await greet(opened);
      if (opened !== this.#connection) return;
      this.#tries = 0;
      this.#isUp = true;
      this.#nextCheck(opened);
      up(opened);
    } catch (error) {
      if (connection === null || connection === this.#connection) this.#lost(error);
    }
  }

  #nextCheck(connection: RedisConnection): void {
    this.#cancel();
    this.#cancel = this.#options.clock.after(CHECK_MS, () => {
      this.#within(CHECK_MS);
      this.#options.check(connection).then(
        () => connection === this.#connection && this.#nextCheck(connection),
        (error: unknown) => this.fail(connection, error),
      );
    });
  }

  #within(ms: number): void {
    this.#cancel();
    this.#cancel = this.#options.clock.after(ms, () => this.#lost(new RedisTrouble('Redis does not answer')));
  }

  #lost(error: unknown): void {
    this.#drop();
    if (this.#closed) return;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(this.#tries++, 10));
    this.#cancel = this.#options.clock.after(Math.round(wait * (0.5 + Math.random() / 2)), () => void this.#connect());
    this.#options.down(redisTrouble(error), error);
  }

  #drop(): void {
    const connection = this.#connection;
    this.#cancel();
    this.#connection = null;
    this.#isUp = false;
    if (connection !== null) destroy(connection);
  }
}

function destroy(connection: RedisConnection): void {
  try {
    connection.destroy();
  } catch {
    // one that was never open says so
  }
}
