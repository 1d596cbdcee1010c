// The languages that pages have given to the viewer. A page has one registry, under a name that every copy of this package knows: a language may
// be loaded before the elements or after them, and serves them all. It keeps what it is given and puts nothing together.
import type { LocaleFormat } from '../../core/locale-format.js';
import type { Strings } from '../strings.js';

/** Words of the viewer, section by section. What is left out is said in English. */
export type Words = { readonly [Section in keyof Strings]?: Partial<Strings[Section]> };

/** Words, or a function that makes them with the numbers, plurals, lists and dates of the language. */
export type Dictionary = Words | ((format: LocaleFormat) => Words);

interface Registry {
  /** By language tag in small letters, in the order they came; under '' what is said in every language. */
  readonly dictionaries: Map<string, Dictionary[]>;
  /** Called after each change. */
  readonly listeners: Set<() => void>;
}

const KEY = Symbol.for('system-logs/languages');
const page = globalThis as { [KEY]?: Registry };

export const registry: Registry = (page[KEY] ??= { dictionaries: new Map(), listeners: new Set() });

/**
 * Gives the viewer a language, or more words of one; viewers that speak it are drawn anew. Of two dictionaries of a language the later wins, word by word.
 * @param language a language tag as in the `lang` attribute: `fr` serves `fr-CA` too, as far as there is no `fr-CA`
 * @throws {RangeError} for what is no language tag
 * @throws {TypeError} for what is neither words nor a function. What a function gives, and each word, is looked at when it is needed; what is wrong then is reported
 */
export function registerLanguage(language: string, dictionary: Dictionary): void {
  const tag = canonical(language);
  if (tag === '') throw new RangeError(`“${String(language).slice(0, 40)}” is not a language tag, such as fr or pt-BR.`);
  add(tag.toLowerCase(), dictionary);
}

/** Replaces words of the viewer, whatever its language. */
export function replaceStrings(words: Words): void {
  add('', words);
}

/** `de_at` as `de-AT`; '' for what is no language tag. */
export function canonical(language: string): string {
  try {
    return Intl.getCanonicalLocales(language.trim().replaceAll('_', '-'))[0] ?? '';
  } catch {
    return '';
  }
}

function add(tag: string, dictionary: Dictionary): void {
  if (dictionary === null || (typeof dictionary !== 'object' && typeof dictionary !== 'function')) throw new TypeError('A dictionary is an object of words, or a function that gives one.');
  const { dictionaries, listeners } = registry;
  dictionaries.set(tag, [...(dictionaries.get(tag) ?? []), dictionary]);
  for (const listener of [...listeners]) listener();
}
