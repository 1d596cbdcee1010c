// What tests in a browser share: waiting for a condition, and the one noise that is no fault. It knows no element.
import { setupIgnoreWindowResizeObserverLoopErrors } from '@lit-labs/virtualizer/support/resize-observer-errors.js';

/**
 * Call it once in a test file that draws a list: the virtualizer measures while it lays out, which browsers report as an error of the window
 * ("ResizeObserver loop completed with undelivered notifications") though nothing is wrong. Every other error still fails the test.
 */
export function ignoreResizeObserverNoise(): void {
  setupIgnoreWindowResizeObserverLoopErrors(beforeEach, afterEach);
}

/** The next frame, and what the page does with it. */
export function frame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/**
 * Waits, frame by frame, until `condition` holds; there is no time limit but the test's own, whose failure then names the condition.
 * @returns what `condition` gave
 */
export async function until<T>(condition: () => T | null | undefined | false): Promise<T> {
  for (;;) {
    const value = condition();
    if (value !== null && value !== undefined && value !== false) return value;
    await frame();
  }
}
