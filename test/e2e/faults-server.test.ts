// What the server does: it restarts, crashes, is full, ends a sign-in or takes it away. Each has its sentence; what was logged meanwhile is on the screen
// afterwards, or its count is, or a row says that nobody can know.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { strings } from '../helpers/english.js';
import { ChaosProxy } from '../helpers/chaos-proxy.js';
import { readRecord, startProcess } from '../helpers/crashing-site.js';
import { accountFor, allShown, causeAt, faultScenes, numbersIn, startAgain, toldIn, untilNewest, untilSaid, untilTold } from '../helpers/fault-scene.js';
import { manualClock } from '../helpers/manual-platform.js';
import { RunningViewer } from '../helpers/running-viewer.js';
import { untilReceived, untilState } from '../helpers/viewer.js';

const { open, openPage } = faultScenes();

/** A token that ends at a time, as it says itself. */
function tokenUntil(time: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ exp: time / 1000 })}.signature`;
}

/** The page's function for the token asks the test. */
function tokensFrom(give: () => string | null): (page: Page) => Promise<void> {
  return async (page) => {
    await page.exposeFunction('freshToken', give);
    await page.addInitScript(() => document.addEventListener('readystatechange', () => {
      const viewer = document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs'];
      viewer.accessToken = () => (globalThis as unknown as { freshToken: () => Promise<string> }).freshToken();
    }, { once: true }));
  };
}

describe('a server', { timeout: 120_000 }, () => {
  test('that restarts says so; what it logged up to its end is shown, and what it logs before the viewer is back is shown or counted', async (context) => {
    const scene = await open(context), { page, proxy, site } = scene;
    site.log(3);
    await untilNewest(page, site.record);
    site.log(50);
    await site.stop();
    await proxy.until(() => !proxy.links[0]?.isOpen);
    await startAgain(scene);
    scene.site.log(7, 'warn');
    await proxy.until(() => proxy.links.length === 2);
    await untilState(page, 'live');
    scene.site.log(1);
    await untilNewest(page, scene.site.record);
    const { shown, unknowable } = await accountFor(page, scene.site.record);
    assert.deepEqual({ info: shown[2], unknowable }, { info: 54, unknowable: 0 });
    assert.equal((await toldIn(page))[0], causeAt(scene, ['open', 'close 1012', 'bye restart']).sentence);
  });

  test('that crashes in the middle of a stream leaves a row that says that its last entries may be missing; all others are shown', async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'crash-')), file = join(folder, 'record');
    context.after(() => rmSync(folder, { recursive: true }));
    const [first, port] = await startProcess(context, 0, file, 2_000), proxy = await ChaosProxy.start(port);
    context.after(() => proxy.close());
    const page = await openPage(context, proxy.port);
    await untilReceived(page, 1_000);
    first.kill('SIGKILL');
    await once(first, 'exit');
    await untilTold(page, causeAt({ proxy }, ['open', 'close 1006']));
    const before = readRecord(file).length, [second] = await startProcess(context, port, file, 0);
    await untilState(page, 'live');
    second.send('log');
    // by its level: the first entry that only the second life has
    await page.waitForFunction(() => (document.querySelector('system-logs')?.store.snapshot.levels[5] ?? 0) > 0);
    const record = readRecord(file), { shown, missing, unknowable, gaps } = await accountFor(page, record);
    assert.deepEqual({ unknowable, missing, causes: gaps.map(({ cause }) => cause), fatal: shown[5] }, { unknowable: 1, missing: [0, 0, 0, 0, 0, 0], causes: ['unknown'], fatal: 1 });
    await page.getByText(/^Entries of .*api-1.* may be missing here/).first().waitFor();
    // the first ones up to some place, without a hole: those before the view began apart
    const numbers = await numbersIn(page);
    const old = numbers.filter((n) => n < before);
    assert.deepEqual(old, old.map((_, index) => (old[0] ?? 0) + index));
  });

  test('that is full says so at its own address, and lets the viewer in as soon as there is room', async (context) => {
    const scene = await open(context, { clock: true, server: { maxConnections: 1 } }), { page, proxy, site } = scene;
    site.log(3);
    await untilNewest(page, site.record);
    proxy.door = 'reset';
    proxy.link.reset();
    const leaving: (() => unknown)[] = [], other = new RunningViewer({ after: (end) => void leaving.push(end) }, `ws://127.0.0.1:${site.port}/websocket/logs?access_token=any`);
    site.log(20);
    await other.until(() => other.store.snapshot.received > 0 || other.store.accounting.streams.length > 0);
    proxy.door = 'open';
    await untilSaid(page, causeAt(scene, ['close 1006', 'HTTP 503']));
    for (const leave of leaving) leave();
    await page.clock.fastForward(10_000);
    await untilState(page, 'live');
    site.log(1);
    await allShown(scene);
  });

  test('that revokes a viewer says so; the rows stay, no try is made, and one by hand goes on where it stood', async (context) => {
    const scene = await open(context, { clock: true }), { page, proxy, site } = scene;
    site.log(3);
    await untilNewest(page, site.record);
    assert.equal(site.logs.revoke('ada'), 1);
    const cause = causeAt(scene, ['open', 'close 4003', 'bye forbidden']);
    await untilSaid(page, cause);
    await page.clock.fastForward(120_000);
    assert.deepEqual({ tries: proxy.tries, told: await toldIn(page) }, { tries: 1, told: [cause.sentence] });
    site.log(20);
    await page.getByRole('button', { name: strings.panel.tryNow }).click();
    await untilState(page, 'live');
    await allShown(scene);
  });
});

