// The demo and a browser for the tests of one file: both are started before the first of them and ended after the last.
import { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser-page.js';
import { startDemo, type Demo } from './demo.js';

export interface DemoInBrowser {
  demo: Demo;
  browser: Browser;
}

/** To be called once, at the top of a test file or of a suite in it; what it returns is filled when the first test begins. */
export function demoInBrowser(browser: 'chromium' | 'firefox' = 'chromium'): DemoInBrowser {
  const started = {} as DemoInBrowser;
  before(async () => {
    [started.demo, started.browser] = await Promise.all([startDemo(), openBrowser(browser)]);
  });
  after(async () => {
    await started.browser.close();
    await started.demo.stop();
  });
  return started;
}
