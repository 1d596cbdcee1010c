// What the viewer says to people who hear it instead of seeing it: a summary of what arrived, at most every 5 s; what a filter left; the loss of
// the connection, at once. Never each line, and nothing while the list is paused. It makes the sentences and their times, and draws nothing.
import { sayCause } from '../core/cause.js';
import type { ConnectionStatus } from '../core/connection-status.js';
import { isErrorLevel } from '../core/levels.js';
import type { LogFilter } from '../core/filter.js';
import type { LogSnapshot } from '../core/log-snapshot.js';
import type { LogStore } from '../core/log-store.js';
import type { Clock } from '../core/platform.js';
import { noticeInWords } from './notice-words.js';
import type { Strings } from './strings.js';

/** Between two summaries. */
const SUMMARY_INTERVAL_MS = 5000;
/** Gathered before the first one, and quiet to be kept before a filter is answered. */
const GATHER_MS = 1000;
/** Trouble that has no cause yet. */
const SILENT = 'silent';
/** Of the viewer's own rows, in one summary. */
const MAX_NOTICES = 3;

export class Announcer {
  readonly #clock: () => Clock;
  readonly #strings: () => Strings;
  readonly #onText: () => void;
  #text = '';
  #store: LogStore | null = null;
  #filter: LogFilter | null = null;
  /** The id of the newest row that was spoken of; −1 before there was any. */
  #heard = -1;
  #saidAt = Number.NEGATIVE_INFINITY;
  #pending: { cancel: () => void; isAnswer: boolean } | null = null;
  #trouble: string | null = null;

  /** @param onText called when `text` has changed */
  constructor(clock: () => Clock, strings: () => Strings, onText: () => void) {
    this.#clock = clock;
    this.#strings = strings;
    this.#onText = onText;
  }

  /** What a live region should hold now. */
  get text(): string {
    return this.#text;
  }

  /** Hears of a publish of a store; a store not heard of before starts from what it holds. */
  publish(store: LogStore, { filter }: LogSnapshot): void {
    if (store !== this.#store) {
      this.stop();
      this.#store = store;
      this.#filter = filter;
      this.#heard = newestOf(store);
    } else if (filter !== this.#filter) {
      this.#filter = filter;
      this.#schedule(GATHER_MS, true);
    } else if (this.#pending === null && newestOf(store) > this.#heard) {
      this.#schedule(Math.max(GATHER_MS, Math.min(SUMMARY_INTERVAL_MS, this.#saidAt + SUMMARY_INTERVAL_MS - this.#clock().now())), false);
    }
  }

  /** Hears how the connection stands; says each new trouble once, and its end. */
  hear(status: ConnectionStatus | null): void {
    const cause = status?.state === 'reconnecting' || status?.state === 'closed' ? status.cause : null;
    if (cause !== null) {
      if (cause.code === this.#trouble) return;
      this.#trouble = cause.code;
      const { causes, checks } = this.#strings(), { title, sentence } = sayCause(cause, causes, checks);
      this.#say(`${title}. ${sentence}`);
    } else if (status?.state === 'live' && status.silentSince !== null) {
      if (this.#trouble === SILENT) return;
      this.#trouble = SILENT;
      this.#say(this.#strings().toolbar.silent);
    } else if (status?.state === 'live' && this.#trouble !== null) {
      this.#trouble = null;
      this.#say(this.#strings().status.connected);
    }
  }

  /** Lets go of the store and of every timer. */
  stop(): void {
    this.#pending?.cancel();
    this.#pending = null;
    this.#store = null;
  }

  #schedule(ms: number, isAnswer: boolean): void {
    this.#pending?.cancel();
    this.#say(''); // the same words twice are heard twice only if there was nothing between
    const cancel = this.#clock().after(ms, () => {
      this.#pending = null;
      this.#sumUp(isAnswer);
    });
    this.#pending = { cancel, isAnswer };
  }

  #sumUp(isAnswer: boolean): void {
    const store = this.#store;
    if (store === null) return;
    const { paused, retained, hidden, untested } = store.snapshot;
    if (isAnswer) {
      this.#heard = Math.max(this.#heard, newestOf(store));
      this.#say(this.#strings().status.shown(retained - hidden - untested, retained));
    } else if (paused === null) {
      const said = this.#arrived(store);
      this.#heard = Math.max(this.#heard, newestOf(store));
      if (said !== '') this.#saidAt = this.#clock().now();
      this.#say(said);
    }
  }

  /** `42 new entries, 1 error`, and what the viewer itself said between them. */
  #arrived(store: LogStore): string {
    const notices: string[] = [], strings = this.#strings();
    let entries = 0, errors = 0;
    for (let index = store.indexFrom(this.#heard + 1); index < store.snapshot.length; index++) {
      const row = store.rowAt(index);
      if (row?.kind === 'entry') {
        entries++;
        if (isErrorLevel(row.level)) errors++;
      } else if (row?.kind === 'notice') {
        const { strong, rest } = noticeInWords(row.notice, strings);
        notices.push(strong + rest);
      }
    }
    return [...(entries > 0 ? [strings.list.summary(entries, errors)] : []), ...notices.slice(-MAX_NOTICES)].join('. ');
  }

  #say(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.#onText();
  }
}

function newestOf(store: LogStore): number {
  const { length } = store.snapshot;
  return length === 0 ? -1 : store.idAt(length - 1);
}
