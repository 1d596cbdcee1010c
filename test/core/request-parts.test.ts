import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAnswer, readAsked, readQuery, readRequestParts } from '../../src/core/request-parts.js';

const pairs = ({ items }: { readonly items: readonly { readonly name: string; readonly value: string }[] }): string[] => items.map(({ name, value }) => `${name}=${value}`);

test('the query that the server parsed is taken, values as written', () => {
  const text = '{"req":{"url":"/a?limit=5","query":{"limit":"5","n":12345678901234567890,"filter":{"a":[1, 2]},"__proto__":"x"}}}';
  assert.deepEqual(pairs(readRequestParts(text, '/a?limit=5').query), ['limit=5', 'n=12345678901234567890', 'filter={"a":[1, 2]}', '__proto__=x']);
});

test('without one the query is read from the URL', () => {
  for (const query of ['{}', 'null', '"limit=5"']) assert.deepEqual(pairs(readRequestParts(`{"req":{"query":${query}}}`, '/a?limit=5&q=desk+lamp').query), ['limit=5', 'q=desk lamp']);
});

test('a URL of any shape gives what can be read of it', () => {
  assert.deepEqual(pairs(readQuery('/a?x=1&x=2&y&=z&&a=b=c&d=%E2%82%AC#x=3')), ['x=1', 'x=2', 'y=', '=z', 'a=b=c', 'd=€']);
  assert.deepEqual(pairs(readQuery('/a?bad=%ZZ%41&cut=%E2%82')), ['bad=%ZZ%41', 'cut=%E2%82']);
  for (const url of ['', '/a', '/a?', '/a?#x=1', '?&&']) assert.deepEqual(readQuery(url), { items: [], size: 0 });
});

test('headers are read from the request and from the response', () => {
  const { requestHeaders, responseHeaders } = readRequestParts('{"req":{"headers":{"host":"a","accept":["b","c"]}},"res":{"headers":{"etag":"W/\\"1\\""}}}', '/');
  assert.deepEqual(pairs(requestHeaders), ['host=a', 'accept=["b","c"]']);
  assert.deepEqual(pairs(responseHeaders), ['etag=W/"1"']);
});

test('of very many values the first are read, and all are counted', () => {
  const headers = Array.from({ length: 100_000 }, (_, index) => `"h${index}":"v"`).join(',');
  const { requestHeaders, responseHeaders } = readRequestParts(`{"req":{"headers":{${headers}}},"res":{"headers":7}}`, '/');
  assert.deepEqual([requestHeaders.items.length, requestHeaders.size, responseHeaders.size], [200, 100_000, 0]);
  assert.deepEqual([readQuery(`/?${'a=1&'.repeat(50_000)}`).items.length, readQuery(`/?${'a=1&'.repeat(50_000)}`).size], [200, 50_000]);
});

/** As Fastify logs a request: once when it comes, once when it is answered; a handler's lines are between them. */
const [comes, handler, answered] = [
  '{"level":30,"reqId":"req-1","req":{"method":"GET","url":"/items?limit=5","host":"a.example"},"msg":"incoming request"}',
  '{"level":20,"reqId":"req-1","msg":"in the handler"}',
  '{"level":30,"reqId":"req-1","res":{"statusCode":200},"responseTime":2.2111830000000054,"msg":"request completed"}',
].map((text) => JSON.parse(text) as unknown);

test('a request that comes says what is asked, one that was answered how', () => {
  assert.deepEqual([comes, handler, answered].map(readAsked), ['GET /items?limit=5', null, null]);
  assert.deepEqual([comes, handler, answered].map(readAnswer), [null, null, { status: 200, duration: 2.2111830000000054 }]);
  assert.deepEqual(readAnswer({ res: { statusCode: 400 }, msg: 'name is missing' }), { status: 400, duration: null });
});

test('what is asked takes a method and an address, an answer takes a status: nothing else is one', () => {
  for (const entry of [null, 42, 'GET /', [], {}, { req: 'GET /' }, { req: ['GET', '/'] }, { req: { method: 'GET' } }, { req: { method: 1, url: '/' } }, JSON.parse('{"__proto__":{"req":{"method":"GET","url":"/"}}}')]) {
    assert.equal(readAsked(entry), null, JSON.stringify(entry));
  }
  for (const entry of [null, 42, [], {}, { responseTime: 4 }, { res: {} }, { res: 200, responseTime: 4 }, { res: { statusCode: '200' } }, { res: { statusCode: null } }, JSON.parse('{"__proto__":{"res":{"statusCode":200}}}')]) {
    assert.equal(readAnswer(entry), null, JSON.stringify(entry));
  }
  assert.deepEqual(readAnswer({ res: { statusCode: 200 }, responseTime: '4' }), { status: 200, duration: null });
});
