// The Node half put together: a destination that numbers what the application logs, a bus, a hub and an endpoint. Never logs by itself.
import { randomBytes } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { LogEndpoint } from './attach.js';
import { resolveOptions, type LogServerOptions } from './config.js';
import type { BusCounts, BusState, LogBus } from './log-bus.js';
import { LogDestination } from './log-destination.js';
import { LogHub } from './log-hub.js';

export interface LogServer {
  /** Give it to pino, alone (`pino({ level: 'trace' }, destination)`) or in `pino.multistream` beside others. */
  readonly destination: LogDestination;
  /** Serves viewers on an HTTP server; may be called for several. */
  attach(server: HttpServer | HttpsServer): void;
  /** How it is now, for a health route: numbers and plain words that can be shown to anybody, nothing of an address or a token. */
  health(): LogServerHealth;
  /** Calls `listener` when Redis between the instances is reached, lost, and reached again; the returned function ends that. Never, where there is none. */
  onBusState(listener: (state: BusState) => void): () => void;
  /** Ends at once whatever the viewer with this `id` (as `authenticate` named it) watches; nothing that waits is sent. Returns how many connections those were. */
  revoke(id: string): number;
  /** Sends what waits, tells every viewer, and resolves when they are gone, at most about `shutdownMs` later. May be called twice. */
  close(): Promise<void>;
}

/** An application is healthy without its viewers and without Redis: this is to be looked at, and no reason to restart it. */
export interface LogServerHealth {
  readonly enabled: boolean;
  readonly instance: string;
  /** Connected now, and at most. */
  readonly viewers: number;
  readonly maxConnections: number;
  /** Redis between the instances; null where there is none. */
  readonly bus: BusHealth | null;
}

/** `state`, `since` and `reason` as in `BusState`; `waitingBytes` for Redis; then what went wrong since the start. */
export interface BusHealth extends BusState, BusCounts {
  readonly waitingBytes: number;
}

const REFUSED = 'Entries that came over the bus were refused: their numbers contradict what their instance said before, as those of a forged message do, or there are more than 1,000 instances.';

/** Throws a sentence where an option is wrong; a missing `authenticate` is. */
export function createLogServer(options: LogServerOptions): LogServer {
  const settings = resolveOptions(options);
  const { bus, clock, enabled, instance, maxEntryBytes, maxQueuedBytes, markMs, errors } = settings;
  const epoch = randomBytes(6).toString('base64url');
  const destination = new LogDestination({ instance, epoch, bus, clock, maxQueuedBytes, maxEntryBytes, errors, isWatched: () => hub.isWatched });
  const hub = new LogHub({ ...settings, floor: settings.level, onFirstViewer: () => destination.announce() });
  const endpoint = new LogEndpoint(settings, hub);
  const leaveBus = bus.subscribe((batch) => {
    if (!hub.receive(batch)) errors.report(new Error(REFUSED), 'bus');
  });
  if (bus.state !== undefined) hub.reach(bus.state);
  const leaveState = bus.onState?.((state) => hub.reach(state)) ?? ((): void => undefined);
  let cancelBeat = (): void => undefined;
  const beat = (): void => {
    destination.announce();
    cancelBeat = clock.after(markMs, beat);
  };
  if (enabled) beat();
  else destination.end();

  const close = async (): Promise<void> => {
    cancelBeat();
    destination.end();
    await endpoint.close();
    leaveBus();
    leaveState();
    hub.close();
    // a bus that came from outside may serve others
    if (options.bus === undefined) await bus.close();
  };
  let closed: Promise<void> | null = null;
  return {
    destination,
    attach: (server) => endpoint.attach(server),
    health: () => ({ enabled, instance, viewers: endpoint.viewers, maxConnections: settings.maxConnections, bus: healthOf(bus, hub.refused) }),
    onBusState: (listener) => bus.onState?.(listener) ?? ((): void => undefined),
    revoke: (id) => endpoint.revoke(id),
    close: () => (closed ??= close()),
  };
}

function healthOf({ state, counts, queuedBytes = 0 }: LogBus, refused: number): BusHealth | null {
  if (state === undefined) return null;
  const all = counts ?? { dropped: 0, refused: 0, repeated: 0, unsealed: 0, crowded: 0 };
  return { ...state, waitingBytes: queuedBytes, ...all, refused: all.refused + refused };
}
