// Ids in their order, added and taken at both ends and read by position. They are in blocks, so that none is ever moved: adding one costs the same
// with ten and with a million. Knows nothing of what the ids are of.

/** A power of two. */
const BLOCK = 8192;

export class IdDeque {
  #blocks: Float64Array[] = [];
  /** The place of the first id in the first block. */
  #head = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The id at a position, from 0 up to, and without, `length`. */
  at(index: number): number {
    const place = this.#head + index;
    return this.#blocks[Math.floor(place / BLOCK)]?.[place % BLOCK] ?? NaN;
  }

  push(id: number): void {
    const place = this.#head + this.#length++, block = Math.floor(place / BLOCK);
    (this.#blocks[block] ??= new Float64Array(BLOCK))[place % BLOCK] = id;
  }

  unshift(id: number): void {
    if (this.#head === 0) {
      this.#blocks.unshift(new Float64Array(BLOCK));
      this.#head = BLOCK;
    }
    (this.#blocks[0] as Float64Array)[--this.#head] = id;
    this.#length++;
  }

  /** Lets go of the first id. */
  shift(): void {
    this.#length--;
    if (++this.#head < BLOCK) return;
    this.#blocks.shift();
    this.#head = 0;
  }

  clear(): void {
    this.#blocks = [];
    this.#head = 0;
    this.#length = 0;
  }
}
