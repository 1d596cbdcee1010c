// A bus between processes that loses and repeats batches when it is told to. What a process logs always reaches its own hub.
import type { LogBatch } from '../../src/server/log-batch.js';
import type { LogBus } from '../../src/server/log-bus.js';

export class FaultBus {
  /** Batches from one process to another are lost; they come twice. */
  readonly lossy = new Set<string>();
  readonly repeating = new Set<string>();
  /** Of a process that is about to be killed nothing leaves any more. */
  readonly cut = new Set<string>();
  /** Told of each fault that took place. */
  onFault: (kind: 'busLoss' | 'busRepeat') => void = () => undefined;
  readonly #ports = new Set<BusPort>();

  port(name: string): BusPort {
    const port: BusPort = new BusPort(name, (batch) => this.#carry(port, batch), () => this.#ports.delete(port));
    this.#ports.add(port);
    return port;
  }

  #carry(from: BusPort, batch: LogBatch): void {
    for (const port of this.#ports) {
      const way = `${from.name} ${port.name}`;
      if (port !== from && this.cut.has(from.name)) continue;
      if (port !== from && this.lossy.has(way)) {
        this.onFault('busLoss');
        continue;
      }
      port.hand(batch);
      if (port === from || !this.repeating.has(way)) continue;
      port.hand(batch);
      this.onFault('busRepeat');
    }
  }
}

class BusPort implements LogBus {
  readonly name: string;
  readonly #send: (batch: LogBatch) => void;
  readonly #leave: () => void;
  readonly #listeners = new Set<(batch: LogBatch) => void>();
  #closed = false;

  constructor(name: string, send: (batch: LogBatch) => void, leave: () => void) {
    this.name = name;
    this.#send = send;
    this.#leave = leave;
  }

  publish(batch: LogBatch): void {
    if (!this.#closed) this.#send(batch);
  }

  subscribe(listener: (batch: LogBatch) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  hand(batch: LogBatch): void {
    for (const listener of this.#listeners) listener(batch);
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#leave();
    return Promise.resolve();
  }
}
