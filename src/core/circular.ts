// Columns that begin again at their start: the cell of a number is that number modulo the column's length. Knows nothing of what is in them.

type Column = Float64Array | Int32Array | Int16Array | Uint32Array;

/** Copies the cells of the numbers from `first` up to, and without, `next` into a column of another length, which must have room for them. */
export function copyCells<T extends Column>(from: T, to: T, first: number, next: number): T {
  for (let at = first; at < next;) {
    const source = at % from.length, target = at % to.length;
    const count = Math.min(next - at, from.length - source, to.length - target);
    to.set(from.subarray(source, source + count), target);
    at += count;
  }
  return to;
}
