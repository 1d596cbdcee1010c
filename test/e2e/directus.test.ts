// An unmodified Directus as the endpoint of a real page: what was recorded of it is on the screen as the tables written by hand say, and each
// failure is explained there as docs/directus.md says.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { CONNECT_TIMEOUT_MS } from '../../src/core/connection.js';
import { strings } from '../helpers/english.js';
import { expectedCause } from '../helpers/cause-table.js';
import { startDemo } from '../helpers/demo.js';
import { DirectusPages, saidBy, toldIn, untilFloor } from '../helpers/directus-page.js';
import { expectedCounts, expectedEntries, incomingFrames, TRANSCRIPTS, type ExpectedEntry } from '../helpers/directus-transcripts.js';
import type { FakeDirectus, FakeDirectusOptions } from '../helpers/fake-directus.js';
import { readOn, readRaw, readRows, readTree, untilCursorMoved } from '../helpers/list-reader.js';
import { manualClock } from '../helpers/manual-platform.js';
import { startOneOrigin } from '../helpers/one-origin.js';
import { untilReceived, untilState } from '../helpers/viewer.js';

const ADMIN = 'lab-admin-static-token', USER = 'lab-viewer-static-token';
/** What has not come by then never will; the machine may be busy. */
const LONGEST_MS = 120_000;
const LEVELS: Readonly<Record<number, string>> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };

let pages: DirectusPages;
before(async () => {
  pages = await DirectusPages.start();
});
after(() => pages.stop());

const grid = (page: Page) => page.locator('log-list [role=grid]');
const row = (page: Page, text: string | RegExp) => page.locator('log-list [role=row]', { hasText: text });

