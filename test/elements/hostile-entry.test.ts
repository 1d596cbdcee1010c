// Entries that try to be more than text, or more than a page can bear, in every view of the detail pane.
import { expect } from '@open-wc/testing';
import { detailPage, type DetailPage } from '../helpers/detail-page.js';

const markup = [
  '<img src=x onerror=pwn()>', '<script>pwn()</script>', '<svg onload=pwn()>', '</script><script>pwn()</script>', '"><b onmouseover=pwn()>', '<style>*{display:none}</style>', '${pwn()}', '{{pwn()}}',
  '<!--?lit$000$-->', '<template><iframe src="javascript:pwn()"></iframe></template>', '&lt;img&gt;', '<a href="javascript:pwn()">x</a>', '<log-detail></log-detail>',
];
const ours = new Set('section header p h2 div span bdi time button svg path circle rect g input pre dl dt dd b details summary log-json-tree code'.split(' '));
const views = ['tree', 'raw', 'request', 'error'];

/** Every element of a shadow tree and of those within. */
function elements(root: ParentNode): Element[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [element, ...(element.shadowRoot === null ? [] : elements(element.shadowRoot))]);
}

/** Opens everything that can be opened, view by view, and hands over what is drawn. */
async function eachView(page: DetailPage, look: (drawn: readonly Element[], view: string) => void): Promise<void> {
  for (const view of views) {
    if (page.detail.renderRoot.querySelector(`#tab-${view}`) === null) continue;
    await page.view(view);
    for (const details of page.detail.renderRoot.querySelectorAll('details')) details.open = true;
    const tree = page.detail.renderRoot.querySelector('log-json-tree');
    for (const row of tree?.renderRoot.querySelectorAll<HTMLElement>('[aria-expanded=false]') ?? []) row.click();
    await page.settle();
    look(elements(page.detail.renderRoot), view);
  }
}

function textOf(page: DetailPage): string {
  return elements(page.detail.renderRoot).map(({ shadowRoot }) => shadowRoot?.textContent ?? '').join('') + (page.detail.shadowRoot?.textContent ?? '');
}

