// One viewer as the hub sees it: a cursor in the hub's ring, a level and a dialect. It holds no queue of its own: a viewer that cannot take more
// stays where it is, and the ring decides how long it may.
import { FrameBatch } from './frame-batch.js';
import type { FrameCache, FrameView } from './frame-cache.js';
import type { ResumeFilter } from './resume-filter.js';

/** The part of a viewer's socket that the hub uses. */
export interface ViewerSocket {
  /** Bytes that were handed over and that the network has not taken. */
  readonly bufferedBytes: number;
  /** Hands over whole frames; `taken` is called once, later, when the network took them; not at all where the socket closes before. */
  send(batch: FrameBatch, taken: () => void): void;
}

/** What a viewer needs of its hub. */
export interface ViewerHost {
  /** The place that the next item of the ring will have. */
  readonly head: number;
  readonly maxBufferedBytes: number;
  /** New frames for a viewer that goes on later than the others. */
  frames(): FrameCache;
  /** The frames that say what a viewer does not get any more, from a place on. */
  lastFrames(place: number, view: FrameView): readonly string[];
  /** What still matters of what a viewer at the head has got elsewhere; null where nothing does. */
  restOf(filter: ResumeFilter): ResumeFilter | null;
}

export class HubViewer {
  /** The place of the next item that concerns this viewer. */
  cursor: number;
  readonly #host: ViewerHost;
  readonly #socket: ViewerSocket;
  readonly #resumed: ResumeFilter | null;
  #view: FrameView;
  #opening: readonly string[];
  #left = false;

  /** @param opening frames that are sent before everything else */
  constructor(host: ViewerHost, socket: ViewerSocket, view: FrameView, cursor: number, opening: readonly string[] = []) {
    this.#host = host;
    this.#socket = socket;
    this.#view = view;
    this.#resumed = view.filter;
    this.#opening = opening;
    this.cursor = cursor;
  }

  get view(): FrameView {
    return this.#view;
  }

  /** Another subscription on the same socket. The cursor stays: what was on its way is neither lost nor sent twice. */
  change(rank: number, numbered: boolean): void {
    this.#view = { rank, numbered, filter: numbered ? this.#view.filter : null };
  }

  /** Sends what there is, as far as the socket takes it. */
  deliver(frames: FrameCache): void {
    const { maxBufferedBytes } = this.#host;
    while (!this.#left && this.#waits && this.#socket.bufferedBytes <= maxBufferedBytes) {
      if (this.#opening.length > 0) {
        const opening = this.#opening;
        this.#opening = [];
        this.#socket.send(new FrameBatch(opening), this.#taken);
        continue;
      }
      const { batch, next } = frames.from(this.cursor, this.#view);
      this.cursor = next;
      if (batch !== null) this.#socket.send(batch, this.#taken);
    }
    const { filter } = this.#view;
    if (filter !== null && this.cursor >= this.#host.head) this.#view = { ...this.#view, filter: this.#host.restOf(filter) };
  }

  /** The hub hears for the first time of a stream, of which this viewer may have heard elsewhere. */
  begins(instance: string, epoch: string): void {
    if (this.#resumed?.points.get(instance)?.epoch === epoch) this.#view = { ...this.#view, filter: this.#resumed };
  }

  /** Sends what stands outside all streams, now. */
  say(batch: FrameBatch): void {
    this.#socket.send(batch, this.#taken);
  }

  /** Ends the subscription. Where `said`, what was still to come is told as lost, since the viewer asked for it at the time. */
  leave(said: boolean): void {
    if (said) {
      const texts = [...this.#opening, ...this.#host.lastFrames(this.cursor, this.#view)];
      if (texts.length > 0) this.#socket.send(new FrameBatch(texts), this.#taken);
    }
    this.#left = true;
  }

  get #waits(): boolean {
    return this.cursor < this.#host.head || this.#opening.length > 0;
  }

  readonly #taken = (): void => {
    if (!this.#left && this.#waits) this.deliver(this.#host.frames());
  };
}
