// The viewer's own rows: what each says, by its id. Gaps that are found one after the other between two publishes become one row, so that a loss
// in fifty instances at once is said once. Knows nothing of where the rows stand.
import type { Gap } from './gap.js';
import { addCounts } from './level-counts.js';
import type { Notice } from './notice.js';

export interface TimedNotice {
  readonly time: number;
  readonly notice: Notice;
}

export class Notices {
  readonly #notices = new Map<number, TimedNotice>();
  /** The row that a gap of the same cause may still join. */
  #open = -1;

  get size(): number {
    return this.#notices.size;
  }

  get(id: number): TimedNotice | null {
    return this.#notices.get(id) ?? null;
  }

  /** How many have an id below `id`. */
  countBefore(id: number): number {
    let count = 0;
    for (const own of this.#notices.keys()) if (own < id) count++;
    return count;
  }

  add(id: number, time: number, notice: Notice): void {
    this.#notices.set(id, { time, notice });
    this.#open = notice.name === 'gap' ? id : -1;
  }

  /** True where a gap is said by the row `last`, the newest of all, and needs none of its own. */
  join(last: number, gap: Gap): boolean {
    const open = last === this.#open ? this.#notices.get(last) : undefined;
    if (open?.notice.name !== 'gap' || open.notice.cause !== gap.cause) return false;
    const { instance, levels, from, to, ...others } = open.notice;
    this.#notices.set(last, { time: open.time, notice: {
      ...others, instance: instance === gap.instance ? instance : '', levels: addCounts(levels, gap.levels), from: Math.min(from, gap.from), to: Math.max(to, gap.to),
    } });
    return true;
  }

  /** What was added is seen now, and stays as it is. */
  settle(): void {
    this.#open = -1;
  }

  delete(id: number): void {
    this.#notices.delete(id);
  }

  clear(): void {
    this.#notices.clear();
  }
}
