// In place of the page's own WebSocket: sockets whose other end is the test.
import { FakeSocket } from './fake-socket.js';

/** Each that the page makes from now on goes into `sockets`; the returned function gives the page its own back. */
export function replacePageSockets(sockets: FakeSocket[]): () => void {
  const own = window.WebSocket;
  window.WebSocket = class extends FakeSocket {
    constructor(url: string) {
      super(url);
      sockets.push(this);
    }
  } as unknown as typeof WebSocket;
  return () => void (window.WebSocket = own);
}

/** The same in each test of a file: those that the page has made in the test that runs. */
export function useFakeSockets(): readonly FakeSocket[] {
  const sockets: FakeSocket[] = [];
  let restore = (): void => undefined;
  beforeEach(() => {
    sockets.length = 0;
    restore = replacePageSockets(sockets);
  });
  afterEach(() => restore());
  return sockets;
}
