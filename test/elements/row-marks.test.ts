import { expect } from '@open-wc/testing';
import { hasHighlights } from '../../src/elements/row-marks.js';
import { listPage, type ListPage } from '../helpers/list-page.js';
import { entryFrame, line } from '../helpers/log-lines.js';

/** What is marked in a list, in the order of its rows. */
function marked({ list, rows }: ListPage): string[] {
  if (!hasHighlights) return [...list.renderRoot.querySelectorAll('mark')].map(({ textContent }) => textContent);
  const ranges = [...(CSS.highlights.get('log-hit') ?? [])].filter(({ startContainer }) => startContainer.getRootNode() === list.renderRoot);
  const order = rows().map(({ row }) => row), placeOf = ({ startContainer }: AbstractRange): number => order.findIndex((row) => row.contains(startContainer));
  return ranges.filter((range) => placeOf(range) >= 0).sort((a, b) => placeOf(a) - placeOf(b) || position(a, b)).map(({ startContainer, startOffset, endOffset }) => (startContainer as Text).data.slice(startOffset, endOffset));
}

function position(a: AbstractRange, b: AbstractRange): number {
  if (a.startContainer === b.startContainer) return a.startOffset - b.startOffset;
  return a.startContainer.compareDocumentPosition(b.startContainer) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

async function filled(count = 3): Promise<ListPage> {
  const page = await listPage();
  for (let index = 0; index < count; index++) page.store.receive(entryFrame(line(index, 30, { msg: `item ${index} of the Items` })));
  page.store.receive(entryFrame(line(count, 30, { req: { method: 'GET', url: '/items/7?fields=item' }, res: { statusCode: 200 }, responseTime: 5 })));
  await page.draw();
  return page;
}

async function search(page: ListPage, words: string): Promise<void> {
  page.store.setFilter({ search: words });
  await page.draw();
}

describe('marks', () => {
  it('are on each hit of the rows, as it is written there', async () => {
    const page = await filled();
    await search(page, 'ITEM');
    expect(marked(page)).to.deep.equal(['item', 'Item', 'item', 'Item', 'item', 'Item', 'item', 'item']);
    await search(page, 'item /items');
    expect(marked(page)).to.deep.equal(['/items', 'item']);
    expect(page.rows().map(({ text }) => text)[0]).to.contain('GET /items/7?fields=item');
  });

  it('make no elements, where the engine can do without', async () => {
    const page = await filled(), count = (): number => page.list.renderRoot.querySelectorAll('.msg *').length, before = count();
    await search(page, 'item');
    if (hasHighlights) expect(count()).to.equal(before);
    else expect(page.list.renderRoot.querySelectorAll('mark').length).to.equal(8);
  });

  it('go with the search', async () => {
    const page = await filled();
    await search(page, 'item');
    await search(page, '');
    expect(marked(page)).to.deep.equal([]);
  });

  it('are where the reader scrolls, and nowhere else', async () => {
    const page = await filled(500);
    await search(page, 'item');
    await page.scrollTo(2400);
    expect(page.rows()[0]?.text).to.contain('item 100 ');
    expect(marked(page).length).to.equal(page.rows().length * 2);
    await page.scrollTo(4800);
    expect(page.rows()[0]?.text).to.contain('item 200 ');
    expect(marked(page).length).to.equal(page.rows().length * 2);
    if (hasHighlights) for (const { startContainer, endOffset } of CSS.highlights.get('log-hit') ?? []) expect(endOffset).to.be.at.most((startContainer as Text).data.length);
  });

  it('of two lists know nothing of each other, and those of a list that is taken away let go of it', async () => {
    const one = await filled(), other = await filled();
    await search(one, 'item');
    await search(other, 'Items');
    expect([marked(one).length, marked(other).length]).to.deep.equal([8, 4]);
    const place = one.list.parentNode as Node;
    one.list.remove();
    expect(marked(other).length).to.equal(4);
    if (hasHighlights) expect(CSS.highlights.get('log-hit')?.size).to.equal(4);
    place.appendChild(one.list);
    await one.draw();
    expect([marked(one).length, marked(other).length]).to.deep.equal([8, 4]);
  });
});
