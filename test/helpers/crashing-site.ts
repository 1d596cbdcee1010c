// An application that a test stops or kills: in a process of its own it logs at a steady rate, and writes down in a file what it is about to log. Started with
// a port, the file, and entries a second.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LevelName } from '../../src/core/levels.js';
import type { Afterwards } from './afterwards.js';
import { WatchedSite, type SourceRecord } from './watched-site.js';

const TICK_MS = 5;
const [, , port = '0', file = '', rate = '0'] = process.argv;

/** The record is in the file before the log server sees the line. */
class FileRecord extends Array<LevelName> {
  override push(...levels: LevelName[]): number {
    appendFileSync(file, levels.map((level) => `${level}\n`).join(''));
    return super.push(...levels);
  }
}

/** What the application has logged so far, in all its lives. */
export function readRecord(path: string): SourceRecord {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) as SourceRecord : [];
}

/** Resolves when it listens, with its port; a port of 0 is any free one. */
export async function startProcess(test: Afterwards, port: number, file: string, rate: number): Promise<[ChildProcess, number]> {
  const child = fork(fileURLToPath(import.meta.url), [String(port), file, String(rate)], { execArgv: ['--import', 'tsx'] });
  test.after(() => child.kill('SIGKILL'));
  const [said] = await once(child, 'message') as [number];
  return [child, said];
}

if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  const record = new FileRecord();
  // those of its earlier lives are in the file
  for (const level of readRecord(file)) Array.prototype.push.call(record, level);
  const site = await WatchedSite.start({ markMs: 100 }, Number(port), record), perTick = (Number(rate) * TICK_MS) / 1000;
  process.once('disconnect', () => process.exit());
  process.once('SIGTERM', () => void site.stop().then(() => process.exit()));
  process.on('message', () => site.log(1, 'fatal'));
  process.send(site.port);
  if (perTick > 0) setInterval(() => site.log(perTick), TICK_MS);
}
