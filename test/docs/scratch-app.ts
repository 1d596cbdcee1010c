// A folder as a reader has it who follows a guide: the program in a file, this package and whatever else it imports installed beside it. The package is the
// built one, as it is published.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ROOT } from './doc-blocks.js';

export interface RunningProgram {
  /** Host and port. */
  readonly host: string;
  readonly process: ChildProcess;
  /** Its exit code, or the signal that ended it. */
  readonly end: Promise<[code: number | null, signal: string | null]>;
}

/** Runs a program as it is shown, on any free port, until the test ends. */
export async function runProgram(test: TestContext, code: string, env: Readonly<Record<string, string>>): Promise<RunningProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'documented-program-')), name = /^\/\/ ([\w-]+\.mjs)\n/.exec(code)?.[1] ?? 'server.mjs';
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, name), code);
  for (const [, specifier = ''] of code.matchAll(/\bfrom '([^'.][^']*)'/g)) if (!specifier.startsWith('node:')) install(folder, specifier);
  const child = spawn(process.execPath, ['--import', pathToFileURL(join(import.meta.dirname, 'listen-anywhere.mjs')).href, name], {
    cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env },
  });
  test.after(() => child.kill('SIGKILL'));
  const end = once(child, 'exit') as Promise<[number | null, string | null]>;
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^port (\d+)$/.exec(line)?.[1];
    if (port === undefined) continue;
    child.stdout.resume();
    return { host: `127.0.0.1:${port}`, process: child, end };
  }
  throw new Error(`The program ended with ${String((await end)[0])} before it listened.`);
}

function install(folder: string, specifier: string): void {
  const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/'), to = join(folder, 'node_modules', name);
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(name === 'system-logs' ? ROOT : join(ROOT, 'node_modules', name), to, 'junction');
}
