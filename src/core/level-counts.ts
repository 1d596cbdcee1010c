// Counts of entries by level, and how they are said.
import { formatCount } from './format.js';
import { LEVEL_NAMES, levelRank } from './levels.js';

/** One count for each level, from trace to fatal (index = rank). */
export type LevelCounts = readonly number[];

/** Counts that begin at 0, and can be added to by `countLevel`. */
export function noCounts(): number[] {
  return LEVEL_NAMES.map(() => 0);
}

/** Adds `by` to the count of a level number's rank. */
export function countLevel(counts: number[], level: number, by: number): void {
  const rank = levelRank(level);
  counts[rank] = (counts[rank] ?? 0) + by;
}

export function sumOf(counts: LevelCounts): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Both together, frozen. */
export function addCounts(some: LevelCounts, others: LevelCounts): LevelCounts {
  return Object.freeze(some.map((count, rank) => count + (others[rank] ?? 0)));
}

/** `1,200 info` and `40 warn`: what is not zero, with numbers as `format` writes them. */
export function levelsOf(counts: LevelCounts, format: (count: number) => string): string[] {
  return LEVEL_NAMES.flatMap((name, rank) => (counts[rank] ? [`${format(counts[rank])} ${name}`] : []));
}

/** `1,200 info, 40 warn`, in English. */
export function levelsInWords(counts: LevelCounts): string {
  return levelsOf(counts, formatCount).join(', ');
}
