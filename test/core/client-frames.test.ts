import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeClientFrame, encodeAuth, encodeResume, encodeSubscribe, type ClientFrame, type ResumePoints } from '../../src/core/protocol.js';

describe('what a client says', () => {
  const noExtension = ['{"v":0}', '{"v":"1"}', '{}', '[]', 'null', '1'].map((ext) => `{"type":"subscribe","log_level":"info","ext":${ext}}`);
  const points: ResumePoints = new Map([['api-1', { epoch: 'm3k9', seq: 12 }], ['é"\u2028', { epoch: '', seq: 0 }]]);
  const noPoints = [
    'null', '1', '"x"', '[]', '{}', '{"a":null}', '{"a":{}}', '{"a":{"epoch":1,"seq":1}}', '{"a":{"epoch":"e","seq":-1}}', '{"a":{"epoch":"e","seq":1.5}}',
    '{"a":{"epoch":"e","seq":9007199254740992}}', `{"${'a'.repeat(300)}":{"epoch":"e","seq":1}}`, '{"a":{"epoch":"e","seq":1},"b":{"epoch":"e"}}',
    JSON.stringify(Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`i${n}`, { epoch: 'e', seq: 1 }]))),
  ];
  const unknown = ['{"type":"items"}', '{"type":""}', '{"type":"toString"}'];
  const noMessage = ['', 'x', 'null', '[]', '1', '{}', '{"type":1}', '{"type":"subscribe"'];
  const noToken = ['{"type":"auth"}', '{"type":"auth","access_token":null}', '{"type":"auth","access_token":1}'];
  const noLevel = {
    '{"type":"subscribe"}': 'undefined',
    '{"type":"subscribe","log_level":null}': 'null',
    '{"type":"subscribe","log_level":30}': 'number',
    '{"type":"subscribe","log_level":["info"]}': 'array',
    '{"type":"subscribe","log_level":{}}': 'object',
    '{"type":"subscribe","log_level":true}': 'boolean',
  };
  const expectedString = (kind: string): string =>
    `Validation error: Invalid input: expected string, received ${kind} at "log_level" or Invalid input: expected "unsubscribe" at "type"`;
  const frames: readonly (readonly [frame: string, read: ClientFrame])[] = [
    [encodeSubscribe('warn'), { type: 'subscribe', level: 'warn', ext: { v: 1, resume: null, more: false } }],
    [encodeSubscribe('warn', points), { type: 'subscribe', level: 'warn', ext: { v: 1, resume: points, more: false } }],
    [encodeAuth('t"'), { type: 'auth', accessToken: 't"', uid: null }],
    ['{"type":"subscribe","log_level":"loud"}', { type: 'subscribe', level: 'loud', ext: null }],
    ['{"type":"subscribe","log_level":"info","ext":{"v":3,"resume":{}}}', { type: 'subscribe', level: 'info', ext: { v: 3, resume: null, more: false } }],
    ...noPoints.map((resume) => [`{"type":"subscribe","log_level":"info","ext":{"v":1,"resume":${resume}}}`, { type: 'subscribe', level: 'info', ext: { v: 1, resume: null, more: false } }] as const),
    ...noExtension.map((frame) => [frame, { type: 'subscribe', level: 'info', ext: null }] as const),
    ['{"type":"unsubscribe"}', { type: 'unsubscribe' }],
    ['{"type":"auth","access_token":"t","uid":"u"}', { type: 'auth', accessToken: 't', uid: 'u' }],
    ['{"type":"auth","access_token":"t","uid":7}', { type: 'auth', accessToken: 't', uid: 7 }],
    ['{"type":"auth","access_token":"t","uid":{}}', { type: 'auth', accessToken: 't', uid: null }],
    ['{"type":"ping"}', { type: 'ping' }],
    ['{"type":"pong"}', { type: 'pong' }],
    ...unknown.map((frame) => [frame, { type: 'unknown' }] as const),
    ...noMessage.map((frame) => [frame, { type: 'invalid', source: 'server', message: 'Unable to parse the incoming message.' }] as const),
    ...Object.entries(noLevel).map(([frame, kind]) => [frame, { type: 'invalid', source: 'logs', message: expectedString(kind) }] as const),
    ...noToken.map((frame) => [frame, { type: 'invalid', source: 'server', message: 'An "auth" message needs an "access_token".' }] as const),
  ];
  for (const [frame, read] of frames) {
    test(frame === '' ? 'nothing' : frame, () => assert.deepEqual(decodeClientFrame(frame), read));
  }

  test('subscribes in bytes that Directus takes', () => {
    assert.equal(encodeSubscribe('info'), '{"type":"subscribe","log_level":"info","ext":{"v":1}}');
    assert.equal(encodeSubscribe('info', points),
      '{"type":"subscribe","log_level":"info","ext":{"v":1,"resume":{"api-1":{"epoch":"m3k9","seq":12},"\\u00e9\\"\\u2028":{"epoch":"","seq":0}}}}');
    assert.equal(encodeAuth('abc'), '{"type":"auth","access_token":"abc"}');
  });

  test('names a place in each of a thousand instances, in as many messages of 4,096 bytes as it takes, the last of which begins the subscription', () => {
    const all: ResumePoints = new Map(Array.from({ length: 1000 }, (_, n) => [`q7XkP2m${n}`, { epoch: 'm3k9x1Qa', seq: 10_412 + n }])), frames = encodeResume('info', all);
    assert.ok(frames.every((frame) => frame.length <= 4096) && frames.length <= 15, String(frames.length));
    const read = frames.map(decodeClientFrame).map((frame) => (frame.type === 'subscribe' ? frame.ext : null));
    assert.deepEqual(read.map((ext) => ext?.more), frames.map((_, index) => index < frames.length - 1));
    assert.deepEqual(new Map(read.flatMap((ext) => [...ext?.resume ?? []])), all);
    assert.deepEqual(encodeResume('info', points), [encodeSubscribe('info', points)]);
    assert.deepEqual(encodeResume('info', new Map()), [encodeSubscribe('info')]);
  });

  test('leaves out the last places where names are so long that they would flood the server', () => {
    for (const name of ['ünïcödé ☃'.repeat(2), '\ud800'.repeat(20), 'n'.repeat(200)]) {
      const many: ResumePoints = new Map(Array.from({ length: 900 }, (_, n) => [`${name}${n}`, { epoch: 'm3k9x1Qa', seq: 2 ** 52 }])), frames = encodeResume('error', many);
      assert.ok(frames.length === 15 && frames.every((frame) => Buffer.byteLength(frame) <= 4096 && frame.length > 3500), String(frames.map(({ length }) => length)));
      const resume = frames.map(decodeClientFrame).flatMap((frame) => (frame.type === 'subscribe' ? [...frame.ext?.resume ?? []] : []));
      assert.deepEqual(resume, [...many].slice(0, resume.length));
    }
  });

  test('is read whatever it is', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => assert.equal(typeof decodeClientFrame(text).type, 'string')), { numRuns: 500 });
  });
});
