// The laws that every fault run has to keep, checked against what the sources themselves wrote down and what a reader saw in the store.
import { LEVEL_NAMES, levelRank } from '../../src/core/levels.js';
import { sumOf } from '../../src/core/level-counts.js';
import type { LevelAccount } from '../../src/core/stream-account.js';
import type { FaultViewer, Window } from './fault-viewer.js';
import { keyOf, type RecordedStream, type SourceRecord } from './source-record.js';

export interface Totals {
  runs: number;
  /** Entries that should have come, by the sources' own record. */
  sent: number;
  /** Of them: still in the viewer's store, evicted from it, said to be missing, of a source that died before it could count them. */
  shown: number;
  evicted: number;
  missing: number;
  unknowable: number;
  /** Missing with no reason to be, as far as that can be told. */
  needless: number;
  /** Missing, and the server did not say why. */
  unexplained: number;
  duplicates: number;
  outOfOrder: number;
  recoverable: number;
  faults: ReadonlyMap<string, number>;
  violations: string[];
}

export const NO_TOTALS: Omit<Totals, 'faults' | 'violations'> = Object.freeze({
  runs: 0, sent: 0, shown: 0, evicted: 0, missing: 0, unknowable: 0, needless: 0, unexplained: 0, duplicates: 0, outOfOrder: 0, recoverable: 0,
});

export interface Circumstances {
  readonly name: string;
  /** It never changed its level. */
  readonly isSteady: boolean;
  readonly recoverable: boolean;
  /** It was away, stalled, busy or cut off for some time. */
  readonly wasHindered: boolean;
  /** The bus lost batches at some time. */
  readonly busLost: boolean;
}

