import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  decodeServerFrame, encodeAuthenticated, encodeBye, encodeError, encodePong, encodeSubscribed, encodeUnsubscribed, isEntryFrame, peekLevels, type ServerFrame,
} from '../../src/core/protocol.js';

describe('what a server says', () => {
  const control: readonly (readonly [written: string, bytes: string, read: ServerFrame])[] = [
    [encodeSubscribed('info', null), '{"type":"logs","event":"subscribe","log_level":"info"}', { type: 'subscribed', level: 'info', ext: null }],
    [
      encodeSubscribed('info', { v: 1, floor: 'debug', hub: 'h' }),
      '{"type":"logs","event":"subscribe","log_level":"info","ext":{"v":1,"floor":"debug","hub":"h"}}',
      { type: 'subscribed', level: 'info', ext: { v: 1, floor: 'debug', hub: 'h' } },
    ],
    [encodeUnsubscribed(), '{"type":"logs","event":"unsubscribe"}', { type: 'unsubscribed' }],
    [
      encodeError('logs', 'INVALID_PAYLOAD', 'Invalid "x" log level'),
      '{"type":"logs","status":"error","error":{"code":"INVALID_PAYLOAD","message":"Invalid \\"x\\" log level"}}',
      { type: 'error', source: 'logs', code: 'INVALID_PAYLOAD', message: 'Invalid "x" log level' },
    ],
    [
      encodeError('auth', 'AUTH_FAILED', 'No.', 'u1'),
      '{"type":"auth","status":"error","error":{"code":"AUTH_FAILED","message":"No."},"uid":"u1"}',
      { type: 'error', source: 'auth', code: 'AUTH_FAILED', message: 'No.' },
    ],
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

  const notJson = [
    '', ' ', 'hello', '{', '}', '[', 'undefined', '{"type":"logs"', '{"type":"logs","data":', '{"type":"logs","data":{"a":1},"uid":"x"',
    '{"type":"logs","data":,"uid":"x"}', '{"type":"logs","data":{"a":1},"uid":"x"}}', '{"type":"logs","data":1 2,"uid":"x"}',
    '{"type":"logs","data":NaN,"uid":"x"}', '{"type":"logs","data":\'a\',"uid":"x"}', '{"type":"logs","data":{a:1},"uid":"x"}',
    '{"type":"logs","data":"\\x","uid":"x"}', '{"type":"logs","data":1,"uid":"\\q"}', '{"type":"logs","data":1,"uid":"a\nb"}',
    '{"type":"logs","data":1,,"uid":"x"}', '{"type":"logs","data":\u00a01,"uid":"\t"}', '\ufeff{"type":"ping"}', '{"type":"ping"}{"type":"ping"}',
  ];
  const noMessage = [
    'null', 'true', '42', '"ping"', '[]', '[{"type":"ping"}]', '{}', '{"type":null}', '{"type":1}', '{"type":["ping"]}', '{"Type":"ping"}',
    '{"__proto__":{"type":"ping"}}', '{"constructor":1}',
  ];
  const unknown = [
    '{"type":""}', '{"type":"log"}', '{"type":"LOGS"}', '{"type":"__proto__"}', '{"type":"toString"}', '{"type":"subscription","event":"init"}',
    '{"type":"logs"}', '{"type":"logs","event":"gap"}', '{"type":"logs","event":null}', '{"type":"logs","event":["subscribe"]}',
    '{"type":"logs","event":{"type":"packed"}}', '{"type":"logs","event":"packed\\n","seq":1}', '{"type":"logs","__proto__":{"data":1}}',
    '{"type":"auth"}', '{"type":"auth","status":"maybe"}', '{"type":"auth","status":true}',
  ];
  const bad: readonly (readonly [frame: string, read: ServerFrame])[] = [
    ...notJson.map((frame) => [frame, { type: 'unreadable', reason: 'not JSON' }] as const),
    ...noMessage.map((frame) => [frame, { type: 'unreadable', reason: 'no message of this protocol' }] as const),
    ...unknown.map((frame) => [frame, { type: 'unknown' }] as const),
    ['{"type":"logs","event":"subscribe"}', { type: 'subscribed', level: '', ext: null }],
    ['{"type":"logs","event":"subscribe","log_level":{"a":1},"ext":[1]}', { type: 'subscribed', level: '', ext: null }],
    ['{"type":"logs","event":"subscribe","log_level":"info","ext":{"v":2,"floor":"info","hub":"h"}}', { type: 'subscribed', level: 'info', ext: null }],
    [
      '{"type":"logs","event":"subscribe","log_level":"info","ext":{"v":1,"floor":"loud","hub":{}}}',
      { type: 'subscribed', level: 'info', ext: { v: 1, floor: 'trace', hub: '' } },
    ],
    ['{"type":"logs","event":"bye"}', { type: 'bye', code: '' }],
    ['{"type":"logs","status":"error"}', { type: 'error', source: 'logs', code: '', message: '' }],
    ['{"type":"logs","status":"error","error":"no"}', { type: 'error', source: 'logs', code: '', message: '' }],
    ['{"type":"x","status":"error","error":{"code":1,"message":null}}', { type: 'error', source: 'x', code: '1', message: '' }],
    ['{"type":"logs","data":1,"uid":"x","status":"error"}', { type: 'error', source: 'logs', code: '', message: '' }],
    ['{"type":"logs","data":1,"uid":"x","type":"ping"}', { type: 'ping' }],
  ];
  for (const [frame, read] of bad) {
    test(`${JSON.stringify(frame)} is ${read.type}`, () => assert.deepEqual(decodeServerFrame(frame), read));
  }

  test('is read whatever it is, and what may wait unread is what carries entries', () => {
    const frame = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((text) => `{"type":"logs","data":${text}`),
      fc.string().map((text) => `{"type":"logs","data":${text},"uid":"x"}`),
      fc.string().map((text) => `{"type":"logs","event":"packed"${text}\n${text}`),
    );
    fc.assert(fc.property(frame, (text) => {
      const { type } = decodeServerFrame(text);
      if (isEntryFrame(text)) assert.match(type, /^(?:entry|packed|unreadable|error)$/);
      assert.notEqual(peekLevels(text).length, 0);
    }), { numRuns: 2000 });
  });
});
