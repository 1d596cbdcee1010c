import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { LogSelectEvent } from '../../src/elements/events.js';
import { detailPage, type DetailPage } from '../helpers/detail-page.js';
import { buttonOf, eventsOf, expectAccessible, fold, press, sendKey, textOf } from '../helpers/shadow.js';

const time = Date.UTC(2025, 10, 22, 11, 4, 8, 201);
const stack = ['TypeError: no such user', 'at find (/srv/app/users.js:3:9)', 'at a (/srv/app/node_modules/express/a.js:1:1)', 'at b (/srv/app/node_modules/express/b.js:1:1)', 'at c (node:events:1:1)'].join('\n    ');
const request = `{"level":30,"time":${time},"req":{"id":12345678901234567890,"method":"GET","url":"/items?limit=5&q=desk+lamp","query":{"limit":"5","q":"desk lamp"},"headers":{"host":"a.example"}},"res":{"statusCode":404,"headers":{"etag":"x"}},"responseTime":0,"msg":"request completed"}`;
const failure = { level: 50, time, err: { type: 'TypeError', message: 'no such user: connection lost', code: 'E_USER', stack: `${stack}\ncaused by: Error: connection lost\n    at connect (/srv/app/db.js:1:2)` }, msg: 'failed' };

const textIn = (page: DetailPage, selector: string): string => fold(page.$(selector).textContent);
const tabs = (page: DetailPage): string[] => [...page.detail.renderRoot.querySelectorAll('[role=tab]')].map((tab) => fold(tab.textContent));

