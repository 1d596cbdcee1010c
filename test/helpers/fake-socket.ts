// Sockets whose other end is the test: nothing opens, speaks or closes by itself. Events reach the handlers that are set at that moment, as they
// do in a browser.
import type { SocketLike } from '../../src/core/platform.js';
import { encodeSubscribed, type ExtensionAnswer } from '../../src/core/protocol.js';

export class FakeSocket implements SocketLike {
  readonly url: string;
  readonly sent: string[] = [];
  readyState = 0;
  /** The viewer has closed it. */
  isClosed = false;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;

  constructor(url: string) {
    this.url = url;
  }

  send(text: string): void {
    if (this.readyState !== 1) throw new Error('This socket is not open.');
    this.sent.push(text);
  }

  close(): void {
    this.isClosed = true;
    this.readyState = 3;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.({} as never);
  }

  /** A message of the server: a text frame, or anything else that a socket may bring. */
  say(data: unknown): void {
    this.onmessage?.({ data } as never);
  }

  /** Answers a subscription as the server does: with its level, and with the extension where it has one. */
  acknowledge(level = 'info', ext: ExtensionAnswer | null = null): void {
    this.say(encodeSubscribed(level, ext));
  }

  /** Opens, and answers the first subscription. */
  accept(level = 'info', ext: ExtensionAnswer | null = null): void {
    this.open();
    this.acknowledge(level, ext);
  }

  /** The server, or the network, ends it. */
  end(code = 1006, reason = ''): void {
    this.readyState = 3;
    this.onerror?.({} as never);
    this.onclose?.({ code, reason } as never);
  }
}

/** Lets everything happen that waits for a promise which is settled. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}
