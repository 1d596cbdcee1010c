// One connection through the chaos proxy: the page's socket, the server's, and a lane each way. What ends it ends both.
import type { Socket } from 'node:net';
import { ChaosLane, type LaneFaults } from './chaos-lane.js';

export type Way = 'up' | 'down' | 'both';

export class ChaosLink {
  /** From the page to the server. */
  readonly up: ChaosLane;
  /** From the server to the page. */
  readonly down: ChaosLane;
  /** Resolves when the page has closed its end. */
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
    this.closed = new Promise((resolve) => void page.once('end', () => resolve()).once('close', () => resolve()));
    for (const socket of [page, server]) socket.setNoDelay(true).on('error', () => this.reset());
    // the other way round, what the server sent before it went is still passed on, if its lane is not paused
    page.on('close', () => {
      this.up.stop();
      this.down.stop();
      server.destroy();
    });
  }

  get isOpen(): boolean {
    return !this.#page.destroyed && !this.#page.readableEnded;
  }

  /** Passes nothing on any more, that way, until it is resumed: to both ends a network that has gone without a word. */
  pause(way: Way): void {
    for (const lane of this.#lanes(way)) lane.pause();
  }

  resume(): void {
    for (const lane of this.#lanes('both')) lane.resume();
  }

  slow(way: Way, faults: Partial<LaneFaults>): void {
    for (const lane of this.#lanes(way)) Object.assign(lane.faults, faults);
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
}
