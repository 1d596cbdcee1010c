// Which language the viewer speaks, in every part of it, and what changes it while it is on the screen.
import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import type { LitElement } from 'lit';
import { registerLanguage, replaceStrings, type LogErrorEvent, type SystemLogs, type Words } from '../../src/elements/index.js';
import type { LogKeyboardHelp } from '../../src/elements/keyboard-help.js';
import { registry } from '../../src/elements/languages/registry.js';
import '../../src/elements/languages/ar.js';
import '../../src/elements/languages/de.js';
import { stringsIn } from '../../src/elements/strings.js';
import { elementsIn } from '../helpers/focusables.js';
import { line } from '../helpers/log-lines.js';
import { eventsOf, fold } from '../helpers/shadow.js';

const PARTS = ['log-toolbar', 'log-filters', 'log-list', 'log-state-panel', 'log-state-bar', 'log-split-pane', 'log-detail', 'log-status-line', 'log-keyboard-help'];

/** Every text and label of an element and what is in it, through shadow roots. */
function wordsOf(root: Node): string {
  const words: string[] = [];
  const visit = (node: Node): void => {
    if (node instanceof Text) words.push(node.data);
    if (node instanceof HTMLStyleElement) return;
    if (node instanceof Element) {
      for (const name of ['aria-label', 'title', 'placeholder']) words.push(node.getAttribute(name) ?? '');
      if (node.shadowRoot !== null) visit(node.shadowRoot);
    }
    node.childNodes.forEach(visit);
  };
  visit(root);
  return fold(words.join(' ')).replace(/\d\d:\d\d:\d\d(?:\.\d{3})?/g, 'clock');
}

async function drawn(viewer: SystemLogs): Promise<void> {
  viewer.store.flush();
  for (let frame = 0; frame < 3; frame++) await nextFrame();
  await Promise.all([viewer, ...viewer.renderRoot.querySelectorAll<LitElement>(PARTS.join())].map((part) => part.updateComplete));
}

const part = (viewer: SystemLogs, tag: string): LitElement => viewer.renderRoot.querySelector(tag) as LitElement;
const heads = (viewer: SystemLogs): string => fold(part(viewer, 'log-list').renderRoot.querySelector('.heads')?.textContent ?? '');
/** What the heads of the list's columns are called in a language. */
const headsIn = (language: string): string => {
  const { list } = stringsIn(language);
  return [list.time, list.instance, list.level, list.message, list.status, list.duration].join('').replaceAll(' ', '');
};
const speaks = (viewer: SystemLogs): string => ['en', 'de', 'ar', 'tlh', 'fr'].find((language) => headsIn(language) === heads(viewer).replaceAll(' ', '')) ?? heads(viewer);

async function viewerIn(template = html`<system-logs></system-logs>`): Promise<SystemLogs> {
  const box = await fixture<HTMLElement>(html`<div style="width: 1200px; height: 600px">${template}</div>`);
  const viewer = box.querySelector('system-logs') as SystemLogs;
  await drawn(viewer);
  return viewer;
}

