// `npm run bench:server`: what it costs the server to give entries to viewers, beside the plain way of doing it; how many arrive in a second; and what
// a call of the logger costs the application. One table and, last, one line of JSON. The viewers are here, the server is a process of its own.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import type { Answer, Job, Order } from './job.js';

type Dialect = 'directus' | 'packed';

interface Run {
  readonly viewers: number;
  readonly cpuMs: number;
  readonly wallMs: number;
}

const quick = process.argv.includes('--quick'), REPEATS = quick ? 1 : 3, SCALE = quick ? 0.25 : 1;
const PACKED = Buffer.from('{"type":"logs","event":"packed"'), ENTRY = Buffer.from('{"type":"logs","data":');
const LINE_FEED = 10;

function countEntries(frame: Buffer): number {
  if (frame.subarray(0, ENTRY.length).equals(ENTRY)) return 1;
  if (!frame.subarray(0, PACKED.length).equals(PACKED)) {
    if (frame.includes('"event":"gap"')) throw new Error(`Entries were lost: ${frame.toString()}`);
    return 0;
  }
  let lines = 0;
  for (let at = frame.indexOf(LINE_FEED); at >= 0; at = frame.indexOf(LINE_FEED, at + 1)) lines++;
  return lines;
}

async function measure(server: ChildProcess, job: Job, viewers: number, dialect: Dialect): Promise<Run> {
  const tell = (order: Order): void => void server.send(order);
  const heard = async <Kind extends Answer['kind']>(kind: Kind): Promise<Extract<Answer, { kind: Kind }>> => {
    const [answer] = await once(server, 'message') as [Answer];
    if (answer.kind !== kind) throw new Error(`The server said ${answer.kind} where ${kind} was due.`);
    return answer as Extract<Answer, { kind: Kind }>;
  };
  const listening = heard('listening');
  tell({ kind: 'job', job });
  const { port } = await listening, read = new Array<number>(viewers).fill(0), sockets: WebSocket[] = [];
  let told = 0;
  for (let index = 0; index < viewers; index++) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/websocket/logs?access_token=bench`, { perMessageDeflate: false });
    sockets.push(socket);
    await once(socket, 'open');
    const answered = once(socket, 'message');
    socket.send(JSON.stringify({ type: 'subscribe', log_level: 'info', ...(dialect === 'packed' ? { ext: { v: 1 } } : {}) }));
    await answered;
    socket.on('message', (frame: Buffer) => {
      read[index] = (read[index] as number) + countEntries(frame);
      // told now and then: the slowest decides, and asking is not free either
      if ((read[index] as number) < told + 1000 && (read[index] as number) < job.entries) return;
      const slowest = Math.min(...read);
      if (slowest < told + 1000 && slowest < job.entries) return;
      told = slowest;
      tell({ kind: 'read', count: slowest });
    });
  }
  // what opening the connections left to do is not of this measurement
  await new Promise((resolve) => setTimeout(resolve, 200));
  const done = heard('done');
  tell({ kind: 'start' });
  if (viewers === 0) tell({ kind: 'read', count: job.entries });
  const { cpuMs, wallMs } = await done;
  if (read.some((count) => count !== job.entries)) throw new Error(`A viewer got ${Math.max(...read)} entries of ${job.entries}.`);
  for (const socket of sockets) socket.terminate();
  return { viewers, cpuMs, wallMs };
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] as number;
const round = (number: number): number => Number(number.toPrecision(3));
const say = (number: number): string => round(number).toLocaleString('en');

const server = fork(fileURLToPath(new URL('server-process.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
try {
  const repeat = async (job: Job, viewers: number, dialect: Dialect): Promise<Run> => {
    const runs: Run[] = [];
    for (let times = 0; times < REPEATS; times++) runs.push(await measure(server, job, viewers, dialect));
    return { viewers, cpuMs: median(runs.map((run) => run.cpuMs)), wallMs: median(runs.map((run) => run.wallMs)) };
  };
  const size = (entries: number): number => Math.round(entries * SCALE);
  await measure(server, { way: 'ours', entries: size(20_000) }, 2, 'packed'); // so that the first figure is not the compiler's

  console.log('deliveries per CPU-second of the server');
  console.log('| viewers | plain way | ours, Directus frames | ours, packed | packed ÷ plain |\n|---|---|---|---|---|');
  const fanOut = [];
  for (const [viewers, entries] of [[1, 100_000], [10, 40_000], [50, 16_000]] as const) {
    const perSecond = async (way: Job['way'], dialect: Dialect): Promise<{ rate: number; entriesPerSecond: number }> => {
      const job = { way, entries: size(entries) }, run = await repeat(job, viewers, dialect);
      return { rate: job.entries * viewers / run.cpuMs * 1000, entriesPerSecond: job.entries / run.wallMs * 1000 };
    };
    const plain = await perSecond('plain', 'directus'), directus = await perSecond('ours', 'directus'), packed = await perSecond('ours', 'packed');
    console.log(`| ${viewers} | ${say(plain.rate)} | ${say(directus.rate)} | ${say(packed.rate)} | ${round(packed.rate / plain.rate)} |`);
    fanOut.push({ viewers, plain, directus, packed });
  }
  const [one] = fanOut;
  console.log('\nentries a second from the logger to one viewer, end to end');
  console.log(`| plain way | ours, Directus frames | ours, packed |\n|---|---|---|`);
  console.log(`| ${say(one?.plain.entriesPerSecond ?? 0)} | ${say(one?.directus.entriesPerSecond ?? 0)} | ${say(one?.packed.entriesPerSecond ?? 0)} |`);

  const calls = size(200_000), cost = async (way: Job['way'], viewers: number): Promise<number> => calls / (await repeat({ way, entries: calls }, viewers, 'packed')).cpuMs * 1000;
  const nothing = await cost('nothing', 0), idle = await cost('ours', 0), watched = await cost('ours', 10);
  console.log('\ncalls of log.info per CPU-second of the application');
  console.log('| no-op destination | ours, nobody watches | ours, 10 viewers |\n|---|---|---|');
  console.log(`| ${say(nothing)} | ${say(idle)} | ${say(watched)} |`);

  console.log(JSON.stringify({
    fanOut: fanOut.map(({ viewers, plain, directus, packed }) => ({ viewers, plain: round(plain.rate), directus: round(directus.rate), packed: round(packed.rate), ratio: round(packed.rate / plain.rate) })),
    endToEnd: { plain: round(one?.plain.entriesPerSecond ?? 0), directus: round(one?.directus.entriesPerSecond ?? 0), packed: round(one?.packed.entriesPerSecond ?? 0) },
    logInfo: { nothing: round(nothing), nobody: round(idle), tenViewers: round(watched) },
  }));
} finally {
  server.send({ kind: 'end' } satisfies Order);
}
