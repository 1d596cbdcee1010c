// The development server of docs/directus.md, in front of a stand-in of Directus: what the elements ask of the page's own host comes to it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createServer, loadConfigFromFile, type ProxyOptions } from 'vite';
import { WebSocket } from 'ws';
import { probeUrl } from '../../src/core/causes.js';
import { startFakeDirectus } from '../helpers/fake-directus.js';

const ADMIN = 'lab-admin-static-token';

test('a development server passes on both the logs and the question what their floor is', async (context) => {
  const directus = await startFakeDirectus(), root = mkdtempSync(join(tmpdir(), 'vite-'));
  const loaded = await loadConfigFromFile({ command: 'serve', mode: 'development' }, join(import.meta.dirname, 'vite.config.js'));
  const given = Object.entries(loaded?.config.server?.proxy ?? {}) as [string, ProxyOptions][];
  assert.deepEqual([...new Set(given.map(([, { target }]) => target))], ['http://localhost:8055']);
  const proxy = Object.fromEntries(given.map(([path, options]) => [path, { ...options, target: directus.origin }]));
  const vite = await createServer({ configFile: false, root, cacheDir: join(root, 'cache'), logLevel: 'silent', server: { host: '127.0.0.1', port: 0, hmr: false, proxy } });
  context.after(async () => {
    await vite.close();
    await directus.close();
    rmSync(root, { recursive: true, force: true });
  });
  await vite.listen();
  const page = `127.0.0.1:${(vite.httpServer?.address() as AddressInfo).port}`, endpoint = `ws://${page}/websocket/logs`;

  const info = await fetch(probeUrl(endpoint), { headers: { origin: `http://${page}`, authorization: `Bearer ${ADMIN}` } });
  assert.equal(info.status, 200);
  assert.match(await info.text(), /"allowedLogLevels":\{/);
  const socket = new WebSocket(`${endpoint}?access_token=${ADMIN}`, { origin: `http://${page}` });
  context.after(() => socket.terminate());
  const acknowledged = await new Promise<string>((resolve, reject) => {
    socket.on('open', () => socket.send('{"type":"subscribe","log_level":"info"}')).on('message', (data: Buffer) => resolve(data.toString())).on('error', reject);
  });
  assert.match(acknowledged, /^\{"type":"logs","event":"subscribe"/);
});
