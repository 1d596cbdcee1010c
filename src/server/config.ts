// The options of a log server: what they are, their defaults, and how environment variables become options. A wrong value is told in a
// sentence that names it and what is allowed; nothing is guessed.
import { randomBytes } from 'node:crypto';
import { isLevelName, LEVEL_NAMES, type LevelName } from '../core/levels.js';
import type { Clock } from '../core/platform.js';
import { ErrorReport, type ErrorSource } from './error-report.js';
import { refuseUnknown } from './option-names.js';
import { LocalBus, type LogBus } from './log-bus.js';
import { redisBus, type RedisBusOptions } from './redis-bus.js';
import { redisFromEnv, type RedisFromEnv } from './redis-env.js';
import type { Authenticate } from './sign-in.js';
import { systemClock } from './system-clock.js';
import { isOrigin } from './upgrade-gate.js';

export interface LogServerOptions {
  /** Says who brings a token or a cookie. There is no default: without it no server is made. */
  authenticate: Authenticate;
  /** False: nothing is taken or sent, and an upgrade is answered with 404 and the reason. Default true. */
  enabled?: boolean;
  /** Origins, as a browser writes them, whose pages may connect beside those of the server's own host. Default none. */
  allowedOrigins?: readonly string[];
  /** The floor: nothing below it is ever sent. Default `info`. */
  level?: LevelName;
  /** `raw`: entries as they were logged (default). `pretty`: level, time and one line of words. */
  style?: 'raw' | 'pretty';
  /** Matched exactly. Default `/websocket/logs`. */
  path?: string;
  /**
   * The path of a ready page with the viewer, such as `/logs`, behind the same `authenticate`; what it needs is beneath it. Whoever is signed in by the
   * application's own cookie sees it at once; anybody else is asked for a token, which is kept in a cookie for this path alone. It speaks English, German or
   * Arabic, whichever the browser prefers, or what `?lang=` says. Default: no page.
   */
  page?: string | null;
  /** Viewers at one time; a further one is answered with 503. Default 100. */
  maxConnections?: number;
  /** The name of this process in every entry. Default: eight random characters. */
  instance?: string;
  /** Default: a `LocalBus` of its own. Whoever makes a bus closes it. */
  bus?: LogBus;
  /** In place of `bus`: Redis between the instances of the application, left when the log server closes. */
  redis?: Pick<RedisBusOptions, 'url' | 'client' | 'channel' | 'secret'>;
  /** Whether a viewer may bring its token as `?access_token=`, as Directus' clients do. Addresses are written to many logs. Default true. */
  tokenInQuery?: boolean;
  /** How long `authenticate` may take. Default 5,000. */
  handshakeTimeoutMs?: number;
  /** How often a viewer is asked for a sign of life. Default 30,000. */
  heartbeatMs?: number;
  /** How often `authenticate` is asked again about each viewer, with the request and the token that it brought. Default 30,000. */
  recheckMs?: number;
  /** How often viewers of the extension, and other instances, are told how many entries there are by now. Default 5,000. */
  markMs?: number;
  /** How long `close()` waits for viewers to go. Default 1,000. */
  shutdownMs?: number;
  /** The largest message that a viewer may send. Default 4,096. */
  maxPayloadBytes?: number;
  /** Messages that a viewer may send in one window; one that comes back needs one for each sixty instances. Default 20. */
  maxMessages?: number;
  /** Default 10,000. */
  messageWindowMs?: number;
  /** A viewer whose socket holds more unsent bytes waits until it has drained. Default 1 MiB. */
  maxBufferedBytes?: number;
  /** How many entries a viewer can be behind, or have been away for, before some are lost for it. Default 10,000. */
  maxRingEntries?: number;
  /** The same in characters of JSON. Default 8 MiB. */
  maxRingBytes?: number;
  /** The same in milliseconds. Default 120,000. */
  maxRingMs?: number;
  /** Errors and fatals that are kept when the rest has to go, as long as they fit in an eighth of `maxRingBytes`. Default 1,000. */
  maxRingErrors?: number;
  /** How long after the last viewer of all instances has left, and after the start, entries are kept for one that comes back. Default 120,000. */
  keepMs?: number;
  /** Characters of JSON that may be logged in one tick before the oldest are dropped. Default 8 MiB. */
  maxQueuedBytes?: number;
  /** A longer entry is shortened to one that says so. Default 64 KiB. */
  maxEntryBytes?: number;
  /** Told what `authenticate` threw, why Redis cannot be used, and what was refused of what came over it, at most once a minute each. The error may hold a token. Default: nobody is told. */
  onError?: (error: unknown, source: ErrorSource) => void;
  /** Time; tests bring their own. */
  clock?: Clock;
}

