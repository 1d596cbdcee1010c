// Every word that the viewer says, in English; a page replaces what it wants by `replaceStrings`. Sentences about failures are in
// `core/causes.ts`, because what may be said there is decided by what can be known.
import { formatClock, formatCount } from '../core/format.js';
import { levelsInWords, sumOf } from '../core/level-counts.js';
import type { Gap } from '../core/gap.js';
import type { Notice } from '../core/notice.js';
import { visibleText } from '../core/visible-text.js';

/** `1 entry`, `1,240 entries`. */
const entries = (count: number): string => `${formatCount(count)} ${count === 1 ? 'entry' : 'entries'}`;
const errors = (count: number): string => `${formatCount(count)} ${count === 1 ? 'error' : 'errors'}`;

const ordinalRules = new Intl.PluralRules('en', { type: 'ordinal' });
const ORDINALS: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
/** `6th`, `21st`. */
const ordinal = (count: number): string => `${formatCount(count)}${ORDINALS[ordinalRules.select(count)] ?? 'th'}`;

/** A name that somebody else chose, apart from the words around it. */
const nameOf = (instance: string): string => `\u2068${visibleText(instance.slice(0, 64))}\u2069`;

function gapInWords({ cause, instance, levels, from, to }: Gap): { strong: string; rest: string } {
  const when = from === to ? formatClock(to) : `${formatClock(from)} to ${formatClock(to)}`, count = entries(sumOf(levels)), of = instance === '' ? '' : ` of ${nameOf(instance)}`;
  if (cause === 'unknown') return { strong: `Entries${of} may be missing here`, rest: `: ${strings.list.gapCauses.unknown}, ${when}` };
  const known = sumOf(levels) === 1 ? 'is missing' : 'are missing';
  if (cause === 'unexplained') return { strong: `${count}${of} ${known}`, rest: ` ${strings.list.gapCauses.unexplained}, ${when} (${levelsInWords(levels)})` };
  return { strong: `${count}${of} not shown`, rest: `: ${strings.list.gapCauses[cause]}, ${when} (${levelsInWords(levels)})` };
}

const lists = new Intl.ListFormat('en-GB');
/** `a`, `a and b`, `a, b and c`. */
const listOf = (items: readonly string[]): string => lists.format(items);

/** Keys that do one thing, or two opposite ones. */
export interface KeyGroup {
  readonly name: string;
  readonly keys: readonly { readonly keys: readonly string[]; readonly does: string }[];
}

