import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pagePolicy } from '../../demo/page-policy.js';

const STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types system-logs";
const withConnect = (sources: string): string => STRICT.replace("connect-src 'self'", `connect-src 'self' ${sources}`);

for (const [endpoint, expected] of [
  [null, STRICT],
  ['', STRICT],
  ['/websocket/logs', STRICT],
  ['ws://logs.example.com:8055/websocket/logs?access_token=x', withConnect('ws://logs.example.com:8055 http://logs.example.com:8055')],
  ['https://logs.example.com', withConnect('wss://logs.example.com https://logs.example.com')],
  ['ws://[::1]:9000/x', withConnect('ws://[::1]:9000 http://[::1]:9000')],
  ['javascript:alert(1)', STRICT],
  ["ws://a;script-src 'unsafe-inline'", STRICT],
  ['ws://a;b/', STRICT],
  ['ws://*/', STRICT],
  ["ws://'unsafe-inline'/", STRICT],
  ['ws://a,b/', STRICT],
] as const) {
  test(`the policy of a page that is pointed at ${endpoint ?? 'nothing'}`, () => {
    assert.equal(pagePolicy(endpoint), expected);
  });
}

test('the policy of a page with other scripts', () => {
  assert.equal(pagePolicy(null, 'system-logs lit-html'), `${STRICT} lit-html`);
});
