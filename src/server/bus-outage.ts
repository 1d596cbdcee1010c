// What viewers are told while other processes cannot be reached, and when they can again: ordinary words, which every client shows.
import type { BusState } from './log-bus.js';

/** What is told at a change from `before` to `after`; null for nothing. */
export function outageInWords(before: BusState | null, after: BusState): string | null {
  if (after.state === 'down') return `[log stream] Entries of other instances are not shown: ${after.reason ?? 'they cannot be reached'}.`;
  if (after.state !== 'up' || before?.state !== 'down') return null;
  const seconds = Math.max(1, Math.round((after.since - before.since) / 1000));
  return `[log stream] Entries of other instances are shown again, after ${seconds} s.`;
}
