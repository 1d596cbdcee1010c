// Draws the rows of a list, and remembers which ones it drew where: those are the rows that the reader sees, whatever has happened to the store
// since. Reads each entry once while it is on the screen.
import { html, type TemplateResult } from 'lit';
import type { WindowRow } from '../core/list-window.js';
import type { LogEntry } from '../core/log-entry.js';
import type { LogRow } from '../core/notice.js';
import { entryRow, lineRow, noticeRow, readEntryRow, type EntryRow, type RowContext } from './log-row.js';
import { RowMarks } from './row-marks.js';
import { stringsIn } from './strings.js';

const MAX_READ = 512;

export class RowPainter {
  context: RowContext = { selectedId: null, cursorId: null, isStriped: true, patterns: [], timestamps: 'time', zone: 'local', strings: stringsIn('') };
  #drawn = new Map<number, WindowRow>();
  #byId = new Map<number, LogRow>();
  #firstIndex = 0;
  #read = new Map<number, EntryRow>();
  readonly #marks = new RowMarks();

  /** Forgets everything: the list shows another store. */
  reset(): void {
    this.#drawn.clear();
    this.#byId.clear();
    this.#read.clear();
  }

  /** The next pass begins at a position. */
  turn(first: number): void {
    this.#firstIndex = first;
  }

  /** Draws the row at a position. Rows are drawn in passes, each in ascending order from where the last turn says. */
  draw(row: WindowRow | null, index: number, previous: () => WindowRow | null): TemplateResult {
    if (index === this.#firstIndex) {
      this.#drawn.clear();
      this.#byId.clear();
    }
    if (row === null) return html``;
    this.#drawn.set(index, row);
    if (row.kind === 'older' || row.kind === 'hole') return lineRow(row, index, this.context);
    this.#byId.set(row.id, row);
    if (row.kind === 'notice') return noticeRow(row, index, this.context);
    return entryRow(this.#readRow(row), index, isNewSecond(row, this.#drawn.get(index - 1) ?? previous()), this.context);
  }

  /** Marks the words of the search in rows that are drawn. */
  mark(rows: Iterable<Element>): void {
    this.#marks.mark(rows, this.context.patterns);
  }

  /** Lets go of the nodes of marks: the list is gone from the page, for now. */
  unmark(): void {
    this.#marks.clear();
  }

  /** The row that was last drawn at a position, or null. */
  drawnAt(index: number): WindowRow | null {
    return this.#drawn.get(index) ?? null;
  }

  /** A row that was last drawn, by its id, or null. */
  rowById(id: number): LogRow | null {
    return this.#byId.get(id) ?? null;
  }

  /** The rows (without the lines between them) that were last drawn from `first` to `last`. */
  rowsBetween(first: number, last: number): LogRow[] {
    const rows: LogRow[] = [];
    for (let index = first; index <= last; index++) {
      const row = this.#drawn.get(index);
      if (row !== undefined && 'id' in row) rows.push(row);
    }
    return rows;
  }

  #readRow(row: LogEntry): EntryRow {
    let read = this.#read.get(row.id);
    if (read === undefined) {
      if (this.#read.size >= MAX_READ) this.#read.clear();
      read = readEntryRow(row);
      this.#read.set(row.id, read);
    }
    return read;
  }
}

/** The first row of each second has the darker time, so that time reads as rhythm. */
function isNewSecond(row: LogRow, previous: WindowRow | null): boolean {
  return previous === null || !('time' in previous) || Math.floor(previous.time / 1000) !== Math.floor(row.time / 1000);
}

/** The row that an event happened on, or null. */
export function rowId(event: Event): number | null {
  const id = (event.target as Element).closest('[role="row"]')?.id ?? '';
  return id.startsWith('row-') ? Number(id.slice('row-'.length)) : null;
}
