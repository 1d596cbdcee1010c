import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configFromEnv, createLogServer, LocalBus, type LogServerOptions } from '../../src/server/index.js';
import { resolveOptions } from '../../src/server/config.js';

const authenticate = (): null => null;
const defaults = { enabled: false, level: 'info', style: 'raw', path: '/websocket/logs', maxConnections: 100 };

test('an empty environment enables nothing', () => {
  assert.deepEqual(configFromEnv({}), defaults);
  assert.deepEqual(configFromEnv({ WEBSOCKETS_ENABLED: '', WEBSOCKETS_LOGS_LEVEL: '', WEBSOCKETS_LOGS_CONN_LIMIT: '' }), defaults);
});

test('logs are on where the sockets are, unless switched off', () => {
  for (const [env, enabled] of [
    [{ WEBSOCKETS_ENABLED: 'true' }, true],
    [{ WEBSOCKETS_ENABLED: 'false' }, false],
    [{ WEBSOCKETS_LOGS_ENABLED: 'true' }, false],
    [{ WEBSOCKETS_ENABLED: 'true', WEBSOCKETS_LOGS_ENABLED: 'true' }, true],
    [{ WEBSOCKETS_ENABLED: 'true', WEBSOCKETS_LOGS_ENABLED: 'false' }, false],
  ] as const) assert.equal(configFromEnv(env).enabled, enabled, JSON.stringify(env));
});

test('every variable becomes its option', () => {
  assert.deepEqual(
    configFromEnv({ WEBSOCKETS_ENABLED: 'true', WEBSOCKETS_LOGS_LEVEL: 'debug', WEBSOCKETS_LOGS_STYLE: 'pretty', WEBSOCKETS_LOGS_PATH: '/logs', WEBSOCKETS_LOGS_CONN_LIMIT: '5', OTHER: 'x' }),
    { enabled: true, level: 'debug', style: 'pretty', path: '/logs', maxConnections: 5 },
  );
  assert.equal(resolveOptions({ authenticate, ...configFromEnv({ WEBSOCKETS_LOGS_CONN_LIMIT: '7' }) }).maxConnections, 7);
});

test('a wrong variable is named, with its value and what is allowed', () => {
  for (const [name, value, allowed] of [
    ['WEBSOCKETS_ENABLED', '1', 'true or false'],
    ['WEBSOCKETS_ENABLED', 'TRUE', 'true or false'],
    ['WEBSOCKETS_LOGS_ENABLED', 'no', 'true or false'],
    ['WEBSOCKETS_LOGS_LEVEL', 'INFO', 'one of trace, debug, info, warn, error, fatal'],
    ['WEBSOCKETS_LOGS_LEVEL', 'silent', 'one of trace, debug, info, warn, error, fatal'],
    ['WEBSOCKETS_LOGS_STYLE', 'json', 'raw or pretty'],
    ['WEBSOCKETS_LOGS_PATH', 'websocket/logs', 'a path that begins with / and has no query'],
    ['WEBSOCKETS_LOGS_PATH', '/logs?x=1', 'a path that begins with / and has no query'],
    ['WEBSOCKETS_LOGS_CONN_LIMIT', '0', 'a whole number above 0'],
    ['WEBSOCKETS_LOGS_CONN_LIMIT', '-3', 'a whole number above 0'],
    ['WEBSOCKETS_LOGS_CONN_LIMIT', '1e3', 'a whole number above 0'],
    ['WEBSOCKETS_LOGS_CONN_LIMIT', 'many', 'a whole number above 0'],
  ] as const) assert.throws(() => configFromEnv({ [name]: value }), { message: `${name} is "${value}"; it must be ${allowed}.` });
});

