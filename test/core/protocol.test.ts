import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  decodeClientFrame, decodeServerFrame, encodeAuth, encodeAuthenticated, encodeBye, encodeError, encodePacked, encodePlainEntry, encodePong, encodeStampedEntry,
  encodeSubscribe, encodeSubscribed, encodeUnsubscribed, isEntryFrame, peekLevels, type ClientFrame, type ServerFrame, type StampedEntry,
} from '../../src/core/protocol.js';

const stamped: StampedEntry = { instance: 'api-1', epoch: 'm3k9', seq: 7, lseq: 3, level: 30, text: '{"level":30,"msg":"a"}' };

/** JSON as somebody else may write it: white space, escapes, digits beyond a double, repeated keys. */
const json: fc.Arbitrary<string> = fc.oneof(
  fc.json(),
  fc.tuple(fc.json(), fc.constantFrom(1, '\t')).map(([text, space]) => JSON.stringify(JSON.parse(text), null, space)),
  fc.json().map((text) => `{"level":30,"n":12345678901234567890,"d":1.10,"a":1,"a":${text},"uid":"x"}`),
  fc.string().map((words) => JSON.stringify({ level: 30, msg: words, data: { uid: words }, uid: 'y' })),
);

const entries = fc.array(fc.record({ step: fc.integer({ min: 1, max: 9 }), level: fc.oneof(fc.constantFrom(10, 20, 30, 40, 50, 60), fc.integer({ min: -99, max: 999 })), value: fc.json() }), { minLength: 1, maxLength: 30 })
  .map((list): StampedEntry[] => {
    const lseqs = new Map<number, number>();
    let seq = 0;
    return list.map(({ step, level, value }) => {
      const lseq = (lseqs.get(level) ?? 41) + 1;
      lseqs.set(level, lseq);
      return { instance: 'é"\\\u2028', epoch: 'e\n', seq: (seq += step), lseq, level, text: value };
    });
  });

