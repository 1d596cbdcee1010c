import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Writable } from 'node:stream';
import * as ws from 'ws';
import { FrameBatch } from '../../src/server/frame-batch.js';

test('the bytes are the frames as another WebSocket implementation reads them, at every length of header', () => {
  const texts = ['', 'x', 'x'.repeat(125), 'x'.repeat(126), 'ä'.repeat(100), '🚀\ud800', 'x'.repeat(65_535), 'x'.repeat(65_536), 'ö'.repeat(100_000)];
  const { Receiver } = ws as unknown as { Receiver: new (options: object) => Writable };
  const received: string[] = [], receiver = new Receiver({ isServer: false, allowSynchronousEvents: true });
  receiver.on('message', (data: Buffer, isBinary: boolean) => {
    assert.equal(isBinary, false);
    received.push(data.toString('utf8'));
  });
  receiver.write(new FrameBatch(texts).bytes);
  assert.deepEqual(received, texts.map((text) => text.replace('\ud800', '\ufffd')));
});
