// Where the keyboard stands in a list, by the id of the row, and what its commands do: move, open, close, go to an error. Knows the store and the
// order of the rows, not how they are drawn.
import type { ListWindow } from '../core/list-window.js';
import type { LogEntry } from '../core/log-entry.js';
import type { LogStore } from '../core/log-store.js';
import type { LogRow } from '../core/notice.js';
import { LogPauseChangeEvent, LogSelectEvent } from './events.js';
import type { ListNote } from './list-head.js';
import { listCommand, type KeyPress, type ListCommand } from './list-keyboard.js';

/** What a cursor needs of its list. */
export interface CursorHost {
  readonly rows: ListWindow | null;
  readonly shown: LogStore | null;
  /** Whole rows that fit on the screen. */
  readonly page: number;
  /** A row as it is drawn, which may have left the store; null where it is not drawn. */
  drawnRow(id: number): LogRow | null;
  /** The first and the last position that is on the screen, or will be with the next picture. */
  readonly visible: { readonly first: number; readonly last: number };
  follow(following: boolean): void;
  /** Scrolls by so many rows, down where they are more than 0. */
  scrollBy(rows: number): void;
  /** Has the row on the screen, scrolling as little as is needed. */
  reveal(index: number): void;
  /** Says what a key could not do; null takes back what was said. */
  say(note: ListNote | null): void;
  /** The cursor has moved. */
  update(): void;
  tell(event: LogSelectEvent | LogPauseChangeEvent): void;
}

/** Keys that go on downward. */
const FORWARD: ReadonlySet<string> = new Set(['ArrowDown', 'PageDown', 'e']);

export class ListCursor {
  readonly #host: CursorHost;
  #id: number | null = null;

  constructor(host: CursorHost) {
    this.#host = host;
  }

  /** The row with the cursor; null where none has it. */
  get id(): number | null {
    return this.#id;
  }

  /** The row of the entry that is read, or else the one with the cursor. */
  get readId(): number | null {
    return this.#host.shown?.snapshot.selected?.entry.id ?? this.#id;
  }

  reset(): void {
    this.#id = null;
  }

  /** The list got the focus: the cursor stands on the selected row, or on the last one on the screen. */
  enter(): void {
    if (this.#id !== null) return;
    const selected = this.#host.shown?.snapshot.selected?.entry.id ?? null;
    this.#place(selected ?? this.#rowAt(this.#host.visible.last)?.id ?? null);
  }

  /** Does what a key means in a list; false where it means nothing. */
  press(press: KeyPress): boolean {
    const { rows, shown, page } = this.#host;
    if (rows === null || shown === null) return false;
    // a page without the window's focus is told of keys, but not of the focus. At the end of a list that follows an error is looked for from behind
    // the last row, which may be one, and not from a cursor that nobody has seen
    if (!shown.snapshot.following || press.key.toLowerCase() !== 'e') this.enter();
    this.#comeBack(press, shown);
    // while the list follows, a cursor that the stream has carried off is no place to start from
    const isPlace = this.#id !== null && (!shown.snapshot.following || this.#host.drawnRow(this.#id) !== null);
    const cursor = isPlace && this.#id !== null ? rows.indexOf(this.#id) : -1;
    const command = listCommand(press, { cursor, length: rows.length, page });
    if (command === null) return false;
    this.#host.say(null);
    this.#run(command, cursor, rows, shown);
    return true;
  }

  /** A cursor that was left behind goes on from what is on the screen; that of an entry which is being read, from there. */
  #comeBack({ key }: KeyPress, { snapshot: { following, selected } }: LogStore): void {
    const isRead = selected !== null && selected.entry.id === this.#id && !following;
    if (isRead || this.#id === null || (following && key !== 'Enter')) return;
    const { first, last } = this.#host.visible, at = this.#host.rows?.indexOf(this.#id) ?? -1;
    if (at < first || at > last) this.#id = this.#rowAt(FORWARD.has(key) ? first : last)?.id ?? this.#id;
  }

  #rowAt(index: number): LogRow | null {
    const row = this.#host.rows?.rowAt(index) ?? null;
    return row !== null && 'id' in row ? row : null;
  }

  /** Opens an entry in the detail. What a person reads must not be carried away, so the list stops following. */
  open(id: number | null): void {
    const row = id === null ? null : (this.#host.drawnRow(id) ?? this.#host.shown?.rowOf(id) ?? null);
    if (row === null) return;
    this.#place(row.id);
    if (row.kind !== 'entry') return;
    this.#host.follow(false);
    this.#select(row);
  }

  #run(command: ListCommand, cursor: number, rows: ListWindow, store: LogStore): void {
    const { paused } = store.snapshot;
    switch (command.name) {
      case 'move': return this.#moveTo(command.index, command.index < cursor ? -1 : 1);
      case 'page':
        this.#host.follow(false);
        this.#host.scrollBy(command.rows);
        return this.#moveTo(command.index, command.rows < 0 ? -1 : 1);
      case 'latest':
        this.#moveTo(rows.length - 1, -1);
        return this.#host.follow(true);
      case 'error': return this.#moveToError(cursor < 0 ? rows.length : cursor, command.step, rows, store.snapshot.following);
      case 'open': return this.open(this.#id);
      case 'close': return this.#select(null);
      case 'pause':
        if (paused === null) store.pause();
        else store.resume('here');
        return this.#host.tell(new LogPauseChangeEvent(paused === null));
      case 'follow':
        if (paused === null) return this.#host.follow(true);
        store.resume('latest');
        return this.#host.tell(new LogPauseChangeEvent(false));
    }
  }

  /** Puts the cursor on a row; a line between rows is passed by. While an entry is open, the one with the cursor is. */
  #moveTo(index: number, step: 1 | -1): void {
    const at = [index, index + step, index - step].find((candidate) => this.#rowAt(candidate) !== null), row = at === undefined ? null : this.#rowAt(at);
    if (at === undefined || row === null) return;
    this.#host.follow(false);
    this.#place(row.id);
    this.#host.reveal(at);
    if (this.#host.shown?.snapshot.selected != null) this.open(row.id);
  }

  /** Past the last one it goes on from the other end, and says so. Where the list follows there is nothing below: what is looked for is the newest. */
  #moveToError(from: number, step: 1 | -1, rows: ListWindow, following: boolean): void {
    const next = following && step > 0 ? rows.findError(rows.length, -1) : rows.findError(from, step);
    const index = next >= 0 ? next : rows.findError(step > 0 ? -1 : rows.length, step);
    if (index < 0) return this.#host.say({ says: 'noErrors' });
    if (next < 0) this.#host.say({ says: index === from ? 'onlyError' : step > 0 ? 'errorsFromOldest' : 'errorsFromNewest' });
    this.#moveTo(index, step);
  }

  #place(id: number | null): void {
    this.#id = id;
    this.#host.update();
  }

  #select(entry: LogEntry | null): void {
    const store = this.#host.shown;
    if (store === null || (store.snapshot.selected?.entry.id ?? null) === (entry?.id ?? null)) return;
    store.select(entry);
    this.#host.tell(new LogSelectEvent(entry));
  }
}
