// Every word of every language, with every kind of number: complete, in its own language, with what others wrote set apart where the writing goes the
// other way, and with all the facts that English has. In a browser, because its own Intl chooses the plurals.
import { expect } from '@open-wc/testing';
import { localeFormat } from '../../src/core/locale-format.js';
import { LOSS_CAUSES } from '../../src/core/gap.js';
import type { CauseFacts } from '../../src/core/cause-words.js';
import { arabic } from '../../src/elements/languages/ar.js';
import { german } from '../../src/elements/languages/de.js';
import { english } from '../../src/elements/languages/en.js';
import type { SaidGap, SaidInstances } from '../../src/elements/languages/said.js';
import type { Strings } from '../../src/elements/strings.js';

const COUNTS = [0, 1, 2, 3, 11, 100, 1000];
const counts = COUNTS.map((count): [number] => [count]);
const words: [string][] = [['info']];
const clock: [string][] = [['12:04:08']];
const NAME = '\u2068api-1\u2069', HOST = 'logs.example.com:8055';
const gaps = LOSS_CAUSES.flatMap((cause) => COUNTS.flatMap((count) => [['', '12:00:01'], [NAME, '12:00:09']].map(([instance = '', to = '']): [SaidGap] =>
  [{ cause, count, instance, from: '12:00:01', to, levels: '' }])));
const instances = COUNTS.filter((count) => count > 0).map((count): [SaidInstances] => [{ count, names: NAME, at: '12:04:08' }]);
const facts = [404, 502].flatMap((status) => [null, 1000].flatMap((closeCode) => ['', 'maintenance'].flatMap((said) => [true, false].map((hasToken): [CauseFacts] =>
  [{ host: HOST, status, closeCode, words: said, hasToken, attribute: 'timestamps', choices: ['time', 'iso'], usual: 50000 }]))));

type Functions<T> = { [K in keyof T as T[K] extends (...given: never[]) => unknown ? K : never]: T[K] extends (...given: infer Given) => unknown ? readonly Given[] : never };
type Samples = { readonly [Section in keyof Strings]: Functions<Strings[Section]> };

/** What each word that takes something is given; one that is missing here does not compile. */
const SAMPLES: Samples = {
  numbers: { count: counts, byLevel: [[[0, 0, 1200, 40, 0, 0]]] },
  levels: { custom: counts },
  viewer: {},
  causes: Object.fromEntries(Object.keys(english(localeFormat('en')).causes).map((name) => [name, facts])) as unknown as Samples['causes'],
  checks: {},
  list: {
    chip: counts, chipErrors: counts, chipGone: counts, older: counts, summary: COUNTS.flatMap((count): [number, number][] => COUNTS.map((errors) => [count, errors])), cleared: counts,
    levelFromHere: words, disconnected: [['12:04:08', '12:04:09']], gap: gaps,
  },
  instances: {
    others: counts, listed: [[[NAME]], [[NAME, NAME, NAME]]], started: [...instances, ...instances.map(([said]): [SaidInstances] => [{ ...said, at: '' }])], stopped: instances, silent: instances, again: instances, twin: instances,
    othersAway: clock, othersBack: clock, stoppedAt: clock, notHeardSince: clock, ended: counts,
  },
  detail: {
    date: [[Date.UTC(2025, 10, 22), 'utc']], removed: clock, notHere: [['req.url, a.b']], copiedSay: counts, more: [[100, 1000], [100, 100]], keysMore: counts, items: counts,
    allCharacters: counts, allLines: counts, duration: counts, requestHeaders: counts, responseHeaders: counts, moreInTree: counts,
    frames: COUNTS.filter((count) => count > 2).map((count): [number, string] => [count, 'lit, ws, …']),
  },
  filters: { requestHint: [['Info']], notSentReason: [['Debug', 'Info']], someInstances: [[1, 3]], hidden: counts, untested: counts },
  toolbar: { lastEntry: counts, instances: counts, rate: counts, attempt: counts, nextTry: counts },
  panel: {
    connectedAt: words, floor: words, waitingChecks: words, connectingTo: [[HOST]], nextTry: COUNTS.map((seconds): [number, number] => [seconds, 6]), allHidden: COUNTS.map((count): [number, string] => [count, '…']),
    byLevels: [[['Info']], [['Debug', 'Info']]], byInstances: counts, bySearch: [['time out']], allOf: [[['…']]], pausedWaiting: counts, pausedAt: clock,
    arrived: COUNTS.flatMap((count): [number, number][] => [[count, 0], [count, 1]]), stillReceiving: [['…', false], ['…', true]], sincePause: [['…', false], ['…', true]], jumpToLatest: counts,
  },
  status: { received: counts, notDelivered: counts, removed: counts, cleared: counts, unreadable: counts, unknowable: counts, shown: [[1, 1000]] },
  split: {},
  help: {},
};

