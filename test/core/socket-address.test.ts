import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressWithToken, hostOf, withoutToken } from '../../src/core/socket-address.js';

test('a token stands in the query, whatever it is made of and whatever stands there', () => {
  assert.equal(addressWithToken('wss://a/logs', null), 'wss://a/logs');
  assert.equal(addressWithToken('wss://a/logs', 'a&b=c'), 'wss://a/logs?access_token=a%26b%3Dc');
  assert.equal(addressWithToken('wss://a/logs?x=1', 't'), 'wss://a/logs?x=1&access_token=t');
});

test('the host of an address is without user, path and query', () => {
  assert.deepEqual(['ws://a:1/x', 'wss://u:p@b.example?x=/', 'no address'].map(hostOf), ['a:1', 'b.example', 'no address']);
});

test('a server that repeats the token is shown without it', () => {
  assert.equal(withoutToken('bad a/b and a%2Fb', 'a/b'), 'bad … and …');
  assert.equal(withoutToken('bad', null), 'bad');
});
