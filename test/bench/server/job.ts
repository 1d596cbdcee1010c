// What the two processes of the server's benchmark tell each other.

/** Entries that are logged in one turn of the event loop, as under load. */
export const TICK = 100;
/** How many entries the server may be ahead of the slowest viewer: less than its ring holds, so that none is lost. */
export const WINDOW = 4000;

export interface Job {
  /** `plain`: parsed once and written for each viewer; `nothing`: a destination that does nothing. */
  readonly way: 'plain' | 'ours' | 'nothing';
  readonly entries: number;
}

export type Order =
  | { readonly kind: 'job'; readonly job: Job }
  | { readonly kind: 'start' }
  /** Every viewer has read so many. */
  | { readonly kind: 'read'; readonly count: number }
  | { readonly kind: 'end' };

export type Answer =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'done'; readonly cpuMs: number; readonly wallMs: number };
