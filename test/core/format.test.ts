import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import process from 'node:process';
import fc from 'fast-check';
import { formatClock, formatCount, formatOffset, formatTimestamp } from '../../src/core/format.js';
import { localeFormat } from '../../src/core/locale-format.js';

before(() => {
  process.env['TZ'] = 'Europe/Berlin';
});

const winter = Date.UTC(2025, 10, 22, 11, 4, 8, 7), summer = Date.UTC(2025, 5, 30, 22, 30, 0, 90);

test('a time is written in its style, in local time or in UTC', () => {
  assert.equal(formatTimestamp(winter, 'time', 'local'), '12:04:08.007');
  assert.equal(formatTimestamp(winter, 'time', 'utc'), '11:04:08.007');
  assert.equal(formatTimestamp(winter, 'datetime', 'utc'), '2025-11-22 11:04:08.007');
  assert.equal(formatTimestamp(summer, 'datetime', 'local'), '2025-07-01 00:30:00.090');
  for (const zone of ['local', 'utc'] as const) assert.equal(formatTimestamp(winter, 'iso', zone), '2025-11-22T11:04:08.007Z');
  assert.equal(formatClock(summer), '00:30:00');
  assert.equal(formatClock(summer, 'utc'), '22:30:00');
});

test('the offset is the one that was in force', () => {
  assert.deepEqual([formatOffset(winter, 'local'), formatOffset(summer, 'local'), formatOffset(summer, 'utc')], ['+01:00', '+02:00', '+00:00']);
  process.env['TZ'] = 'America/St_Johns';
  assert.deepEqual([formatOffset(winter, 'local'), formatTimestamp(winter, 'time', 'local')], ['−03:30', '07:34:08.007']);
  process.env['TZ'] = 'Asia/Kathmandu';
  assert.deepEqual([formatOffset(winter, 'local'), formatTimestamp(winter, 'time', 'local')], ['+05:45', '16:49:08.007']);
  process.env['TZ'] = 'Europe/Berlin';
});

test('the hour that a clock shows twice has two offsets', () => {
  const first = Date.UTC(2025, 9, 26, 0, 30), second = first + 3_600_000;
  assert.deepEqual([first, second].map((time) => `${formatTimestamp(time, 'time', 'local')} ${formatOffset(time, 'local')}`), ['02:30:00.000 +02:00',
    '02:30:00.000 +01:00']);
});

test('a time that is none is written as nothing', () => {
  for (const time of [NaN, Infinity, -Infinity, 8.64e15 + 1]) {
    for (const zone of ['local', 'utc'] as const) {
      for (const style of ['time', 'datetime', 'iso'] as const) assert.equal(formatTimestamp(time, style, zone), '');
      assert.equal(localeFormat('en').date(time, zone), '');
      assert.equal(formatClock(time, zone), '');
    }
    assert.equal(formatOffset(time, 'local'), '');
  }
});

test('whatever the number, nothing of JavaScript is seen and nothing is thrown', () => {
  const time = fc.oneof(fc.double(), fc.constantFrom(8.64e15, -8.64e15, 0, -0, -1));
  fc.assert(fc.property(time, fc.constantFrom('local' as const, 'utc' as const), fc.constantFrom('time' as const, 'datetime' as const,
    'iso' as const), (at, zone, style) => {
    const written = formatTimestamp(at, style, zone) + localeFormat('en').date(at, zone) + formatOffset(at, zone);
    assert.doesNotMatch(written, /NaN|Invalid|undefined|null/);
  }));
});

test('a count has its thousands parted', () => {
  assert.deepEqual([0, 999, 1000, 1234567].map((count) => formatCount(count)), ['0', '999', '1,000', '1,234,567']);
});
