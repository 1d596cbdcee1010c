// A real redis-server for a test: on loopback, at a free port, without persistence, in a folder of its own; ended with the test.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Afterwards } from './afterwards.js';
import { createClient } from '@redis/client';

/** A client of the test's own, not connected yet. */
export function clientOf(test: Afterwards, url: string): ReturnType<typeof createClient> {
  const client = createClient({ url, RESP: 2, socket: { reconnectStrategy: false } });
  client.on('error', () => undefined);
  test.after(() => client.destroy());
  return client as unknown as ReturnType<typeof createClient>;
}

/** A sentence where there is none. */
export function needRedis(): string {
  const path = process.env['REDIS_SERVER_PATH'] ?? 'redis-server';
  if (spawnSync(path, ['--version']).status === 0) return path;
  throw new Error('These tests need a redis-server: on Debian, apt-get install redis-server; elsewhere set REDIS_SERVER_PATH to one.');
}

export class RedisServer {
  readonly port: number;
  readonly #folder = mkdtempSync(join(tmpdir(), 'redis-test-'));
  readonly #args: readonly string[];
  #process: ChildProcess | null = null;

  constructor(port: number, args: readonly string[]) {
    this.port = port;
    this.#args = args;
  }

  /** @param args further arguments of redis-server, such as `['--requirepass', 'x']` */
  static async start(test: Afterwards, args: readonly string[] = []): Promise<RedisServer> {
    for (;;) {
      const server = new RedisServer(somePort(), args);
      if (await server.#spawn(args)) {
        test.after(() => server.remove());
        return server;
      }
      await server.remove();
    }
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get process(): ChildProcess | null {
    return this.#process;
  }

  /** Resolves when it takes connections. */
  async start(): Promise<void> {
    if (!await this.#spawn(this.#args)) throw new Error(`redis-server did not start at port ${this.port}.`);
  }

  /** False where it ended instead, as it does where the port is taken. */
  async #spawn(args: readonly string[]): Promise<boolean> {
    const own = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', this.#folder, '--daemonize', 'no'];
    const child = spawn(needRedis(), [...own, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = child;
    const kill = (): void => void child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    let isReady = false;
    for await (const line of createInterface({ input: child.stdout })) {
      isReady = line.includes('Ready to accept connections');
      if (isReady) break;
    }
    child.stdout.resume();
    return isReady;
  }

  /** At once, as a crash is. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  /** Runs one command, as an administrator would. */
  async command(...words: readonly string[]): Promise<unknown> {
    const [client, end] = oneTime(this.url);
    await client.connect();
    return client.sendCommand([...words]).finally(end);
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function oneTime(url: string): [client: ReturnType<typeof clientOf>, end: () => void] {
  let end = (): void => undefined;
  const client = clientOf({ after: (hook) => void (end = hook as () => void) }, url);
  return [client, () => end()];
}

/** Below those that the system gives to outgoing connections, so that nobody takes it while the server is away for a moment. */
function somePort(): number {
  return 20_000 + Math.floor(Math.random() * 12_000);
}
