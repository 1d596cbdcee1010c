// Where the reader stands: at the end of the list, away from it, or in a pause; and what has arrived since. It counts what the view shows and
// moves nothing itself.
import { NOTICE, type EntryRing } from './entry-ring.js';
import { isErrorLevel } from './levels.js';
import type { Arrivals, LogSnapshot } from './log-snapshot.js';
import type { LogView } from './log-view.js';

const NOTHING: Arrivals = Object.freeze({ entries: 0, errors: 0 });

function plusOne({ entries, errors }: Arrivals, isError: boolean): Arrivals {
  return Object.freeze({ entries: entries + 1, errors: errors + (isError ? 1 : 0) });
}

export class ReaderPlace {
  readonly #ring: EntryRing;
  readonly #view: LogView;
  #following = true;
  /** The id from which on a reader who left the end has seen nothing. */
  #unseenFrom = 0;
  #unseen = NOTHING;
  /** `end` is the first id that a reader does not see. */
  #pause: { readonly since: number; readonly end: number; readonly arrived: Arrivals; readonly cleared: boolean } | null = null;
  /** Within the pause there were rows, since the view last changed. */
  #hadRows = false;

  constructor(ring: EntryRing, view: LogView) {
    this.#ring = ring;
    this.#view = view;
  }

  get isFollowing(): boolean {
    return this.#following;
  }

  get isPaused(): boolean {
    return this.#pause !== null;
  }

  /** An entry was appended. */
  arrive(isShown: boolean, isError: boolean): void {
    if (this.#pause !== null) this.#pause = { ...this.#pause, arrived: plusOne(this.#pause.arrived, isError) };
    else if (isShown && !this.#following) this.#unseen = plusOne(this.#unseen, isError);
  }

  follow(following: boolean): void {
    this.#following = following;
    this.#unseenFrom = this.#pause?.end ?? this.#ring.next;
    this.#unseen = NOTHING;
  }

  pause(now: number): void {
    this.#pause = { since: now, end: this.#ring.next, arrived: NOTHING, cleared: false };
    this.#hadRows = false;
  }

  resume(where: 'here' | 'latest'): void {
    if (this.#following && this.#pause !== null) this.#unseenFrom = this.#pause.end;
    this.#pause = null;
    this.#following = where === 'latest';
    this.recount();
  }

  /** The view has other rows. */
  recount(): void {
    this.#unseen = this.#following ? NOTHING : this.#countUntil(Infinity);
    this.#hadRows = false;
  }

  /** A picture is about to be taken, in which the view may have more of its older rows; those from `knownFrom` on it had before. */
  extend(knownFrom: number): void {
    this.#hadRows ||= this.#end > 0;
    if (this.#following || knownFrom <= this.#unseenFrom) return;
    const { entries, errors } = this.#countUntil(knownFrom);
    this.#unseen = Object.freeze({ entries: this.#unseen.entries + entries, errors: this.#unseen.errors + errors });
  }

  /** Every row has left. What the viewer says of that, in `rows` rows, is seen in a pause too. */
  clear(rows: number): void {
    this.#unseenFrom = this.#ring.next;
    this.#unseen = NOTHING;
    if (this.#pause !== null) this.#pause = { ...this.#pause, end: this.#ring.next + rows, arrived: NOTHING, cleared: true };
  }

  /** The position of the nearest error or fatal entry before (`step` −1) or after (1) `index`, among the first `length` rows; −1 where there is none. */
  findError(index: number, step: 1 | -1, length: number): number {
    for (let at = index + step; at >= 0 && at < length; at += step) {
      const id = this.#view.idAt(at);
      if (this.#ring.stream(id) !== NOTICE && isErrorLevel(this.#ring.level(id))) return at;
    }
    return -1;
  }

  read(): Pick<LogSnapshot, 'length' | 'following' | 'unseen' | 'paused'> {
    const pause = this.#pause;
    return {
      length: this.#end,
      following: this.#following,
      unseen: this.#unseen,
      paused: pause === null ? null : Object.freeze({ since: pause.since, arrived: pause.arrived, cleared: pause.cleared, hadRows: this.#hadRows }),
    };
  }

  /** Rows of the view up to the pause. */
  get #end(): number {
    return this.#pause === null ? this.#view.length : this.#view.indexFrom(this.#pause.end);
  }

  /** Counts what is unseen and before the id `until`. */
  #countUntil(until: number): Arrivals {
    const end = Math.min(this.#end, this.#view.indexFrom(until));
    let entries = 0, errors = 0;
    for (let index = this.#view.indexFrom(this.#unseenFrom); index < end; index++) {
      const at = this.#view.idAt(index);
      if (this.#ring.stream(at) === NOTICE) continue;
      entries++;
      if (isErrorLevel(this.#ring.level(at))) errors++;
    }
    return Object.freeze({ entries, errors });
  }
}
