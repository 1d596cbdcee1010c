import { expect } from '@open-wc/testing';
import { parseEndpoint } from '../../src/elements/endpoint.js';

const BASE = 'https://admin.example/pages/logs.html';

const good: [endpoint: string, url: string, token: string | null][] = [
  ['wss://logs.example/websocket/logs', 'wss://logs.example/websocket/logs', null],
  ['https://logs.example:8443/x', 'wss://logs.example:8443/x', null],
  ['/websocket/logs', 'wss://admin.example/websocket/logs', null],
  ['websocket/logs', 'wss://admin.example/pages/websocket/logs', null],
  ['//other.example/logs', 'wss://other.example/logs', null],
  ['  /websocket/logs ', 'wss://admin.example/websocket/logs', null],
  ['/websocket/logs?access_token=a%2Bb&room=1', 'wss://admin.example/websocket/logs?room=1', 'a+b'],
  ['wss://user:pass@logs.example/#part', 'wss://logs.example/', null],
  ['ws://localhost:8055/websocket/logs', 'ws://localhost:8055/websocket/logs', null],
  ['ws://127.0.0.1:8055/websocket/logs', 'ws://127.0.0.1:8055/websocket/logs', null],
];

const bad = ['', '   ', 'ftp://logs.example/', 'javascript:alert(1)', 'data:text/html,x', 'wss://', 'http://[', 'ws://logs.example/websocket/logs'];

describe('parseEndpoint', () => {
  for (const [endpoint, url, token] of good) {
    it(`takes “${endpoint}”`, () => expect(parseEndpoint(endpoint, BASE)).to.deep.equal({ ok: true, url, token }));
  }

  for (const endpoint of bad) {
    it(`says what is wrong with “${endpoint}”`, () => {
      const parsed = parseEndpoint(endpoint, BASE);
      expect(parsed.ok).to.equal(false);
      expect(parsed.ok || parsed.cause.sentence).to.match(/\.$/);
    });
  }

  it('shows no secret of a wrong endpoint', () => {
    for (const endpoint of ['ftp://x/?access_token=secret', 'ftp://user:secret@x/', 'ftp://x/#secret']) {
      expect(JSON.stringify(parseEndpoint(endpoint, BASE)), endpoint).to.not.contain('secret');
    }
  });

  it('takes ws: in a page that came over http', () => {
    expect(parseEndpoint('ws://logs.example/', 'http://admin.example/')).to.deep.include({ ok: true });
  });
});
