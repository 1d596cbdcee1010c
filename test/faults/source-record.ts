// What the applications of a fault run logged, written down before the destination sees it: the truth that everything else is compared with.
export interface RecordedEntry {
  readonly stream: string;
  /** From 1, among all entries of the stream, and among those of its level. */
  readonly seq: number;
  readonly lseq: number;
  readonly level: number;
}

export interface RecordedStream {
  readonly instance: string;
  readonly epoch: string;
  /** When it began, as the number of entries that had been logged in all by then. */
  readonly bornAt: number;
  /** How many entries of each level it has logged. */
  readonly levels: Map<number, number>;
  count: number;
  /** It ended without being able to say so. */
  crashed: boolean;
}

export class SourceRecord {
  readonly streams = new Map<string, RecordedStream>();
  readonly #entries: RecordedEntry[] = [];

  /** Entries that were logged in all. */
  get total(): number {
    return this.#entries.length;
  }

  begin(instance: string, epoch: string): RecordedStream {
    const stream = { instance, epoch, bornAt: this.total, levels: new Map<number, number>(), count: 0, crashed: false };
    this.streams.set(keyOf(instance, epoch), stream);
    return stream;
  }

  /** Writes an entry down; returns the line to be logged, by which it can be recognized. */
  write(stream: RecordedStream, level: number, padding: string): string {
    const lseq = (stream.levels.get(level) ?? 0) + 1;
    stream.levels.set(level, lseq);
    stream.count++;
    const id = this.#entries.push({ stream: keyOf(stream.instance, stream.epoch), seq: stream.count, lseq, level }) - 1;
    return `{"level":${level},"time":1795373207518,"id":${id},"msg":"${padding}"}`;
  }

  /** How many entries of a level a stream had logged when there were `total` in all. */
  countAt(total: number, stream: string, level: number): number {
    let count = 0;
    for (let id = 0; id < total; id++) {
      const entry = this.#entries[id];
      if (entry?.stream === stream && entry.level === level) count++;
    }
    return count;
  }

  /** The entry that a line of the viewer's store is; undefined for one that nobody logged. */
  entry(line: string): RecordedEntry | undefined {
    const id = /^\{"level":\d+,"time":\d+,"id":(\d+),/.exec(line)?.[1];
    return id === undefined ? undefined : this.#entries[Number(id)];
  }
}

export function keyOf(instance: string, epoch: string): string {
  return `${instance} ${epoch}`;
}
