// Which key means what in a list of rows. Knows neither the store nor the DOM: a key and where the cursor stands give a command.

export type ListCommand =
  | { readonly name: 'move'; readonly index: number }
  /** The cursor moves, and what is on the screen by as many rows as a page has. */
  | { readonly name: 'page'; readonly index: number; readonly rows: number }
  | { readonly name: 'latest' | 'open' | 'close' | 'pause' | 'follow' }
  | { readonly name: 'error'; readonly step: 1 | -1 };

/** Where the list stands; `cursor` is −1 where no row has it, `page` the whole rows that fit on the screen. */
export interface ListPosition {
  readonly cursor: number;
  readonly length: number;
  readonly page: number;
}

/** The part of a `KeyboardEvent` that is looked at. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The command that a key gives, or null where it is none of the list's. With no cursor, moving begins at the end. */
export function listCommand(press: KeyPress, { cursor, length, page }: ListPosition): ListCommand | null {
  // Control with Home or End leads to the ends of a grid as well, and a browser would scroll there without the cursor
  if ((press.ctrlKey && press.key !== 'Home' && press.key !== 'End') || press.metaKey || press.altKey) return null;
  const last = length - 1, from = cursor < 0 ? length : cursor;
  const within = (index: number): number => Math.max(0, Math.min(last, index));
  const move = (index: number): ListCommand | null => (length === 0 ? null : { name: 'move', index: within(index) });
  const turn = (rows: number): ListCommand | null => (length === 0 ? null : { name: 'page', index: within(Math.min(from, last) + rows), rows });
  switch (press.key) {
    case 'ArrowUp': return move(from - 1);
    case 'ArrowDown': return move(cursor < 0 ? last : cursor + 1);
    case 'PageUp': return turn(-page);
    case 'PageDown': return turn(page);
    case 'Home': return move(0);
    case 'End': return { name: 'latest' };
    case 'Enter': return { name: 'open' };
    case 'Escape': return { name: 'close' };
    case ' ': return { name: 'pause' };
    case 'f': return { name: 'follow' };
    case 'e': return { name: 'error', step: 1 };
    case 'E': return { name: 'error', step: -1 };
    default: return null;
  }
}
