import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/elements/json-tree.js';
import type { LogJsonTree, TreeCopyEvent } from '../../src/elements/json-tree.js';
import { eventsOf, expectAccessible, fold } from '../helpers/shadow.js';

const entry = '{"level":30,"req":{"id":12345678901234567890,"headers":{"host":"a","te":"b","x":"c","y":"d"}},"list":[1000,1e3],"empty":{},"msg":"it\\nis","msg":null,"on":true}';

const treeOf = (text: string, isFiltered = false): Promise<LogJsonTree> => fixture<LogJsonTree>(html`<log-json-tree .text=${text} .isFiltered=${isFiltered}></log-json-tree>`);
const items = (tree: LogJsonTree): HTMLElement[] => [...tree.renderRoot.querySelectorAll<HTMLElement>('[role=treeitem]')];
const lines = (tree: LogJsonTree): string[] => items(tree).map((item) => fold(item.textContent));
const item = (tree: LogJsonTree, words: string): HTMLElement => items(tree).find((found) => fold(found.textContent).startsWith(words)) as HTMLElement;
const focused = (tree: LogJsonTree): string => fold(tree.shadowRoot?.activeElement?.textContent ?? 'nothing');

async function keys(tree: LogJsonTree, ...names: string[]): Promise<void> {
  for (const press of names) {
    await sendKeys({ press });
    await tree.updateComplete;
  }
}

/** Keys pressed together where the focus is. */
function combine(tree: LogJsonTree, init: KeyboardEventInit): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { ...init, bubbles: true, composed: true, cancelable: true });
  tree.shadowRoot?.activeElement?.dispatchEvent(event);
  return event;
}

async function click(tree: LogJsonTree, words: string, inside = ''): Promise<void> {
  const target = inside === '' ? item(tree, words) : item(tree, words).querySelector<HTMLElement>(inside);
  target?.click();
  await tree.updateComplete;
}

