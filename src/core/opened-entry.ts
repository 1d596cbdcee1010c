// What is read of an entry when a person opens it; rows do with less. Total, like everything that reads entries.
import { readErrorChain, type ErrorChain } from './error-chain.js';
import { eachMember, rootOf } from './json-text.js';
import { readEntry, summaryOf, type HttpFacts, type LogEntry } from './log-entry.js';
import { readRequestParts, type RequestParts } from './request-parts.js';

export interface OpenedEntry {
  readonly entry: LogEntry;
  /** Its message; for a request its line, with the whole URL. */
  readonly heading: string;
  readonly request: (HttpFacts & RequestParts) | null;
  readonly error: ErrorChain | null;
  /** Whether it holds its message and nothing beside level and time, as entries of a server that logs in the pretty style do. */
  readonly isBare: boolean;
}

export function openEntry(entry: LogEntry): OpenedEntry {
  const { text } = entry, facts = readEntry(JSON.parse(text), text), { http } = facts;
  return {
    entry,
    heading: http === null ? facts.message : summaryOf(facts),
    request: http === null ? null : { ...http, ...readRequestParts(text, http.url) },
    error: readErrorChain(text),
    isBare: isBare(text),
  };
}

const BARE_KEYS: readonly string[] = ['level', 'time', 'msg'];

function isBare(text: string): boolean {
  const root = rootOf(text);
  if (root.kind !== 'object') return false;
  let hasMessage = false, hasOther = false;
  eachMember(text, root.start, ({ key }) => {
    hasMessage ||= key === 'msg';
    hasOther = !BARE_KEYS.includes(key);
    return !hasOther;
  });
  return hasMessage && !hasOther;
}
