import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { SystemLogs } from '../../src/elements/index.js';
import '../../src/elements/index.js';
import { line } from '../helpers/log-lines.js';
import { useFakeSockets } from '../helpers/page-sockets.js';

const sockets = useFakeSockets();
let told: string[] = [];

beforeEach(() => void (told = []));

async function viewer(template = html`<system-logs></system-logs>`): Promise<SystemLogs> {
  const element = await fixture<SystemLogs>(template);
  element.addEventListener('log-pause-change', ({ paused }) => void told.push(`paused ${paused}`));
  element.addEventListener('log-level-change', ({ level }) => void told.push(`level ${level}`));
  element.push(Array.from({ length: 20 }, (_, n) => line(n)), 'api-1');
  element.store.flush();
  await nextFrame();
  return element;
}

function press(element: SystemLogs, host: string, part: string): void {
  const button = element.renderRoot.querySelector(host)?.shadowRoot?.querySelector<HTMLElement>(`[part~="${part}"]`);
  if (!button) throw new Error(`${host} has no ${part}`);
  button.click();
}

const isPaused = (element: SystemLogs): boolean => element.store.snapshot.paused !== null;

describe('what a person chose within the viewer', () => {
  it('is told, once for each press of the toolbar, and `paused` follows: the page can go on or pause again', async () => {
    const element = await viewer();
    press(element, 'log-toolbar', 'pause');
    await element.updateComplete;
    expect([element.paused, isPaused(element), told]).to.deep.equal([true, true, ['paused true']]);
    element.paused = false;
    await element.updateComplete;
    expect([isPaused(element), told], 'and what the page does is not told to it').to.deep.equal([false, ['paused true']]);
    element.paused = true;
    await element.updateComplete;
    press(element, 'log-toolbar', 'pause');
    await element.updateComplete;
    element.paused = true;
    await element.updateComplete;
    expect([isPaused(element), told]).to.deep.equal([true, ['paused true', 'paused false']]);
  });

  it('by the keys of the list: Space, and f out of a pause', async () => {
    const element = await viewer();
    element.renderRoot.querySelector('log-list')?.focus();
    await sendKeys({ press: ' ' });
    await sendKeys({ press: ' ' });
    await sendKeys({ press: ' ' });
    await sendKeys({ press: 'f' });
    await sendKeys({ press: 'f' });
    expect([told, element.paused, isPaused(element)]).to.deep.equal([['paused true', 'paused false', 'paused true', 'paused false'], false, false]);
  });

  it('by the bar under the rows, whose jump to the latest stays one', async () => {
    const element = await viewer();
    element.pause();
    await waitUntil(() => element.renderRoot.querySelector('log-state-bar')?.shadowRoot?.querySelector('[part=resume-latest]'));
    press(element, 'log-state-bar', 'resume-latest');
    await element.updateComplete;
    expect([told, element.paused, element.store.snapshot.following]).to.deep.equal([['paused false'], false, true]);
  });

  it('a level that is asked for is that of the viewer, and the page can set the one before again', async () => {
    const element = await viewer(html`<system-logs endpoint="ws://logs.example/websocket/logs" level="info"></system-logs>`);
    await waitUntil(() => sockets.length > 0);
    sockets.at(-1)?.accept();
    element.store.flush();
    await nextFrame();
    const levels = element.renderRoot.querySelector('log-filters')?.shadowRoot;
    await waitUntil(() => levels?.querySelector('[part~="level-toggle"]'));
    levels?.querySelector<HTMLElement>('[part~="level-toggle"]')?.click();
    await element.updateComplete;
    expect([element.level, element.controller.level, told]).to.deep.equal(['trace', 'trace', ['level trace']]);
    element.level = 'info';
    await element.updateComplete;
    expect([element.controller.level, told]).to.deep.equal(['info', ['level trace']]);
  });

  it('a search that is typed is that of the viewer, and the page can clear it', async () => {
    const element = await viewer();
    element.renderRoot.querySelector('log-filters')?.focusSearch();
    await sendKeys({ type: 'entry 7' });
    await waitUntil(() => element.store.snapshot.filter.search === 'entry 7');
    await element.updateComplete;
    expect(element.search).to.equal('entry 7');
    element.search = '';
    await element.updateComplete;
    expect(element.store.snapshot.filter.search).to.equal('');
  });
});
