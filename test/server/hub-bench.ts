// A hub without a network: sources that number their entries as the destination does, sockets that take what they hold only when the test says so,
// and what a viewer with the extension makes of its frames.
import assert from 'node:assert/strict';
import { decodeServerFrame, NO_NUMBERS, type GapFrame, type ServerFrame, type StampedEntry, type StreamPosition } from '../../src/core/protocol.js';
import type { FrameBatch } from '../../src/server/frame-batch.js';
import type { HubViewer, ViewerSocket } from '../../src/server/hub-viewer.js';
import type { LogBatch } from '../../src/server/log-batch.js';
import { LogHub, type LogHubOptions } from '../../src/server/log-hub.js';
import { manualClock, type ManualClock } from '../helpers/manual-platform.js';

export class FakeSocket implements ViewerSocket {
  readonly frames: string[] = [];
  writes = 0;
  stalled = false;
  bufferedBytes = 0;
  #taken: (() => void)[] = [];

  send(batch: FrameBatch, taken: () => void): void {
    this.writes++;
    this.frames.push(...batch.texts);
    this.bufferedBytes += this.stalled ? batch.bytes.length : 0;
    this.#taken.push(taken);
  }

  /** The network takes everything. */
  drain(): void {
    this.stalled = false;
    for (let waiting = this.#taken; waiting.length > 0; waiting = this.#taken) {
      this.#taken = [];
      this.bufferedBytes = 0;
      for (const taken of waiting) taken();
    }
  }

  decoded(): ServerFrame[] {
    return this.frames.map(decodeServerFrame);
  }

  gaps(): Omit<GapFrame, 'type'>[] {
    return this.decoded().flatMap((frame) => {
      if (frame.type !== 'gap') return [];
      const { type: _, ...gap } = frame;
      return [gap];
    });
  }

  messages(): string[] {
    return this.decoded().flatMap((frame) => {
      const texts = frame.type === 'packed' ? frame.lines : frame.type === 'entry' ? [frame.text] : [];
      return texts.map((line) => (JSON.parse(line) as { msg: string }).msg);
    });
  }
}

export interface Source {
  /** One tick of entries, each with its number as message. */
  log(...levels: number[]): LogBatch;
  /** A tick whose first entries the source itself had to drop. */
  overflow(dropped: readonly number[], ...levels: number[]): LogBatch;
  end(): LogBatch;
}

export function source(instance = 'a', epoch = 'e'): Source {
  let seq = 0, lseqs = new Map<number, number>();
  const stamp = (level: number): StampedEntry => {
    lseqs.set(level, (lseqs.get(level) ?? 0) + 1);
    seq++;
    return { instance, epoch, seq, lseq: lseqs.get(level) as number, level, text: `{"level":${level},"time":1,"msg":"${seq}"}` };
  };
  const batch = (levels: readonly number[], lost: ReadonlyMap<number, number>, ended: boolean): LogBatch => {
    const base = { seq, levels: lseqs };
    lseqs = new Map(lseqs);
    return { instance, epoch, ...base, lost, ended, watched: false, entries: levels.map(stamp) };
  };
  return {
    log: (...levels) => batch(levels, NO_NUMBERS, false),
    overflow(dropped, ...levels) {
      const lost = new Map<number, number>();
      for (const level of dropped) {
        stamp(level);
        lost.set(level, (lost.get(level) ?? 0) + 1);
      }
      return batch(levels, lost, false);
    },
    end: () => batch([], NO_NUMBERS, true),
  };
}

export const LEVELS = [10, 20, 30, 40, 50, 60];

export type StartedHub = LogHub & { readonly clock: ManualClock };

export function hubOf(options: Partial<LogHubOptions> = {}): StartedHub {
  const clock = manualClock(1000);
  const hub = new LogHub({
    instance: 'hub', floor: 'trace', style: 'raw', clock, maxBufferedBytes: 1000, maxRingEntries: 10, maxRingBytes: 1e6, maxRingMs: 120_000, maxRingErrors: 0,
    keepMs: 60_000, markMs: 5000, ...options,
  });
  return Object.assign(hub, { clock });
}

/** A viewer that is sent what there is at once, as a session does. */
export function joined(hub: LogHub, socket: ViewerSocket, ...given: [level: Parameters<LogHub['join']>[1], numbered: boolean, resume?: Parameters<LogHub['join']>[3]]): HubViewer {
  const { viewer, start } = hub.join(socket, ...given);
  start();
  return viewer;
}

interface Stand {
  readonly epoch: string;
  seq: number;
  readonly levels: Map<number, number>;
  /** A gap without counts came, and its mark is still to come. */
  open: boolean;
}

/** The account of a viewer with the extension: throws where a law is broken, and knows what is missing of each stream and level. */
export class Account {
  readonly #asked: (level: number) => boolean;
  /** The latest start of each instance that was told of. */
  readonly positions = new Map<string, Stand>();
  /** Those before it. A hub that has not heard of the latest may tell of them again. */
  readonly #past = new Map<string, Stand>();
  readonly shown = new Map<string, string[]>();
  readonly missing = new Map<string, Map<number, number>>();
  repeated = 0;

