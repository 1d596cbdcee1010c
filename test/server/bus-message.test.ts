import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { decodeBusMessage, encodeBusMessage } from '../../src/server/bus-message.js';
import { batchOf } from './bus-contract.js';

test('whoever keeps one entry of a message keeps that entry, and not the whole message', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const message = Buffer.from(encodeBusMessage('s', batchOf('i', 1, 500, (n) => `{"n":${n},"pad":"${'x'.repeat(110)}"}`))), kept: unknown[] = [];
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let index = 0; index < 500; index++) kept.push(decodeBusMessage(message.toString('utf8'))?.batch.entries[7]);
  collect();
  const grown = (process.memoryUsage().heapUsed - before) / 1024;
  assert.ok(grown < 1024, `${kept.length} entries of 130 characters take ${grown.toFixed(0)} KB; the messages that they came in are ${(500 * message.length) / 1024} KB`);
});
