import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { LEVEL_NAMES } from '../../src/core/levels.js';
import { readErrorCode, readFloor, readOffer, readRefusalCode } from '../../src/core/server-info.js';
import { readTranscript } from '../helpers/directus-transcripts.js';

/** `data.websocket` of /server/info, as it was recorded. */
const recorded = (file: string): unknown => readTranscript(file).find((line) => line.websocket !== undefined)?.websocket;
const info = (websocket: unknown): unknown => ({ data: { project: { project_name: 'x' }, websocket } });
const levels = (allowedLogLevels: unknown): unknown => info({ logs: { allowedLogLevels } });

describe('the floor', () => {
  for (const [file, floor] of [['defaults.jsonl', 'info'], ['levels-ws-debug-log-error.jsonl', 'debug'], ['nonadmin.jsonl', null], ['off-logs-disabled.jsonl', null], ['off-websockets-disabled.jsonl', null]] as const) {
    test(`as recorded in ${file} is ${floor ?? 'not said'}`, () => assert.equal(readFloor(info(recorded(file))), floor));
  }

  test('is the least of the six that is named, in whatever order, whatever else is named', () => {
    assert.equal(readFloor(levels({ fatal: 60, warn: 40, error: 50 })), 'warn');
    assert.equal(readFloor(levels({ audit: 35, error: 50 })), 'error');
  });

  test('is not known of anything else', () => {
    for (const body of [null, 'info', [], {}, info(undefined), levels(null), levels({}), levels({ info: '30' }), levels(['info']), levels('info'), levels({ audit: 35 })]) {
      assert.equal(readFloor(body), null, JSON.stringify(body));
    }
  });

  test('is never what an object has from elsewhere', () => {
    assert.equal(readFloor(Object.create({ data: { websocket: { logs: { allowedLogLevels: { info: 30 } } } } })), null);
  });
});

test('any body can be read', () => {
  fc.assert(fc.property(fc.oneof(fc.anything(), fc.jsonValue().map(levels)), (body) => {
    const floor = readFloor(body), code = readErrorCode(body);
    readOffer(body);
    return (floor === null || LEVEL_NAMES.includes(floor)) && (code === null || typeof code === 'string');
  }));
});

test('the code of a refusal of our own endpoint is read where it has one, and is an error code like that of Directus', () => {
  const refusal = { error: { code: 'TOKEN_EXPIRED', message: 'This sign-in has expired.' } };
  assert.deepEqual([readRefusalCode(refusal), readErrorCode(refusal)], ['TOKEN_EXPIRED', 'TOKEN_EXPIRED']);
  for (const body of [null, {}, { error: 'no' }, { error: { code: 5, message: 'x' } }, { error: { code: 'x' } }, { errors: [{ extensions: { code: 'x' } }] }, []]) assert.equal(readRefusalCode(body), null, JSON.stringify(body));
});
