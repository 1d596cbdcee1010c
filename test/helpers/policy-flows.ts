// The flows through the demo's pages that must violate no policy: every state and view of every element. Which browser they run in, and what else is in the
// page, is not known here.
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { strings } from './english.js';
import { startFakeDirectus } from './fake-directus.js';
import { startFloodServer } from './flood-server.js';
import type { Flow, PassOptions } from './policy-pass.js';
import { untilReceived, untilState } from './viewer.js';

/** Runs a flow in a page of the demo; any fault fails. */
export type Pass = (flow: Flow, options?: PassOptions) => Promise<void>;

/** A server of one flow, ended with its test. */
async function serverOf<S extends { close(): Promise<void> }>(context: TestContext, starting: Promise<S>): Promise<S> {
  const server = await starting;
  context.after(() => server.close());
  return server;
}

const at = (endpoint: string): string => `?endpoint=${encodeURIComponent(endpoint)}`;
const send = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
const row = (page: Page, text: string) => page.locator('log-list [role=row]', { hasText: text }).first();
const grid = (page: Page) => page.locator('log-list [role=grid]');
const says = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

export const flows: Readonly<Record<string, (pass: Pass, context: TestContext) => Promise<void>>> = {
  'every kind of entry, opened in every view': (pass) => pass(async (page) => {
    const { detail } = strings;
    await untilState(page, 'live');
    for (const name of ['200', '404', '500', 'Error with causes', 'Every level', 'Hostile text']) await send(page, name);
    await untilReceived(page, 18);
    const pane = page.locator('log-detail');
    const view = (name: string): Promise<void> => pane.getByRole('tab', { name }).click();

    await row(page, 'is not charged').click();
    await view(detail.error);
    await says(page, detail.causedBy);
    for (const fold of await pane.locator('summary').all()) await fold.click();
    await view(detail.raw);
    await view(detail.tree);
    const stack = pane.getByText(/^Show all \d+ lines$/).first();
    await stack.click();
    await pane.getByText(detail.less).first().click();
    const folded = pane.locator('[role=treeitem][aria-expanded=false]');
    while (await folded.count() > 0) await folded.first().press('ArrowRight');
    for (const key of ['Home', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'End']) await page.keyboard.press(key);
    await pane.getByLabel(detail.filterPaths).fill('err.type, order.id, nothing.such');
    await says(page, detail.notHere('nothing.such'));
    await pane.getByRole('button', { name: detail.copyFiltered }).click();
    await says(page, detail.copied);
    await pane.getByRole('button', { name: detail.clearFilter }).click();
    await pane.getByRole('button', { name: detail.wrap }).click();

    await row(page, 'Review waits for approval').click();
    await pane.getByText('<img src=x onerror=alert(1)>').first().waitFor();
    await view(detail.raw);
    await row(page, '/products/8841').click();
    await view(detail.request);
    await pane.getByRole('button', { name: detail.copyRequest }).click();
    for (const fold of await pane.locator('summary').all()) await fold.click();
    await pane.getByRole('button', { name: detail.close }).click();
    await row(page, 'Out of file handles').click();
    await page.keyboard.press('Escape');
  }, { context: { permissions: ['clipboard-read', 'clipboard-write'] } }),

  'filters: levels, instances, words, and what they hide': (pass) => pass(async (page) => {
    const { filters, panel } = strings;
    await untilState(page, 'live');
    for (const name of ['200', '404', 'Every level', 'Error with causes']) await send(page, name);
    await untilReceived(page, 13);
    const bar = page.locator('log-filters');
    const levels = await bar.locator('[part~=level-toggle]').all();
    for (const level of levels) await level.click();
    await says(page, panel.noMatch);
    await page.getByRole('button', { name: panel.showLevels }).click();
    for (const level of levels.slice(2)) await level.click();
    await bar.getByRole('button', { name: filters.show, exact: true }).click();

    await bar.getByRole('button', { name: filters.allInstances }).click();
    await bar.getByRole('checkbox').first().click();
    await bar.getByRole('button', { name: filters.only }).last().click();
    await bar.getByRole('button', { name: filters.showInstances }).click();
    await page.keyboard.press('Escape');

    await grid(page).focus();
    await page.keyboard.press('/');
    await page.keyboard.type('invoice');
    await page.waitForFunction(() => [...CSS.highlights.values()].some(({ size }) => size > 0));
    await page.keyboard.type(' nothing has this');
    await says(page, panel.noMatch);
    await page.getByRole('button', { name: panel.clearSearch }).last().click();
    await row(page, 'Invoice mailer').waitFor();
  }),

  'a level that was not requested is asked for': (pass) => pass(async (page) => {
    await untilState(page, 'live');
    await page.locator('log-filters [part~=level-toggle]', { hasText: strings.filters.notRequested }).first().click();
    await says(page, /^(Trace|Debug) from here$/);
  }, { path: '?level=info' }),

  'pause and its two ways out, detaching, the chip, clearing, keys': (pass) => pass(async (page) => {
    const { panel, toolbar, help, detail } = strings;
    await untilState(page, 'live');
    await page.getByRole('button', { name: toolbar.pause }).click();
    await send(page, 'Every level');
    await says(page, panel.pausedEmpty);
    await page.locator('log-state-bar').getByRole('button').last().click();
    await send(page, 'Burst of 2,000');
    await untilReceived(page, 2000);
    await grid(page).focus();
    await page.keyboard.press('Space');
    await send(page, 'Every level');
    await says(page, /Still receiving: \d/);
    await page.getByRole('button', { name: panel.continueHere }).click();
    await page.locator('log-list [part=chip]').click();
    for (const key of ['ArrowUp', 'PageUp', 'Home', 'PageDown', 'ArrowDown', 'e', 'E', 'Enter', 'Escape', 'f']) {
      await grid(page).focus();
      await page.keyboard.press(key);
    }
    await page.locator('log-list .scroll').hover();
    await page.mouse.wheel(0, -4000);
    await page.mouse.wheel(0, 400);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: help.heading }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: toolbar.help }).click();
    await page.getByRole('button', { name: help.close, exact: true }).click();
    await row(page, 'Imported').click();
    await page.getByRole('button', { name: toolbar.clear }).click();
    await says(page, /^Removed from memory at/);
    await says(page, /^Cleared; /);
    await page.getByRole('button', { name: detail.close }).click();
  }),

  'the splitter, every layout, every width, theme, direction and zone': (pass) => pass(async (page) => {
    await untilState(page, 'live');
    await send(page, 'Every level');
    await row(page, 'Out of file handles').click();
    const splitter = page.getByRole('separator');
    const box = await splitter.boundingBox();
    assert.ok(box !== null);
    await page.mouse.move(box.x + 4, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x - 200, box.y + 120, { steps: 4 });
    await page.mouse.up();
    await splitter.dblclick();
    await splitter.focus();
    for (const key of ['ArrowLeft', 'ArrowRight', 'Home', 'End']) await page.keyboard.press(key);
    const set = (name: string, value: string | null): Promise<void> => page.evaluate(([attribute, text]) => {
      const viewer = document.querySelector('system-logs');
      if (text === null) viewer?.removeAttribute(attribute as string);
      else viewer?.setAttribute(attribute as string, text as string);
    }, [name, value]);
    for (const layout of ['rows', 'columns', 'auto']) await set('layout', layout);
    for (const width of [1200, 900, 700, 520, 360]) await page.setViewportSize({ width, height: 800 });
    await page.locator('log-detail').getByRole('button', { name: strings.detail.showFilter }).click();
    await page.setViewportSize({ width: 1400, height: 900 });
    for (const name of ['Light', 'Dark', 'System']) await page.getByRole('button', { name }).click();
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce', colorScheme: 'dark', contrast: 'more' });
    for (const timestamps of ['datetime', 'iso', 'time']) await set('timestamps', timestamps);
    await set('time-zone', 'utc');
    for (const name of ['no-detail', 'no-filters', 'paused']) {
      await set(name, '');
      await set(name, null);
    }
    await set('search', 'queue');
    await row(page, 'Queue').waitFor();
  }),

  'more entries than are kept, read while they leave, and a wrong attribute of each kind': async (pass, context) => {
    const flood = await serverOf(context, startFloodServer());
    await pass(async (page) => {
      await untilState(page, 'live');
      await page.evaluate(() => document.querySelector('system-logs')?.setAttribute('max-entries', '1000'));
      flood.send(500);
      await untilReceived(page, 500);
      await row(page, 'entry 490 of flood-1').click();
      flood.send(5000);
      await untilReceived(page, 5500);
      await says(page, /^Removed from memory at/);
      await grid(page).focus();
      await page.keyboard.press('ArrowUp');
      await page.mouse.move(300, 500);
      await page.mouse.wheel(0, -200_000);
      await says(page, /^Older than the buffer/);
      for (const [name, value] of [['max-entries', 'abc'], ['max-bytes', '-1'], ['level', 'loud'], ['timestamps', 'swatch'], ['time-zone', 'mars'], ['layout', 'heap']] as const) {
        await page.evaluate(([attribute, text]) => document.querySelector('system-logs')?.setAttribute(attribute, text), [name, value] as const);
        await says(page, new RegExp(`“${value}”|"${value}"`));
      }
    }, { path: at(flood.endpoint) });
  },

  ...Object.fromEntries(([['no address', 'ftp://example.com/'], ['no URL', 'http://['], ['a port where nobody listens', 'ws://127.0.0.1:9/logs']] as const).map(([name, endpoint]) => [
    `an endpoint that is ${name}`, (pass: Pass) => pass(async (page) => {
      await page.waitForFunction(() => ['closed', 'reconnecting'].includes(document.querySelector('system-logs')?.status.state ?? ''));
      await page.locator('log-state-panel h3').waitFor();
    }, { path: at(endpoint) }),
  ])),

  ...Object.fromEntries(([
    ['a token that nobody knows', {}, 'wrong'], ['a user who is no administrator', {}, 'lab-viewer-static-token'],
    ['WebSockets switched off', { websocketsEnabled: false }, 'lab-admin-static-token'], ['a foreign origin', {}, 'lab-admin-static-token'],
  ] as const).map(([name, options, token]) => [
    `a Directus that refuses: ${name}`, async (pass: Pass, context: TestContext) => {
      const directus = await serverOf(context, startFakeDirectus({ ...(name === 'a foreign origin' ? {} : { cors: true }), ...options }));
      await pass(async (page) => {
        await page.waitForFunction(() => ['closed', 'reconnecting'].includes(document.querySelector('system-logs')?.status.state ?? ''));
        await page.locator('log-state-panel h3').waitFor();
        for (const button of await page.locator('log-state-panel').getByRole('button').all()) await button.click();
      }, { path: at(`${directus.url}?access_token=${token}`) });
    },
  ])),

  'a server that never answers': async (pass, context) => {
    const directus = await serverOf(context, startFakeDirectus({ cors: true, logsEnabled: false }));
    await pass((page) => says(page, strings.panel.connectingTo(directus.host)), { path: at(directus.url) });
  },

  'a Directus: pretty entries, its end, its return, an expired sign-in': async (pass, context) => {
    const directus = await serverOf(context, startFakeDirectus({ cors: true }));
    const token = directus.issueToken();
    await pass(async (page) => {
      await untilState(page, 'live');
      directus.log({ level: 30, time: Date.now(), msg: 'GET /items/pages 200 12ms' });
      await row(page, 'GET /items/pages').click();
      await says(page, strings.detail.bareSetting);
      directus.send('this is no frame');
      directus.send('{"type":"news"}');
      await says(page, strings.status.unreadable(2));
      await directus.stop();
      await untilState(page, 'reconnecting');
      await page.locator('log-state-bar').getByRole('button', { name: strings.panel.tryNow }).waitFor();
      await directus.start();
      await untilState(page, 'live');
      await says(page, /^Not connected from/);
      directus.expire(token);
      await page.waitForFunction(() => document.querySelector('system-logs')?.status.state !== 'live');
      await says(page, /expired/);
    }, { path: at(`${directus.url}?access_token=${token}`) });
  },

  'the parts, placed by hand around one controller': (pass) => pass(async (page) => {
    await says(page, 'Connection: live');
    await page.evaluate(() => fetch('/api/orders?gateway=live', { method: 'POST' }));
    await row(page, 'is not charged').click();
    await page.locator('log-detail').getByRole('tab', { name: strings.detail.error }).click();
    await page.locator('log-filters [part~=level-toggle]').first().click();
    await page.locator('log-filters input').first().fill('gateway');
    await row(page, 'trying again').waitFor();
  }, { path: 'parts.html' }),
};
