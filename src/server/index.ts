// `system-logs/server`: what an application imports. Names only; each is explained where it is declared.
export { configFromEnv, type EnvConfig, type LogServerOptions } from './config.js';
export { LocalBus, type BusCounts, type BusState, type LogBus } from './log-bus.js';
export { redisBus, type RedisBus, type RedisBusOptions } from './redis-bus.js';
export type { RedisClientLike } from './redis-client.js';
export type { ErrorSource } from './error-report.js';
export type { LogDestination } from './log-destination.js';
export { createLogServer, type BusHealth, type LogServer, type LogServerHealth } from './log-server.js';
export type { Authenticate, Credentials, Viewer } from './sign-in.js';
export type { StampedEntry } from '../core/protocol.js';
export type { LevelName } from '../core/levels.js';
