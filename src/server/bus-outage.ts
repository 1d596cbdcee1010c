// What viewers are told while other processes cannot be reached, and when they can again: ordinary words, which every client shows, or what a
// frame of the extension says.
import type { BusAway } from '../core/protocol.js';
import type { BusState } from './log-bus.js';

const UNREACHABLE = 'they cannot be reached';

/** What is told at a change from `before` to `after`; null for nothing. */
export function outageInWords(before: BusState | null, after: BusState): string | null {
  if (after.state === 'down') return `[log stream] Entries of other instances are not shown: ${after.reason ?? UNREACHABLE}.`;
  if (after.state !== 'up' || before?.state !== 'down') return null;
  const seconds = Math.max(1, Math.round((after.since - before.since) / 1000));
  return `[log stream] Entries of other instances are shown again, after ${seconds} s.`;
}

/** Null where other processes are not known to be out of reach. */
export function awayOf({ state, since, reason }: BusState): BusAway | null {
  return state === 'down' ? { since, reason: reason ?? UNREACHABLE } : null;
}
