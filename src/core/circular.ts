// Columns that begin again at their start: the cell of a number is that number modulo the column's length. Knows nothing of what is in them.

type Column = Float64Array | Int32Array | Int16Array | Uint32Array;

/** Where an engine can, it gives a buffer's memory back at once (ES2024); else it does when it next looks for garbage, which may be a while. */
const { transfer } = ArrayBuffer.prototype as { transfer?: (length: number) => ArrayBuffer };

/**
 * Moves the cells of the numbers from `first` up to, and without, `next` into a column of another length, which must have room for them. The column
 * that they were in is given up.
 */
export function moveCells<T extends Column>(from: T, to: T, first: number, next: number): T {
  for (let at = first; at < next;) {
    const source = at % from.length, target = at % to.length;
    const count = Math.min(next - at, from.length - source, to.length - target);
    to.set(from.subarray(source, source + count), target);
    at += count;
  }
  transfer?.call(from.buffer, 0);
  return to;
}
