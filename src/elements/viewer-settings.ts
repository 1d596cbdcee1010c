// The attributes of `<system-logs>` as they can be used. A wrong one is told in a plain sentence, and the usual value is used in its place.
import { cause, quotable, type Cause } from '../core/cause.js';
import type { TimestampStyle, TimeZoneChoice } from '../core/format.js';
import { isLevelName, type LevelName } from '../core/levels.js';
import { DEFAULT_MAX_BYTES, DEFAULT_MAX_ENTRIES } from '../core/log-store.js';
import type { TokenPlace } from '../core/socket-address.js';

/** What may be given: whatever an attribute holds. */
export interface GivenSettings {
  readonly level: string;
  readonly maxEntries: number | string;
  readonly maxBytes: number | string;
  readonly timestamps: string;
  readonly timeZone: string;
  readonly layout: string;
  readonly tokenIn: string;
}

export interface ViewerSettings {
  readonly level: LevelName;
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly timestamps: TimestampStyle;
  readonly timeZone: TimeZoneChoice;
  readonly layout: 'auto' | 'columns' | 'rows';
  readonly tokenIn: TokenPlace;
  /** One for each value that was not right. */
  readonly faults: readonly Cause[];
}

/** The largest count that is taken; far beyond what a page can hold. */
const MOST = 2 ** 31 - 1;

const said = (value: unknown): string => quotable(String(value).slice(0, 40));

export function readSettings(given: GivenSettings): ViewerSettings {
  const faults: Cause[] = [];
  const count = (attribute: string, value: number | string, usual: number): number => {
    const number = typeof value === 'string' && value.trim() === '' ? NaN : Number(value);
    if (Number.isInteger(number) && number >= 1 && number <= MOST) return number;
    faults.push(cause('wrong-attribute', 'wrongNumber', { attribute, words: said(value), usual }, [], { retry: false }));
    return usual;
  };
  const choice = <T extends string>(attribute: string, value: string, choices: readonly [T, ...T[]]): T => {
    const chosen = choices.find((one) => one === value);
    if (chosen === undefined) faults.push(cause('wrong-attribute', 'wrongChoice', { attribute, words: said(value), choices }, [], { retry: false }));
    return chosen ?? choices[0];
  };
  if (!isLevelName(given.level)) faults.push(cause('unknown-level', 'unknownLevelHere', { words: said(given.level) }, [], { retry: false }));
  return {
    level: isLevelName(given.level) ? given.level : 'info',
    maxEntries: count('max-entries', given.maxEntries, DEFAULT_MAX_ENTRIES),
    maxBytes: count('max-bytes', given.maxBytes, DEFAULT_MAX_BYTES),
    timestamps: choice('timestamps', given.timestamps, ['time', 'datetime', 'iso']),
    timeZone: choice('time-zone', given.timeZone, ['local', 'utc']),
    tokenIn: choice('token-in', given.tokenIn, ['query', 'subprotocol']),
    layout: choice('layout', given.layout, ['auto', 'columns', 'rows']),
    faults,
  };
}
