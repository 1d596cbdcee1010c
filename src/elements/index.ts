// Registers the elements, and exports what a page may build on.
export type { AccessToken } from '../core/access-token.js';
export type { Cause, CauseCode } from '../core/causes.js';
export type { ConnectionStatus } from '../core/connection-status.js';
export type { LogFilter } from '../core/filter.js';
export type { LevelName } from '../core/levels.js';
export type { LogEntry } from '../core/log-entry.js';
export type { LogSnapshot } from '../core/log-snapshot.js';
export { LogStore } from '../core/log-store.js';
export type { Accounting } from './accounting.js';
export { ConnectionController, type ConnectionControllerOptions } from './connection-controller.js';
export { connectionContext } from './context.js';
export * from './events.js';
export { LogDetail } from './log-detail.js';
export { LogFilters } from './log-filters.js';
export { LogList } from './log-list.js';
export { registerLanguage, replaceStrings, type Dictionary, type Words } from './languages/registry.js';
export type { Strings } from './strings.js';
export { SystemLogs } from './system-logs.js';