export const strings = {
  levels: {
    trace: 'Trace', debug: 'Debug', info: 'Info', warn: 'Warn', error: 'Error', fatal: 'Fatal',
    /** A number that is none of pino's. */
    custom: (level: number): string => `Level ${level}`,
    none: 'No level',
  },

  viewer: {
    label: 'System logs',
    usualLevel: 'The level info is used.',
    wrongAttribute: 'An attribute is not right',
    wrongNumber: (attribute: string, value: string, used: number): string =>
      `“${value}” is no number that ${attribute} can have. It takes a whole number from 1; ${formatCount(used)} is used.`,
    wrongChoice: (attribute: string, value: string, choices: readonly string[]): string =>
      `“${value}” is nothing that ${attribute} can be. It is one of ${choices.join(', ')}; ${choices[0] ?? ''} is used.`,
  },

  list: {
    label: 'Log entries',
    toLatest: 'Go to the latest entries',
    time: 'Time', instance: 'Instance', level: 'Level', message: 'Message', status: 'Status', duration: 'Duration',
    noTime: 'no valid time',
    noStatus: 'no status',
    chip: (count: number): string => `${formatCount(count)} new`,
    chipErrors: errors,
    /** The line above rows that the reader still sees but the buffer has let go of. */
    older: (count: number): string => `Older than the buffer: ${entries(count)} removed since`,
    /** The line where rows are missing between such rows, and before the oldest one that is kept. */
    hole: (): string => 'Entries were removed between these',
    summary: (count: number, errorCount: number): string => `${formatCount(count)} new ${count === 1 ? 'entry' : 'entries'}${errorCount > 0 ? `, ${errors(errorCount)}` : ''}`,
    /** Why entries are missing. */
    gapCauses: {
      slow: 'this viewer was too slow',
      expired: 'this viewer was away for longer than the server keeps entries',
      bus: 'they were lost between the servers',
      source: 'more was logged at once than could be passed on',
      restart: 'they were logged while the server started',
      page: 'this page was too slow',
      unexplained: 'and the server did not say why',
      unknown: 'how many, nobody can know',
    },
    notice(notice: Notice): { strong: string; rest: string } {
      switch (notice.name) {
        case 'cleared': return { strong: '', rest: `Cleared; ${entries(notice.count)} removed here, none on the server` };
        case 'level': return { strong: '', rest: `${strings.levels[notice.level]} from here` };
        case 'disconnected':
          return { strong: '', rest: `Not connected from ${formatClock(notice.from)} to ${formatClock(notice.to)}; this server cannot say what was missed` };
        case 'gap': return gapInWords(notice);
      }
    },
  },

  // ── <log-detail> ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
  detail: {
    label: 'Entry',
    nothing: 'Select an entry to read the whole of it.',
    close: 'Close the entry',
    noTime: 'no time',
    wrongTime: 'no valid time',
    /** The entry is not in the list any more. */
    removed: (time: string): string => `Removed from the list at ${time}; kept here while open.`,
    views: 'Views of the entry',
    tree: 'Tree', raw: 'Raw', request: 'Request', error: 'Error',
    filterPaths: 'Filter paths',
    filterExample: 'Filter paths: req.method, res.statusCode',
    showFilter: 'Path filter',
    clearFilter: 'Clear the path filter',
    notHere: (paths: string): string => `Not in this entry: ${paths}.`,
    wrap: 'Wrap long lines',
    copyEntry: 'Copy the entry as JSON',
    copyFiltered: 'Copy the filtered JSON',
    copyRequest: 'Copy the request as JSON',
    copyError: 'Copy the error as JSON',
    copied: 'Copied',
    notCopied: 'Not copied',
    copiedSay: (hidden: number): string => (hidden === 0 ? 'Copied.' : `Copied as received, with ${formatCount(hidden)} ${hidden === 1 ? 'character' : 'characters'} that cannot be seen.`),
    notCopiedSay: 'The browser did not allow the copy. Select the text and copy it by keyboard.',
    /** An entry of level, time and msg alone. */
    bare: 'Nothing else came with this entry. A server that logs in the “pretty” style sends level, time and message only; this setting makes it send whole entries:',
    bareSetting: 'WEBSOCKETS_LOGS_STYLE=raw',
    more: (next: number, left: number): string => (next < left ? `Show ${formatCount(next)} more of ${formatCount(left)}` : `Show ${formatCount(left)} more`),
    keysMore: (count: number): string => `… ${formatCount(count)} more`,
    items: (count: number): string => `${formatCount(count)} ${count === 1 ? 'item' : 'items'}`,
    allCharacters: (count: number): string => `Show all ${formatCount(count)} characters`,
    allLines: (count: number): string => `Show all ${formatCount(count)} lines`,
    less: 'Show less',
    restInRaw: 'The Raw view has the rest.',
    tooDeep: 'deeper than the tree goes; the Raw view has it',
    noStatus: 'no status',
    duration: (milliseconds: number): string => `${formatCount(milliseconds)} ms`,
    query: 'Query',
    noQuery: 'No query.',
    requestHeaders: (count: number): string => `${formatCount(count)} request ${count === 1 ? 'header' : 'headers'}`,
    responseHeaders: (count: number): string => `${formatCount(count)} response ${count === 1 ? 'header' : 'headers'}`,
    moreInTree: (count: number): string => `${formatCount(count)} more are in the Tree view.`,
    causedBy: 'Caused by',
    oneOf: 'One of its errors',
    noMessage: 'no message',
    anonymous: 'anonymous',
    frames: (count: number, sources: string): string => `${formatCount(count)} frames in ${sources}`,
    errorCut: 'This is its beginning. The rest is in the Tree view.',
  },

  // ── <log-filters> ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
  filters: {
    label: 'Filters',
    search: 'Search the messages',
    clearSearch: 'Clear the search',
    levels: 'Levels',
    notRequested: 'not requested',
    requestHint: (level: string): string => `${level} is not requested from the server. Press to receive it from now on.`,
    notSent: 'not sent',
    bySource: 'by this server',
    notSentReason: (level: string, floor: string): string =>
      `This server sends no ${level.toLowerCase()} entries: the least level it sends is ${floor.toLowerCase()}. WEBSOCKETS_LOGS_LEVEL on the server changes that.`,
    /** Where there is no room for the words above. */
    off: 'off',
    instances: 'Instances',
    allInstances: 'All instances',
    someInstances: (shown: number, all: number): string => `${formatCount(shown)} of ${formatCount(all)}`,
    noInstances: 'No instance has sent an entry yet.',
    unnamed: 'without a name',
    only: 'Only',
    showInstances: 'Show all instances',
    hidden: (count: number): string => `${formatCount(count)} hidden by filters`,
    untested: (count: number): string => `Looking through ${formatCount(count)} older`,
    show: 'Show',
  },

  // ── toolbar, panels, status line, splitter, keyboard help ──────────────────────────────────────────────────────────────────────
  toolbar: {
    label: 'Log controls',
    live: 'Live', connecting: 'Connecting', reconnecting: 'Reconnecting', closed: 'Not connected', paused: 'Paused',
    /** Connected as far as anyone knows, but the server answers nothing. */
    silent: 'Server silent',
    lastEntry: (seconds: number): string => `last entry ${formatCount(seconds)} s ago`,
    /** What follows the state. */
    instances: (count: number): string => `${formatCount(count)} ${count === 1 ? 'instance' : 'instances'}`,
    rate: (perSecond: number): string => `${formatCount(perSecond)}/s`,
    attempt: (attempt: number): string => `${ordinal(attempt)} try`,
    nextTry: (seconds: number): string => `next try in ${formatCount(seconds)} s`,
    noEndpoint: 'no endpoint is set',
    held: (count: number): string => `still receiving, ${formatCount(count)} held`,
    pause: 'Pause', resume: 'Resume', clear: 'Clear', help: 'Keyboard help',
  },
  panel: {
    waiting: 'Waiting for the first entry',
    connectedAt: (level: string): string => `Connected at level ${level}. Entries appear here as they are written.`,
    ownSource: 'Entries appear here as they are written.',
    floor: (floor: string): string => `This server sends nothing below ${floor}.`,
    checkThat: 'Nothing after a while? Check that',
    waitingChecks: (level: string): string[] => [`the application logs at ${level} or above`, 'its logger writes to this server', 'something happens there that is logged'],
    connecting: 'Connecting',
    connectingTo: (host: string): string => `Waiting for an answer of ${host}.`,
    notConnected: 'Not connected',
    notAsked: 'This page has not asked for the log yet.',
    disconnected: 'This page has closed the connection.',
    connect: 'Connect',
    whatToCheck: 'What to check:',
    nextTry: (seconds: number, attempt: number): string => `Next try in ${formatCount(seconds)} s${attempt > 1 ? ` (${ordinal(attempt)} try)` : ''}.`,
    tryingNow: 'Trying now.',
    tryNow: 'Try now',
    copySetting: 'Copy the setting', copied: 'Copied', notCopied: 'The browser did not let this page copy',
    noMatch: 'No entry matches',
    looking: 'Looking through older entries',
    lookingMore: 'What matches appears here as it is found.',
    allHidden: (count: number, filters: string): string => `${count === 1 ? 'The one entry is' : `All ${entries(count)} are`} hidden by filters: ${filters}.`,
    byLevels: (levels: readonly string[]): string => `${listOf(levels)} ${levels.length === 1 ? 'is' : 'are'} hidden`,
    byInstances: (count: number): string => `${formatCount(count)} ${count === 1 ? 'instance is' : 'instances are'} hidden`,
    bySearch: (search: string): string => `the search is for “${search}”`,
    allOf: (filters: readonly string[]): string => listOf(filters),
    showLevels: 'Show all levels', showInstances: 'Show all instances', clearSearch: 'Clear the search',
    pausedEmpty: 'Paused before the first entry',
    pausedWaiting: (count: number): string => `${entries(count)} ${count === 1 ? 'waits' : 'wait'} for you to go on.`,
    // the bars under the rows
    pausedAt: (time: string): string => `Paused at ${time}.`,
    arrived: (count: number, errorCount: number): string => `${count === 0 ? 'nothing new yet' : strings.list.summary(count, errorCount)}.`,
    stillReceiving: (arrived: string): string => `Still receiving: ${arrived}`,
    sincePause: (arrived: string): string => `Since then: ${arrived}`,
    continueHere: 'Continue from here',
    jumpToLatest: (count: number): string => (count > 0 ? `Jump to latest (${formatCount(count)})` : 'Jump to latest'),
    space: 'Space',
  },
  status: {
    label: 'Counts',
    live: 'Live',
    received: (count: number): string => `${formatCount(count)} received`,
    notDelivered: (count: number): string => `${formatCount(count)} not delivered`,
    removed: (count: number): string => `${formatCount(count)} older removed`,
    cleared: (count: number): string => `${formatCount(count)} cleared`,
    unreadable: (count: number): string => `${formatCount(count)} unreadable`,
    unreadableHint: 'Messages of the server that this viewer could not read as entries',
    unknowable: (times: number): string => `${times === 1 ? '1 break' : `${formatCount(times)} breaks`} with an unknown count`,
    unknowableHint: 'An instance stopped without a word, or there was no connection to a server that numbers its entries: nobody can know what is missing. The rows say when.',
    uncounted: 'losses on this server cannot be counted',
    uncountedHint: 'This server does not number its entries: what is lost before it reaches this page cannot be counted.',
    shown: (shown: number, kept: number): string => `${formatCount(shown)} of ${formatCount(kept)} shown`,
    keys: 'Keys',
    connected: 'Connected.',
  },
  split: {
    label: 'Size of the list and the detail',
  },
  help: {
    heading: 'Keys',
    close: 'Close',
    groups: [
      { name: 'Move', keys: [
        { keys: ['↑', '↓'], does: 'Previous and next entry' },
        { keys: ['PageUp', 'PageDown'], does: 'One page up or down' },
        { keys: ['Home', 'End'], does: 'First and last entry' },
        { keys: ['e', 'E'], does: 'Next and previous error or fatal' },
        { keys: ['f'], does: 'Follow the newest entries' },
      ] },
      { name: 'Read', keys: [
        { keys: ['Enter'], does: 'Open the entry' },
        { keys: ['Escape'], does: 'Close the entry; in the search, clear it' },
        { keys: ['/'], does: 'Search the messages' },
        { keys: ['Space'], does: 'Pause; continue from here' },
        { keys: ['?'], does: 'These keys' },
      ] },
    ] as readonly KeyGroup[],
  },

  entries,
  errors,
  byLevel: levelsInWords,
};

export type Strings = typeof strings;

/** Replaces words of the viewer, section by section; call it before the elements are drawn. */
export function replaceStrings(words: { readonly [Section in keyof Strings]?: Partial<Strings[Section]> }): void {
  for (const [section, replaced] of Object.entries(words)) {
    const target = strings[section as keyof Strings];
    if (typeof target === 'object') Object.assign(target, replaced);
  }
}
