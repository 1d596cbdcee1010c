// A process that logs at a steady rate, to a file and to viewers, with a log server over Redis: what the tests of several processes start.
// Its parent tells it who it is, how fast to log, and asks for figures.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createLogServer } from '../../src/server/index.js';

export type Order =
  | { readonly name: string; readonly redis: string; readonly channel: string; readonly file: string; readonly token: string }
  /** Entries a second. */
  | { readonly rate: number }
  | { readonly ask: 'memory' };
export type Answer = { readonly port: number } | { readonly rate: number } | { readonly memory: number };

const TICK_MS = 10;
let rate = 0, log: (count: number) => void = () => undefined;

process.on('message', (order: Order) => {
  if ('name' in order) void live(order);
  else if ('rate' in order) {
    rate = order.rate;
    answer({ rate });
  } else {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    answer({ memory: heapUsed + external });
  }
});
process.once('disconnect', () => process.exit(0));

function answer(message: Answer): void {
  process.send?.(message);
}

async function live({ name, redis, channel, file, token }: Exclude<Order, { rate: number } | { ask: string }>): Promise<void> {
  const logs = createLogServer({ instance: name, redis: { url: redis, channel }, level: 'trace', markMs: 1000, authenticate: ({ token: brought }) => (brought === token ? { id: 'ada' } : null) });
  // the file first: what a viewer has seen is in it, however the process ends
  const logger = pino({ level: 'trace', base: null }, pino.multistream([
    { stream: pino.destination({ dest: file, sync: true }), level: 'trace' }, { stream: logs.destination, level: 'trace' },
  ]));
  let n = 0;
  log = (count) => {
    for (; count > 0; count--) {
      n++;
      if (n % 100 === 0) logger.error({ n }, 'it happens');
      else if (n % 10 === 0) logger.warn({ n }, 'a little slow');
      else logger.info({ n }, 'all is well, and here is some more text, as a real entry has it');
    }
  };
  const server = createServer();
  logs.attach(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  answer({ port: (server.address() as AddressInfo).port });
  let due = 0;
  setInterval(() => {
    due += (rate * TICK_MS) / 1000;
    log(Math.floor(due));
    due -= Math.floor(due);
  }, TICK_MS);
}