describe('an entry', () => {
  test('is written as Directus writes it, and nothing else is in the frame', () => {
    assert.equal(encodePlainEntry(stamped), '{"type":"logs","data":{"level":30,"msg":"a"},"uid":"api-1"}');
    assert.equal(encodePlainEntry({ ...stamped, instance: 'a"b\n' }), '{"type":"logs","data":{"level":30,"msg":"a"},"uid":"a\\"b\\n"}');
  });

  test('has its stamp behind what Directus writes, and its level only where it claims another', () => {
    assert.equal(encodeStampedEntry(stamped, 30), '{"type":"logs","data":{"level":30,"msg":"a"},"uid":"api-1","epoch":"m3k9","seq":7,"lseq":3}');
    assert.equal(encodeStampedEntry({ ...stamped, level: 60 }, 30), '{"type":"logs","data":{"level":30,"msg":"a"},"uid":"api-1","epoch":"m3k9","seq":7,"lseq":3,"level":60}');
  });

  test('is read back from either frame, its text to the byte', () => {
    fc.assert(fc.property(json, fc.string(), fc.string(), (text, instance, epoch) => {
      const entry = { ...stamped, text, instance, epoch }, value: unknown = JSON.parse(text), trimmed = text.trim();
      assert.deepEqual(decodeServerFrame(encodePlainEntry(entry)), { type: 'entry', instance, text: trimmed, value, level: null, stamp: null });
      assert.deepEqual(decodeServerFrame(encodeStampedEntry(entry, 30)), { type: 'entry', instance, text: trimmed, value, level: null, stamp: { epoch, seq: 7, lseq: 3 } });
      assert.deepEqual(decodeServerFrame(encodeStampedEntry(entry, 0)), { type: 'entry', instance, text: trimmed, value, level: 30, stamp: { epoch, seq: 7, lseq: 3 } });
    }), { numRuns: 500 });
  });

  const texts: readonly (readonly [what: string, frame: string, text: string, instance: string])[] = [
    ['in Directus’ order', '{"type":"logs","data":{"a":1},"uid":"x"}', '{"a":1}', 'x'],
    ['in another order', '{"uid":"x","data":{"a":1},"type":"logs"}', '{"a":1}', 'x'],
    ['with white space', ' { "type" : "logs" ,\n "data" : { "a" : 1.0 } , "uid" : "x" } ', '{ "a" : 1.0 }', 'x'],
    ['with white space around the data alone', '{"type":"logs","data": {"a":1}\t,"uid":"x"}', '{"a":1}', 'x'],
    ['whose data ends like a frame', '{"type":"logs","data":{"a":1,"uid":"x"},"uid":"y"}', '{"a":1,"uid":"x"}', 'y'],
    ['whose data ends like a frame, and that has no uid', '{"type":"logs","data":{"a":1,"uid":"x"}}', '{"a":1,"uid":"x"}', ''],
    ['whose data holds the end of a frame as words', '{"type":"logs","data":{"msg":",\\"uid\\":\\"x\\"}"},"uid":"y"}', '{"msg":",\\"uid\\":\\"x\\"}"}', 'y'],
    ['whose uid holds the end of a frame', '{"type":"logs","data":1,"uid":",\\"uid\\":\\"x"}', '1', ',"uid":"x'],
    ['whose uid is escaped', '{"type":"logs","data":1,"uid":"\\u0061\\n"}', '1', 'a\n'],
    ['whose uid ends with a quote', '{"type":"logs","data":1,"uid":"a\\""}', '1', 'a"'],
    ['with another key between data and uid', '{"type":"logs","data":1,"extra":{"data":2},"uid":"x"}', '1', 'x'],
    ['with a stamp before the uid', '{"type":"logs","data":{"a":1},"seq":1,"uid":"x"}', '{"a":1}', 'x'],
    ['with another key after the uid', '{"type":"logs","data":1,"uid":"x","extra":"}"}', '1', 'x'],
    ['with data twice', '{"type":"logs","data":1,"data":2,"uid":"x"}', '2', 'x'],
    ['with data twice, the second behind', '{"type":"logs","data":1,"uid":"x","data":[2]}', '[2]', 'x'],
    ['with the uid twice', '{"type":"logs","data":1,"uid":"x","uid":"y"}', '1', 'y'],
    ['whose key is escaped', '{"type":"logs","d\\u0061ta":{"a":1},"uid":"x"}', '{"a":1}', 'x'],
    ['with repeated keys in the data', '{"type":"logs","data":{"a":1,"a":2},"uid":"x"}', '{"a":1,"a":2}', 'x'],
    ['with data below another key', '{"type":"logs","meta":{"data":1},"data":2,"uid":"x"}', '2', 'x'],
    ['with a number too long for a double', '{"type":"logs","data":{"n":12345678901234567890.10},"uid":"x"}', '{"n":12345678901234567890.10}', 'x'],
    ['with data null', '{"type":"logs","data":null,"uid":"x"}', 'null', 'x'],
    ['with a numeric uid', '{"type":"logs","data":1,"uid":12}', '1', '12'],
    ['with a uid that is no name', '{"type":"logs","data":1,"uid":{"a":"b"}}', '1', ''],
  ];
  for (const [what, frame, text, instance] of texts) {
    test(`${what} is read as JSON.parse reads it`, () => {
      const decoded = decodeServerFrame(frame);
      assert.ok(decoded.type === 'entry', decoded.type);
      assert.deepEqual([decoded.text, decoded.instance], [text, instance]);
      assert.deepEqual(decoded.value, (JSON.parse(frame) as { data: unknown }).data);
      assert.deepEqual(JSON.parse(decoded.text), decoded.value);
    });
  }

  test('is of any key order its own text and value', () => {
    const member = fc.oneof(
      json.map((text) => `"data":${text}`), fc.string().map((uid) => `"uid":${JSON.stringify(uid)}`), json.map((text) => `"extra":${text}`),
      fc.constantFrom('"seq":1', '"lseq":1', '"epoch":"e"', '"level":50', '"type":"logs"', '"status":"ok"'),
    );
    fc.assert(fc.property(fc.array(member, { maxLength: 6 }), json, fc.array(member, { maxLength: 6 }), (before, data, after) => {
      const frame = `{${['"type":"logs"', ...before, `"data":${data}`, ...after].join(',')}}`, parsed = JSON.parse(frame) as { data: unknown };
      const decoded = decodeServerFrame(frame);
      assert.ok(decoded.type === 'entry');
      assert.deepEqual(decoded.value, parsed.data);
      assert.deepEqual(JSON.parse(decoded.text), parsed.data);
      assert.ok(frame.includes(`"data":${decoded.text}`) || frame.includes(decoded.text));
    }), { numRuns: 500 });
  });

  test('has no stamp where a part of it is no number of an entry', () => {
    for (const [epoch, seq, lseq] of [['"e"', '0', '1'], ['"e"', '1', '-1'], ['"e"', '1.5', '1'], ['"e"', '1e300', '1'], ['"e"', '"1"', '1'], ['1', '1', '1'], ['null', '1', '1'], ['"e"', 'null', '1']]) {
      const decoded = decodeServerFrame(`{"type":"logs","data":1,"uid":"x","epoch":${epoch},"seq":${seq},"lseq":${lseq}}`);
      assert.equal(decoded.type === 'entry' && decoded.stamp, null, `${epoch} ${seq} ${lseq}`);
    }
  });
});

