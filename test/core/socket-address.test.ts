import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SocketLike } from '../../src/core/platform.js';
import { addressWithToken, hostOf, openSocket, withoutToken } from '../../src/core/socket-address.js';

test('a token stands in the query, whatever it is made of and whatever stands there', () => {
  assert.equal(addressWithToken('wss://a/logs', null), 'wss://a/logs');
  assert.equal(addressWithToken('wss://a/logs', 'a&b=c'), 'wss://a/logs?access_token=a%26b%3Dc');
  assert.equal(addressWithToken('wss://a/logs?x=1', 't'), 'wss://a/logs?x=1&access_token=t');
});

test('a token goes in the address, or as a subprotocol; without one neither is there', () => {
  const opened: (readonly [string, readonly string[] | undefined])[] = [], createSocket = (url: string, protocols?: readonly string[]) => {
    opened.push([url, protocols]);
    return {} as SocketLike;
  };
  for (const [options, token] of [[{}, 'a/b'], [{ tokenIn: 'query' }, 'a/b'], [{ tokenIn: 'subprotocol' }, 'a/b'], [{ tokenIn: 'subprotocol' }, null]] as const) openSocket({ url: 'wss://a/logs', createSocket, ...options }, token);
  assert.deepEqual(opened, [
    ['wss://a/logs?access_token=a%2Fb', undefined], ['wss://a/logs?access_token=a%2Fb', undefined], ['wss://a/logs', ['system-logs', 'bearer.system-logs.YS9i']], ['wss://a/logs', undefined],
  ]);
});

test('the host of an address is without user, path and query', () => {
  assert.deepEqual(['ws://a:1/x', 'wss://u:p@b.example?x=/', 'no address'].map(hostOf), ['a:1', 'b.example', 'no address']);
});

test('a server that repeats the token is shown without it', () => {
  assert.equal(withoutToken('bad a/b and a%2Fb', 'a/b'), 'bad … and …');
  assert.equal(withoutToken('bad YS9i', 'a/b'), 'bad …');
  assert.equal(withoutToken('bad', null), 'bad');
});
