// Buses over a redis-server of a test, as processes have them: each with connections of its own.
import { randomUUID } from 'node:crypto';
import type { Afterwards } from './afterwards.js';
import type { StampedEntry } from '../../src/core/protocol.js';
import type { BusState } from '../../src/server/log-bus.js';
import { redisBus, type RedisBus, type RedisBusOptions } from '../../src/server/redis-bus.js';

export interface ListeningBus {
  readonly bus: RedisBus;
  /** What came, own entries too. */
  readonly heard: StampedEntry[];
  readonly errors: unknown[];
  /** Resolves once `holds`, looked at again after each batch. */
  until(holds: () => boolean): Promise<void>;
  state(wanted: BusState['state']): Promise<BusState>;
}

export function startBus(test: Afterwards, options: RedisBusOptions): ListeningBus {
  const heard: StampedEntry[] = [], errors: unknown[] = [], waiting = new Set<() => void>();
  const bus = redisBus({ onError: (error) => errors.push(error), ...options });
  test.after(() => bus.close());
  bus.subscribe(({ entries }) => {
    heard.push(...entries);
    for (const look of [...waiting]) look();
  });
  const until = (holds: () => boolean, during: (look: () => void) => () => void): Promise<void> => new Promise((resolve) => {
    let leave = (): void => undefined;
    const look = (): void => {
      if (!holds()) return;
      leave();
      resolve();
    };
    leave = during(look);
    look();
  });
  return {
    bus, heard, errors,
    until: (holds) => until(holds, (look) => {
      waiting.add(look);
      return () => void waiting.delete(look);
    }),
    async state(wanted) {
      await until(() => bus.state.state === wanted, (look) => bus.onState(look));
      return bus.state;
    },
  };
}

export async function startUpBus(test: Afterwards, options: RedisBusOptions): Promise<ListeningBus> {
  const bus = startBus(test, options);
  await bus.state('up');
  return bus;
}

/** A channel that no other test uses. */
export const someChannel = (): string => `test ${randomUUID()}`;