describe('a packed frame', () => {
  test('has an envelope, and each entry on a line of its own, to the byte', () => {
    const texts = ['{"level":30,"msg":"a"}', '{ "level": 50, "msg": "\u2028\u2029", "n": 1.10 }', '12345678901234567890'];
    const list = texts.map((text, index): StampedEntry => ({ ...stamped, seq: 7 + index, lseq: index === 1 ? 9 : 3 + index, level: index === 1 ? 50 : 30, text }));
    const frame = encodePacked(list);
    assert.equal(frame, `{"type":"logs","event":"packed","uid":"api-1","epoch":"m3k9","seq":7,"levels":[30,50,30],"lseq":{"30":3,"50":9}}\n${texts.join('\n')}`);
    assert.deepEqual(decodeServerFrame(frame), { type: 'packed', instance: 'api-1', epoch: 'm3k9', seqs: [7, 8, 9], levels: [30, 50, 30], lines: texts });
  });

  test('says the distance of its entries where a level is left out between them', () => {
    const frame = encodePacked([2, 3, 9].map((seq, index) => ({ ...stamped, seq, lseq: index + 1 })));
    assert.match(frame, /"seq":2,"steps":\[1,6\],"levels"/);
    assert.deepEqual((decodeServerFrame(frame) as { seqs?: unknown }).seqs, [2, 3, 9]);
  });

  test('of one entry needs no steps', () => {
    assert.deepEqual(decodeServerFrame(encodePacked([stamped])), { type: 'packed', instance: 'api-1', epoch: 'm3k9', seqs: [7], levels: [30], lines: [stamped.text] });
    assert.throws(() => encodePacked([]), RangeError);
  });

  test('gives back what was put in', () => {
    fc.assert(fc.property(entries, (list) => {
      assert.deepEqual(decodeServerFrame(encodePacked(list)), {
        type: 'packed', instance: 'é"\\\u2028', epoch: 'e\n', seqs: list.map(({ seq }) => seq), levels: list.map(({ level }) => level), lines: list.map(({ text }) => text),
      });
    }));
  });

  test('may have a line that is no JSON; its other lines are none the worse', () => {
    const frame = '{"type":"logs","event":"packed","uid":"a","epoch":"e","seq":1,"levels":[30,"warn",null]}\n{"a":\n\n1';
    assert.deepEqual(decodeServerFrame(frame), { type: 'packed', instance: 'a', epoch: 'e', seqs: [1, 2, 3], levels: [30, 40, 0], lines: ['{"a":', '', '1'] });
  });

  const head = '{"type":"logs","event":"packed","uid":"a","epoch":"e"';
  for (const [what, frame] of Object.entries({
    'without a line': '{"type":"logs","event":"packed"}',
    'whose envelope is cut': `${head},"seq":1\n1`,
    'whose envelope is empty after its head': '{"type":"logs","event":"packed"\n1',
    'without a uid': '{"type":"logs","event":"packed","epoch":"e","seq":1,"levels":[30]}\n1',
    'with a numeric epoch': '{"type":"logs","event":"packed","uid":"a","epoch":1,"seq":1,"levels":[30]}\n1',
    'without a seq': `${head},"levels":[30]}\n1`,
    'from seq 0': `${head},"seq":0,"levels":[30]}\n1`,
    'from half a seq': `${head},"seq":1.5,"levels":[30]}\n1`,
    'without levels': `${head},"seq":1}\n1`,
    'with levels that are no list': `${head},"seq":1,"levels":{"length":1}}\n1`,
    'with a level too few': `${head},"seq":1,"levels":[30]}\n1\n2`,
    'with a level too many': `${head},"seq":1,"levels":[30,30]}\n1`,
    'with a step too many': `${head},"seq":1,"steps":[1,1],"levels":[30,30]}\n1\n2`,
    'with steps that are no list': `${head},"seq":1,"steps":1,"levels":[30,30]}\n1\n2`,
    'with a step of 0': `${head},"seq":1,"steps":[0],"levels":[30,30]}\n1\n2`,
    'with a step that is no number': `${head},"seq":1,"steps":["1"],"levels":[30,30]}\n1\n2`,
    'whose steps pass the last exact number': `${head},"seq":9007199254740991,"levels":[30,30]}\n1\n2`,
  })) {
    test(`${what} is unreadable`, () => {
      const decoded = decodeServerFrame(frame);
      assert.ok(decoded.type === 'unreadable', decoded.type);
      assert.match(decoded.reason, /^a packed frame /);
      assert.deepEqual(peekLevels(frame), [0], 'and counts as one entry where it is dropped unread');
    });
  }
});

