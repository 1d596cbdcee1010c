// Numbers, plurals, lists and dates as one language writes them. The objects of Intl are made once a language, and only when they are needed.
// Clocks and times in rows are no matter of language: format.ts writes them, with 24 hours and the digits 0 to 9, as the logs beside them do.
import type { TimeZoneChoice } from './format.js';
import { levelsOf, type LevelCounts } from './level-counts.js';

/** The forms of a word with a number; `#` stands for the number. A form that a language has and that is not given is `other`. */
export type PluralForms = { readonly other: string } & { readonly [Form in Intl.LDMLPluralRule]?: string };

/** What a dictionary writes its words with. */
export interface LocaleFormat {
  /** `12,345` */
  readonly count: (count: number) => string;
  /** `1 entry`, `12 entries`: the form for a number, with the number in it. */
  readonly plural: (count: number, forms: PluralForms) => string;
  /** The same for a place in a row: `6th`, `21st`. */
  readonly ordinal: (count: number, forms: PluralForms) => string;
  /** `a`, `a and b`, `a, b and c` */
  readonly list: (items: readonly string[]) => string;
  /** `1,200 info` and `40 warn`: the levels with entries. */
  readonly levels: (counts: LevelCounts) => readonly string[];
  /** `Sat, 22 Nov 2025`; '' where the time (ms since 1970) is not valid. */
  readonly date: (time: number, zone: TimeZoneChoice) => string;
}

const made = new Map<string, LocaleFormat>();

/** @param locale a language tag that Intl takes; for one that is well formed and unknown, Intl takes the browser's own */
export function localeFormat(locale: string): LocaleFormat {
  let format = made.get(locale);
  if (format === undefined) made.set(locale, (format = make(locale)));
  return format;
}

function make(locale: string): LocaleFormat {
  // counts stand beside times, levels and logs, which are written with these digits
  const digits = { numberingSystem: 'latn' };
  const numbers = new Intl.NumberFormat(locale, digits), dates = new Map<TimeZoneChoice, Intl.DateTimeFormat>();
  let lists: Intl.ListFormat | undefined;
  const count = (value: number): string => numbers.format(value);
  const pluralOf = (type: Intl.PluralRuleType): LocaleFormat['plural'] => {
    let rules: Intl.PluralRules | undefined;
    return (value, forms) => (forms[(rules ??= new Intl.PluralRules(locale, { type })).select(value)] ?? forms.other).replace('#', () => count(value));
  };
  return {
    count,
    plural: pluralOf('cardinal'),
    ordinal: pluralOf('ordinal'),
    list: (items) => (lists ??= new Intl.ListFormat(locale)).format(items),
    levels: (counts) => levelsOf(counts, count),
    date(time, zone) {
      if (!(Math.abs(time) <= 8.64e15)) return '';
      let format = dates.get(zone);
      if (format === undefined) {
        const parts = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', calendar: 'gregory', ...digits } as const;
        dates.set(zone, (format = new Intl.DateTimeFormat(locale, zone === 'utc' ? { ...parts, timeZone: 'UTC' } : parts)));
      }
      return format.format(time);
    },
  };
}
