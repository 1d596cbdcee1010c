// Every word that the viewer says, in the language of a page: English, and over it what dictionaries of that language, of its region and of the
// page itself say. Made once a language; knows nothing of elements.
import { localeFormat } from '../core/locale-format.js';
import { english } from './languages/en.js';
import { canonical, registry, type Words } from './languages/registry.js';

export type Strings = ReturnType<typeof english>;

/** English as it is written where no region is named: `a, b and c`, `22 Nov 2025`. */
const ENGLISH = 'en-GB';

const made = new Map<string, Strings>();
registry.listeners.add(() => made.clear());

/** @param language of a page, as its `lang` attribute has it; anything that is no language, and one without a dictionary, gives English */
export function stringsIn(language: string): Strings {
  let strings = made.get(language);
  if (strings === undefined) made.set(language, (strings = make(language)));
  return strings;
}

/** Whether nobody has given words of a language, so that what is said in its pages is English; false where there is no telling which language it is. */
export function isForeign(language: string): boolean {
  const tag = canonical(language);
  return tag !== '' && !/^en\b/.test(tag) && !rangesOf(tag).some((range) => registry.dictionaries.has(range));
}

function make(language: string): Strings {
  const tag = canonical(language), isEnglish = /^en-/.test(tag);
  const strings = english(localeFormat(isEnglish ? tag : ENGLISH));
  for (const range of rangesOf(tag)) {
    for (const dictionary of registry.dictionaries.get(range) ?? []) {
      try {
        layOver(strings, typeof dictionary === 'function' ? dictionary(localeFormat(range === '' ? ENGLISH : tag)) : dictionary);
      } catch (error) {
        reportError(error); // of the page, and no reason to say nothing
      }
    }
  }
  return strings;
}

/** A word that is none of the viewer's, or a text where a function is called, would end a drawing. */
function layOver(strings: Record<string, Record<string, unknown>>, words: Words): void {
  for (const [section, entries] of Object.entries(words)) for (const [name, said] of Object.entries(entries)) {
    const english = strings[section];
    if (english !== undefined && typeof said === typeof english[name]) english[name] = said;
    else console.warn(`system-logs: ${section}.${name} of a dictionary is not a word of the viewer, or not of its kind. It is left out.`);
  }
}

/** From the widest to the narrowest, and what holds for all: `zh`, `zh-hant`, `zh-hant-tw`, ''. */
function rangesOf(tag: string): string[] {
  const parts = tag.toLowerCase().split('-');
  return [...parts.map((_, index) => parts.slice(0, index + 1).join('-')), ''];
}
