// The fan-out: entries from the bus, through one bounded ring, to every viewer that asked for them. No queue for each viewer, no encoding for
// each viewer. It knows sockets only as `ViewerSocket`, and nothing of HTTP, signing in or the bus's transport.
import { LEVEL_NAMES, LEVEL_VALUES, levelRank, type LevelName } from '../core/levels.js';
import type { Clock } from '../core/platform.js';
import { encodePlainEntry, type ServerExtension, EXTENSION_VERSION, type StampedEntry } from '../core/protocol.js';
import { FrameCache } from './frame-batch.js';
import { HubRing } from './hub-ring.js';
import { HubViewer, type ViewerHost, type ViewerSocket } from './hub-viewer.js';
import { isStampedEntry } from './log-bus.js';
import type { LossCount } from './loss-count.js';
import { prettyEntry } from './pretty-entry.js';

export interface LogHubOptions {
  /** The name under which this hub speaks of itself. */
  readonly instance: string;
  /** Nothing below it is ever sent. */
  readonly floor: LevelName;
  readonly style: 'raw' | 'pretty';
  readonly clock: Clock;
  /** A viewer whose socket holds more than this gets nothing until it has drained. */
  readonly maxBufferedBytes: number;
  /** What a slow viewer can fall behind before entries are lost for it: in entries, and in characters of JSON. */
  readonly maxRingEntries: number;
  readonly maxRingBytes: number;
}

export class LogHub implements ViewerHost {
  readonly ring = new HubRing();
  readonly maxBufferedBytes: number;
  readonly #options: LogHubOptions;
  readonly #floorRank: number;
  #viewers = new Set<HubViewer>();
  #refused = 0;

  constructor(options: LogHubOptions) {
    this.#options = options;
    this.maxBufferedBytes = options.maxBufferedBytes;
    this.#floorRank = LEVEL_NAMES.indexOf(options.floor);
  }

  /** What the hub says of itself to a viewer that speaks the extension. */
  get extension(): ServerExtension {
    return { v: EXTENSION_VERSION, floor: this.#options.floor, hub: this.#options.instance };
  }

  /** Messages of the bus that were no entries. */
  get refused(): number {
    return this.#refused;
  }

  /** Takes what the bus brings and sends it on. */
  receive(entries: readonly StampedEntry[]): void {
    // a new subscription starts at now, so that without a viewer there is nothing to keep
    if (this.#viewers.size === 0) return;
    for (const entry of entries) {
      if (!isStampedEntry(entry)) this.#refused++;
      else if (levelRank(entry.level) >= this.#floorRank) this.ring.push(this.#options.style === 'pretty' ? prettyEntry(entry) : entry);
    }
    const frames = this.frames();
    for (const viewer of this.#viewers) viewer.deliver(frames);
    this.advanced();
  }

  /** Everything at or above `level` goes to `socket` from now on. */
  join(socket: ViewerSocket, level: LevelName, packed: boolean): HubViewer {
    const viewer = new HubViewer(this, socket, level, packed);
    this.#viewers.add(viewer);
    return viewer;
  }

  /** @param said whether a viewer that was behind is told what it misses; not where its socket is gone or its sign-in has ended */
  leave(viewer: HubViewer, said: boolean): void {
    if (!this.#viewers.delete(viewer)) return;
    viewer.leave(said);
    this.advanced();
  }

  frames(): FrameCache {
    return new FrameCache(this.ring);
  }

  lossFrame(lost: LossCount): string {
    const { instance, clock } = this.#options;
    return encodePlainEntry({ instance, epoch: '', seq: 0, lseq: 0, level: LEVEL_VALUES.warn, text: lost.entryText('this viewer was too slow', clock.now()) });
  }

  /** Keeps what the slowest viewer needs, within the bounds; who falls out of them is told when it drains. */
  advanced(): void {
    const { ring } = this;
    let tail = ring.head;
    for (const viewer of this.#viewers) tail = Math.min(tail, viewer.cursor);
    tail = Math.max(tail, ring.tailWithin(this.#options.maxRingEntries, this.#options.maxRingBytes));
    for (const viewer of this.#viewers) viewer.skipTo(tail);
    ring.trim(tail);
  }
}
