// One process of a fault run, which is an instance of the application: what it logs goes through a real destination and a bus to real hubs, and viewers
// connect to its own. It ends with a word or without one, and starts anew under the same name.
import type { LevelName } from '../../src/core/levels.js';
import type { Clock } from '../../src/core/platform.js';
import { ErrorReport } from '../../src/server/error-report.js';
import { LogDestination } from '../../src/server/log-destination.js';
import { LogHub } from '../../src/server/log-hub.js';
import { ViewerSession } from '../../src/server/viewer-session.js';
import type { FaultBus } from './fault-bus.js';
import type { MemoryLink } from './memory-link.js';
import type { RecordedStream, SourceRecord } from './source-record.js';

export interface Limits {
  readonly floor: LevelName;
  readonly maxBufferedBytes: number;
  readonly maxRingEntries: number;
  readonly maxRingBytes: number;
  readonly maxRingMs: number;
  readonly maxRingErrors: number;
  readonly maxQueuedBytes: number;
  readonly keepMs: number;
  readonly markMs: number;
}

export class FaultProcess {
  readonly name: string;
  readonly hub: LogHub;
  readonly stream: RecordedStream;
  readonly #record: SourceRecord;
  readonly #destination: LogDestination;
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #closeBus: () => void;
  readonly #sessions = new Map<MemoryLink, ViewerSession>();
  #isAlive = true;
  #cancelAnnounce = (): void => undefined;

  constructor(name: string, epoch: string, { bus, clock, limits, record }: { bus: FaultBus; clock: Clock; limits: Limits; record: SourceRecord }) {
    this.name = name;
    this.#clock = clock;
    this.#limits = limits;
    this.#record = record;
    this.stream = record.begin(name, epoch);
    const port = bus.port(name), errors = new ErrorReport((error) => {
      throw error;
    }, clock);
    this.hub = new LogHub({ instance: name, style: 'raw', clock, ...limits, onFirstViewer: () => this.#destination.announce() });
    const leave = port.subscribe((batch) => this.hub.receive(batch));
    this.#closeBus = () => {
      leave();
      void port.close();
    };
    this.#destination = new LogDestination({ instance: name, epoch, bus: port, clock, maxQueuedBytes: limits.maxQueuedBytes, maxEntryBytes: 65_536, errors, isWatched: () => this.hub.isWatched });
    this.#announce();
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Logs entries of these levels in one tick. */
  log(levels: readonly number[], padding: string): void {
    this.#logUnsaid(levels, padding);
    this.#destination.flushSync();
  }

  accept(link: MemoryLink): void {
    if (!this.#isAlive) return link.refuse();
    const session = new ViewerSession({
      socket: link.server, viewer: { id: 'reader' }, hub: this.hub, clock: this.#clock, signIn: () => Promise.resolve({ verdict: 'allowed', viewer: { id: 'reader' } }),
      recheckMs: 1e9, heartbeatMs: 1e9, maxMessages: 1e6, messageWindowMs: 1000,
    });
    this.#sessions.set(link, session);
    link.onMessage = (text) => session.message(text);
    link.onGone = () => {
      session.closed();
      this.#sessions.delete(link);
    };
    link.open();
  }

  /** Ends with a word to everybody; viewers may come back within so long. */
  stop(retryMs: number): void {
    this.#end();
    this.#destination.end();
    for (const session of this.#sessions.values()) session.restart(retryMs);
    this.#closeBus();
    this.hub.close();
  }

  /** Dies while it logs: what it had not handed on dies with it, and so do its connections. */
  crash(levels: readonly number[], padding: string): void {
    this.#logUnsaid(levels, padding);
    this.stream.crashed = true;
    this.#end();
    this.#closeBus();
    this.#destination.end();
    this.hub.close();
    for (const link of [...this.#sessions.keys()]) link.break();
  }

  #logUnsaid(levels: readonly number[], padding: string): void {
    for (const level of levels) {
      const line = this.#record.write(this.stream, level, padding);
      this.#destination.lastLevel = level;
      this.#destination.write(line);
    }
  }

  #announce(): void {
    this.#destination.announce();
    this.#cancelAnnounce = this.#clock.after(this.#limits.markMs, () => this.#announce());
  }

  #end(): void {
    this.#isAlive = false;
    this.#cancelAnnounce();
  }
}
