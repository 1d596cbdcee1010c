// The stand-in for a Directus that the guides name: what it prints opens its logs, as they are said to, and the guides say the same.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { WsClient } from '../helpers/ws-client.js';
import { ROOT } from './doc-blocks.js';

test('the stand-in for a Directus logs by itself, for its administrator alone, and ends when it is asked to', async (context) => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/directus.ts'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, PORT: '0' } });
  context.after(() => child.kill('SIGKILL'));
  const exit = once(child, 'exit') as Promise<[code: number | null]>, said = new Map<string, string>();
  for await (const line of createInterface({ input: child.stdout })) {
    const [word = '', value = ''] = line.split(' ');
    if (said.set(word, value).size === 2) break;
  }
  const endpoint = said.get('endpoint') ?? '', token = said.get('token') ?? '';
  assert.match(endpoint, /^ws:\/\/127\.0\.0\.1:\d+\/websocket\/logs$/);
  await assert.rejects(WsClient.open(`${endpoint}?access_token=wrong`));
  // as a page of another origin comes, which the guides serve at this one
  const client = await WsClient.open(`${endpoint}?access_token=${token}`, { origin: 'http://localhost:8000' });
  await client.ask({ type: 'subscribe', log_level: 'info' });
  await client.until(() => client.frames.some((frame) => JSON.stringify(frame).includes('/items/')), 'a request that came by itself');
  for (const guide of ['getting-started', 'directus']) {
    const text = readFileSync(join(ROOT, `docs/${guide}.md`), 'utf8');
    assert.ok(text.includes(endpoint.replace(/:\d+\//, ':8055/')) && text.includes(token), guide);
  }
  child.kill('SIGTERM');
  assert.deepEqual(await exit, [0, null]);
});
