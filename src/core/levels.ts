// Pino's six levels, and where any other number or name belongs among them.

export type LevelName = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** The levels from the least to the most severe; a level's place here is its *rank* (0 to 5). */
export const LEVEL_NAMES: readonly LevelName[] = Object.freeze(['trace', 'debug', 'info', 'warn', 'error', 'fatal']);

/** Pino's numbers (https://getpino.io, `pino.levels`). */
export const LEVEL_VALUES: Readonly<Record<LevelName, number>> = Object.freeze({ trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 });

/** An entry that names no level (or none that is a number or a known name) has this value; it ranks as info, so that no usual filter hides it. */
export const NO_LEVEL = 0;

const ERROR_RANK = 4;

export function isLevelName(value: unknown): value is LevelName {
  return typeof value === 'string' && (LEVEL_NAMES as readonly string[]).includes(value);
}

/** The rank of any level number: that of the nearest pino level at or below it; below trace it is trace. */
export function levelRank(value: number): number {
  if (value === NO_LEVEL) return 2;
  return value >= 60 ? 5 : value >= 50 ? 4 : value >= 40 ? 3 : value >= 30 ? 2 : value >= 20 ? 1 : 0;
}

/** The pino level at or next below a level number. */
export function nearestLevel(value: number): LevelName {
  return LEVEL_NAMES[levelRank(value)] as LevelName;
}

/** The name of one of pino's own numbers, else null: 30 is `info`, 35 is null. */
export function levelName(value: number): LevelName | null {
  const name = nearestLevel(value);
  return LEVEL_VALUES[name] === value ? name : null;
}

/** True for error, fatal, and anything above error. */
export function isErrorLevel(value: number): boolean {
  return levelRank(value) >= ERROR_RANK;
}

/** The level that an entry's `level` field means: a number, or one of pino's names in any case; everything else is `NO_LEVEL`. */
export function readLevel(value: unknown): number {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.max(-2147483648, Math.min(2147483647, Math.trunc(value))) : NO_LEVEL;
  if (typeof value !== 'string') return NO_LEVEL;
  const name = value.toLowerCase();
  return isLevelName(name) ? LEVEL_VALUES[name] : NO_LEVEL;
}