export type LogServerSettings = Readonly<Required<Omit<LogServerOptions, 'onError' | 'redis'>>> & { readonly errors: ErrorReport };

const KIB = 1024, MIB = 1024 * KIB;

/** The defaults of every option that has a fixed one. */
export const DEFAULTS = Object.freeze({
  enabled: true, tokenInQuery: true, allowedOrigins: [] as readonly string[], level: 'info', style: 'raw', path: '/websocket/logs', page: null as string | null, maxConnections: 100,
  handshakeTimeoutMs: 5_000, heartbeatMs: 30_000, recheckMs: 30_000, markMs: 5_000, shutdownMs: 1_000, maxPayloadBytes: 4 * KIB, maxMessages: 20, messageWindowMs: 10_000,
  maxBufferedBytes: MIB, maxRingEntries: 10_000, maxRingBytes: 8 * MIB, maxRingMs: 120_000, maxRingErrors: 1_000,
  keepMs: 120_000, maxQueuedBytes: 8 * MIB, maxEntryBytes: 64 * KIB,
} as const);

/** By type, so that no option is forgotten here. */
const NAMES: Readonly<Record<keyof LogServerOptions, true>> = {
  authenticate: true, enabled: true, allowedOrigins: true, level: true, style: true, path: true, page: true, maxConnections: true, instance: true, bus: true, redis: true,
  tokenInQuery: true, handshakeTimeoutMs: true, heartbeatMs: true, recheckMs: true, markMs: true, shutdownMs: true, maxPayloadBytes: true, maxMessages: true,
  messageWindowMs: true, maxBufferedBytes: true, maxRingEntries: true, maxRingBytes: true, maxRingMs: true, maxRingErrors: true, keepMs: true, maxQueuedBytes: true,
  maxEntryBytes: true, onError: true, clock: true,
};

/** Checks the options and fills in the defaults. Throws a sentence that names the option. */
export function resolveOptions(options: LogServerOptions): LogServerSettings {
  const given = Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)) as unknown as LogServerOptions;
  if (typeof given.authenticate !== 'function') {
    throw new TypeError('createLogServer needs an authenticate function: without one anybody could read the logs, so no server is made.');
  }
  refuseUnknown('createLogServer', given, Object.keys(NAMES));
  const { onError = () => undefined, clock = systemClock, instance = randomBytes(6).toString('base64url') } = given;
  const errors = new ErrorReport(onError, clock);
  const { redis, ...plain } = given;
  if (redis !== undefined && given.bus !== undefined) throw new TypeError('createLogServer needs either a bus or redis, not both.');
  const settings = { ...DEFAULTS, bus: new LocalBus((error) => errors.report(error, 'bus')), ...plain, clock, instance, errors };
  check('level', settings.level, isLevelName(settings.level), `one of ${LEVEL_NAMES.join(', ')}`);
  check('style', settings.style, isStyle(settings.style), 'raw or pretty');
  check('path', settings.path, isPath(settings.path), 'a path that begins with / and has no query');
  check('page', settings.page, settings.page === null || isPagePath(settings.page), 'a path such as /logs, without a slash at its end');
  if (settings.page === settings.path) throw new TypeError(`page and path are both ${JSON.stringify(settings.path)}; the page needs a path of its own.`);
  check('instance', instance, typeof instance === 'string' && instance !== '' && instance.length <= 64, 'a name of 1 to 64 characters');
  check('enabled', settings.enabled, typeof settings.enabled === 'boolean', 'true or false');
  check('tokenInQuery', settings.tokenInQuery, typeof settings.tokenInQuery === 'boolean', 'true or false');
  const { allowedOrigins } = settings;
  check('allowedOrigins', allowedOrigins, Array.isArray(allowedOrigins) && allowedOrigins.every(isOrigin), 'a list of origins such as "https://admin.example.com"');
  for (const [name, value] of Object.entries(settings)) {
    if (/^max|Ms$/.test(name)) check(name, value, Number.isSafeInteger(value) && (value as number) > 0, 'a whole number above 0');
  }
  // last: what is switched off, or has a wrong option, does not connect
  if (redis === undefined) return settings;
  if (typeof redis !== 'object' || redis === null) throw new TypeError('redis must be an object that says which Redis, such as { url: process.env.REDIS }.');
  refuseUnknown('redis', redis, ['url', 'client', 'channel', 'secret']);
  if (redis.url === undefined && redis.client === undefined) {
    throw new TypeError('redis has neither a url nor a client: is the environment variable set that the url comes from? Leave redis out where there is one instance.');
  }
  if (!settings.enabled) return settings;
  return { ...settings, bus: redisBus({ ...redis, onError: (error) => errors.report(error, 'bus') }) };
}

