// The viewer's own rows: what each says, by its id. Gaps that are found one after the other between two publishes become one row, so that a loss
// in fifty instances at once is said once; what becomes of instances within a second likewise. Knows nothing of where the rows stand.
import { joinGap, type Gap } from './gap.js';
import type { InstanceChange } from './instance-lives.js';
import type { Notice } from './notice.js';

export interface TimedNotice {
  readonly time: number;
  readonly notice: Notice;
}

export class Notices {
  readonly #notices = new Map<number, TimedNotice>();
  /** The row that a gap of the same cause may still join. */
  #open = -1;
  /** The rows that last said what became of instances: that some are not heard of any more, and the rest. */
  readonly #changes = { silent: -1, others: -1 };

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
    if (notice.name === 'instances') this.#changes[kindOf(notice.changes)] = id;
  }

  /** True where the row of the same second, wherever it is by now, goes on to say it: a hundred instances that are replaced are not two hundred rows. */
  joinChanges(time: number, changes: readonly InstanceChange[]): boolean {
    const id = this.#changes[kindOf(changes)], open = this.#notices.get(id);
    if (open?.notice.name !== 'instances' || Math.floor(open.time / 1000) !== Math.floor(time / 1000)) return false;
    this.#notices.set(id, { time: open.time, notice: { name: 'instances', changes: [...open.notice.changes, ...changes] } });
    return true;
  }

  /** True where a gap is said by the row `last`, the newest of all, and needs none of its own. */
  join(last: number, gap: Gap): boolean {
    const open = last === this.#open ? this.#notices.get(last) : undefined;
    if (open?.notice.name !== 'gap' || open.notice.cause !== gap.cause) return false;
    this.#notices.set(last, { time: open.time, notice: { name: 'gap', ...joinGap(open.notice, gap) } });
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

function kindOf(changes: readonly InstanceChange[]): 'silent' | 'others' {
  return changes[0]?.change === 'silent' ? 'silent' : 'others';
}