describe('log-json-tree', () => {
  it('passes the accessibility audit in both colour schemes', async () => {
    const tree = await treeOf(entry.replace('"on"', `"stack":"a\\nb\\nc\\nd","many":[${'1,'.repeat(300)}1],"on"`));
    await click(tree, 'many');
    await expectAccessible(tree);
  });

  it('shows digits as they came, and both of two members with one key', async () => {
    expect(lines(await treeOf(entry))).to.deep.equal([
      'level30', 'req', 'id12345678901234567890', 'headers{ host, te, x, … 1 more }', 'list[ 1000, 1e3 ]', 'empty{}', 'msg"it is"', 'msgnull', 'ontrue',
    ]);
  });

  it('opens and closes by pointer', async () => {
    const tree = await treeOf(entry);
    await click(tree, 'headers');
    expect(item(tree, 'headers').getAttribute('aria-expanded')).to.equal('true');
    expect(lines(tree)).to.include('host"a"');
    await click(tree, 'req');
    expect(lines(tree)).to.not.include('host"a"');
    expect(item(tree, 'req').getAttribute('aria-expanded')).to.equal('false');
    expect(item(tree, 'level').hasAttribute('aria-expanded')).to.equal(false);
  });

  it('has one tab stop, and is moved in and opened by the keys of a tree', async () => {
    const tree = await treeOf(entry);
    items(tree)[0]?.focus();
    const walk: readonly (readonly [string, string])[] = [
      ['ArrowDown', 'req'], ['ArrowRight', 'id12345678901234567890'], ['ArrowDown', 'headers{ host, te, x, … 1 more }'], ['ArrowRight', 'headers'], ['ArrowRight', 'host"a"'], ['ArrowRight', 'host"a"'],
      ['ArrowLeft', 'headers'], ['ArrowLeft', 'headers{ host, te, x, … 1 more }'], ['ArrowLeft', 'req'], ['Enter', 'req{ id, headers }'], [' ', 'req'], ['End', 'ontrue'], ['ArrowDown', 'ontrue'],
      ['ArrowLeft', 'ontrue'], ['ArrowUp', 'msgnull'], ['Home', 'level30'], ['ArrowUp', 'level30'],
    ];
    for (const [key, there] of walk) {
      await keys(tree, key);
      expect(focused(tree), key).to.equal(there);
      expect(items(tree).filter(({ tabIndex }) => tabIndex === 0).map(({ textContent }) => fold(textContent))).to.deep.equal([there]);
    }
  });

  it('keeps to itself the keys that it uses, and no others', async () => {
    const tree = await treeOf(entry), heard: string[] = [];
    tree.addEventListener('keydown', ({ key }) => heard.push(key));
    items(tree)[0]?.focus();
    await keys(tree, 'ArrowDown', 'ArrowLeft', 'Enter', ' ', 'End', 'e', 'Escape');
    await sendKeys({ down: 'Control' });
    await keys(tree, 'ArrowDown');
    await sendKeys({ up: 'Control' });
    expect(heard.filter((key) => key !== 'Control')).to.deep.equal(['e', 'Escape', 'ArrowDown']);
  });

  it('asks for a copy of the value that has the focus: a string as its text, all else as JSON', async () => {
    const tree = await treeOf(entry), asked: string[] = [];
    tree.addEventListener('log-tree-copy', (event) => asked.push((event as TreeCopyEvent).text));
    for (const [words, text] of [['level', '30'], ['id', '12345678901234567890'], ['headers', '{"host":"a","te":"b","x":"c","y":"d"}'], ['list', '[1000,1e3]'], ['msg', 'it\nis'], ['on', 'true']] as const) {
      item(tree, words).focus();
      expect(combine(tree, { key: 'c', ctrlKey: true }).defaultPrevented, words).to.equal(true);
      expect(asked.splice(0), words).to.deep.equal([text]);
    }
    expect(combine(tree, { key: 'c', metaKey: true }).defaultPrevented).to.equal(true);
    expect(combine(tree, { key: 'ؤ', code: 'KeyC', ctrlKey: true }).defaultPrevented, 'the same key in Arabic').to.equal(true);
    expect(asked).to.deep.equal(['true', 'true']);
  });

  it('leaves a copy to the browser where text is selected, and every other key with Ctrl', async () => {
    const tree = await treeOf(`{${Array.from({ length: 250 }, (_, index) => `"k${index}":${index}`).join(',')}}`), asked = eventsOf(tree, 'log-tree-copy');
    items(tree)[0]?.focus();
    for (const init of [{ key: 'c' }, { key: 'c', ctrlKey: true, shiftKey: true }, { key: 'c', ctrlKey: true, altKey: true }, { key: 'j', code: 'KeyC', ctrlKey: true }, { key: 'v', ctrlKey: true }]) {
      expect(combine(tree, init).defaultPrevented, JSON.stringify(init)).to.equal(false);
    }
    getSelection()?.selectAllChildren(item(tree, 'k1'));
    expect(combine(tree, { key: 'c', ctrlKey: true }).defaultPrevented).to.equal(false);
    getSelection()?.removeAllRanges();
    items(tree).at(-1)?.focus();
    expect(combine(tree, { key: 'c', ctrlKey: true }).defaultPrevented, 'a row that stands for more').to.equal(false);
    expect(asked).to.deep.equal([]);
  });

  it('says of each row how deep it stands and which of how many it is', async () => {
    const tree = await treeOf(entry), id = item(tree, 'id');
    expect(['aria-level', 'aria-posinset', 'aria-setsize'].map((name) => id.getAttribute(name))).to.deep.equal(['2', '1', '2']);
    expect(id.style.getPropertyValue('--_depth')).to.equal('1');
    expect(item(tree, 'on').getAttribute('aria-setsize')).to.equal('7');
  });

  it('shows two hundred members at a time, and goes on at the first new one', async () => {
    const tree = await treeOf(`{${Array.from({ length: 450 }, (_, index) => `"k${index}":${index}`).join(',')}}`);
    expect([lines(tree).length, lines(tree).at(-1)]).to.deep.equal([201, 'Show 200 more of 250']);
    items(tree)[0]?.focus();
    await keys(tree, 'End', 'Enter');
    expect([lines(tree).length, lines(tree).at(-1), focused(tree)]).to.deep.equal([401, 'Show 50 more', 'k200200']);
    await click(tree, 'Show 50 more');
    expect([lines(tree).length, lines(tree).at(-1)]).to.deep.equal([450, 'k449449']);
  });

  it('cuts a long string, and shows all of it on demand', async () => {
    const tree = await treeOf(JSON.stringify({ long: 'x'.repeat(90_000), giant: 'a\n'.repeat(500_000), stack: 'Error\n a\n b\n c' }));
    const length = (): number => item(tree, 'long').querySelector('.value')?.textContent.length ?? 0;
    expect(length()).to.be.lessThan(2100);
    expect(lines(tree)[2]).to.equal('stack"Error…" Show all 4 lines');
    await click(tree, 'long', '.words');
    expect(length()).to.be.greaterThan(90_000);
    await click(tree, 'long', '.words');
    expect(length()).to.be.lessThan(2100);
    await click(tree, 'giant', '.words');
    expect(item(tree, 'giant').textContent.length).to.be.lessThan(5000);
    expect(fold(item(tree, 'giant').textContent)).to.contain('a…" The Raw view has the rest. Show less');
    items(tree)[0]?.focus();
    await keys(tree, 'End', 'ArrowRight');
    expect(focused(tree)).to.equal('stack"Error a b c" Show less');
  });

  it('does not close what a person marks text in', async () => {
    const tree = await treeOf(entry), row = item(tree, 'req');
    getSelection()?.selectAllChildren(tree.parentElement as Element);
    row.click();
    await tree.updateComplete;
    expect(row.getAttribute('aria-expanded')).to.equal('true');
    getSelection()?.removeAllRanges();
    row.click();
    await tree.updateComplete;
    expect(row.getAttribute('aria-expanded')).to.equal('false');
  });

  it('keeps open in the next text what was opened in this one, but shows all of a filtered text', async () => {
    const tree = await treeOf('{"req":{"headers":{"host":"a"}}}');
    await click(tree, 'headers');
    await click(tree, 'req');
    tree.text = '{"req":{"headers":{"host":"b"}}}';
    await tree.updateComplete;
    expect(lines(tree)).to.deep.equal(['req{ headers }']);
    await click(tree, 'req');
    expect(lines(tree)).to.deep.equal(['req', 'headers', 'host"b"']);
    await click(tree, 'req');
    tree.isFiltered = true;
    await tree.updateComplete;
    expect(lines(tree)).to.deep.equal(['req', 'headers', 'host"b"']);
  });

  it('shows a text that is one plain value, and one that is empty', async () => {
    const tree = await treeOf('null');
    for (const [text, shown] of [['null', ['null']], ['-1.50', ['-1.50']], ['"a\\u202eb"', ['"a⟨U+202E⟩b"']], ['[]', []], ['{}', []]] as const) {
      tree.text = text;
      await tree.updateComplete;
      expect(lines(tree)).to.deep.equal(shown);
    }
    expect(tree.shadowRoot?.textContent).to.equal('{}');
  });

  it('stops at a depth, says so, and keeps values readable there', async () => {
    const tree = await treeOf('[{"a":'.repeat(2500) + '1' + '}]'.repeat(2500), true);
    items(tree)[0]?.focus();
    await keys(tree, 'End', ...Array.from({ length: 110 }, () => 'ArrowRight'));
    expect(lines(tree).length).to.equal(65);
    expect(lines(tree).at(-1)).to.equal('0… deeper than the tree goes; the Raw view has it');
    expect((items(tree).at(-1)?.querySelector('.value') as HTMLElement).offsetWidth).to.be.greaterThan(80);
  });
});
