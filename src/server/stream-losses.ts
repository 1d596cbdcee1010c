// Entries that a viewer will not get, gathered stream by stream with their exact counts; and the news of streams that stood between them. It does
// not know why they are lost.
import { addNumber, NO_NUMBERS, type GapFrame, type LevelNumbers, type StampedEntry, type StreamFrame } from '../core/protocol.js';
import { setGone, type HubStream } from './hub-streams.js';

/** A stretch of one stream. */
export interface StreamLoss {
  from: number;
  to: number;
  readonly levels: Map<number, number>;
  /** The last entry of each level, or one after it. */
  readonly lasts: Map<number, number>;
}

export class StreamLosses {
  readonly streams = new Map<HubStream, StreamLoss>();
  /** Streams that began or ended among what is lost, or of which it was said that they are quiet or heard again: the last word of it. */
  readonly begun = new Map<HubStream, StreamFrame>();
  readonly heard = new Map<HubStream, StreamFrame>();
  readonly ended = new Map<HubStream, StreamFrame>();

  /** How many records it holds. */
  get size(): number {
    return this.streams.size + this.begun.size + this.heard.size + this.ended.size;
  }

  addEntry(stream: HubStream, { seq, level }: StampedEntry): void {
    const { levels, lasts } = this.#reach(stream, seq, seq);
    addNumber(levels, level, 1);
    lasts.set(level, seq);
  }

  addGap(stream: HubStream, { from, to, levels }: Pick<GapFrame, 'from' | 'to' | 'levels'>, lasts: LevelNumbers = NO_NUMBERS): void {
    const loss = this.#reach(stream, from, to);
    for (const [level, count] of levels ?? []) {
      addNumber(loss.levels, level, count);
      loss.lasts.set(level, lasts.get(level) ?? to);
    }
  }

  addNews(stream: HubStream, news: StreamFrame): void {
    if (news.state === 'new') this.begun.set(stream, news);
    else if (news.state === 'end') this.ended.set(stream, news);
    // of a twin there is word at each mark
    else if (news.state !== 'twin') this.heard.set(stream, news);
  }

  /** Takes in what was lost after this. */
  addAll(later: StreamLosses): void {
    for (const [stream, news] of later.begun) this.begun.set(stream, news);
    for (const [stream, news] of later.heard) this.heard.set(stream, news);
    for (const [stream, news] of later.ended) this.ended.set(stream, news);
    for (const [stream, loss] of later.streams) this.addGap(stream, loss, loss.lasts);
  }

  /** Stream by stream as they began: that it began, what is lost of it, whether it is heard, that it ended. So the end of one start comes before the next start. */
  *inOrder(): Generator<{ readonly stream: HubStream; readonly begun: StreamFrame | undefined; readonly loss: StreamLoss | undefined; readonly news: readonly StreamFrame[] }> {
    const streams = [...new Set([...this.begun.keys(), ...this.streams.keys(), ...this.heard.keys(), ...this.ended.keys()])].sort((a, b) => a.order - b.order);
    for (const stream of streams) {
      const loss = this.streams.get(stream), news = [this.heard.get(stream), this.ended.get(stream)];
      // what was lost after a word has made it old, and the next mark says how it is
      yield { stream, begun: this.begun.get(stream), loss, news: news.filter((word) => word !== undefined && word.seq >= (loss?.to ?? 0)) as StreamFrame[] };
    }
  }

  /** Nobody will be told of these any more. */
  forget(): void {
    for (const [stream, { lasts }] of this.streams) for (const [level, seq] of lasts) setGone(stream, level, seq);
  }

  #reach(stream: HubStream, from: number, to: number): StreamLoss {
    let loss = this.streams.get(stream);
    if (loss === undefined) this.streams.set(stream, (loss = { from, to, levels: new Map(), lasts: new Map() }));
    loss.to = to;
    return loss;
  }
}
