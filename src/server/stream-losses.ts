// Entries that a viewer will not get, gathered stream by stream with their exact counts; and the news of streams that stood between them. It does
// not know why they are lost.
import type { GapFrame, StampedEntry, StreamFrame } from '../core/protocol.js';
import { setGone, type HubStream } from './hub-streams.js';

/** A stretch of one stream. */
export interface StreamLoss {
  from: number;
  to: number;
  readonly levels: Map<number, number>;
}

export class StreamLosses {
  readonly streams = new Map<HubStream, StreamLoss>();
  /** Streams that began or ended among what is lost. */
  readonly begun = new Map<HubStream, StreamFrame>();
  readonly ended = new Map<HubStream, StreamFrame>();

  /** How many records it holds. */
  get size(): number {
    return this.streams.size + this.begun.size + this.ended.size;
  }

  addEntry(stream: HubStream, { seq, level }: StampedEntry): void {
    const { levels } = this.#reach(stream, seq, seq);
    levels.set(level, (levels.get(level) ?? 0) + 1);
  }

  addGap(stream: HubStream, { from, to, levels }: Pick<GapFrame, 'from' | 'to' | 'levels'>): void {
    const loss = this.#reach(stream, from, to);
    for (const [level, count] of levels ?? []) loss.levels.set(level, (loss.levels.get(level) ?? 0) + count);
  }

  addNews(stream: HubStream, news: StreamFrame): void {
    if (news.state === 'new') this.begun.set(stream, news);
    else if (news.state === 'end') this.ended.set(stream, news);
  }

  /** Takes in what was lost after this. */
  addAll(later: StreamLosses): void {
    for (const [stream, news] of later.begun) this.begun.set(stream, news);
    for (const [stream, news] of later.ended) this.ended.set(stream, news);
    for (const [stream, loss] of later.streams) this.addGap(stream, loss);
  }

  /** Stream by stream as they began: that it began, what is lost of it, that it ended. So the end of one start comes before the next start. */
  *inOrder(): Generator<{ readonly stream: HubStream; readonly begun: StreamFrame | undefined; readonly loss: StreamLoss | undefined; readonly ended: StreamFrame | undefined }> {
    const streams = [...new Set([...this.begun.keys(), ...this.streams.keys(), ...this.ended.keys()])].sort((a, b) => a.order - b.order);
    for (const stream of streams) yield { stream, begun: this.begun.get(stream), loss: this.streams.get(stream), ended: this.ended.get(stream) };
  }

  /** Nobody will be told of these any more. */
  forget(): void {
    for (const [stream, { to, levels }] of this.streams) for (const level of levels.keys()) setGone(stream, level, to);
  }

  #reach(stream: HubStream, from: number, to: number): StreamLoss {
    let loss = this.streams.get(stream);
    if (loss === undefined) this.streams.set(stream, (loss = { from, to, levels: new Map() }));
    loss.to = to;
    return loss;
  }
}
