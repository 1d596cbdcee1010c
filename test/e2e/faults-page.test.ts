// What happens to the page itself: it is busy, hidden, put away and fetched back, rebuilt around the viewer, or changes what it asks for while the answer is
// on its way. Nothing that was logged is lost or comes twice, and no socket is left behind.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { PROBE_TIMEOUT_MS, STALLED_MS } from '../../src/core/liveness.js';
import { strings } from '../helpers/english.js';
import { accountFor, allShown, causeAt, faultScenes, numbersIn, toldIn, untilNewest } from '../helpers/fault-scene.js';
import { untilState } from '../helpers/viewer.js';

const { open } = faultScenes({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
const KIB = 1024;

/** The page says of itself what the test wants, as if its tab were behind another one. */
const canHide = (page: Page): Promise<unknown> => page.addInitScript(() => {
  let visibility = 'visible';
  Object.defineProperty(document, 'visibilityState', { get: () => visibility });
  Object.assign(globalThis, {
    show(isShown: boolean) {
      visibility = isShown ? 'visible' : 'hidden';
      document.dispatchEvent(new Event('visibilitychange'));
    },
  });
});
const show = (page: Page, isShown: boolean): Promise<void> => page.evaluate((value) => (globalThis as unknown as { show(isShown: boolean): void }).show(value), isShown);

describe('a page', { timeout: 120_000 }, () => {
  test('that is busy for 3 s with a flood coming in shows the errors and the newest afterwards, and the count of what it does not', async (context) => {
    const scene = await open(context, { server: { maxRingEntries: 2_000, maxBufferedBytes: 64 * KIB } }), { page, proxy, site } = scene;
    const busy = page.evaluate(() => {
      for (const until = performance.now() + 3_000; performance.now() < until;);
    });
    const text = 'x'.repeat(1_000);
    for (let times = 0; times < 60; times++) {
      site.log(498, 'info', { text });
      site.log(2, 'error', { text });
      await new Promise(setImmediate);
    }
    await busy;
    await untilNewest(page, site.record);
    const { missing, unknowable, gaps } = await accountFor(page, site.record);
    assert.deepEqual({ errors: missing[4], unknowable }, { errors: 0, unknowable: 0 });
    assert.ok((missing[2] ?? 0) > 0, 'it was more than it could take');
    assert.deepEqual(gaps.filter(({ cause }) => cause !== 'slow' && cause !== 'page'), []);
    assert.deepEqual({ tries: proxy.tries, told: await toldIn(page) }, { tries: 1, told: [] });
  });

  test('that is hidden, without frames and timers, takes everything; and finds on waking that its connection died, within 6 s', async (context) => {
    const scene = await open(context, { clock: true, prepare: canHide }), { page, proxy, site } = scene;
    const now = await page.evaluate(() => Date.now());
    await page.clock.pauseAt(now + 1_000);
    await show(page, false);
    site.log(3_000);
    site.log(500, 'warn', { text: 'x'.repeat(500) });
    await show(page, true);
    await page.clock.runFor(1_000);
    await allShown(scene);
    assert.equal(proxy.tries, 1);
    await show(page, false);
    proxy.pause('both');
    site.log(500);
    await page.clock.setSystemTime(now + 3_600_000);
    assert.equal(await page.evaluate(() => document.querySelector('system-logs')?.status.state), 'live');
    await show(page, true);
    await page.clock.runFor(STALLED_MS);
    await page.locator('log-toolbar').getByText(strings.toolbar.silent).waitFor();
    await page.clock.runFor(PROBE_TIMEOUT_MS - STALLED_MS + 1_000);
    await proxy.until(() => proxy.links.length === 2);
    await page.clock.resume();
    await untilState(page, 'live');
    site.log(1);
    await allShown(scene);
    assert.deepEqual(await toldIn(page), [causeAt(scene, ['open', 'no answer']).sentence]);
  });

  test('that is left and fetched back closes its connection, and goes on where it stood', async (context) => {
    const scene = await open(context), { page, proxy, site } = scene;
    site.log(3);
    await untilNewest(page, site.record);
    await page.evaluate(() => Object.assign(globalThis, { isSame: true }));
    await page.goto(`http://127.0.0.1:${proxy.port}/page.css`);
    await proxy.until(() => proxy.openLinks === 0);
    site.log(20);
    await page.goBack({ waitUntil: 'commit' });
    await untilState(page, 'live');
    assert.equal(await page.evaluate(() => (globalThis as { isSame?: boolean }).isSame), true, 'it comes from the back/forward cache');
    site.log(1);
    await allShown(scene);
    assert.deepEqual(await toldIn(page), []);
  });

  test('that is loaded anew begins at now', async (context) => {
    const { page, proxy, site } = await open(context);
    site.log(20);
    await untilNewest(page, site.record);
    await page.reload();
    await untilState(page, 'live');
    await proxy.until(() => proxy.openLinks === 1);
    site.log(1);
    await untilNewest(page, site.record);
    assert.deepEqual(await numbersIn(page), [20]);
  });

  test('that moves the viewer a thousand times keeps its one connection and its rows; a viewer that is removed has none, and put back it goes on', async (context) => {
    const scene = await open(context), { page, proxy, site } = scene;
    site.log(20);
    await page.evaluate(async () => {
      const viewer = document.querySelector('system-logs') as Element, places = [document.createElement('section'), document.createElement('aside')];
      document.querySelector('main')?.append(...places);
      for (let times = 0; times < 1_000; times++) {
        places[times % 2]?.append(viewer);
        if (times % 100 === 0) await new Promise(requestAnimationFrame);
      }
    });
    site.log(20);
    await allShown(scene);
    assert.equal(proxy.tries, 1);
    await page.evaluate(() => {
      const viewer = document.querySelector('system-logs') as Element;
      Object.assign(globalThis, { viewer });
      viewer.remove();
    });
    await proxy.until(() => proxy.openLinks === 0);
    site.log(20);
    await page.evaluate(() => document.querySelector('main')?.append((globalThis as unknown as { viewer: Element }).viewer));
    await untilState(page, 'live');
    await allShown(scene);
    assert.equal(proxy.links.length, 2);
  });

  test('that makes two hundred viewers and removes them has no connection of theirs left', async (context) => {
    const scene = await open(context, { server: { maxConnections: 1_000 } }), { page, proxy, site } = scene;
    await page.evaluate(async () => {
      const viewers: Element[] = [];
      for (let times = 0; times < 200; times++) {
        const viewer = document.createElement('system-logs');
        viewer.endpoint = '/websocket/logs';
        document.querySelector('main')?.append(viewer);
        if (times % 10 === 0) await viewer.updateComplete;
        viewer.remove();
        viewers.push(viewer);
      }
      Object.assign(globalThis, { viewers });
    });
    await page.waitForFunction(() => (globalThis as unknown as { viewers: HTMLElementTagNameMap['system-logs'][] }).viewers.every(({ status }) => status.state === 'closed'));
    assert.ok(proxy.tries > 1, 'some had connected');
    await proxy.until(() => proxy.openLinks === 1);
    site.log(1);
    await allShown(scene);
  });

  test('with two viewers of one endpoint shows everything in both, and what breaks the connection of one does not touch the other', async (context) => {
    const scene = await open(context), { page, proxy, site } = scene;
    await page.evaluate(() => {
      const second = document.createElement('system-logs');
      second.id = 'second';
      second.endpoint = '/websocket/logs';
      second.level = 'trace';
      document.querySelector('main')?.append(second);
    });
    await page.waitForFunction(() => document.querySelector<HTMLElementTagNameMap['system-logs']>('#second')?.status.state === 'live');
    site.log(100);
    proxy.link.reset();
    site.log(100, 'warn');
    await allShown(scene);
    await page.waitForFunction(() => document.querySelector<HTMLElementTagNameMap['system-logs']>('#second')?.store.snapshot.received === 200);
    assert.deepEqual({ links: proxy.links.length, first: proxy.links[0]?.isOpen, second: await numbersIn(page, '#second') }, { links: 3, first: true, second: site.record.map((_, n) => n) });
  });

  test('that changes the level again and again while entries come has each of them once, by its numbers', async (context) => {
    const scene = await open(context, { server: { maxMessages: 1_000, markMs: 100 } }), { page, site } = scene;
    for (let times = 0; times < 60; times++) {
      await page.evaluate((level) => document.querySelector('system-logs')?.setAttribute('level', level), ['error', 'trace', 'warn', 'debug', 'fatal', 'info'][(times * 7) % 6] ?? 'info');
      for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const) site.log(3, level);
    }
    await page.evaluate(() => document.querySelector('system-logs')?.setAttribute('level', 'trace'));
    await page.waitForFunction(() => {
      const status = document.querySelector('system-logs')?.status;
      return status?.state === 'live' && status.level === 'trace';
    });
    const from = site.record.length;
    for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const) site.log(20, level);
    await untilNewest(page, site.record);
    const numbers = await numbersIn(page), accounting = await page.evaluate(() => document.querySelector('system-logs')?.accounting);
    assert.deepEqual(numbers.filter((n) => n >= from), site.record.flatMap((_, n) => (n >= from ? [n] : [])));
    assert.deepEqual(numbers.filter((n, index) => n <= (numbers[index - 1] ?? -1)), []);
    // at fatal everything of that level was asked for, all the time
    assert.equal(numbers.filter((n) => site.record[n] === 'fatal').length, site.record.filter((level) => level === 'fatal').length);
    assert.deepEqual([accounting?.missing, accounting?.unknowable, accounting?.duplicates, accounting?.contradictions, accounting?.unreadable], [[0, 0, 0, 0, 0, 0], 0, 0, 0, 0]);
    for (const { owed, shown, missing } of accounting?.streams.flatMap(({ levels }) => levels) ?? []) assert.equal(shown + missing, owed);
  });

  test('that changes the level more often than the server takes it has the last one all the same', async (context) => {
    const scene = await open(context, { server: { messageWindowMs: 1_000 } }), { page, site } = scene;
    await page.evaluate(async () => {
      const viewer = document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs'];
      for (let times = 0; times < 40; times++) {
        // the last level is asked for once: an answer that names it is the one to the last question
        viewer.level = times === 39 ? 'debug' : times % 2 === 0 ? 'error' : 'trace';
        await viewer.updateComplete;
      }
    });
    await page.waitForFunction(() => {
      const status = document.querySelector('system-logs')?.status;
      return status?.state === 'live' && status.level === 'debug';
    });
    site.log(1, 'debug');
    await untilNewest(page, site.record);
  });
});
