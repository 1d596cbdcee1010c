// A pause in which more comes than is kept: what the reader has on the screen stays there, and what the viewer says of the rest is one and the same everywhere.
import { expect, fixture, html } from '@open-wc/testing';
import type { LogList, SystemLogs } from '../../src/elements/index.js';
import '../../src/elements/index.js';
import '../../src/elements/languages/ar.js';
import '../../src/elements/languages/de.js';
import { line } from '../helpers/log-lines.js';
import { frame, until } from '../helpers/page.js';
import { useFakeSockets } from '../helpers/page-sockets.js';
import { fold } from '../helpers/shadow.js';

useFakeSockets();

async function viewer(language = 'en'): Promise<SystemLogs> {
  const element = await fixture<SystemLogs>(html`<system-logs lang=${language} max-entries="1000" style="height: 500px"></system-logs>`);
  await frame();
  return element;
}

async function push(element: SystemLogs, count: number, level = 30): Promise<void> {
  element.push(Array.from({ length: count }, (_, n) => line(n, level)), 'api-1');
  element.store.flush();
  await frame();
}

const part = (element: SystemLogs, tag: string): HTMLElement => element.renderRoot.querySelector(tag) as HTMLElement;
const wordsOf = (element: SystemLogs, tag: string, selector = '*'): string =>
  fold([...(part(element, tag).shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])].map(({ textContent }) => textContent).join(' '));
const barOf = (element: SystemLogs): string => wordsOf(element, 'log-state-bar', 'p');
const panelOf = (element: SystemLogs): string => wordsOf(element, 'log-state-panel', 'h3, p');

/** What a reader sees of the rows: nothing where something lies over them. */
function seenOf(element: SystemLogs): string[] {
  const rows = [...((part(element, 'log-list') as LogList).renderRoot.querySelectorAll<HTMLElement>('.scroll > [role=row]'))];
  const isOpen = getComputedStyle(element.renderRoot.querySelector('.panel') as Element).display === 'none';
  return isOpen ? rows.map(({ textContent }) => fold(textContent)) : [];
}

describe('a pause in which more comes than is kept', () => {
  it('leaves the rows that are read on the screen, although none of them is kept', async () => {
    const element = await viewer();
    await push(element, 5);
    element.pause();
    await push(element, 1120, 50);
    expect(element.store.snapshot.length, 'none of the rows is kept').to.equal(0);
    expect(seenOf(element).join()).to.contain('entry 0').and.contain('entry 4').and.contain('Older than the buffer: 125 entries removed since');
    expect(panelOf(element)).to.equal('');
  });

  it('counts since the clearing, and says that some had to make room', async () => {
    const element = await viewer();
    await push(element, 500);
    element.pause();
    await push(element, 3);
    element.clear();
    await until(() => seenOf(element).join().includes('Cleared; 503 entries removed here, none on the server'));
    await push(element, 1000);
    const button = (): string => wordsOf(element, 'log-state-bar', '[part=resume-latest]');
    await until(() => button() === 'Jump to latest (1,000)');
    expect(barOf(element)).to.match(/^Paused at [\d:]+\. Still receiving, since the list was cleared: 1,000 new entries\./);
    await push(element, 120, 50);
    await until(() => barOf(element).includes('1,120'));
    expect(barOf(element)).to.match(/since the list was cleared: 1,120 new entries, 120 errors\. 120 of the new ones had to make room and are no longer in memory\.$/);
    expect(button()).to.equal('Jump to latest (1,000)');
    expect(seenOf(element).join(), 'the row that says so is still seen').to.contain('Cleared; 503 entries removed here');
    expect(panelOf(element)).to.equal('');
  });

  it('before the first entry, the panel and the bar say the same', async () => {
    const element = await viewer();
    element.pause();
    await push(element, 1120);
    await until(() => barOf(element).includes('1,120'));
    expect(panelOf(element)).to.equal('Paused before the first entry '
      + '1,120 new entries. 120 of the new ones had to make room and are no longer in memory. 1,000 entries wait for you to go on.');
    expect(barOf(element)).to.match(/Still receiving: 1,120 new entries\. 120 of the new ones had to make room and are no longer in memory\.$/);
    expect(wordsOf(element, 'log-state-bar', '[part=resume-latest]')).to.equal('Jump to latest (1,000)');
  });

  it('does not claim that there was no entry, where those from before the pause are hidden or gone', async () => {
    const element = await viewer();
    await push(element, 5);
    element.pause();
    await push(element, 12, 50);
    element.store.setFilter({ hiddenLevels: ['info'] });
    await until(() => panelOf(element).includes('wait'));
    expect(panelOf(element)).to.equal('Nothing to show from before the pause 12 entries wait for you to go on.');
    element.store.setFilter({ hiddenLevels: [] });
    await until(() => seenOf(element).join().includes('entry 4'));
    await push(element, 1120);
    expect(seenOf(element).join()).to.contain('entry 4');
    element.store.setFilter({ search: 'entry' });
    await until(() => panelOf(element).includes('Nothing to show'));
    expect(panelOf(element)).to.contain('1,132 new entries, 12 errors. 132 of the new ones had to make room').and.contain('1,000 entries wait');
  });

  for (const [language, said] of Object.entries({
    de: /Der Empfang läuft weiter, seit dem Leeren der Liste: 1\.120 neue Einträge\. Nicht mehr im Speicher, weil neuere Platz brauchten: 120 davon\.$/,
    ar: /الاستلام مستمر، منذ إفراغ القائمة: .*لم يعد في الذاكرة منها، إذ أفسح المكان لما بعده: 120\.$/,
  })) {
    it(`says so in ${language}`, async () => {
      const element = await viewer(language);
      await push(element, 5);
      element.pause();
      element.clear();
      await push(element, 1120);
      await until(() => /1[.,]120/.test(barOf(element)));
      expect(barOf(element)).to.match(said);
    });
  }
});
