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
  /** Sends what waits, tells every viewer, and resolves when they are gone, at most about `shutdownMs` later. May be called twice. */
  close(): Promise<void>;
}

/** Throws a sentence where an option is wrong; a missing `authenticate` is. */
export function createLogServer(options: LogServerOptions): LogServer {
  const settings = resolveOptions(options);
  const { bus, clock, enabled, instance, level: floor, maxBufferedBytes, maxEntryBytes, maxQueuedBytes, maxRingBytes, maxRingEntries, errors, style } = settings;
  const epoch = randomBytes(6).toString('base64url');
  const destination = new LogDestination({ instance, epoch, bus, clock, maxQueuedBytes, maxEntryBytes, errors });
  const hub = new LogHub({ instance, floor, style, clock, maxBufferedBytes, maxRingEntries, maxRingBytes });
  const endpoint = new LogEndpoint(settings, hub);
  if (!enabled) destination.end();
  const leaveBus = bus.subscribe((entries) => hub.receive(entries));

  const close = async (): Promise<void> => {
    destination.end();
    await endpoint.close();
    leaveBus();
    // a bus that came from outside may serve others
    if (options.bus === undefined) await bus.close();
  };
  let closed: Promise<void> | null = null;
  return {
    destination,
    attach: (server) => endpoint.attach(server),
    close: () => (closed ??= close()),
  };
}
