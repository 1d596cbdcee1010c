// What a network does to an open connection: it stands still, dies without a word, breaks off in the middle of a frame, is late, or is too slow. What was
// logged meanwhile is on the screen afterwards, or its count is.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { STALLED_MS } from '../../src/core/liveness.js';
import { strings } from '../helpers/english.js';
import type { ChaosLink } from '../helpers/chaos-proxy.js';
import { accountFor, allShown, causeAt, faultScenes, toldIn, untilNewest, untilTold, type Scene } from '../helpers/fault-scene.js';
import { RunningViewer } from '../helpers/running-viewer.js';
import { untilState } from '../helpers/viewer.js';

const { open } = faultScenes();
const KIB = 1024;

const toolbar = (page: Page) => page.locator('log-toolbar');

/** Connected all the time: by one socket, and without a word to the page. */
async function assertUndisturbed({ page, proxy }: Scene): Promise<void> {
  assert.deepEqual({ tries: proxy.tries, told: await toldIn(page) }, { tries: 1, told: [] });
}

describe('a connection', { timeout: 120_000 }, () => {
  test('that dies without a word is found within 18 s, said, and made anew: nothing is lost', async (context) => {
    const scene = await open(context, { clock: true }), { page, proxy, site } = scene;
    site.log(3);
    await untilNewest(page, site.record);
    proxy.pause('both');
    site.log(500);
    await page.clock.fastForward(13_000);
    await untilState(page, 'live');
    await page.clock.fastForward(STALLED_MS);
    await toolbar(page).getByText(strings.toolbar.silent).waitFor();
    await page.clock.fastForward(18_000 - 13_000 - STALLED_MS);
    await untilTold(page, causeAt(scene, ['open', 'no answer']));
    await proxy.until(() => proxy.links.length === 2);
    await untilState(page, 'live');
    site.log(1, 'warn');
    await allShown(scene);
    assert.deepEqual(await toldIn(page), [causeAt(scene, ['open', 'no answer']).sentence]);
  });

  test('that stands still for 8 s is the same afterwards', async (context) => {
    const scene = await open(context, { clock: true }), { page, proxy, site } = scene;
    proxy.pause('both');
    site.log(2_000);
    await page.clock.fastForward(8_000);
    assert.equal(await toolbar(page).getByText(strings.toolbar.silent).count(), 0);
    proxy.link.resume();
    await allShown(scene);
    await assertUndisturbed(scene);
  });

  test('that stands still for 15 s is said to be silent, and then is the same', async (context) => {
    const scene = await open(context, { clock: true }), { page, proxy, site } = scene;
    proxy.pause('both');
    site.log(2_000);
    await page.clock.fastForward(13_000);
    await page.clock.fastForward(STALLED_MS);
    await toolbar(page).getByText(strings.toolbar.silent).waitFor();
    proxy.link.resume();
    await toolbar(page).getByText(strings.toolbar.silent).waitFor({ state: 'detached' });
    await allShown(scene);
    await assertUndisturbed(scene);
  });

  test('over which the server hears nothing is cut off by the server, and made anew: nothing is lost', async (context) => {
    const scene = await open(context, { server: { heartbeatMs: 200 } }), { page, proxy, site } = scene;
    site.log(100);
    proxy.pause('up');
    await proxy.until(() => proxy.links.length > 1);
    site.log(100);
    await allShown(scene);
    assert.deepEqual(await toldIn(page), [causeAt(scene, ['open', 'close 1006']).sentence]);
  });

  const ends: readonly (readonly [name: string, end: (link: ChaosLink, bytes: number) => void])[] = [
    ['is reset', (link) => link.reset()],
    ['ends without a goodbye', (link) => link.end()],
    ['breaks off within a frame that comes', (link, bytes) => link.down.cutAfter(bytes)],
    ['breaks off within a frame that goes', (link, bytes) => link.up.cutAfter(Math.min(bytes, 100))],
  ];
  for (const [name, end] of ends) test(`that ${name}, again and again in the middle of a stream, loses nothing`, async (context) => {
    const scene = await open(context, { server: { markMs: 100 } }), { page, proxy, site } = scene;
    for (const bytes of [1, 3, 77, 1_000, 40_000]) {
      const { length } = proxy.links, { link } = proxy;
      site.log(300);
      end(link, bytes);
      for (let times = 0; times < 5; times++) {
        site.log(100, 'warn', { text: 'x'.repeat(200) });
        await new Promise(setImmediate);
      }
      // so that something goes, too
      await page.evaluate((level) => document.querySelector('system-logs')?.setAttribute('level', level), 'debug');
      await page.evaluate((level) => document.querySelector('system-logs')?.setAttribute('level', level), 'trace');
      await proxy.until(() => proxy.links.length > length);
      await untilState(page, 'live');
    }
    site.log(1);
    await allShown(scene);
    assert.ok(proxy.links.length >= 6, `${proxy.links.length} connections`);
  });

  test('that is late and slow shows everything, late and in order', async (context) => {
    const scene = await open(context), { proxy, site } = scene;
    const startedAt = performance.now();
    proxy.link.slow('both', { latencyMs: 150, bandwidth: 400 * KIB });
    for (let times = 0; times < 10; times++) {
      site.log(100);
      await new Promise(setImmediate);
    }
    await allShown(scene);
    assert.ok(performance.now() - startedAt >= 150, 'late it is');
    await assertUndisturbed(scene);
  });

  test('that is too slow for what is logged shows the errors and the newest, and the count of the rest; another viewer misses nothing', async (context) => {
    const scene = await open(context, { server: { maxRingEntries: 2_000, maxBufferedBytes: 64 * KIB } }), { page, proxy, site } = scene;
    const other = new RunningViewer(context, `ws://127.0.0.1:${site.port}/websocket/logs?access_token=any`), text = 'x'.repeat(1_000);
    site.log(1);
    await untilNewest(page, site.record);
    proxy.link.slow('down', { bandwidth: 200 * KIB });
    const shownThere = (): number => [...other.accountOf('api-1').values()].reduce((sum, { shown }) => sum + shown, 0);
    // as fast as the other one takes it
    for (let times = 0; times < 60; times++) {
      site.log(495, 'info', { text });
      site.log(3, 'error', { text });
      site.log(2, 'debug', { text });
      const { length } = site.record;
      await other.until(() => shownThere() >= length - 501);
    }
    await other.until(() => shownThere() >= site.record.length - 1);
    assert.deepEqual(other.gaps, []);
    proxy.link.slow('down', { bandwidth: Infinity });
    await untilNewest(page, site.record);
    const { missing, unknowable, gaps } = await accountFor(page, site.record);
    assert.ok((missing[2] ?? 0) > 5_000, `${missing.join()} are missing`);
    assert.deepEqual({ errors: missing[4], unknowable, causes: [...new Set(gaps.map(({ cause }) => cause))] }, { errors: 0, unknowable: 0, causes: ['slow'] });
    assert.deepEqual(missing.map((_, rank) => gaps.reduce((sum, { levels }) => sum + (levels[rank] ?? 0), 0)), missing, 'the rows say all of it');
    await page.locator('log-status-line').getByText(strings.status.notDelivered(missing.reduce((sum, count) => sum + count))).waitFor();
    await assertUndisturbed(scene);
  });
});
