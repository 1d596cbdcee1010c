// Which of the list's few nodes draws which row. A row that stays on the screen keeps its node, so that its text need not be laid out again and
// what a reader has marked in it stays marked; where most of the screen is new, every node stays where it is in the document and is written anew,
// because moving a node costs more than that.

/** Of so many nodes at most one is moved. */
const MOVED_OF = 3;

export class RowSlots {
  #ids: readonly (number | null)[] = [];
  #count = 1;
  #head = 0;

  /**
   * Rows are about to be drawn.
   * @param ids of the rows, in the order of the screen; null for a line that has none
   * @param count of the nodes there are at most
   */
  turn(ids: readonly (number | null)[], count: number): void {
    const by = count === this.#count ? this.#shiftTo(ids) : 0;
    if (Math.abs(by) * MOVED_OF <= count) this.#head = (this.#head + by + count) % count;
    this.#count = count;
    this.#ids = ids;
  }

  /** The key of the node that draws the row at a place of the screen, from 0. */
  at(place: number): number {
    return (this.#head + place) % this.#count;
  }

  /** How many rows left at the top; negative where rows came there. */
  #shiftTo(ids: readonly (number | null)[]): number {
    const first = ids[0] ?? null, before = this.#ids[0] ?? null;
    const left = first === null ? -1 : this.#ids.indexOf(first);
    if (left >= 0) return left;
    const came = before === null ? -1 : ids.indexOf(before);
    return came >= 0 ? -came : 0;
  }
}
