import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { pino, stdSerializers } from 'pino';
import { readErrorChain, type ErrorChain, type ErrorLink } from '../../src/core/error-chain.js';
import { readStack } from '../../src/core/error-stack-text.js';

const chainOf = (err: unknown): ErrorChain => readErrorChain(JSON.stringify({ level: 50, err })) as ErrorChain;
const said = ({ links }: ErrorChain): string[] => links.map(({ depth, relation, type, message }) => `${depth} ${relation} ${type}: ${message}`);
const framesOf = (link: ErrorLink | undefined): string[] => (link?.lines ?? []).map((line) => (line.kind === 'frame' ? `${line.name} @ ${line.place} # ${line.source ?? 'own'}` : `text ${line.text}`));

/** What pino writes for an error. */
function logged(error: unknown, serializer: (error: Error) => unknown): string {
  let text = '';
  pino({ serializers: { err: serializer } }, { write: (line: string) => { text += line; } }).error({ err: error }, 'failed');
  return text;
}

function recorded(message: string): string {
  for (const line of readFileSync(new URL('../fixtures/directus/happy-raw.jsonl', import.meta.url), 'utf8').split('\n')) {
    if (line === '') continue;
    const { frame } = JSON.parse(line) as { frame?: string };
    const data = frame === undefined ? undefined : (JSON.parse(frame) as { data?: { err?: { message?: string } } }).data;
    if (data?.err?.message === message) return JSON.stringify(data);
  }
  throw new Error(`no recorded error says ${message}`);
}

test('a recorded error and its cause are told apart, with the words and frames of each', () => {
  const { links, isCut } = readErrorChain(recorded('lab: something failed: lab: the root cause')) as ErrorChain;
  assert.deepEqual(said({ links, isCut }), ['0 error TypeError: lab: something failed', '1 cause Error: lab: the root cause']);
  assert.deepEqual(links.map(({ lines }) => lines.length), [10, 10]);
  assert.deepEqual(framesOf(links[0]).slice(0, 2), [
    ' @ file:///srv/directus/app/extensions/directus-extension-lab/dist/index.js?t=1795373205535:19:19 # own',
    'Layer.handle [as handle_request] @ /srv/directus/app/node_modules/express/lib/router/layer.js:95:5 # express',
  ]);
  assert.equal(framesOf(links[1])[0], ' @ file:///srv/directus/app/extensions/directus-extension-lab/dist/index.js?t=1795373205535:19:67 # own');
  assert.deepEqual(links[0]?.fields.map(({ key }) => key), ['code']);
  assert.equal(isCut, false);
});

test('a recorded error without a type has the name that its stack begins with', () => {
  const { links } = readErrorChain(recorded('Invalid user credentials.')) as ErrorChain;
  assert.equal(links[0]?.type, 'DirectusError');
  assert.equal(links[0]?.message, 'Invalid user credentials.');
  assert.deepEqual(framesOf(links[0]).map((frame) => frame.split(' # ')[1]), ['@directus/api', 'node:internal', '@directus/api']);
});

test('what pino writes of real errors is read back, by either of its serializers', () => {
  class PaymentTimeout extends Error {
    override name = 'PaymentTimeout';
    code = 'E_GATEWAY';
  }
  const root = Object.assign(new Error('other side: closed'), { code: 'UND_ERR_SOCKET' });
  const error = new PaymentTimeout('no answer\nwithin 1,000 ms', { cause: new RangeError('', { cause: root }) });
  const expected = ['0 error PaymentTimeout: no answer\nwithin 1,000 ms', '1 cause RangeError: ', '2 cause Error: other side: closed'];
  for (const serializer of [stdSerializers.err, stdSerializers.errWithCause]) {
    const chain = readErrorChain(logged(error, serializer)) as ErrorChain;
    assert.deepEqual(said(chain), expected);
    for (const link of chain.links) assert.ok(link.lines.length > 0 && link.lines.every((line) => line.kind === 'frame'), framesOf(link).join('\n'));
  }
  const nested = readErrorChain(logged(error, stdSerializers.errWithCause)) as ErrorChain;
  assert.deepEqual(nested.links.map(({ fields }) => fields.map(({ key }) => key)), [['code'], [], ['code']]);
});

test('the errors of an AggregateError are its parts', () => {
  const error = new AggregateError([new TypeError('first', { cause: new Error('why') }), new RangeError('second')], 'all failed');
  assert.deepEqual(said(readErrorChain(logged(error, stdSerializers.errWithCause)) as ErrorChain), [
    '0 error AggregateError: all failed', '1 part TypeError: first', '2 cause Error: why', '1 part RangeError: second',
  ]);
});

test('a cause that the stack tells of and that is nested too is shown once', () => {
  const chain = chainOf({
    type: 'A', message: 'a: b: c', stack: 'A: a\n    at x (/a.js:1:1)\ncaused by: B: b\n    at y (/b.js:1:1)\ncaused by: C: c\n    at z (/c.js:1:1)',
    cause: { type: 'B', message: 'b', code: 7 },
  });
  assert.deepEqual(said(chain), ['0 error A: a', '2 cause C: c', '1 cause B: b']);
});

