// Many fault runs, drawn by fast-check: their sums, and the shortest schedule that breaks a law where one does.
import fc from 'fast-check';
import { FaultRun } from './fault-run.js';
import { NO_TOTALS, type Totals } from './laws.js';
import type { Mutant } from './mutants.js';
import { schedules } from './schedule.js';

export interface FaultResult {
  readonly totals: Totals;
  /** In words: the laws that broke, and the schedule; null where none did. */
  readonly failure: string | null;
}

export async function runFaults({ runs, seed, mutant = null }: { readonly runs: number; readonly seed: number; readonly mutant?: Mutant | null }): Promise<FaultResult> {
  const faults = new Map<string, number>(), totals: Totals = { ...NO_TOTALS, faults, violations: [] };
  let isShrinking = false;
  const details = await fc.check(fc.asyncProperty(schedules, async (schedule) => {
    const { violations, faults: fired, ...counts } = await new FaultRun(schedule, mutant).run();
    if (!isShrinking) {
      for (const [key, count] of Object.entries(counts)) totals[key as keyof typeof counts] += count;
      if (schedule.recoverable) totals.recoverable++;
      for (const [kind, count] of fired) faults.set(kind, (faults.get(kind) ?? 0) + count);
    }
    if (violations.length === 0) return;
    isShrinking = true;
    throw new Error(violations.slice(0, 5).join('\n'));
  }), { numRuns: runs, seed, ...(mutant === null ? {} : { endOnFailure: true }) });
  if (!details.failed) return { totals, failure: null };
  const { error } = fc.defaultReportMessage(details) === undefined ? { error: '' } : { error: details.errorInstance instanceof Error ? details.errorInstance.message : '' };
  return { totals, failure: `${error}\n${JSON.stringify(details.counterexample?.[0])}` };
}
