// Which of the received entries are shown: levels, instances and words in the message. Compiled to one predicate over the ring's columns, which
// looks for words in a whole chunk of rows at once.
import { NOTICE, type EntryRing } from './entry-ring.js';
import { levelRank, LEVEL_NAMES, type LevelName } from './levels.js';
import { CHUNK_ROWS, chunkOf } from './text-column.js';
import type { StreamTable } from './stream-table.js';

/** What is hidden, so that an instance or a level that was never heard of is shown. */
export interface LogFilter {
  readonly hiddenLevels: readonly LevelName[];
  readonly hiddenInstances: readonly string[];
  /** Words parted by white space; an entry must hold each of them, in any order, in upper or lower case. */
  readonly search: string;
}

export const NO_FILTER: LogFilter = Object.freeze({ hiddenLevels: Object.freeze([]), hiddenInstances: Object.freeze([]), search: '' });

/** The rows of a chunk, as bits. */
const ALL_ROWS = -1;

/** Whether the row `id` is shown. */
export type RowTest = (id: number) => boolean;

/** The words of a search, without repeats. */
export function wordsOf(search: string): string[] {
  return [...new Set(search.split(/\s+/u).filter((word) => word !== ''))];
}

/** Each word as an expression that finds it in upper and lower case; the word's own characters have no special meaning. */
export function wordPatterns(search: string, flags: 'i' | 'gi' = 'i'): RegExp[] {
  return wordsOf(search).map((word) => new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), flags));
}

export function isFiltering(filter: LogFilter): boolean {
  return filter.hiddenLevels.length > 0 || filter.hiddenInstances.length > 0 || wordsOf(filter.search).length > 0;
}

/** The filter with other parts; its lists are its own, without repeats. */
export function changeFilter(filter: LogFilter, change: Partial<LogFilter>): LogFilter {
  const { hiddenLevels, hiddenInstances, search } = { ...filter, ...change };
  return Object.freeze({ hiddenLevels: Object.freeze([...new Set(hiddenLevels)]), hiddenInstances: Object.freeze([...new Set(hiddenInstances)]), search });
}

export function sameFilter(a: LogFilter, b: LogFilter): boolean {
  const same = (x: readonly string[], y: readonly string[]): boolean => x.length === y.length && x.every((item) => y.includes(item));
  return a.search === b.search && same(a.hiddenLevels, b.hiddenLevels) && same(a.hiddenInstances, b.hiddenInstances);
}

/**
 * The filter as a test of the ring's rows, or null where it shows everything. The viewer's own rows (notices, gaps) pass every filter:
 * hiding them would hide a loss.
 */
export function compileFilter(filter: LogFilter, ring: EntryRing, streams: StreamTable): RowTest | null {
  if (!isFiltering(filter)) return null;
  const hiddenRanks = LEVEL_NAMES.map((name) => filter.hiddenLevels.includes(name));
  const hiddenInstances = new Set(filter.hiddenInstances), hidesSome = filter.hiddenLevels.length > 0 || hiddenInstances.size > 0;
  const patterns = wordPatterns(filter.search, 'gi');
  const isNotice = (_level: number, stream: number): boolean => stream === NOTICE;
  const isEligible = (level: number, stream: number): boolean =>
    !hidesSome || !(hiddenRanks[levelRank(level)] === true || hiddenInstances.has(streams.instance(stream)));
  const passes: RowTest = (id) => isNotice(0, ring.stream(id)) || (isEligible(ring.level(id), ring.stream(id)) && patterns.every((pattern) => {
    pattern.lastIndex = 0;
    return pattern.test(ring.search(id));
  }));
  if (patterns.length === 0) return passes;
  // rows are asked for one after the other: what is known of their chunk serves them all
  let known = -1, rows = 0;
  return (id) => {
    const chunk = chunkOf(id);
    if (chunk !== known) {
      if (!ring.isFull(chunk)) return passes(id);
      known = chunk;
      rows = hidesSome ? ring.pick(chunk, isEligible) : ALL_ROWS;
      for (const pattern of patterns) rows = ring.find(chunk, pattern, rows);
      rows |= ring.pick(chunk, isNotice);
    }
    return (rows & (1 << (id - chunk * CHUNK_ROWS))) !== 0;
  };
}
