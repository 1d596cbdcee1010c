// The demo as three processes behind one port: each viewer sees all of them, whichever it is connected to, and what becomes of them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { openBrowser, openPage } from '../helpers/browser-page.js';
import { startDemo } from '../helpers/demo.js';
import { RunningViewer } from '../helpers/running-viewer.js';
import { WsClient } from '../helpers/ws-client.js';

const THREE = [process.execPath, '--import', 'tsx', 'demo/server.ts', '--instances', '3'] as const;
const NAMES = ['api-1', 'api-2', 'api-3'];

test('three processes, one port: every viewer sees all of them, is told what becomes of each, and when they cannot be seen', async (context) => {
  const demo = await startDemo({ CUSTOMERS: '60' }, THREE), browser = await openBrowser();
  context.after(() => Promise.all([demo.stop(), browser.close()]));
  const hubs = new Set<string>();
  for (let index = 0; index < 3; index++) {
    const client = await WsClient.open(demo.endpoint);
    const answer = await client.ask({ type: 'subscribe', log_level: 'trace', ext: { v: 1 } });
    hubs.add((JSON.parse(answer) as { ext: { hub: string } }).ext.hub);
    client.close();
  }
  assert.deepEqual([...hubs].sort(), NAMES, 'no viewer sticks to a process');

  const viewers = [new RunningViewer(context, demo.endpoint), new RunningViewer(context, demo.endpoint), new RunningViewer(context, demo.endpoint)];
  const { page, faults } = await openPage(browser);
  await page.goto(demo.page);
  const shown = (viewer: RunningViewer, name: string): number => [...viewer.accountOf(name).values()].reduce((sum, level) => sum + level.shown, 0);
  const goOn = async (others: readonly string[]): Promise<void> => {
    for (const viewer of viewers) {
      const was = others.map((name) => shown(viewer, name));
      await viewer.until(() => others.every((name, index) => shown(viewer, name) > (was[index] as number)));
      for (const name of others) for (const { base, last, shown: seen, missing } of viewer.accountOf(name).values()) assert.equal(seen + missing, last - base);
    }
  };
  await goOn(NAMES);
  await page.getByText('3 instances').waitFor();

  const end = (name: string, signal: NodeJS.Signals): void => void process.kill(Number(demo.said(`instance ${name} process`)[0]), signal);
  end('api-2', 'SIGTERM');
  for (const viewer of viewers) await viewer.until(() => viewer.changes.includes('api-2 stopped'));
  await page.getByText(/\u2068api-2\u2069 stopped sending at \d\d:\d\d:\d\d/).first().waitFor();
  await page.getByText('2 instances · 1 not sending').waitFor();
  await goOn(['api-1', 'api-3']);

  end('api-3', 'SIGKILL');
  // three marks and the time to the next one
  for (const viewer of viewers) await viewer.until(() => viewer.changes.includes('api-3 silent'));
  await page.getByText(/Nothing heard from \u2068api-3\u2069 since \d\d:\d\d:\d\d/).first().waitFor();
  await page.getByText('1 instance · 2 not sending').waitFor();
  await page.getByRole('button', { name: 'All instances' }).click();
  assert.deepEqual((await page.locator('log-instance-filter label').allTextContents()).map((text) => text.replaceAll(/\d\d:\d\d:\d\d/g, '…').trim()).sort(), ['api-1', 'api-2 stopped …', 'api-3 not heard since …']);
  await page.keyboard.press('Escape');
  await goOn(['api-1']);

  const [redis = ''] = demo.said('redis');
  process.kill(Number(/process (\d+)$/.exec(redis)?.[1]), 'SIGKILL');
  for (const viewer of viewers) await viewer.until(() => viewer.othersAway !== null);
  await page.locator('log-state-bar').getByText(/Other instances not visible since \d\d:\d\d:\d\d: \u2068.+\u2069/).waitFor();
  await goOn(['api-1']);
  const late = await openPage(browser);
  await late.page.goto(demo.page);
  await late.page.locator('log-state-bar').getByText(/Other instances not visible since/).waitFor();
  for (const each of [page, late.page]) await each.locator('log-toolbar').getByText('this instance only').waitFor();
  // what was before it came is nothing that it lost; who watched was told of one
  await page.getByText('1 break with an unknown count').waitFor();
  assert.equal(await late.page.getByText('with an unknown count').count(), 0);
  for (const viewer of viewers) assert.deepEqual([viewer.changes.slice().sort(), viewer.unreadable], [['api-2 stopped', 'api-3 silent'], 0]);
  assert.deepEqual([faults, late.faults], [[], []]);
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
