// A list that gets another size draws rows within the callbacks of ResizeObserver. There the removal of a row, which the virtualizer observes, raises
// an error in the page: it is what each of these waits for.
import { expect, nextFrame } from '@open-wc/testing';
import { entryFrame, frames, line } from '../helpers/log-lines.js';
import { listPage, settled, type ListPage } from '../helpers/list-page.js';

/** Within the window: what is off it is not drawn. */
const ROW = 24, HEIGHT = 300;
const SIZES = [-2, 0, 2, 4, 0, 8, -8, 10].map((rows) => HEIGHT + rows * ROW);

function add({ store }: ListPage, from: number, count: number): void {
  for (const frame of frames(from, count)) store.receive(frame);
}

/** The size is heard of in the next frame, and drawn in the same one. */
async function resize({ list }: ListPage, height: number): Promise<void> {
  (list.parentElement as HTMLElement).style.height = `${height}px`;
  await nextFrame();
  await nextFrame();
}

/** What the page is told of as errors while `act` runs. */
async function errorsOf(act: () => Promise<void>): Promise<string[]> {
  const errors: string[] = [], tell = (event: ErrorEvent): void => void errors.push(event.message);
  addEventListener('error', tell);
  await act();
  removeEventListener('error', tell);
  return errors;
}

/** The rows that are drawn, in their places, without a blank at either edge; the last of all at the lower one. */
function expectFull(page: ListPage, last: string): void {
  const rows = page.rows(), { clientHeight } = page.scroller;
  expect(rows.at(-1)?.text).to.contain(last);
  for (const [index, { top }] of rows.entries()) expect(top).to.be.closeTo((rows[0]?.top ?? 0) + index * ROW, 0.01);
  if (page.store.snapshot.length * ROW < clientHeight) return;
  expect(rows[0]?.top).to.be.at.most(0);
  expect(rows.at(-1)?.top).to.be.closeTo(clientHeight - ROW, 0.01);
}

describe('a list that gets another size raises no error, and is full at once', () => {
  for (const count of [3, 16, 17, 18, 19, 20, 23, 60]) {
    it(`where ${count} rows have come one by one`, async () => {
      const page = await listPage({ height: HEIGHT });
      for (let n = 0; n < count; n++) {
        add(page, n, 1);
        await page.draw();
      }
      expect(await errorsOf(async () => {
        for (const height of SIZES) {
          await resize(page, height);
          expectFull(page, `entry ${count - 1}`);
        }
      })).to.deep.equal([]);
    });
  }

  it('where the viewer itself has said something, which follows its row', async () => {
    const page = await listPage({ height: HEIGHT });
    add(page, 0, 40);
    page.store.notify({ name: 'disconnected', from: 0, to: 1 });
    add(page, 40, 5);
    await page.draw();
    const rowOf = (text: string): HTMLElement | undefined => page.rows().find((row) => row.text.includes(text))?.row, said = rowOf('Not connected'), entry = rowOf('entry 42');
    expect(await errorsOf(async () => {
      for (const height of SIZES.slice(0, 5)) {
        await resize(page, height);
        expectFull(page, 'entry 44');
        expect(rowOf('Not connected') === said && rowOf('entry 42') === entry, 'the rows have their nodes').to.equal(true);
      }
    })).to.deep.equal([]);
  });

  it('where the rows get another height with it', async () => {
    const page = await listPage({ height: HEIGHT });
    add(page, 0, 120);
    page.store.notify({ name: 'disconnected', from: 0, to: 1 });
    add(page, 120, 5);
    await page.draw();
    expect(await errorsOf(async () => {
      for (const rowHeight of [40, 18, 30, 24]) {
        page.list.style.setProperty('--log-row-height', `${rowHeight}px`);
        await resize(page, HEIGHT + rowHeight);
        await settled(page.list);
        const { clientHeight } = page.scroller, rows = page.rows();
        expect(rows.length).to.be.within(Math.floor(clientHeight / rowHeight), Math.ceil(clientHeight / rowHeight) + 1);
        expect(rows.at(-1)?.top).to.be.closeTo(clientHeight - rowHeight, 0.5);
      }
    })).to.deep.equal([]);
  });

  it('where so much comes that it is taken before it is drawn', async () => {
    const page = await listPage({ height: HEIGHT, maxEntries: 60 });
    add(page, 0, 53);
    page.store.notify({ name: 'disconnected', from: 0, to: 1 });
    add(page, 53, 6);
    await page.draw();
    const errors = await errorsOf(async () => {
      for (let n = 59; n < 70; n++) page.store.receive(entryFrame(line(n, 30, { text: 'x'.repeat(30_000) })));
      expect(page.store.snapshot.interim, 'the store is ahead of what is drawn').to.equal(true);
      await resize(page, HEIGHT + 2 * ROW);
    });
    expect(errors).to.deep.equal([]);
    await page.draw();
    expectFull(page, 'entry 69');
  });

  it('where a reader stands still, whose rows stay where they are', async () => {
    const page = await listPage({ height: HEIGHT });
    add(page, 0, 33);
    page.store.notify({ name: 'disconnected', from: 0, to: 1 });
    add(page, 33, 200);
    await page.draw();
    await page.scrollTo(700);
    const before = page.rows().slice(0, 3).map(({ id, top }) => ({ id, top }));
    expect(await errorsOf(async () => {
      for (const height of SIZES) {
        await resize(page, height);
        expect(page.rows().slice(0, 3).map(({ id, top }) => ({ id, top }))).to.deep.equal(before);
        expect((page.rows().at(-1)?.top ?? 0) + ROW).to.be.at.least(page.scroller.clientHeight);
      }
      await page.scrollTo(1500);
      await settled(page.list);
    })).to.deep.equal([]);
    expect(page.rows()[0]?.top).to.be.within(-ROW, 0);
    expect((page.rows().at(-1)?.top ?? 0) + ROW).to.be.at.least(page.scroller.clientHeight);
  });
});
