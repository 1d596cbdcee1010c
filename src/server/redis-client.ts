// Makes clients of `@redis/client`, by address or from one that the application has, as a link wants them: without a queue for the time
// when there is no Redis, and without connecting again by themselves. The package is loaded only when a client is made.
import type { RedisConnection } from './redis-link.js';
import { RedisTrouble } from './redis-trouble.js';

/** As much of a client of `@redis/client` as is used of the application's own. */
export interface RedisClientLike {
  readonly options?: unknown;
  duplicate(overrides?: object): unknown;
}

const CONNECT_TIMEOUT_MS = 4_000;
const SCHEMES: readonly string[] = ['redis:', 'rediss:', 'unix:'];

/** Throws a sentence that holds nothing of the address where the options do not say which Redis. */
export function openRedis({ url, client }: { readonly url?: string; readonly client?: RedisClientLike }): () => Promise<RedisConnection> {
  if ((url === undefined) === (client === undefined)) throw new TypeError('redisBus needs either the url of a Redis or a client of @redis/client.');
  // a link has time limits of its own: one for each command would be a timer for each message
  const own = { RESP: 2, disableOfflineQueue: true, maintNotifications: 'disabled', commandOptions: { timeout: 0 } } as const;
  const socket = { connectTimeout: CONNECT_TIMEOUT_MS, reconnectStrategy: false } as const;
  if (client !== undefined) {
    if (typeof client?.duplicate !== 'function') throw new TypeError('client must be a client of @redis/client, as its createClient gives it.');
    const { socket: theirs } = (client.options ?? {}) as { socket?: object };
    const overrides = { ...own, clientSideCache: undefined, emitInvalidate: undefined, socket: { ...theirs, ...socket } };
    return () => Promise.resolve(client.duplicate(overrides) as RedisConnection);
  }
  if (!isAddress(url)) throw new TypeError('url must be the address of a Redis, such as redis://user:password@host:6379/0.');
  return async () => {
    const { createClient } = await load();
    return createClient({ url, socket: { ...socket }, ...own });
  };
}

async function load(): Promise<typeof import('@redis/client')> {
  try {
    return await import('@redis/client');
  } catch (error) {
    const sentence = 'the package @redis/client is not installed: run npm install @redis/client';
    warnOnce(sentence);
    throw new RedisTrouble(sentence, error);
  }
}

let warned = false;

/** A fault of the installation is for whoever starts the process, and does not mend itself. */
function warnOnce(sentence: string): void {
  if (!warned) process.emitWarning(`Entries of other instances cannot be shown: ${sentence}.`);
  warned = true;
}

function isAddress(url: unknown): url is string {
  try {
    return typeof url === 'string' && SCHEMES.includes(new URL(url).protocol);
  } catch {
    return typeof url === 'string' && /^unix:\/\/[^/]+@\//.test(url);
  }
}
