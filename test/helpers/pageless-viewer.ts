// A viewer without a page: the connection and the store as an element has them, real sockets and real HTTP, on a clock that the test moves.
import { WebSocket, type ClientOptions } from 'ws';
import type { AccessToken } from '../../src/core/access-token.js';
import { Connection } from '../../src/core/connection.js';
import type { ConnectionStatus } from '../../src/core/connection-status.js';
import type { LevelName } from '../../src/core/levels.js';
import type { LogEntry } from '../../src/core/log-entry.js';
import { LogStore } from '../../src/core/log-store.js';
import type { Clock, HttpProbe, ProbeAnswer } from '../../src/core/platform.js';
import { manualClock, manualScheduler, type ManualClock } from './manual-platform.js';

export interface PagelessViewerOptions {
  readonly url: string;
  readonly level?: LevelName;
  readonly accessToken?: AccessToken;
  /** What a browser would send by itself, with the socket and with the question by HTTP. */
  readonly cookie?: string;
  /** Of the page, which a browser names to the socket. */
  readonly origin?: string;
  readonly clock?: ManualClock;
  /** In place of the question by HTTP. */
  readonly probe?: HttpProbe;
}

export class PagelessViewer {
  readonly connection: Connection;
  readonly store: LogStore;
  /** Every status, in order. */
  readonly statuses: ConnectionStatus[] = [];
  /** What was asked by HTTP, in order. */
  readonly probed: string[] = [];
  unreadable = 0;
  readonly #options: PagelessViewerOptions;
  readonly #waiting = new Set<() => void>();

  constructor(options: PagelessViewerOptions) {
    this.#options = options;
    const clock: Clock = options.clock ?? manualClock(), { cookie, origin } = options;
    const sent: ClientOptions = { ...(cookie === undefined ? {} : { headers: { cookie } }), ...(origin === undefined ? {} : { origin }) };
    this.store = new LogStore({ clock, scheduler: manualScheduler() });
    this.connection = new Connection({
      url: options.url, level: options.level ?? 'info', clock, accessToken: options.accessToken ?? null,
      createSocket: (url) => new WebSocket(url, sent),
      probe: (url, token) => {
        this.probed.push(url);
        return options.probe === undefined ? this.#ask(url, token) : options.probe(url, token);
      },
      random: () => 0.5,
      resume: () => this.store.positions(),
      onNews: (frame) => {
        this.store.receive(frame);
        this.#look();
      },
      onOutage: (from, to) => this.store.notify({ name: 'disconnected', from, to }),
      onEntries: (frame) => {
        this.store.receive(frame);
        this.#look();
      },
      onStatus: (status) => {
        this.statuses.push(status);
        this.#look();
      },
      onUnreadable: () => {
        this.unreadable++;
        this.#look();
      },
    });
    this.connection.connect();
  }

  get status(): ConnectionStatus {
    return this.connection.status;
  }

  /** Resolves with the status as soon as it is this one. */
  async until(wanted: (status: ConnectionStatus) => boolean): Promise<ConnectionStatus> {
    await this.#until(() => wanted(this.status));
    return this.status;
  }

  live(): Promise<ConnectionStatus> {
    return this.until(({ state }) => state === 'live');
  }

  /** Resolves as soon as the store, with everything that came, is like this. */
  async untilStore(wanted: (store: LogStore) => boolean): Promise<void> {
    await this.#until(() => {
      this.store.flush();
      return wanted(this.store);
    });
  }

  /** Resolves with the entries as soon as there are so many; those of the viewer's own questions by HTTP, which Directus logs too, are left out. */
  async entries(count: number): Promise<LogEntry[]> {
    let found: LogEntry[] = [];
    await this.#until(() => {
      this.store.flush();
      const rows = Array.from({ length: this.store.snapshot.length }, (_, index) => this.store.rowAt(index));
      found = rows.flatMap((row) => (row?.kind === 'entry' && !row.text.includes('"url":"/server/info"') ? [row] : []));
      return found.length >= count;
    });
    return found;
  }

  async #until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const look = (): void => void (condition() && this.#waiting.delete(look) && resolve());
      this.#waiting.add(look);
    });
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }

  /** As a page asks; that of a page of another origin whose answer is hidden is not imitated. */
  async #ask(url: string, token: string | null): Promise<ProbeAnswer> {
    const { cookie } = this.#options;
    try {
      const response = await fetch(url, { headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(cookie === undefined ? {} : { cookie }) } });
      return { kind: 'readable', status: response.status, body: await response.json() };
    } catch {
      return { kind: 'silent' };
    }
  }
}
