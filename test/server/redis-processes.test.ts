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
/** What one process logs in that time fits into its outbox (8 MiB of entries of 120 characters), so that nothing is missing. */
const LASTS_MS = 30_000;
const MIB = 1024 * 1024;

test('three processes, two viewers, one process killed, Redis killed twice: every entry of every log file is shown or its absence is', async (context) => {
  const redis = await RedisServer.start(context), channel = someChannel();
  const processes = await Promise.all(['api-1', 'api-2', 'api-3'].map((name) => LoggingProcess.start(context, name, redis.url, channel)));
  const [first, second, third] = processes as [LoggingProcess, LoggingProcess, LoggingProcess];
  const viewers = [new RunningViewer(context, first.url), new RunningViewer(context, second.url)];
  const heard = (viewer: RunningViewer, name: string): number => viewer.accountOf(name).get(30)?.last ?? 0;
  await Promise.all(processes.map((each) => each.log(RATE / 3)));
  for (const viewer of viewers) await viewer.until(() => processes.every(({ name }) => heard(viewer, name) > RATE / 3));
  const memory = (): Promise<number[]> => Promise.all([first.memory(), second.memory()]), atStart = await memory();
  const moreThan = (before: readonly number[], now: readonly number[]): number => Math.max(...now.map((bytes, index) => (bytes - (before[index] as number)) / MIB));

  await third.kill();
  for (const outage of OUTAGES) {
    // what an outage adds: the hub's ring and the errors that it keeps fill up with or without one
    const before = await memory();
    await redis.kill();
    await wait(outage);
    for (const viewer of viewers) await viewer.until(() => viewer.othersAway !== null);
    const during = await memory(), grown = moreThan(before, during);
    assert.ok(grown <= 16, `${grown.toFixed(1)} MiB more while Redis is away`);
    context.diagnostic(`${outage} ms without Redis: ${grown.toFixed(1)} MiB more than before it, ${moreThan(atStart, during).toFixed(1)} MiB more than at the start`);
    await redis.start();
    const returned = performance.now(), was = viewers.map((viewer, index) => heard(viewer, index === 0 ? 'api-2' : 'api-1'));
    for (const [index, viewer] of viewers.entries()) await viewer.until(() => heard(viewer, index === 0 ? 'api-2' : 'api-1') > (was[index] as number));
    assert.ok(performance.now() - returned < 3000, `back after ${Math.round(performance.now() - returned)} ms`);
    for (const viewer of viewers) await viewer.until(() => viewer.othersAway === null);
    await wait(2000);
  }

  await Promise.all([first.log(0), second.log(0)]);
  for (const viewer of viewers) {
    for (const each of [first, second]) {
      const written = each.written();
      await viewer.until(() => [...written].every(([level, count]) => viewer.accountOf(each.name).get(level)?.last === count));
      for (const [level, { base, last, shown, missing }] of viewer.accountOf(each.name)) {
        assert.equal(shown + missing, last - base, `${each.name}, level ${level}`);
        if (OUTAGES.every((outage) => outage <= LASTS_MS)) assert.equal(missing, 0, `${each.name}, level ${level}: the outbox held everything`);
      }
    }
    // of the process that was killed, what was on its way at that moment cannot be known
    for (const [level, count] of third.written()) {
      const account = viewer.accountOf('api-3').get(level);
      assert.ok(account !== undefined && account.last <= count && count - account.last <= RATE / 3, `${account?.last} of ${count}`);
      assert.equal(account.shown + account.missing, account.last - account.base);
    }
    // what was found missing after an outage was dropped by an outbox that was full, which its count explains
    const found = viewer.gaps.filter(({ cause }) => cause !== 'silent');
    assert.deepEqual(found.filter(({ cause }) => cause !== 'bus'), []);
    const inGaps = found.reduce((sum, { levels }) => sum + levels.reduce((all, count) => all + count, 0), 0);
    const inAccount = processes.flatMap(({ name }) => [...viewer.accountOf(name).values()]).reduce((sum, { missing }) => sum + missing, 0);
    assert.equal(inGaps, inAccount);
    context.diagnostic(`${inAccount} entries are missing, each in a gap with its count`);
    // of the others nothing came either while Redis was away, but their numbers have shown that nothing is missing
    await viewer.until(() => viewer.changes.length > 0);
    assert.deepEqual(viewer.changes, ['api-3 silent'], 'the process that was killed');
    assert.deepEqual(viewer.gaps.filter(({ cause }) => cause === 'silent').map(({ instance }) => instance), ['api-3']);
    assert.equal(viewer.store.snapshot.unknowable, 1);
    assert.deepEqual([viewer.store.accounting.duplicates, viewer.store.accounting.contradictions, viewer.unreadable], [0, 0, 0]);
    const said = viewer.notices.flatMap(({ name }) => (name === 'others-away' || name === 'others-back' ? [name] : []));
    assert.deepEqual(said, OUTAGES.flatMap(() => ['others-away', 'others-back']), 'each outage and its end are said');
  }
  assert.ok(first.isAlive && second.isAlive);
});
