// The bus between processes, over Redis Pub/Sub: the only file that knows Redis' client. Own entries reach own viewers without Redis, whatever
// becomes of it; towards the others a bounded outbox waits for it. Nothing here throws into, blocks or grows the application.
import { randomBytes } from 'node:crypto';
import type { Clock } from '../core/platform.js';
import { decodeBusMessage } from './bus-message.js';
import { BusOutbox } from './bus-outbox.js';
import { BusSeal } from './bus-seal.js';
import { BusStreams } from './bus-streams.js';
import type { LogBatch } from './log-batch.js';
import { LocalBus, type BusCounts, type BusState, type LogBus } from './log-bus.js';
import { openRedis, type RedisClientLike } from './redis-client.js';
import { RedisLink, type RedisConnection } from './redis-link.js';
import { RedisTrouble } from './redis-trouble.js';
import { systemClock } from './system-clock.js';

export interface RedisBusOptions {
  /** `redis://user:password@host:6379/0`, `rediss://…` with TLS, or `unix:///path`. Either this or `client`. */
  url?: string;
  /** A client of `@redis/client` or `redis`, as `createClient` gives it; only duplicated, never used or closed. */
  client?: RedisClientLike;
  /** The Pub/Sub channel; all instances of one application name the same. Default `system-logs`. */
  channel?: string;
  /**
   * Seals every message, so that nobody speaks on the channel but who knows it: at least 16 characters, the same in every instance. Default: none;
   * then whoever can publish on the channel is believed, and Redis' own rights (ACL) are what protects it.
   */
  secret?: string;
  /** What may wait for Redis before the oldest is dropped, in bytes as it is kept: squeezed, some five times as much of JSON. Default 4 MiB. */
  maxQueuedBytes?: number;
  /** Told why Redis cannot be used, once each time, what was refused, at most once a minute, and what a listener threw. The error may hold an address. Default: nobody is told. */
  onError?: (error: unknown) => void;
  /** Time; tests bring their own. */
  clock?: Clock;
}

export const DEFAULT_CHANNEL = 'system-logs';

const MIB = 1024 * 1024;
/** What one tick logs waits so long for more of it, unless it fills a message. */
const GATHER_MS = 5;
/** On their way to Redis at one time; less where less may wait at all, so that there is always a place for the newest. */
const MAX_SENT_BYTES = MIB, MAX_SENT_PART = 4;
/** No instance sends one that is longer. */
const MAX_MESSAGE_LENGTH = 4 * MIB;
/** After an outage the others need a moment to subscribe again: twice their longest wait. */
const SETTLE_MS = 1_000;
/** Who ends waits so long for Redis to come and to take the last words; those who listen get a part of it to come back before. */
const LAST_WORDS_MS = 1_000, LAST_SETTLE_MS = 300;
/** What somebody may go on doing for ever is told so often. */
const TOLD_MS = 60_000;

export class RedisBus implements LogBus {
  readonly #channel: string;
  readonly #seal: BusSeal | null;
  readonly #clock: Clock;
  readonly #sender = randomBytes(9).toString('base64url');
  readonly #local: LocalBus;
  readonly #outbox: BusOutbox;
  readonly #maxSentBytes: number;
  readonly #streams = new BusStreams();
  readonly #onError: (error: unknown) => void;
  readonly #publisher: RedisLink;
  readonly #subscriber: RedisLink;
  #connection: RedisConnection | null = null;
  #lost = false;
  #settling = false;
  #state: BusState;
  #stateListeners = new Set<(state: BusState) => void>();
  #cancelGather: (() => void) | null = null;
  #emptied = (): void => undefined;
  #closing: Promise<void> | null = null;
  #counts = { refused: 0, repeated: 0, unsealed: 0, crowded: 0 };
  #toldAt = new Map<string, number>();

