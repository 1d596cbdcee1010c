// One process of the shop: an instance with the admin site and the logs endpoint, as every process of a real application has them all. It is
// told who it is by its parent, tells it its port, and ends with it.
import type { AddressInfo } from 'node:net';
import { redisBus } from '../src/server/index.js';
import { createAdminSite } from './admin-site.js';
import { closeServer, listen, startShopInstance } from './shop-instance.js';
import { demoSignIn, type DemoKeys } from './sign-in.js';

export interface Birth {
  readonly name: string;
  readonly keys: DemoKeys;
  readonly redis: string;
  readonly channel: string;
  readonly rate: number;
}

/** The first message says everything, further ones the customers' rate. */
export type ToProcess = Birth | { readonly rate: number };
export type FromProcess = { readonly port: number; readonly shopPort: number } | { readonly rate: number };

const tell = (message: FromProcess): void => void process.send?.(message);

/** The customers live in the parent; a page may ask any process about them. */
const customers = {
  current: 0,
  get rate(): number {
    return this.current;
  },
  set rate(rate: number) {
    this.current = rate;
    tell({ rate });
  },
};

process.on('message', (message: ToProcess) => {
  customers.current = message.rate;
  if ('name' in message) void live(message);
});

async function live({ name, keys, redis, channel }: Birth): Promise<void> {
  const bus = redisBus({ url: redis, channel });
  let isLost = false;
  bus.onState(({ state, reason }) => {
    if (state === 'down') console.log(`${name} does not see the other instances: ${reason}`);
    else if (isLost) console.log(`${name} sees the other instances again`);
    isLost = state === 'down';
  });
  const instance = await startShopInstance({ name, bus, authenticate: demoSignIn(keys) });
  const site = createAdminSite({ instances: [instance], customers, session: keys.session });
  instance.logs.attach(site);
  await listen(site);
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await instance.close();
    await closeServer(site);
    await bus.close();
    process.disconnect?.();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(signal, () => void stop());
  tell({ port: (site.address() as AddressInfo).port, shopPort: instance.port });
}
