// Which instances send, by what a server says of their streams, and what a reader is told of it: that one has stopped, is not heard any more, sends
// again or has started; and whether the server reaches the others at all. Bounded. It knows nothing of entries, numbers and rows.
import type { StreamNews } from './accounting.js';
import type { Notice } from './notice.js';
import type { Clock } from './platform.js';
import { MAX_STREAMS, type BusAway, type MarkFrame, type StreamFrame } from './protocol.js';

/** `stopped`: it said so. `silent`: nothing is heard of it, and nobody knows why. */
export type InstanceState = 'sending' | 'stopped' | 'silent';

export interface InstanceLife {
  readonly state: InstanceState;
  /** When it stopped or was heard last, by the server's clock, in ms since 1970; null while it sends. */
  readonly since: number | null;
}

/** What became of an instance at a time (ms since 1970, by the server's clock); `silent`: of which nothing was heard since then. */
export interface InstanceChange {
  readonly instance: string;
  readonly change: 'started' | 'stopped' | 'silent' | 'again' | 'twin';
  /** Null where the server does not know: of a start only that there was one. */
  readonly at: number | null;
}

interface Life extends InstanceLife {
  readonly epoch: string;
  /** The starts before this one, of which a server that has not heard of this one may tell again; the newest first. */
  readonly past: readonly string[];
  /** The start that the server which is connected now named last in a mark; null before it did. */
  readonly named: string | null;
  /** Another start that goes on beside this one. */
  readonly twin: string | null;
}

/** Earlier starts that are remembered of an instance. */
const MAX_PAST = 10;
const SENDING: InstanceLife = Object.freeze({ state: 'sending', since: null });

export class InstanceLives {
  readonly #clock: Clock;
  readonly #say: (notice: Notice) => void;
  readonly #lives = new Map<string, Life>();
  #away: BusAway | null = null;

  /** @param say called with each change at the place where it is among the entries */
  constructor(clock: Clock, say: (notice: Notice) => void) {
    this.#clock = clock;
    this.#say = say;
  }

  /** One of which nothing was said is taken to send. */
  of(instance: string): InstanceLife {
    return this.#lives.get(instance) ?? SENDING;
  }

  hear(news: StreamNews): void {
    switch (news.type) {
      case 'subscribed':
        if (news.ext === null) return;
        for (const [instance, life] of this.#lives) this.#lives.set(instance, { ...life, named: null });
        // of those that were heard of before and send, the next mark says it
        for (const [instance, { epoch }] of news.ext.streams) {
          const life = this.#lives.get(instance), quietSince = news.ext.quiet.get(instance) ?? null;
          if (life === undefined) this.#set(instance, epoch, quietSince);
          else if (life.epoch === epoch && quietSince !== null) this.#listen(instance, life, quietSince, quietSince);
        }
        return this.#reach(news.ext.away, this.#clock.now());
      case 'mark': return this.#mark(news);
      case 'stream': return this.#hear(news);
      case 'bus': return this.#reach(news.away, news.since);
      case 'gap': return;
    }
  }

  /** Nothing is heard of it, as its numbers show: a server that has just begun may never have heard of it. @param since when it was heard */
  miss(instance: string, since: number): void {
    const life = this.#lives.get(instance);
    if (life !== undefined) this.#listen(instance, life, since, since);
  }

  /** Another server is to be connected to, whose instances are others. */
  forget(): void {
    this.#lives.clear();
    this.#away = null;
  }

  #mark({ streams, quiet, time }: MarkFrame): void {
    for (const [instance, { epoch }] of streams) {
      const life = this.#lives.get(instance), quietSince = quiet.get(instance) ?? null;
      if (life === undefined) this.#set(instance, epoch, quietSince);
      else if (![life.epoch, life.twin, ...life.past].includes(epoch)) this.#start(instance, epoch, null);
      else if (life.epoch === epoch) this.#listen(instance, life, quietSince, time);
      else if (life.twin !== epoch && life.named !== null && life.named !== epoch) this.#goOn(instance, life, epoch, quietSince, time);
      const now = this.#lives.get(instance);
      if (now !== undefined && now.named !== epoch) this.#lives.set(instance, { ...now, named: epoch });
    }
  }

