// `npm start`: a small shop of two instances, its customers, and its admin page with the log viewer; by `npm start -- --instances 3` the same
// as three processes behind one port. Prints where the page is and where the logs are, each on a line that a script can read.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { LocalBus } from '../src/server/index.js';
import { createAdminSite } from './admin-site.js';
import { Customers } from './customers.js';
import { startProcesses } from './processes.js';
import { fail, failToListen, readSettings } from './settings.js';
import { closeServer, listen, startShopInstance } from './shop-instance.js';
import { demoSignIn, type DemoKeys } from './sign-in.js';

/** A demo that runs. */
export interface Running {
  readonly port: number;
  /** Requests a second. */
  readonly customers: { rate: number };
  stop(): Promise<void>;
}

// the session outlives a restart, so that a page which is open sees the demo go and come back
const keys: DemoKeys = { token: randomUUID(), session: createHash('sha256').update(`${import.meta.dirname} ${userInfo().username} ${hostname()}`).digest('hex') };

const { port, rate, processes } = readSettings(process.argv.slice(2), process.env);
if (!existsSync(join(import.meta.dirname, '../dist/cdn/system-logs.min.js'))) fail('The bundle is not built yet: run “npm run build” first, or start the demo by “npm start”.');

const running = await (processes === null ? startOneProcess() : startProcesses({ count: processes, port, keys }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void running.stop());

// last: whoever reads these lines may use the page, and end it, at once
console.log(`page http://127.0.0.1:${running.port}/`);
console.log(`endpoint ws://127.0.0.1:${running.port}/websocket/logs?access_token=${keys.token}`);
running.customers.rate = rate;

async function startOneProcess(): Promise<Running> {
  const bus = new LocalBus(), authenticate = demoSignIn(keys);
  const instances = await Promise.all(['api-1', 'api-2'].map((name) => startShopInstance({ name, bus, authenticate })));
  const customers = new Customers(instances.map((instance) => instance.port));
  const site = createAdminSite({ instances, customers, session: keys.session });
  // one of the instances holds the endpoint; the other's logs come to it over the bus
  instances[0]?.logs.attach(site);
  await listen(site, port).catch((error: unknown) => failToListen(error, port));
  return {
    port: (site.address() as AddressInfo).port, customers,
    async stop() {
      customers.close();
      await Promise.all(instances.map((instance) => instance.close()));
      await closeServer(site);
      await bus.close();
    },
  };
}