describe('localizer', () => {
  afterEach(() => {
    document.documentElement.removeAttribute('lang');
  });

  it('takes the nearest language from the element outwards, then that of the document, then English', async () => {
    const viewer = await viewerIn(html`<section><p><system-logs></system-logs></p></section>`), section = viewer.closest('section') as HTMLElement;
    expect(speaks(viewer)).to.equal('en');
    document.documentElement.lang = 'de';
    await drawn(viewer);
    expect(speaks(viewer)).to.equal('de');
    section.lang = 'ar';
    await drawn(viewer);
    expect(speaks(viewer)).to.equal('ar');
    viewer.lang = 'de';
    await drawn(viewer);
    expect(speaks(viewer)).to.equal('de');
    viewer.removeAttribute('lang');
    section.removeAttribute('lang');
    await drawn(viewer);
    expect(speaks(viewer)).to.equal('de');
  });

  it('finds it through shadow roots, and hears of changes there', async () => {
    const host = await fixture<HTMLElement>(html`<div lang="de"></div>`), inner = document.createElement('div');
    host.attachShadow({ mode: 'closed' }).append(inner);
    inner.attachShadow({ mode: 'open' }).innerHTML = '<article><system-logs></system-logs></article>';
    const viewer = (inner.shadowRoot as ShadowRoot).querySelector('system-logs') as SystemLogs;
    await drawn(viewer);
    expect(speaks(viewer)).to.equal('de');
    inner.lang = 'ar';
    await drawn(viewer);
    expect(speaks(viewer)).to.equal('ar');
    (viewer.parentElement as HTMLElement).lang = 'en';
    await drawn(viewer);
    expect(speaks(viewer)).to.equal('en');
  });

  it('a slotted part speaks the language of where it stands in the page, not that of the slot', async () => {
    const viewer = await viewerIn(html`<system-logs lang="de"><log-filters slot="filters" lang="ar"></log-filters></system-logs>`);
    const own = viewer.querySelector('log-filters') as LitElement;
    await own.updateComplete;
    expect(wordsOf(own)).to.include(stringsIn('ar').filters.search);
    expect(speaks(viewer)).to.equal('de');
  });

  it('draws every part anew: of two viewers that changed places in language, each reads as the other did', async () => {
    const pair = await fixture<HTMLElement>(html`<div style="width: 1200px"><system-logs lang="de" style="height: 600px"></system-logs><system-logs lang="ar" style="height: 600px"></system-logs></div>`);
    const [first, second] = [...pair.querySelectorAll('system-logs')] as [SystemLogs, SystemLogs];
    for (const viewer of [first, second]) {
      viewer.push([line(1, 50), { ...line(2), time: 'never', err: { message: 'no' }, req: { method: 'GET', url: '/x' }, res: {} }], 'api-1');
      viewer.store.flush();
      viewer.clear();
      viewer.push([line(3, 50), { ...line(4), time: 'never', err: { message: 'no', stack: 'Error: no' }, req: { method: 'GET', url: '/x' }, res: {} }], 'api-1');
      viewer.store.flush();
      viewer.select(viewer.store.idAt(viewer.store.snapshot.length - 1));
      viewer.pause();
      (part(viewer, 'log-keyboard-help') as LogKeyboardHelp).open();
      await drawn(viewer);
      (part(viewer, 'log-keyboard-help') as LogKeyboardHelp).renderRoot.querySelector('dialog')?.close();
    }
    const before = [first, second].map(wordsOf);
    expect(before[0]).to.include('Geleert; 2 Einträge hier entfernt').and.include('keine gültige Zeit').and.include('Angehalten um');
    expect(before[1]).not.to.match(/Select|Clear|Search|Instance|entries/);
    first.lang = 'ar';
    second.lang = 'de';
    await drawn(first);
    await drawn(second);
    expect([first, second].map(wordsOf)).to.deep.equal(before.reverse());
  });

  it('serves regions by their language, writes numbers as the region does, and takes what is no language for English', async () => {
    const viewer = await viewerIn();
    registerLanguage('de-AT', { toolbar: { pause: 'Stehenbleiben' } });
    for (const [lang, spoken, pause, number] of [
      ['de-AT', 'de', 'Stehenbleiben', /^1\s234\s567$/], ['DE_at', 'de', 'Stehenbleiben', /^1\s234\s567$/], ['de-CH', 'de', 'Anhalten', /^1[’']234[’']567$/], ['ar-u-nu-arab', 'ar', 'إيقاف مؤقت', /^1,234,567$/],
      ['ja', 'en', 'Pause', /^1,234,567$/], ['x y!', 'en', 'Pause', /^1,234,567$/], ['', 'en', 'Pause', /^1,234,567$/], ['en-US', 'en', 'Pause', /^1,234,567$/],
    ] as const) {
      viewer.lang = lang;
      await drawn(viewer);
      expect([speaks(viewer), fold(part(viewer, 'log-toolbar').renderRoot.querySelector('[part=pause]')?.textContent ?? '')], lang).to.deep.equal([spoken, pause]);
      expect(stringsIn(lang).numbers.count(1234567), lang).to.match(number);
    }
  });

  it('refuses words of what is no language, and what are no words', () => {
    for (const tag of ['', ' ', 'not a tag!', null]) {
      expect(() => registerLanguage(tag as string, { list: { message: 'x' } }), String(tag)).to.throw(RangeError, 'is not a language tag, such as fr or pt-BR.');
    }
    for (const words of [null, undefined, 'words']) expect(() => registerLanguage('sv', words as unknown as Words), String(words)).to.throw(TypeError, 'A dictionary is an object of words');
    expect(() => replaceStrings(null as unknown as Words)).to.throw(TypeError);
    expect(registry.dictionaries.has('sv')).to.equal(false);
  });

  it('an empty lang says that the language is not known, also within another one', async () => {
    const viewer = await viewerIn(html`<div lang="de"><system-logs lang=""></system-logs></div>`);
    expect(speaks(viewer)).to.equal('en');
  });

  it('a language that comes later is spoken at once, word by word over English', async () => {
    const viewer = await viewerIn(html`<system-logs lang="tlh"></system-logs>`), other = await viewerIn(html`<system-logs lang="de"></system-logs>`);
    expect(speaks(viewer)).to.equal('en');
    registerLanguage('tlh', ({ plural }) => ({ list: { message: 'QIn' }, toolbar: { instances: (count) => plural(count, { other: '# mIw' }), clear: 'Say' } }));
    await drawn(viewer);
    await drawn(other);
    expect(heads(viewer)).to.include('QIn').and.include('Instance');
    expect([speaks(viewer), speaks(other)]).to.deep.equal(['tlh', 'de']);
    registerLanguage('TLH', { toolbar: { clear: 'Qaw' } });
    await drawn(viewer);
    expect(wordsOf(part(viewer, 'log-toolbar'))).to.include('Qaw').and.not.include('Say');
    viewer.push([line(1)], 'api-1');
    await drawn(viewer);
    expect(wordsOf(part(viewer, 'log-toolbar'))).to.include('1 mIw');
  });

  it('a dictionary that fails, or has what is no word of the viewer, takes nothing from the viewer', async () => {
    const warned: string[] = [], reported: string[] = [], { warn } = console;
    const note = (event: ErrorEvent): void => {
      event.preventDefault();
      reported.push(event.message);
    };
    console.warn = (text: string) => warned.push(text);
    // the test runner's own listener would take it for an error of the test
    const { onerror } = window;
    window.onerror = null;
    addEventListener('error', note);
    try {
      registerLanguage('eo', () => {
        throw new Error('no dictionary today');
      });
      registerLanguage('eo', { toolbar: { pause: 'Paŭzi', instances: '3', wrong: 'x' }, other: { x: 'y' } } as unknown as Words);
      const viewer = await viewerIn(html`<system-logs lang="eo"></system-logs>`);
      viewer.push([line(1)], 'api-1');
      await drawn(viewer);
      expect(wordsOf(part(viewer, 'log-toolbar'))).to.include('1 instance').and.include('Paŭzi');
      expect(warned.map((text) => text.split(' ')[1])).to.deep.equal(['toolbar.instances', 'toolbar.wrong', 'other.x']);
      expect(reported.join()).to.include('no dictionary today');
    } finally {
      console.warn = warn;
      window.onerror = onerror;
      removeEventListener('error', note);
    }
  });

  it('an element that moves speaks the language of its new place; one that is gone hears nothing any more', async () => {
    const listening = registry.listeners.size;
    const places = await fixture<HTMLElement>(html`<div><p lang="de"><system-logs></system-logs></p><p lang="ar"></p></div>`), [, there] = [...places.querySelectorAll('p')];
    const viewer = places.querySelector('system-logs') as SystemLogs;
    await drawn(viewer);
    expect(speaks(viewer)).to.equal('de');
    there?.append(viewer);
    await drawn(viewer);
    expect(speaks(viewer)).to.equal('ar');
    (viewer.parentElement as HTMLElement).lang = 'de';
    await drawn(viewer);
    expect(speaks(viewer)).to.equal('de');
    viewer.remove();
    expect(registry.listeners.size).to.equal(listening);
  });

  it('what is wrong is said in the language, in the viewer and to the page; its code, name and facts are the same in all', async () => {
    const viewer = await viewerIn(html`<system-logs lang="de"></system-logs>`), told = eventsOf<LogErrorEvent>(viewer, 'log-error');
    viewer.maxEntries = 'many';
    viewer.endpoint = 'ftp://logs.example.com/x';
    await waitUntil(() => told.length === 2);
    await drawn(viewer);
    expect(told.map(({ cause }) => [cause.code, cause.name, cause.facts.words, cause.sentence])).to.deep.equal([
      ['wrong-attribute', 'wrongNumber', 'many', '„many“ ist keine Zahl, die max-entries haben kann. Möglich ist eine ganze Zahl ab 1; verwendet wird 50.000.'],
      ['invalid-endpoint', 'endpointMalformed', 'ftp://logs.example.com/x', '„ftp://logs.example.com/x“ ist keine Adresse für einen WebSocket. Sie beginnt mit ws:, wss:, http: oder https: oder ist relativ zu dieser Seite.'],
    ]);
    for (const said of [told[0]?.cause.sentence, told[1]?.cause.title]) expect(wordsOf(viewer)).to.include(said);
    viewer.lang = 'ar';
    await drawn(viewer);
    expect(wordsOf(viewer)).to.include('نقطة النهاية ليست عنوانًا');
    expect(told.length, 'another language is no news').to.equal(2);
  });

  it('where the page runs from right to left the chrome does, fields too, and what was logged does not', async () => {
    const viewer = await viewerIn(html`<div lang="ar" dir="rtl" style="height: 600px"><system-logs time-zone="utc"></system-logs></div>`);
    viewer.push([line(1)], 'api-1');
    viewer.store.flush();
    viewer.select(viewer.store.idAt(0));
    await drawn(viewer);
    const way = (tag: string, selector: string): string => getComputedStyle(part(viewer, tag).renderRoot.querySelector(selector) as Element).direction;
    expect([way('log-toolbar', '.toolbar'), way('log-filters', 'input'), way('log-detail', 'input'), way('log-detail', '.tabs')]).to.deep.equal(['rtl', 'rtl', 'rtl', 'rtl']);
    expect([way('log-list', '[role=row].entry'), way('log-detail', 'h2')]).to.deep.equal(['ltr', 'ltr']);
    const time = part(viewer, 'log-detail').renderRoot.querySelector('time bdi bdi') as HTMLElement;
    expect([getComputedStyle(time).direction, fold(time.textContent)]).to.deep.equal(['ltr', '03:04:05.040 +00:00']);
  });

  for (const lang of ['en', 'de', 'ar']) for (const width of [1400, 420, 320]) {
    it(`no word of a control is cut off: ${lang}, ${width} px`, async () => {
      const viewer = await viewerIn(html`<div lang=${lang} dir=${lang === 'ar' ? 'rtl' : 'ltr'} style="width: ${width}px; height: 800px"><system-logs style="height: 100%"></system-logs></div>`);
      viewer.push(Array.from({ length: 1200 }, (_, n) => line(n, n % 50 === 0 ? 50 : 30, { req: { method: 'GET', url: '/x' }, err: { message: 'no', stack: 'Error: no' } })), 'api-1');
      viewer.store.flush();
      viewer.select(viewer.store.idAt(0));
      viewer.pause();
      viewer.push(Array.from({ length: 1200 }, (_, n) => line(n)), 'api-1');
      await drawn(viewer);
      const cut: string[] = [];
      for (const tag of PARTS) for (const control of part(viewer, tag).renderRoot.querySelectorAll<HTMLElement>('button, .heads span, .truth bdi, .line > *, .bar p, [role=tab]')) {
        const { width: shown } = control.getBoundingClientRect();
        if (shown > 0 && control.scrollWidth > Math.ceil(shown) + 1) cut.push(`${tag}: ${fold(control.textContent)} (${control.scrollWidth} > ${shown})`);
      }
      expect(cut).to.deep.equal([]);
    });
  }

  it('English words in the page of another language are marked as English, where no dictionary gives that language a word', async () => {
    const viewer = await viewerIn(html`<system-logs></system-logs>`);
    viewer.push([line(1)], 'api-1');
    viewer.store.flush();
    viewer.select(viewer.store.idAt(0));
    /** The languages in which the words of the parts are marked. */
    const marked = (): string => {
      const languages = new Set<string>();
      for (const element of elementsIn(viewer)) {
        if (element instanceof HTMLStyleElement || element.localName.startsWith('log-') || element instanceof HTMLSlotElement) continue;
        let at: Element | null = element;
        while (at !== null && at !== viewer && !at.hasAttribute('lang')) at = at.parentElement ?? ((at.getRootNode() as ShadowRoot).host as Element | undefined) ?? null;
        languages.add(at === viewer || at === null ? 'that of the page' : (at.getAttribute('lang') ?? ''));
      }
      return [...languages].join();
    };
    for (const [lang, expected] of [['fy', 'en'], ['de', 'that of the page'], ['en-US', 'that of the page'], ['fy-NL', 'en'], ['x y!', 'that of the page'], ['', 'that of the page'], ['fy', 'en']] as const) {
      viewer.lang = lang;
      await drawn(viewer);
      expect(marked(), lang).to.equal(expected);
    }
    registerLanguage('fy', { list: { message: 'Berjocht' } });
    await drawn(viewer);
    await drawn(viewer);
    expect(marked(), 'now it has a word').to.equal('that of the page');
    expect(heads(viewer)).to.include('Berjocht');
  });

  it('words that a page replaces are said in every language', async () => {
    const viewer = await viewerIn(html`<system-logs lang="ar"></system-logs>`);
    replaceStrings({ viewer: { label: 'Shop 7' } });
    for (const lang of ['ar', 'de', 'en', 'ja']) {
      viewer.lang = lang;
      await drawn(viewer);
      expect(viewer.renderRoot.querySelector('[part=frame]')?.getAttribute('aria-label'), lang).to.equal('Shop 7');
    }
  });
});
