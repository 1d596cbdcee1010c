import { expect } from '@open-wc/testing';
import { encodePacked } from '../../src/core/protocol.js';
import { line } from '../helpers/log-lines.js';
import { listPage, settled, type ListPage } from '../helpers/list-page.js';

/** So much that a store takes it when it is there, and not with the next picture. */
function receiveMuch({ store }: ListPage, from: number): void {
  const entries = Array.from({ length: 100 }, (_, index) => {
    const seq = from + index + 1;
    return { instance: 'api', epoch: 'e', seq, lseq: seq, level: 30, text: JSON.stringify(line(from + index, 30, { pad: 'x'.repeat(6000) })) };
  });
  store.receive(encodePacked(entries));
  expect(store.snapshot.interim).to.equal(true);
}

const seen = (page: ListPage): string[] => page.rows().map(({ id, text, top }) => `${id} ${top} ${text}`);

describe('a list between two pictures', () => {
  it('draws nothing of what is taken, and all of it with the picture', async () => {
    const page = await listPage();
    receiveMuch(page, 0);
    await page.draw();
    const before = seen(page);
    receiveMuch(page, 100);
    receiveMuch(page, 200);
    await settled(page.list);
    expect(page.store.snapshot.received).to.equal(300);
    expect(seen(page)).to.deep.equal(before);
    await page.draw();
    expect(page.rows().at(-1)?.text).to.contain('entry 299');
    expect(page.rows().at(-1)?.top).to.equal(page.scroller.clientHeight - 24);
  });

  it('stands still for a reader whose rows leave the buffer meanwhile, and scrolls to what is really there', async () => {
    const page = await listPage({ maxEntries: 300 });
    for (let from = 0; from < 300; from += 100) receiveMuch(page, from);
    await page.draw();
    await page.scrollTo(240);
    const before = seen(page);
    for (let from = 300; from < 900; from += 100) {
      receiveMuch(page, from);
      await settled(page.list);
      expect(seen(page)).to.deep.equal(before);
    }
    await page.scrollTo(page.scroller.scrollTop + 480);
    expect(page.store.snapshot.interim).to.equal(true);
    const rows = page.rows().map(({ text }) => /entry (\d+)/.exec(text)?.[1]).filter((number) => number !== undefined).map(Number);
    expect(rows).to.deep.equal(Array.from(rows, (_, index) => (rows[0] as number) + index));
    expect(rows[0]).to.be.within(600, 601);
    await page.draw();
    expect(page.rows().map(({ text }) => /entry (\d+)/.exec(text)?.[1]).filter((number) => number !== undefined).map(Number)).to.deep.equal(rows);
  });

  it('draws what a new filter finds with the next picture, and once', async () => {
    const page = await listPage();
    page.store.push(Array.from({ length: 200 }, (_, index) => line(index)));
    await page.draw();
    await new Promise((resolve) => setTimeout(resolve)); // past the picture, in a task as that of a keystroke
    const before = seen(page);
    let drawings = 0;
    const observer = new MutationObserver(() => drawings++);
    observer.observe(page.list.renderRoot, { subtree: true, childList: true, characterData: true, attributes: true });
    for (const search of ['entry 7', 'entry 77']) {
      page.store.setFilter({ search });
      // an update that waits for nothing would be through by then
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      expect(seen(page)).to.deep.equal(before);
    }
    // within the frame: what is there now is painted
    await new Promise(requestAnimationFrame);
    await page.list.updateComplete;
    expect(page.rows().map(({ text }) => /entry \d+/.exec(text)?.[0])).to.deep.equal(['entry 77', 'entry 177']);
    observer.disconnect();
    expect(drawings).to.equal(1);
  });
});
