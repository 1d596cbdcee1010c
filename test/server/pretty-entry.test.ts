import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prettyEntry } from '../../src/server/pretty-entry.js';

const pretty = (text: string, level = 30): string => prettyEntry({ instance: 'a', epoch: 'e', seq: 1, lseq: 1, level, text }).text;

test('an entry comes down to level, time and message', () => {
  for (const [text, expected] of [
    ['{"level":50,"time":5,"pid":1,"err":{"type":"TypeError","message":"m"},"msg":"caught"}', '{"level":30,"time":5,"msg":"caught"}'],
    ['{"level":30,"time":5,"req":{"method":"GET","url":"/server/ping"},"res":{"statusCode":200},"responseTime":1,"msg":"request completed"}', '{"level":30,"time":5,"msg":"GET /server/ping 200 1ms"}'],
    ['{"time":5,"req":{"method":"GET","url":"/a?b=1"},"res":{"statusCode":200},"responseTime":0}', '{"level":30,"time":5,"msg":"GET /a?b=1 200 0ms"}'],
    ['{"time":5,"req":{"method":"GET","url":"/a"},"res":{"statusCode":null},"responseTime":101,"msg":"request aborted"}', '{"level":30,"time":5,"msg":"GET /a — 101ms"}'],
    ['{"time":"2026-01-02T03:04:05Z","msg":"iso"}', '{"level":30,"time":"2026-01-02T03:04:05Z","msg":"iso"}'],
    ['{"time":12345678901234567890,"time":1,"msg":"the first time, digits as written"}', '{"level":30,"time":12345678901234567890,"msg":"the first time, digits as written"}'],
    ['{"err":{"message":"only an error"}}', '{"level":30,"msg":"only an error"}'],
    ['{"msg":{"a":1}}', '{"level":30,"msg":"{\\"a\\":1}"}'],
  ] as const) assert.equal(pretty(text), expected);
});

test('an entry without a level, or that cannot be read, stays an entry', () => {
  assert.equal(pretty('{"msg":"x"}', 0), '{"msg":"x"}');
  assert.equal(pretty('{broken'), '{broken');
  const deep = `{"msg":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`;
  const { msg } = JSON.parse(pretty(deep)) as { msg: unknown };
  assert.ok(typeof msg === 'string' && msg.includes('{"a":{"a":{"a":'), 'a message deeper than the engine writes is still words');
});