  constructor(options: RedisBusOptions) {
    const { channel = DEFAULT_CHANNEL, clock = systemClock, maxQueuedBytes = 4 * MIB, onError = () => undefined } = options;
    const open = openRedis(options);
    if (typeof channel !== 'string' || channel === '') throw new TypeError(`channel is ${JSON.stringify(channel)}; it must be the name of a Pub/Sub channel.`);
    if (!Number.isSafeInteger(maxQueuedBytes) || maxQueuedBytes <= 0) throw new TypeError(`maxQueuedBytes is ${String(maxQueuedBytes)}; it must be a whole number above 0.`);
    this.#channel = channel;
    this.#seal = options.secret === undefined ? null : new BusSeal(options.secret, channel);
    this.#clock = clock;
    this.#onError = onError;
    this.#local = new LocalBus((error) => this.#tell(error));
    this.#outbox = new BusOutbox(this.#sender, maxQueuedBytes);
    this.#maxSentBytes = Math.min(MAX_SENT_BYTES, maxQueuedBytes / MAX_SENT_PART);
    this.#state = { state: 'connecting', since: clock.now(), reason: null };
    const down = (reason: string, error: unknown): void => this.#down(reason, error);
    this.#subscriber = new RedisLink({
      open, clock, down, up: () => this.#look(),
      greet: (connection) => connection.subscribe(channel, (message) => this.#receive(message)),
      check: (connection) => connection.sendCommand(['PING']),
    });
    this.#publisher = new RedisLink({ open, clock, down, up: (connection) => this.#publishOn(connection), greet: needMaster, check: needMaster });
  }

  /** Whether other processes can be reached. */
  get state(): BusState {
    return this.#state;
  }

  get counts(): BusCounts {
    return { dropped: this.#outbox.dropped, ...this.#counts };
  }

  /** Bytes that wait for Redis. */
  get queuedBytes(): number {
    return this.#outbox.bytes;
  }

  onState(listener: (state: BusState) => void): () => void {
    const own = (state: BusState): void => listener(state);
    this.#stateListeners.add(own);
    return () => void this.#stateListeners.delete(own);
  }

  publish(batch: LogBatch): void {
    if (this.#closing !== null) return;
    this.#local.publish(batch);
    this.#streams.own(batch);
    this.#outbox.push(batch);
    this.#goOn();
  }

  subscribe(listener: (batch: LogBatch) => void): () => void {
    return this.#local.subscribe(listener);
  }

  /** Sends what waits, also where Redis comes back only now, for a second at most, and lets go of Redis. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    await this.#local.close();
    if (this.#settling) this.#settle(LAST_SETTLE_MS);
    else this.#send();
    if (!this.#outbox.isEmpty) await this.#lastWords();
    if (!this.#outbox.isEmpty) this.#tell(new RedisTrouble('this process ends while Redis is away: what waited for it does not reach the other instances'));
    this.#cancelGather?.();
    this.#connection = null;
    this.#publisher.close();
    this.#subscriber.close();
    this.#outbox.clear();
    this.#stateListeners.clear();
  }

  async #lastWords(): Promise<void> {
    // time limits do not keep a process alive, and neither does a Redis that is away
    const hold = setInterval(() => undefined, LAST_WORDS_MS);
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(LAST_WORDS_MS, resolve);
      this.#emptied = () => {
        cancel();
        resolve();
      };
    });
    clearInterval(hold);
  }

  #publishOn(connection: RedisConnection): void {
    this.#connection = connection;
    this.#look();
    this.#settling = this.#lost;
    if (this.#settling) this.#settle(this.#closing === null ? SETTLE_MS : LAST_SETTLE_MS);
    else this.#send();
  }

  #settle(ms: number): void {
    this.#cancelGather?.();
    this.#cancelGather = null;
    this.#gather(ms);
  }

  #goOn(): void {
    if (this.#connection === null || this.#settling) return;
    if (this.#outbox.isFull) this.#send();
    else this.#gather(GATHER_MS);
  }

  #gather(ms: number): void {
    this.#cancelGather ??= this.#clock.after(ms, () => this.#send());
  }

  #send(): void {
    this.#cancelGather?.();
    this.#cancelGather = null;
    this.#settling = false;
    const connection = this.#connection;
    if (connection === null) return;
    while (this.#outbox.sentBytes < this.#maxSentBytes) {
      const message = this.#outbox.next();
      if (message === null) return;
      connection.publish(this.#channel, this.#seal?.close(message) ?? message).then(() => this.#taken(connection), (error: unknown) => this.#publisher.fail(connection, error));
    }
  }

  #taken(connection: RedisConnection): void {
    if (connection !== this.#connection) return;
    this.#outbox.taken();
    if (this.#outbox.isEmpty) this.#emptied();
    else this.#goOn();
  }

  #receive(message: string): void {
    const opened = message.length > MAX_MESSAGE_LENGTH ? null : this.#seal === null ? message : this.#seal.open(message);
    if (opened === null && message.length <= MAX_MESSAGE_LENGTH) {
      this.#counts.unsealed++;
      return this.#warn('messages on the channel do not have the seal of the secret: another instance has another secret or none, or somebody else speaks there');
    }
    const read = opened === null ? null : decodeBusMessage(opened);
    // what this process sent has reached its viewers already
    if (read?.sender === this.#sender) return;
    const verdict = read === null ? 'refused' : this.#streams.admit(read, this.#clock.now());
    if (verdict === 'new' && read !== null) this.#local.publish(read.batch);
    else if (verdict !== 'new') this.#counts[verdict]++;
    if (verdict === 'refused') this.#warn('messages on the channel were refused: they are none of system-logs, or speak for an instance that another process is; a secret keeps others out');
    if (verdict === 'crowded') this.#warn('more instances speak on the channel than there are places for; the new ones are not shown');
  }

  #down(reason: string, error: unknown): void {
    if (!this.#publisher.isUp) this.#letGo();
    if (this.#state.state === 'down') {
      this.#state = { ...this.#state, reason };
      return;
    }
    this.#change({ state: 'down', since: this.#clock.now(), reason });
    this.#tell(new RedisTrouble(reason, error));
  }

  #letGo(): void {
    this.#lost = true;
    if (this.#connection === null) return;
    this.#cancelGather?.();
    this.#cancelGather = null;
    this.#connection = null;
    this.#outbox.resend();
  }

  #look(): void {
    if (this.#publisher.isUp && this.#subscriber.isUp) this.#change({ state: 'up', since: this.#clock.now(), reason: null });
  }

  #change(state: BusState): void {
    this.#state = state;
    for (const listener of this.#stateListeners) {
      try {
        listener(state);
      } catch (error) {
        this.#tell(error);
      }
    }
  }

  #warn(words: string): void {
    const now = this.#clock.now();
    if (now - (this.#toldAt.get(words) ?? -Infinity) < TOLD_MS) return;
    this.#toldAt.set(words, now);
    this.#tell(new RedisTrouble(words));
  }

  #tell(error: unknown): void {
    try {
      this.#onError(error);
    } catch {
      // whoever throws here would be told what he threw
    }
  }
}

/** A bus between the processes of one application. Never waits for Redis: it may be away at the start, and come and go. Throws a sentence where an option is wrong. */
export function redisBus(options: RedisBusOptions): RedisBus {
  return new RedisBus(options);
}

/** On a replica PUBLISH succeeds, and reaches nobody but those who listen at the same replica. */
async function needMaster(connection: RedisConnection): Promise<void> {
  const role = await connection.sendCommand(['ROLE']).catch((error: unknown) => {
    // a user may be denied the command, and a service in Redis' place may not have it
    if (error instanceof Error && /^(?:NOPERM|ERR) /.test(error.message)) return ['unknown'];
    throw error;
  });
  if (Array.isArray(role) && String(role[0]) === 'slave') throw new RedisTrouble('this Redis is a read-only replica, from where nothing reaches the other instances');
}
