import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { formatDuration, readEntry, readTime, searchTextOf, summaryOf, type EntryFacts } from '../../src/core/log-entry.js';

function read(text: string): EntryFacts {
  return readEntry(JSON.parse(text), text);
}

const request = '"req":{"method":"GET","url":"/items?limit=5"}';

describe('the summary of a request', () => {
  for (const [what, entry, summary] of [
    ['as pino-http logs it', `{"level":30,${request},"res":{"statusCode":200},"responseTime":12,"msg":"request completed"}`, 'GET /items?limit=5 200 12ms'],
    ['with a duration of 0', `{${request},"res":{"statusCode":200},"responseTime":0}`, 'GET /items?limit=5 200 0ms'],
    ['with a duration below 1 ms, as Fastify measures', `{${request},"res":{"statusCode":200},"responseTime":0.23499998450279236}`, 'GET /items?limit=5 200 0.2ms'],
    ['with a duration that rounds to nothing', `{${request},"res":{"statusCode":200},"responseTime":0.04}`, 'GET /items?limit=5 200 0ms'],
    ['with a duration just below ten', `{${request},"res":{"statusCode":200},"responseTime":9.97}`, 'GET /items?limit=5 200 10ms'],
    ['with a long duration', `{${request},"res":{"statusCode":504},"responseTime":30001.6}`, 'GET /items?limit=5 504 30002ms'],
    ['with a status null, as an aborted request has it', `{${request},"res":{"statusCode":null},"responseTime":3,"msg":"request aborted"}`, 'GET /items?limit=5 — 3ms'],
    ['without a status', `{${request},"res":{},"responseTime":3}`, 'GET /items?limit=5 — 3ms'],
    ['with a status that is no number', `{${request},"res":{"statusCode":"200"},"responseTime":3}`, 'GET /items?limit=5 — 3ms'],
    ['with a status 0', `{${request},"res":{"statusCode":0},"responseTime":3}`, 'GET /items?limit=5 0 3ms'],
    ['without res', `{${request},"responseTime":7}`, 'GET /items?limit=5 — 7ms'],
    ['without a duration', `{${request},"res":{"statusCode":404}}`, 'GET /items?limit=5 404'],
    ['with a duration that is no number', `{${request},"res":{"statusCode":404},"responseTime":"12"}`, 'GET /items?limit=5 404'],
    ['that failed with an error', `{${request},"res":{"statusCode":500},"responseTime":1,"err":{"type":"TypeError"},"msg":"x"}`, 'GET /items?limit=5 500 1ms'],
  ] as const) {
    test(what, () => assert.equal(summaryOf(read(entry)), summary));
  }

  for (const [what, entry] of [
    ['a request that is not answered yet, as each line of a child logger repeats it', `{${request},"msg":"looking"}`],
    ['req that is no object', '{"req":"GET /","res":{"statusCode":200},"msg":"looking"}'],
    ['req that is a list', '{"req":["GET"],"res":{"statusCode":200},"msg":"looking"}'],
    ['a method that is no string', '{"req":{"method":1,"url":"/"},"res":{"statusCode":200},"msg":"looking"}'],
    ['no url', '{"req":{"method":"GET"},"res":{"statusCode":200},"msg":"looking"}'],
    ['fields of the prototype alone', '{"__proto__":{"req":{"method":"GET","url":"/"},"res":{"statusCode":200}},"msg":"looking"}'],
  ] as const) {
    test(`is not that of ${what}`, () => assert.equal(summaryOf(read(entry)), 'looking'));
  }

  test('is searched together with the message', () => {
    assert.equal(searchTextOf(read(`{${request},"res":{"statusCode":200},"responseTime":1,"msg":"done"}`)), 'GET /items?limit=5 200 1ms done');
    assert.equal(searchTextOf(read('{"msg":"done","err":{"type":"TypeError"}}')), 'TypeError: done');
  });

  test('that is logged in two lines is searched by what each of its rows shows', () => {
    assert.equal(searchTextOf(read(`{${request},"msg":"incoming request"}`)), 'incoming request GET /items?limit=5');
    assert.equal(searchTextOf(read(`{${request},"err":{"type":"TypeError"},"msg":"saving failed"}`)), 'TypeError: saving failed GET /items?limit=5');
    assert.equal(searchTextOf(read('{"res":{"statusCode":200},"responseTime":4,"msg":"request completed"}')), 'request completed 200 4ms');
    assert.equal(searchTextOf(read('{"res":{"statusCode":404},"msg":"not there"}')), 'not there 404');
  });
});

