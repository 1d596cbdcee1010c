// What tests in a browser share: waiting for a condition. It knows no element.

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
