// The account of one stream, which is one start (epoch) of one instance: what its numbers say should have come, level by level, and what came.
// A subscription's level makes holes in `seq` and never in `lseq`: each hole there is an entry that is missing, whoever lost it. Knows nothing of
// frames, rows or time but what it is told.
import { levelRank } from './levels.js';
import { MAX_LEVELS, NO_NUMBERS, type LevelNumbers } from './protocol.js';

/** What the numbers of one level of a stream come to: always `shown + missing = owed`. */
export interface LevelAccount {
  readonly level: number;
  /** Whether entries of the level are asked for now. */
  readonly asked: boolean;
  /** Entries up to this `lseq` were before this view, or before the level was asked for; null until it is known. */
  readonly base: number | null;
  /** The last `lseq` that is accounted for, shown or missing. */
  readonly last: number | null;
  /** Entries that were to come, in all times in which the level was asked for. */
  readonly owed: number;
  readonly shown: number;
  readonly missing: number;
}

/** The account of one stream, in numbers. */
export interface StreamReport {
  readonly instance: string;
  readonly epoch: string;
  /** Everything up to this `seq` came or was said to be missing. */
  readonly position: number;
  readonly ended: boolean;
  readonly levels: readonly LevelAccount[];
}

/** Whom a stream tells what it finds. */
export interface StreamWatcher {
  /** So many entries of a level are missing, by its numbers, that nobody had counted. */
  onHole(level: number, count: number): void;
  /** So many entries of a level came that the server had said were missing. */
  onReturn(level: number, count: number): void;
  /** The numbers contradict themselves. */
  onBroken(): void;
}

const RANKS = 6;
/**
 * An instance that is not heard for so long is called silent, where marks come every five seconds: what is said of one before proves that it was heard so
 * long ago. And so long after a server reaches the others again, what waited there meanwhile may still come.
 */
export const UNHEARD_MS = 20_000;

interface Level {
  readonly level: number;
  asked: boolean;
  /** NaN until known. */
  base: number;
  last: number;
  /** Declared missing while `last` was not known. */
  carry: number;
  /** The level was asked for from this `seq` on: what comes of it up to there is a gift. */
  askedFrom: number;
  /** Owed in earlier times in which it was asked for. */
  before: number;
  shown: number;
  missing: number;
}

export class StreamAccount {
  readonly instance: string;
  readonly epoch: string;
  /** When something was last heard of it, in ms since 1970. */
  heardAt: number;
  /** Until when it is known that nothing is missing: what is found to be is of later. */
  knownAt: number;
  /** Nothing more is to come of it, and its last numbers are known. */
  ended = false;
  /** Its last entries cannot be known, and where they are this view's that was said. */
  orphaned = false;
  readonly #watcher: StreamWatcher;
  readonly #levels = new Map<number, Level>();
  /** The `seq` of the last entry that came. */
  #seq: number;
  /** Everything up to here came, was declared missing, or was not asked for. */
  #position: number;
  /** Where it was when it was last heard. */
  #knownTo: number;
  #rank: number;
  /** For each rank the `lseq` before the first entry of a level that was not heard of yet: 0 where all that came before is known, else NaN. */
  #unheard: number[];

  /**
   * @param seq where the view of the stream begins: entries up to it were before
   * @param levels the last `lseq` of each level at that place; of a level that is not there the first entry tells, unless these are all
   * @param rank entries of this rank and above are asked for
   */
  constructor(
    name: { readonly instance: string; readonly epoch: string; readonly now: number },
    { seq, levels, rank }: { readonly seq: number; readonly levels: LevelNumbers; readonly rank: number },
    watcher: StreamWatcher,
  ) {
    this.instance = name.instance;
    this.epoch = name.epoch;
    this.heardAt = this.knownAt = name.now;
    this.#seq = this.#position = this.#knownTo = seq;
    this.#rank = rank;
    this.#watcher = watcher;
    this.#unheard = new Array<number>(RANKS).fill(isWhole(seq, levels) ? 0 : NaN);
    for (const [level, lseq] of levels) this.#add(level, lseq);
  }

  /** Where a server should go on. */
  get position(): number {
    return this.#position;
  }

