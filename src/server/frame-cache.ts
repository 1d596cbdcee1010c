// The frames of one pass over a hub's viewers: what a stretch of the ring looks like to every viewer of one level and one dialect. Each is built once
// and shared, so that ten viewers cost one encoding and one write each; only who comes back after an outage has frames of its own, until it has caught up.
import type { GapCause } from '../core/protocol.js';
import { FrameBatch } from './frame-batch.js';
import { NumberedWriter, PlainWriter, type FrameWriter } from './frame-writer.js';
import type { HubRing } from './hub-ring.js';
import type { ResumeFilter } from './resume-filter.js';
import type { StreamStand } from './ring-positions.js';

const MAX_ITEMS = 500;
const MAX_SIZE = 256 * 1024;

/** What a pass needs to know of its hub. */
export interface FrameSource {
  readonly ring: HubRing;
  readonly instance: string;
  readonly floorRank: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Where the streams stood at a place of the ring. */
  standAt(place: number): StreamStand;
}

/** How a viewer wants to be spoken to. */
export interface FrameView {
  /** Entries of this rank and above. */
  readonly rank: number;
  /** It speaks the extension. */
  readonly numbered: boolean;
  /** What it has got elsewhere; null for who has been here all the time. */
  readonly filter: ResumeFilter | null;
}

/** `batch` is null where nothing of the stretch concerns the viewer; `next` is the place after it. */
export interface FrameStretch {
  readonly batch: FrameBatch | null;
  readonly next: number;
}

export class FrameCache {
  readonly #source: FrameSource;
  #stretches = new Map<string, FrameStretch>();

  constructor(source: FrameSource) {
    this.#source = source;
  }

  /** What a viewer at `place` is sent next. */
  from(place: number, view: FrameView): FrameStretch {
    const { rank, numbered, filter } = view;
    if (filter !== null && filter.key === null) return this.#build(place, view);
    const key = `${place} ${rank} ${numbered} ${filter?.key ?? ''}`;
    let stretch = this.#stretches.get(key);
    if (stretch === undefined) this.#stretches.set(key, (stretch = this.#build(place, view)));
    return stretch;
  }

  #build(place: number, { rank, numbered, filter }: FrameView): FrameStretch {
    const { ring, instance, floorRank, now } = this.#source, { head, tail } = ring;
    const plain: FrameWriter = numbered ? new NumberedWriter(rank, floorRank) : new PlainWriter(instance, rank, now);
    const writer = filter === null ? plain : filter.through(plain), cause: GapCause = filter === null || place >= filter.until ? 'slow' : 'expired';
    let next = place;
    for (let items = 0; next < head && items < MAX_ITEMS && plain.size < MAX_SIZE; items++) {
      if (next < tail) {
        const part = ring.remains.at(next);
        if (part.entry !== null) writer.entry(part.entry);
        else writer.losses(part.losses, cause);
        next = part.to;
        // what comes after a gap is not to be mistaken for it
        if (next >= tail) writer.mark(now, this.#source.standAt(next));
        continue;
      }
      const item = ring.at(next++);
      if (!('type' in item)) writer.entry(item);
      else if (item.type === 'gap') writer.gap(item);
      else if (item.type === 'stream') writer.news(item);
      else writer.mark(item.time, item);
    }
    const texts = writer.finish();
    return { batch: texts.length === 0 ? null : new FrameBatch(texts), next };
  }
}
