// Which row a click means: under a flood another row may be below the pointer when it is let go, and what counts is the one that was pressed.
// Knows ids of rows, not what becomes of them.
import { rowId } from './row-painter.js';

/** A pointer that moves this far between press and release drags; it does not click. */
const DRAG_PX = 8;

export class PressedRow {
  #pressed: { readonly id: number | null; readonly x: number; readonly y: number } | null = null;

  press(event: PointerEvent): void {
    this.#pressed = { id: rowId(event), x: event.clientX, y: event.clientY };
  }

  /** The id of the row that a click means; null where it means none. */
  click(event: MouseEvent): number | null {
    const pressed = this.#pressed;
    this.#pressed = null;
    const isStill = pressed !== null && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < DRAG_PX;
    return isStill ? pressed.id : rowId(event);
  }
}
