// What becomes of a viewer while its page lives: re-rendered, moved, closed, opened again, routed away from, two at a time.
import assert from 'node:assert/strict';
import type { AdminPage } from './admin-page.js';
import type { Check } from './binding-checks.js';
import { watchRemains, type Remains } from './remains.js';

/** The second of the levels. */
const DEBUG = 1;

/** The viewer's element is marked, to be known again. */
const mark = (admin: AdminPage): Promise<void> => admin.page.evaluate(() => void document.querySelector('system-logs')?.setAttribute('data-known', ''));
const isKnown = (admin: AdminPage): Promise<boolean> => admin.page.evaluate(() => document.querySelector('system-logs')?.hasAttribute('data-known') === true);

async function log(admin: AdminPage, count: number, word: string): Promise<void> {
  const before = (await admin.viewer())?.received ?? 0;
  for (let n = 1; n <= count; n++) admin.site.logger.info(`${word} ${n}`);
  await admin.reach({ received: before + count }, `the viewer has ${count} entries more`);
}

/** What the reader has before his eyes: the text and place of the rows that are whole on the screen. */
function view(admin: AdminPage): Promise<string[]> {
  return admin.page.evaluate(() => {
    const list = document.querySelector('system-logs')?.shadowRoot?.querySelector('log-list')?.shadowRoot, scroller = list?.querySelector('.scroll')?.getBoundingClientRect();
    if (list === undefined || list === null || scroller === undefined) return [];
    const rows = [...list.querySelectorAll('.scroll [role=row]')].map((row) => ({ row, box: row.getBoundingClientRect() }));
    return rows.filter(({ box }) => box.height > 0 && box.top >= scroller.top && box.bottom <= scroller.bottom).sort((a, b) => a.box.top - b.box.top)
      .map(({ row, box }) => `${Math.round(box.top - scroller.top)} ${row.querySelector('[part=message]')?.textContent ?? ''}`);
  });
}

/** Where the caret stands in the field that has the focus, and what is in it. */
function caret(admin: AdminPage): Promise<string | null> {
  return admin.page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active instanceof HTMLInputElement ? `${active.value.slice(0, active.selectionStart ?? 0)}|${active.value.slice(active.selectionStart ?? 0)}` : null;
  });
}

async function readUpwards(admin: AdminPage): Promise<string[]> {
  await log(admin, 200, 'entry');
  await admin.row('entry 200').hover();
  await admin.page.mouse.wheel(0, -900);
  await admin.until(() => admin.page.evaluate(() => document.querySelector('system-logs')?.store.snapshot.following), false, 'the reader has left the end');
  await admin.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const seen = await view(admin);
  assert.ok(seen.length > 5, `few rows are on the screen: ${seen.join()}`);
  return seen;
}

/** Opens the second viewer, and waits until it is connected: a browser warns of a connection that is closed before it was made. */
async function openErrors(admin: AdminPage): Promise<void> {
  await admin.control('Errors on their own').check();
  const list = admin.page.getByRole('region', { name: 'Errors' }).locator('log-list');
  await admin.until(() => list.evaluate(({ controller }: HTMLElementTagNameMap['log-list']) => controller?.status.state), 'live', 'the second viewer is connected');
  assert.equal(admin.site.viewers.open, 2);
}

