// A filter that no entry passes, while rows of the viewer's own are in the list: the room below them says so, and has the way back.
import { expect, fixture, html } from '@open-wc/testing';
import type { LogList, SystemLogs } from '../../src/elements/index.js';
import '../../src/elements/index.js';
import { line } from '../helpers/log-lines.js';
import { useFakeSockets } from '../helpers/page-sockets.js';
import { frame, until } from '../helpers/page.js';
import { buttonOf } from '../helpers/shadow.js';

useFakeSockets();

async function cleared(times = 1): Promise<SystemLogs> {
  const element = await fixture<SystemLogs>(html`<system-logs style="height: 500px"></system-logs>`);
  for (let time = 0; time < times; time++) {
    element.push([line(time)], 'api-1');
    element.store.flush();
    element.store.notify({ name: 'level', level: 'debug' });
  }
  element.clear();
  for (let n = 0; n < times - 1; n++) {
    element.store.notify({ name: 'level', level: n % 2 === 0 ? 'debug' : 'info' });
    element.store.flush();
  }
  element.push(Array.from({ length: 30 }, (_, n) => line(n)), 'api-1');
  element.store.flush();
  await frame();
  return element;
}

const listOf = (element: SystemLogs): LogList => element.renderRoot.querySelector('log-list') as LogList;
const panelOf = (element: SystemLogs): HTMLElement => element.renderRoot.querySelector('log-state-panel') as HTMLElement;
const headingOf = (element: SystemLogs): HTMLElement | null => panelOf(element).shadowRoot?.querySelector('h3') ?? null;
const rowsOf = (element: SystemLogs): HTMLElement[] => [...listOf(element).renderRoot.querySelectorAll<HTMLElement>('.scroll > [role=row]')];

describe('a search without a hit under rows of the viewer’s own', () => {
  it('says that no entry matches, below those rows, and takes the search away', async () => {
    const element = await cleared();
    expect(headingOf(element)).to.equal(null);
    element.store.setFilter({ search: 'no such words' });
    const heading = await until(() => headingOf(element));
    await until(() => rowsOf(element).length === 1);
    expect(heading.textContent).to.equal('No entry matches');
    expect(panelOf(element).shadowRoot?.textContent).to.contain('All 30 entries are hidden by filters: the search is for “no such words”');
    const [row] = rowsOf(element), { bottom } = (row as HTMLElement).getBoundingClientRect();
    expect(row?.textContent).to.contain('Cleared');
    expect(panelOf(element).getBoundingClientRect().top).to.be.within(bottom, bottom + 30);
    expect(heading.getBoundingClientRect().bottom).to.be.below(element.getBoundingClientRect().bottom);
    buttonOf(panelOf(element), 'Clear the search').click();
    await until(() => headingOf(element) === null && rowsOf(element).length > 8);
    expect(listOf(element).getBoundingClientRect().height).to.be.above(250);
  });

  it('leaves half of the room to many such rows, which scroll', async () => {
    const element = await cleared(40);
    element.store.setFilter({ search: 'no such words' });
    const heading = await until(() => headingOf(element));
    await frame();
    const scroller = listOf(element).renderRoot.querySelector('.scroll') as HTMLElement;
    expect(scroller.scrollHeight).to.be.above(scroller.clientHeight + 200);
    expect(scroller.clientHeight).to.be.above(60);
    expect(heading.getBoundingClientRect().top).to.be.at.least(scroller.getBoundingClientRect().bottom);
    expect(rowsOf(element).at(-1)?.getBoundingClientRect().bottom).to.be.within(scroller.getBoundingClientRect().bottom - 2, scroller.getBoundingClientRect().bottom + 1000);
  });
});
