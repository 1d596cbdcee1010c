// A Redis for the demo: the one that REDIS names, else one of its own on loopback that keeps nothing and ends with the demo.
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fail } from './settings.js';

export interface DemoRedis {
  readonly url: string;
  readonly channel: string;
  stop(): Promise<void>;
}

export async function findOrStartRedis(env: Readonly<Record<string, string | undefined>>): Promise<DemoRedis> {
  const channel = `system-logs demo ${randomUUID()}`, { REDIS: address = '' } = env;
  if (address !== '') return { url: address, channel, stop: () => Promise.resolve() };
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    fail('Several instances need a Redis between them: install redis-server (on Debian: apt-get install redis-server), or set REDIS to the address of one, such as redis://localhost:6379.');
  }
  // by a socket in a folder that is ours alone, so that no port is taken
  const folder = mkdtempSync(join(tmpdir(), 'system-logs-demo-')), socket = join(folder, 'redis.sock');
  const args = ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--dir', folder];
  // a group of its own: Ctrl+C is for the demo, which then stops it
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const exit = once(child, 'exit'), kill = (): void => void child.kill();
  process.once('exit', kill);
  for await (const line of createInterface({ input: child.stdout })) {
    if (/ready to accept connections/i.test(line)) break;
  }
  child.stdout.resume();
  let stopping = false;
  child.once('exit', (code, signal) => {
    if (!stopping) console.log(`redis (process ${child.pid}) has ended by ${signal ?? `code ${code}`}; to start it again, run: redis-server ${args.map((arg) => arg || "''").join(' ')}`);
  });
  console.log(`redis unix://${socket} process ${child.pid}`);
  return {
    url: `unix://${socket}`, channel,
    async stop() {
      stopping = true;
      process.off('exit', kill);
      child.kill();
      await exit;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
