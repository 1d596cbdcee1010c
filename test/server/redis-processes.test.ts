import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { LoggingProcess } from '../helpers/logging-processes.js';
import { someChannel } from '../helpers/redis-buses.js';
import { RedisServer } from '../helpers/redis-server.js';
import { RunningViewer } from '../helpers/running-viewer.js';

/** How long Redis is away, each time, in ms; `npm run test:long` has longer ones. */
const OUTAGES = (process.env['OUTAGES_MS'] ?? '10000,3000').split(',').map(Number);
const RATE = 5000;
const MIB = 1024 * 1024;

test('three processes, two viewers, one process killed, Redis killed twice: every entry of every log file is shown or its absence is', async (context) => {
  const redis = await RedisServer.start(context), channel = someChannel();
  const processes = await Promise.all(['api-1', 'api-2', 'api-3'].map((name) => LoggingProcess.start(context, name, redis.url, channel)));
  const [first, second, third] = processes as [LoggingProcess, LoggingProcess, LoggingProcess];
  const viewers = [new RunningViewer(context, first.url), new RunningViewer(context, second.url)];
  const heard = (viewer: RunningViewer, name: string): number => viewer.accountOf(name).get(30)?.last ?? 0;
  await Promise.all(processes.map((each) => each.log(RATE / 3)));
  for (const viewer of viewers) await viewer.until(() => processes.every(({ name }) => heard(viewer, name) > RATE / 3));
  const before = await Promise.all([first.memory(), second.memory()]);

  await third.kill();
  for (const outage of OUTAGES) {
    await redis.kill();
    await wait(outage);
    for (const [index, memory] of (await Promise.all([first.memory(), second.memory()])).entries()) {
      const grown = (memory - (before[index] as number)) / MIB;
      assert.ok(grown <= 16, `${grown.toFixed(1)} MiB more while Redis is away`);
    }
    await redis.start();
    const returned = performance.now(), was = viewers.map((viewer, index) => heard(viewer, index === 0 ? 'api-2' : 'api-1'));
    for (const [index, viewer] of viewers.entries()) await viewer.until(() => heard(viewer, index === 0 ? 'api-2' : 'api-1') > (was[index] as number));
    assert.ok(performance.now() - returned < 3000, `back after ${Math.round(performance.now() - returned)} ms`);
    await wait(2000);
  }

  await Promise.all([first.log(0), second.log(0)]);
  for (const viewer of viewers) {
    for (const each of [first, second]) {
      const written = each.written();
      await viewer.until(() => [...written].every(([level, count]) => viewer.accountOf(each.name).get(level)?.last === count));
      for (const [level, { base, last, shown, missing }] of viewer.accountOf(each.name)) {
        assert.equal(shown + missing, last - base, `${each.name}, level ${level}`);
        assert.equal(missing, 0, `${each.name}, level ${level}: the outbox held everything`);
      }
    }
    // of the process that was killed, what was on its way at that moment cannot be known
    for (const [level, count] of third.written()) {
      const account = viewer.accountOf('api-3').get(level);
      assert.ok(account !== undefined && account.last <= count && count - account.last <= RATE / 3, `${account?.last} of ${count}`);
      assert.equal(account.shown + account.missing, account.last - account.base);
    }
    assert.deepEqual(viewer.gaps.filter(({ cause }) => cause !== 'unknown'), [], 'a silence is said while it lasts; nothing was found missing after it');
    assert.ok(viewer.gaps.some(({ cause, instance }) => cause === 'unknown' && instance === 'api-3'), 'the silence of the process that was killed');
    assert.deepEqual([viewer.store.accounting.duplicates, viewer.store.accounting.contradictions, viewer.unreadable], [0, 0, 0]);
    assert.equal(viewer.said.filter((frame) => frame.includes('are not shown')).length, OUTAGES.length, 'each outage is said');
    assert.equal(viewer.said.filter((frame) => frame.includes('are shown again')).length, OUTAGES.length);
  }
  assert.ok(first.isAlive && second.isAlive);
});
