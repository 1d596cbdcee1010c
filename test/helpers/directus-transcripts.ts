// Reads what was recorded from a real Directus (test/fixtures/directus), and the tables written by hand that say what each frame means.
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../fixtures/directus/', import.meta.url);

/** One line of a transcript: a frame (`in` from the server, `out` from the client) or an event of its connection. */
export interface TranscriptLine {
  readonly dir: 'in' | 'out' | 'event';
  readonly t: number;
  /** Names the connection where the transcript has more than one. */
  readonly conn?: string;
  readonly frame?: string;
  readonly binary?: boolean;
  readonly event?: 'connect' | 'upgrade' | 'refused' | 'no-answer' | 'error' | 'close' | 'note';
  readonly url?: string;
  readonly origin?: string;
  readonly protocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
  readonly code?: number;
  readonly text?: string;
  readonly websocket?: unknown;
}

export const TRANSCRIPTS: readonly string[] = readdirSync(folder).filter((name) => name.endsWith('.jsonl')).sort();

export function readTranscript(file: string): TranscriptLine[] {
  return readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as TranscriptLine);
}

/** The frames that the server sent, in the order of the transcript, each as it stood on the wire. */
export function incomingFrames(file: string): string[] {
  return readTranscript(file).flatMap((line) => (line.dir === 'in' && line.frame !== undefined ? [line.frame] : []));
}

function readTable(file: string): string[][] {
  return readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n').slice(1).map((line) => line.split('\t'));
}

/** What an entry's frame must show. */
export interface ExpectedEntry {
  /** The frame's place among the incoming ones of its transcript, from 1. */
  readonly frame: number;
  readonly level: number;
  readonly time: number;
  readonly instance: string;
  /** The text of its row. */
  readonly row: string;
  /** The keys at the top of its detail, in their order. */
  readonly keys: readonly string[];
  /** `path=JSON as written`, or `path has TEXT` for a string that contains it. */
  readonly checks: readonly string[];
}

/** What a frame without an entry must decode to: its type and what belongs to it. */
export interface ExpectedControl {
  readonly frame: number;
  readonly type: string;
  readonly args: readonly string[];
}

export interface ExpectedCounts {
  readonly entries: number;
  readonly controls: number;
  readonly unknown: number;
  readonly unreadable: number;
}

export function expectedEntries(file: string): ExpectedEntry[] {
  return readTable('expected-entries.tsv').filter(([name]) => name === file).map(([, frame, level, time, instance = '', row = '', keys = '', ...checks]) => (
    { frame: Number(frame), level: Number(level), time: Number(time), instance, row, keys: keys.split(','), checks }));
}

export function expectedControls(file: string): ExpectedControl[] {
  return readTable('expected-controls.tsv').filter(([name]) => name === file).map(([, frame, type = '', ...args]) => ({ frame: Number(frame), type, args }));
}

export function expectedCounts(file: string): ExpectedCounts {
  const row = readTable('expected-counts.tsv').find(([name]) => name === file);
  if (row === undefined) throw new Error(`expected-counts.tsv has no line for ${file}.`);
  const [, entries, controls, unknown, unreadable] = row;
  return { entries: Number(entries), controls: Number(controls), unknown: Number(unknown), unreadable: Number(unreadable) };
}
