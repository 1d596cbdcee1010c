// Viewers in a process of their own: one that reads what it is sent, and others that stop reading once they are subscribed. Started with the endpoint
// and their number; says when all are subscribed, and how many entries, gaps and steps in their numbers the one has seen whenever it is asked.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { decodeServerFrame } from '../../src/core/protocol.js';

export interface Seen {
  readonly entries: number;
  readonly gaps: number;
  /** Entries whose number is not the one after the last. */
  readonly steps: number;
}

const [, , url = '', stalled = '0'] = process.argv;
const seen = { entries: 0, gaps: 0, steps: 0 };
let last = 0;

async function subscribe(): Promise<WebSocket> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  const answered = once(socket, 'message');
  socket.send('{"type":"subscribe","log_level":"info","ext":{"v":1}}');
  await answered;
  return socket;
}

function count(seq: number): void {
  seen.entries++;
  if (seq !== last + 1) seen.steps++;
  last = seq;
}

const fast = await subscribe();
fast.on('message', (data: Buffer) => {
  const frame = decodeServerFrame(data.toString('utf8'));
  if (frame.type === 'packed') for (const seq of frame.seqs) count(seq);
  else if (frame.type === 'entry') count(frame.stamp?.seq ?? 0);
  else if (frame.type === 'gap') seen.gaps++;
});
for (let index = 0; index < Number(stalled); index++) (await subscribe()).pause();
process.on('message', () => process.send?.(seen));
process.on('disconnect', () => process.exit());
process.send?.('subscribed');
