// A viewer's session without a network: a socket that keeps what it is sent, a clock that the test moves, and an application that answers
// about tokens as the test says.
import type { FrameBatch } from '../../src/server/frame-batch.js';
import { LogHub } from '../../src/server/log-hub.js';
import type { SignIn, Viewer } from '../../src/server/sign-in.js';
import { ViewerSession, type SessionSocket } from '../../src/server/viewer-session.js';
import { manualClock, type ManualClock } from '../helpers/manual-platform.js';
import { source } from './hub-bench.js';

export class FakeSocket implements SessionSocket {
  readonly sent: string[] = [];
  bufferedBytes = 0;
  takenBytes = 0;
  pings = 0;
  closedWith: [number, string] | 'cut' | null = null;

  send(batch: FrameBatch): void {
    this.sent.push(...batch.texts);
  }

  sendText(text: string): void {
    this.sent.push(text);
  }

  ping(): void {
    this.pings++;
  }

  close(code: number, reason: string): void {
    this.closedWith = [code, reason];
  }

  cut(): void {
    this.closedWith = 'cut';
  }

  /** What came since this was asked last. */
  take(): string[] {
    return this.sent.splice(0);
  }
}

export const START = 1_000_000;

export interface SessionGiven {
  readonly viewer?: Viewer;
  /** What the application says of each token; of any other that it is unknown. */
  readonly answers?: Readonly<Record<string, SignIn | Promise<SignIn>>>;
  /** Filled with how long each timer was set for. */
  readonly waits?: number[];
}

export interface StartedSession {
  readonly clock: ManualClock;
  readonly socket: FakeSocket;
  readonly hub: LogHub;
  readonly session: ViewerSession;
  /** The tokens that the application was asked about. */
  readonly asked: readonly string[];
  /** One entry comes over the bus. */
  log(level?: number): void;
  /** The viewer sends a message; returns what it is sent at once. */
  say(message: object | string): string[];
}

export function sessionOf({ viewer = { id: 'ada' }, answers = {}, waits = [] }: SessionGiven = {}): StartedSession {
  const clock = manualClock(START), { after } = clock;
  clock.after = (ms, callback) => {
    waits.push(ms);
    return after(ms, callback);
  };
  const socket = new FakeSocket(), asked: string[] = [];
  // a clock of its own, so that the other counts the session's timers alone
  const hub = new LogHub({
    instance: 'hub00001', floor: 'debug', style: 'raw', clock: manualClock(START), maxBufferedBytes: 1000, maxRingEntries: 10, maxRingBytes: 10_000, maxRingMs: 120_000, maxRingErrors: 0, keepMs: 60_000, markMs: 5000,
  });
  const session = new ViewerSession({
    socket, viewer, hub, clock, heartbeatMs: 30_000, recheckMs: 45_000, maxMessages: 20, messageWindowMs: 10_000,
    signIn: (token) => {
      asked.push(token ?? 'what came with the upgrade');
      return Promise.resolve(answers[token ?? ''] ?? { verdict: 'unknown' });
    },
  });
  const from = source();
  const log = (level = 30): void => void hub.receive(from.log(level));
  const say = (message: object | string): string[] => {
    session.message(typeof message === 'string' ? message : JSON.stringify(message));
    return socket.take();
  };
  return { clock, socket, hub, session, asked, log, say };
}

/** Everything that can happen without time has happened. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
export const allowed = (expiresAt?: number): SignIn => ({ verdict: 'allowed', viewer: expiresAt === undefined ? { id: 'ada' } : { id: 'ada', expiresAt } });