export function checkLaws(totals: Totals, viewer: FaultViewer, record: SourceRecord, { name, isSteady, recoverable, wasHindered, busLost }: Circumstances): void {
  const { store, connection } = viewer, { accounting, snapshot } = store, { violations } = totals;
  const broken = (law: string): void => void violations.push(`${name}: ${law}`);
  for (const fault of viewer.faults) broken(fault);
  if (viewer.twice > 0) broken(`${viewer.twice} entries were shown twice`);
  if (viewer.outOfOrder > 0) broken(`${viewer.outOfOrder} entries were shown out of order`);
  // a server that missed the newest start of an instance tells of the one before from its beginning
  if (accounting.duplicates > 0 && (recoverable || !wasHindered)) broken(`${accounting.duplicates} entries were sent twice`);
  if (accounting.contradictions > 0) broken(`the server contradicted itself ${accounting.contradictions} times`);
  if (snapshot.received !== viewer.readCount || snapshot.retained !== snapshot.received - snapshot.removed) broken('the store counts what is not there');
  const unexplained = viewer.gaps.reduce((sum, { cause, levels }) => sum + (cause === 'unexplained' ? sumOf(levels) : 0), 0);
  if (unexplained > 0) broken(`${unexplained} entries are missing, and nobody said why`);
  totals.unexplained += unexplained;
  totals.duplicates += viewer.twice;
  totals.outOfOrder += viewer.outOfOrder;
  const { status } = connection, rank = status.state === 'live' ? LEVEL_NAMES.indexOf(status.level) : 0, firstKept = snapshot.length > 0 ? store.idAt(0) : Infinity;
  const accounts = new Map(accounting.streams.flatMap(({ instance, epoch, levels }) => levels.map((level): [string, LevelAccount] => [`${keyOf(instance, epoch)} ${level.level}`, level])));
  for (const [stream, recorded] of record.streams) {
    for (const [level, count] of recorded.levels) {
      const key = `${stream} ${level}`, account = accounts.get(key), at = `${stream} level ${level}`;
      if (isSteady && levelRank(level) < rank) {
        if ((viewer.read.get(key)?.length ?? 0) > 0) broken(`${at} was not asked for and came`);
        continue;
      }
      const windows = [...(viewer.windows.get(key) ?? [])];
      if (account?.asked === true && account.base !== null && account.last !== null) windows.push({ base: account.base, last: account.last });
      if (isSteady) checkBase(viewer, record, recorded, level, windows, broken);
      const owed = windows.reduce((sum, { base, last }) => sum + last - base, 0), missing = account?.missing ?? 0;
      const read = (viewer.read.get(key) ?? []).filter(({ lseq }) => windows.some(({ base, last }) => lseq > base && lseq <= last));
      if (!isSteady && account?.asked === true && account.base === null) {
        // asked for after the stream was over: no number of the level ever comes, only what a gap says of it
        if (account.shown + account.missing !== account.owed) broken(`${at}: its account says ${account.shown} and ${account.missing} of ${account.owed}`);
        totals.sent += account.missing;
        totals.missing += account.missing;
        continue;
      }
      if (read.length + missing !== owed) broken(`${at}: ${read.length} read and ${missing} missing are not the ${owed} that are owed`);
      if (account !== undefined && (account.shown !== read.length || account.owed !== owed)) broken(`${at}: its account says ${account.shown} of ${account.owed}, not ${read.length} of ${owed}`);
      // a level that was asked for only after the end of a stream is not owed to it
      const last = isSteady ? (windows.at(-1)?.last ?? 0) : account?.asked === true ? (account.last ?? count) : count, unknowable = Math.max(0, count - last);
      if (last > count && (isSteady || account?.asked === true)) broken(`${at}: ${last} are accounted for, and ${count} were logged`);
      if (unknowable > 0 && !isSaid(viewer, recorded, account)) broken(`${at}: nobody said that ${unknowable} of ${count} may be missing`);
      const evicted = read.filter(({ id }) => id < firstKept).length;
      totals.sent += owed + unknowable;
      totals.shown += read.length - evicted;
      totals.evicted += evicted;
      totals.missing += missing;
      totals.unknowable += unknowable;
    }
  }
  for (const instance of new Set(viewer.gaps.flatMap(({ cause, instance: of }) => (cause === 'unknown' || cause === 'silent' ? [of] : [])))) {
    const mayBe = busLost || [...record.streams.values()].some((stream) => stream.instance === instance && (stream.crashed || viewer.unheard.has(keyOf(instance, stream.epoch))));
    if (!mayBe) broken(`the end of every start of ${instance} was said, and a row says that entries may be missing`);
  }
  const lost = sumOf(snapshot.missing);
  const needless = recoverable ? lost + snapshot.unknowable : wasHindered ? 0 : viewer.gaps.reduce((sum, { cause, levels }) => sum + (cause === 'slow' || cause === 'expired' ? sumOf(levels) : 0), 0);
  if (needless > 0) broken(`${needless} entries are missing for no reason`);
  totals.needless += needless;
}

/** In the end every viewer knows who sends, whichever it was connected to; of who was killed before it was heard of, its end before that. */
export function checkLife({ violations }: Totals, { store }: FaultViewer, viewer: string, name: string, isAlive: boolean): void {
  const state = store.snapshot.instances.find((instance) => instance.name === name)?.state;
  if (state !== undefined && (state === 'sending') !== isAlive) violations.push(`${viewer}: ${name} ${isAlive ? 'sends' : 'was killed'}, and it is ${state}`);
}

/** A stream is known from its start where it began while the viewer watched, else from where it stood when the viewer came. */
function checkBase(viewer: FaultViewer, record: SourceRecord, stream: RecordedStream, level: number, [window]: readonly Window[], broken: (law: string) => void): void {
  if (window === undefined || viewer.liveFrom === null) return;
  const expected = stream.bornAt >= viewer.liveFrom ? 0 : record.countAt(viewer.liveFrom, keyOf(stream.instance, stream.epoch), level);
  if (window.base !== expected) broken(`${keyOf(stream.instance, stream.epoch)} level ${level} begins after ${window.base}, not after ${expected}`);
}

/**
 * Only of a source that died, or that ended while the viewer had no connection, can nobody know; and where anything was ever heard of it, that
 * is said.
 */
function isSaid(viewer: FaultViewer, stream: RecordedStream, account: LevelAccount | undefined): boolean {
  return (stream.crashed || viewer.unheard.has(keyOf(stream.instance, stream.epoch))) && (account === undefined || viewer.gaps.some(({ cause, instance }) => (cause === 'unknown' || cause === 'silent') && instance === stream.instance));
}
