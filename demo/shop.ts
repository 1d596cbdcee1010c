// What the demo's shop does: a handful of routes that answer, fail, dawdle and log as a real application does. It knows pino's logger by
// the request it belongs to, and nothing of how logs travel.
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { charge, type Order } from './payment.js';

export interface Call {
  readonly url: URL;
  /** What the parentheses of the route's pattern caught. */
  readonly parts: readonly string[];
  readonly body: unknown;
  readonly log: Logger;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Logged with the request. */
  readonly error?: Error;
}

type Route = readonly [method: string, path: RegExp, answer: (call: Call) => Answer | Promise<Answer>];

const MAX_WAIT_MS = 5000;
const MAX_IMPORT = 20_000;
const LAST_PRODUCT = 9000;

let lastOrder = 10_231;

const ROUTES: readonly Route[] = [
  ['GET', /^\/products$/, ({ url }) => query(14, { page: numberOf(url, 'page', 1), products: [] })],
  ['GET', /^\/products\/(\d+)$/, ({ parts: [id = '0'] }) => (Number(id) <= LAST_PRODUCT ? query(4, { id: Number(id), name: 'Desk lamp' }) : notFound())],
  ['GET', /^\/search$/, ({ url }) => query(60, { query: url.searchParams.get('q'), found: 0 })],
  ['GET', /^\/session$/, () => ok({ guest: true })],
  ['GET', /^\/health$/, () => ok({ healthy: true })],
  ['GET', /^\/account$/, () => ({ status: 401, body: { error: 'Sign in first.' } })],
  ['POST', /^\/cart\/items$/, () => ({ status: 201, body: { id: 3 } })],
  ['PUT', /^\/cart\/items\/(\d+)$/, ({ parts: [id] }) => ok({ id: Number(id) })],
  ['DELETE', /^\/cart\/items\/(\d+)$/, () => ({ status: 204 })],
  ['POST', /^\/orders$/, placeOrder],
  ['GET', /^\/reports\/sales$/, ({ url }) => query(Math.min(MAX_WAIT_MS, numberOf(url, 'ms', 1200)), { year: 2026, total: '1204310.50' })],
  ['GET', /^\/recommendations$/, ({ url }) => ok(recommend(JSON.parse(url.searchParams.get('profile') ?? 'null') as Profile | null))],
  ['POST', /^\/reviews$/, ({ log, body }) => {
    log.info({ review: body }, `Review waits for approval: ${textOf(body)}`);
    return { status: 202 };
  }],
  ['POST', /^\/stock\/import$/, importStock],
  ['POST', /^\/jobs\/nightly$/, nightly],
];

/** Never rejects: what a route throws is a 500. */
export async function answer(method: string, call: Omit<Call, 'parts'>): Promise<Answer> {
  for (const [routeMethod, path, reply] of ROUTES) {
    const match = path.exec(call.url.pathname);
    if (routeMethod !== method || match === null) continue;
    try {
      return await reply({ ...call, parts: match.slice(1) });
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      return { status: 500, body: { error: 'The shop has a fault.' }, error };
    }
  }
  return notFound();
}

async function placeOrder({ log, url }: Call): Promise<Answer> {
  const order: Order = {
    id: ++lastOrder, total: '184.90', currency: 'EUR', guest: false, coupon: null,
    items: [{ sku: 'lamp-201', count: 1 }, { sku: 'bulb-e27', count: 2 }, { sku: 'cord-3m', count: 1 }],
  };
  log.info({ order }, `Order ${order.id} received, ${order.items.length} items`);
  log.debug(`Reserving stock for ${order.items.length} items`);
  if (!url.searchParams.has('gateway')) return { status: 201, body: { order: order.id } };
  try {
    await charge(order, log);
    return { status: 201, body: { order: order.id } };
  } catch (error) {
    log.error({ err: error, order }, `Order ${order.id} is not charged`);
    return { status: 504, body: { error: 'The payment gateway does not answer.' } };
  }
}

interface Profile {
  readonly customer: { readonly likes: readonly string[] };
}

/** Called without a profile it fails as such code fails in earnest. */
function recommend(profile: Profile | null): string[] {
  return (profile as Profile).customer.likes.map((sku) => `like-${sku}`);
}

/** One line an item, all in one go: the burst. */
function importStock({ log, url }: Call): Answer {
  const items = Math.min(MAX_IMPORT, numberOf(url, 'items', 2000));
  for (let item = 1; item <= items; item++) {
    const sku = `sku-${String(item).padStart(5, '0')}`;
    if (item % 250 === 0) log.warn({ sku }, `Stock of ${sku} is below zero, set to 0`);
    else log.info({ sku, count: (item * 7) % 90 }, `Imported ${sku}`);
  }
  return { status: 202, body: { items } };
}

/** Says something at every level. */
function nightly({ log }: Call): Answer {
  log.trace({ keys: ['cart:3', 'cart:4'] }, 'Cache: 2 of 2 keys are warm');
  log.debug({ sql: 'select id from invoices where sent_at is null', ms: 3 }, 'Query took 3 ms');
  log.info('Invoice mailer: 12 messages sent');
  log.warn({ queue: 'mail', behind: 38 }, 'Queue "mail" is 38 s behind');
  log.error({ err: new RangeError('Invoice 8841 has no address') }, 'Invoice 8841 could not be sent');
  log.fatal({ limit: 1024 }, 'Out of file handles: cannot open queue.db (EMFILE)');
  return { status: 202 };
}

/** What a database would take its time for. */
async function query(ms: number, body: unknown): Promise<Answer> {
  await wait(ms);
  return ok(body);
}

const ok = (body: unknown): Answer => ({ status: 200, body });
const notFound = (): Answer => ({ status: 404, body: { error: 'There is nothing here.' } });

function numberOf(url: URL, name: string, fallback: number): number {
  const value = Number(url.searchParams.get(name) ?? fallback);
  return Number.isFinite(value) && value >= 0 ? value : fallback;
}

function textOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'text' in body && typeof body.text === 'string' ? body.text : '';
}
