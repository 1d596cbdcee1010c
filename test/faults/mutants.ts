// Defects of a hub or a viewer, each small and plausible, that the fault runs must find.
import type { Accounting } from '../../src/core/accounting.js';
import { decodeServerFrame, encodeGap, encodeMark, encodeStream, isEntryFrame, type ServerFrame } from '../../src/core/protocol.js';
import type { FaultViewer } from './fault-viewer.js';

type Alter = () => (text: string) => readonly string[];

export interface Mutant {
  readonly name: string;
  /** Changes what a hub sends; called for each connection. */
  readonly alter?: Alter;
  /** Changes a viewer. */
  readonly viewer?: (viewer: FaultViewer) => void;
}

/** Every so many frames with entries something else is sent. */
function everyEntryFrame(count: number, change: (text: string) => readonly string[]): Alter {
  return () => {
    let frames = 0;
    return (text) => (isEntryFrame(text) && ++frames % count === 0 ? change(text) : [text]);
  };
}

/** Frames of a type are sent otherwise, or not at all. */
function everyFrame<T extends ServerFrame['type']>(type: T, change: (frame: Extract<ServerFrame, { type: T }>) => readonly string[]): Alter {
  return () => (text) => {
    if (isEntryFrame(text)) return [text];
    const frame = decodeServerFrame(text);
    return frame.type === type ? change(frame as Extract<ServerFrame, { type: T }>) : [text];
  };
}

function raised(levels: ReadonlyMap<number, number>, by: number): Map<number, number> {
  return new Map([...levels].map(([level, number], index) => [level, index === 0 ? Math.max(0, number + by) : number]));
}

function shifted(viewer: FaultViewer, by: number): void {
  const positions = viewer.store.positions.bind(viewer.store);
  viewer.store.positions = () => new Map([...positions()].map(([instance, { epoch, seq }]) => [instance, { epoch, seq: Math.max(0, seq + by) }]));
}

function deaf(accounting: Accounting, to: 'gap' | 'mark'): void {
  accounting[to] = () => undefined;
}

export const MUTANTS: readonly Mutant[] = [
  { name: 'a hub that skips entries', alter: everyEntryFrame(9, () => []) },
  { name: 'a hub that sends entries twice', alter: everyEntryFrame(9, (text) => [text, text]) },
  { name: 'a hub that sends entries of an instance under its first epoch', alter: () => (text) => [text.replace(/"epoch":"e[3-9]"/, '"epoch":"e1"')] },
  {
    name: 'a hub that changes the order of frames',
    alter: () => {
      let held: string | null = null, frames = 0;
      return (text) => {
        if (held !== null) {
          const both = [text, held];
          held = null;
          return both;
        }
        if (!isEntryFrame(text) || ++frames % 7 !== 0) return [text];
        held = text;
        return [];
      };
    },
  },
  { name: 'a hub that counts one too many in a gap', alter: everyFrame('gap', (gap) => [encodeGap({ ...gap, levels: gap.levels === null ? null : raised(gap.levels, 1), to: gap.to + 1 })]) },
  { name: 'a hub that counts one too few in a gap', alter: everyFrame('gap', (gap) => [encodeGap({ ...gap, levels: gap.levels === null ? null : raised(gap.levels, -1) })]) },
  { name: 'a hub that keeps a gap for itself', alter: everyFrame('gap', () => []) },
  {
    name: 'a hub that marks what it has not sent yet',
    alter: everyFrame('mark', ({ time, streams }) => [encodeMark(time, new Map([...streams].map(([instance, at]) => [instance, { ...at, seq: at.seq + 1, levels: raised(at.levels, 1) }])))]),
  },
  {
    name: 'a hub that marks less than it has sent',
    alter: everyFrame('mark', ({ time, streams }) => [encodeMark(time, new Map([...streams].map(([instance, at]) => [instance, { ...at, levels: raised(at.levels, -1) }])))]),
  },
  { name: 'a hub that does not say that an instance ends', alter: everyFrame('stream', (news) => (news.state === 'end' ? [] : [encodeStream(news.instance, news, news.state)])) },
  { name: 'a viewer that resumes one entry too far', viewer: (viewer) => shifted(viewer, 1) },
  { name: 'a viewer that resumes one entry too early', viewer: (viewer) => shifted(viewer, -1) },
  { name: 'a viewer that does not resume', viewer: (viewer) => (viewer.store.positions = () => new Map()) },
  {
    name: 'a viewer that forgets its account when it reconnects',
    viewer: ({ store }) => {
      const positions = store.positions.bind(store);
      store.positions = () => {
        const found = positions();
        store.accounting.forget();
        return found;
      };
    },
  },
  { name: 'a viewer that hears no gaps', viewer: ({ store }) => deaf(store.accounting, 'gap') },
  { name: 'a viewer that hears no marks', viewer: ({ store }) => deaf(store.accounting, 'mark') },
  {
    name: 'a viewer that shows duplicates',
    viewer: (viewer) => {
      shifted(viewer, -2);
      const { accounting } = viewer.store, entry = accounting.entry.bind(accounting);
      accounting.entry = (...numbers) => {
        entry(...numbers);
        return true;
      };
    },
  },
  {
    name: 'a viewer that loses frames on its way to the store',
    viewer: ({ store }) => {
      const receive = store.receive.bind(store);
      let frames = 0;
      store.receive = (frame) => {
        if (!isEntryFrame(frame) || ++frames % 11 !== 0) receive(frame);
      };
    },
  },
];
