import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../src/server/system-clock.js';

test('its time is that of the process', () => {
  const before = Date.now(), now = systemClock.now();
  assert.ok(before <= now && now <= Date.now());
});

test('a timer runs once; a cancelled one does not', async () => {
  const ran: string[] = [];
  await new Promise<void>((resolve) => {
    systemClock.after(1, () => ran.push('first'));
    systemClock.after(1, () => ran.push('cancelled'))();
    const last = setTimeout(() => undefined, 1000); // the clock's own timers do not keep the process alive
    systemClock.after(5, () => {
      clearTimeout(last);
      resolve();
    });
  });
  assert.deepEqual(ran, ['first']);
});
