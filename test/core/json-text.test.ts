import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findMember, findPath, readableValue } from '../../src/core/json-find.js';
import { eachMember, kindAt, membersOf, rootOf, skipValue, unquote, type JsonMember } from '../../src/core/json-text.js';

const written = (text: string, { start, end }: JsonMember): string => text.slice(start, end);

test('members are found with their values exactly as written', () => {
  const text = ' { "a" : 12345678901234567890 , "b":1.10,"c": [ 1 , {"d":"}]"} ] ,"e":"x\\"}y","f":true } ';
  const members = membersOf(text, rootOf(text).start);
  assert.deepEqual(members.map((member) => [member.key, member.kind, written(text, member)]), [
    ['a', 'number', '12345678901234567890'], ['b', 'number', '1.10'], ['c', 'array', '[ 1 , {"d":"}]"} ]'], ['e', 'string', '"x\\"}y"'], ['f', 'literal', 'true'],
  ]);
});

test('keys are unescaped, repeated ones are all there, items have their index', () => {
  assert.deepEqual(membersOf('{"\\u0061":1,"a":2,"__proto__":3,"":4}', 0).map(({ key }) => key), ['a', 'a', '__proto__', '']);
  assert.deepEqual(membersOf('[1,[2],"3"]', 0).map(({ key, kind }) => [key, kind]), [['0', 'number'], ['1', 'array'], ['2', 'string']]);
});

test('reading stops where it is told to', () => {
  const text = `[${'1,'.repeat(999)}1]`;
  assert.equal(membersOf(text, 0, 200).length, 200);
  assert.equal(membersOf(text, 0).length, 1000);
  const seen: string[] = [];
  eachMember(text, 0, ({ key }) => {
    seen.push(key);
    return key !== '2';
  });
  assert.deepEqual(seen, ['0', '1', '2']);
});

test('a text that is one plain value has a root and no members', () => {
  for (const [text, kind] of [['null', 'literal'], [' -1.5e3\n', 'number'], ['"{"', 'string'], ['[]', 'array'], ['{ }', 'object']] as const) {
    const root = rootOf(text);
    assert.equal(root.kind, kind);
    assert.equal(kindAt(text, root.start), kind);
    assert.equal(written(text, root), text.trim());
    assert.deepEqual(kind === 'array' || kind === 'object' ? membersOf(text, root.start) : [], []);
  }
});

test('no depth exhausts the stack', () => {
  const text = '[{"a":'.repeat(300_000) + '1' + '}]'.repeat(300_000);
  assert.equal(skipValue(text, 0), text.length);
  assert.deepEqual(membersOf(text, 0).map(({ kind, end }) => [kind, end]), [['object', text.length - 1]]);
});

test('a member is found by name; of several the last, as JSON.parse has it', () => {
  const text = '{"a":1,"b":{"a":"x\\ny"},"a":2}';
  assert.equal(written(text, findMember(text, 0, 'a') as JsonMember), '2');
  assert.equal(readableValue(text, findPath(text, 'b', 'a') as JsonMember), 'x\ny');
  assert.equal(readableValue(text, findPath(text, 'b') as JsonMember), '{"a":"x\\ny"}');
  for (const path of [['c'], ['a', 'b'], ['b', 'a', 'x'], ['__proto__'], ['constructor']]) assert.equal(findPath(text, ...path), null);
  for (const other of ['null', '7', '"a"', '["a"]']) assert.equal(findPath(other, 'a'), null);
});

test('read piece by piece, any JSON text is what JSON.parse makes of it', () => {
  /** The value at a member, put together from what the reader found; keys that repeat overwrite, as they do for JSON.parse. */
  const rebuild = (text: string, member: JsonMember): unknown => {
    if (member.kind === 'object') return Object.fromEntries(membersOf(text, member.start).map((inner) => [inner.key, rebuild(text, inner)]));
    if (member.kind === 'array') return membersOf(text, member.start).map((inner) => rebuild(text, inner));
    return member.kind === 'string' ? unquote(written(text, member)) : (JSON.parse(written(text, member)) as unknown);
  };
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' }), fc.constantFrom(0, 1, 2, '\t', ' \t'), (value, space) => {
    const text = `\n ${JSON.stringify(value, null, space)} `;
    assert.deepEqual(rebuild(text, rootOf(text)), JSON.parse(text));
  }), { numRuns: 2000 });
});
