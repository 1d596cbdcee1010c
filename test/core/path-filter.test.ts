import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { filterByPaths, parsePaths } from '../../src/core/path-filter.js';

const pick = (text: string, paths: string): { text: string; missing: readonly string[] } => filterByPaths(text, parsePaths(paths));

const entry = '{"level":30,"time":1763809448201,"req":{"id":12345678901234567890,"method":"GET","headers":{"host":"a"}},"res":{"statusCode":200},"msg":"request completed"}';

test('paths are parted by commas; spaces around them and repeats mean nothing', () => {
  assert.deepEqual(parsePaths(' req.method,res.statusCode ,, req.method , user agent'), ['req.method', 'res.statusCode', 'user agent']);
  assert.deepEqual(parsePaths(' , '), []);
});

test('what the paths name is kept, in the order of the entry', () => {
  assert.deepEqual(pick(entry, 'res.statusCode, msg, req.method'), { text: '{"req":{"method":"GET"},"res":{"statusCode":200},"msg":"request completed"}', missing: [] });
});

test('a path that names an object keeps the whole of it, digits as received', () => {
  assert.equal(pick(entry, 'req').text, '{"req":{"id":12345678901234567890,"method":"GET","headers":{"host":"a"}}}');
  assert.equal(pick('{ "a" : { "n" : 1.10 , "m" : 1e400 } , "b" : 2 }', 'a').text, '{"a":{ "n" : 1.10 , "m" : 1e400 }}');
});

test('paths that are in no place are named, also below something that another path keeps whole', () => {
  assert.deepEqual(pick(entry, 'req.meth, req.method, nope'), { text: '{"req":{"method":"GET"}}', missing: ['req.meth', 'nope'] });
  assert.deepEqual(pick(entry, 'req, req.headers.host, req.headers.cookie'), { text: pick(entry, 'req').text, missing: ['req.headers.cookie'] });
  assert.deepEqual(pick(entry, 'level.of.it'), { text: '', missing: ['level.of.it'] });
});

test('arrays are walked, and an index names one item', () => {
  const text = '{"errors":[{"message":"a","at":1},7,{"message":"b"},{"at":2},[{"message":"c"}]],"list":[1,2]}';
  assert.equal(pick(text, 'errors.message').text, '{"errors":[{"message":"a"},{"message":"b"},[{"message":"c"}]]}');
  assert.equal(pick(text, 'errors.1').text, '{"errors":[7]}');
  assert.equal(pick(text, 'errors.0.at, list.1').text, '{"errors":[{"at":1}],"list":[2]}');
  assert.equal(pick(text, 'errors.0.at, errors.message').text, '{"errors":[{"message":"a","at":1},{"message":"b"},[{"message":"c"}]]}');
  assert.deepEqual(pick(text, 'list.9'), { text: '', missing: ['list.9'] });
  assert.equal(pick('[{"a":1},{"b":2}]', 'b').text, '[{"b":2}]');
});

test('a key that holds dots is found', () => {
  assert.equal(pick('{"trace.id":"x","trace":{"id":"y","ids":1}}', 'trace.id').text, '{"trace.id":"x","trace":{"id":"y"}}');
});

test('duplicate keys are both kept', () => {
  assert.equal(pick('{"a":1,"b":2,"a":{"c":3}}', 'a').text, '{"a":1,"a":{"c":3}}');
});

test('keys with special meaning to JavaScript are keys like others', () => {
  const before = Object.getOwnPropertyNames(Object.prototype).length;
  const text = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"x":1}},"toString":2,"":3,"hasOwnProperty":4}';
  assert.equal(pick(text, '__proto__.polluted, constructor.prototype.x, toString, hasOwnProperty').text, text.replace(',"":3', ''));
  assert.deepEqual(pick('{"a":1}', 'constructor, __proto__, toString.name').missing, ['constructor', '__proto__', 'toString.name']);
  assert.equal(Object.getOwnPropertyNames(Object.prototype).length, before);
});

test('an escaped key is the key that it means', () => {
  assert.equal(pick('{"r\\u0065q":{"a\\"b":1}}', 'req.a"b').text, '{"r\\u0065q":{"a\\"b":1}}');
});

test('an entry that is no object names nothing', () => {
  for (const text of ['null', '42', '"req.method"', 'true', '[]', '{}', '[1,2]', ' 7 ']) assert.deepEqual(pick(text, 'req.method'), { text: '', missing: ['req.method'] });
});

test('depth and size cost neither the stack nor time', () => {
  const nested = '['.repeat(200_000) + '{"a":1}' + ']'.repeat(200_000);
  assert.equal(pick(nested, 'a').text, nested);
  assert.equal(pick(nested, '0.0.0.a').text, nested);
  const objects = '{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000);
  assert.equal(pick(objects, 'b').text, '');
  const wide = `{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":{"v":${index}}`).join(',')}}`;
  assert.equal(pick(wide, 'k99999.v').text, '{"k99999":{"v":99999}}');
});

test('for any entry the result is JSON that holds no more than the paths name', () => {
  fc.assert(fc.property(fc.json(), fc.array(fc.stringMatching(/^[a-c0.]{1,5}$/u), { maxLength: 4 }), (text, paths) => {
    const filtered = filterByPaths(text, paths);
    if (filtered.text === '') assert.equal(filtered.missing.length, paths.length);
    else JSON.parse(filtered.text);
    // what was picked, picked again, is the same
    const found = paths.filter((path) => !filtered.missing.includes(path));
    if (!found.some((path) => /[0-9]/u.test(path))) assert.equal(filterByPaths(filtered.text === '' ? 'null' : filtered.text, found).text, filtered.text);
  }), { numRuns: 3000 });
});

test('the same as picking from the parsed value, for entries of objects and arrays', () => {
  const keys = fc.constantFrom('a', 'b', 'c');
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 4 }, fc.integer(), fc.dictionary(keys, tie('tree'), { noNullPrototype: true }), fc.array(tie('tree'), { maxLength: 3 })),
  }));
  const expected = (value: unknown, rests: readonly (readonly string[])[]): unknown => {
    if (rests.some((rest) => rest.length === 0)) return value;
    if (Array.isArray(value)) {
      const items = value.map((item) => expected(item, rests)).filter((item) => item !== undefined);
      return items.length > 0 ? items : undefined;
    }
    if (typeof value !== 'object' || value === null) return undefined;
    const members = Object.entries(value).map(([key, inner]) => [key, expected(inner, rests.filter((rest) => rest[0] === key).map((rest) => rest.slice(1)))] as const).filter(([, inner]) => inner !== undefined);
    return members.length > 0 ? Object.fromEntries(members) : undefined;
  };
  fc.assert(fc.property(tree, fc.array(fc.array(keys, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }), (value, paths) => {
    const wanted = expected(value, paths);
    assert.equal(filterByPaths(JSON.stringify(value), paths.map((path) => path.join('.'))).text, wanted === undefined ? '' : JSON.stringify(wanted));
  }), { numRuns: 3000 });
});
