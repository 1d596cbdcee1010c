import { expect, waitUntil } from '@open-wc/testing';
import { encodePacked, type StampedEntry } from '../../src/core/protocol.js';
import { entryFrame, frames, line } from '../helpers/log-lines.js';
import { listPage, settled, type ListPage } from '../helpers/list-page.js';

function receive({ store }: ListPage, from: number, count: number, level = 30): void {
  for (const frame of frames(from, count, level)) store.receive(frame);
}

const press = (page: ListPage, key: string): Promise<void> => {
  page.grid.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
  return settled(page.list);
};

describe('log-list', () => {
  for (const scheme of ['light', 'dark']) {
    it(`passes the accessibility audit in ${scheme}`, async () => {
      document.documentElement.style.colorScheme = scheme;
      const page = await listPage();
      receive(page, 0, 50);
      page.store.receive(entryFrame(line(50, 50, { err: { type: 'TypeError', message: 'x' }, msg: 'failed' })));
      page.store.receive(entryFrame(line(51, 60)));
      page.store.receive(entryFrame(line(52, 30, { req: { method: 'GET', url: '/items?limit=5' }, res: { statusCode: 404 }, responseTime: 12 })));
      page.store.notify({ name: 'disconnected', from: 0, to: 1 });
      await page.draw();
      await expect(page.list).to.be.accessible();
      document.documentElement.style.colorScheme = '';
    });
  }

  it('shows the last rows at the very end while it follows', async () => {
    const page = await listPage();
    for (let batch = 0; batch < 30; batch++) {
      receive(page, batch * 20, 20);
      await page.draw();
      const last = page.rows().at(-1);
      expect(last?.text).to.contain(`entry ${batch * 20 + 19}`);
      if (batch > 1) expect(last?.top).to.equal(page.scroller.clientHeight - 24);
    }
  });

  it('follows a full buffer, whose length does not change any more', async () => {
    const page = await listPage({ maxEntries: 100 });
    for (let batch = 0; batch < 20; batch++) {
      receive(page, batch * 30, 30);
      await page.draw();
      expect(page.rows().at(-1)?.text).to.contain(`entry ${batch * 30 + 29}`);
    }
  });

  it('stands still once the reader has scrolled up, whatever arrives', async () => {
    const page = await listPage();
    receive(page, 0, 500);
    await page.draw();
    await page.scrollTo(4000);
    const before = page.rows().map(({ id, top }) => ({ id, top }));
    expect(page.store.snapshot.following).to.equal(false);
    for (let batch = 0; batch < 10; batch++) {
      receive(page, 500 + batch * 40, 40);
      await page.draw();
      expect(page.rows().map(({ id, top }) => ({ id, top }))).to.deep.equal(before);
    }
    expect(page.list.renderRoot.querySelector('.chip')?.textContent).to.contain('400 new');
  });

  it('has stripes that stay with their rows, and none under a filter, where they would come in clumps', async () => {
    const page = await listPage({ maxEntries: 200 }), striped = (): string[] => page.rows().filter(({ row }) => row.classList.contains('alt')).map(({ id }) => id);
    receive(page, 0, 200);
    await page.draw();
    const before = striped(), shown = page.rows().length;
    expect(before.length).to.be.within(Math.floor(shown / 2), Math.ceil(shown / 2));
    receive(page, 200, 3);
    await page.draw();
    expect(striped().filter((id) => before.includes(id)).length).to.be.at.least(before.length - 3);
    page.store.setFilter({ search: '7' });
    await page.draw();
    expect(striped()).to.deep.equal([]);
    page.store.setFilter({ search: '' });
    await page.draw();
    expect(striped().length).to.be.within(Math.floor(shown / 2), Math.ceil(shown / 2));
  });

  it('stands still while old rows leave above the reader', async () => {
    const page = await listPage({ maxEntries: 600 });
    receive(page, 0, 600);
    await page.draw();
    await page.scrollTo(9001);
    const before = page.rows().map(({ id, top }) => ({ id, top }));
    for (let batch = 0; batch < 8; batch++) {
      receive(page, 600 + batch * 40, 40);
      await page.draw();
      expect(page.rows().map(({ id, top }) => ({ id, top }))).to.deep.equal(before);
    }
  });

  it('keeps the reader’s own rows on their pixels when they leave the buffer, and says so above them', async () => {
    const page = await listPage({ maxEntries: 300 });
    receive(page, 0, 300);
    await page.draw();
    await page.scrollTo(245);
    const before = page.rows().map(({ id, top }) => ({ id, top }));
    for (let batch = 0; batch < 20; batch++) {
      receive(page, 300 + batch * 40, 40);
      await page.draw();
      expect(page.rows().map(({ id, top }) => ({ id, top })), `batch ${batch}`).to.deep.equal(before);
    }
    await page.scrollTo(0);
    const rows = page.rows();
    expect(rows[0]?.text).to.contain('Older than the buffer: 800 entries removed since');
    expect(rows[1]?.id).to.equal(before[0]?.id);
    await page.scrollTo(page.scroller.scrollTop + 700);
    await page.draw();
    expect(page.rows()[0]?.text).to.match(/entry \d{3,}/);
  });

  it('follows again when the reader comes back to the end', async () => {
    const page = await listPage();
    receive(page, 0, 200);
    await page.draw();
    await page.scrollTo(1000);
    await page.scrollTo(page.scroller.scrollHeight);
    expect(page.store.snapshot.following).to.equal(true);
    receive(page, 200, 20);
    await page.draw();
    expect(page.rows().at(-1)?.text).to.contain('entry 219');
  });

  it('says what is new only where there is somewhere to go, and gives the focus to the list when it goes there', async () => {
    const page = await listPage();
    const chip = (): HTMLElement | null => page.list.renderRoot.querySelector<HTMLElement>('.chip');
    receive(page, 0, 5);
    await page.draw();
    await press(page, 'Home');
    receive(page, 5, 5);
    await page.draw();
    expect(page.store.snapshot.unseen.entries).to.equal(5);
    expect(chip()).to.equal(null);
    receive(page, 10, 200);
    await page.draw();
    chip()?.focus();
    chip()?.click();
    await settled(page.list);
    expect(chip()).to.equal(null);
    expect(page.list.shadowRoot?.activeElement).to.equal(page.grid);
    expect(page.rows().at(-1)?.text).to.contain('entry 209');
  });

  it('goes on at the end by f from a pause', async () => {
    const page = await listPage();
    receive(page, 0, 100);
    await page.draw();
    page.store.pause();
    receive(page, 100, 50);
    await page.draw();
    await press(page, 'f');
    expect(page.store.snapshot.paused).to.equal(null);
    expect(page.rows().at(-1)?.text).to.contain('entry 149');
  });

  it('goes to the newest end and follows by f, which pressed again changes nothing', async () => {
    const page = await listPage();
    receive(page, 0, 200);
    await page.draw();
    await press(page, 'Home');
    const changes: boolean[] = [];
    page.list.addEventListener('log-follow-change', ({ following }) => changes.push(following));
    for (const time of ['once', 'again']) {
      await press(page, 'f');
      expect(page.store.snapshot.following, time).to.equal(true);
      expect(page.rows().at(-1)?.text).to.contain('entry 199');
    }
    expect(changes).to.deep.equal([true]);
  });

  it('shows the focus of the list itself as soon as the row with the cursor is off the screen, also where that row is still drawn', async () => {
    const page = await listPage();
    const ring = (): string => getComputedStyle(page.list.renderRoot.querySelector('.ring') as Element).display;
    receive(page, 0, 200);
    await page.draw();
    page.grid.focus();
    await settled(page.list);
    expect([ring(), page.grid.getAttribute('aria-activedescendant')]).to.deep.equal(['none', 'row-199']);
    const outOfSight = 199 * 24 - page.grid.clientHeight;
    await page.scrollTo(outOfSight + 12);
    expect(ring(), 'half of it is there').to.equal('none');
    await page.scrollTo(outOfSight);
    expect(page.grid.querySelector('#row-199'), 'one row further it is drawn, and not seen').to.not.equal(null);
    expect([ring(), page.grid.hasAttribute('aria-activedescendant')]).to.deep.equal(['block', false]);
    page.grid.blur();
    await settled(page.list);
    expect(ring()).to.equal('none');
  });

  it('keeps the row with the cursor on the screen when something under the list takes room from it', async () => {
    const page = await listPage();
    receive(page, 0, 200);
    await page.draw();
    page.grid.focus();
    page.store.pause();
    await settled(page.list);
    (page.list.parentElement as HTMLElement).style.height = '300px';
    await settled(page.list);
    await waitUntil(() => page.rows().at(-1)?.id === 'row-199');
    expect(page.grid.getAttribute('aria-activedescendant')).to.equal('row-199');
  });

  it('leaves the reader where keys have gone by the time that it makes room', async () => {
    const page = await listPage();
    receive(page, 0, 200);
    await page.draw();
    page.grid.focus();
    await press(page, 'ArrowUp');
    const resized = new Promise<void>((resolve) => new ResizeObserver((entries, observer) => {
      if (entries[0]?.contentRect.height === 480) return;
      observer.disconnect();
      resolve();
    }).observe(page.list));
    (page.list.parentElement as HTMLElement).style.height = '300px';
    await resized;
    for (const key of ['Home', 'PageDown', 'ArrowDown']) page.grid.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
    await settled(page.list);
    const height = Math.floor(page.scroller.clientHeight / 24) - 1;
    expect(page.rows()[0]?.id).to.equal(`row-${height}`);
    expect(page.grid.getAttribute('aria-activedescendant')).to.equal(`row-${height + 1}`);
  });

  it('moves by keys, opens by Enter and closes by Escape', async () => {
    const page = await listPage();
    receive(page, 0, 200);
    await page.draw();
    page.grid.focus();
    await press(page, 'ArrowUp');
    await press(page, 'ArrowUp');
    const active = page.grid.getAttribute('aria-activedescendant');
    expect(page.list.renderRoot.querySelector(`#${active}`)?.textContent).to.contain('entry 197');
    await press(page, 'Enter');
    expect(page.store.snapshot.selected?.entry.text).to.contain('entry 197');
    await press(page, 'ArrowDown');
    expect(page.store.snapshot.selected?.entry.text).to.contain('entry 198');
    await press(page, 'Escape');
    expect(page.store.snapshot.selected).to.equal(null);
    await press(page, 'Home');
    expect(page.rows()[0]?.text).to.contain('entry 0');
    await press(page, 'PageDown');
    await press(page, 'End');
    expect(page.rows().at(-1)?.text).to.contain('entry 199');
    expect(page.store.snapshot.following).to.equal(true);
  });

  it('goes to the next and the previous error', async () => {
    const page = await listPage();
    receive(page, 0, 100);
    receive(page, 100, 1, 50);
    receive(page, 101, 100);
    receive(page, 201, 1, 60);
    receive(page, 202, 50);
    await page.draw();
    page.grid.focus();
    await press(page, 'E');
    expect(page.grid.getAttribute('aria-activedescendant')).to.equal('row-201');
    await press(page, 'E');
    expect(page.grid.getAttribute('aria-activedescendant')).to.equal('row-100');
    await press(page, 'e');
    expect(page.grid.getAttribute('aria-activedescendant')).to.equal('row-201');
  });

  it('keeps the place of a reader through a filter and back', async () => {
    const page = await listPage();
    for (let n = 0; n < 400; n++) page.store.receive(entryFrame(line(n, n % 10 === 0 ? 50 : 30)));
    await page.draw();
    await page.scrollTo(4800);
    const before = page.rows().map(({ id, top }) => ({ id, top }));
    page.store.setFilter({ hiddenLevels: ['info'] });
    await settled(page.list);
    expect(page.rows().every(({ row }) => row.classList.contains('error'))).to.equal(true);
    page.store.setFilter({ hiddenLevels: [] });
    await settled(page.list);
    expect(page.rows().map(({ id, top }) => ({ id, top }))).to.deep.equal(before);
  });

  it('opens the row that was pressed, although another one is below the pointer when it is let go', async () => {
    const page = await listPage();
    receive(page, 0, 300);
    await page.draw();
    const pressed = page.rows().at(-3), at = { clientX: 200, clientY: 300, bubbles: true, composed: true };
    pressed?.row.dispatchEvent(new PointerEvent('pointerdown', at));
    receive(page, 300, 7);
    await page.draw();
    page.scroller.dispatchEvent(new MouseEvent('click', at));
    await settled(page.list);
    expect(page.store.snapshot.selected?.entry.text).to.contain('entry 297');
    page.scroller.dispatchEvent(new MouseEvent('click', at));
    page.rows()[3]?.row.dispatchEvent(new PointerEvent('pointerdown', { ...at, clientY: 100 }));
    page.scroller.dispatchEvent(new MouseEvent('click', at));
    expect(page.store.snapshot.selected?.entry.text).to.contain('entry 297');
  });

  it('turns by pages: what is on the screen and the cursor move by as much, from the end that is followed too, and stop at the ends', async () => {
    const page = await listPage();
    receive(page, 0, 500);
    await page.draw();
    page.grid.focus();
    const height = Math.floor(page.scroller.clientHeight / 24) - 1, first = (): number => Number(/entry (\d+)/.exec(page.rows()[0]?.text ?? '')?.[1]), top = first();
    const cursor = (): number => Number(page.grid.getAttribute('aria-activedescendant')?.slice('row-'.length));
    await press(page, 'PageUp');
    expect([page.store.snapshot.following, top - first(), cursor()]).to.deep.equal([false, height, 499 - height]);
    receive(page, 500, 30);
    await page.draw();
    await press(page, 'PageUp');
    expect([top - first(), cursor()]).to.deep.equal([2 * height, 499 - 2 * height]);
    await press(page, 'PageDown');
    expect([top - first(), cursor()]).to.deep.equal([height, 499 - height]);
    await press(page, 'Home');
    await press(page, 'PageDown');
    expect([first(), cursor()]).to.deep.equal([height, height]);
    await press(page, 'PageUp');
    await press(page, 'PageUp');
    expect([first(), cursor()]).to.deep.equal([0, 0]);
  });

  it('goes on by keys from what is on the screen, where the reader has left the cursor behind', async () => {
    const page = await listPage();
    receive(page, 0, 900);
    await page.draw();
    page.grid.focus();
    await press(page, 'Home');
    await page.scrollTo(24 * 400);
    const first = page.rows()[0]?.id;
    await press(page, 'ArrowDown');
    expect(page.rows()[0]?.id, 'the rows stay where they are').to.equal(first);
    expect(page.grid.getAttribute('aria-activedescendant')).to.equal(page.rows()[1]?.id);
    // keys that come faster than pictures go on from one another
    for (const key of ['Home', 'PageDown', 'PageDown', 'ArrowDown']) page.grid.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
    await settled(page.list);
    expect(page.store.indexFrom(Number(page.grid.getAttribute('aria-activedescendant')?.slice(4)))).to.equal(2 * Math.max(1, Math.floor(page.scroller.clientHeight / 24) - 1) + 1);
    await page.scrollTo(24 * 100);
    await press(page, 'Enter');
    const selected = page.store.snapshot.selected?.entry.id;
    expect(page.rows().map(({ id }) => id)).to.include(`row-${selected}`);
    await page.scrollTo(24 * 600);
    await press(page, 'ArrowDown');
    expect(page.store.snapshot.selected?.entry.id, 'what is read is gone on from').to.equal((selected ?? 0) + 1);
  });

  it('draws nothing while the page is hidden, and what there is then once it is shown', async () => {
    const page = await listPage();
    receive(page, 0, 200);
    await page.draw();
    const changes: MutationRecord[] = [], watch = new MutationObserver((records) => changes.push(...records));
    watch.observe(page.list.renderRoot, { subtree: true, childList: true, attributes: true, characterData: true });
    const show = (state: DocumentVisibilityState): void => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    };
    try {
      show('hidden');
      for (let batch = 1; batch < 20; batch++) {
        receive(page, batch * 200, 200);
        page.store.flush();
        await settled(page.list);
      }
      expect(changes.length).to.equal(0);
      expect(page.store.snapshot.received).to.equal(4000);
      show('visible');
      await settled(page.list);
      expect(page.rows().at(-1)?.text).to.contain('entry 3999');
    } finally {
      watch.disconnect();
      Reflect.deleteProperty(document, 'visibilityState');
    }
  });

  it('keeps the entry that is read on the screen when the list gets smaller', async () => {
    const page = await listPage();
    receive(page, 0, 300);
    await page.draw();
    page.rows().at(-2)?.row.click();
    await settled(page.list);
    const id = page.rows().at(-2)?.id;
    page.list.style.blockSize = '200px';
    await waitUntil(() => page.scroller.clientHeight < 200 && page.rows().some((row) => row.id === id));
  });

  it('stays at its end when it gets smaller, although nothing comes', async () => {
    const page = await listPage();
    receive(page, 0, 100);
    await page.draw();
    (page.list.parentElement as HTMLElement).style.height = '300px';
    await waitUntil(() => page.scroller.clientHeight < 300 && page.rows().at(-1)?.top === page.scroller.clientHeight - 24, 'the last row is at the lower edge');
    expect(page.rows().at(-1)?.text).to.contain('entry 99');
  });

  it('reaches every row of a list that is taller than an engine can scroll', async () => {
    const count = 400_000, page = await listPage({ maxEntries: count });
    const entries = (from: number): StampedEntry[] => Array.from({ length: 1000 }, (_, n) =>
      ({ instance: 'api-1', epoch: 'e', seq: from + n + 1, lseq: from + n + 1, level: 30, text: `{"level":30,"time":0,"msg":"entry ${from + n}."}` }));
    for (let from = 0; from < count; from += 1000) {
      page.store.receive(encodePacked(entries(from)));
      page.store.flush();
    }
    await page.draw();
    expect(page.rows().at(-1)?.text).to.contain('entry 399999.');
    page.grid.focus();
    await press(page, 'Home');
    await settled(page.list);
    expect(page.rows()[0]?.text).to.contain('entry 0.');
    await page.scrollTo(page.scroller.scrollTop + 240);
    expect(page.rows()[0]).to.include({ top: 0 }).and.to.have.property('text').that.contains('entry 10.');
    await page.scrollTo(page.scroller.scrollHeight / 2);
    const middle = Number(/entry (\d+)/.exec(page.rows()[0]?.text ?? '')?.[1]);
    expect(middle).to.be.within(190_000, 210_000);
    await page.scrollTo(page.scroller.scrollTop - 120);
    expect(Number(/entry (\d+)/.exec(page.rows()[0]?.text ?? '')?.[1])).to.equal(middle - 5);
    await page.scrollTo(page.scroller.scrollHeight);
    expect(page.rows().at(-1)?.text).to.contain('entry 399999.');
    expect(page.store.snapshot.following).to.equal(true);
  });

  it('shows hostile text as text, one row an entry', async () => {
    const page = await listPage();
    const hostile = '<img src=x onerror=alert(1)>\n[12:04:05] Cleared\u202Egnp.exe\u0000';
    page.store.receive(entryFrame({ level: 30, time: 'nonsense', msg: hostile, req: { method: hostile, url: hostile }, res: { statusCode: 'x' } }, hostile));
    await page.draw();
    expect(page.rows()).to.have.length(1);
    expect(page.list.renderRoot.querySelectorAll('img')).to.have.length(0);
    expect(page.rows()[0]?.text).to.contain('<img src=x').and.to.contain('⟨U+202E⟩').and.to.contain('no valid time');
  });
});
