// What stands over the heads of the columns: how many entries are new, which covers no row, and what a key could not do.
import { expect } from '@open-wc/testing';
import { frames } from '../helpers/log-lines.js';
import { strings } from '../helpers/english.js';
import { listPage, settled, type ListPage } from '../helpers/list-page.js';
import { fold } from '../helpers/shadow.js';

const { list: words } = strings;

function receive({ store }: ListPage, from: number, count: number, level = 30): void {
  for (const frame of frames(from, count, level)) store.receive(frame);
}

const press = (page: ListPage, key: string): Promise<void> => {
  page.grid.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
  return settled(page.list);
};

const chip = ({ list }: ListPage): HTMLElement | null => list.renderRoot.querySelector<HTMLElement>('.chip');
const note = ({ list }: ListPage): string => fold(list.renderRoot.querySelector('[role=status]')?.textContent ?? '');
const active = ({ grid }: ListPage): string | null => grid.getAttribute('aria-activedescendant');

/** Entries 0 to 99, of which 20 and 60 are errors. */
async function withErrors(): Promise<ListPage> {
  const page = await listPage();
  for (let n = 0; n < 100; n++) receive(page, n, 1, n === 20 || n === 60 ? 50 : 30);
  await page.draw();
  page.grid.focus();
  return page;
}

describe('the count of new entries', () => {
  it('says how many of them had to make room, as soon as not all can be reached', async () => {
    const page = await listPage({ maxEntries: 300 });
    receive(page, 0, 300);
    await page.draw();
    await press(page, 'ArrowUp');
    receive(page, 300, 290);
    await page.draw();
    expect(fold(chip(page)?.textContent ?? '')).to.equal('290 new');
    expect(chip(page)?.title).to.equal(words.toLatest);
    receive(page, 590, 1522);
    await page.draw();
    expect(fold(chip(page)?.textContent ?? '')).to.equal('1,812 new');
    expect(chip(page)?.title).to.equal('Go to the latest entries. 1,512 of the new ones had to make room and are no longer in memory.');
  });

  for (const [width, height] of [[1000, 480], [1000, 80], [420, 480], [320, 100], [240, 60]] as const) {
    it(`covers no row in a list of ${width} × ${height} px, and is whole`, async () => {
      const page = await listPage({ width, height });
      receive(page, 0, 100);
      await page.draw();
      await press(page, 'Home');
      receive(page, 100, 2000);
      receive(page, 2100, 120, 50);
      await page.draw();
      const box = chip(page)?.getBoundingClientRect() ?? new DOMRect(), list = page.list.getBoundingClientRect(), rows = page.scroller.getBoundingClientRect();
      expect(box.width).to.be.above(0);
      expect(box.bottom, 'above the rows').to.be.at.most(rows.top + 0.5);
      expect(box.top).to.be.at.least(list.top - 0.5);
      expect(box.left).to.be.at.least(list.left);
      expect(box.right).to.be.at.most(list.right);
      expect(box.height, 'large enough to be hit').to.be.at.least(24);
      expect(chip(page)?.scrollWidth).to.be.at.most(chip(page)?.clientWidth ?? 0);
    });
  }

  it('says both counts, and what pressing it does', async () => {
    const page = await listPage();
    receive(page, 0, 100);
    await page.draw();
    await press(page, 'Home');
    receive(page, 100, 200);
    receive(page, 300, 3, 50);
    await page.draw();
    expect(fold(chip(page)?.innerText ?? '')).to.equal('203 new 3 errors');
    expect(chip(page)?.title).to.equal(words.toLatest);
  });
});

describe('what a key of a list could not do', () => {
  it('is said where there is no further error below, and it goes on from the oldest', async () => {
    const page = await withErrors();
    await press(page, 'Home');
    await press(page, 'e');
    await press(page, 'e');
    expect([active(page), note(page)]).to.deep.equal(['row-60', '']);
    await press(page, 'e');
    expect([active(page), note(page)]).to.deep.equal(['row-20', words.errorsFromOldest]);
    await press(page, 'ArrowDown');
    expect(note(page), 'the next key takes it away').to.equal('');
  });

  for (const later of [0, 200]) {
    it(`is nothing at the end of a list that follows, ${later} entries later: the newest error is meant, and from there it goes round`, async () => {
      const page = await withErrors();
      receive(page, 100, later);
      await page.draw();
      await press(page, 'e');
      expect([active(page), note(page), page.store.snapshot.following]).to.deep.equal(['row-60', '', false]);
      await press(page, 'e');
      expect([active(page), note(page)]).to.deep.equal(['row-20', words.errorsFromOldest]);
    });
  }

  for (const key of ['e', 'E']) {
    it(`is nothing where the last row of a list that follows is an error, and ${key} is pressed elsewhere in the viewer`, async () => {
      const page = await listPage();
      for (let n = 0; n < 100; n++) receive(page, n, 1, n === 60 || n === 99 ? 50 : 30);
      await page.draw();
      page.list.press(new KeyboardEvent('keydown', { key }));
      await settled(page.list);
      expect([active(page), note(page)]).to.deep.equal(['row-99', '']);
    });
  }

  it('is said where there is no further error above, and it goes on from the newest', async () => {
    const page = await withErrors();
    await press(page, 'E');
    await press(page, 'E');
    expect([active(page), note(page)]).to.deep.equal(['row-20', '']);
    await press(page, 'E');
    expect([active(page), note(page)]).to.deep.equal(['row-60', words.errorsFromNewest]);
  });

  it('is said where one error alone is shown, and where none is', async () => {
    const page = await withErrors();
    page.store.setFilter({ search: 'entry 60' });
    await settled(page.list);
    await press(page, 'E');
    expect([active(page), note(page)]).to.deep.equal(['row-60', '']);
    await press(page, 'e');
    expect([active(page), note(page)]).to.deep.equal(['row-60', words.onlyError]);
    page.store.setFilter({ search: '', hiddenLevels: ['error'] });
    await settled(page.list);
    for (const key of ['e', 'E']) {
      await press(page, key);
      expect(note(page), key).to.equal(words.noErrors);
    }
  });

  it('goes when the focus leaves the list, and when a row is pressed', async () => {
    const page = await withErrors();
    page.store.setFilter({ hiddenLevels: ['error'] });
    await settled(page.list);
    await press(page, 'e');
    page.grid.blur();
    await settled(page.list);
    expect(note(page)).to.equal('');
    await press(page, 'e');
    expect(note(page)).to.equal(words.noErrors);
    page.rows()[1]?.row.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await settled(page.list);
    expect(note(page)).to.equal('');
  });
});
