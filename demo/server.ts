// `npm start`: a small shop of two instances, its customers, and its admin page with the log viewer. Prints where the page is and where the
// logs are, each on a line that a script can read. PORT (default 8080; 0: any free one) and CUSTOMERS (requests a second, default 4).
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { LocalBus, type Authenticate } from '../src/server/index.js';
import { createAdminSite, isSignedIn } from './admin-site.js';
import { Customers } from './customers.js';
import { closeServer, listen, startShopInstance } from './shop-instance.js';

// the session outlives a restart, so that a page which is open sees the demo go and come back
const token = randomUUID(), session = createHash('sha256').update(`${import.meta.dirname} ${userInfo().username} ${hostname()}`).digest('hex');

/** A page brings its cookie; a program brings the token of the line that is printed. */
const authenticate: Authenticate = ({ token: brought, request }) => (brought === null ? isSignedIn(request, session) : brought === token) ? { id: 'demo' } : null;

function numberFrom(name: string, fallback: number, limit: number): number {
  const text = process.env[name] ?? '';
  const value = text === '' ? fallback : Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= limit) return value;
  fail(`${name} is “${text}”; it must be a whole number from 0 to ${limit}.`);
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

const port = numberFrom('PORT', 8080, 65_535), rate = numberFrom('CUSTOMERS', 4, 2000);
if (!existsSync(join(import.meta.dirname, '../dist/cdn/system-logs.min.js'))) fail('The bundle is not built yet: run “npm run build” first, or start the demo by “npm start”.');

const bus = new LocalBus();
const instances = await Promise.all(['api-1', 'api-2'].map((name) => startShopInstance({ name, bus, authenticate })));
const customers = new Customers(instances.map((instance) => instance.port));
const site = createAdminSite({ instances, customers, session });
// one of the instances holds the endpoint; the other's logs come to it over the bus
instances[0]?.logs.attach(site);

async function stop(): Promise<void> {
  customers.close();
  await Promise.all(instances.map((instance) => instance.close()));
  await closeServer(site);
  await bus.close();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

try {
  await listen(site, port);
} catch (error) {
  const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  fail(taken ? `Port ${port} is taken; set PORT to another one, or to 0 for any free one.` : `Port ${port} cannot be used: ${(error as Error).message}.`);
}

// last: whoever reads these lines may use the page, and end it, at once
const { port: used } = site.address() as AddressInfo;
console.log(`page http://127.0.0.1:${used}/`);
console.log(`endpoint ws://127.0.0.1:${used}/websocket/logs?access_token=${token}`);
customers.rate = rate;