describe('the message', () => {
  for (const [entry, message] of [
    ['{"msg":"a","message":"b","err":{"message":"c"}}', 'a'],
    ['{"msg":"","message":"b"}', ''],
    ['{"message":"b","err":{"message":"c"}}', 'b'],
    ['{"msg":null,"message":"b"}', 'b'],
    ['{"err":{"message":"c"}}', 'c'],
    ['{"level":30}', '{"level":30}'],
    ['{"msg":null}', '{"msg":null}'],
    ['{"err":{"message":null}}', '{"err":{"message":null}}'],
    ['{"err":"c"}', '{"err":"c"}'],
    ['{"msg":12345678901234567890}', '12345678901234567890'],
    ['{"msg":1.10}', '1.10'],
    ['{"msg":false}', 'false'],
    ['{"msg": { "a" : [1] } }', '{ "a" : [1] }'],
    [' {"m\\u0073g":{"a":1}}', '{"a":1}'],
    ['{"msg":1,"msg":[2]}', '[2]'],
    ['{"err":{"message":{"code":7}}}', '{"code":7}'],
    ['{}', '{}'],
    ['[]', '[]'],
    ['null', 'null'],
    ['42', '42'],
    ['true', 'true'],
    ['"words"', 'words'],
    ['""', ''],
    ['{"__proto__":{"msg":"x"}}', '{"__proto__":{"msg":"x"}}'],
    ['{"constructor":{"msg":"x"},"toString":1,"hasOwnProperty":2}', '{"constructor":{"msg":"x"},"toString":1,"hasOwnProperty":2}'],
    ['{"msg":"\\u2028<b>\\u0000\\ud800"}', '\u2028<b>\u0000\ud800'],
  ] as const) {
    test(`of ${entry} is ${JSON.stringify(message)}`, () => assert.equal(read(entry).message, message));
  }

  test('of any depth is read', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    assert.equal(read(`{"msg":${deep}}`).message, deep);
    assert.equal(read(`{"err":{"message":${deep}}}`).message, deep);
    assert.equal(read(`{"a":${deep}}`).message.length, deep.length + 6);
  });
});

describe('the error', () => {
  for (const [entry, summary] of [
    ['{"err":{"type":"TypeError","message":"no such user"},"msg":"no such user"}', 'TypeError: no such user'],
    ['{"err":{"type":"TypeError","message":"x"},"msg":"saving failed"}', 'TypeError: saving failed'],
    ['{"err":{"type":"Error","message":"x"},"msg":"x"}', 'x'],
    ['{"err":{"type":"","message":"x"},"msg":"x"}', 'x'],
    ['{"err":{"type":7,"message":"x"},"msg":"x"}', 'x'],
    ['{"err":{"type":"TypeError","message":"x"},"msg":"TypeError: x"}', 'TypeError: x'],
    ['{"err":["TypeError"],"msg":"x"}', 'x'],
  ] as const) {
    test(`of ${entry} reads ${summary}`, () => assert.equal(summaryOf(read(entry)), summary));
  }
});

describe('the time', () => {
  const time = Date.UTC(2025, 10, 22, 12, 4, 8, 201);
  for (const [what, value, expected] of [
    ['pino’s own', time, time],
    ['with fractions', time + 0.5, time + 0.5],
    ['isoTime', '2025-11-22T12:04:08.201Z', time],
    ['isoTime with an offset', '2025-11-22T13:04:08.201+01:00', time],
    ['a date alone', '2025-11-22', Date.UTC(2025, 10, 22)],
    ['unixTime', 1763813048, 1763813048_000],
    ['unixTime with fractions', 1763813048.201, time],
    ['the first number that is milliseconds', 1e11, 1e11],
    ['the last number that is seconds', 1e11 - 1, (1e11 - 1) * 1000],
    ['uptime in milliseconds', 5000, 5000],
    ['before 1970', -5, -5],
    ['the last that a Date holds', 8.64e15, 8.64e15],
  ] as const) {
    test(`${what}: ${value}`, () => assert.equal(readTime(value), expected));
  }
  const none = [
    8.64e15 + 1, -8.65e15, 1e300, NaN, Infinity, null, undefined, true, {}, [time],
    '', 'now', '12:04:08', 'step 3', 'May 1', '1763813048', '2025-13-45', '2025-11-22T25:00:00Z', '20251122', ' 2025-11-22',
  ];
  for (const value of none) {
    test(`${JSON.stringify(value)} is none`, () => assert.equal(readTime(value), NaN));
  }
});

test('what a page has put on the prototype of all objects is in no entry', () => {
  const polluted = Object.prototype as { msg?: string; responseTime?: number };
  Object.assign(polluted, { msg: 'polluted', responseTime: 5 });
  try {
    assert.equal(summaryOf(read(`{${request}}`)), `{${request}}`);
  } finally {
    delete polluted.msg;
    delete polluted.responseTime;
  }
});

test('a duration is whole, or has one decimal below ten', () => {
  assert.deepEqual([0, 0.06, 1, 1.25, 9.94, 9.96, 10.4, 999.5, 1e6].map(formatDuration), ['0', '0.1', '1', '1.3', '9.9', '10', '10', '1000', '1000000']);
});

test('ten thousand entries of any shape have facts of the right kinds, and a line', () => {
  const keys = ['level', 'time', 'msg', 'message', 'err', 'req', 'res', 'responseTime', 'type', 'method', 'url', 'statusCode', '__proto__', 'constructor', 'toJSON'];
  const key = fc.constantFrom(...keys);
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(null, true, 0, -1, 30, 1e308, '', 'GET', 'x'),
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.uniqueArray(fc.tuple(key, tie('value')), { maxLength: 5, selector: ([name]) => name }).map((members) => Object.fromEntries(members)),
    ),
  }));
  fc.assert(fc.property(fc.oneof(value, fc.jsonValue()), (entry) => {
    const text = JSON.stringify(entry), facts = read(text);
    assert.deepEqual([facts.level, facts.time].map((number) => typeof number), ['number', 'number']);
    assert.deepEqual([facts.message, summaryOf(facts), searchTextOf(facts)].map((words) => typeof words), ['string', 'string', 'string']);
    assert.equal(Number.isInteger(facts.level), true);
    if (!Number.isNaN(facts.time)) assert.notEqual(new Date(facts.time).getTime(), NaN);
  }), { numRuns: 10_000 });
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
});
