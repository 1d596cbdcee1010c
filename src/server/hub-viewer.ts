// One viewer as the hub sees it: a cursor in the hub's ring, a level, a dialect, and the count of what it was too slow for. It holds no
// queue of its own: a viewer that cannot take more stays where it is, and the ring decides how long it may.
import { LEVEL_NAMES, levelRank, type LevelName } from '../core/levels.js';
import { FrameBatch, type FrameCache } from './frame-batch.js';
import type { HubRing } from './hub-ring.js';
import { LossCount } from './loss-count.js';

/** The part of a viewer's socket that the hub uses. */
export interface ViewerSocket {
  /** Bytes that were handed over and that the network has not taken. */
  readonly bufferedBytes: number;
  /** Hands over whole frames; `taken` is called once, later, when the network took them; not at all where the socket closes before. */
  send(batch: FrameBatch, taken: () => void): void;
}

/** What a viewer needs of its hub. */
export interface ViewerHost {
  readonly ring: HubRing;
  readonly maxBufferedBytes: number;
  /** The frame that says what was lost, as an entry of this instance. */
  lossFrame(lost: LossCount): string;
  /** New frames for a viewer that goes on later than the others. */
  frames(): FrameCache;
  /** The viewer is further: what it was the last to need can go. */
  advanced(): void;
}

export class HubViewer {
  /** The place of the next entry that concerns this viewer. */
  cursor: number;
  readonly #host: ViewerHost;
  readonly #socket: ViewerSocket;
  #rank: number;
  #packed: boolean;
  #left = false;
  #lost = new LossCount();

  constructor(host: ViewerHost, socket: ViewerSocket, level: LevelName, packed: boolean) {
    this.#host = host;
    this.#socket = socket;
    this.#rank = LEVEL_NAMES.indexOf(level);
    this.#packed = packed;
    this.cursor = host.ring.head;
  }

  /** Another subscription on the same socket. The cursor stays: what was on its way is neither lost nor sent twice. */
  change(level: LevelName, packed: boolean): void {
    this.#rank = LEVEL_NAMES.indexOf(level);
    this.#packed = packed;
  }

  /** Sends what there is, as far as the socket takes it. */
  deliver(frames: FrameCache): void {
    const { ring, maxBufferedBytes } = this.#host;
    while (!this.#left && this.#waits(ring) && this.#socket.bufferedBytes <= maxBufferedBytes) {
      if (this.#lost.total > 0) {
        this.#sayLoss();
        continue;
      }
      const { batch, next } = frames.from(this.cursor, this.#rank, this.#packed);
      this.cursor = next;
      if (batch !== null) this.#socket.send(batch, this.#taken);
    }
  }

  /** The ring gives up everything before `tail`. */
  skipTo(tail: number): void {
    for (; this.cursor < tail; this.cursor++) {
      const { level } = this.#host.ring.at(this.cursor);
      if (levelRank(level) >= this.#rank) this.#lost.add(level);
    }
  }

  /** Ends the subscription. Where `said`, what was still to come is told as lost, since the viewer asked for it at the time. */
  leave(said: boolean): void {
    this.skipTo(this.#host.ring.head);
    if (said && this.#lost.total > 0) this.#sayLoss();
    this.#left = true;
  }

  #sayLoss(): void {
    const frame = this.#host.lossFrame(this.#lost);
    this.#lost.clear();
    this.#socket.send(new FrameBatch([frame]), this.#taken);
  }

  #waits(ring: HubRing): boolean {
    return this.cursor < ring.head || this.#lost.total > 0;
  }

  readonly #taken = (): void => {
    if (this.#left || !this.#waits(this.#host.ring)) return;
    this.deliver(this.#host.frames());
    this.#host.advanced();
  };
}
