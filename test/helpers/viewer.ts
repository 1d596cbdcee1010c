// What tests from outside ask of a viewer in a page. The functions that run in the page name their elements themselves: nothing of a test's
// own scope reaches them.
import type { Page } from 'playwright-core';
import type {} from '../../src/elements/system-logs.js';

/** Resolves when the viewer's connection is in this state. */
export async function untilState(page: Page, state: string): Promise<void> {
  // before its script has come an element has no status
  await page.waitForFunction((wanted) => customElements.get('system-logs') !== undefined && document.querySelector('system-logs')?.status?.state === wanted, state);
}

/** Resolves when so many entries have been received. */
export async function untilReceived(page: Page, count: number): Promise<void> {
  await page.waitForFunction((wanted) => (document.querySelector('system-logs')?.store.snapshot.received ?? -1) >= wanted, count);
}

/** The numbers of the viewer's store. */
export function counts(page: Page): Promise<{ received: number; retained: number; removed: number; length: number; following: boolean }> {
  return page.evaluate(() => {
    const { received, retained, removed, length, following } = (document.querySelector('system-logs') as HTMLElementTagNameMap['system-logs']).store.snapshot;
    return { received, retained, removed, length, following };
  });
}
