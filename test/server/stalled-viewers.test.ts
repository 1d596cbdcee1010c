// A flood in real time, with viewers in another process so that what this one holds is the server's alone.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Seen } from '../helpers/viewer-process.js';
import { startServer } from './start-server.js';

const MIB = 1024 * 1024, STALLED = 20;
/** A minute by `npm run test:long`. */
const SECONDS = Number(process.env['FLOOD_SECONDS'] ?? 10);
const TICK_MS = 10, ENTRIES_A_TICK = 100; // 10,000 a second

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What the process holds, garbage apart. */
function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test('one fast viewer and twenty that do not read, at 10,000 entries a second: the fast one misses nothing, the others cost a bounded amount', async (context) => {
  const server = await startServer(context), sockets: Socket[] = [];
  server.http.on('connection', (socket: Socket) => sockets.push(socket));
  const viewers = fork(fileURLToPath(new URL('../helpers/viewer-process.ts', import.meta.url)), [server.url, String(STALLED)], { execArgv: ['--import', 'tsx'] });
  context.after(() => viewers.disconnect());
  await once(viewers, 'message');
  const before = held(), total = SECONDS * 1000 / TICK_MS * ENTRIES_A_TICK, text = 'x'.repeat(180);
  let logged = 0;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      for (let index = 0; index < ENTRIES_A_TICK; index++) server.logger.info({ text }, 'flood');
      logged += ENTRIES_A_TICK;
      if (logged < total) return;
      clearInterval(timer);
      resolve();
    }, TICK_MS);
  });
  let seen: Seen;
  do {
    viewers.send('how many');
    [seen] = await once(viewers, 'message') as [Seen];
  } while (seen.entries < total && seen.gaps === 0);
  assert.deepEqual(seen, { entries: total, gaps: 0, steps: 0 });
  const unsent = sockets.map((socket) => socket.writableLength);
  // who gives no sign of life for two heartbeats, of 30 s, is let go of
  assert.equal(unsent.filter((bytes) => bytes > 0).length, SECONDS < 30 ? STALLED : 0, 'each of them is owed something');
  assert.ok(Math.max(...unsent) <= 1.1e6, `${Math.max(...unsent)} bytes wait for one of them`);
  const grown = (held() - before) / MIB;
  assert.ok(grown <= STALLED * 1.1 + 16, `${grown.toFixed(1)} MiB more are held`);
});
