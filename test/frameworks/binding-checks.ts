// What a page and its viewer tell one another: attributes, properties, events, before and after the definition of the element.
import assert from 'node:assert/strict';
import type { AdminPage } from './admin-page.js';

export type Binding = 'accessToken' | 'level' | 'search' | 'paused' | 'log-select' | 'log-status-change' | 'log-filter-change' | 'log-pause-change' | 'log-level-change';

export interface Check {
  readonly check: (admin: AdminPage) => Promise<void>;
  /** Runs in the page before its own scripts. */
  readonly before?: () => void;
  /** The binding without which the check fails. */
  readonly proves?: Binding;
}

/** Goes to the logs and holds the definitions back, until the returned function is called. */
async function openUndefined(admin: AdminPage): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await admin.page.route('**/*.js', async (route) => {
    await released;
    await route.continue();
  });
  await admin.goTo('Logs');
  await admin.page.locator('system-logs').waitFor({ state: 'attached' });
  assert.equal(await admin.page.evaluate(() => customElements.get('system-logs')), undefined);
  return release;
}

const asMade = { level: 'info', asked: 'info', search: '', paused: false, held: false, maxEntries: '5000' };

export const bindingChecks: Readonly<Record<string, Check>> = {
  'an element made before its definition becomes a viewer that is signed in when the definition arrives': {
    proves: 'accessToken',
    async check(admin) {
      const release = await openUndefined(admin);
      release();
      await admin.reach({ ...asMade, status: 'live' }, 'the viewer is as the page made it, and its token is taken');
      // the token is never markup
      assert.deepEqual(await admin.page.evaluate(() => document.querySelector('system-logs')?.getAttributeNames().filter((name) => /token/i.test(name))), []);
    },
  },

  'the level of the page reaches the viewer': {
    proves: 'level',
    async check(admin) {
      await admin.openLogs();
      for (const level of ['debug', 'error', 'info']) {
        await admin.control('Level').selectOption(level);
        await admin.reach({ level, asked: level }, `the viewer asks for ${level}`);
      }
    },
  },

  'the search of the page reaches the viewer': {
    proves: 'search',
    async check(admin) {
      await admin.openLogs();
      for (const search of ['gateway', '']) {
        await admin.control('Search').fill(search);
        await admin.reach({ search, filtered: search }, `the viewer searches for “${search}”`);
      }
    },
  },

  'the pause of the page reaches the viewer': {
    proves: 'paused',
    async check(admin) {
      await admin.openLogs();
      await admin.button('Pause').click();
      await admin.reach({ paused: true, held: true }, 'the viewer stands still');
      await admin.button('Continue').click();
      await admin.reach({ paused: false, held: false }, 'the viewer goes on');
    },
  },

  'the theme of the page reaches the viewer': {
    async check(admin) {
      await admin.openLogs();
      const looks = (): Promise<string> => admin.page.evaluate(() => getComputedStyle(document.querySelector('system-logs')?.shadowRoot?.querySelector('[part=frame]') as Element).backgroundColor);
      await admin.control('Theme').selectOption('light');
      const light = await looks();
      await admin.control('Theme').selectOption('dark');
      await admin.until(async () => (await looks()) === light, false, 'the viewer is dark');
    },
  },

  'a selection in the viewer reaches the page': {
    proves: 'log-select',
    async check(admin) {
      await admin.openLogs();
      admin.site.logger.info('Here I am');
      await admin.row('Here I am').click();
      await admin.eventSays('log-select', 'Here I am', 'the page says what was selected');
      await admin.page.keyboard.press('Escape');
      await admin.eventSays('log-select', 'nothing', 'the page says that nothing is selected');
    },
  },

  'the state of the connection reaches the page': {
    proves: 'log-status-change',
    async check(admin) {
      await admin.openLogs();
      await admin.eventSays('log-status-change', 'live', 'the page says that the viewer is connected');
    },
  },

  'a search in the viewer reaches the page': {
    proves: 'log-filter-change',
    async check(admin) {
      await admin.openLogs();
      await admin.page.locator('system-logs log-filters input').first().fill('lamp');
      await admin.eventSays('log-filter-change', 'search “lamp”', 'the page says what is searched');
      await admin.until(() => admin.control('Search').inputValue(), 'lamp', 'the page’s own field has it');
    },
  },

  'a pause in the viewer reaches the page': {
    proves: 'log-pause-change',
    async check(admin) {
      await admin.openLogs();
      const pause = admin.page.locator('system-logs log-toolbar [part=pause]');
      for (const [name, paused] of [['Continue', true], ['Pause', false]] as const) {
        await pause.click();
        await admin.until(() => admin.button(name).getAttribute('aria-pressed', { timeout: 100 }).catch(() => null), String(paused), `the page’s own button says “${name}”`);
        await admin.reach({ paused, held: paused }, 'the page and its viewer agree');
      }
    },
  },

  'a level that is asked for in the viewer reaches the page': {
    proves: 'log-level-change',
    async check(admin) {
      await admin.openLogs();
      await admin.page.locator('system-logs log-filters [part=level-toggle]', { hasText: 'Debug' }).click();
      await admin.until(() => admin.control('Level').inputValue(), 'debug', 'the page’s own choice is debug');
      await admin.reach({ level: 'debug', asked: 'debug' }, 'the page and its viewer agree');
    },
  },
};

/** What they do while the definition is on its way, and long after. */
export const lateChecks: Readonly<Record<string, Check>> = {
  'what a visitor chooses before the definition arrives is not lost': {
    async check(admin) {
      const release = await openUndefined(admin);
      await admin.control('Level').selectOption('warn');
      await admin.control('Search').fill('order');
      await admin.button('Pause').click();
      release();
      await admin.reach({ level: 'warn', asked: 'warn', search: 'order', filtered: 'order', paused: true, held: true, status: 'live' }, 'the viewer has what was chosen');
      await admin.button('Continue').click();
      await admin.control('Search').fill('');
      await admin.control('Level').selectOption('info');
      await admin.reach({ ...asMade, status: 'live' }, 'it follows the page from then on');
    },
  },

  'an element made after its definition gets all the same': {
    async check(admin) {
      await admin.openLogs();
      await admin.goTo('Orders');
      await admin.openLogs();
      await admin.reach({ ...asMade, status: 'live' }, 'the viewer is as the page made it');
    },
  },
};
