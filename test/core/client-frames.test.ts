import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeClientFrame, encodeAuth, encodeSubscribe, type ClientFrame } from '../../src/core/protocol.js';

describe('what a client says', () => {
  const noExtension = ['{"v":0}', '{"v":"1"}', '{}', '[]', 'null', '1'].map((ext) => `{"type":"subscribe","log_level":"info","ext":${ext}}`);
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
    [encodeSubscribe('warn'), { type: 'subscribe', level: 'warn', ext: { v: 1 } }],
    [encodeAuth('t"'), { type: 'auth', accessToken: 't"', uid: null }],
    ['{"type":"subscribe","log_level":"loud"}', { type: 'subscribe', level: 'loud', ext: null }],
    ['{"type":"subscribe","log_level":"info","ext":{"v":3,"resume":{}}}', { type: 'subscribe', level: 'info', ext: { v: 3 } }],
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
    assert.equal(encodeAuth('abc'), '{"type":"auth","access_token":"abc"}');
  });

  test('is read whatever it is', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => assert.equal(typeof decodeClientFrame(text).type, 'string')), { numRuns: 500 });
  });
});
