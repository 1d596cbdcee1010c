import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEntry, type OpenedEntry } from '../../src/core/opened-entry.js';

const open = (text: string): OpenedEntry => openEntry({ kind: 'entry', id: 1, text, level: 30, time: 0, instance: '', epoch: null, seq: null });

test('an answered request has its line as heading, and its parts', () => {
  const { heading, request, error } = open('{"level":30,"req":{"method":"GET","url":"/items?limit=5"},"res":{"statusCode":200},"responseTime":0,"msg":"request completed"}');
  assert.equal(heading, 'GET /items?limit=5 200 0ms');
  assert.deepEqual([request?.status, request?.query.items], [200, [{ name: 'limit', value: '5' }]]);
  assert.equal(error, null);
});

test('an entry of a request that is not answered yet is an entry like others', () => {
  const { heading, request } = open('{"level":50,"req":{"method":"GET","url":"/items"},"err":{"message":"x"},"msg":"failed"}');
  assert.deepEqual([heading, request], ['failed', null]);
});

test('an entry of level, time and message alone is told from one with more, or with less', () => {
  for (const text of ['{"level":30,"time":1,"msg":"x"}', '{"msg":"x"}', '{"time":1,"msg":"x"}']) assert.equal(open(text).isBare, true, text);
  for (const text of ['{"level":30,"time":1,"msg":"x","pid":1}', '{"pid":1,"msg":"x"}', '{"level":30,"time":1}', '{}', '"msg"', '["msg"]', 'null']) assert.equal(open(text).isBare, false, text);
});
