import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { detailPage, type DetailPage } from '../helpers/detail-page.js';
import { until } from '../helpers/page.js';
import { fold } from '../helpers/shadow.js';

const text = '{"level":30,"n":1.10,"req":{"method":"GET","url":"/a","id":12345678901234567890},"res":{"statusCode":200},"err":{"message":"x"},"msg":"done"}';

/** Puts a clipboard in place of the browser's for one test. */
function clipboard(write: ((text: string) => Promise<void>) | null): void {
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: write === null ? undefined : { writeText: write } });
}

function command(copies: boolean): string[] {
  const selected: string[] = [];
  document.execCommand = () => {
    const area = document.activeElement as HTMLTextAreaElement;
    selected.push(area.value.slice(area.selectionStart, area.selectionEnd));
    return copies;
  };
  return selected;
}

async function copy(page: DetailPage): Promise<void> {
  page.$('[part=copy]').click();
  await page.settle();
  await until(() => !page.$('[part=copy]').hasAttribute('aria-label'));
}

async function pressCopy(): Promise<void> {
  await sendKeys({ down: 'Control' });
  await sendKeys({ press: 'c' });
  await sendKeys({ up: 'Control' });
}

const button = (page: DetailPage): string => page.$('[part=copy]').getAttribute('aria-label') ?? fold(page.$('[part=copy]').textContent);
const said = (page: DetailPage): string => fold(page.$('.tabs [role=status]').textContent);

describe('copying', () => {
  let copied: string[] = [];
  beforeEach(() => {
    copied = [];
    clipboard((written) => {
      copied.push(written);
      return Promise.resolve();
    });
  });
  afterEach(() => {
    delete (navigator as { clipboard?: unknown }).clipboard;
    delete (document as { execCommand?: unknown }).execCommand;
  });

  it('takes what the view shows, as received', async () => {
    const page = await detailPage(text);
    await copy(page);
    await page.view('raw');
    await copy(page);
    await page.filter('n, req.id');
    expect(button(page)).to.equal('Copied');
    await copy(page);
    await page.view('request');
    await copy(page);
    await page.view('error');
    await copy(page);
    expect(copied).to.deep.equal([
      text, text, '{"n":1.10,"req":{"id":12345678901234567890}}', '{"req":{"method":"GET","url":"/a","id":12345678901234567890},"res":{"statusCode":200}}', '{"err":{"message":"x"}}',
    ]);
  });

  it('says for two seconds, in the button and in words, that it did', async () => {
    const page = await detailPage(text);
    expect([button(page), said(page)]).to.deep.equal(['Copy the entry as JSON', '']);
    await copy(page);
    expect([button(page), said(page)]).to.deep.equal(['Copied', 'Copied.']);
    page.clock.advance(1999);
    await page.settle();
    expect(button(page)).to.equal('Copied');
    page.clock.advance(1);
    await page.settle();
    expect([button(page), said(page)]).to.deep.equal(['Copy the entry as JSON', '']);
    expect(page.clock.pending).to.equal(0);
  });

  it('says how many characters of the copy cannot be seen', async () => {
    const page = await detailPage('{"msg":"a\u202eb\u200bc"}');
    await copy(page);
    expect(copied).to.deep.equal(['{"msg":"a\u202eb\u200bc"}']);
    expect(said(page)).to.equal('Copied as received, with 2 characters that cannot be seen.');
  });

  it('uses the older command where there is no clipboard, and gives the focus back', async () => {
    clipboard(null);
    const selected = command(true), page = await detailPage(text);
    page.$('[part=copy]').focus();
    await copy(page);
    expect(selected).to.deep.equal([text]);
    expect(button(page)).to.equal('Copied');
    expect(page.detail.shadowRoot?.activeElement).to.equal(page.$('[part=copy]'));
    expect(document.querySelector('textarea')).to.equal(null);
  });

  it('says that it failed, for all to see', async () => {
    clipboard(() => Promise.reject(new DOMException('no', 'NotAllowedError')));
    command(false);
    const page = await detailPage(text);
    await copy(page);
    expect([button(page), said(page)]).to.deep.equal(['Not copied', 'The browser did not allow the copy. Select the text and copy it by keyboard.']);
    expect(page.$('.tabs [role=status]').clientHeight).to.be.greaterThan(10);
  });

  it('says nothing of one entry while another is shown, and leaves no timer behind', async () => {
    const page = await detailPage(text);
    await copy(page);
    await page.open({ level: 30, msg: 'other' });
    expect(button(page)).to.equal('Copy the entry as JSON');
    await copy(page);
    page.detail.remove();
    expect(page.clock.pending).to.equal(0);
  });

  it('takes one value of the tree by keyboard, and says so like any other copy', async () => {
    const page = await detailPage('{"level":30,"msg":"a\u202eb","req":{"id":12345678901234567890}}');
    for (const [index, value, words] of [[1, 'a\u202eb', 'Copied as received, with 1 character that cannot be seen.'], [2, '{"id":12345678901234567890}', 'Copied.']] as const) {
      const row = page.tree.renderRoot.querySelectorAll<HTMLElement>('[role=treeitem]')[index];
      row?.focus();
      await pressCopy();
      await until(() => copied.at(-1) === value);
      await page.settle();
      expect(said(page)).to.equal(words);
      expect(page.tree.shadowRoot?.activeElement === row, 'the focus stays').to.equal(true);
    }
  });

  it('takes the value that has the focus also where words of a field are still selected', async () => {
    const page = await detailPage('{"level":30,"msg":"hello"}');
    await page.filter('msg');
    const field = page.$('input') as HTMLInputElement;
    field.focus();
    field.select();
    page.tree.renderRoot.querySelector<HTMLElement>('[role=treeitem]')?.focus();
    await pressCopy();
    await until(() => copied.length > 0);
    expect(copied).to.deep.equal(['hello']);
  });

  it('has nothing to copy where a filter leaves nothing', async () => {
    const page = await detailPage(text);
    await page.filter('nope');
    expect((page.$('[part=copy]') as HTMLButtonElement).disabled).to.equal(true);
  });
});
