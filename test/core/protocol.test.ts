import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  decodeServerFrame, encodePacked, encodePlainEntry, encodeStampedEntry, type StampedEntry,
} from '../../src/core/protocol.js';

const stamped: StampedEntry = { instance: 'api-1', epoch: 'm3k9', seq: 7, lseq: 3, level: 30, text: '{"level":30,"msg":"a"}' };

/** JSON as somebody else may write it: white space, escapes, digits beyond a double, repeated keys. */
const json: fc.Arbitrary<string> = fc.oneof(
  fc.json(),
  fc.tuple(fc.json(), fc.constantFrom(1, '\t')).map(([text, space]) => JSON.stringify(JSON.parse(text), null, space)),
  fc.json().map((text) => `{"level":40,"n":12345678901234567890,"d":1.10,"a":1,"a":${text},"uid":"x"}`),
  fc.string().map((words) => JSON.stringify({ level: 30, msg: words, data: { uid: words }, uid: 'y' })),
);

const anyLevel = fc.oneof(fc.constantFrom(10, 20, 30, 40, 50, 60), fc.integer({ min: -99, max: 999 }));
/** What one instance logs, some of it left out. */
const entries = fc.array(fc.record({ step: fc.integer({ min: 1, max: 9 }), level: anyLevel, value: fc.json() }), { minLength: 1, maxLength: 30 })
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
    assert.equal(encodeStampedEntry({ ...stamped, level: 60 }, 30),
      '{"type":"logs","data":{"level":30,"msg":"a"},"uid":"api-1","epoch":"m3k9","seq":7,"lseq":3,"level":60}');
  });

  test('is read back from either frame, its text to the byte', () => {
    fc.assert(fc.property(json, fc.string(), fc.string(), (text, instance, epoch) => {
      const entry = { ...stamped, text, instance, epoch }, stamp = { epoch, seq: 7, lseq: 3 };
      const read = { type: 'entry', instance, text: text.trim(), value: JSON.parse(text) as unknown };
      assert.deepEqual(decodeServerFrame(encodePlainEntry(entry)), { ...read, level: null, stamp: null });
      assert.deepEqual(decodeServerFrame(encodeStampedEntry(entry, 30)), { ...read, level: null, stamp });
      assert.deepEqual(decodeServerFrame(encodeStampedEntry(entry, 0)), { ...read, level: 30, stamp });
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
      fc.constantFrom('"seq":1', '"lseq":1', '"epoch":"e"', '"level":50', '"level":null', '"level":"warn"', '"type":"logs"', '"status":"ok"'),
    );
    fc.assert(fc.property(fc.array(member, { maxLength: 6 }), json, fc.array(member, { maxLength: 6 }), (before, data, after) => {
      const frame = `{${['"type":"logs"', ...before, `"data":${data}`, ...after].join(',')}}`, parsed = JSON.parse(frame) as { data: unknown };
      const decoded = decodeServerFrame(frame);
      assert.ok(decoded.type === 'entry', decoded.type);
      assert.deepEqual(decoded.value, parsed.data);
      assert.deepEqual(JSON.parse(decoded.text), parsed.data);
      assert.equal(frame.includes(decoded.text), true);
    }), { numRuns: 500 });
  });

  test('has no stamp where a part of it is no number of an entry', () => {
    for (const [epoch, seq, lseq] of [['"e"', '0', '1'], ['"e"', '1', '-1'], ['"e"', '1.5', '1'], ['"e"', '1e300', '1'], ['"e"', '"1"', '1'],
      ['1', '1', '1'], ['null', '1', '1'], ['"e"', 'null', '1']]) {
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
    assert.deepEqual(decodeServerFrame(frame), { type: 'packed', instance: 'api-1', epoch: 'm3k9', seqs: [7, 8, 9], lseqs: [3, 9, 4], levels: [30, 50, 30], lines: texts });
  });

  test('says the distance of its entries where a level is left out between them', () => {
    const frame = encodePacked([2, 3, 9].map((seq, index) => ({ ...stamped, seq, lseq: index + 1 })));
    assert.match(frame, /"seq":2,"steps":\[1,6\],"levels"/);
    assert.deepEqual((decodeServerFrame(frame) as { seqs?: unknown }).seqs, [2, 3, 9]);
  });

  test('of one entry needs no steps', () => {
    assert.deepEqual(decodeServerFrame(encodePacked([stamped])), { type: 'packed', instance: 'api-1', epoch: 'm3k9', seqs: [7], lseqs: [3], levels: [30], lines: [stamped.text] });
    assert.throws(() => encodePacked([]), RangeError);
  });

  test('gives back what was put in', () => {
    fc.assert(fc.property(entries, (list) => {
      assert.deepEqual(decodeServerFrame(encodePacked(list)), {
        type: 'packed', instance: 'é"\\\u2028', epoch: 'e\n',
        seqs: list.map(({ seq }) => seq), lseqs: list.map(({ lseq }) => lseq), levels: list.map(({ level }) => level), lines: list.map(({ text }) => text),
      });
    }));
  });

  test('may have a line that is no JSON; its other lines are none the worse', () => {
    const frame = '{"type":"logs","event":"packed","uid":"a","epoch":"e","seq":1,"levels":[30,"warn",null],"lseq":{"30":4,"40":1,"0":9}}\n{"a":\n\n1';
    assert.deepEqual(decodeServerFrame(frame), { type: 'packed', instance: 'a', epoch: 'e', seqs: [1, 2, 3], lseqs: [4, 1, 9], levels: [30, 40, 0], lines: ['{"a":', '', '1'] });
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
    'without an lseq': `${head},"seq":1,"levels":[30]}\n1`,
    'without the lseq of one level': `${head},"seq":1,"levels":[30,40],"lseq":{"30":1}}\n1\n2`,
    'with an lseq of 0': `${head},"seq":1,"levels":[30],"lseq":{"30":0}}\n1`,
    'whose lseq passes the last exact number': `${head},"seq":1,"levels":[30,30],"lseq":{"30":9007199254740991}}\n1\n2`,
    'whose steps pass the last exact number': `${head},"seq":9007199254740991,"levels":[30,30]}\n1\n2`,
  })) {
    test(`${what} is unreadable`, () => {
      const decoded = decodeServerFrame(frame);
      assert.ok(decoded.type === 'unreadable', decoded.type);
      assert.match(decoded.reason, /^a packed frame /);
    });
  }
});
