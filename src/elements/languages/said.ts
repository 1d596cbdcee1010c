// What a sentence of the viewer is about, fit to be shown as it is: names set apart from the words around them, times as clocks.
import type { LossCause } from '../../core/gap.js';

/** Keys that do one thing, or two opposite ones. */
export interface KeyGroup {
  readonly name: string;
  readonly keys: readonly { readonly keys: readonly string[]; readonly does: string }[];
}

/** What is missing, as a sentence needs it. */
export interface SaidGap {
  readonly cause: LossCause;
  /** 0 where nobody can know how many. */
  readonly count: number;
  /** Whose they were, set apart from the words around it; '' where they are of several. */
  readonly instance: string;
  /** Clocks; the same twice where it was one moment. */
  readonly from: string;
  readonly to: string;
  /** `1,200 info, 40 warn` */
  readonly levels: string;
}

/** Instances of which the same is said, as a sentence needs it. */
export interface SaidInstances {
  readonly count: number;
  /** Their names, set apart from the words around them; of many, the first ones and how many others. */
  readonly names: string;
  /** A clock; '' where nobody knows when. */
  readonly at: string;
}
