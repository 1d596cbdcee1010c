// The Node half put together: a destination that numbers what the application logs, a bus, a hub and an endpoint. Never logs by itself.
import { randomBytes } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { LogEndpoint } from './attach.js';
import { resolveOptions, type LogServerOptions } from './config.js';
import { LogDestination } from './log-destination.js';
import { LogHub } from './log-hub.js';

export interface LogServer {
  /** Give it to pino, alone (`pino({ level: 'trace' }, destination)`) or in `pino.multistream` beside others. */
  readonly destination: LogDestination;
  /** Serves viewers on an HTTP server; may be called for several. */
  attach(server: HttpServer | HttpsServer): void;
  /** Ends at once whatever the viewer with this `id` (as `authenticate` named it) watches; nothing that waits is sent. Returns how many connections those were. */
  revoke(id: string): number;
  /** Sends what waits, tells every viewer, and resolves when they are gone, at most about `shutdownMs` later. May be called twice. */
  close(): Promise<void>;
}

/** Throws a sentence where an option is wrong; a missing `authenticate` is. */
export function createLogServer(options: LogServerOptions): LogServer {
  const settings = resolveOptions(options);
  const { bus, clock, enabled, instance, maxEntryBytes, maxQueuedBytes, markMs, errors } = settings;
  const epoch = randomBytes(6).toString('base64url');
  const destination = new LogDestination({ instance, epoch, bus, clock, maxQueuedBytes, maxEntryBytes, errors });
  const hub = new LogHub({ ...settings, floor: settings.level });
  const endpoint = new LogEndpoint(settings, hub);
  const leaveBus = bus.subscribe((batch) => hub.receive(batch));
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
    revoke: (id) => endpoint.revoke(id),
    close: () => (closed ??= close()),
  };
}
