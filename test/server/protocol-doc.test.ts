// PROTOCOL.md is read, and what it shows must be what the code understands.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CLOSE_CODES, decodeClientFrame, decodeServerFrame } from '../../src/core/protocol.js';
import { DEFAULTS } from '../../src/server/config.js';
import { encodeRefusal, refusals } from '../../src/server/upgrade-gate.js';

const text = readFileSync(new URL('../../PROTOCOL.md', import.meta.url), 'utf8');

/** The blocks ```json WHO TYPE: each line is a frame, except that a packed frame is a whole block. */
const examples = [...text.matchAll(/^```json (\w+)(?: (\w+))?\n([^]*?)\n```$/gm)].flatMap(([, who = '', type = '', block = '']) => (
  (type === 'packed' ? [block] : block.split('\n')).map((frame) => ({ who, type, frame }))));

test('the document shows every kind of frame, and no block is left out', () => {
  assert.equal([...text.matchAll(/^```json/gm)].length, new Set([...text.matchAll(/^```json \w+.*\n[^]*?\n```$/gm)].map(({ index }) => index)).size);
  const shown = (who: string): string[] => [...new Set(examples.filter((example) => example.who === who).map(({ type }) => type))].sort();
  assert.deepEqual(shown('client'), ['auth', 'invalid', 'ping', 'pong', 'subscribe', 'unsubscribe']);
  assert.deepEqual(shown('server'), ['authenticated', 'bus', 'bye', 'entry', 'error', 'gap', 'mark', 'packed', 'pong', 'stream', 'subscribed', 'unknown', 'unsubscribed']);
});

for (const { who, type, frame } of examples.filter((example) => example.who !== 'http')) {
  test(`${who} → ${type}: ${frame.slice(0, 90)}`, () => {
    const decoded = who === 'client' ? decodeClientFrame(frame) : decodeServerFrame(frame);
    assert.equal(decoded.type, type);
    // what the frame says is what was understood: no key of the extension is lost on the way
    if (decoded.type === 'entry' && frame.includes('"lseq"')) assert.ok(decoded.stamp !== null);
    if (decoded.type === 'subscribed') assert.equal(decoded.ext !== null, frame.includes('"ext"'));
    if (decoded.type === 'mark') assert.equal(decoded.quiet.size > 0, frame.includes('"quiet"'));
    if (decoded.type === 'stream') assert.equal(decoded.time !== null, frame.includes('"t":'));
    if (decoded.type === 'packed') assert.equal(decoded.lines.length, frame.split('\n').length - 1);
    if (decoded.type === 'bye') assert.ok(Object.hasOwn(CLOSE_CODES, decoded.code));
    if (decoded.type === 'error') assert.ok(decoded.code !== '' && decoded.message !== '');
  });
}

test('every refusal at the upgrade is in its table, and its body is the one shown', () => {
  for (const { status, code } of Object.values(refusals)) assert.match(text, new RegExp(`^\\| ${status} \\| .*\`${code}\``, 'm'));
  assert.equal(encodeRefusal(refusals.expired).split('\r\n\r\n')[1], examples.find(({ who }) => who === 'http')?.frame);
});

test('every close code and every limit is the one of the code', () => {
  for (const [name, code] of Object.entries(CLOSE_CODES)) assert.match(text, new RegExp(`^\\| ${code} \\| \`${name}\` \\|`, 'm'));
  const { path, maxPayloadBytes, maxMessages, messageWindowMs, heartbeatMs, maxRingEntries, maxRingBytes, maxBufferedBytes, maxEntryBytes } = DEFAULTS;
  const comma = new Intl.NumberFormat('en-US').format;
  for (const said of [
    `GET ${path}`, `${comma(maxPayloadBytes)} bytes long, and ${maxMessages} may be sent in ${messageWindowMs / 1000} s`, `ping every ${heartbeatMs / 1000} s`,
    `${comma(maxRingEntries)} entries, ${maxRingBytes / 2 ** 20} MiB`, `its socket holds (${maxBufferedBytes / 2 ** 20} MiB)`, `longer than ${maxEntryBytes / 2 ** 10} KiB`,
  ]) assert.ok(text.replaceAll('\n', ' ').includes(said), said);
});