test('Redis is where Directus\' variables say', () => {
  for (const [env, redis] of [
    [{ REDIS: 'redis://localhost' }, { url: 'redis://localhost', channel: 'system-logs' }],
    [{ REDIS: 'redis://localhost', REDIS_ENABLED: 'true', REDIS_HOST: 'elsewhere', REDIS_BUS_NAMESPACE: 'shop' }, { url: 'redis://localhost', channel: 'shop:system-logs' }],
    [{ REDIS_HOST: 'cache' }, { url: 'redis://cache:6379/0', channel: 'system-logs' }],
    [{ REDIS_HOST: '::1', REDIS_PORT: '6380', REDIS_USERNAME: 'a b', REDIS_PASSWORD: 'p/w:@', REDIS_DB: '4' }, { url: 'redis://a%20b:p%2Fw%3A%40@[::1]:6380/4', channel: 'system-logs' }],
    [{ REDIS_HOST: 'cache', REDIS_PASSWORD: 'x' }, { url: 'redis://:x@cache:6379/0', channel: 'system-logs' }],
    [{ REDIS: 'redis://localhost', REDIS_ENABLED: 'false' }, undefined],
    [{ REDIS: '', REDIS_HOST: '' }, undefined],
    [{ REDIS_PORT: '6379' }, undefined],
    [{ REDIS_HOST: 'cache', REDIS_BUS_SECRET: 'x'.repeat(16) }, { url: 'redis://cache:6379/0', channel: 'system-logs', secret: 'x'.repeat(16) }],
    [{ REDIS: 'redis://localhost', REDIS_BUS_SECRET: '' }, { url: 'redis://localhost', channel: 'system-logs' }],
  ] as const) assert.deepEqual(configFromEnv({ WEBSOCKETS_ENABLED: 'true', ...env }).redis, redis, JSON.stringify(env));
  for (const [env, message] of [
    [{ REDIS_ENABLED: 'yes' }, 'REDIS_ENABLED is "yes"; it must be true or false.'],
    [{ REDIS_ENABLED: 'true' }, 'REDIS_ENABLED is true, but neither REDIS nor REDIS_HOST says where Redis is.'],
    [{ REDIS_HOST: 'a', REDIS_PORT: '0' }, 'REDIS_PORT is "0"; it must be a port number.'],
    [{ REDIS_HOST: 'a', REDIS_PORT: '65536' }, 'REDIS_PORT is "65536"; it must be a port number.'],
    [{ REDIS_HOST: 'a', REDIS_DB: 'x' }, 'REDIS_DB is "x"; it must be the number of a database.'],
  ] as const) assert.throws(() => configFromEnv(env), { message });
});

test('redis makes a bus that the log server closes; switched off, nothing connects', async () => {
  const redis = { url: 'redis://127.0.0.1:1' };
  assert.throws(() => createLogServer({ authenticate, redis, bus: new LocalBus() }), { message: 'createLogServer needs either a bus or redis, not both.' });
  assert.throws(() => createLogServer({ authenticate, redis: { url: 'http://secret@x' } }), { message: 'url must be the address of a Redis, such as redis://user:password@host:6379/0.' });
  assert.ok(resolveOptions({ authenticate, redis, enabled: false }).bus instanceof LocalBus);
  const told: unknown[] = [], { bus } = resolveOptions({ authenticate, redis, onError: (error, source) => told.push(source, String(error)) });
  await new Promise((resolve) => bus.onState?.(resolve));
  assert.deepEqual(told, ['bus', 'RedisTrouble: nothing listens at the address of Redis']);
  await bus.close();
});

test('a Redis that is named while nothing is switched on or off is a warning', async () => {
  const warnings: string[] = [], listener = ({ message }: Error): void => void warnings.push(message);
  process.on('warning', listener);
  for (const env of [{}, { WEBSOCKETS_ENABLED: 'false', REDIS_HOST: 'cache' }, { WEBSOCKETS_ENABLED: 'true', REDIS_HOST: 'cache' }, { REDIS_HOST: 'cache', REDIS_ENABLED: 'false' }]) configFromEnv(env);
  configFromEnv({ REDIS_HOST: 'cache' });
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', listener);
  assert.deepEqual(warnings, ['The logs endpoint is switched off, although the environment names a Redis: set WEBSOCKETS_ENABLED to true, or to false.']);
});

test('an option that does not exist is refused, with the one that is meant where that is clear', () => {
  for (const [options, message] of [
    [{ maxConections: 5 }, 'createLogServer has no option "maxConections"; did you mean maxConnections?'],
    [{ Level: 'info' }, 'createLogServer has no option "Level"; did you mean level?'],
    [{ heartbeatMS: 5 }, 'createLogServer has no option "heartbeatMS"; did you mean heartbeatMs?'],
    [{ onEror: () => undefined }, 'createLogServer has no option "onEror"; did you mean onError?'],
    [{ pgae: '/logs' }, 'createLogServer has no option "pgae"; did you mean page?'],
    [{ redis: { url: 'redis://localhost', chanel: 'x' } }, 'redis has no option "chanel"; did you mean channel?'],
    [{ redis: { url: 'redis://localhost', password: 'x' } }, 'redis has no option "password"; it has url, client, channel, secret.'],
    [{ redis: { url: undefined } }, 'redis has neither a url nor a client: is the environment variable set that the url comes from? Leave redis out where there is one instance.'],
    [{ redis: { url: undefined }, enabled: false }, 'redis has neither a url nor a client: is the environment variable set that the url comes from? Leave redis out where there is one instance.'],
    [{ redis: 'redis://localhost' }, 'redis must be an object that says which Redis, such as { url: process.env.REDIS }.'],
    [{ redis: null }, 'redis must be an object that says which Redis, such as { url: process.env.REDIS }.'],
    [{ redis: { url: 'redis://localhost', secret: 'short' } }, 'secret must be a text of at least 16 characters, the same for every instance.'],
  ] as const) assert.throws(() => createLogServer({ authenticate, ...options } as never), { message });
  assert.throws(() => createLogServer({ authenticate, colour: 'red' } as never), /^TypeError: createLogServer has no option "colour"; it has authenticate, enabled, .*, clock\.$/);
  assert.doesNotThrow(() => createLogServer({ authenticate, colour: undefined } as never));
});

