import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeClientFrame, encodeAuth, encodeSubscribe, type ClientFrame, type ResumePoints } from '../../src/core/protocol.js';

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
    [encodeSubscribe('warn'), { type: 'subscribe', level: 'warn', ext: { v: 1, resume: null } }],
    [encodeSubscribe('warn', points), { type: 'subscribe', level: 'warn', ext: { v: 1, resume: points } }],
    [encodeAuth('t"'), { type: 'auth', accessToken: 't"', uid: null }],
    ['{"type":"subscribe","log_level":"loud"}', { type: 'subscribe', level: 'loud', ext: null }],
    ['{"type":"subscribe","log_level":"info","ext":{"v":3,"resume":{}}}', { type: 'subscribe', level: 'info', ext: { v: 3, resume: null } }],
    ...noPoints.map((resume) => [`{"type":"subscribe","log_level":"info","ext":{"v":1,"resume":${resume}}}`, { type: 'subscribe', level: 'info', ext: { v: 1, resume: null } }] as const),
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

  test('names as many streams as one message holds, to the byte', () => {
    for (const name of ['x', 'ünïcödé ☃', '\ud800', 'n'.repeat(200)]) {
      const many: ResumePoints = new Map(Array.from({ length: 900 }, (_, n) => [`${name}${n}`, { epoch: 'm3k9x1Qa', seq: 2 ** 52 }]));
      const frame = encodeSubscribe('error', many), decoded = decodeClientFrame(frame);
      assert.ok(Buffer.byteLength(frame) <= 4096 && frame.length > 3500, String(frame.length));
      const resume = decoded.type === 'subscribe' ? [...decoded.ext?.resume ?? []] : [];
      assert.deepEqual(resume, [...many].slice(0, resume.length));
    }
  });

  test('is read whatever it is', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => assert.equal(typeof decodeClientFrame(text).type, 'string')), { numRuns: 500 });
  });
});
