// The attributes of `<system-logs>` as they can be used. A wrong one is told in a plain sentence, and the usual value is used in its place.
import { explainLevel, type Cause } from '../core/causes.js';
import type { TimestampStyle, TimeZoneChoice } from '../core/format.js';
import { isLevelName, type LevelName } from '../core/levels.js';
import { DEFAULT_MAX_BYTES, DEFAULT_MAX_ENTRIES } from '../core/log-store.js';
import { strings } from './strings.js';

/** What may be given: whatever an attribute holds. */
export interface GivenSettings {
  readonly level: string;
  readonly maxEntries: number | string;
  readonly maxBytes: number | string;
  readonly timestamps: string;
  readonly timeZone: string;
  readonly layout: string;
}

export interface ViewerSettings {
  readonly level: LevelName;
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly timestamps: TimestampStyle;
  readonly timeZone: TimeZoneChoice;
  readonly layout: 'auto' | 'columns' | 'rows';
  /** One for each value that was not right. */
  readonly faults: readonly Cause[];
}

/** The largest count that is taken; far beyond what a page can hold. */
const MOST = 2 ** 31 - 1;

export function readSettings(given: GivenSettings): ViewerSettings {
  const faults: Cause[] = [];
  const wrong = (short: string, sentence: string): void => {
    faults.push({ code: 'wrong-attribute', short, title: strings.viewer.wrongAttribute, sentence, checks: [], setting: null, retry: false });
  };
  const count = (attribute: string, value: number | string, usual: number): number => {
    const number = typeof value === 'string' && value.trim() === '' ? NaN : Number(value);
    if (Number.isInteger(number) && number >= 1 && number <= MOST) return number;
    wrong(attribute, strings.viewer.wrongNumber(attribute, String(value).slice(0, 40), usual));
    return usual;
  };
  const choice = <T extends string>(attribute: string, value: string, choices: readonly [T, ...T[]]): T => {
    const chosen = choices.find((one) => one === value);
    if (chosen === undefined) wrong(attribute, strings.viewer.wrongChoice(attribute, String(value).slice(0, 40), choices));
    return chosen ?? choices[0];
  };
  if (!isLevelName(given.level)) {
    const cause = explainLevel(String(given.level).slice(0, 40));
    faults.push({ ...cause, sentence: `${cause.sentence} ${strings.viewer.usualLevel}` });
  }
  return {
    level: isLevelName(given.level) ? given.level : 'info',
    maxEntries: count('max-entries', given.maxEntries, DEFAULT_MAX_ENTRIES),
    maxBytes: count('max-bytes', given.maxBytes, DEFAULT_MAX_BYTES),
    timestamps: choice('timestamps', given.timestamps, ['time', 'datetime', 'iso']),
    timeZone: choice('time-zone', given.timeZone, ['local', 'utc']),
    layout: choice('layout', given.layout, ['auto', 'columns', 'rows']),
    faults,
  };
}
