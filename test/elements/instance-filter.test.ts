// The menu of instances by keyboard: its ticks are gone through by arrows as well as by Tab. What is in the menu, and what a choice does, is tested with the filters.
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { InstanceCount } from '../../src/core/stream-table.js';
import type { LogInstanceFilter } from '../../src/elements/instance-filter.js';
import '../../src/elements/instance-filter.js';
import { focused } from '../helpers/focusables.js';

const instances = ['api-1', 'api-2', 'jobs-1'].map((name): InstanceCount => ({ name, retained: 5, state: 'sending', since: null }));

async function opened(): Promise<LogInstanceFilter> {
  const menu = await fixture<LogInstanceFilter>(html`<log-instance-filter .instances=${instances}></log-instance-filter>`);
  menu.focusButton();
  await sendKeys({ press: 'Enter' });
  await menu.updateComplete;
  return menu;
}

const ticks = ({ renderRoot }: LogInstanceFilter): Element[] => [...renderRoot.querySelectorAll('input')];

describe('the menu of instances', () => {
  it('is entered by an arrow, and its ticks are gone through by arrows, Home and End, to their ends and no further', async () => {
    const menu = await opened();
    for (const [key, at] of [['ArrowDown', 0], ['ArrowDown', 1], ['ArrowDown', 2], ['ArrowDown', 2], ['ArrowUp', 1], ['Home', 0], ['ArrowUp', 0], ['End', 2]] as const) {
      await sendKeys({ press: key });
      expect(ticks(menu).indexOf(focused() as Element), key).to.equal(at);
    }
  });

  it('goes on from a button beside a tick, and begins at its end by ArrowUp', async () => {
    const menu = await opened();
    await sendKeys({ press: 'ArrowUp' });
    expect(ticks(menu).indexOf(focused() as Element)).to.equal(2);
    menu.renderRoot.querySelectorAll<HTMLElement>('.only')[1]?.focus();
    await sendKeys({ press: 'ArrowDown' });
    expect(ticks(menu).indexOf(focused() as Element)).to.equal(2);
  });

  it('leaves arrows alone that are pressed with another key, and on its button while it is closed', async () => {
    const menu = await opened();
    await sendKeys({ press: 'ArrowDown' });
    const key = new KeyboardEvent('keydown', { key: 'ArrowDown', altKey: true, bubbles: true, composed: true, cancelable: true });
    focused()?.dispatchEvent(key);
    expect([key.defaultPrevented, ticks(menu).indexOf(focused() as Element)]).to.deep.equal([false, 0]);
    await sendKeys({ press: 'Escape' });
    const button = focused();
    expect(button).to.equal(menu.renderRoot.querySelector('button'));
    await sendKeys({ press: 'ArrowDown' });
    expect(focused()).to.equal(button);
  });
});
