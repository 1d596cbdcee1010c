// The shop's customers: real requests at a steady rate, in a mix that is the same at each start. It knows the shop by its ports alone.
import { Agent, request } from 'node:http';

/** Requests a second at most. */
export const MAX_RATE = 2000;

const TICK_MS = 50;
const MAX_OPEN = 200;

type Random = () => number;
const upTo = (random: Random, count: number): number => 1 + Math.floor(random() * count);

/** How often, and what. */
const MIX: readonly (readonly [weight: number, method: string, path: (random: Random) => string])[] = [
  [30, 'GET', (random) => `/products?page=${upTo(random, 12)}&limit=24`],
  [20, 'GET', (random) => `/products/${8000 + upTo(random, 1050)}`],
  [10, 'GET', (random) => `/search?q=${['desk+lamp', 'chair', 'oak+shelf', 'rug'][upTo(random, 4) - 1] ?? ''}&sort=price`],
  [8, 'GET', () => '/session'],
  [8, 'GET', () => '/health'],
  [8, 'POST', () => '/cart/items'],
  [4, 'PUT', (random) => `/cart/items/${upTo(random, 5)}`],
  [3, 'DELETE', (random) => `/cart/items/${upTo(random, 5)}`],
  [4, 'POST', () => '/orders'],
  [2, 'GET', () => '/account'],
  [1, 'GET', () => '/reports/sales?ms=300'],
  [0.4, 'GET', () => '/recommendations'],
  [0.4, 'POST', () => '/orders?gateway=live'],
];
const TOTAL = MIX.reduce((sum, [weight]) => sum + weight, 0);

export class Customers {
  readonly #ports: readonly number[];
  readonly #random = sequence(20_261_123);
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 });
  #timer: NodeJS.Timeout | null = null;
  #rate = 0;
  #due = 0;
  #sent = 0;
  #open = 0;

  /** @param ports may change meanwhile */
  constructor(ports: readonly number[]) {
    this.#ports = ports;
  }

  get rate(): number {
    return this.#rate;
  }

  /** Requests a second; 0 sends them home. */
  set rate(rate: number) {
    this.#rate = Math.min(MAX_RATE, Math.max(0, rate));
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = this.#rate === 0 ? null : setInterval(() => this.#tick(), TICK_MS);
    this.#due = 0;
  }

  close(): void {
    this.rate = 0;
    this.#agent.destroy();
  }

  #tick(): void {
    this.#due += (this.#rate * TICK_MS) / 1000;
    for (; this.#due >= 1; this.#due--) {
      // a shop that is slower than its customers gets fewer, not a queue without end
      if (this.#open < MAX_OPEN && this.#ports.length > 0) this.#visit();
    }
  }

  #visit(): void {
    const [, method, path] = this.#choose();
    const port = this.#ports[this.#sent++ % this.#ports.length];
    const done = (): void => void this.#open--;
    this.#open++;
    const visit = request({ host: '127.0.0.1', port, method, path: path(this.#random), agent: this.#agent }, (response) => response.resume());
    visit.on('error', () => undefined).on('close', done).end();
  }

  #choose(): (typeof MIX)[number] {
    let point = this.#random() * TOTAL;
    return MIX.find(([weight]) => (point -= weight) < 0) ?? (MIX[0] as (typeof MIX)[number]);
  }
}

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
function sequence(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