describe('what a server says', () => {
  const control: readonly (readonly [written: string, bytes: string, read: ServerFrame])[] = [
    [encodeSubscribed('info', null), '{"type":"logs","event":"subscribe","log_level":"info"}', { type: 'subscribed', level: 'info', ext: null }],
    [encodeSubscribed('info', { v: 1, floor: 'debug', hub: 'h' }), '{"type":"logs","event":"subscribe","log_level":"info","ext":{"v":1,"floor":"debug","hub":"h"}}', { type: 'subscribed', level: 'info', ext: { v: 1, floor: 'debug', hub: 'h' } }],
    [encodeUnsubscribed(), '{"type":"logs","event":"unsubscribe"}', { type: 'unsubscribed' }],
    [encodeError('logs', 'INVALID_PAYLOAD', 'Invalid "x" log level'), '{"type":"logs","status":"error","error":{"code":"INVALID_PAYLOAD","message":"Invalid \\"x\\" log level"}}', { type: 'error', source: 'logs', code: 'INVALID_PAYLOAD', message: 'Invalid "x" log level' }],
    [encodeError('auth', 'AUTH_FAILED', 'No.', 'u1'), '{"type":"auth","status":"error","error":{"code":"AUTH_FAILED","message":"No."},"uid":"u1"}', { type: 'error', source: 'auth', code: 'AUTH_FAILED', message: 'No.' }],
    [encodeAuthenticated(null), '{"type":"auth","status":"ok"}', { type: 'authenticated' }],
    [encodeAuthenticated(7), '{"type":"auth","status":"ok","uid":7}', { type: 'authenticated' }],
    [encodePong(), '{"type":"pong"}', { type: 'pong' }],
    [encodeBye('restart'), '{"type":"logs","event":"bye","code":"restart"}', { type: 'bye', code: 'restart' }],
  ];
  for (const [written, bytes, read] of control) {
    test(bytes, () => {
      assert.equal(written, bytes);
      assert.deepEqual(decodeServerFrame(written), read);
      assert.equal(isEntryFrame(written), false);
    });
  }

  const bad: readonly (readonly [frame: string, read: ServerFrame])[] = [
    ...['', ' ', 'hello', '{', '}', '[', '{"type":"logs"', '{"type":"logs","data":', '{"type":"logs","data":{"a":1},"uid":"x"', '{"type":"logs","data":,"uid":"x"}', '{"type":"logs","data":{"a":1},"uid":"x"}}',
      '{"type":"logs","data":1 2,"uid":"x"}', '{"type":"logs","data":NaN,"uid":"x"}', '{"type":"logs","data":\'a\',"uid":"x"}', '{"type":"logs","data":{a:1},"uid":"x"}', '{"type":"logs","data":"\\x","uid":"x"}',
      '{"type":"logs","data":1,"uid":"\\q"}', '{"type":"logs","data":1,"uid":"a\nb"}', '{"type":"logs","data":1,,"uid":"x"}', '{"type":"logs","data":\u00a01,"uid":"\t"}', '\ufeff{"type":"ping"}', 'undefined', '{"type":"ping"}{"type":"ping"}',
    ].map((frame) => [frame, { type: 'unreadable', reason: 'not JSON' }] as const),
    ...['null', 'true', '42', '"ping"', '[]', '[{"type":"ping"}]', '{}', '{"type":null}', '{"type":1}', '{"type":["ping"]}', '{"Type":"ping"}', '{"__proto__":{"type":"ping"}}', '{"constructor":1}',
    ].map((frame) => [frame, { type: 'unreadable', reason: 'no message of this protocol' }] as const),
    ...['{"type":""}', '{"type":"log"}', '{"type":"LOGS"}', '{"type":"__proto__"}', '{"type":"toString"}', '{"type":"subscription","event":"init"}', '{"type":"logs"}', '{"type":"logs","event":"gap"}', '{"type":"logs","event":null}',
      '{"type":"logs","event":["subscribe"]}', '{"type":"logs","event":{"type":"packed"}}', '{"type":"auth"}', '{"type":"auth","status":"maybe"}', '{"type":"auth","status":true}', '{"type":"logs","__proto__":{"data":1}}',
    ].map((frame) => [frame, { type: 'unknown' }] as const),
    ['{"type":"logs","event":"subscribe"}', { type: 'subscribed', level: '', ext: null }],
    ['{"type":"logs","event":"subscribe","log_level":{"a":1},"ext":[1]}', { type: 'subscribed', level: '', ext: null }],
    ['{"type":"logs","event":"subscribe","log_level":"info","ext":{"v":2,"floor":"info","hub":"h"}}', { type: 'subscribed', level: 'info', ext: null }],
    ['{"type":"logs","event":"subscribe","log_level":"info","ext":{"v":1,"floor":"loud","hub":{}}}', { type: 'subscribed', level: 'info', ext: { v: 1, floor: 'trace', hub: '' } }],
    ['{"type":"logs","event":"bye"}', { type: 'bye', code: '' }],
    ['{"type":"logs","status":"error"}', { type: 'error', source: 'logs', code: '', message: '' }],
    ['{"type":"logs","status":"error","error":"no"}', { type: 'error', source: 'logs', code: '', message: '' }],
    ['{"type":"x","status":"error","error":{"code":1,"message":null}}', { type: 'error', source: 'x', code: '1', message: '' }],
    ['{"type":"logs","event":"packed\\n","seq":1}', { type: 'unknown' }],
  ];
  for (const [frame, read] of bad) {
    test(`${JSON.stringify(frame)} is ${read.type}`, () => assert.deepEqual(decodeServerFrame(frame), read));
  }

  test('is read whatever it is, and what may wait unread is what carries entries', () => {
    const frame = fc.oneof(fc.string(), fc.json(), json.map((text) => `{"type":"logs","data":${text}`), fc.string().map((text) => `{"type":"logs","data":${text},"uid":"x"}`), fc.string().map((text) => `{"type":"logs","event":"packed"${text}\n${text}`));
    fc.assert(fc.property(frame, (text) => {
      const { type } = decodeServerFrame(text);
      if (isEntryFrame(text)) assert.ok(type === 'entry' || type === 'packed' || type === 'unreadable' || type === 'error', type);
      assert.ok(peekLevels(text).length >= 1);
    }), { numRuns: 2000 });
  });
});

