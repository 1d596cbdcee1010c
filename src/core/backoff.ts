// How long to wait before each try to connect again. Full jitter: a random time within a window, so that the viewers of a server that was
// restarted do not all come back at once. Ten windows of 1 s (a restart takes seconds: these are five in the mean),
// then 2, 4, 8, and 10 s for ever.

const FIRST_WINDOW_MS = 1000, FIRST_WINDOWS = 10, LAST_WINDOW_MS = 10_000;

/** The longest wait before try number `attempt` (from 1), in milliseconds. */
export function retryWindow(attempt: number): number {
  return attempt <= FIRST_WINDOWS ? FIRST_WINDOW_MS : Math.min(LAST_WINDOW_MS, FIRST_WINDOW_MS * 2 ** Math.min(attempt - FIRST_WINDOWS, 10));
}

/** @param random a number from 0 up to, and without, 1 */
export function retryDelay(attempt: number, random: number): number {
  return Math.round(random * retryWindow(attempt));
}
