// Why something does not work: what a view shows, and what the page is told by `log-error`. Which of the sentences it is, and of what, is language-free;
// the words are English until `sayCause` gives them another language's.
import { causesInEnglish, checksInEnglish, type CauseFacts, type CauseName, type CauseSentences, type CheckName } from './cause-words.js';

export type CauseCode =
  /** Wrong input: trying again cannot help. */
  | 'invalid-endpoint' | 'unknown-level' | 'wrong-attribute'
  /** The page itself has no token to show. */
  | 'no-token'
  /** No connection: the browser has no network; it cannot say why; nothing answers at all; only silence came; something answers, but not so. */
  | 'offline' | 'no-connection' | 'unreachable' | 'no-answer' | 'refused'
  /** Sign-in and rights. */
  | 'not-signed-in' | 'sign-in-expired' | 'not-allowed'
  /** Switched off on the server. */
  | 'websockets-disabled' | 'logs-disabled'
  /** A proxy, or the server itself, is in trouble. */
  | 'proxy' | 'busy' | 'server-error'
  /** The connection was open and is not any more. */
  | 'server-stopped' | 'too-slow' | 'connection-lost' | 'closed';

export interface Cause {
  readonly code: CauseCode;
  /** Which of the sentences it is, and what that is about: with both, any language can say it. */
  readonly name: CauseName;
  readonly facts: CauseFacts;
  /** Two to six words for a toolbar. */
  readonly short: string;
  /** A heading, without a full stop. */
  readonly title: string;
  /** What is known, then what to do. Whole sentences. */
  readonly sentence: string;
  /** What to check, each a short clause in the imperative, without a full stop. */
  readonly checks: readonly string[];
  /** The names of these, in the same order. */
  readonly checkNames: readonly CheckName[];
  /** The setting of the server that changes it, `NAME=value`. */
  readonly setting: string | null;
  /** False where trying the same again cannot help. */
  readonly retry: boolean;
}

type Extras = Partial<Pick<Cause, 'setting' | 'retry'>>;

const NO_FACTS: CauseFacts = { host: '', status: 0, closeCode: null, words: '', hasToken: false, attribute: '', choices: [], usual: 0 };

/** A cause as it is said in English. */
export function cause(code: CauseCode, name: CauseName, known: Partial<CauseFacts> = {}, checkNames: readonly CheckName[] = [], extras: Extras = {}): Cause {
  const unsaid = { code, name, facts: { ...NO_FACTS, ...known }, checkNames, setting: null, retry: true, ...extras };
  return sayCause(unsaid, causesInEnglish, checksInEnglish);
}

/** The same cause in the words of a language. */
export function sayCause(cause: Omit<Cause, 'short' | 'title' | 'sentence' | 'checks'>, sentences: CauseSentences, checks: Readonly<Record<CheckName, string>>): Cause {
  const [short, title, sentence] = sentences[cause.name](cause.facts);
  return { ...cause, short, title, sentence, checks: cause.checkNames.map((name) => checks[name]) };
}

/** Words of somebody else: on one line, without what could redirect or break it, cut, and without their own full stop, for quotation marks. */
export function quotable(words: string): string {
  const plain = words.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim().replace(/\.$/, '');
  return plain.length > 120 ? `${plain.slice(0, 120)}…` : plain;
}