describe('the levels of a frame that is not read', () => {
  test('are those that reading it would give', () => {
    const data = fc.oneof(json, fc.jsonValue().map((level) => `{"req":{"level":60},"msg":"\\"level\\":50","level":${JSON.stringify(level)}}`), fc.constantFrom('{"level":20,"level":50}', '{"level":"warn"}', '{"level":"30"}', '{"level":-5}', '{"level":30.9}', '[{"level":50}]', '"level"'));
    fc.assert(fc.property(data, fc.integer({ min: -99, max: 99 }), fc.boolean(), (text, level, isStamped) => {
      const entry = { ...stamped, text, level }, frame = isStamped ? encodeStampedEntry(entry, 1000) : encodePlainEntry(entry);
      const value = JSON.parse(text) as { level?: unknown } | null;
      const claimed = isStamped ? level : typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, 'level') ? value.level : undefined;
      const names: Record<string, number> = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 };
      const expected = typeof claimed === 'string' ? (names[claimed.toLowerCase()] ?? 0) : typeof claimed === 'number' ? Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.trunc(claimed))) : 0;
      assert.deepEqual(peekLevels(frame).map((peeked) => peeked + 0), [expected + 0]);
    }), { numRuns: 500 });
  });

  test('are those of the envelope where the frame is packed', () => {
    fc.assert(fc.property(entries, (list) => assert.deepEqual(peekLevels(encodePacked(list)), list.map(({ level }) => level))));
  });
});

