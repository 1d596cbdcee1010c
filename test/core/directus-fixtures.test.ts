// Every frame that a real Directus was recorded to send, sent again by a real WebSocket server, says what the tables written by hand say
// (test/fixtures/directus/README.md): row text, detail, digits, and counts.
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { WebSocket } from 'ws';
import { membersOf, rootOf, unquote } from '../../src/core/json-text.js';
import { readEntry, summaryOf } from '../../src/core/log-entry.js';
import { decodeServerFrame, type ServerFrame } from '../../src/core/protocol.js';
import { expectedControls, expectedCounts, expectedEntries, TRANSCRIPTS, type ExpectedCounts } from '../helpers/directus-transcripts.js';
import { startFakeDirectus, type FakeDirectus } from '../helpers/fake-directus.js';

let server: FakeDirectus | null = null;
afterEach(async () => {
  await server?.close();
});

/** What arrives at a client while `send` sends to it: `count` frames. */
async function arriving(send: (server: FakeDirectus) => number): Promise<string[]> {
  const running = server = await startFakeDirectus();
  const socket = new WebSocket(`${running.url}?access_token=lab-admin-static-token`), frames: string[] = [];
  return new Promise((resolve, reject) => {
    let count = Infinity;
    const look = (): void => void (frames.length >= count && resolve(frames));
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      frames.push(data.toString());
      look();
    });
    socket.on('open', () => {
      count = send(running);
      look();
    });
  });
}

function countsOf(frames: readonly ServerFrame[]): ExpectedCounts {
  const of = (...types: string[]): number => frames.filter(({ type }) => types.includes(type)).length;
  const entries = of('entry', 'packed'), unknown = of('unknown'), unreadable = of('unreadable');
  return { entries, unknown, unreadable, controls: frames.length - entries - unknown - unreadable };
}

/** A control frame as its line in the table reads. */
function argumentsOf(frame: ServerFrame): string[] {
  switch (frame.type) {
    case 'subscribed': return [frame.level];
    case 'error': return [frame.source, frame.code, frame.message];
    default: return [];
  }
}

/** The JSON at a dotted path, as written. */
function writtenAt(text: string, path: string): string | undefined {
  let at = rootOf(text);
  for (const key of path.split('.')) {
    const member = membersOf(text, at.start).find((candidate) => candidate.key === key);
    if (member === undefined) return undefined;
    at = member;
  }
  return text.slice(at.start, at.end);
}

function check(text: string, expectation: string): void {
  const [, path = '', operator = '', value = ''] = /^([\w.]+)(=| has )(.*)$/s.exec(expectation) ?? [];
  assert.notEqual(path, '', `"${expectation}" is no check`);
  const written = writtenAt(text, path) ?? '';
  if (operator === '=') assert.equal(written, value, path);
  else assert.ok(unquote(written).includes(unquote(`"${value}"`)), `${path} has no ${value}: ${written}`);
}

describe('a recorded Directus', () => {
  for (const file of TRANSCRIPTS) test(`in ${file} shows the rows, the details and the counts of the tables`, async () => {
    const frames = await arriving((fake) => fake.replay(file).length);
    const decoded = frames.map(decodeServerFrame), expected = expectedEntries(file), controls = expectedControls(file);
    assert.deepEqual(countsOf(decoded), expectedCounts(file));
    assert.equal(expected.length + controls.length, frames.length, 'the tables have a line for every frame');
    for (const { frame: number, level, time, instance, row, keys, checks } of expected) {
      const frame = decoded[number - 1], wire = frames[number - 1] ?? '';
      assert.ok(frame?.type === 'entry', `frame ${number} is an entry`);
      const facts = readEntry(frame.value, frame.text);
      assert.deepEqual([summaryOf(facts), facts.level, facts.time, frame.instance], [row, level, time, instance], `frame ${number}`);
      assert.equal(frame.text, wire.slice('{"type":"logs","data":'.length, wire.length - `,"uid":"${instance}"}`.length), `frame ${number}, byte for byte`);
      assert.deepEqual(membersOf(frame.text, 0).map(({ key }) => key), keys, `frame ${number}`);
      for (const expectation of checks) check(frame.text, expectation);
      assert.deepEqual([frame.stamp, frame.level], [null, null], 'Directus does not number its entries');
    }
    for (const { frame: number, type, args } of controls) {
      const frame = decoded[number - 1];
      assert.ok(frame !== undefined);
      assert.deepEqual([frame.type, ...argumentsOf(frame)], [type, ...args], `frame ${number}`);
      if (frame.type === 'subscribed') assert.equal(frame.ext, null, 'Directus does not know the extension');
    }
  });

  test('in all transcripts sent 536 entries and 79 other frames', () => {
    const counts = TRANSCRIPTS.map(expectedCounts), sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);
    assert.deepEqual([sum(counts.map(({ entries }) => entries)), sum(counts.map(({ controls }) => controls))], [536, 79]);
  });
});

test('frames that nobody knows are counted between the others, and none of the others is lost', async () => {
  const unknown = ['{"type":"logs","event":"later"}', '{"type":"items","event":"create","data":[]}', '{"type":"auth","status":"later"}', '{"type":"logs"}'];
  const unreadable = ['not json', '', '[]', 'null', '{"type":5}', '{"hello":1}', '{"type":"logs","data":{"level":30'];
  const frames = await arriving((fake) => {
    let count = 0;
    for (const strange of [...unknown, ...unreadable]) {
      fake.send(strange);
      count += 1 + fake.replay('defaults.jsonl').length;
    }
    return count;
  });
  const times = unknown.length + unreadable.length;
  assert.deepEqual(countsOf(frames.map(decodeServerFrame)), { entries: 12 * times, controls: 1 * times, unknown: unknown.length, unreadable: unreadable.length });
});