describe('a sign-in', { timeout: 120_000 }, () => {
  test('is renewed on the open socket, ten times, and no entry is missing', async (context) => {
    const clock = manualClock(Date.now()), given: string[] = [], seen = new Set<string | null>();
    let onNew = (): void => undefined;
    const scene = await open(context, {
      clock: true, prepare: tokensFrom(() => given[given.push(tokenUntil(clock.now() + 60_000)) - 1] ?? null),
      server: {
        clock,
        authenticate({ token }) {
          if (token !== given.at(-1)) return null;
          if (!seen.has(token)) onNew();
          seen.add(token);
          return { id: 'ada', expiresAt: clock.now() + 60_000 };
        },
      },
    });
    const { page, proxy, site } = scene;
    for (let times = 1; times <= 10; times++) {
      const renewed = new Promise<void>((resolve) => (onNew = resolve));
      site.log(20);
      clock.advance(30_000);
      await page.clock.fastForward(30_000);
      await renewed;
    }
    site.log(1);
    await allShown(scene);
    assert.deepEqual({ tries: proxy.tries, told: await toldIn(page) }, { tries: 1, told: [] });
    assert.equal(seen.size, 11);
  });

  test('that ends, because the page has no fresh token, is said; with one the log goes on where it stood', async (context) => {
    const clock = manualClock(Date.now()), token = tokenUntil(clock.now() + 60_000);
    let given = token;
    const scene = await open(context, {
      clock: true, prepare: tokensFrom(() => given),
      server: { clock, authenticate: (brought) => (brought.token === token ? { id: 'ada', expiresAt: clock.now() + 60_000 } : brought.token === 'fresh' ? { id: 'ada' } : null) },
    });
    const { page, site } = scene;
    site.log(3);
    await untilNewest(page, site.record);
    // it ends for the server, of which the page knows nothing
    clock.advance(61_000);
    await untilSaid(page, causeAt(scene, ['open', 'close 4001', 'bye expired']));
    site.log(20);
    given = 'fresh';
    await untilState(page, 'live');
    await allShown(scene);
    assert.deepEqual(await toldIn(page), [causeAt(scene, ['open', 'close 4001', 'bye expired']).sentence]);
  });
});