interface Said {
  /** `list.older(3)` */
  readonly entry: string;
  readonly text: string;
}

/** All that a language says, once for each sample. */
function sayAll(strings: Strings): Said[] {
  return Object.entries(strings).flatMap(([section, entries]) => Object.entries(entries as Record<string, unknown>).flatMap(([name, value]): Said[] => {
    if (typeof value !== 'function') return textsOf(value).map((text) => ({ entry: `${section}.${name}`, text }));
    const samples = (SAMPLES[section as keyof Samples] as Record<string, readonly unknown[][]>)[name] as readonly unknown[][];
    return samples.flatMap((given) => textsOf((value as (...all: unknown[]) => unknown)(...given)).map((text) => ({ entry: `${section}.${name}(${JSON.stringify(given)})`, text })));
  }));
}

/** The sentences of an entry; a gap's two halves are one. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [String(value)];
  if ('strong' in value && 'rest' in value) return [`${String(value.strong)}${String(value.rest)}`];
  return Object.entries(value).flatMap(([name, part]) => (name === 'keys' && typeof (part as unknown[])[0] === 'string' ? [] : textsOf(part)));
}

const withoutIsolated = (text: string): string => text.replace(/\u2068[^\u2068\u2069]*\u2069/g, '');

/** How often what it holds goes in and out again; NaN where it is not in order. */
function isolatesOf(text: string): number {
  let depth = 0, all = 0;
  for (const character of text) {
    if (character === '\u2068') all++, depth++;
    else if (character === '\u2069') depth--;
    if (depth < 0 || depth > 1) return NaN;
  }
  return depth === 0 ? all : NaN;
}

const LANGUAGES = { en: english(localeFormat('en-GB')), de: german(localeFormat('de')), ar: arabic(localeFormat('ar')) };
const SAID = { en: sayAll(LANGUAGES.en), de: sayAll(LANGUAGES.de), ar: sayAll(LANGUAGES.ar) };

/** Entries that are the same in German, because they are names, or German took the word. */
const SAME_IN_GERMAN = /^(?:levels\.|numbers\.|list\.(?:level|status)$|detail\.(?:bareSetting|query|duration|tree)|toolbar\.(?:live|rate)|status\.live|filters\.levels$|instances\.listed|panel\.allOf|causes\.wrong(?:Number|Choice))/;

