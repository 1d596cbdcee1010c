// What stands in front of several processes: each connection goes to the next of them, whoever it comes from (no sticky sessions). It moves
// bytes and knows nothing of HTTP.
import { connect, createServer, type Server, type Socket } from 'node:net';

const HOST = '127.0.0.1';

export class Balancer {
  readonly server: Server = createServer({ allowHalfOpen: true }, (socket) => this.#pass(socket, this.#targets.size));
  readonly #targets = new Map<string, number>();
  readonly #sockets = new Set<Socket>();
  #turn = 0;

  /** Resolves when it listens; rejects where it cannot. */
  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => this.server.once('error', reject).listen(port, HOST, () => resolve()));
  }

  add(name: string, port: number): void {
    this.#targets.set(name, port);
  }

  remove(name: string): void {
    this.#targets.delete(name);
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** @param tries how many more may fail: a process that has just died is still in the list */
  #pass(socket: Socket, tries: number): void {
    const ports = [...this.#targets.values()], port = ports[this.#turn++ % ports.length];
    if (port === undefined || tries === 0) return void socket.destroy();
    const target = connect({ host: HOST, port, allowHalfOpen: true });
    target.once('connect', () => {
      target.off('error', again);
      this.#join(socket, target);
    });
    const again = (): void => this.#pass(socket, tries - 1);
    target.once('error', again);
  }

  #join(one: Socket, other: Socket): void {
    for (const [from, to] of [[one, other], [other, one]] as const) {
      this.#sockets.add(from);
      from.setNoDelay(true).on('error', () => to.destroy()).on('close', () => {
        this.#sockets.delete(from);
        to.destroySoon();
      });
      from.pipe(to);
    }
  }
}
