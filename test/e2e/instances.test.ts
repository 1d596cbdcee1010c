// The demo as three processes behind one port: each viewer sees all of them, whichever it is connected to, and one that is killed is said.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { startDemo } from '../helpers/demo.js';
import { RunningViewer } from '../helpers/running-viewer.js';
import { WsClient } from '../helpers/ws-client.js';

const THREE = [process.execPath, '--import', 'tsx', 'demo/server.ts', '--instances', '3'] as const;
const NAMES = ['api-1', 'api-2', 'api-3'];

test('three processes, one port: all are seen by every viewer; one is killed, which is said, and the others go on', async (context) => {
  const demo = await startDemo({ CUSTOMERS: '60' }, THREE);
  context.after(() => demo.stop());
  const hubs = new Set<string>();
  for (let index = 0; index < 3; index++) {
    const client = await WsClient.open(demo.endpoint);
    const answer = await client.ask({ type: 'subscribe', log_level: 'trace', ext: { v: 1 } });
    hubs.add((JSON.parse(answer) as { ext: { hub: string } }).ext.hub);
    client.close();
  }
  assert.deepEqual([...hubs].sort(), NAMES, 'no viewer sticks to a process');

  const viewers = [new RunningViewer(context, demo.endpoint), new RunningViewer(context, demo.endpoint), new RunningViewer(context, demo.endpoint)];
  const shown = (viewer: RunningViewer, name: string): number => [...viewer.accountOf(name).values()].reduce((sum, level) => sum + level.shown, 0);
  for (const viewer of viewers) await viewer.until(() => NAMES.every((name) => shown(viewer, name) > 20));

  const witness = await WsClient.open(demo.endpoint);
  const { ext: { hub } } = JSON.parse(await witness.ask({ type: 'subscribe', log_level: 'trace', ext: { v: 1 } })) as { ext: { hub: string } };
  const victim = NAMES.find((name) => name !== hub) as string, [killed = 0] = demo.said(`instance ${victim} process`);
  process.kill(Number(killed), 'SIGKILL');
  const isQuiet = (frame: string): boolean => frame.startsWith('{"type":"logs","event":"stream"') && frame.includes(`"uid":"${victim}"`) && frame.includes('"state":"quiet"');
  await witness.until(() => witness.frames.some(isQuiet), 'its silence is said');
  for (const viewer of viewers) {
    const others = NAMES.filter((name) => name !== victim), was = others.map((name) => shown(viewer, name));
    await viewer.until(() => others.every((name, index) => shown(viewer, name) > (was[index] as number)));
    for (const name of others) for (const { base, last, shown: seen, missing } of viewer.accountOf(name).values()) assert.equal(seen + missing, last - base);
  }
  const { code, ms } = await demo.stop();
  assert.equal(code, 0);
  assert.ok(ms < 4000, `it took ${ms} ms`);
});

test('without a Redis one sentence says how to get it', async () => {
  const root = join(import.meta.dirname, '../..');
  const child = execFile(process.execPath, ['--import', 'tsx', 'demo/server.ts', '--instances', '3'], { cwd: root, env: { PATH: '/nowhere', PORT: '0' } });
  let said = '';
  child.stderr?.on('data', (text: string) => (said += text));
  const [code] = await once(child, 'close') as [number];
  assert.equal(code, 1);
  assert.equal(said, 'Several instances need a Redis between them: install redis-server (on Debian: apt-get install redis-server), or set REDIS to the address of one, such as redis://localhost:6379.\n');
});

test('a wrong option is said in one sentence', async () => {
  for (const [args, sentence] of [
    [['--instances', '0'], '--instances is “0”; it must be a whole number from 1 to 9.\n'],
    [['--instances'], '--instances is “”; it must be a whole number from 1 to 9.\n'],
    [['--what'], '“--what” is not understood; the only option is “--instances 3”.\n'],
  ] as const) {
    const child = execFile(process.execPath, ['--import', 'tsx', join(import.meta.dirname, '../../demo/server.ts'), ...args]);
    let said = '';
    child.stderr?.on('data', (text: string) => (said += text));
    assert.equal((await once(child, 'close'))[0], 1);
    assert.equal(said, sentence);
  }
});
