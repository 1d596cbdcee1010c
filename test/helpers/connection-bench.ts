// A connection whose sockets, clock, HTTP and chance are the test's, and everything that it said.
import { Connection } from '../../src/core/connection.js';
import type { ConnectionOptions } from '../../src/core/connection-options.js';
import type { ConnectionStatus } from '../../src/core/connection-status.js';
import type { ProbeAnswer } from '../../src/core/platform.js';
import { FakeSocket, settled } from './fake-socket.js';
import { manualClock, type ManualClock } from './manual-platform.js';

export interface ConnectionBench {
  readonly connection: Connection;
  readonly clock: ManualClock;
  readonly statuses: ConnectionStatus[];
  readonly sockets: FakeSocket[];
  /** Entry frames that were handed on. */
  readonly entries: string[];
  /** Questions over HTTP, which the test answers. */
  readonly probes: { url: string; token: string | null; answer: (answer: ProbeAnswer) => void }[];
  /** The newest socket. */
  readonly socket: FakeSocket;
  readonly unreadable: number;
  /** The state of each status, in order. */
  readonly states: string;
  readonly cause: string | undefined;
}

export function connectionBench(options: Partial<ConnectionOptions> = {}): ConnectionBench {
  const clock = manualClock(), statuses: ConnectionStatus[] = [], sockets: FakeSocket[] = [], entries: string[] = [], probes: ConnectionBench['probes'] = [];
  let unreadable = 0;
  const connection = new Connection({
    url: 'wss://logs.example.com/websocket/logs', level: 'info', clock, random: () => 0.5,
    createSocket: (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket;
    },
    probe: (url, token) => new Promise((answer) => probes.push({ url, token, answer })),
    onEntries: (frame) => entries.push(frame),
    onStatus: (status) => statuses.push(status),
    onUnreadable: () => unreadable++,
    ...options,
  });
  return {
    connection, clock, statuses, sockets, entries, probes,
    get socket() { return sockets.at(-1) as FakeSocket; },
    get unreadable() { return unreadable; },
    get states() { return statuses.map(({ state }) => state).join(' '); },
    get cause() { return 'cause' in connection.status ? connection.status.cause?.code : undefined; },
  };
}

/** Asked to connect, with a socket that is not open yet. */
export async function connected(options: Partial<ConnectionOptions> = {}): Promise<ConnectionBench> {
  const made = connectionBench(options);
  made.connection.connect();
  await settled();
  return made;
}

export async function live(options: Partial<ConnectionOptions> = {}): Promise<ConnectionBench> {
  const made = await connected(options);
  made.socket.accept();
  return made;
}

/** Moves time, and lets what was due happen. */
export async function advance(clock: ManualClock, ms: number): Promise<void> {
  clock.advance(ms);
  await settled();
}

/** A token that says when it ends, in ms since 1970. */
export function jwt(expiresAt: number, name = 'a'): string {
  return `h.${Buffer.from(JSON.stringify({ name, exp: expiresAt / 1000 })).toString('base64url')}.s`;
}
