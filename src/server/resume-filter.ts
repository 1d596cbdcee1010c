// What a viewer that comes back has got already, on whichever server: stream by stream up to an entry. Everything that goes to it passes through
// here until it has caught up, so that nothing comes twice and what is missing is said from where the viewer stands.
import { NO_NUMBERS, type GapCause, type GapFrame, type ResumePoints, type StampedEntry, type StreamFrame, type StreamPosition } from '../core/protocol.js';
import { streamKey } from '../core/stream-key.js';
import { writeLosses, type FrameWriter } from './frame-writer.js';
import type { HubStreams } from './hub-streams.js';
import type { StreamStand } from './ring-positions.js';
import type { StreamLosses } from './stream-losses.js';

export class ResumeFilter {
  /** By instance: the viewer has everything of this epoch up to this entry. */
  readonly points: ResumePoints;
  /** Starts of the same instances that were over before those: the viewer has what it was to get of them. */
  readonly #older: ReadonlySet<string>;
  /** The place of the ring from which on it is a viewer like the others. */
  readonly until: number;
  /** Of those that want the same: their frames are the same, too. Null before a viewer has caught up. */
  readonly key: string | null;
  readonly #cameAt: number;

  /** @param cameAt when the viewer came back, in ms since 1970 */
  constructor(points: ResumePoints, older: ReadonlySet<string>, until: number, cameAt: number, key: string | null = null) {
    this.points = points;
    this.#older = older;
    this.until = until;
    this.#cameAt = cameAt;
    this.key = key;
  }

  /** The last entry of a stream that the viewer has; 0 where it has heard of it and has none, -1 where it has not heard of it. */
  seen(instance: string, epoch: string): number {
    if (this.#older.has(streamKey(instance, epoch))) return Infinity;
    const point = this.points.get(instance);
    return point?.epoch === epoch ? point.seq : -1;
  }

  /** What a viewer that has caught up still needs of it, until the known streams have come as far as the viewer is; null where nothing. */
  rest(streams: HubStreams): ResumeFilter | null {
    const left = [...this.points].filter(([instance, { epoch, seq }]) => (streams.find(instance, epoch)?.seq ?? seq) < seq);
    if (left.length === 0) return null;
    if (this.key !== null && left.length === this.points.size) return this;
    left.sort(([a], [b]) => (a < b ? -1 : 1));
    return new ResumeFilter(new Map(left), new Set(), -Infinity, -Infinity, JSON.stringify(left));
  }

  /**
   * What it is told never goes back. Of a stream in which it is further it stands at its own place, without numbers: an instance that was killed may
   * have given its own viewers more than it could hand on, and they are to hear, too, that it is silent. What was so before it came is left out.
   */
  ahead({ streams, quiet }: StreamStand, time: number): StreamStand {
    const told = new Map<string, StreamPosition>();
    for (const [instance, position] of streams) {
      const { epoch } = position, seen = this.seen(instance, epoch);
      if (position.seq >= seen) told.set(instance, position);
      else if (seen < Infinity && time >= this.#cameAt) told.set(instance, { epoch, seq: seen, levels: NO_NUMBERS });
    }
    return { streams: told, quiet };
  }

  /** The same writer, for a viewer that has some of it. */
  through(writer: FrameWriter): FrameWriter {
    return new FilteredWriter(this, writer);
  }
}

class FilteredWriter implements FrameWriter {
  readonly #filter: ResumeFilter;
  readonly #writer: FrameWriter;

  constructor(filter: ResumeFilter, writer: FrameWriter) {
    this.#filter = filter;
    this.#writer = writer;
  }

  get size(): number {
    return this.#writer.size;
  }

  entry(entry: StampedEntry): void {
    if (entry.seq > this.#filter.seen(entry.instance, entry.epoch)) this.#writer.entry(entry);
  }

  gap(gap: GapFrame): void {
    const seen = this.#filter.seen(gap.instance, gap.epoch);
    if (gap.to > seen) this.#writer.gap(gap, Math.max(gap.from, seen + 1));
  }

  news(news: StreamFrame): void {
    const seen = this.#filter.seen(news.instance, news.epoch);
    if (news.state === 'new' && seen >= 0) return this.#bridge(news, seen);
    if (news.seq >= seen) this.#writer.news(news);
  }

  losses(losses: StreamLosses, cause: GapCause): void {
    writeLosses(this, losses, cause);
  }

  mark(time: number, stand: StreamStand): void {
    this.#writer.mark(time, this.#filter.ahead(stand, time));
  }

  finish(): readonly string[] {
    return this.#writer.finish();
  }

  /** This server hears for the first time of a stream that the viewer knows: what lies between is missing. */
  #bridge(news: StreamFrame, seen: number): void {
    const { instance, epoch, seq } = news;
    if (seq <= seen) return;
    this.#writer.gap({ type: 'gap', instance, epoch, from: seen + 1, to: seq, cause: 'expired', levels: null });
    this.#writer.news(news);
  }
}
