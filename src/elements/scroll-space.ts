// Where rows are, and where the scroller is. Engines cannot scroll a box of any height (the virtualizer stops at 8.2 million px, Chromium at 33), so
// past a limit the scroller is shorter than its rows: it stands at `physical` while the rows are seen from `virtual`, and rows are drawn at their
// place less `shift`. Up to the limit the two are the same and `shift` is 0. All lengths in CSS pixels.

/** The tallest that the scroller's content gets. */
export const MAX_HEIGHT = 8_000_000;

/** A single scroll of this length or less is a wheel, a finger or a key and moves the rows by as much; a longer one is the thumb, and a place on its track. */
const NEAR = 4000;

export class ScrollSpace {
  #total = 0;
  #viewport = 0;
  #virtual = 0;
  #physical = 0;

  /** Height of the scroller's content. */
  get height(): number {
    return Math.min(this.#total, MAX_HEIGHT);
  }

  /** The rows' own offset at the upper edge of the viewport. */
  get virtual(): number {
    return this.#virtual;
  }

  /** Where the scroller stands. */
  get physical(): number {
    return this.#physical;
  }

  /** What a row is drawn higher than its own place. */
  get shift(): number {
    return this.#virtual - this.#physical;
  }

  /** The largest `virtual`: the last row at the lower edge. */
  get end(): number {
    return Math.max(0, this.#total - this.#viewport);
  }

  /** @param total height of all rows  @param viewport height of what is seen of them */
  resize(total: number, viewport: number): void {
    this.#total = total;
    this.#viewport = viewport;
  }

  /** Has the rows seen from `virtual`; moves the scroller as little as that allows. */
  moveTo(virtual: number): void {
    this.#virtual = Math.max(0, Math.min(this.end, virtual));
    if (!this.#isCompressed) this.#physical = this.#virtual;
    else if (this.#isCornered) this.settle();
  }

  /** The reader scrolled to `physical`. */
  scrolled(physical: number): void {
    const by = physical - this.#physical;
    this.#physical = physical;
    if (!this.#isCompressed) this.#virtual = physical;
    else if (Math.abs(by) > NEAR) this.#virtual = this.#virtualAt(physical);
    else this.#virtual = Math.max(0, Math.min(this.end, this.#virtual + by));
    if (this.#isCompressed && this.#isCornered) this.settle();
  }

  /** Puts the scroller where its thumb says how far down the rows are seen. */
  settle(): void {
    this.#physical = this.#isCompressed ? Math.round(this.#physicalAt(this.#virtual)) : this.#virtual;
  }

  // Near each end the two go along pixel by pixel, so that the scroller reaches its end with the rows; the way between is shared out evenly.

  #physicalAt(virtual: number): number {
    const { end } = this, range = this.#range;
    if (virtual <= NEAR) return virtual;
    if (end - virtual <= NEAR) return range - (end - virtual);
    return NEAR + ((virtual - NEAR) * (range - 2 * NEAR)) / (end - 2 * NEAR);
  }

  #virtualAt(physical: number): number {
    const { end } = this, range = this.#range;
    if (physical <= NEAR) return Math.max(0, physical);
    if (range - physical <= NEAR) return end - Math.max(0, range - physical);
    return NEAR + ((physical - NEAR) * (end - 2 * NEAR)) / (range - 2 * NEAR);
  }

  get #isCompressed(): boolean {
    return this.#total > MAX_HEIGHT;
  }

  /** How far the scroller can go. */
  get #range(): number {
    return this.height - this.#viewport;
  }

  /** The scroller is about to run out of way before the rows do, or has more of it left than they. */
  get #isCornered(): boolean {
    const above = this.#physical, below = this.#range - above, rowsAbove = this.#virtual, rowsBelow = this.end - rowsAbove;
    return (Math.min(above, rowsAbove) < NEAR / 2 && above !== rowsAbove) || (Math.min(below, rowsBelow) < NEAR / 2 && below !== rowsBelow);
  }
}
