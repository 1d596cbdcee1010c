// Where every stream stood at an earlier place of the ring: from where it stands now, back item by item. It changes nothing.
import type { LevelNumbers, MarkFrame, QuietStreams, StreamPosition, StreamPositions } from '../core/protocol.js';
import { levelRank } from '../core/levels.js';
import type { HubRing, RingItem } from './hub-ring.js';
import type { HubStream } from './hub-streams.js';
import type { StreamLosses } from './stream-losses.js';

/** Where the streams stand that have not ended, and which of them are not heard. */
export interface StreamStand {
  readonly streams: StreamPositions;
  readonly quiet: QuietStreams;
}

interface Position {
  seq: number;
  readonly levels: Map<number, number>;
  isOver: boolean;
  /** Since when nothing was heard of it; null while it is. */
  quietSince: number | null;
}

export class RingPositions {
  #positions = new Map<HubStream, Position>();

  /** @param place from the start of the ring up to its head */
  constructor(ring: HubRing, streams: Iterable<HubStream>, place: number) {
    for (const stream of streams) this.#positions.set(stream, { ...positionOf(stream), isOver: stream.state === 'ended', quietSince: stream.state === 'quiet' ? stream.heardAt : null });
    for (let at = ring.head - 1; at >= Math.max(place, ring.tail); at--) this.#undo(ring.at(at), ring.streamAt(at));
    const { parts } = ring.remains;
    for (let index = parts.length - 1; index >= 0; index--) {
      const part = parts[index];
      if (part === undefined || part.from < place) break;
      if (part.entry !== null) this.#undo(part.entry, part.stream);
      else this.#undoAll(part.losses);
    }
  }

  /** Where a stream stood, and whether it had ended; undefined where it had not begun. */
  of(stream: HubStream): { readonly seq: number; readonly levels: LevelNumbers; readonly isOver: boolean } | undefined {
    return this.#positions.get(stream);
  }

  /** Where the latest start of each instance stood that had not ended, with its levels of `floorRank` and above. */
  all(floorRank: number): StreamStand & { readonly streams: Map<string, StreamPosition> } {
    const latest = new Map<string, HubStream>(), streams = new Map<string, StreamPosition>(), quiet = new Map<string, number>();
    for (const [stream, { isOver }] of this.#positions) {
      if (!isOver && (latest.get(stream.instance)?.order ?? -1) < stream.order) latest.set(stream.instance, stream);
    }
    for (const [instance, stream] of latest) {
      const { seq, levels, quietSince } = this.#positions.get(stream) as Position;
      streams.set(instance, { epoch: stream.epoch, seq, levels: fromRank(levels, floorRank) });
      if (quietSince !== null) quiet.set(instance, quietSince);
    }
    return { streams, quiet };
  }

  #undo(item: RingItem, stream: HubStream | null): void {
    if ('type' in item && item.type === 'mark') return this.#undoMark(item);
    if (stream === null) return;
    const position = this.#reach(stream);
    if (!('type' in item)) {
      position.seq = item.seq - 1;
      position.levels.set(item.level, item.lseq - 1);
    } else if (item.type === 'gap') this.#undoGap(stream, item.from, item.levels ?? new Map<number, number>());
    else if (item.type === 'stream') {
      if (item.state === 'new') this.#positions.delete(stream);
      else position.seq = item.seq;
      if (item.state === 'end') position.isOver = false;
      else if (item.state === 'quiet') position.quietSince = null;
      else if (item.state === 'live') position.quietSince = item.time;
    }
  }

  /** Entries below the floor have numbers and no place: what was told of a stream's place holds until there is another word of it. */
  #undoMark({ streams }: MarkFrame): void {
    for (const [{ instance, epoch }, position] of this.#positions) {
      const told = streams.get(instance);
      if (told?.epoch === epoch) position.seq = told.seq;
    }
  }

  #undoAll(losses: StreamLosses): void {
    for (const stream of losses.ended.keys()) this.#reach(stream).isOver = false;
    for (const stream of losses.heard.keys()) this.#reach(stream).quietSince = null;
    for (const [stream, { from, levels }] of losses.streams) this.#undoGap(stream, from, levels);
    for (const stream of losses.begun.keys()) this.#positions.delete(stream);
  }

  #undoGap(stream: HubStream, from: number, levels: LevelNumbers): void {
    const position = this.#reach(stream);
    position.seq = from - 1;
    for (const [level, count] of levels) position.levels.set(level, Math.max(0, (position.levels.get(level) ?? 0) - count));
  }

  #reach(stream: HubStream): Position {
    let position = this.#positions.get(stream);
    if (position === undefined) this.#positions.set(stream, (position = positionOf(stream)));
    return position;
  }
}

function positionOf({ seq, lseqs }: HubStream): Position {
  return { seq, levels: new Map(lseqs), isOver: false, quietSince: null };
}

/** The levels of a rank and above, those with 0 left out. */
export function fromRank(levels: LevelNumbers, rank: number): Map<number, number> {
  const kept = new Map<number, number>();
  for (const [level, number] of levels) if (number > 0 && levelRank(level) >= rank) kept.set(level, number);
  return kept;
}
