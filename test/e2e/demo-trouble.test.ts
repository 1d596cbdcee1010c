// What the demo of several processes says when its Redis or all of its instances are killed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

test('Redis is killed: each instance says what it does not see, and the line says how to start another; all instances are killed: the demo ends', async (context) => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/server.ts', '--instances', '2'], {
    cwd: join(import.meta.dirname, '../..'), stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, PORT: '0', CUSTOMERS: '5', REDIS: '' },
  });
  context.after(() => child.kill());
  const exit = once(child, 'exit'), lines: string[] = [], waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  const until = (pattern: RegExp): Promise<string> => new Promise((resolve) => {
    const look = (): void => {
      const line = lines.find((each) => pattern.test(each));
      if (line === undefined) return;
      waiting.delete(look);
      resolve(line);
    };
    waiting.add(look);
    look();
  });
  await until(/^endpoint /);
  process.kill(Number(/process (\d+)/.exec(await until(/^redis unix/))?.[1]), 'SIGKILL');
  const [, command = ''] = /^redis \(process \d+\) has ended by SIGKILL; to start it again, run: (redis-server .+)$/.exec(await until(/^redis \(/)) ?? [];
  for (const name of ['api-1', 'api-2']) await until(new RegExp(`^${name} does not see the other instances: \\S`));
  const another = spawn('sh', ['-c', `exec ${command}`], { stdio: 'ignore' });
  context.after(() => another.kill());
  for (const name of ['api-1', 'api-2']) await until(new RegExp(`^${name} sees the other instances again$`));
  for (const name of ['api-1', 'api-2']) process.kill(Number(/process (\d+)/.exec(await until(new RegExp(`^instance ${name} `)))?.[1]), 'SIGKILL');
  assert.deepEqual(await exit, [1, null]);
  await until(/has ended by SIGKILL; the others go on$/);
  await until(/has ended by SIGKILL; no instance is left, so that the demo ends$/);
});
