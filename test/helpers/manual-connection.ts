// A connection controller whose other end is the test: the socket opens, speaks and closes when the test says so, on a manual clock. The frames
// are those of a real server.
import type { LevelName } from '../../src/core/levels.js';
import type { ProbeAnswer, SocketLike } from '../../src/core/platform.js';
import { encodeSubscribed, EXTENSION_VERSION } from '../../src/core/protocol.js';
import { ConnectionController, type ConnectionControllerOptions } from '../../src/elements/connection-controller.js';
import { manualClock, manualScheduler, type ManualClock, type ManualScheduler } from './manual-platform.js';

export interface ManualConnection {
  readonly controller: ConnectionController;
  readonly clock: ManualClock;
  readonly scheduler: ManualScheduler;
  /** Frames that the viewer sent over the socket that is open now. */
  readonly sent: string[];
  /** Sockets that were made. */
  readonly tries: number;
  /** Opens the socket and answers the subscription; `floor` is what a server with the extension states, null is a server without it. */
  accept(level: LevelName, floor?: LevelName | null): Promise<void>;
  /** A text frame of the server. */
  say(text: string): void;
  /** Draws the frame that shows what was received. */
  draw(): void;
  /** The socket closes without a goodbye, or never opened. */
  fail(code?: number): Promise<void>;
}

export function manualConnection(options: Partial<ConnectionControllerOptions> & { answer?: ProbeAnswer } = {}): ManualConnection {
  const clock = manualClock(), scheduler = manualScheduler();
  let socket: SocketLike & { readyState: number } | null = null, tries = 0;
  const sent: string[] = [];
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  const tell = (handler: 'onopen' | 'onmessage' | 'onclose', event: object): void => (socket?.[handler] as ((event: object) => void) | null | undefined)?.(event);
  const { answer = { kind: 'silent' }, ...others } = options;
  const controller = new ConnectionController({
    endpoint: 'wss://logs.example.com/websocket/logs', clock, scheduler, probe: () => Promise.resolve(answer),
    createSocket: () => {
      tries++;
      sent.length = 0;
      socket = { readyState: 0, send: (text) => sent.push(text), close: () => undefined, onopen: null, onmessage: null, onerror: null, onclose: null };
      return socket;
    },
    ...others,
  });
  return {
    controller, clock, scheduler, sent,
    get tries() {
      return tries;
    },
    async accept(level, floor = null) {
      await settled();
      if (socket?.readyState === 0) {
        socket.readyState = 1;
        tell('onopen', {});
      }
      tell('onmessage', { data: encodeSubscribed(level, floor === null ? null : { v: EXTENSION_VERSION, floor, hub: 'hub-1' }) });
    },
    say: (text) => tell('onmessage', { data: text }),
    draw: () => scheduler.draw(),
    async fail(code = 1006) {
      await settled();
      tell('onclose', { code, reason: '' });
      await settled();
    },
  };
}
