// One connection between a viewer and a server, without a network: what each end sends waits until the run moves it. It can stall (the viewer does not
// read), go dead (nothing passes and nobody is told) and break.
import type { SocketLike } from '../../src/core/platform.js';
import type { FrameBatch } from '../../src/server/frame-batch.js';
import type { SessionSocket } from '../../src/server/viewer-session.js';

interface Waiting {
  readonly text: string;
  readonly taken: (() => void) | null;
}

type Fate = { readonly code: number; readonly reason: string };

export class MemoryLink {
  /** What the server's session is told; set by whoever accepts the link. */
  onMessage: (text: string) => void = () => undefined;
  onGone: () => void = () => undefined;
  isStalled = false;
  isDead = false;
  /** Changes what the server sends: for mutants. */
  alter: (text: string) => readonly string[] = (text) => [text];
  #down: Waiting[] = [];
  #up: string[] = [];
  #bufferedBytes = 0;
  #takenBytes = 0;
  #state: 'connecting' | 'open' | 'over' = 'connecting';
  #closing: Fate | null = null;
  #viewerGone = false;
  readonly client: SocketLike;
  readonly server: SessionSocket;
  /** Around each message that reaches the viewer. */
  readonly #deliver: (text: string, hand: () => void) => void;

  constructor(deliver: (text: string, hand: () => void) => void) {
    this.#deliver = deliver;
    const readyState = (): number => (this.#state === 'connecting' ? 0 : this.#state === 'open' && !this.#viewerGone ? 1 : 3);
    const bufferedBytes = (): number => this.#bufferedBytes, takenBytes = (): number => this.#takenBytes;
    this.client = {
      get readyState() {
        return readyState();
      },
      send: (text) => void this.#up.push(text),
      close: () => {
        this.#viewerGone = true;
      },
      onopen: null, onmessage: null, onerror: null, onclose: null,
    };
    this.server = {
      get bufferedBytes() {
        return bufferedBytes();
      },
      get takenBytes() {
        return takenBytes();
      },
      send: (batch: FrameBatch, taken: () => void) => batch.texts.forEach((text, index) => this.#push(text, index === batch.texts.length - 1 ? taken : null)),
      sendText: (text) => this.#push(text, null),
      ping: () => undefined,
      close: (code, reason) => {
        this.#closing ??= { code, reason };
      },
      cut: () => this.break(),
    };
  }

  get isOver(): boolean {
    return this.#state === 'over';
  }

  /** The server takes the viewer in. */
  open(): void {
    this.#state = 'open';
    tell(this.client.onopen, {});
  }

  /** There is no server. */
  refuse(): void {
    this.#end({ code: 1006, reason: '' });
  }

  /** The network cuts it: what was on its way is gone. */
  break(): void {
    this.#down = [];
    this.#end({ code: 1006, reason: '' });
  }

  /** Moves what can move; false where nothing did. */
  pump(): boolean {
    if (this.#state !== 'open' || this.isDead) return false;
    if (this.#viewerGone) {
      this.#end(null);
      return true;
    }
    let moved = false;
    for (const text of this.#up.splice(0)) {
      this.onMessage(text);
      moved = true;
    }
    while (!this.isStalled && !this.#viewerGone && this.#state === 'open') {
      const next = this.#down.shift();
      if (next === undefined) break;
      moved = true;
      this.#bufferedBytes -= next.text.length;
      this.#takenBytes += next.text.length;
      for (const text of this.alter(next.text)) this.#deliver(text, () => tell(this.client.onmessage, { data: text }));
      next.taken?.();
    }
    if (this.#closing !== null && this.#down.length === 0) {
      this.#end(this.#closing);
      return true;
    }
    return moved;
  }

  #push(text: string, taken: (() => void) | null): void {
    if (this.#state === 'over' || this.#closing !== null) return;
    this.#down.push({ text, taken });
    this.#bufferedBytes += text.length;
  }

  /** @param fate what the viewer hears; null: it has closed the socket itself */
  #end(fate: Fate | null): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.onGone();
    if (fate !== null && !this.isDead) tell(this.client.onclose, fate);
  }
}

function tell(handler: ((event: never) => void) | null, event: object): void {
  (handler as ((event: object) => void) | null)?.(event);
}