describe('a hostile entry', () => {
  let pwned = 0;
  beforeEach(() => {
    pwned = 0;
    (window as { pwn?: unknown }).pwn = () => pwned++;
  });
  afterEach(() => {
    delete (window as { pwn?: unknown }).pwn;
  });

  for (const text of markup) {
    it(`is only text, in every field and every view: ${text}`, async () => {
      const fields = { [text]: text, nested: { [text]: [text, { [text]: text }] } };
      const page = await detailPage();
      await page.open({
        level: 50, time: text, msg: text, ...fields,
        req: { method: text, url: `/?${text}=${text}`, headers: { [text]: text } }, res: { statusCode: 500, headers: { [text]: text } }, responseTime: 1,
        err: { type: text, message: text, code: text, [text]: text, stack: `${text}\n    at ${text} (${text})\n${text}\ncaused by: ${text}`, cause: { message: text } },
      }, text);
      await page.filter(`${text}, nope ${text}`);
      await page.filter('');
      const seen: string[] = [];
      await eachView(page, (drawn, view) => {
        seen.push(view);
        for (const element of drawn) {
          expect(ours.has(element.localName), `<${element.localName}> in ${view}`).to.equal(true);
          for (const { name, value } of element.attributes) {
            expect(/^(on|src|href|style)/u.test(name) && !/^--_depth/u.test(value), `${name}="${value}"`).to.equal(false);
            if (['class', 'id', 'part'].includes(name)) expect(value.includes('pwn'), `${name}="${value}"`).to.equal(false);
          }
        }
        expect(textOf(page)).to.contain(text);
      });
      expect(seen).to.deep.equal(views);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      expect(pwned).to.equal(0);
    });
  }

  it('shows what cannot be seen, in every view', async () => {
    const hidden = 'a\u202eb\u2066c\u200bd\u0007e\u001b[31mf\u{e0041}', page = await detailPage();
    await page.open({ level: 50, msg: hidden, [hidden]: hidden, req: { method: hidden, url: hidden, headers: { [hidden]: hidden } }, res: {}, err: { type: hidden, message: hidden, stack: `${hidden}\n    at ${hidden} (${hidden})` } }, hidden);
    await page.filter(`${hidden}.x`);
    expect(page.$('#not-here').textContent).to.contain('⟨U+202E⟩');
    await page.filter('');
    await eachView(page, () => expect(textOf(page)).to.not.match(/(?!\n|\t)[\p{Cc}\p{Bidi_Control}\u200b\u{e0041}]/u));
  });

  it('may be any JSON value', async () => {
    const page = await detailPage();
    for (const text of ['null', '42', '-0', '1e400', 'true', '"text"', '""', '[]', '{}', '[1,[2,{"err":{}}]]', '[null]', '{"err":[]}', '{"err":{"stack":7,"cause":{"cause":[]}}}', '{"req":1,"res":null,"responseTime":1}',
      '{"req":{"method":"GET","url":""},"res":{"statusCode":99.5},"responseTime":-1}', '{"level":-1,"time":8.64e15,"msg":{"a":1}}', '{"level":1e99,"time":-62198755200000,"msg":[]}', '{"msg":"\\ud800"}', '{"\\udfff":"\\udc00\\ud800"}',
      '{"__proto__":{"level":60},"constructor":1,"toString":{"then":1},"hasOwnProperty":null}', '{"level":30,"level":50,"msg":"a","msg":"b","err":null,"err":"x"}']) {
      await page.open(text);
      for (const paths of ['', 'err, __proto__.level, 0, constructor']) {
        await page.view('tree');
        await page.filter(paths);
        await eachView(page, (drawn) => expect(drawn.length).to.be.greaterThan(5));
      }
      await page.view('tree');
      await page.filter('');
      await page.view('raw');
      expect(page.$('.raw').textContent).to.equal(text);
    }
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
  });

  const wide = (length = 100_000): string => Array.from({ length }, (_, index) => `"k${index}":{"v":${index}}`).join(',');
  const bombs: Readonly<Record<string, () => string>> = {
    '5,000 arrays in one another': () => `{"level":50,"msg":"deep","a":${'['.repeat(5000)}1${']'.repeat(5000)}}`,
    '5,000 causes in one another': () => `{"level":50,"err":${'{"message":"m","cause":'.repeat(5000)}null${'}'.repeat(5000)}}`,
    '100,000 keys': () => `{"level":30,"msg":"wide",${wide()}}`,
    '100,000 headers': () => `{"level":30,"req":{"method":"GET","url":"/","query":{${wide(10_000)}},"headers":{${wide(80_000)}}},"res":{"headers":{${wide(10_000)}}},"responseTime":1}`,
    '50,000 errors in one': () => `{"level":50,"err":{"message":"m","errors":[${'{"message":"part"},'.repeat(50_000)}1],${wide()}}}`,
    'strings and a key of 1 MB': () => JSON.stringify({ msg: 'x'.repeat(1_000_000), ['k'.repeat(1_000_000)]: 'y'.repeat(1_000_000), err: { message: 'z'.repeat(1_000_000) } }),
    'a stack of 50,000 frames': () => JSON.stringify({ err: { message: 'x', stack: `Error: x${'\n    at f (/a.js:1:1)'.repeat(50_000)}` } }),
    '300,000 characters that cannot be seen': () => JSON.stringify({ msg: '\u202e'.repeat(300_000) }),
    '500,000 lines': () => JSON.stringify({ lines: 'a\n'.repeat(500_000) }),
    '300,000 items': () => `[${'[],'.repeat(300_000)}[]]`,
  };

  for (const [name, bomb] of Object.entries(bombs)) {
    it(`may hold ${name}: a bounded part of it is drawn`, async () => {
      const page = await detailPage(bomb());
      for (const view of views) {
        if (page.detail.renderRoot.querySelector(`#tab-${view}`) === null) continue;
        await page.view(view);
        expect(elements(page.detail.renderRoot).length, view).to.be.lessThan(3000);
        expect(textOf(page).length, view).to.be.lessThan(900_000);
      }
      await page.view('tree');
      await page.filter('k99999.v');
      if (name === '100,000 keys') expect(page.rows).to.deep.equal(['k99999:', 'v: 99999']);
    });
  }
});