  /** @param asked whether a level is subscribed */
  constructor(asked: (level: number) => boolean) {
    this.#asked = asked;
  }

  begin(streams: ReadonlyMap<string, StreamPosition>): void {
    for (const [instance, { epoch, seq, levels }] of streams) {
      const known = this.positions.get(instance);
      if (known?.epoch === epoch) assert.ok(levels.size === 0 ? seq === known.seq : seq >= known.seq, 'a resumed stream goes on where it was');
      else if (this.#past.has(`${instance} ${epoch}`)) continue;
      else {
        if (known !== undefined) this.#past.set(`${instance} ${known.epoch}`, known);
        this.positions.set(instance, { epoch, seq, levels: new Map(levels), open: false });
      }
    }
  }

  read(frames: readonly ServerFrame[]): void {
    for (const frame of frames) {
      if (frame.type === 'packed') for (const [index, seq] of frame.seqs.entries()) this.#entry(frame.instance, frame.epoch, seq, frame.lseqs[index] ?? 0, frame.levels[index] ?? 0);
      else if (frame.type === 'entry' && frame.stamp !== null) this.#entry(frame.instance, frame.stamp.epoch, frame.stamp.seq, frame.stamp.lseq, frame.level ?? (frame.value as { level: number }).level);
      else if (frame.type === 'gap') this.#gap(frame);
      else if (frame.type === 'mark') for (const [instance, position] of frame.streams) this.#mark(instance, position);
      else if (frame.type === 'stream') {
        if (frame.state === 'new' && this.positions.get(frame.instance)?.epoch !== frame.epoch) this.begin(new Map([[frame.instance, frame]]));
        else this.#mark(frame.instance, frame);
      } else assert.fail(`a frame of type ${frame.type}`);
    }
  }

  resume(): Map<string, { epoch: string; seq: number }> {
    return new Map([...this.positions].map(([instance, { epoch, seq }]) => [instance, { epoch, seq }]));
  }

  /** Null where it is told again of a start that was before the latest, up to a place that is known. */
  #of(instance: string, epoch: string, seq: number): Stand | null {
    const current = this.positions.get(instance), past = this.#past.get(`${instance} ${epoch}`);
    if (past !== undefined && seq <= past.seq) {
      this.repeated++;
      return null;
    }
    const stand = past ?? current;
    assert.ok(stand !== undefined && stand.epoch === epoch, `an entry, gap or mark of a stream that was told of: ${instance} ${epoch}`);
    return stand;
  }

  #entry(instance: string, epoch: string, seq: number, lseq: number, level: number): void {
    assert.ok(this.#asked(level), 'only what was asked for');
    const stand = this.#of(instance, epoch, seq);
    if (stand === null) return;
    assert.ok(seq > stand.seq, `${instance}: entry ${seq} after ${stand.seq}`);
    stand.seq = seq;
    this.#reach(instance, stand, level, lseq - 1);
    stand.levels.set(level, lseq);
    const list = this.shown.get(instance) ?? [];
    this.shown.set(instance, list);
    list.push(`${epoch}:${seq}`);
  }

  #gap({ instance, epoch, from, to, levels }: GapFrame): void {
    const stand = this.#of(instance, epoch, to);
    if (stand === null) return;
    assert.ok(from > stand.seq, `${instance}: a gap from ${from} after ${stand.seq}`);
    stand.seq = to;
    if (levels === null) stand.open = true;
    for (const [level, count] of levels ?? []) {
      assert.ok(this.#asked(level) && count > 0, 'a gap names what was asked for');
      this.#miss(instance, level, count);
      stand.levels.set(level, (stand.levels.get(level) ?? 0) + count);
    }
  }

  #mark(instance: string, { epoch, seq, levels }: StreamPosition): void {
    const stand = this.#of(instance, epoch, seq);
    if (stand === null) return;
    assert.ok(seq >= stand.seq, `${instance}: a mark at ${seq} after ${stand.seq}`);
    stand.seq = seq;
    for (const [level, lseq] of levels) {
      if (!this.#asked(level)) continue;
      this.#reach(instance, stand, level, lseq);
      stand.levels.set(level, lseq);
    }
    stand.open = false;
  }

  #reach(instance: string, { levels, open }: Stand, level: number, lseq: number): void {
    const hole = lseq - (levels.get(level) ?? 0);
    assert.ok(hole === 0 || (open && hole > 0), `${instance}: ${hole} of level ${level} are missing, and nobody said it`);
    if (hole > 0) this.#miss(instance, level, hole);
  }

  #miss(instance: string, level: number, count: number): void {
    const levels = this.missing.get(instance) ?? new Map<number, number>();
    this.missing.set(instance, levels.set(level, (levels.get(level) ?? 0) + count));
  }
}
