// A WebSocket that a test plays the server of, in a page: what was sent through it, and what comes back by hand.
import type { SocketLike } from '../../src/core/platform.js';

export class PageSocket implements SocketLike {
  readonly url: string;
  readonly sent: string[] = [];
  readyState = 0;
  closed = false;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;

  constructor(url: string) {
    this.url = url;
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.closed = true;
    this.readyState = 3;
  }

  /** The server accepts, and acknowledges the subscription. */
  accept(ext: object | null = null): void {
    this.readyState = 1;
    this.onopen?.({} as never);
    const { log_level } = JSON.parse(this.sent.at(-1) ?? '{}') as { log_level?: string };
    this.say(JSON.stringify({ type: 'logs', event: 'subscribe', log_level, ...(ext === null ? {} : { ext }) }));
  }

  say(frame: string): void {
    this.onmessage?.({ data: frame } as never);
  }

  drop(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code, reason: '', wasClean: false } as never);
  }
}
