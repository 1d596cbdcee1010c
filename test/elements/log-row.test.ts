// What the rows of requests show, whose logger says all in one line (pino-http) or in two (Fastify).
import { expect } from '@open-wc/testing';
import { entryFrame, line } from '../helpers/log-lines.js';
import { listPage, type ListPage } from '../helpers/list-page.js';

const asked = { req: { method: 'GET', url: '/items?limit=5', host: 'a.example' } }, answered = { res: { statusCode: 404 }, responseTime: 4.4 };

async function shown(...entries: readonly Record<string, unknown>[]): Promise<ListPage> {
  const page = await listPage();
  for (const [index, entry] of entries.entries()) page.store.receive(entryFrame(line(index, 30, entry)));
  await page.draw();
  return page;
}

const cell = (page: ListPage, index: number, part: string): HTMLElement => page.rows()[index]?.row.querySelector<HTMLElement>(`[part=${part}]`) as HTMLElement;
const cells = (page: ListPage, index: number): string[] => ['message', 'status', 'duration'].map((part) => cell(page, index, part).textContent);

describe('the row of a request', () => {
  it('that was answered is its method and address, status and duration', async () => {
    const page = await shown({ ...asked, ...answered, msg: 'request completed' });
    expect(cells(page, 0)).to.deep.equal(['GET\t/items?limit=5', '404', '4.4 ms']);
    expect(cell(page, 0, 'message').querySelector('.qs')?.textContent).to.equal('?limit=5');
  });

  it('that is not answered yet is its message, and beside it the method and the address', async () => {
    const page = await shown({ reqId: 'req-1', ...asked, msg: 'incoming request' }, { ...asked, err: { type: 'TypeError', message: 'x' }, msg: 'saving failed' });
    expect(cells(page, 0)).to.deep.equal(['incoming request GET /items?limit=5', '', '']);
    expect(cell(page, 0, 'message').querySelector('.qs')?.textContent).to.equal(' GET /items?limit=5');
    expect(cells(page, 1)).to.deep.equal(['TypeError: saving failed GET /items?limit=5', '', '']);
  });

  it('whose answer is a line of its own has status and duration in their columns, and its message before them', async () => {
    const page = await shown({ reqId: 'req-1', ...answered, msg: `request completed ${'x'.repeat(500)}` }, { res: { statusCode: 400 }, msg: 'name is missing' });
    expect(cells(page, 0).slice(1)).to.deep.equal(['404', '4.4 ms']);
    expect(cells(page, 1)).to.deep.equal(['name is missing', '400', '']);
    for (const index of [0, 1]) expect(cell(page, index, 'message').getBoundingClientRect().right).to.be.at.most(cell(page, index, 'status').getBoundingClientRect().left);
  });

  it('is one line, and what its address hides is seen', async () => {
    const page = await shown({ req: { method: 'G\nET\u202e', url: `/a\n\tb\u202e${'x'.repeat(5000)}` }, msg: 'incoming\nrequest' });
    const [message = ''] = cells(page, 0);
    expect(message.startsWith('incoming ↵ request G ↵ ET⟨U+202E⟩ /a ↵  b⟨U+202E⟩x')).to.equal(true);
    expect(message.length).to.be.below(1100);
    expect(page.rows()[0]?.row.getBoundingClientRect().height).to.equal(24);
  });

  it('lets nothing of a long message go for the address', async () => {
    const page = await shown({ ...asked, msg: 'x'.repeat(900) });
    expect(cells(page, 0)[0]).to.equal(`${'x'.repeat(900)} GET /items?limit=5`);
  });

  it('that is none has neither', async () => {
    const page = await shown({ msg: 'what? nothing' }, { responseTime: 4, msg: 'a query' }, { res: {}, msg: 'an answer' });
    for (const [index, message] of ['what? nothing', 'a query', 'an answer'].entries()) expect(cells(page, index)).to.deep.equal([message, '', '']);
    expect(cell(page, 0, 'message').querySelector('.qs')?.textContent).to.equal('');
  });
});

describe('with the search', () => {
  it('finds by the address', async () => {
    const page = await shown({ ...asked, msg: 'incoming request' }, { ...answered, msg: 'request completed' }, { msg: 'other' });
    page.store.setFilter({ search: '/items' });
    await page.draw();
    expect(page.rows().map(({ row }) => row.querySelector('.msg')?.textContent)).to.deep.equal(['incoming request GET /items?limit=5']);
    page.store.setFilter({ search: '404' });
    await page.draw();
    expect(page.rows().length).to.equal(1);
  });
});
