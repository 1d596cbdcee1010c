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
  /** The start before this one, of which a server that has not heard of this one may tell again. */
  readonly before: string | null;
  /** Another start that goes on beside this one. */
  readonly twin: string | null;
}

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
        // of those that were heard of before, the next mark says how they are
        for (const [instance, { epoch }] of news.ext.streams) if (!this.#lives.has(instance)) this.#set(instance, epoch, news.ext.quiet.get(instance) ?? null);
        return this.#reach(news.ext.away, this.#clock.now());
      case 'mark': return this.#mark(news);
      case 'stream': return this.#hear(news);
      case 'bus': return this.#reach(news.away, news.since);
      case 'gap': return;
    }
  }

  /** Another server is to be connected to, whose instances are others. */
  forget(): void {
    this.#lives.clear();
    this.#away = null;
  }

  #mark({ streams, quiet, time }: MarkFrame): void {
    for (const [instance, { epoch }] of streams) {
      const life = this.#lives.get(instance);
      if (life === undefined) this.#set(instance, epoch, quiet.get(instance) ?? null);
      else if (![life.epoch, life.twin, life.before].includes(epoch)) this.#start(instance, epoch, null);
      else if (life.epoch === epoch) this.#listen(instance, life, quiet.get(instance) ?? null, time);
    }
  }

  #hear({ instance, epoch, seq, state, time }: StreamFrame): void {
    const life = this.#lives.get(instance), at = time ?? this.#clock.now();
    if (state === 'new') {
      if (life?.epoch === epoch || life?.before === epoch) return;
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
      this.#put(instance, { epoch, before: life?.before ?? null, twin: null, state: 'stopped', since: at });
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
    const before = this.#lives.get(instance)?.epoch ?? null;
    return this.#put(instance, { epoch, before, twin: null, state: quietSince === null ? 'sending' : 'silent', since: quietSince });
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
