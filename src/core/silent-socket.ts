// A socket that has gone silent and is kept while another is being made: where the network heals, it still brings everything that was sent over it,
// which a server without resume would never send again. It knows no frames.
import type { SocketLike } from './platform.js';

export class SilentSocket {
  #socket: SocketLike | null = null;

  /** Keeps a socket; `speaks` is called, and it is kept no longer, when it brings something after all. */
  keep(socket: SocketLike, speaks: (data: unknown) => void): void {
    this.close();
    this.#socket = socket;
    socket.onopen = null;
    socket.onmessage = (event: { data: unknown }) => {
      this.#letGo();
      speaks(event.data);
    };
    socket.onclose = () => this.#letGo();
  }

  close(): void {
    this.#letGo()?.close();
  }

  #letGo(): SocketLike | null {
    const socket = this.#socket;
    this.#socket = null;
    if (socket !== null) socket.onmessage = socket.onclose = null;
    return socket;
  }
}
