// The check of a running server (npm run test:directus) itself: it passes where all is well, and says in plain words what is not.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, test } from 'node:test';
import { startFakeDirectus, type FakeDirectus } from '../helpers/fake-directus.js';

const script = fileURLToPath(new URL('../directus-live.ts', import.meta.url)), TOKEN = 'lab-admin-static-token';
let server: FakeDirectus | null = null;
afterEach(() => server?.close());

function run(...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['--import', 'tsx', script, ...args], (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, output: stdout + stderr }));
  });
}

test('it passes against a server that behaves as Directus', async () => {
  server = await startFakeDirectus();
  const { code, output } = await run(server.url, TOKEN);
  assert.doesNotMatch(output, /not ok/);
  assert.equal(output.match(/^ok /gm)?.length, 19);
  assert.match(output, /^ok {6}the least level that is ever sent is known: trace$/m);
  assert.match(output, /arrives after a request and can be read: GET \/server\/(?:ping|info) 200 \d+ms\n/);
  assert.equal(code, 0);
});

test('it says why a connection does not open, and never shows the token', async () => {
  server = await startFakeDirectus({ websocketsEnabled: false });
  const off = await run(server.url, TOKEN);
  assert.match(off.output, /^not ok {2}the connection opens\n\nWebSockets are switched off on this server\. .*WEBSOCKETS_ENABLED=true/);
  assert.doesNotMatch(off.output, new RegExp(TOKEN));
  assert.equal(off.code, 1);
});

test('without arguments, or with a wrong address, it says how it is used', async () => {
  const [none, wrong] = await Promise.all([run(), run('htp://x?access_token=secret', TOKEN)]);
  assert.match(none.output, /npm run test:directus -- ws:/);
  assert.match(wrong.output, /^"htp:\/\/x" is no address that begins with ws: or wss:\./);
  assert.deepEqual([none.code, wrong.code], [2, 2]);
});
