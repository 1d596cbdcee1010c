// One connection through the chaos proxy: the page's socket, the server's, and a lane each way. What ends it ends both.
import type { Socket } from 'node:net';
import { ChaosLane, type LaneFaults } from './chaos-lane.js';

export type Way = 'up' | 'down' | 'both';

export class ChaosLink {
  /** From the page to the server. */
  readonly up: ChaosLane;
  /** From the server to the page. */
  readonly down: ChaosLane;
  /** Resolves when the page's end is closed. */
  readonly closed: Promise<void>;
  readonly #page: Socket;
  readonly #server: Socket;

  /** @param head what the page has sent already */
  constructor(page: Socket, server: Socket, head: Buffer) {
    this.#page = page;
    this.#server = server;
    this.up = new ChaosLane(page, server, () => this.reset());
    this.down = new ChaosLane(server, page, () => this.reset());
    this.up.take(head);
    this.closed = new Promise((resolve) => page.once('close', () => resolve()));
    for (const socket of [page, server]) socket.setNoDelay(true).on('error', () => this.reset()).on('close', () => this.#end(socket));
  }

  get isOpen(): boolean {
    return !this.#page.destroyed;
  }

  /** Passes nothing on any more, that way, until it is resumed: to both ends a network that has gone without a word. */
  pause(way: Way): void {
    for (const lane of this.#lanes(way)) lane.pause();
  }

  resume(): void {
    for (const lane of this.#lanes('both')) lane.resume();
  }

  slow(way: Way, faults: Partial<LaneFaults>): void {
    for (const lane of this.#lanes(way)) {
      Object.assign(lane.faults, faults);
      lane.resume();
    }
  }

  /** RST to both ends. */
  reset(): void {
    for (const socket of [this.#page, this.#server]) if (!socket.destroyed) socket.resetAndDestroy();
  }

  /** FIN to both ends, without a WebSocket's goodbye. */
  end(): void {
    for (const socket of [this.#page, this.#server]) socket.end();
  }

  #lanes(way: Way): ChaosLane[] {
    return [...(way === 'down' ? [] : [this.up]), ...(way === 'up' ? [] : [this.down])];
  }

  /** One end is gone: the other hears of it, and still gets what was on its way unless its lane is paused. */
  #end(socket: Socket): void {
    if (socket === this.#page) {
      this.up.stop();
      this.down.stop();
      this.#server.destroy();
    } else if (!this.#page.writableEnded && socket.errored !== null) this.#page.destroy();
  }
}
