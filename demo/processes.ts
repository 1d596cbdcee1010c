// The shop as several processes behind one port: starts them and a Redis between them, and stops them. Whoever kills one of them sees the
// others go on, and the viewer say that it is gone.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Balancer } from './balancer.js';
import { Customers } from './customers.js';
import type { FromProcess, ToProcess } from './instance-process.js';
import { findOrStartRedis } from './redis.js';
import type { Running } from './server.js';
import { failToListen } from './settings.js';
import type { DemoKeys } from './sign-in.js';

export interface ProcessesOptions {
  readonly count: number;
  readonly port: number;
  readonly keys: DemoKeys;
}

export async function startProcesses({ count, port, keys }: ProcessesOptions): Promise<Running> {
  const balancer = new Balancer();
  await balancer.listen(port).catch((error: unknown) => failToListen(error, port));
  const redis = await findOrStartRedis(process.env);
  const children: ChildProcess[] = [];
  let stopping = false;
  // by name, so that nobody visits a process that is gone
  const shops = new Map<string, number>(), ports: number[] = [], customers = new Customers(ports);
  const changed = (): void => void ports.splice(0, ports.length, ...shops.values());
  const setRate = (rate: number): void => {
    customers.rate = rate;
    for (const child of children) if (child.connected) child.send({ rate: customers.rate } satisfies ToProcess);
  };

  const start = async (name: string): Promise<void> => {
    const child = fork(join(import.meta.dirname, 'instance-process.ts'), [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    children.push(child);
    child.on('message', (message: FromProcess) => {
      if ('rate' in message) return setRate(message.rate);
      balancer.add(name, message.port);
      shops.set(name, message.shopPort);
      changed();
    });
    child.once('exit', (code, signal) => {
      balancer.remove(name);
      shops.delete(name);
      changed();
      if (stopping) return;
      const isLast = children.every(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null);
      console.log(`${name} (process ${child.pid}) has ended by ${signal ?? `code ${code}`}; ${isLast ? 'no instance is left, so that the demo ends' : 'the others go on'}`);
      if (isLast) void stop().then(() => process.exit(1));
    });
    child.send({ name, keys, redis: redis.url, channel: redis.channel, rate: 0 } satisfies ToProcess);
    await Promise.race([once(child, 'message'), once(child, 'exit')]);
    console.log(`instance ${name} process ${child.pid}`);
  };
  const stop = async (): Promise<void> => {
    stopping = true;
    customers.close();
    await Promise.all(children.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    }));
    await balancer.close();
    await redis.stop();
  };
  await Promise.all(Array.from({ length: count }, (_, index) => start(`api-${index + 1}`)));

  return {
    port: (balancer.server.address() as AddressInfo).port,
    customers: {
      get rate() {
        return customers.rate;
      },
      set rate(rate) {
        setRate(rate);
      },
    },
    stop,
  };
}