test('frames of every form are read', () => {
  const [part] = readStack([
    'Error [ERR_X]: it failed', 'at noon, in two lines', '    at fn (/srv/app/a (copy)/b.js:1:2)', '    at async GET /x (file:///srv/app/c.js:3:4)', '    at async file:///srv/app/d.js:5:6',
    '    at C:\\app\\node_modules\\@scope\\name\\i.js:7:8', '    at new Thing (/app/node_modules/a/node_modules/b/i.js:9:1)', '    at Array.map (<anonymous>)', '    at async Promise.all (index 0)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:103:5)', '    at Server.emit (node:events:531:35)', '    at eval (eval at go (/app/e.js:1:1), <anonymous>:1:1)', '',
    '    ... 12 more', 'fn@https://example.com/app.js:1:2',
  ].join('\n'));
  assert.deepEqual([part?.type, part?.message], ['Error [ERR_X]', 'it failed\nat noon, in two lines']);
  assert.deepEqual(framesOf(part as unknown as ErrorLink), [
    'fn @ /srv/app/a (copy)/b.js:1:2 # own', 'async GET /x @ file:///srv/app/c.js:3:4 # own', 'async @ file:///srv/app/d.js:5:6 # own',
    ' @ C:\\app\\node_modules\\@scope\\name\\i.js:7:8 # @scope/name', 'new Thing @ /app/node_modules/a/node_modules/b/i.js:9:1 # b', 'Array.map @ <anonymous> # native', 'async Promise.all @ index 0 # native',
    'process.processTicksAndRejections @ node:internal/process/task_queues:103:5 # node:internal', 'Server.emit @ node:events:531:35 # node:events', 'eval @ eval at go (/app/e.js:1:1), <anonymous>:1:1 # own',
    'text     ... 12 more', 'text fn@https://example.com/app.js:1:2',
  ]);
});

test('a stack that begins with other words than the message keeps both', () => {
  const [link] = chainOf({ type: 'Error', message: 'changed later', stack: 'Error: first words\n    at a (/a.js:1:1)' }).links;
  assert.equal(link?.message, 'changed later');
  assert.deepEqual(framesOf(link), ['text Error: first words', 'a @ /a.js:1:1 # own']);
  assert.deepEqual(framesOf(chainOf({ stack: 'no type here\nbut lines' }).links[0]), []);
  assert.equal(chainOf({ stack: 'no type here\nbut lines' }).links[0]?.message, 'no type here\nbut lines');
});

test('an err that is no object is a message; none, and null, are no error', () => {
  assert.deepEqual(said(chainOf('it "failed"')), ['0 error : it "failed"']);
  assert.deepEqual(said(readErrorChain('{"err":12345678901234567890}') as ErrorChain), ['0 error : 12345678901234567890']);
  assert.deepEqual(said(chainOf({})), ['0 error : ']);
  for (const text of ['{}', '{"err":null}', 'null', '7', '"err"', '["err"]', '{"x":{"err":{}}}']) assert.equal(readErrorChain(text), null);
  assert.deepEqual(said(readErrorChain('{"err":"a","err":"b"}') as ErrorChain), ['0 error : b']);
});

test('more than can be read here is cut, and said to be', () => {
  const nested = '{"message":"x","cause":'.repeat(5000) + 'null' + '}'.repeat(5000);
  const deep = readErrorChain(`{"err":${nested}}`) as ErrorChain;
  assert.deepEqual([deep.links.length, deep.isCut], [32, true]);
  const many = chainOf({ message: 'x', errors: Array.from({ length: 500 }, () => ({ message: 'y' })) });
  assert.deepEqual([many.links.length, many.isCut], [32, true]);
  const told = chainOf({ message: 'x', stack: 'Error: x\ncaused by: Error: y'.repeat(500) });
  assert.deepEqual([told.links.length, told.isCut], [32, true]);
  const wide = readErrorChain(`{"err":{"message":"x",${Array.from({ length: 100_000 }, (_, index) => `"k${index}":${index}`).join(',')},"cause":{"message":"why"}}}`) as ErrorChain;
  assert.deepEqual([wide.links.length, wide.links[0]?.fields.length, wide.isCut], [2, 50, true]);
  const long = chainOf({ message: 'x', stack: `Error: x${'\n    at f (/a.js:1:1)'.repeat(60_000)}` });
  assert.deepEqual([long.links[0]?.lines.length, long.isCut], [500, true]);
});

test('no stack makes it throw or loses a line', () => {
  const piece = fc.constantFrom('    at ', 'at ', ' (', ')', 'caused by: ', 'Error', ': ', '\n', 'node_modules/', 'node:', '@', '[', ']', '\r', '<anonymous>', 'é');
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
    const stack = pieces.join(''), message = 'm';
    const chain = chainOf({ message, stack }), shown = JSON.stringify([said(chain), chain.links.map(framesOf)]);
    for (const word of ['Error', 'node:', 'é', '<anonymous>']) if (stack.includes(word)) assert.ok(shown.includes(word), `${word} of ${JSON.stringify(stack)} is not in ${shown}`);
  }), { numRuns: 2000 });
});
