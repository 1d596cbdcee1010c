// What happens in a fault run, as fast-check draws it: how much is logged, which faults come between, and how much room everything has.
import fc from 'fast-check';
import { LEVEL_NAMES } from '../../src/core/levels.js';

const process = fc.nat(1), viewer = fc.nat(2), level = fc.constantFrom(...LEVEL_NAMES);

const log = fc.record({ do: fc.constant('log' as const), process, count: fc.integer({ min: 1, max: 120 }), mix: fc.nat(1000) });
const tick = fc.record({ do: fc.constant('tick' as const), ms: fc.integer({ min: 1, max: 4000 }) });

/** Faults after which nothing may be missing, as long as everything has room. */
const mild = [
  fc.record({ do: fc.constant('reset' as const), viewer }),
  fc.record({ do: fc.constant('halfOpen' as const), viewer }),
  fc.record({ do: fc.constant('stall' as const), viewer }),
  fc.record({ do: fc.constant('resumeOnOther' as const), viewer }),
  fc.record({ do: fc.constant('level' as const), viewer, level }),
  fc.record({ do: fc.constant('busRepeat' as const), on: fc.boolean() }),
  fc.record({ do: fc.constant('away' as const), viewer, ms: fc.integer({ min: 1, max: 3000 }) }),
];

/** Faults that lose entries. */
const lossy = [
  fc.record({ do: fc.constant('crash' as const), process, count: fc.nat(20), mix: fc.nat(1000) }),
  fc.record({ do: fc.constant('die' as const), process, count: fc.nat(20), mix: fc.nat(1000) }),
  fc.record({ do: fc.constant('restart' as const), process }),
  fc.record({ do: fc.constant('busLoss' as const), on: fc.boolean() }),
  fc.record({ do: fc.constant('busy' as const), viewer }),
  fc.record({ do: fc.constant('flood' as const), process, count: fc.integer({ min: 150, max: 600 }), mix: fc.nat(1000) }),
  fc.record({ do: fc.constant('long' as const), viewer }),
];

const mildStep = fc.oneof({ weight: 10, arbitrary: log }, { weight: 5, arbitrary: tick }, ...mild.map((arbitrary) => ({ weight: 1, arbitrary })));
const anyStep = fc.oneof({ weight: 12, arbitrary: log }, { weight: 6, arbitrary: tick }, ...[...mild, ...lossy].map((arbitrary) => ({ weight: 1, arbitrary })));

export type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

export interface Schedule {
  /** Nothing in it has to lose anything. */
  readonly recoverable: boolean;
  readonly seed: number;
  readonly steps: readonly Step[];
}

/** Of 100 schedules some 40 are recoverable. */
export const schedules: fc.Arbitrary<Schedule> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ recoverable: fc.constant(true), seed: fc.nat(), steps: fc.array(mildStep, { minLength: 12, maxLength: 40 }) }) },
  { weight: 6, arbitrary: fc.record({ recoverable: fc.constant(false), seed: fc.nat(), steps: fc.array(anyStep, { minLength: 12, maxLength: 40 }) }) },
) as fc.Arbitrary<Schedule>;
