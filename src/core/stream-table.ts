// The streams heard of: one a start (epoch) of an instance. Rows keep a small index into this table instead of two strings. Bounded, so
// that a server that invents names cannot grow it without end.
import type { InstanceLife } from './instance-lives.js';
import { streamKey } from './stream-key.js';

/** An instance as the filters list it: `state` is `sending`, `stopped` (it said so) or `silent` (nothing is heard of it), `since` when. */
export interface InstanceCount extends InstanceLife {
  readonly name: string;
  /** Its entries that are kept. */
  readonly retained: number;
}

interface Stream {
  readonly instance: string;
  readonly epoch: string | null;
}

/** How many of them send, as far as anyone knows. */
export function sendingOf(instances: readonly InstanceCount[]): number {
  return instances.reduce((count, { state }) => (state === 'sending' ? count + 1 : count), 0);
}

/** The name under which the entries of all further instances are kept once the table is full. */
export const OTHER_INSTANCES = 'other instances';

export class StreamTable {
  readonly #maxStreams: number;
  readonly #streams: Stream[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #retained = new Map<string, number>();
  #lastInstance = '';
  #lastEpoch: string | null = null;
  #lastIndex = -1;

  /** @param maxStreams default 1,000 */
  constructor(maxStreams = 1000) {
    this.#maxStreams = maxStreams;
  }

  /** The index of a stream, which is added where it is new. */
  indexOf(instance: string, epoch: string | null): number {
    // a run of entries of one stream is the usual case, and worth no look-up
    if (this.#lastIndex >= 0 && instance === this.#lastInstance && epoch === this.#lastEpoch) return this.#lastIndex;
    const key = streamKey(instance, epoch);
    let index = this.#indexes.get(key);
    if (index === undefined) {
      if (this.#streams.length >= this.#maxStreams) {
        // an instance that is known keeps its name and loses only its start, so that what is added here has an end too
        const isKnown = this.#retained.has(instance) || instance === OTHER_INSTANCES;
        if (epoch !== null || !isKnown) return this.indexOf(isKnown ? instance : OTHER_INSTANCES, null);
      }
      index = this.#streams.push({ instance, epoch }) - 1;
      this.#indexes.set(key, index);
      if (!this.#retained.has(instance)) this.#retained.set(instance, 0);
    }
    this.#lastInstance = instance;
    this.#lastEpoch = epoch;
    this.#lastIndex = index;
    return index;
  }

  instance(index: number): string {
    return this.#streams[index]?.instance ?? '';
  }

  epoch(index: number): string | null {
    return this.#streams[index]?.epoch ?? null;
  }

  /** Adds `by` (1 or −1) to what is kept of the stream's instance. */
  count(index: number, by: number): void {
    const name = this.instance(index);
    this.#retained.set(name, (this.#retained.get(name) ?? 0) + by);
  }

  resetCounts(): void {
    for (const name of this.#retained.keys()) this.#retained.set(name, 0);
  }

  /** The instances in the order in which they were first heard; without those that do not send any more and of which nothing is kept. */
  instances(lifeOf: (instance: string) => InstanceLife): InstanceCount[] {
    const instances: InstanceCount[] = [];
    for (const [name, retained] of this.#retained) {
      const { state, since } = lifeOf(name);
      if (retained > 0 || state === 'sending') instances.push(Object.freeze({ name, retained, state, since }));
    }
    return instances;
  }
}
