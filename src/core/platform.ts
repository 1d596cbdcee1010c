// The few things core needs from its host, as interfaces. Core never names a global timer, socket or clock, so that every test can
// bring its own, and so that the same code runs in a page, in a worker and in Node.

/** Time. `now()` is wall-clock time in milliseconds since 1970. */
export interface Clock {
  now(): number;
  /** Runs `callback` once after `ms` milliseconds; the returned function cancels it. */
  after(ms: number, callback: () => void): () => void;
}

/** When to do the work that may wait until the next picture is drawn. */
export interface Scheduler {
  /**
   * Runs `callback` once before an animation frame, which need not be the next one; the returned function cancels it.
   * @param isLittle asked at each frame that might be the one: whether so little is new that a person could read it as it comes
   */
  frame(callback: () => void, isLittle: () => boolean): () => void;
  /** True while the page is hidden: a hidden page draws no frames, so nothing may wait for one. */
  hidden(): boolean;
}

/** The part of a WebSocket that `Connection` uses; a browser's `WebSocket` and that of the `ws` package both have it. */
export interface SocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  // `never`, so that a handler may name just the fields it reads of each environment's own event classes
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
}

/** Opens a socket, with the subprotocols that are offered to the server. May throw where the address cannot be one. */
export type SocketFactory = (url: string, protocols?: readonly string[]) => SocketLike;

/**
 * What a page can learn over HTTP about a host whose WebSocket said nothing.
 * `readable`: an answer whose status and JSON body could be read; `opaque`: something answered, but another origin's rules hide what;
 * `silent`: nothing answered.
 */
export type ProbeAnswer =
  | { readonly kind: 'readable'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'opaque' }
  | { readonly kind: 'silent' };

/** Asks `url` once, with the page's own cookies and, where given, a token as `Authorization: Bearer`. Never rejects. */
export type HttpProbe = (url: string, token: string | null) => Promise<ProbeAnswer>;
