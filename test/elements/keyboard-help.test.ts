import { expect, fixture, html } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import type { LogKeyboardHelp } from '../../src/elements/keyboard-help.js';
import '../../src/elements/keyboard-help.js';
import { buttonOf, eventsOf, expectAccessible, fold, press } from '../helpers/shadow.js';

interface Page {
  readonly help: LogKeyboardHelp;
  readonly opener: HTMLButtonElement;
  readonly dialog: HTMLDialogElement;
}

async function page(): Promise<Page> {
  const around = await fixture(html`<div><button>Keys</button><log-keyboard-help></log-keyboard-help></div>`);
  const help = around.querySelector('log-keyboard-help') as LogKeyboardHelp, opener = around.querySelector('button') as HTMLButtonElement;
  await help.updateComplete;
  opener.addEventListener('click', () => help.open());
  return { help, opener, dialog: help.renderRoot.querySelector('dialog') as HTMLDialogElement };
}

/** Opens it as a person does. */
async function opened(): Promise<Page> {
  const made = await page();
  made.opener.focus();
  made.opener.click();
  expect(made.dialog.matches(':modal')).to.equal(true);
  return made;
}

const hasFocus = (element: Element): boolean => document.activeElement === element;

describe('log-keyboard-help', () => {
  afterEach(() => resetMouse());

  it('passes the accessibility audit in both colour schemes', async () => {
    const { help } = await opened();
    await expectAccessible(help);
  });

  it('shows nothing until it is opened', async () => {
    const { dialog } = await page();
    expect(dialog.open).to.equal(false);
    expect(dialog.getBoundingClientRect().height).to.equal(0);
  });

  it('lists every key of the viewer', async () => {
    const { dialog } = await opened();
    expect([...dialog.querySelectorAll('kbd')].map((key) => fold(key.textContent))).to.have.members(
      ['↑', '↓', 'PageUp', 'PageDown', 'Home', 'End', 'e', 'E', 'f', 'Enter', 'Escape', '/', 'Space', '?', 'Ctrl+C', '⌘C']);
  });

  it('closes by Escape, and the focus goes back', async () => {
    const { dialog, opener } = await opened();
    await sendKeys({ press: 'Escape' });
    expect(dialog.open).to.equal(false);
    expect(hasFocus(opener)).to.equal(true);
  });

  it('closes by its button, and the focus goes back', async () => {
    const { help, dialog, opener } = await opened();
    await press(help, 'Close');
    expect(dialog.open).to.equal(false);
    expect(hasFocus(opener)).to.equal(true);
  });

  it('closes by a click beside it, and not by one in it', async () => {
    const { dialog } = await opened();
    const { left, top } = dialog.getBoundingClientRect();
    await sendMouse({ type: 'click', position: [Math.round(left + 20), Math.round(top + 60)] });
    expect(dialog.open).to.equal(true);
    await sendMouse({ type: 'click', position: [3, 3] });
    expect(dialog.open).to.equal(false);
  });

  it('keeps the focus within and its keys to itself while it is open', async () => {
    const { help, dialog } = await opened(), heard = eventsOf(help, 'keydown');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'e' });
    expect(heard).to.deep.equal([]);
    help.open();
    expect(dialog.open).to.equal(true);
    expect(buttonOf(help, 'Close').isConnected).to.equal(true);
  });
});
