// The log entries of the benchmark, written by a real pino: 60 % requests as pino-http logs them, 40 % words of the application, every level,
// about 450 characters in the mean. Knows nothing of frames or sockets.
import { pino } from 'pino';

/** One distinct line of the pool. `SLOT` and the digits of `time` in it are overwritten at each use. */
export interface PoolEntry {
  readonly text: string;
  readonly level: number;
  readonly instance: string;
}

/** Nine digits: here the number of the entry is written. */
export const SLOT = '000000000';
/** Of the entries that were logged, every one of this number is the rare one: 4 in 1,000,000. */
export const RARE_EVERY = 250_000;
/** Words to search for: in 600,000, in 4, and in none of 1,000,000 entries. */
export const WORDS = Object.freeze({ frequent: 'request', rare: 'quokka', absent: 'zebrafi' });

const POOL_SIZE = 1000, INSTANCES = ['api-1', 'api-2', 'worker-1'];
const PATHS = ['items/articles', 'items/orders', 'users/me', 'files', 'assets/3f0c7a52-9d1e-4a6b', 'activity', 'collections/products', 'auth/refresh'];
const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)', 'node', 'curl/8.5.0',
];
const WORK = [
  ['trace', 'cache lookup'], ['debug', 'query planned'], ['info', 'job finished'], ['info', 'webhook delivered'], ['warn', 'slow query'], ['error', 'delivery failed'],
] as const;

/** The pool, the same at each start, and the rare entry. */
export function makeEntries(): { readonly pool: readonly PoolEntry[]; readonly rare: PoolEntry } {
  const lines: string[] = [];
  const logger = pino({ level: 'trace', base: { pid: 4711, hostname: 'shop-6c9f7d' } }, { write: (line: string) => void lines.push(line.trimEnd()) });
  const random = randomFrom(7), pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  for (let index = 0; index < POOL_SIZE; index++) {
    if (index % 5 < 3) logRequest(logger, pick, random);
    else logWork(logger, pick, random, index);
  }
  logger.info({ job: 'zoo', attempt: 1 }, `${WORDS.rare} seen at gate ${SLOT}`);
  const entries = lines.map((text, index): PoolEntry => ({ text, level: (JSON.parse(text) as { level: number }).level, instance: INSTANCES[index % INSTANCES.length] as string }));
  return { pool: entries.slice(0, POOL_SIZE), rare: entries[POOL_SIZE] as PoolEntry };
}

function logRequest(logger: pino.Logger, pick: <T>(items: readonly T[]) => T, random: () => number): void {
  const status = pick([200, 200, 200, 200, 200, 201, 204, 304, 404, 500]), path = pick(PATHS);
  const request = {
    id: 1 + Math.floor(random() * 1e6), method: pick(['GET', 'GET', 'GET', 'POST', 'PATCH', 'DELETE']), url: `/${path}/${SLOT}?limit=25&fields=id,title`,
    query: { limit: '25', fields: 'id,title' }, params: {},
    headers: { host: 'shop.example.com', 'user-agent': pick(AGENTS), accept: '*/*', 'accept-encoding': 'gzip, br' },
    remoteAddress: `10.0.${Math.floor(random() * 255)}.${Math.floor(random() * 255)}`, remotePort: 30_000 + Math.floor(random() * 30_000),
  };
  const response = { statusCode: status, headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': String(Math.floor(random() * 90_000)) } };
  const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info';
  logger[level]({ req: request, res: response, responseTime: Math.round(random() * 4000) / 10 }, status >= 500 ? 'request errored' : 'request completed');
}

function logWork(logger: pino.Logger, pick: <T>(items: readonly T[]) => T, random: () => number, index: number): void {
  const [level, words] = pick(WORK);
  const fields = { job: pick(['mail', 'thumbnails', 'index', 'export']), attempt: 1 + Math.floor(random() * 4), ms: Math.round(random() * 900) };
  const details = index % 5 === 3 ? { ...fields, tags: ['nightly', 'eu-west'], payload: { collection: pick(PATHS), key: SLOT.slice(1), sizes: [120, 480, 1024], checksum: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b' } } : fields;
  logger[level](details, `${words} ${SLOT} after ${fields.ms} ms on queue ${fields.job}`);
}

/** mulberry32: the same numbers at each start. */
function randomFrom(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let value = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