export const lifeChecks: Readonly<Record<string, Check>> = {
  'typing in either search field keeps the focus, the caret and every letter': {
    async check(admin) {
      await admin.openLogs();
      for (const field of [admin.control('Search'), admin.page.locator('system-logs log-filters input').first()]) {
        await field.fill('');
        await field.focus();
        await admin.page.keyboard.type('order');
        await admin.until(() => caret(admin), 'order|', 'the caret is behind what was typed');
        await admin.page.keyboard.press('Home');
        await admin.page.keyboard.type('my');
        await admin.until(() => caret(admin), 'my|order', 'the caret is in the middle, where it was put');
        await admin.reach({ search: 'myorder', filtered: 'myorder' }, 'the viewer searches for it');
      }
    },
  },

  'rendering the page anew leaves the reader where he is': {
    async check(admin) {
      await admin.openLogs();
      await mark(admin);
      const seen = await readUpwards(admin);
      for (const theme of ['dark', 'light', 'system']) await admin.control('Theme').selectOption(theme);
      await openErrors(admin);
      await admin.control('Errors on their own').uncheck();
      await log(admin, 50, 'later');
      await admin.until(() => view(admin), seen, 'the same rows are at the same place');
      assert.ok(await isKnown(admin));
    },
  },

  'rendering the page anew does not undo what the reader chose in the viewer itself': {
    async check(admin) {
      await admin.openLogs();
      await admin.page.locator('system-logs log-filters [part~=level-toggle]').nth(DEBUG).click();
      await admin.page.locator('system-logs log-toolbar [part~=pause]').click();
      await admin.reach({ level: 'debug', asked: 'debug', paused: true, held: true }, 'the reader wants more than the page asked for, and standing still');
      await admin.until(() => admin.control('Level').inputValue(), 'debug', 'the page’s own choice follows');
      await admin.button('Continue').waitFor();
      for (const theme of ['dark', 'light', 'system']) await admin.control('Theme').selectOption(theme);
      await openErrors(admin);
      await admin.reach({ asked: 'debug', held: true, status: 'live' }, 'so it stays');
      // the page's own change counts again
      await admin.control('Level').selectOption('error');
      await admin.reach({ level: 'error', asked: 'error', held: true }, 'the page asks for another level');
    },
  },

  'a viewer that moves to another place keeps its element, its connection and its entries': {
    async check(admin) {
      const { page, site } = admin;
      await page.clock.install();
      await admin.openLogs();
      await mark(admin);
      await log(admin, 20, 'entry');
      const connections = site.viewers.ever, isAbove = (): Promise<boolean> => page.evaluate(() => document.querySelector('.above system-logs') !== null);
      assert.ok(await isAbove());
      for (const beside of [true, false]) {
        await admin.control('Beside the events').setChecked(beside);
        await admin.until(isAbove, !beside, `the viewer is ${beside ? 'beside the events' : 'above'}`);
        // an element that had left the page for good would be disconnected by then
        await page.clock.fastForward(1000);
        await log(admin, 5, beside ? 'beside' : 'above');
        await admin.row(beside ? 'beside 5' : 'above 5').waitFor();
      }
      await admin.reach({ received: 30, status: 'live' }, 'nothing of before is lost');
      assert.ok(await isKnown(admin));
      assert.equal(site.viewers.ever, connections);
    },
  },

  'a viewer that moves keeps the place of its reader, and what he has selected': {
    async check(admin) {
      await admin.openLogs();
      const seen = await readUpwards(admin), messages = seen.map((line) => line.replace(/^-?\d+ /, '')), middle = messages[3] ?? '';
      await admin.row(middle).click();
      await admin.eventSays('log-select', middle, 'an entry is selected');
      // the heads of the two places differ in width, and so the room for rows in height
      const first = async (): Promise<string[]> => (await view(admin)).slice(0, 6), before = await first();
      await admin.control('Beside the events').check();
      await admin.until(first, before, 'the same rows are at the same place beside the events');
      await admin.control('Beside the events').uncheck();
      await admin.until(first, before, 'and again above');
      await admin.page.locator('system-logs log-detail').getByText(middle).first().waitFor();
    },
  },

  'leaving the page closes the connection, and coming back opens another': {
    async check(admin) {
      const { site } = admin;
      const connections = site.viewers.ever;
      for (const visit of [1, 2, 3]) {
        await admin.openLogs();
        assert.deepEqual(site.viewers, { ever: connections + visit, open: 1 });
        await admin.goTo('Orders');
        await admin.button('Place an order').click();
        await admin.until(() => site.viewers.open, 0, 'the server sees the connection closed');
      }
    },
  },

  'a viewer that is closed and opened again has what the page has by then': {
    async check(admin) {
      const { site } = admin;
      await admin.openLogs();
      await mark(admin);
      await admin.control('Level').selectOption('warn');
      await admin.button('Close the viewer').click();
      await admin.until(() => site.viewers.open, 0, 'the server sees the connection closed');
      await admin.control('Search').fill('gateway');
      await admin.button('Open the viewer').click();
      await admin.reach({ level: 'warn', asked: 'warn', search: 'gateway', filtered: 'gateway', status: 'live' }, 'the new viewer has all of it');
      assert.equal(await isKnown(admin), false);
      assert.equal(site.viewers.open, 1);
    },
  },

  'two viewers of a page each show their own, and end on their own': {
    async check(admin) {
      const { page, site } = admin, errors = page.getByRole('region', { name: 'Errors' });
      await admin.openLogs();
      await mark(admin);
      await openErrors(admin);
      site.logger.info('An order came');
      site.logger.error('The gateway is away');
      await errors.locator('log-list [part=message]', { hasText: 'The gateway is away' }).waitFor();
      await admin.row('The gateway is away').waitFor();
      await admin.row('An order came').waitFor();
      assert.equal(await errors.locator('log-list [part=message]', { hasText: 'An order came' }).count(), 0);
      await admin.control('Errors on their own').uncheck();
      await admin.until(() => site.viewers.open, 1, 'the second connection is closed');
      await log(admin, 3, 'after');
      assert.ok(await isKnown(admin));
    },
  },

  'nothing is left of a viewer that is gone: no timer, no listener, no element': {
    before: watchRemains,
    async check(admin) {
      const { page, site } = admin;
      const remains = (): Promise<Remains> => page.evaluate(() => (globalThis as unknown as { remains: () => Remains }).remains());
      const visit = async (): Promise<Remains> => {
        await admin.openLogs();
        await openErrors(admin);
        await log(admin, 20, 'entry');
        await admin.row('entry 20').click();
        await page.evaluate(() => Object.assign(globalThis, { gone: new WeakRef(document.querySelector('system-logs') as Element) }));
        await admin.goTo('Orders');
        await admin.until(() => site.viewers.open, 0, 'the server sees both connections closed');
        await admin.until(async () => (await remains()).timers, [], 'no timer is left');
        return remains();
      };
      // what a framework or a library sets up once stays; what a visit leaves would be there twice
      const { listeners } = await visit();
      assert.deepEqual((await visit()).listeners, listeners);
      const devtools = await page.context().newCDPSession(page);
      await admin.until(async () => {
        await devtools.send('HeapProfiler.collectGarbage');
        return page.evaluate(() => (globalThis as unknown as { gone: WeakRef<Element> }).gone.deref() === undefined);
      }, true, 'the element is collected');
    },
  },
};
