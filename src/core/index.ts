// What runs anywhere: entries, protocol, store and connection, for pages that build their own views and for tools.
export { tokenExpiry, type AccessToken } from './access-token.js';
export { explain, explainEndpoint, explainLevel, type Cause, type CauseCode, type FailureFacts } from './causes.js';
export { Connection, CONNECT_TIMEOUT_MS } from './connection.js';
export type { ConnectionOptions } from './connection-options.js';
export type { Gap, LossCause } from './gap.js';
export { Accounting } from './accounting.js';
export type { LevelAccount, StreamReport } from './stream-account.js';
export type { ConnectionStatus } from './connection-status.js';
export { NO_FILTER, type LogFilter } from './filter.js';
export { LEVEL_NAMES, LEVEL_VALUES, NO_LEVEL, isErrorLevel, isLevelName, levelName, levelRank, nearestLevel, type LevelName } from './levels.js';
export { PROBE_TIMEOUT_MS, SILENCE_MS } from './liveness.js';
export { readEntry, summaryOf, type EntryFacts, type HttpFacts, type LogEntry } from './log-entry.js';
export type { Arrivals, LogSnapshot, Pause, Selection } from './log-snapshot.js';
export { DEFAULT_MAX_BYTES, DEFAULT_MAX_ENTRIES, LogStore, type LogStoreOptions } from './log-store.js';
export type { LevelCounts } from './level-counts.js';
export type { LogRow, Notice, NoticeRow } from './notice.js';
export type { Clock, HttpProbe, ProbeAnswer, Scheduler, SocketFactory, SocketLike } from './platform.js';
export type { InstanceCount } from './stream-table.js';