describe('every recorded frame', { timeout: LONGEST_MS }, () => {
  let directus: FakeDirectus, page: Page, shown = 0;

  before(async () => {
    directus = await pages.directus();
    page = await pages.open(pages.addressFor(directus.url, ADMIN));
    await page.evaluate(() => {
      const viewer = document.querySelector('system-logs');
      viewer?.setAttribute('timestamps', 'iso');
      viewer?.setAttribute('time-zone', 'utc');
    });
    await untilFloor(page, 'trace');
    // the question by HTTP and the browser's own before it
    await untilReceived(page, 2);
  });
  after(() => pages.end());

  /** Sends a transcript to an empty list, and waits until the last of it is read. */
  async function replay(file: string): Promise<{ received: number; unreadable: number }> {
    const before = await page.evaluate(() => {
      const viewer = document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs'];
      viewer.clear();
      viewer.scrollToLatest();
      return viewer.accounting;
    });
    directus.replay(file);
    directus.send('the end of the transcript');
    await page.waitForFunction((count) => (document.querySelector('system-logs')?.accounting.unreadable ?? 0) > count, before.unreadable + expectedCounts(file).unreadable + expectedCounts(file).unknown);
    const now = await page.evaluate(() => (document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs']).accounting);
    return { received: now.received - before.received, unreadable: now.unreadable - before.unreadable - 1 };
  }

  for (const file of TRANSCRIPTS) test(`of ${file} is a row that says what the table says, in its order, and counted`, async () => {
    const expected = expectedEntries(file), { unknown, unreadable } = expectedCounts(file);
    assert.deepEqual(await replay(file), { received: expected.length, unreadable: unknown + unreadable });
    const rows = await readRows(page);
    assert.deepEqual(rows, expected.map(({ level, time, instance, row }) => ({ time: new Date(time).toISOString(), instance, level: LEVELS[level], text: row })));
    shown += rows.length;
  });

  test('makes 536 rows in all', () => assert.equal(shown, 536));

  for (const file of ['happy-raw.jsonl', 'happy-pretty.jsonl']) test(`of ${file}, opened by keyboard, is in the detail as it was sent`, async () => {
    const expected = expectedEntries(file), frames = incomingFrames(file), pane = page.locator('log-detail');
    await replay(file);
    await grid(page).focus();
    for (const key of ['Home', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    await pane.getByRole('tab', { name: strings.detail.raw }).click();
    await grid(page).focus();
    const raws = await readOn(page, expected.length);
    for (const [index, entry] of expected.entries()) {
      const raw = raws[index] ?? '', wire = frames[entry.frame - 1] ?? '';
      assert.equal(raw, wire.slice('{"type":"logs","data":'.length, wire.lastIndexOf(',"uid":')), `frame ${entry.frame}`);
      const value = JSON.parse(raw) as Record<string, unknown>;
      assert.deepEqual(Object.keys(value), entry.keys, `frame ${entry.frame}`);
      for (const check of entry.checks) assertHas(value, check);
    }
    await page.keyboard.press('Escape');
  });

  const chosen = ['GET /server/ping 200 0ms', 'GET /items/articles?filter[nope][_eq]=1 403 9ms', 'Value "one" for field "slug" in collection "articles" has to be unique.',
    'TypeError: lab: caught an error', 'lab: with an object', 'GET /lab/slow?ms=1500 — 103ms', 'GET /lab/boom 500 5ms'];
  for (const text of chosen) test(`“${text}” has in the detail, by path filter and in the tree, what the table says`, async () => {
    const entry = expectedEntries('happy-raw.jsonl').find((candidate) => candidate.row === text) as ExpectedEntry;
    if (text === chosen[0]) await replay('happy-raw.jsonl');
    await openByKeyboard(entry);
    const pane = page.locator('log-detail'), field = pane.getByLabel(strings.detail.filterPaths);
    const checks = entry.checks.map(partsOf);
    await pane.getByRole('tab', { name: strings.detail.raw }).click();
    await field.fill(checks.map(({ path }) => path).join(', '));
    const filtered = JSON.parse(await readRaw(page) ?? '') as Record<string, unknown>;
    for (const check of entry.checks) assertHas(filtered, check);
    assert.deepEqual(new Set(Object.keys(filtered)), new Set(checks.map(({ path }) => path.split('.')[0])), 'and nothing else');

    await pane.getByRole('tab', { name: strings.detail.tree }).click();
    for (const more of await pane.getByText(/^Show all \d+ lines$/).all()) await more.click();
    const tree = await readTree(page);
    for (const { path, operator, value } of checks) {
      const key = path.split('.').at(-1), words = tree.filter((node) => node.key === key).map((node) => node.value);
      if (operator === ' has ') assert.ok(words.some((word) => word.includes(JSON.parse(`"${value}"`) as string)), `${path}: ${words.join()}`);
      else if (value.startsWith('"')) assert.ok(words.some((word) => word.startsWith(`"${JSON.parse(value) as string}"`)), `${path}: ${words.join()}`);
      else if (!/^[[{]./.test(value) || value === '{}') assert.ok(words.includes(value), `${path}: ${words.join()}`);
    }
    await pane.getByRole('button', { name: strings.detail.clearFilter }).click();
    await grid(page).focus();
    await page.keyboard.press('Escape');
  });

  /** From the first row on, down to the entry: as a person would who cannot use a mouse. */
  async function openByKeyboard(entry: ExpectedEntry): Promise<void> {
    await grid(page).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('PageDown');
    const screen = await untilCursorMoved(page), index = 1 + expectedEntries('happy-raw.jsonl').findIndex(({ frame }) => frame === entry.frame);
    await page.keyboard.press('Home');
    // the first row says that the list was cleared
    for (let times = Math.floor(index / screen); times > 0; times--) await page.keyboard.press('PageDown');
    for (let times = index % screen; times > 0; times--) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('log-list [role=row][aria-selected=true]').waitFor();
  }
});

function partsOf(check: string): { path: string; operator: string; value: string } {
  const [, path = '', operator = '', value = ''] = /^([\w.]+)(=| has )(.*)$/s.exec(check) ?? [];
  assert.notEqual(path, '', `"${check}" is no check`);
  return { path, operator, value };
}

function assertHas(shown: unknown, check: string): void {
  const { path, operator, value } = partsOf(check);
  const found = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], shown);
  if (operator === '=') assert.deepEqual(found, JSON.parse(value), path);
  else assert.ok(String(found).includes(JSON.parse(`"${value}"`) as string), `${path} has no ${value}`);
}

interface Failure {
  readonly name: string;
  readonly options?: FakeDirectusOptions;
  readonly token: string | null;
  readonly known: readonly string[];
  readonly ready?: (directus: FakeDirectus) => Promise<unknown>;
}

const failures: readonly Failure[] = [
  { name: 'no sign-in', token: null, known: ['close 1006', 'HTTP 200 nobody'] },
  { name: 'a wrong token, which Directus answers 401', token: 'wrong-token', known: ['close 1006', 'token', 'HTTP 401 INVALID_CREDENTIALS'] },
  { name: 'a user who is no administrator', token: USER, known: ['close 1006', 'HTTP 200 logs:false'] },
  { name: 'a refused connection', token: ADMIN, known: ['close 1006', 'HTTP silent'], ready: (directus) => directus.close() },
  { name: 'a foreign origin', options: { cors: [] }, token: ADMIN, known: ['close 1006', 'token', 'HTTP opaque'] },
  { name: 'one viewer too many', options: { connLimit: 0 }, token: ADMIN, known: ['close 1006', 'HTTP 200 logs:{…}'] },
  { name: 'WebSockets switched off', options: { websocketsEnabled: false }, token: ADMIN, known: ['close 1006', 'HTTP 200 websocket:false'] },
  { name: 'a wrong path', options: { path: '/other' }, token: ADMIN, known: ['no answer', 'HTTP 200 logs:{…}'] },
  { name: 'logs switched off', options: { logsEnabled: false }, token: ADMIN, known: ['no answer', 'HTTP 200 logs:false'] },
];

describe('a failure has its sentence in the element, and one log-error:', { timeout: LONGEST_MS }, () => {
  afterEach(() => pages.end());

  for (const { name, options = {}, token, known, ready } of failures) test(name, async () => {
    const directus = await pages.directus(options);
    await ready?.(directus);
    const page = await pages.open(pages.addressFor(`ws://${directus.host}/websocket/logs`, token), { clock: true });
    const cause = expectedCause(known, directus.host, token !== null);
    if (known[0] === 'no answer') {
      await directus.until(() => directus.attempts.length > 0);
      await page.clock.fastForward(CONNECT_TIMEOUT_MS);
    }
    const panel = page.locator('log-state-panel .panel');
    await panel.getByText(cause.sentence.split('. ')[0] ?? '').waitFor();
    assert.equal(await panel.getByRole('heading').innerText(), cause.title);
    assert.ok(fold(await panel.innerText()).includes(cause.sentence), await panel.innerText());
    assert.deepEqual(await panel.getByRole('listitem').allInnerTexts(), cause.checks);
    assert.equal(await panel.getByRole('button', { name: strings.panel.copySetting }).count(), cause.setting === null ? 0 : 1);
    await untilState(page, cause.retry ? 'reconnecting' : 'closed');
    assert.deepEqual(await toldIn(page), [cause.sentence]);
    if (token !== null) assert.ok(!(await saidBy(page)).includes(token));
  });

  test('a sign-in that runs out, with rows on the screen; tries that end the same way are not told again', async () => {
    const directus = await pages.directus(), token = directus.issueToken(), page = await pages.open(pages.addressFor(directus.url, token), { clock: true });
    await untilFloor(page, 'trace');
    await untilReceived(page, 2);
    directus.expire(token);
    const expired = expectedCause(['open', 'close 1005', 'error AUTH_TIMEOUT Authentication timed out.'], directus.host, true);
    const bar = page.locator('log-state-bar .bar');
    await bar.getByText(expired.title).waitFor();
    assert.ok(fold(await bar.innerText()).includes(`${expired.title}. ${expired.sentence}`));
    // three tries a minute, as long as it is the same token
    for (let attempt = 1; attempt <= 3; attempt++) {
      await page.waitForFunction((made) => {
        const status = document.querySelector('system-logs')?.status;
        return status?.state === 'reconnecting' && status.attempt >= made && status.cause.code === 'sign-in-expired';
      }, attempt);
      await page.clock.fastForward(21_000);
    }
    assert.deepEqual(await toldIn(page), [expired.sentence]);
    assert.deepEqual(directus.attempts.slice(0, 2), ['open', 401]);
  });

  test('a stop, after which it connects by itself and says from when to when it was not connected', async () => {
    const directus = await pages.directus(), page = await pages.open(pages.addressFor(directus.url, ADMIN), { clock: true });
    await untilFloor(page, 'trace');
    await directus.stop();
    const lost = expectedCause(['open', 'close 1006'], directus.host, true);
    await page.locator('log-state-bar').getByText(lost.title).waitFor();
    await directus.start();
    await page.clock.fastForward(1000);
    await untilState(page, 'live');
    await row(page, /^.*Not connected from .* to .*cannot say what was missed$/s).waitFor();
    assert.deepEqual(await toldIn(page), [lost.sentence]);
  });
});

describe('the sign-in', { timeout: LONGEST_MS }, () => {
  afterEach(() => pages.end());

  test('by a function is renewed before it runs out, and the stream goes on', async () => {
    const clock = manualClock(Date.now()), directus = await pages.directus({ clock }), given: string[] = [];
    const page = await pages.open(pages.addressFor(directus.url, null), {
      clock: true,
      prepare: async (made) => {
        await made.exposeFunction('freshToken', () => given[given.push(directus.issueToken(60_000)) - 1]);
        // before the element is defined: a page may be faster than the script of the viewer
        await made.addInitScript(() => document.addEventListener('readystatechange', () => {
          const viewer = document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs'];
          viewer.accessToken = () => (globalThis as unknown as { freshToken: () => Promise<string> }).freshToken();
        }, { once: true }));
      },
    });
    await untilFloor(page, 'trace');
    for (const times of [1, 2, 3]) {
      clock.advance(30_000);
      await page.clock.fastForward(30_000);
      await directus.until(() => directus.received.filter((frame) => frame === `{"type":"auth","access_token":"${given[times]}"}`).length === 1);
      directus.log({ level: 30, time: clock.now(), msg: `after ${times} renewals` });
      await row(page, `after ${times} renewals`).waitFor();
    }
    assert.deepEqual([directus.attempts, given.length, await toldIn(page)], [['open'], 4, []]);
  });

  test('by the session cookie of the same origin needs nothing in the page', async () => {
    const directus = await pages.directus({ cors: [], floor: 'info' }), session = directus.issueToken(), site = await startOneOrigin(pages.demo.page, directus.origin);
    pages.later(() => site.close());
    const page = await pages.open(`${site.page}?level=trace`, {
      prepare: (made) => made.context().addCookies([{ name: 'directus_session_token', value: session, url: site.page, httpOnly: true, sameSite: 'Lax' }]),
    });
    await untilFloor(page, 'info');
    directus.log({ level: 40, time: Date.now(), msg: 'seen through the cookie' });
    await row(page, 'seen through the cookie').waitFor();
    assert.equal(await page.locator('log-filters [part~=level-toggle]', { hasText: strings.filters.notSent }).count(), 2);
    assert.deepEqual([directus.attempts, await toldIn(page)], [['open'], []]);

    directus.expire(session);
    await page.getByText(expectedCause(['close 1006', 'HTTP 401 TOKEN_EXPIRED'], '', false).title).first().waitFor();
  });
});

test('what tries a running Directus passes on a server of ours', async () => {
  const own = await startDemo({ CUSTOMERS: '50' }), endpoint = new URL(own.endpoint), token = endpoint.searchParams.get('access_token') ?? '';
  endpoint.search = '';
  const script = join(import.meta.dirname, '../directus-live.ts');
  const output = await new Promise<string>((resolve) => execFile(process.execPath, ['--import', 'tsx', script, endpoint.href, token], (_error, stdout, stderr) => resolve(stdout + stderr)));
  await own.stop();
  assert.doesNotMatch(output, /^not ok/m);
  assert.match(output, /Everything works as the elements expect it\.\s*$/);
});

/** White space as it is read. */
function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
