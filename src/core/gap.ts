// Entries that are missing: how many of each level, of which instance, when, and why. What a row of the list and the `log-gap` event say.
import { addCounts, type LevelCounts } from './level-counts.js';
import type { LevelNumbers } from './protocol.js';

export const LOSS_CAUSES = Object.freeze([
  /** This viewer took its entries too slowly, and the server let go of them. */
  'slow',
  /** The server did not have them, or not any more, when this viewer was back. */
  'expired',
  /** They were lost between the servers. */
  'bus',
  /** The instance logged more at once than it could pass on. */
  'source',
  /** They were logged while the server started, before this viewer was back. */
  'restart',
  /** They arrived, and this page could not take them in time. */
  'page',
  /** They are missing, and the server did not say why. */
  'unexplained',
  /** Nothing is heard of their instance any more: whether any are missing is known only if it sends again. */
  'silent',
  /** Nobody can know whether any are missing, and how many. */
  'unknown',
] as const);

export type LossCause = (typeof LOSS_CAUSES)[number];

export interface Gap {
  readonly cause: LossCause;
  /** The instance that logged them; '' where they are of several. */
  readonly instance: string;
  /** How many of each level, from trace to fatal; all 0 where the cause is `silent` or `unknown`. */
  readonly levels: LevelCounts;
  /** Between which times (ms since 1970, of this page) they are missing. */
  readonly from: number;
  readonly to: number;
}

/** What a server, or the page itself, says is missing. */
export interface DeclaredGap {
  readonly instance: string;
  readonly epoch: string;
  /** First and last `seq` of the range. */
  readonly from: number;
  readonly to: number;
  readonly cause: LossCause;
  /** How many of each level; null where the next numbers of each level tell. */
  readonly levels: LevelNumbers | null;
  /** When they came that came and were not taken; else it is between what was heard before and now. */
  readonly times?: Pick<Gap, 'from' | 'to'>;
}

/** Both as one, under the cause of the first. */
export function joinGap(some: Gap, other: Gap): Gap {
  const { cause, instance, levels, from, to } = some;
  return Object.freeze({
    cause, instance: instance === other.instance ? instance : '', levels: addCounts(levels, other.levels), from: Math.min(from, other.from), to: Math.max(to, other.to),
  });
}

/** One of each cause and instance, in the order in which they were found first: a short absence can be hundreds of holes between the errors that were kept. */
export function joinGaps(gaps: readonly Gap[]): readonly Gap[] {
  const joined = new Map<string, Gap>();
  for (const gap of gaps) {
    const key = `${gap.cause} ${gap.instance}`, before = joined.get(key);
    joined.set(key, before === undefined ? gap : joinGap(before, gap));
  }
  return Object.freeze([...joined.values()]);
}
