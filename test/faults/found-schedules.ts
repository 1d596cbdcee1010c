// Schedules that broke a law once, each as short as it could be made: they are run again each time.
import type { Schedule } from './schedule.js';

export const FOUND: readonly (Schedule & { readonly name: string })[] = [
  {
    name: 'an earlier start of an instance is told of again by a server that missed the newest', recoverable: false, seed: 596004024,
    steps: [
      { do: 'log', process: 1, count: 41, mix: 300 }, { do: 'busLoss', on: true }, { do: 'restart', process: 1 }, { do: 'tick', ms: 3196 },
      { do: 'resumeOnOther', viewer: 1 },
    ],
  },
  {
    name: 'a server says what is gone of an earlier start that the viewer has', recoverable: false, seed: 135410554,
    steps: [
      { do: 'tick', ms: 2303 }, { do: 'restart', process: 1 }, { do: 'halfOpen', viewer: 2 }, { do: 'log', process: 0, count: 59, mix: 585 },
      { do: 'log', process: 1, count: 115, mix: 812 }, { do: 'tick', ms: 2503 }, { do: 'log', process: 1, count: 19, mix: 553 },
      { do: 'tick', ms: 2624 }, { do: 'crash', process: 1, count: 10, mix: 94 }, { do: 'crash', process: 1, count: 5, mix: 449 },
      { do: 'tick', ms: 1812 }, { do: 'long', viewer: 0 },
    ],
  },
  {
    name: 'a stalled viewer resumes on a server that hears of a stream late', recoverable: false, seed: 338717294,
    steps: [
      { do: 'busLoss', on: true }, { do: 'crash', process: 0, count: 15, mix: 5 }, { do: 'tick', ms: 2962 }, { do: 'tick', ms: 3582 },
      { do: 'log', process: 1, count: 90, mix: 422 }, { do: 'stall', viewer: 2 }, { do: 'tick', ms: 3379 }, { do: 'tick', ms: 2573 },
      { do: 'log', process: 0, count: 117, mix: 478 }, { do: 'flood', process: 0, count: 248, mix: 5 },
    ],
  },
  {
    name: 'an earlier start is gone from a ring and its end with it', recoverable: false, seed: 1603779852,
    steps: [
      { do: 'resumeOnOther', viewer: 0 }, { do: 'stall', viewer: 1 }, { do: 'log', process: 0, count: 72, mix: 366 }, { do: 'restart', process: 1 },
      { do: 'log', process: 1, count: 34, mix: 152 }, { do: 'restart', process: 0 }, { do: 'tick', ms: 3971 },
      { do: 'log', process: 0, count: 19, mix: 472 }, { do: 'log', process: 1, count: 72, mix: 568 }, { do: 'away', viewer: 1, ms: 308 },
    ],
  },
  {
    name: 'a start is heard of late and its server ends before it marks anything', recoverable: false, seed: 0,
    steps: [
      { do: 'crash', process: 0, count: 0, mix: 0 }, { do: 'resumeOnOther', viewer: 0 }, { do: 'log', process: 0, count: 1, mix: 0 },
      { do: 'log', process: 0, count: 6, mix: 0 }, { do: 'restart', process: 1 }, { do: 'log', process: 1, count: 1, mix: 0 },
      { do: 'busLoss', on: true }, { do: 'log', process: 0, count: 1, mix: 0 }, { do: 'away', viewer: 0, ms: 1 }, { do: 'long', viewer: 0 },
      { do: 'busLoss', on: false }, { do: 'log', process: 0, count: 14, mix: 601 }, { do: 'crash', process: 1, count: 0, mix: 0 },
      { do: 'stall', viewer: 0 },
    ],
  },
  {
    name: 'an earlier start is heard of after the newest', recoverable: false, seed: 0,
    steps: [
      { do: 'crash', process: 0, count: 0, mix: 0 }, { do: 'busLoss', on: true }, { do: 'crash', process: 0, count: 0, mix: 0 },
      { do: 'log', process: 0, count: 1, mix: 0 }, { do: 'log', process: 0, count: 1, mix: 0 }, { do: 'log', process: 0, count: 1, mix: 0 },
      { do: 'tick', ms: 149 }, { do: 'resumeOnOther', viewer: 0 }, { do: 'log', process: 0, count: 1, mix: 0 }, { do: 'reset', viewer: 0 },
      { do: 'tick', ms: 1 }, { do: 'halfOpen', viewer: 0 }, { do: 'tick', ms: 1 }, { do: 'tick', ms: 1 }, { do: 'long', viewer: 0 },
    ],
  },
  {
    name: 'an instance that a new server knows again after a dead connection', recoverable: false, seed: 26,
    steps: [
      { do: 'crash', process: 0, count: 18, mix: 540 }, { do: 'flood', process: 0, count: 156, mix: 466 }, { do: 'tick', ms: 3981 },
      { do: 'halfOpen', viewer: 2 }, { do: 'crash', process: 0, count: 1, mix: 6 }, { do: 'log', process: 0, count: 110, mix: 85 },
      { do: 'log', process: 0, count: 91, mix: 319 },
    ],
  },
  {
    name: 'a stream that ended is resumed on another server', recoverable: false, seed: 0,
    steps: [
      { do: 'log', process: 0, count: 1, mix: 0 }, { do: 'busy', viewer: 0 }, { do: 'log', process: 0, count: 1, mix: 0 },
      { do: 'log', process: 0, count: 1, mix: 0 }, { do: 'restart', process: 0 }, { do: 'log', process: 0, count: 1, mix: 0 },
      { do: 'log', process: 0, count: 1, mix: 0 }, { do: 'log', process: 0, count: 1, mix: 0 }, { do: 'tick', ms: 1 },
      { do: 'resumeOnOther', viewer: 0 }, { do: 'flood', process: 0, count: 150, mix: 0 }, { do: 'log', process: 0, count: 1, mix: 0 },
    ],
  },
  {
    name: 'an instance is killed before a server that has just started has heard of it', recoverable: false, seed: 0,
    steps: [
      { do: 'log', process: 0, count: 1, mix: 0 }, { do: 'restart', process: 0 }, { do: 'log', process: 0, count: 1, mix: 0 },
      { do: 'die', process: 1, count: 1, mix: 0 }, { do: 'log', process: 0, count: 1, mix: 0 },
    ],
  },
  {
    name: 'an instance is killed of which the other server knows an earlier start only', recoverable: false, seed: 0,
    steps: [
      { do: 'busLoss', on: true }, { do: 'log', process: 0, count: 1, mix: 0 }, { do: 'crash', process: 0, count: 0, mix: 0 },
      { do: 'tick', ms: 562 }, { do: 'flood', process: 1, count: 150, mix: 0 }, { do: 'tick', ms: 269 }, { do: 'level', viewer: 0, level: 'trace' },
      { do: 'die', process: 0, count: 0, mix: 0 }, { do: 'stall', viewer: 0 }, { do: 'log', process: 0, count: 1, mix: 0 }, { do: 'long', viewer: 0 },
    ],
  },
  {
    name: 'an instance is killed that gave its own viewers more than it could hand on', recoverable: false, seed: 0,
    steps: [
      { do: 'log', process: 1, count: 1, mix: 0 }, { do: 'tick', ms: 4000 }, { do: 'tick', ms: 4000 }, { do: 'die', process: 1, count: 5, mix: 0 },
      { do: 'log', process: 0, count: 1, mix: 0 },
    ],
  },
];
