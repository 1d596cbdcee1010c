// Twenty real restarts of a server with twenty viewers, each away for two seconds: how soon after the port is back the viewers are. Prints the figures,
// which are of the machine; what is asserted is that all come back, within five times the aim.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { Connection } from '../../src/core/connection.js';
import type { ConnectionStatus } from '../../src/core/connection-status.js';
import { systemClock } from '../../src/server/system-clock.js';
import { startProcess } from '../helpers/crashing-site.js';

const RESTARTS = 20, VIEWERS = 20, AWAY_MS = 2_000;
/** 95 of 100 are back so soon: the aim, in ms. */
const AIM_MS = 1_500;

class TimedViewer {
  status: ConnectionStatus = { state: 'idle' };
  readonly connection: Connection;
  #reached: (() => void) | null = null;
  #wanted = '';

  constructor(url: string) {
    this.connection = new Connection({
      url, level: 'info', clock: systemClock, accessToken: 'any',
      createSocket: (address) => new WebSocket(address, { perMessageDeflate: false }), probe: () => Promise.resolve({ kind: 'silent' }),
      onEntries: () => undefined, onUnreadable: () => undefined,
      onStatus: (status) => {
        this.status = status;
        if (status.state === this.#wanted) this.#reached?.();
      },
    });
    this.connection.connect();
  }

  /** Resolves with the time at which it is in this state, by `performance.now`. */
  async until(state: ConnectionStatus['state']): Promise<number> {
    this.#wanted = state;
    if (this.status.state !== state) await new Promise<void>((resolve) => (this.#reached = resolve));
    return performance.now();
  }
}

test('twenty restarts with twenty viewers: all are back soon after the port is', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'restarts-')), file = join(folder, 'record');
  context.after(() => rmSync(folder, { recursive: true }));
  let [child, port] = await startProcess(context, 0, file, 0);
  const waits: number[] = [], aways: number[] = [];
  for (let times = 0; times < RESTARTS; times++) {
    // new ones each time: one that has lost its server a moment ago comes back more slowly
    const viewers = Array.from({ length: VIEWERS }, () => new TimedViewer(`ws://127.0.0.1:${port}/websocket/logs`));
    context.after(() => viewers.forEach(({ connection }) => connection.disconnect()));
    await Promise.all(viewers.map((viewer) => viewer.until('live')));
    const exit = once(child, 'exit'), lost = Promise.all(viewers.map((viewer) => viewer.until('reconnecting')));
    child.kill('SIGTERM');
    await Promise.all([exit, lost]);
    const goneAt = performance.now();
    // to be away is the fault itself, not a wait for something
    await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
    [child, port] = await startProcess(context, port, file, 0);
    const backAt = performance.now();
    aways.push(backAt - goneAt);
    waits.push(...await Promise.all(viewers.map(async (viewer) => (await viewer.until('live')) - backAt)));
    for (const { connection } of viewers) connection.disconnect();
  }
  console.log(JSON.stringify({ restarts: RESTARTS, viewers: VIEWERS, awayMs: { p50: part(aways, 0.5), max: part(aways, 1) }, backMs: { p50: part(waits, 0.5), p95: part(waits, 0.95), max: part(waits, 1) } }));
  assert.equal(waits.length, RESTARTS * VIEWERS);
  assert.ok(part(waits, 0.95) <= 5 * AIM_MS, `95 of 100 were back after ${part(waits, 0.95)} ms`);
});

/** The least number that so great a part of them does not exceed. */
function part(numbers: readonly number[], share: number): number {
  return Math.round([...numbers].sort((a, b) => a - b)[Math.ceil(numbers.length * share) - 1] ?? NaN);
}