describe('log-detail', () => {
  it('passes the accessibility audit in both colour schemes, in every view', async () => {
    const page = await detailPage();
    await expectAccessible(page.detail);
    await page.open({ ...JSON.parse(request) as object, ...failure, level: 60 });
    for (const view of ['tree', 'raw', 'request', 'error']) {
      await page.view(view);
      await expectAccessible(page.detail);
    }
    await page.view('tree');
    await page.filter('req.method, nope');
    page.store.clear();
    await page.open({ level: 35, time: 'soon', msg: 'x \u202e' });
    await expectAccessible(page.detail);
  });

  it('says what to do while nothing is selected', async () => {
    expect(textOf((await detailPage()).detail)).to.equal('Select an entry to read the whole of it.');
  });

  it('says level by name and number, full time, instance and message', async () => {
    const page = await detailPage({ level: 50, time, msg: 'order 10232\nnot charged' });
    expect(textIn(page, '[part=level]')).to.equal('Error 50');
    expect(textIn(page, '[part=time]')).to.equal('Sat 22 Nov 2025, 11:04:08.201 +00:00');
    expect(page.$('time').getAttribute('datetime')).to.equal('2025-11-22T11:04:08.201Z');
    expect(textIn(page, '[part=instance]')).to.equal('api-2');
    expect(page.$('h2').textContent).to.equal('order 10232\nnot charged');
    page.detail.timeZone = 'local';
    await page.settle();
    expect(textIn(page, '[part=time]')).to.contain(String(new Date(time).getMinutes()).padStart(2, '0'));
  });

  it('says a custom level by its number, and that there is none', async () => {
    const page = await detailPage({ level: 35, msg: 'x' });
    expect(textIn(page, '[part=level]')).to.equal('Level 35');
    expect(page.$('[part=level]').classList.contains('lv-info')).to.equal(true);
    await page.open({ msg: 'x' });
    expect(textIn(page, '[part=level]')).to.equal('No level');
  });

  it('shows a time that is none as it was written, and that an entry has no time', async () => {
    const page = await detailPage('{"level":30,"time":"next \\u202etuesday","msg":"x"}');
    expect(textIn(page, '[part=time]')).to.equal('"next \\u202etuesday" · no valid time');
    await page.open('{"level":30,"time":1e400,"msg":"x"}');
    expect(textIn(page, '[part=time]')).to.equal('1e400 · no valid time');
    await page.open({ level: 30, msg: 'x' });
    expect(textIn(page, '[part=time]')).to.equal('no time');
  });

  it('has the views that an entry can be seen in, and goes back to a chosen one', async () => {
    const page = await detailPage({ level: 30, msg: 'x' });
    expect(tabs(page)).to.deep.equal(['Tree', 'Raw']);
    await page.open(failure);
    expect(tabs(page)).to.deep.equal(['Tree', 'Raw', 'Error']);
    await page.view('error');
    await page.open(request);
    expect(tabs(page)).to.deep.equal(['Tree', 'Raw', 'Request']);
    expect(page.$('[aria-selected=true]').id).to.equal('tab-tree');
    await page.open(failure);
    expect(page.$('[aria-selected=true]').id).to.equal('tab-error');
  });

  it('moves between the views by keyboard, with one tab stop', async () => {
    const page = await detailPage(failure);
    page.$('#tab-tree').focus();
    const focused = (): string | undefined => page.detail.shadowRoot?.activeElement?.id;
    for (const [key, id] of [['ArrowRight', 'raw'], ['ArrowRight', 'error'], ['ArrowRight', 'tree'], ['ArrowLeft', 'error'], ['Home', 'tree'], ['End', 'error']] as const) {
      await sendKeys({ press: key });
      await page.settle();
      expect(focused()).to.equal(`tab-${id}`);
      expect(page.$('[aria-selected=true]').id).to.equal(`tab-${id}`);
      expect(page.detail.renderRoot.querySelectorAll('[role=tab][tabindex="0"]').length).to.equal(1);
      expect(page.$('[role=tabpanel]').getAttribute('aria-labelledby')).to.equal(`tab-${id}`);
    }
    page.detail.style.direction = 'rtl';
    await sendKeys({ press: 'ArrowLeft' });
    await page.settle();
    expect(focused()).to.equal('tab-tree');
  });

  it('shows a request with its whole query and folded headers', async () => {
    const page = await detailPage(request);
    expect(page.$('h2').textContent).to.equal('GET /items?limit=5&q=desk+lamp 404 0ms');
    await page.view('request');
    expect(textIn(page, '[part=request]')).to.equal('GET /items?limit=5&q=desk+lamp 404 0 ms');
    expect([...page.detail.renderRoot.querySelectorAll('.body > .kv > *')].map((item) => item.textContent)).to.deep.equal(['limit', '5', 'q', 'desk lamp']);
    const folded = [...page.detail.renderRoot.querySelectorAll('details')].map((details) => [details.open, ...Array.from(details.children, (child) => fold(child.textContent))]);
    expect(folded).to.deep.equal([[false, '1 request header', 'hosta.example'], [false, '1 response header', 'etagx']]);
    await page.open(request.replace('"statusCode":404', '"statusCode":null').replace(/"query":\{[^}]*\}/u, '"query":{}'));
    expect(textIn(page, '[part=request]')).to.contain('no status');
    expect(textIn(page, '.body')).to.contain('limit5qdesk lamp');
  });

  it('shows an error with its own frames, folded foreign ones, and its cause', async () => {
    const page = await detailPage(failure);
    await page.view('error');
    const lines = [...page.detail.renderRoot.querySelectorAll('.body :is(.e-line, .kv, .frame-line, summary, .label)')].map((element) => fold(element.textContent));
    expect(lines).to.deep.equal([
      'TypeError: no such user', 'codeE_USER', 'find /srv/app/users.js:3:9',
      '3 frames in express, node:events', 'a /srv/app/node_modules/express/a.js:1:1', 'b /srv/app/node_modules/express/b.js:1:1', 'c node:events:1:1',
      'Caused by', 'Error: connection lost', 'connect /srv/app/db.js:1:2',
    ]);
    const details = page.$('details') as HTMLDetailsElement;
    expect(details.open).to.equal(false);
    page.$('summary').click();
    expect(details.open).to.equal(true);
    await page.open({ ...failure, err: { type: 'Error', message: 'x', stack: 'Error: x\n    at a (node:a:1:1)\n    at b (node:b:1:1)\n    at c (node:c:1:1)' } });
    expect((page.$('details') as HTMLDetailsElement).open, 'an error with no frame of its own shows what it has').to.equal(true);
  });

  it('filters by paths at each key stroke, keeps the filter, and says what is not there', async () => {
    const page = await detailPage(request);
    page.$('input').focus();
    await sendKeys({ type: 'req.id, res.statusCod' });
    await page.settle();
    expect(page.rows).to.deep.equal(['req:', 'id: 12345678901234567890']);
    expect(textIn(page, '#not-here')).to.equal('Not in this entry: res.statusCod.');
    await sendKeys({ type: 'e' });
    await page.settle();
    expect(page.rows).to.deep.equal(['req:', 'id: 12345678901234567890', 'res:', 'statusCode: 404']);
    expect(textIn(page, '#not-here')).to.equal('');
    await page.view('raw');
    expect(textIn(page, '.raw')).to.equal('{"req":{"id":12345678901234567890},"res":{"statusCode":404}}');
    await page.open({ level: 30, req: { id: 7 }, msg: 'x' });
    expect(textIn(page, '.raw')).to.equal('{"req":{"id":7}}');
    expect(textIn(page, '#not-here')).to.equal('Not in this entry: res.statusCode.');
    await press(page.detail, 'Clear the path filter');
    expect(textIn(page, '.raw')).to.equal('{"level":30,"req":{"id":7},"msg":"x"}');
    expect(page.detail.shadowRoot?.activeElement?.localName).to.equal('input');
  });

  it('says so where an entry has only level, time and message', async () => {
    const page = await detailPage({ level: 30, time, msg: 'GET /items 200 5ms' });
    expect(textIn(page, '.bare')).to.contain('WEBSOCKETS_LOGS_STYLE=raw');
    await page.view('raw');
    expect(textIn(page, '.bare')).to.contain('Nothing else came with this entry.');
    for (const whole of [{ level: 30, time, msg: 'x', pid: 1 }, { level: 30, time }]) {
      await page.open(whole);
      expect(page.detail.renderRoot.querySelector('.bare')).to.equal(null);
    }
  });

  it('keeps an entry that has left the list, and says when it did', async () => {
    const page = await detailPage({ level: 30, msg: 'kept' }, { maxEntries: 10 });
    expect(textIn(page, '[part=removed]')).to.equal('');
    page.clock.advance(60_000);
    page.store.push(Array.from({ length: 10 }, (_, index) => ({ level: 30, msg: `later ${index}` })));
    page.store.flush();
    await page.settle();
    expect(textIn(page, '[part=removed]')).to.equal('Removed from memory at 03:05:05; kept here while open.');
    expect(page.$('h2').textContent).to.equal('kept');
    expect(page.rows).to.deep.equal(['level: 30', 'msg: "kept"']);
  });

  it('closes by its button and by Escape, and tells the page', async () => {
    const page = await detailPage({ level: 30, msg: 'x' }), events = eventsOf<LogSelectEvent>(page.detail, 'log-select');
    buttonOf(page.detail, 'Close the entry').focus();
    await press(page.detail, 'Close the entry');
    expect(page.store.snapshot.selected).to.equal(null);
    expect(events.map(({ entry, bubbles, composed }) => [entry, bubbles, composed])).to.deep.equal([[null, true, true]]);
    expect(page.detail.shadowRoot?.activeElement, 'the focus is not lost').to.equal(page.$('.nothing'));
    await page.open({ level: 30, msg: 'y' });
    expect(sendKey(page.$('input'), 'Escape').defaultPrevented).to.equal(true);
    expect(page.store.snapshot.selected).to.equal(null);
    expect(events.length).to.equal(2);
  });

  it('shows what another store has selected when it is given that store', async () => {
    const page = await detailPage({ level: 30, msg: 'one' }), other = await detailPage({ level: 30, msg: 'two' });
    page.detail.store = other.store;
    await page.settle();
    expect(page.$('h2').textContent).to.equal('two');
    page.detail.store = null;
    await page.settle();
    expect(textOf(page.detail)).to.contain('Select an entry');
  });

  it('shows each entry from its top', async () => {
    const many = { level: 30, ...Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`k${index}`, index])) };
    const page = await detailPage(many);
    page.$('.body').scrollTop = 300;
    await page.open(many);
    expect(page.$('.body').scrollTop).to.equal(0);
  });

  it('says nothing to the page when the page selects', async () => {
    const page = await detailPage(), events = eventsOf(page.detail, 'log-select');
    await page.open({ level: 30, msg: 'x' });
    page.store.select(null);
    await page.settle();
    expect(events).to.deep.equal([]);
    expect(textOf(page.detail)).to.contain('Select an entry');
  });

  it('wraps long lines until told not to', async () => {
    const page = await detailPage({ level: 30, msg: 'word '.repeat(200) }), wrap = buttonOf(page.detail, 'Wrap');
    const isWide = (): boolean => page.$('.body').scrollWidth > page.$('.body').clientWidth;
    expect([wrap.getAttribute('aria-pressed'), isWide()]).to.deep.equal(['true', false]);
    await press(page.detail, 'Wrap');
    await page.settle();
    expect([wrap.getAttribute('aria-pressed'), isWide()]).to.deep.equal(['false', true]);
    await page.view('raw');
    expect(isWide()).to.equal(true);
    await press(page.detail, 'Wrap');
    expect(isWide()).to.equal(false);
  });

  it('never cuts the time: in a narrow pane it takes its own line, and the path filter waits behind a button', async () => {
    const page = await detailPage({ level: 30, time, msg: 'x' }, { width: 480 });
    const isBelow = (): boolean => page.$('[part=time]').getBoundingClientRect().top >= page.$('[part=level]').getBoundingClientRect().bottom;
    expect(isBelow()).to.equal(false);
    for (const width of [469, 300]) {
      (page.detail.parentElement as HTMLElement).style.inlineSize = `${width}px`;
      expect(isBelow()).to.equal(true);
      expect(page.$('[part=time]').scrollWidth).to.be.at.most(page.$('[part=time]').clientWidth);
    }
    expect(page.$('input').checkVisibility()).to.equal(false);
    await press(page.detail, 'Path filter');
    expect(page.$('input').checkVisibility()).to.equal(true);
    await page.filter('level');
    await press(page.detail, 'Path filter');
    expect(page.$('input').checkVisibility(), 'a filter that is in force is not hidden').to.equal(true);
    expect(page.detail.scrollWidth).to.be.at.most(300);
  });

  it('shows the beginning of a long message and of a long raw text, and the whole on demand', async () => {
    const page = await detailPage({ level: 30, msg: 'm'.repeat(1_000_000) });
    expect(page.$('h2').textContent).to.equal(`${'m'.repeat(300)}…`);
    page.$('.whole').click();
    await page.settle();
    expect(page.$('h2').textContent.length).to.equal(1_000_000);
    await page.view('raw');
    expect(page.$('.raw').textContent.length).to.equal(100_001);
    page.$('.body .whole').click();
    await page.settle();
    expect(page.$('.raw').textContent.length).to.equal(1_000_021);
  });
});