describe('languages', () => {
  for (const [language, said] of Object.entries(SAID)) {
    it(`${language}: whatever the number, it is a sentence`, () => {
      expect(said.length).to.be.greaterThan(600);
      for (const { entry, text } of said) {
        expect(text, entry).not.to.match(/undefined|null|NaN|\[object|=>|#|!| {2}|^ | [.,:;،؛؟](?!\w)/);
        expect(isolatesOf(text), `${entry}: ${text}`).to.be.greaterThan(-1);
      }
    });
  }

  for (const language of ['de', 'ar'] as const) {
    it(`${language}: has the facts that English has`, () => {
      const factsOf = (text: string): string[] => [...new Set(text.match(/[A-Z]+_[A-Z_]+(?:=\w+)?|\/?websocket\/logs|allowedOrigins|connect-src|accessToken|Directus\b|logs\.example\.com:8055|maintenance|timestamps|\b(?:404|502|503|429|403|1000)\b|12:0\d:\d\d|\b(?:ws|http)s?:/g) ?? [])].sort();
      expect(SAID[language].map(({ entry }) => entry)).to.deep.equal(SAID.en.map(({ entry }) => entry));
      for (const [index, { entry, text }] of SAID[language].entries()) {
        if (entry.startsWith('causes.')) expect(factsOf(text), `${entry}: ${text}`).to.deep.equal(factsOf((SAID.en[index] as Said).text));
        else expect(text, entry).to.satisfy((other: string) => factsOf((SAID.en[index] as Said).text).every((fact) => other.includes(fact)));
      }
    });

    it(`${language}: says what can be known no more surely than English does`, () => {
      const again = { de: /von selbst/, ar: /من تلقاء نفسها/ }[language];
      for (const [index, { entry, text }] of SAID[language].entries()) {
        if (entry.startsWith('causes.')) expect(again.test(text), entry).to.equal(/by itself/.test((SAID.en[index] as Said).text));
      }
    });
  }

  it('de: no English is left, and quotation marks are German', () => {
    for (const [index, { entry, text }] of SAID.de.entries()) {
      expect(text, entry).not.to.match(/\b(?:the|of|and|to|is|are|not|this|that|with|from|by|entry|entries|server's|page|viewer|shown|received)\b/i);
      expect(text.replace('endpoint="/websocket/logs"', ''), entry).not.to.match(/["“](?=\w)|”|'/);
      if (!SAME_IN_GERMAN.test(entry) && text !== '' && /\p{L}/u.test(text)) expect(text, entry).not.to.equal((SAID.en[index] as Said).text);
    }
  });

  it('ar: every word in other letters is set apart, sentences begin with an Arabic one, and commas are Arabic', () => {
    for (const { entry, text } of SAID.ar) {
      if (/^levels\.(?!custom|none)|bareSetting|^causes\.wrong(?:Number|Choice)/.test(entry) && !/\p{sc=Arab}/u.test(text)) continue;
      const own = withoutIsolated(text);
      expect(own, `${entry}: ${text}`).not.to.match(/[a-z]/i);
      expect(own.replace(/\d,\d/g, ''), `${entry}: ${text}`).not.to.match(/[,;?"]/);
      if (/\p{sc=Arab}/u.test(text) && !entry.startsWith('instances.listed')) expect(text, `${entry}: ${text}`).to.match(/^[^\p{L}\u2068]*\p{sc=Arab}/u);
    }
  });

  it('ar: a noun has six forms', () => {
    const sixes = [0, 1, 2, 3, 11, 100].map((count) => LANGUAGES.ar.toolbar.instances(count));
    expect(sixes).to.deep.equal(['لا مثيلات', 'مثيل واحد', 'مثيلان', '3 مثيلات', '11 مثيلًا', '100 مثيل']);
    for (const name of ['items', 'requestHeaders', 'responseHeaders'] as const) {
      expect(new Set([0, 1, 2, 3, 11, 100].map((count) => LANGUAGES.ar.detail[name](count).replace(/\d+/, '#'))).size, name).to.be.greaterThan(4);
    }
  });

  it('a key has one name in the help and beside a button', () => {
    for (const [language, { help, panel }] of Object.entries(LANGUAGES)) {
      expect(help.groups.flatMap(({ keys }) => keys.flatMap(({ keys: names }) => names)), language).to.include(panel.space);
    }
  });

  it('numbers, lists and dates are those of the language and of its region, in the digits of the logs', () => {
    expect(LANGUAGES.de.numbers.count(1234567)).to.equal('1.234.567');
    expect(german(localeFormat('de-CH')).numbers.count(1234567)).to.match(/^1[’']234[’']567$/);
    expect(arabic(localeFormat('ar-EG')).numbers.count(1234567)).to.equal('1,234,567');
    expect(LANGUAGES.de.panel.byLevels(['Debug', 'Info', 'Warn'])).to.equal('Debug, Info und Warn sind verborgen');
    expect(LANGUAGES.en.panel.byLevels(['Debug', 'Info', 'Warn'])).to.equal('Debug, Info and Warn are hidden');
    const time = Date.UTC(2025, 10, 22, 11, 4, 8);
    expect(LANGUAGES.en.detail.date(time, 'utc')).to.equal('Sat 22 Nov 2025,');
    expect(LANGUAGES.de.detail.date(time, 'utc')).to.equal('Sa., 22. Nov. 2025,');
    expect(arabic(localeFormat('ar-SA')).detail.date(time, 'utc')).to.match(/22 .*2025.*،$/);
    expect(localeFormat('de').date(NaN, 'local')).to.equal('');
  });
});