test('without authenticate no server is made', () => {
  for (const options of [undefined, null, {}, { authenticate: undefined }, { authenticate: true }, { authenticate: 'token' }]) {
    assert.throws(() => createLogServer(options as never), { message: 'createLogServer needs an authenticate function: without one anybody could read the logs, so no server is made.' });
  }
});

test('a wrong option is named, with its value and what is allowed', () => {
  const wrong: [Partial<Record<keyof LogServerOptions, unknown>>, string][] = [
    [{ level: 'verbose' }, 'level is "verbose"; it must be one of trace, debug, info, warn, error, fatal.'],
    [{ level: 30 }, 'level is 30; it must be one of trace, debug, info, warn, error, fatal.'],
    [{ style: 'json' }, 'style is "json"; it must be raw or pretty.'],
    [{ path: 'logs' }, 'path is "logs"; it must be a path that begins with / and has no query.'],
    [{ page: 'logs' }, 'page is "logs"; it must be a path such as /logs, without a slash at its end.'],
    [{ page: '/' }, 'page is "/"; it must be a path such as /logs, without a slash at its end.'],
    [{ page: '/logs/' }, 'page is "/logs/"; it must be a path such as /logs, without a slash at its end.'],
    [{ page: '/../logs' }, 'page is "/../logs"; it must be a path such as /logs, without a slash at its end.'],
    [{ page: '/a"b' }, 'page is "/a\\"b"; it must be a path such as /logs, without a slash at its end.'],
    [{ page: true }, 'page is true; it must be a path such as /logs, without a slash at its end.'],
    [{ page: '/websocket/logs' }, 'page and path are both "/websocket/logs"; the page needs a path of its own.'],
    [{ instance: '' }, 'instance is ""; it must be a name of 1 to 64 characters.'],
    [{ tokenInQuery: 1 }, 'tokenInQuery is 1; it must be true or false.'],
    [{ enabled: 'yes' }, 'enabled is "yes"; it must be true or false.'],
    [{ allowedOrigins: ['https://a.example/'] }, 'allowedOrigins is ["https://a.example/"]; it must be a list of origins such as "https://admin.example.com".'],
    [{ allowedOrigins: ['*'] }, 'allowedOrigins is ["*"]; it must be a list of origins such as "https://admin.example.com".'],
    [{ allowedOrigins: ['null'] }, 'allowedOrigins is ["null"]; it must be a list of origins such as "https://admin.example.com".'],
    [{ allowedOrigins: 'https://a.example' }, 'allowedOrigins is "https://a.example"; it must be a list of origins such as "https://admin.example.com".'],
    [{ maxConnections: 0 }, 'maxConnections is 0; it must be a whole number above 0.'],
    [{ maxConnections: Infinity }, 'maxConnections is Infinity; it must be a whole number above 0.'],
    [{ heartbeatMs: '30' }, 'heartbeatMs is "30"; it must be a whole number above 0.'],
    [{ maxEntryBytes: 1.5 }, 'maxEntryBytes is 1.5; it must be a whole number above 0.'],
  ];
  for (const [options, message] of wrong) assert.throws(() => createLogServer({ authenticate, ...options } as LogServerOptions), { message });
});

test('options that are left out or undefined have their defaults; each server has a name and a bus of its own', () => {
  const first = resolveOptions({ authenticate, level: undefined, bus: undefined } as never), second = resolveOptions({ authenticate });
  assert.deepEqual([first.level, first.maxConnections, first.enabled, first.maxBufferedBytes], ['info', 100, true, 1_048_576]);
  assert.match(first.instance, /^[\w-]{8}$/);
  assert.notEqual(first.instance, second.instance);
  assert.ok(first.bus instanceof LocalBus && first.bus !== second.bus);
});
