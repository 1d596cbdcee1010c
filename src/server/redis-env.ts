// Where Redis is, by the variables that Directus has for it. A password is never part of what is thrown.
import { DEFAULT_CHANNEL } from './redis-bus.js';

export interface RedisFromEnv {
  readonly url: string;
  readonly channel: string;
  readonly secret?: string;
}

/**
 * `REDIS` is the address, or `REDIS_HOST`, `REDIS_PORT` (6379), `REDIS_USERNAME`, `REDIS_PASSWORD` and `REDIS_DB` make one; `REDIS_ENABLED`
 * `false` switches it off, `true` demands one of them. `REDIS_BUS_NAMESPACE` goes before the channel's name, which is never that of Directus:
 * the two do not read each other's messages. `REDIS_BUS_SECRET` seals each message (see `redisBus`). Null where no Redis is named.
 */
export function redisFromEnv(env: Readonly<Record<string, string | undefined>>): RedisFromEnv | null {
  const read = (name: string): string | null => (env[name] === undefined || env[name] === '' ? null : env[name]);
  const enabled = read('REDIS_ENABLED'), address = read('REDIS'), host = read('REDIS_HOST'), namespace = read('REDIS_BUS_NAMESPACE');
  if (enabled !== null && enabled !== 'true' && enabled !== 'false') throw new TypeError(`REDIS_ENABLED is ${JSON.stringify(enabled)}; it must be true or false.`);
  if (enabled === 'false') return null;
  if (address === null && host === null) {
    if (enabled === null) return null;
    throw new TypeError('REDIS_ENABLED is true, but neither REDIS nor REDIS_HOST says where Redis is.');
  }
  const channel = namespace === null ? DEFAULT_CHANNEL : `${namespace}:${DEFAULT_CHANNEL}`, secret = read('REDIS_BUS_SECRET');
  const bus = { channel, ...(secret === null ? {} : { secret }) };
  if (address !== null) return { url: address, ...bus };
  const port = read('REDIS_PORT') ?? '6379', database = read('REDIS_DB') ?? '0';
  if (!/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65_535) throw new TypeError(`REDIS_PORT is ${JSON.stringify(port)}; it must be a port number.`);
  if (!/^\d{1,5}$/.test(database)) throw new TypeError(`REDIS_DB is ${JSON.stringify(database)}; it must be the number of a database.`);
  const user = encodeURIComponent(read('REDIS_USERNAME') ?? ''), password = encodeURIComponent(read('REDIS_PASSWORD') ?? '');
  const sign = user === '' && password === '' ? '' : `${user}:${password}@`;
  const name = (host as string).includes(':') ? `[${host as string}]` : (host as string);
  return { url: `redis://${sign}${name}:${port}/${database}`, ...bus };
}
