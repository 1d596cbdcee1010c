import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readLine } from '../../src/server/log-line.js';

const NOW = 1_795_000_000_000, MAX = 65_536;
const read = (line: string, level: number | null = null) => readLine(line, level, NOW, MAX);

test('a line of pino stays as it was written, its level that of the logger', () => {
  const line = '{"level":30,"time":1795373207518,"pid":1,"n":12345678901234567890,"msg":"hi"}';
  assert.deepEqual(read(line, 30), { level: 30, text: line });
  assert.deepEqual(read(`${line}\r`), { level: 30, text: line });
});

test('where no logger says the level, the first one written counts, not the one that a body repeats', () => {
  for (const [line, level] of [
    ['{"level":30,"time":1,"level":10,"msg":"forged"}', 30],
    ['{"level":30,"\\u006cevel":60}', 30],
    ['{"\\u006cevel":50,"level":10}', 50],
    ['{"severity":"INFO","level":40}', 40],
    ['{"req":{"level":60},"level":20}', 20],
    ['{"level":"error","msg":"by name"}', 50],
    ['{"level":{"level":60}}', 0],
    ['{"level":null}', 0],
    ['{"level":1e999}', 0],
    ['{"msg":"\\"level\\":60"}', 0],
    ['{}', 0],
  ] as const) assert.equal(read(line).level, level, line);
});

test('the level of the logger wins over whatever the line says', () => {
  assert.equal(read('{"level":10,"msg":"hidden"}', 50).level, 50);
});

test('a line that is no JSON object becomes an entry that says it', () => {
  for (const line of [
    'Listening on port 80', 'null', '42', '"text"', '[{"level":60}]', '{"level":30', '{}},"uid":"x","y":{"a":1', '{"a":1}{"b":2}', 'undefined', '{"a":\u0001}',
    '}', '{"a":1},', "{'level':60}", '{"level":60,}', '\u0000', 'ünï\ud800', '</script><b>',
  ]) {
    const { level, text } = read(line);
    assert.equal(level, 30);
    assert.deepEqual(JSON.parse(text), { level: 30, time: NOW, msg: line.trim() }, line);
    assert.ok(!text.includes('\n'));
  }
});

test('any text at all gives one JSON object on one line, of bounded size', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }).map((text) => text.replaceAll('\n', ' ')), fc.integer({ min: 100, max: 70_000 }), (line, max) => {
    const { text } = readLine(line, null, NOW, max);
    const value: unknown = JSON.parse(text);
    assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value));
    assert.ok(!text.includes('\n'));
  }));
});

test('an entry longer than the limit says so and keeps its level, its time and the head of its message', () => {
  const line = JSON.stringify({ level: 40, time: 1795373207518, body: 'x'.repeat(70_000), msg: `start: ${'🚀'.repeat(20_000)}` });
  const { level, text } = read(line, 40), entry = JSON.parse(text) as { level: number; time: number; msg: string };
  assert.equal(level, 40);
  assert.deepEqual(Object.keys(entry), ['level', 'time', 'msg']);
  assert.equal(entry.time, 1795373207518);
  assert.match(entry.msg, /^start: (🚀)+… \[log stream\] This entry was 150,0\d\d bytes long; only the beginning of its message is kept\.$/u);
  assert.ok(Buffer.byteLength(text) <= MAX, `${Buffer.byteLength(text)} bytes`);
  assert.doesNotMatch(entry.msg, /\p{Surrogate}/u, 'half of a surrogate pair is left');
});

test('a request that is too long keeps the line that says what it was', () => {
  const line = JSON.stringify({ level: 30, time: 1, req: { method: 'GET', url: '/items?limit=5', headers: { cookie: 'x'.repeat(80_000) } }, res: { statusCode: 200 }, responseTime: 12, msg: 'request completed' });
  assert.match((JSON.parse(read(line).text) as { msg: string }).msg, /^GET \/items\?limit=5 200 12ms… /);
});

test('a too long line that is no JSON, or has a hostile time, or is all escapes, is still bounded', () => {
  for (const line of ['x'.repeat(200_000), `{"level":30,"time":"${'9'.repeat(70_000)}","msg":"m"}`, `{"level":30,"time":{"a":1},"msg":${JSON.stringify('\u0001'.repeat(70_000))}}`]) {
    const { text } = read(line), entry = JSON.parse(text) as Record<string, unknown>;
    assert.deepEqual(Object.keys(entry), ['level', 'time', 'msg']);
    assert.equal(entry['time'], NOW);
    assert.ok(Buffer.byteLength(text) <= MAX, `${Buffer.byteLength(text)} bytes`);
  }
});

test('the limit is one of bytes, not of characters', () => {
  const line = JSON.stringify({ level: 30, msg: 'ä'.repeat(40_000) });
  assert.ok(line.length < MAX && Buffer.byteLength(line) > MAX);
  assert.match(read(line).text, /bytes long; only the beginning/);
  const fitting = JSON.stringify({ level: 30, msg: 'x'.repeat(60_000) });
  assert.equal(read(fitting).text, fitting);
});

test('an entry nested deeper than the engine can write is shortened all the same', () => {
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
  const { text } = read(`{"level":50,"msg":${deep}}`, 50);
  assert.equal((JSON.parse(text) as { level: number }).level, 50);
  assert.ok(Buffer.byteLength(text) <= MAX);
});
