// The `pretty` style: an entry reduced to level, time and one line of words, as Directus sends it by default. A request's line is its
// method, URL, status and duration; unlike Directus' it keeps them where the duration is 0 or the request ended without a status.
import { NO_LEVEL } from '../core/levels.js';
import type { StampedEntry } from '../core/protocol.js';
import { firstMember, parseObject, summarize } from './log-line.js';

export function prettyEntry(entry: StampedEntry): StampedEntry {
  const value = parseObject(entry.text);
  if (value === null) return entry;
  const msg = summarize(value, entry.text);
  const level = entry.level === NO_LEVEL ? '' : `"level":${entry.level},`;
  const time = firstMember(entry.text, 'time');
  return { ...entry, text: `{${level}${time === null ? '' : `"time":${time},`}"msg":${JSON.stringify(msg)}}` };
}
