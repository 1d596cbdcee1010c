import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { renewalDelay, toBase64Url, tokenExpiry } from '../../src/core/access-token.js';

const encode = (text: string): string => Buffer.from(text).toString('base64url');
const jwt = (payload: unknown): string => `${encode('{"alg":"HS256"}')}.${encode(JSON.stringify(payload))}.c2ln`;

test('base64url is that of everybody else, whatever the text', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => toBase64Url(text) === encode(text)), { numRuns: 500 });
});

test('a JSON Web Token says when it ends', () => {
  assert.equal(tokenExpiry(jwt({ id: 'a', exp: 1763813048 })), 1763813048_000);
  assert.equal(tokenExpiry(jwt({ name: 'é日本😀', exp: 1763813048.5 })), 1763813048_500);
});

test('any other token does not say', () => {
  for (const token of ['', 'static-token', 'a.b', 'a.b.c', '..', 'a.!!.c', `a.${encode('{"exp":')}.c`, `${jwt({ exp: 1 })}.x`, jwt(null), jwt(7),
    jwt([]), jwt({}), jwt({ exp: '1763813048' }), jwt({ exp: null }), `a.${encode('{"exp":1e999}')}.c`]) {
    assert.equal(tokenExpiry(token), null, token);
  }
});

test('what a token says is read as Node reads it, and nothing is thrown', () => {
  fc.assert(fc.property(fc.integer(), fc.string({ unit: fc.constantFrom('a', '"', 'é', '日', '😀', '\ud800') }),
    (exp, name) => assert.equal(tokenExpiry(jwt({ name, exp })), exp * 1000)));
  const token = fc.oneof(fc.string(), fc.base64String().map((part) => `a.${part}.c`));
  fc.assert(fc.property(token, (text) => assert.match(typeof tokenExpiry(text), /^(?:number|object)$/)));
});

test('it is renewed half a minute before its end, or half-way where less is left, but never in a rush', () => {
  assert.equal(renewalDelay(900_000, 0), 870_000);
  assert.equal(renewalDelay(60_001, 0), 30_001);
  assert.equal(renewalDelay(60_000, 0), 30_000);
  assert.equal(renewalDelay(20_000, 0), 10_000);
  assert.equal(renewalDelay(500, 0), 1000);
  assert.equal(renewalDelay(0, 500), 1000);
});
