// The demo as a program of its own, as a person starts it, on a port of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

export interface Demo {
  /** Address of the page, with a slash at its end. */
  readonly page: string;
  /** Address of the logs, with a token. */
  readonly endpoint: string;
  readonly process: ChildProcess;
  /** What followed these words in the lines that it printed at its start. */
  said(words: string): readonly string[];
  /** Asks it to stop by SIGTERM. */
  stop(): Promise<{ code: number | null; ms: number }>;
}

const NODE = [process.execPath, '--import', 'tsx', 'demo/server.ts'] as const;
/** Without its build, which the tests have behind them. */
export const BY_NPM = ['npm', 'start', '--silent', '--ignore-scripts'] as const;

/** @param env what differs from a quiet demo on any free port */
export async function startDemo(env: Readonly<Record<string, string>> = {}, [program, ...args]: readonly [string, ...string[]] = NODE): Promise<Demo> {
  const root = join(import.meta.dirname, '../..');
  const child = spawn(program, args, {
    cwd: root, env: { ...process.env, PORT: '0', CUSTOMERS: '0', ...env }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  // whoever fails before it could stop the demo does not leave it behind
  process.once('exit', () => child.kill());
  const exit = once(child, 'exit') as Promise<[code: number | null]>;
  const said = new Map<string, string>(), lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    const [word = '', address = ''] = line.split(' ');
    said.set(word, address);
    if (said.has('page') && said.has('endpoint')) break;
  }
  const page = said.get('page'), endpoint = said.get('endpoint');
  if (page === undefined || endpoint === undefined) throw new Error(`The demo ended with code ${(await exit)[0]} before it said where its page is.`);
  return {
    page, endpoint, process: child,
    said: (words) => lines.filter((line) => line.startsWith(`${words} `)).map((line) => line.slice(words.length + 1)),
    async stop() {
      const startedAt = performance.now();
      child.kill('SIGTERM');
      const [code] = await exit;
      child.stdout.destroy();
      return { code, ms: performance.now() - startedAt };
    },
  };
}