/** What the environment says of the logs endpoint. Spread it into the options of `createLogServer`. */
export interface EnvConfig {
  readonly enabled: boolean;
  readonly level: LevelName;
  readonly style: 'raw' | 'pretty';
  readonly path: string;
  readonly maxConnections: number;
  /** Only where the environment names a Redis. */
  readonly redis?: RedisFromEnv;
}

/**
 * Reads `WEBSOCKETS_ENABLED` (`true`, else nothing is enabled), `WEBSOCKETS_LOGS_ENABLED` (default `true`), `WEBSOCKETS_LOGS_LEVEL` (`info`),
 * `WEBSOCKETS_LOGS_STYLE` (`raw`), `WEBSOCKETS_LOGS_PATH` (`/websocket/logs`) and `WEBSOCKETS_LOGS_CONN_LIMIT` (100). Redis is used where
 * `REDIS` (an address) or `REDIS_HOST` is set, unless `REDIS_ENABLED` is `false`: see `redis-env.ts`. An empty variable is an unset one.
 * A Redis that is named while `WEBSOCKETS_ENABLED` is not set at all is told as a process warning: somebody wants the logs, and gets none. Throws a sentence that names the variable, its value (a password's is left out) and what is allowed.
 */
export function configFromEnv(env: Readonly<Record<string, string | undefined>> = process.env): EnvConfig {
  const read = (name: string, fallback: string): string => (env[name] === undefined || env[name] === '' ? fallback : env[name]);
  const flag = (name: string, fallback: string): boolean => {
    const value = read(name, fallback);
    check(name, value, value === 'true' || value === 'false', 'true or false');
    return value === 'true';
  };
  const sockets = flag('WEBSOCKETS_ENABLED', 'false'), logs = flag('WEBSOCKETS_LOGS_ENABLED', 'true');
  const level = read('WEBSOCKETS_LOGS_LEVEL', DEFAULTS.level), style = read('WEBSOCKETS_LOGS_STYLE', DEFAULTS.style);
  const path = read('WEBSOCKETS_LOGS_PATH', DEFAULTS.path), limit = read('WEBSOCKETS_LOGS_CONN_LIMIT', String(DEFAULTS.maxConnections));
  check('WEBSOCKETS_LOGS_LEVEL', level, isLevelName(level), `one of ${LEVEL_NAMES.join(', ')}`);
  check('WEBSOCKETS_LOGS_STYLE', style, isStyle(style), 'raw or pretty');
  check('WEBSOCKETS_LOGS_PATH', path, isPath(path), 'a path that begins with / and has no query');
  check('WEBSOCKETS_LOGS_CONN_LIMIT', limit, /^[1-9]\d{0,8}$/.test(limit), 'a whole number above 0');
  const redis = redisFromEnv(env);
  if (redis !== null && read('WEBSOCKETS_ENABLED', '') === '') {
    process.emitWarning('The logs endpoint is switched off, although the environment names a Redis: set WEBSOCKETS_ENABLED to true, or to false.');
  }
  return {
    enabled: sockets && logs, level: level as LevelName, style: style as 'raw' | 'pretty', path, maxConnections: Number(limit), ...(redis === null ? {} : { redis }),
  };
}

function isStyle(value: unknown): boolean {
  return value === 'raw' || value === 'pretty';
}

function isPath(value: unknown): boolean {
  return typeof value === 'string' && /^\/[^\s?#]*$/.test(value);
}

/** It becomes part of addresses that the page names relative to itself. */
function isPagePath(value: unknown): boolean {
  return typeof value === 'string' && /^(?:\/[\w.~-]+)+$/.test(value) && !/\/\.{1,2}(?:\/|$)/.test(value);
}

function check(name: string, value: unknown, fits: boolean, allowed: string): void {
  if (!fits) throw new TypeError(`${name} is ${typeof value === 'number' ? value : JSON.stringify(value)}; it must be ${allowed}.`);
}
