// How a viewer goes on that comes back with its positions: from which place of the ring, what of it the viewer has already, and what is gone by now.
// It reads the ring and changes nothing.
import { NO_NUMBERS, type GapFrame, type ResumePoints, type StreamFrame } from '../core/protocol.js';
import { streamKey } from '../core/stream-key.js';
import type { HubRing } from './hub-ring.js';
import { goneUpTo, type HubStream, type HubStreams } from './hub-streams.js';
import { ResumeFilter } from './resume-filter.js';
import { RingPositions, type StreamStand } from './ring-positions.js';

export interface ResumePlan {
  /** The place of the ring at which it goes on. */
  readonly start: number;
  readonly filter: ResumeFilter;
  /** Where the subscription begins in each stream. */
  readonly stand: StreamStand;
  /** Instances of whose epoch this hub has not heard. */
  readonly unknown: readonly string[];
  /** What is said first: streams that began meanwhile, and what cannot be given any more. */
  readonly opening: readonly (StreamFrame | GapFrame)[];
}

/** @param rank the viewer gets entries of this rank and above; @param floorRank nobody gets any below; @param now in ms since 1970 */
export function planResume(ring: HubRing, streams: HubStreams, points: ResumePoints, rank: number, floorRank: number, now: number): ResumePlan {
  const unknown = [...points].flatMap(([instance, { epoch }]) => (streams.find(instance, epoch) === undefined ? [instance] : []));
  const filter = new ResumeFilter(points, olderStarts(streams, points), ring.head, now);
  const start = findStart(ring, filter), positions = new RingPositions(ring, streams.all, start);
  const stand = positions.all(floorRank), begins = stand.streams, opening: (StreamFrame | GapFrame)[] = [];
  const replaced = new Set<string>();
  for (const stream of streams.all) {
    const { instance, epoch } = stream, point = points.get(instance), at = positions.of(stream);
    if (point === undefined || at === undefined) continue;
    if (point.epoch === epoch) {
      if (goneUpTo(stream, rank) > point.seq && at.seq > point.seq) opening.push({ type: 'gap', instance, epoch, from: point.seq + 1, to: at.seq, cause: 'expired', levels: null });
    } else if (filter.seen(instance, epoch) < 0) {
      // a later start: the viewer has nothing of it
      const isReplaced = unknown.includes(instance);
      if (isReplaced && !replaced.has(instance)) begins.set(instance, { epoch, seq: 0, levels: NO_NUMBERS });
      else opening.push({ type: 'stream', instance, epoch, seq: 0, levels: NO_NUMBERS, state: 'new', time: stream.beganAt });
      replaced.add(instance);
      if (at.seq > 0) opening.push({ type: 'gap', instance, epoch, from: 1, to: at.seq, cause: isReplaced ? 'restart' : 'expired', levels: at.levels });
    } else continue;
    if (at.isOver && at.seq >= (point.epoch === epoch ? point.seq : 0)) opening.push({ type: 'stream', instance, epoch, seq: at.seq, levels: at.levels, state: 'end', time: stream.heardAt });
  }
  for (const [instance, { epoch, seq }] of points) {
    if (!unknown.includes(instance)) begins.set(instance, { epoch, seq, levels: NO_NUMBERS });
  }
  return { start, filter, stand, unknown, opening };
}

/** Starts of the viewer's instances that this hub heard of before those that the viewer names. */
function olderStarts(streams: HubStreams, points: ResumePoints): ReadonlySet<string> {
  const older = new Set<string>();
  for (const { instance, epoch, order } of streams.all) {
    const point = points.get(instance), named = point === undefined ? undefined : streams.find(instance, point.epoch);
    if (named !== undefined && order < named.order) older.add(streamKey(instance, epoch));
  }
  return older;
}

/**
 * The first place from which the viewer needs something: of what it knows, whatever it has not got; of streams that it does not know, what came
 * after the last thing that it has. It has nothing that is here: then everything that is here.
 */
function findStart(ring: HubRing, filter: ResumeFilter): number {
  let first = ring.head, afterSeen = -1;
  const look = (place: number, next: number, stream: HubStream, last: number): void => {
    const point = filter.points.get(stream.instance);
    if (point === undefined) return;
    if (last > filter.seen(stream.instance, stream.epoch)) first = place;
    else if (point.epoch === stream.epoch) afterSeen = Math.max(afterSeen, next);
  };
  for (let place = ring.head - 1; place >= ring.tail; place--) {
    const item = ring.at(place), stream = ring.streamAt(place);
    if (stream === null || ('type' in item && item.type === 'mark')) continue;
    if (!('type' in item)) look(place, place + 1, stream, item.seq);
    else if (item.type === 'gap') look(place, place + 1, stream, item.to);
    // at the same number, the viewer may not have heard the news
    else look(place, place + 1, stream, item.seq + (item.state === 'new' ? 0 : 1));
  }
  const { parts } = ring.remains;
  for (let index = parts.length - 1; index >= 0; index--) {
    const part = parts[index];
    if (part === undefined) break;
    if (part.entry !== null && part.stream !== null) look(part.from, part.to, part.stream, part.entry.seq);
    for (const [stream, { to }] of part.losses.streams) look(part.from, part.to, stream, to);
  }
  return afterSeen < 0 ? ring.start : Math.min(first, afterSeen);
}
