// Several processes that log, each with its file: started, told, asked and killed by a test.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Afterwards } from './afterwards.js';
import type { Answer, Order } from './logging-process.js';

export class LoggingProcess {
  readonly name: string;
  readonly url: string;
  readonly child: ChildProcess;
  readonly #file: string;

  constructor(name: string, url: string, child: ChildProcess, file: string) {
    this.name = name;
    this.url = url;
    this.child = child;
    this.#file = file;
  }

  static async start(test: Afterwards, name: string, redis: string, channel: string): Promise<LoggingProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'logging-process-')), file = join(folder, 'app.log'), token = 'the-token-of-the-test';
    const child = fork(join(import.meta.dirname, 'logging-process.ts'), [], { execArgv: ['--import', 'tsx', '--expose-gc'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    test.after(() => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });
    child.send({ name, redis, channel, file, token } satisfies Order);
    const [answer] = await once(child, 'message') as [Answer];
    return new LoggingProcess(name, `ws://127.0.0.1:${'port' in answer ? answer.port : 0}/websocket/logs?access_token=${token}`, child, file);
  }

  /** Resolves when it logs at that rate; at 0 everything that it ever logs is in its file. */
  async log(rate: number): Promise<void> {
    this.child.send({ rate } satisfies Order);
    await once(this.child, 'message');
  }

  /** Bytes in use after a collection. */
  async memory(): Promise<number> {
    this.child.send({ ask: 'memory' } satisfies Order);
    const [answer] = await once(this.child, 'message') as [Answer];
    return 'memory' in answer ? answer.memory : NaN;
  }

  async kill(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exit;
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** How many entries of each level are in its file. */
  written(): Map<number, number> {
    const counts = new Map<number, number>();
    for (const line of readFileSync(this.#file, 'utf8').split('\n')) {
      const level = Number(/^\{"level":(\d+)/.exec(line)?.[1] ?? 0);
      if (level > 0) counts.set(level, (counts.get(level) ?? 0) + 1);
    }
    return counts;
  }
}
