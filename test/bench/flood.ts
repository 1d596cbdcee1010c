// The parent's hand on the server process: orders go as messages, answers come as promises.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Answer, Order } from './flood-process.js';

export class Flood {
  readonly #child: ChildProcess;
  readonly #asked = new Map<number, (answer: Answer) => void>();
  #id = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', ({ id, answer }: { id: number; answer: Answer }) => {
      this.#asked.get(id)?.(answer);
      this.#asked.delete(id);
    });
  }

  /** Resolves when the server listens. */
  static async start(): Promise<Flood> {
    const flood = new Flood(fork(join(import.meta.dirname, 'flood-process.ts'), { execArgv: ['--import', 'tsx'] }));
    await new Promise<void>((resolve, reject) => {
      flood.#asked.set(0, () => resolve());
      flood.#child.once('exit', (code) => reject(new Error(`The benchmark's server ended with exit code ${code}.`)));
    });
    return flood;
  }

  ask(order: Order): Promise<Answer> {
    const id = ++this.#id;
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      this.#child.send({ id, order });
    });
  }

  stop(): void {
    this.#child.removeAllListeners('exit');
    this.#child.kill();
  }
}