  /** The server itself goes on to a start that another one had told of: it is the newer one after all. */
  #goOn(instance: string, life: Life, epoch: string, quietSince: number | null, now: number): void {
    const past = [life.epoch, ...life.past.filter((each) => each !== epoch)], state = life.state === 'stopped' ? 'silent' : life.state;
    this.#listen(instance, this.#put(instance, { ...life, epoch, past, state }), quietSince, now);
  }

  #hear({ instance, epoch, seq, state, time }: StreamFrame): void {
    const life = this.#lives.get(instance), at = time ?? this.#clock.now();
    if (state === 'new') {
      if (life !== undefined && [life.epoch, ...life.past].includes(epoch)) return;
      // of one that the server heard of late, nobody knows since when it has been there
      if (life !== undefined || (time !== null && seq === 0)) this.#start(instance, epoch, time);
      else this.#set(instance, epoch);
    } else if (state === 'twin') {
      if (life === undefined || life.epoch === epoch || life.twin === epoch) return;
      this.#lives.set(instance, { ...life, twin: epoch });
      this.#tell(instance, 'twin', at);
    } else if (life !== undefined && life.epoch !== epoch) {
      if (state === 'end' && life.twin === epoch) this.#lives.set(instance, { ...life, twin: null });
    } else if (state !== 'end') {
      this.#listen(instance, life ?? this.#set(instance, epoch), state === 'quiet' ? at : null, at);
    } else if (life !== undefined && life.twin !== null) {
      this.#set(instance, life.twin);
    } else if (life?.state !== 'stopped') {
      this.#put(instance, { epoch, past: life?.past ?? [], twin: null, named: life?.named ?? null, state: 'stopped', since: at });
      this.#tell(instance, 'stopped', at);
    }
  }

  /** It is heard, or not since a time. One that has said its end needs no other word. */
  #listen(instance: string, life: Life, quietSince: number | null, now: number): void {
    if (life.state === 'stopped' || (life.state === 'silent') === (quietSince !== null)) return;
    this.#put(instance, { ...life, state: quietSince === null ? 'sending' : 'silent', since: quietSince });
    this.#tell(instance, quietSince === null ? 'again' : 'silent', quietSince ?? now);
  }

  #start(instance: string, epoch: string, at: number | null): void {
    this.#set(instance, epoch);
    this.#tell(instance, 'started', at);
  }

  #set(instance: string, epoch: string, quietSince: number | null = null): Life {
    const life = this.#lives.get(instance), past = life === undefined ? [] : [life.epoch, ...life.past].slice(0, MAX_PAST);
    return this.#put(instance, { epoch, past, twin: null, named: null, state: quietSince === null ? 'sending' : 'silent', since: quietSince });
  }

  #put(instance: string, life: Life): Life {
    if (this.#lives.size >= MAX_STREAMS && !this.#lives.has(instance)) this.#makeRoom();
    this.#lives.set(instance, life);
    return life;
  }

  /** Forgets the one that has not sent for longest, or else the one that was heard of first. */
  #makeRoom(): void {
    let oldest: string | null = null, least = Infinity;
    for (const [instance, { since }] of this.#lives) {
      if (oldest !== null && (since ?? Infinity) >= least) continue;
      oldest = instance;
      least = since ?? Infinity;
    }
    if (oldest !== null) this.#lives.delete(oldest);
  }

  #reach(away: BusAway | null, since: number): void {
    const before = this.#away;
    this.#away = away;
    if ((before === null) === (away === null)) return;
    this.#say(away === null ? { name: 'others-back', at: since } : { name: 'others-away', ...away });
  }

  #tell(instance: string, change: InstanceChange['change'], at: number | null): void {
    this.#say({ name: 'instances', changes: [{ instance, change, at }] });
  }
}
