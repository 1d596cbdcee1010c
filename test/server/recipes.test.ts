// Every program of docs/recipes.md, as it stands there, as a process of its own with the real framework.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { RedisServer } from '../helpers/redis-server.js';
import { refusedBy, WsClient } from '../helpers/ws-client.js';
import { entriesOf, TOKEN } from './start-server.js';

const ROOT = join(import.meta.dirname, '../..');
const recipes = [...readFileSync(join(ROOT, 'docs/recipes.md'), 'utf8').matchAll(/^## (.+)\n[^]*?```js\n([^]*?)```/gm)].map(([, name = '', code = '']) => ({ name, code }));

/** What each of them is expected to show of a request to `/`. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  'node:http': ['somebody is here'],
  'Express 5 and pino-http': ['in the handler', 'request completed'],
  'Fastify 5 and its own logger': ['incoming request', 'in the handler', 'request completed'],
  'pino.transport': ['somebody is here'],
  'Several instances': ['somebody is here'],
};

test('each recipe is known here', () => assert.deepEqual(recipes.map(({ name }) => name), Object.keys(SHOWN)));

for (const { name, code } of recipes) {
  test(`${name}: a request is seen, nobody is let in without a token, and the end is told`, async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'recipe-')), file = join(folder, 'app.log'), redis = name === 'Several instances' ? await RedisServer.start(context) : null;
    context.after(() => rmSync(folder, { recursive: true, force: true }));
    const program = [
      `const findAdmin = (token) => (token === '${TOKEN}' ? { id: 'ada' } : null);`,
      code.replace('\'system-logs/server\'', '\'./src/server/index.ts\'').replace(/\b3000\b/, '0'),
      'if (!server.listening) await new Promise((resolve) => server.once("listening", resolve));',
      'console.log(`port ${server.address().port}`);',
    ].join('\n');
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, LOG_FILE: file, HOSTNAME: 'pod-7', ...(redis === null ? {} : { REDIS: redis.url }) },
    });
    context.after(() => child.kill('SIGKILL'));
    const exit = once(child, 'exit');
    let port = '';
    for await (const line of createInterface({ input: child.stdout })) {
      port = /^port (\d+)$/.exec(line)?.[1] ?? '';
      if (port !== '') break;
    }
    child.stdout.resume();
    const url = `ws://127.0.0.1:${port}/websocket/logs`, client = await WsClient.open(`${url}?access_token=${TOKEN}`);
    await client.ask({ type: 'subscribe', log_level: 'trace', ext: { v: 1 } });
    assert.equal((await refusedBy(url)).status, 401);
    const logged = (): unknown[] => entriesOf(client.frames).map((entry) => entry['msg']), expected = SHOWN[name] ?? [];
    assert.equal(await (await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })).text(), 'hello');
    await client.until(() => expected.every((msg) => logged().includes(msg)), expected.join(', '));
    if (redis !== null) assert.ok(client.frames.some((frame) => frame.includes('"uid":"pod-7"')));
    child.kill('SIGTERM');
    assert.equal((await client.closed).code, 1012);
    assert.deepEqual(await exit, [0, null]);
    if (name === 'pino.transport') assert.match(readFileSync(file, 'utf8'), /somebody is here/);
  });
}