describe('what a client says', () => {
  const client: readonly (readonly [frame: string, read: ClientFrame])[] = [
    [encodeSubscribe('warn'), { type: 'subscribe', level: 'warn', ext: { v: 1 } }],
    [encodeAuth('t"'), { type: 'auth', accessToken: 't"', uid: null }],
    ['{"type":"subscribe","log_level":"loud"}', { type: 'subscribe', level: 'loud', ext: null }],
    ['{"type":"subscribe","log_level":"info","ext":{"v":3,"resume":{}}}', { type: 'subscribe', level: 'info', ext: { v: 3 } }],
    ...['{"v":0}', '{"v":"1"}', '{}', '[]', 'null', '1'].map((ext) => [`{"type":"subscribe","log_level":"info","ext":${ext}}`, { type: 'subscribe', level: 'info', ext: null }] as const),
    ['{"type":"unsubscribe"}', { type: 'unsubscribe' }],
    ['{"type":"auth","access_token":"t","uid":"u"}', { type: 'auth', accessToken: 't', uid: 'u' }],
    ['{"type":"auth","access_token":"t","uid":7}', { type: 'auth', accessToken: 't', uid: 7 }],
    ['{"type":"auth","access_token":"t","uid":{}}', { type: 'auth', accessToken: 't', uid: null }],
    ['{"type":"ping"}', { type: 'ping' }],
    ['{"type":"pong"}', { type: 'pong' }],
    ...['{"type":"items"}', '{"type":""}', '{"type":"toString"}'].map((frame) => [frame, { type: 'unknown' }] as const),
    ...['', 'x', 'null', '[]', '1', '{}', '{"type":1}', '{"type":"subscribe"'].map((frame) => [frame, { type: 'invalid', source: 'server', message: 'Unable to parse the incoming message.' }] as const),
    ...([['', 'undefined'], [',"log_level":null', 'null'], [',"log_level":30', 'number'], [',"log_level":["info"]', 'array'], [',"log_level":{}', 'object'], [',"log_level":true', 'boolean']] as const).map(([member, kind]) => [`{"type":"subscribe"${member}}`, {
      type: 'invalid', source: 'logs', message: `Validation error: Invalid input: expected string, received ${kind} at "log_level" or Invalid input: expected "unsubscribe" at "type"`,
    }] as const),
    ...['{"type":"auth"}', '{"type":"auth","access_token":null}', '{"type":"auth","access_token":1}'].map((frame) => [frame, { type: 'invalid', source: 'server', message: 'An "auth" message needs an "access_token".' }] as const),
  ];
  for (const [frame, read] of client) {
    test(frame === '' ? 'nothing' : frame, () => assert.deepEqual(decodeClientFrame(frame), read));
  }

  test('subscribes in bytes that Directus takes', () => {
    assert.equal(encodeSubscribe('info'), '{"type":"subscribe","log_level":"info","ext":{"v":1}}');
    assert.equal(encodeAuth('abc'), '{"type":"auth","access_token":"abc"}');
  });

  test('is read whatever it is', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => assert.equal(typeof decodeClientFrame(text).type, 'string')), { numRuns: 500 });
  });
});
