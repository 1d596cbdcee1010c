import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { decodeBusMessage } from '../../src/server/bus-message.js';
import { BusOutbox, FULL_MESSAGE } from '../../src/server/bus-outbox.js';
import type { LogBatch } from '../../src/server/log-batch.js';
import { batchOf } from './bus-contract.js';

const sized = (from: number, count: number, size: number): LogBatch => batchOf('i', from, count, (n) => `{"n":${n},"pad":"${randomBytes(size).toString('latin1').replace(/[^ !#-[\]-~]/g, 'x')}"}`);

function drain(outbox: BusOutbox): LogBatch[] {
  const batches: LogBatch[] = [];
  for (let text = outbox.next(); text !== null; text = outbox.next()) {
    batches.push(decodeBusMessage(text)?.batch as LogBatch);
    outbox.taken();
  }
  return batches;
}

test('batches that go on where the one before ended share a message; any other begins one', () => {
  const outbox = new BusOutbox('s', 1e6);
  for (const batch of [batchOf('i', 1, 2), batchOf('i', 3, 1), batchOf('i', 4, 0), batchOf('j', 1, 1), { ...batchOf('j', 4, 1), lost: new Map([[30, 2]]) }, { ...batchOf('j', 5, 0), ended: true }, batchOf('j', 5, 0)]) outbox.push(batch);
  assert.deepEqual(drain(outbox).map(({ instance, seq, entries, lost, ended }) => [instance, seq, entries.length, [...lost], ended]), [
    ['i', 0, 3, [], false], ['j', 0, 1, [], false], ['j', 3, 1, [[30, 2]], true], ['j', 4, 0, [], false],
  ]);
  assert.ok(outbox.isEmpty && outbox.bytes === 0);
});

test('a large batch is cut into messages of 64 KB, each of which says where it stands', () => {
  const outbox = new BusOutbox('s', 1e9);
  outbox.push({ ...sized(1, 500, 1000), ended: true });
  assert.ok(outbox.isFull);
  const batches = drain(outbox);
  assert.ok(batches.length >= 7);
  assert.deepEqual(batches.flatMap(({ entries }) => entries.map(({ seq }) => seq)), Array.from({ length: 500 }, (_, index) => index + 1));
  for (const { seq, levels, entries } of batches) {
    assert.equal(levels.get(30) ?? 0, seq);
    assert.ok(entries.reduce((sum, { text }) => sum + text.length, 0) < FULL_MESSAGE + 2000);
  }
  assert.deepEqual(batches.map(({ ended }) => ended), [...batches.slice(1).map(() => false), true]);
});

test('what waits for long is squeezed, and comes out as it was', () => {
  const outbox = new BusOutbox('s', 1e6), text = (n: number): string => `{"level":30,"msg":"ünïcode 🙂 ${n}","url":"/products?page=${n}"}`;
  for (let from = 1; from < 50_000; from += 500) outbox.push(batchOf('i', from, 500, text));
  assert.ok(outbox.bytes < 1e6, `${outbox.bytes}`);
  assert.equal(outbox.dropped, 0);
  assert.deepEqual(drain(outbox).flatMap(({ entries }) => entries.map((entry) => entry.text)), Array.from({ length: 50_000 }, (_, index) => text(index + 1)));
  assert.deepEqual([outbox.bytes, outbox.sentBytes], [0, 0]);
});

test('past its bound the oldest that were not sent are dropped and counted, and the next says where it stands', () => {
  const outbox = new BusOutbox('s', 200_000);
  outbox.push(sized(1, 1000, 1000));
  assert.ok(outbox.bytes <= 200_000);
  const [first, ...others] = drain(outbox) as [LogBatch, ...LogBatch[]];
  assert.equal(outbox.dropped, first.seq);
  assert.equal(outbox.dropped + [first, ...others].reduce((sum, { entries }) => sum + entries.length, 0), 1000);
});

test('the bound holds at every entry, whether messages are on their way or come back, squeezed or not', () => {
  for (const [maxBytes, size] of [[100_000, 1000], [400_000, 1000], [400_000, 70_000], [50_000, 30_000], [2000, 400]] as const) {
    const outbox = new BusOutbox('s', maxBytes);
    let most = 0, sent = 0, number = 0;
    for (; number < 600; number++) {
      outbox.push(sized(number + 1, 1, size));
      most = Math.max(most, outbox.bytes);
      if (number % 100 === 99) while (outbox.sentBytes < maxBytes / 4 && outbox.next() !== null) sent++;
      most = Math.max(most, outbox.bytes);
      if (number % 200 === 199) outbox.resend();
      most = Math.max(most, outbox.bytes);
    }
    assert.ok(most <= maxBytes && most > maxBytes / 4 && sent > 0, `${most} of ${maxBytes}`);
    const batches = drain(outbox);
    assert.equal(outbox.dropped + batches.reduce((sum, { entries }) => sum + entries.length, 0), number);
    // what is on its way is not taken back, so that beside one message of a bound as small as that there may be no place
    if (maxBytes > FULL_MESSAGE) assert.equal(batches.flatMap(({ entries }) => entries).at(-1)?.seq, number, 'the newest is there');
    assert.equal(outbox.bytes, 0);
  }
});

test('what is larger than the bound by itself is dropped and counted, and the next says where it stands', () => {
  const outbox = new BusOutbox('s', 10_000);
  outbox.push(sized(1, 3, 20_000));
  assert.deepEqual([outbox.bytes, outbox.dropped, outbox.next()], [0, 3, null]);
  outbox.push(sized(4, 2, 100));
  assert.deepEqual(drain(outbox).map(({ seq, levels, entries }) => [seq, levels.get(30), entries.length]), [[3, 3, 2]]);
});

test('what was sent and not taken is sent again first, in its order', () => {
  const outbox = new BusOutbox('s', 1e9);
  outbox.push(sized(1, 200, 1000));
  const sent = [outbox.next(), outbox.next()];
  assert.ok(outbox.sentBytes > FULL_MESSAGE);
  outbox.taken();
  outbox.resend();
  assert.equal(outbox.sentBytes, 0);
  assert.equal(outbox.next(), sent[1]);
  outbox.clear();
  assert.deepEqual([outbox.next(), outbox.isEmpty, outbox.bytes], [null, true, 0]);
});