  get report(): StreamReport {
    const levels = [...this.#levels.values()].map(({ level, asked, base, last, before, shown, missing }) => ({
      level, asked, base: known(base), last: known(last), owed: before + owedNow(base, last, shown + missing - before), shown, missing,
    }));
    return { instance: this.instance, epoch: this.epoch, position: this.#position, ended: this.ended, levels };
  }

  /**
   * Something was said of it.
   * @param deafUntil until then what is said may be of long before; Infinity: the server does not hear the others now
   * @param isSilent nothing is heard of it
   */
  heard(now: number, deafUntil: number, isSilent: boolean): void {
    const isDeaf = now < deafUntil;
    this.heardAt = now;
    if (this.#position === this.#knownTo) {
      if (!isDeaf && !isSilent) this.knownAt = Math.max(this.knownAt, now - UNHEARD_MS);
    } else if (!isDeaf || deafUntil === Infinity) this.knownAt = now;
    this.#knownTo = this.#position;
  }

  /** An entry came; false where it came before. */
  entry(seq: number, lseq: number, number: number): boolean {
    if (seq <= this.#seq) return false;
    this.#seq = seq;
    if (seq > this.#position) this.#position = seq;
    const level = this.#levels.get(number) ?? this.#add(number);
    if (level === null || !level.asked || seq <= level.askedFrom) return true;
    if (this.#reach(level, lseq - 1)) {
      level.last = lseq;
      level.shown++;
    }
    return true;
  }

  /**
   * The server says that entries up to a place are missing, from one on that is after everything that came.
   * @param levels how many of each level
   * @returns those of levels that are asked for
   */
  gap(to: number, levels: LevelNumbers): [level: number, count: number][] {
    const counted: [number, number][] = [];
    if (to > this.#position) this.#position = to;
    for (const [number, count] of levels) {
      const level = this.#levels.get(number) ?? this.#add(number);
      if (level === null || !level.asked || to <= level.askedFrom || count <= 0) continue;
      level.missing += count;
      if (Number.isNaN(level.last)) level.carry += count;
      else level.last += count;
      counted.push([number, count]);
    }
    return counted;
  }

  /** The last numbers at a place up to which everything was sent. From here on the account is exact. */
  mark(seq: number, levels: LevelNumbers): void {
    if (seq < this.#seq) return this.#watcher.onBroken();
    if (seq > this.#position) this.#position = seq;
    for (const [number, lseq] of levels) {
      const level = this.#levels.get(number) ?? this.#add(number);
      if (level !== null && level.asked && seq >= level.askedFrom) this.#reach(level, lseq);
    }
    if (isWhole(seq, levels)) this.#unheard.fill(0);
    for (const { base, last, before, shown, missing } of this.#levels.values()) {
      if (shown + missing !== before + owedNow(base, last, shown + missing - before)) this.#watcher.onBroken();
    }
  }

  /**
   * Other levels are asked for from now on.
   * @param at the numbers of the server at this moment, where it said them; without them the next entry of a level tells
   */
  ask(rank: number, at: { readonly seq: number; readonly levels: LevelNumbers } | null): void {
    const before = this.#rank, numbers = at?.levels ?? NO_NUMBERS, unheard = at !== null && isWhole(at.seq, numbers) ? 0 : NaN;
    this.#rank = rank;
    for (let newly = rank; newly < before; newly++) this.#unheard[newly] = unheard;
    for (const number of numbers.keys()) if (!this.#levels.has(number)) this.#add(number);
    for (const level of this.#levels.values()) {
      const rankOf = levelRank(level.level);
      level.asked = rankOf >= rank;
      if (!level.asked || rankOf >= before) continue;
      level.before = level.shown + level.missing;
      level.base = level.last = numbers.get(level.level) ?? unheard;
      level.carry = 0;
      level.askedFrom = at?.seq ?? this.#position;
    }
  }

  /** Brings a level's account to where `last` is its last `lseq`; false where that cannot be. */
  #reach(level: Level, last: number): boolean {
    if (Number.isNaN(level.last)) {
      level.last = last;
      level.base = last - level.carry;
      return true;
    }
    const hole = last - level.last;
    if (hole > 0) {
      level.missing += hole;
      level.last = last;
      this.#watcher.onHole(level.level, hole);
    } else if (hole < 0) {
      this.#watcher.onBroken();
      if (level.missing < -hole) return false;
      level.missing += hole;
      level.last = last;
      this.#watcher.onReturn(level.level, -hole);
    }
    return true;
  }

  #add(level: number, last = this.#unheard[levelRank(level)] ?? NaN): Level | null {
    if (this.#levels.size >= MAX_LEVELS) return null;
    const added = { level, asked: levelRank(level) >= this.#rank, base: last, last, carry: 0, askedFrom: 0, before: 0, shown: 0, missing: 0 };
    this.#levels.set(level, added);
    return added;
  }
}

/** Whether all levels are named, so that any other has none; a position that a server repeats to whoever resumes names none. */
function isWhole(seq: number, levels: LevelNumbers): boolean {
  return levels.size > 0 || seq === 0;
}

function known(number: number): number | null {
  return Number.isNaN(number) ? null : number;
}

/** What a level owes since it was asked for; where its numbers are not known yet, what was counted is all that can be said. */
function owedNow(base: number, last: number, counted: number): number {
  return Number.isNaN(last) ? counted : last - base;
}
