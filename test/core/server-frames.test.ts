import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  decodeServerFrame, encodeAuthenticated, encodeBye, encodeError, encodePong, encodeSubscribed, encodeBus, encodeGap, encodeMark, encodeStream, encodeUnsubscribed, isEntryFrame, NO_NUMBERS, NONE_QUIET, type ServerFrame, type StreamPosition,
} from '../../src/core/protocol.js';

describe('what a server says', () => {
  const position: StreamPosition = { epoch: 'e', seq: 12, levels: new Map([[30, 9], [-5, 3]]) };
  const control: readonly (readonly [written: string, bytes: string, read: ServerFrame])[] = [
    [encodeSubscribed('info', null), '{"type":"logs","event":"subscribe","log_level":"info"}', { type: 'subscribed', level: 'info', ext: null }],
    [
      encodeSubscribed('info', { v: 1, floor: 'debug', hub: 'h' }),
      '{"type":"logs","event":"subscribe","log_level":"info","ext":{"v":1,"floor":"debug","hub":"h"}}',
      { type: 'subscribed', level: 'info', ext: { v: 1, floor: 'debug', hub: 'h', markMs: 0, keep: null, streams: new Map(), quiet: NONE_QUIET, away: null, unknown: [] } },
    ],
    [
      encodeSubscribed('warn', { v: 1, floor: 'info', hub: 'h', markMs: 5000, keep: { entries: 9, bytes: 8, ms: 7 }, streams: new Map([['a', position]]), quiet: new Map([['a', 7]]), away: { since: 8, reason: 'gone' }, unknown: ['b'] }),
      '{"type":"logs","event":"subscribe","log_level":"warn","ext":{"v":1,"floor":"info","hub":"h","mark_ms":5000,"keep":{"entries":9,"bytes":8,"ms":7},'
        + '"streams":{"a":{"epoch":"e","seq":12,"l":{"30":9,"-5":3}}},"quiet":{"a":7},"away":{"since":8,"reason":"gone"},"unknown":["b"]}}',
      {
        type: 'subscribed', level: 'warn',
        ext: { v: 1, floor: 'info', hub: 'h', markMs: 5000, keep: { entries: 9, bytes: 8, ms: 7 }, streams: new Map([['a', position]]), quiet: new Map([['a', 7]]), away: { since: 8, reason: 'gone' }, unknown: ['b'] },
      },
    ],
    [
      encodeGap({ instance: 'a', epoch: 'e', from: 3, to: 9, cause: 'slow', levels: new Map([[30, 5], [40, 2]]) }),
      '{"type":"logs","event":"gap","uid":"a","epoch":"e","from":3,"to":9,"cause":"slow","levels":{"30":5,"40":2}}',
      { type: 'gap', instance: 'a', epoch: 'e', from: 3, to: 9, cause: 'slow', levels: new Map([[30, 5], [40, 2]]) },
    ],
    [
      encodeGap({ instance: 'a', epoch: 'e', from: 3, to: 3, cause: 'expired', levels: null }),
      '{"type":"logs","event":"gap","uid":"a","epoch":"e","from":3,"to":3,"cause":"expired"}',
      { type: 'gap', instance: 'a', epoch: 'e', from: 3, to: 3, cause: 'expired', levels: null },
    ],
    [
      encodeMark(5, new Map([['a', position], ['b', { epoch: '', seq: 0, levels: NO_NUMBERS }]])),
      '{"type":"logs","event":"mark","t":5,"streams":{"a":{"epoch":"e","seq":12,"l":{"30":9,"-5":3}},"b":{"epoch":"","seq":0,"l":{}}}}',
      { type: 'mark', time: 5, streams: new Map([['a', position], ['b', { epoch: '', seq: 0, levels: NO_NUMBERS }]]), quiet: NONE_QUIET },
    ],
    [
      encodeMark(5, new Map([['a', position]]), new Map([['a', 3]])),
      '{"type":"logs","event":"mark","t":5,"streams":{"a":{"epoch":"e","seq":12,"l":{"30":9,"-5":3}}},"quiet":{"a":3}}',
      { type: 'mark', time: 5, streams: new Map([['a', position]]), quiet: new Map([['a', 3]]) },
    ],
    [
      encodeStream('a', position, 'new'),
      '{"type":"logs","event":"stream","uid":"a","epoch":"e","seq":12,"l":{"30":9,"-5":3},"state":"new"}',
      { type: 'stream', instance: 'a', ...position, state: 'new', time: null },
    ],
    [
      encodeStream('a', position, 'end', 1795373210000),
      '{"type":"logs","event":"stream","uid":"a","epoch":"e","seq":12,"l":{"30":9,"-5":3},"state":"end","t":1795373210000}',
      { type: 'stream', instance: 'a', ...position, state: 'end', time: 1795373210000 },
    ],
    [
      encodeBus({ since: 5, reason: 'Redis does not answer' }, 5),
      '{"type":"logs","event":"bus","state":"down","since":5,"reason":"Redis does not answer"}',
      { type: 'bus', away: { since: 5, reason: 'Redis does not answer' }, since: 5 },
    ],
    [encodeBus(null, 9), '{"type":"logs","event":"bus","state":"up","since":9}', { type: 'bus', away: null, since: 9 }],
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
    [encodeBye('restart'), '{"type":"logs","event":"bye","code":"restart"}', { type: 'bye', code: 'restart', retryMs: null }],
    [encodeBye('restart', 1200), '{"type":"logs","event":"bye","code":"restart","retry_ms":1200}', { type: 'bye', code: 'restart', retryMs: 1200 }],
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
  const gap = '{"type":"logs","event":"gap","uid":"a","epoch":"e"', mark = '{"type":"logs","event":"mark","t":1', stream = '{"type":"logs","event":"stream","uid":"a","epoch":"e"';
  const many = (count: number): string => JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [n, 1])));
  const noGap = [
    '{"type":"logs","event":"gap"}', `${gap}}`, `${gap},"from":1}`, `${gap},"from":0,"to":1,"cause":"slow"}`, `${gap},"from":2,"to":1,"cause":"slow"}`,
    `${gap},"from":1,"to":1.5}`, `${gap},"from":"1","to":2}`, `${gap},"from":1,"to":9007199254740992}`, `${gap},"from":1,"to":2,"levels":null}`,
    `${gap},"from":1,"to":2,"levels":[1]}`, `${gap},"from":1,"to":2,"levels":{"30":3}}`, `${gap},"from":1,"to":2,"levels":{"30":-1}}`,
    `${gap},"from":1,"to":2,"levels":{"30":1.5}}`, `${gap},"from":1,"to":2,"levels":{"info":1}}`, `${gap},"from":1,"to":2,"levels":{"030":1}}`,
    `${gap},"from":1,"to":2,"levels":{"__proto__":1}}`, `${gap},"from":1,"to":2,"levels":{"9999999999":1}}`, `${gap},"from":1,"to":99,"levels":${many(65)}}`,
    '{"type":"logs","event":"gap","epoch":"e","from":1,"to":2}', '{"type":"logs","event":"gap","uid":"a","epoch":7,"from":1,"to":2}',
  ];
  const noMark = [
    '{"type":"logs","event":"mark"}', `${mark}}`, `${mark},"streams":[]}`, `${mark},"streams":{"a":null}}`, `${mark},"streams":{"a":{"epoch":"e","seq":1}}}`,
    `${mark},"streams":{"a":{"epoch":"e","seq":-1,"l":{}}}}`, `${mark},"streams":{"a":{"seq":1,"l":{}}}}`, `${mark},"streams":{"a":{"epoch":"e","seq":1,"l":{"30":"1"}}}}`,
    `${mark},"streams":{"${'a'.repeat(257)}":{"epoch":"e","seq":1,"l":{}}}}`, '{"type":"logs","event":"mark","t":"now","streams":{}}',
    `${mark},"streams":${JSON.stringify(Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`i${n}`, { epoch: 'e', seq: 1, l: {} }])))}}`,
  ];
  const noStream = [
    '{"type":"logs","event":"stream"}', `${stream}}`, `${stream},"seq":1,"l":{}}`, `${stream},"seq":1,"l":{},"state":"sleepy"}`, `${stream},"seq":1,"state":"new"}`,
    '{"type":"logs","event":"stream","epoch":"e","seq":1,"l":{},"state":"new"}', `${stream},"seq":null,"l":{},"state":"end"}`,
  ];
  const noBus = [
    '{"type":"logs","event":"bus"}', '{"type":"logs","event":"bus","state":"down"}', '{"type":"logs","event":"bus","state":"down","since":"now"}',
    '{"type":"logs","event":"bus","state":"sideways","since":1}', '{"type":"logs","event":"bus","state":"up","since":-1}', '{"type":"logs","event":"bus","since":1,"reason":"x"}',
  ];
  const unknown = [
    '{"type":""}', '{"type":"log"}', '{"type":"LOGS"}', '{"type":"__proto__"}', '{"type":"toString"}', '{"type":"subscription","event":"init"}',
    '{"type":"logs"}', '{"type":"logs","event":"gaps"}', '{"type":"logs","event":null}', '{"type":"logs","event":["subscribe"]}',
    '{"type":"logs","event":{"type":"packed"}}', '{"type":"logs","event":"packed\\n","seq":1}', '{"type":"logs","__proto__":{"data":1}}',
    '{"type":"auth"}', '{"type":"auth","status":"maybe"}', '{"type":"auth","status":true}',
  ];
  const bad: readonly (readonly [frame: string, read: ServerFrame])[] = [
    ...notJson.map((frame) => [frame, { type: 'unreadable', reason: 'not JSON' }] as const),
    ...noMessage.map((frame) => [frame, { type: 'unreadable', reason: 'no message of this protocol' }] as const),
    ...noGap.map((frame) => [frame, { type: 'unreadable', reason: 'a gap that cannot be' }] as const),
    ...noMark.map((frame) => [frame, { type: 'unreadable', reason: 'a mark that cannot be' }] as const),
    ...noStream.map((frame) => [frame, { type: 'unreadable', reason: 'the news of a stream that cannot be' }] as const),
    ...noBus.map((frame) => [frame, { type: 'unreadable', reason: 'the state of a bus that cannot be' }] as const),
    ['{"type":"logs","event":"bus","state":"down","since":1}', { type: 'bus', away: { since: 1, reason: '' }, since: 1 }],
    [`{"type":"logs","event":"bus","state":"down","since":1,"reason":"${'x'.repeat(999)}"}`, { type: 'bus', away: { since: 1, reason: 'x'.repeat(200) }, since: 1 }],
    [`${mark},"streams":{},"quiet":{"a":"long","${'b'.repeat(257)}":1,"c":2}}`, { type: 'mark', time: 1, streams: new Map(), quiet: new Map([['c', 2]]) }],
    [`${mark},"streams":{},"quiet":[1]}`, { type: 'mark', time: 1, streams: new Map(), quiet: NONE_QUIET }],
    [`${stream},"seq":1,"l":{},"state":"live","t":"later"}`, { type: 'stream', instance: 'a', epoch: 'e', seq: 1, levels: new Map(), state: 'live', time: null }],
    [`${gap},"from":1,"to":2,"cause":"of a later version"}`, { type: 'gap', instance: 'a', epoch: 'e', from: 1, to: 2, cause: null, levels: null }],
    ...unknown.map((frame) => [frame, { type: 'unknown' }] as const),
    ['{"type":"logs","event":"subscribe"}', { type: 'subscribed', level: '', ext: null }],
    ['{"type":"logs","event":"subscribe","log_level":{"a":1},"ext":[1]}', { type: 'subscribed', level: '', ext: null }],
    ['{"type":"logs","event":"subscribe","log_level":"info","ext":{"v":2,"floor":"info","hub":"h"}}', { type: 'subscribed', level: 'info', ext: null }],
    [
      '{"type":"logs","event":"subscribe","log_level":"info","ext":{"v":1,"floor":"loud","hub":{}}}',
      { type: 'subscribed', level: 'info', ext: { v: 1, floor: 'trace', hub: '', markMs: 0, keep: null, streams: new Map(), quiet: NONE_QUIET, away: null, unknown: [] } },
    ],
    [
      '{"type":"logs","event":"subscribe","log_level":"info","ext":{"v":1,"mark_ms":-5,"keep":{"entries":1},"streams":{"a":1},"unknown":[{},"b",7]}}',
      { type: 'subscribed', level: 'info', ext: { v: 1, floor: 'trace', hub: '', markMs: 0, keep: null, streams: new Map(), quiet: NONE_QUIET, away: null, unknown: ['', 'b', '7'] } },
    ],
    ['{"type":"logs","event":"bye"}', { type: 'bye', code: '', retryMs: null }],
    ['{"type":"logs","event":"bye","code":"busy","retry_ms":"soon"}', { type: 'bye', code: 'busy', retryMs: null }],
    ['{"type":"logs","status":"error"}', { type: 'error', source: 'logs', code: '', message: '' }],
    ['{"type":"logs","status":"error","error":"no"}', { type: 'error', source: 'logs', code: '', message: '' }],
    ['{"type":"x","status":"error","error":{"code":1,"message":null}}', { type: 'error', source: 'x', code: '1', message: '' }],
    ['{"type":"logs","data":1,"uid":"x","status":"error"}', { type: 'error', source: 'logs', code: '', message: '' }],
    ['{"type":"logs","data":1,"uid":"x","type":"ping"}', { type: 'ping' }],
  ];
  for (const [frame, read] of bad) {
    test(`${JSON.stringify(frame.slice(0, 200))} is ${read.type}`, () => assert.deepEqual(decodeServerFrame(frame), read));
  }

  test('is read whatever it is, and what may wait unread is what carries entries', () => {
    const frame = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((text) => `{"type":"logs","data":${text}`),
      fc.string().map((text) => `{"type":"logs","data":${text},"uid":"x"}`),
      fc.tuple(fc.constantFrom(gap, mark, stream), fc.json()).map(([head, text]) => `${head},"seq":1,"from":1,"to":2,"state":"new","streams":${text},"levels":${text},"l":${text}}`),
      fc.string().map((text) => `{"type":"logs","event":"packed"${text}\n${text}`),
    );
    fc.assert(fc.property(frame, (text) => {
      const { type } = decodeServerFrame(text);
      if (isEntryFrame(text)) assert.match(type, /^(?:entry|packed|unreadable|error)$/);
    }), { numRuns: 2000 });
  });
});
