// Every word that the viewer says, in English. What it is told of others (names, counts as numbers, clocks) is fit to be shown as it is; where it
// stands in a sentence is a matter of the language. Two words for one thing are two entries only where another language may need two.
import { causesInEnglish, checksInEnglish, type CauseSentences, type CheckName } from '../../core/cause-words.js';
import type { LossCause } from '../../core/gap.js';
import type { LocaleFormat } from '../../core/locale-format.js';
import type { KeyGroup, SaidGap, SaidInstances } from './said.js';

export const english = ({ count: num, plural, ordinal, list, levels: byLevel, date }: LocaleFormat) => {
  const entries = (count: number): string => plural(count, { one: '# entry', other: '# entries' });
  const errors = (count: number): string => plural(count, { one: '# error', other: '# errors' });
  const nth = (count: number): string => ordinal(count, { one: '#st', two: '#nd', few: '#rd', other: '#th' });
  const summary = (count: number, errorCount: number): string =>
    plural(count, { one: '# new entry', other: '# new entries' }) + (errorCount > 0 ? `, ${errors(errorCount)}` : '');
  /** Why entries are missing. */
  const causes: Readonly<Record<LossCause, string>> = {
    slow: 'this viewer was too slow',
    expired: 'the server did not have them when this viewer was back',
    bus: 'they were lost between the servers',
    source: 'more was logged at once than could be passed on',
    restart: 'they were logged while the server started',
    page: 'this page was too slow',
    unexplained: 'and the server did not say why',
    silent: 'nothing is heard of their instance',
    unknown: 'how many, nobody can know',
  };

  return {
    numbers: {
      count: num,
      /** `1,200 info, 40 warn` */
      byLevel: (counts: readonly number[]) => byLevel(counts).join(', '),
    },

    levels: {
      trace: 'Trace', debug: 'Debug', info: 'Info', warn: 'Warn', error: 'Error', fatal: 'Fatal',
      /** A number that is none of pino's. */
      custom: (level: number) => `Level ${level}`,
      none: 'No level',
    },

    viewer: {
      label: 'System logs',
    },

    // why something does not work, and what to check
    causes: { ...causesInEnglish } as CauseSentences,
    checks: { ...checksInEnglish } as Readonly<Record<CheckName, string>>,

    list: {
      label: 'Log entries',
      toLatest: 'Go to the latest entries',
      time: 'Time', instance: 'Instance', level: 'Level', message: 'Message', status: 'Status', duration: 'Duration',
      noTime: 'no valid time',
      noStatus: 'no status',
      chip: (count: number) => `${num(count)} new`,
      chipErrors: errors,
      /** A sentence behind another, without its full stop: so many of what is new cannot be reached any more. */
      chipGone: (count: number) => `${num(count)} of the new ones had to make room and are no longer in memory`,
      // what a key could not do, or did in another way
      noErrors: 'No errors are shown', onlyError: 'This is the only error shown',
      errorsFromOldest: 'No further error below; went on from the oldest', errorsFromNewest: 'No further error above; went on from the newest',
      /** The line above rows that the reader still sees but the buffer has let go of. */
      older: (count: number) => `Older than the buffer: ${entries(count)} removed since`,
      /** The line where rows are missing between such rows, and before the oldest one that is kept. */
      hole: 'Entries were removed between these',
      summary,
      // the viewer's own rows
      cleared: (count: number) => `Cleared; ${entries(count)} removed here, none on the server`,
      levelFromHere: (level: string) => `${level} from here`,
      disconnected: (from: string, to: string) => `Not connected from ${from} to ${to}; this server cannot say what was missed`,
      gap: ({ cause, count, instance, from, to, levels }: SaidGap) => {
        const when = from === to ? to : `${from} to ${to}`, of = instance === '' ? '' : ` of ${instance}`;
        if (cause === 'unknown' || cause === 'silent') return { strong: `Entries${of} may be missing here`, rest: `: ${causes[cause]}, ${when}` };
        const isExplained = cause !== 'unexplained', missing = isExplained ? 'not shown' : count === 1 ? 'is missing' : 'are missing';
        return { strong: `${entries(count)}${of} ${missing}`, rest: `${isExplained ? ':' : ''} ${causes[cause]}, ${when} (${levels})` };
      },
    },

    // what becomes of instances
    instances: {
      /** Behind some names, for all that are not named. */
      others: (count: number) => plural(count, { one: '# other', other: '# others' }),
      listed: (names: readonly string[]) => list(names),
      /** Two sentences in one row. */
      between: '; ',
      started: ({ count, names, at }: SaidInstances) => {
        const when = at === '' ? 'started again' : `started at ${at}`;
        return count === 1 ? `${names} ${when}` : `${num(count)} instances ${when}: ${names}`;
      },
      stopped: ({ count, names, at }: SaidInstances) =>
        (count === 1 ? `${names} stopped sending at ${at}` : `${num(count)} instances stopped sending at ${at}: ${names}`),
      silent: ({ count, names, at }: SaidInstances) => (count === 1
        ? { strong: `Nothing heard from ${names} since ${at}`, rest: ': its last entries may be missing' }
        : { strong: `Nothing heard from ${num(count)} instances since ${at}`, rest: `: ${names}; their last entries may be missing` }),
      again: ({ count, names }: SaidInstances) => (count === 1 ? `${names} sends again` : `${num(count)} instances send again: ${names}`),
      twin: ({ count, names }: SaidInstances) => (count === 1
        ? `Two processes use the name ${names}: each needs one of its own to be told apart`
        : `Two processes each use the names ${names}: each needs one of its own to be told apart`),
      othersAway: (at: string) => `Other instances not visible since ${at}`,
      othersBack: (at: string) => `Other instances visible again since ${at}; of any that started and ended in between nothing is known`,
      /** Beside a name. */
      stoppedAt: (at: string) => `stopped ${at}`,
      notHeardSince: (at: string) => `not heard since ${at}`,
      /** Behind how many there are that send. */
      ended: (count: number) => `${num(count)} not sending`,
    },

    // ── <log-detail> ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
    detail: {
      label: 'Entry',
      nothing: 'Select an entry to read the whole of it.',
      close: 'Close the entry',
      noTime: 'no time',
      wrongTime: 'no valid time',
      /** Before a clock. */
      date: (time: number, zone: 'local' | 'utc') => `${date(time, zone).replace(',', '')},`,
      /** The entry is not kept any more; a reader who stands still may see its row for a while yet. */
      removed: (time: string) => `Removed from memory at ${time}; kept here while open.`,
      views: 'Views of the entry',
      tree: 'Tree', raw: 'Raw', request: 'Request', error: 'Error',
      filterPaths: 'Filter paths',
      filterExample: 'Filter paths: req.method, res.statusCode',
      showFilter: 'Path filter',
      clearFilter: 'Clear the path filter',
      notHere: (paths: string) => `Not in this entry: ${paths}.`,
      wrap: 'Wrap long lines',
      copyEntry: 'Copy the entry as JSON',
      copyFiltered: 'Copy the filtered JSON',
      copyRequest: 'Copy the request as JSON',
      copyError: 'Copy the error as JSON',
      copied: 'Copied',
      notCopied: 'Not copied',
      copiedSay: (hidden: number) => (hidden === 0 ? 'Copied.' : `Copied as received, with ${plural(hidden, { one: '# character', other: '# characters' })} that cannot be seen.`),
      notCopiedSay: 'The browser did not allow the copy. Select the text and copy it by keyboard.',
      /** An entry of level, time and msg alone. */
      bare: 'Nothing else came with this entry. A server that logs in the “pretty” style sends level, time and message only; this setting makes it send whole entries:',
      bareSetting: 'WEBSOCKETS_LOGS_STYLE=raw',
      more: (next: number, left: number) => (next < left ? `Show ${num(next)} more of ${num(left)}` : `Show ${num(left)} more`),
      keysMore: (count: number) => `… ${num(count)} more`,
      items: (count: number) => plural(count, { one: '# item', other: '# items' }),
      allCharacters: (count: number) => `Show all ${num(count)} characters`,
      allLines: (count: number) => `Show all ${num(count)} lines`,
      less: 'Show less',
      restInRaw: 'The Raw view has the rest.',
      tooDeep: 'deeper than the tree goes; the Raw view has it',
      noStatus: 'no status',
      duration: (milliseconds: number) => `${num(milliseconds)} ms`,
      query: 'Query',
      noQuery: 'No query.',
      requestHeaders: (count: number) => plural(count, { one: '# request header', other: '# request headers' }),
      responseHeaders: (count: number) => plural(count, { one: '# response header', other: '# response headers' }),
      moreInTree: (count: number) => `${num(count)} more are in the Tree view.`,
      causedBy: 'Caused by',
      oneOf: 'One of its errors',
      noMessage: 'no message',
      anonymous: 'anonymous',
      /** @param count at least 3 */
      frames: (count: number, sources: string) => `${num(count)} frames in ${sources}`,
      errorCut: 'This is its beginning. The rest is in the Tree view.',
    },

    // ── <log-filters> ────────────────────────────────────────────────────────────────────────────────────────────────────────────
    filters: {
      label: 'Filters',
      search: 'Search the messages',
      clearSearch: 'Clear the search',
      levels: 'Levels',
      notRequested: 'not requested',
      requestHint: (level: string) => `${level} is not requested from the server. Press to receive it from now on.`,
      notSent: 'not sent',
      bySource: 'by this server',
      notSentReason: (level: string, floor: string) =>
        `This server sends no ${level.toLowerCase()} entries: the least level it sends is ${floor.toLowerCase()}. WEBSOCKETS_LOGS_LEVEL on the server changes that.`,
      /** Where there is no room for the words above. */
      off: 'off',
      instances: 'Instances',
      allInstances: 'All instances',
      someInstances: (shown: number, all: number) => `${num(shown)} of ${num(all)}`,
      noInstances: 'No instance has sent an entry yet.',
      unnamed: 'without a name',
      only: 'Only',
      showInstances: 'Show all instances',
      hidden: (count: number) => `${num(count)} hidden by filters`,
      untested: (count: number) => `Looking through ${num(count)} older`,
      show: 'Show',
    },

    // ── toolbar, panels, status line, splitter, keyboard help ────────────────────────────────────────────────────────────────────
    toolbar: {
      label: 'Log controls',
      live: 'Live', connecting: 'Connecting', reconnecting: 'Reconnecting', closed: 'Not connected', paused: 'Paused',
      /** Connected as far as anyone knows, but the server answers nothing. */
      silent: 'Server silent',
      lastEntry: (seconds: number) => `last entry ${num(seconds)} s ago`,
      /** What follows the state. */
      instances: (count: number) => plural(count, { one: '# instance', other: '# instances' }),
      /** Behind “Live”, while the server does not reach the other instances. */
      ownInstance: 'this instance only',
      rate: (perSecond: number) => `${num(perSecond)}/s`,
      attempt: (attempt: number) => `${nth(attempt)} try`,
      nextTry: (seconds: number) => `next try in ${num(seconds)} s`,
      noEndpoint: 'no endpoint is set',
      /** Behind the word for a pause; how many wait, the bar under the rows says. */
      stillReceiving: 'still receiving',
      pause: 'Pause', resume: 'Resume', clear: 'Clear', help: 'Keyboard help',
    },
    panel: {
      waiting: 'Waiting for the first entry',
      connectedAt: (level: string) => `Connected at level ${level}. Entries appear here as they are written.`,
      ownSource: 'Entries appear here as they are written.',
      floor: (floor: string) => `This server sends nothing below ${floor}.`,
      checkThat: 'Nothing after a while? Check that',
      waitingChecks: (level: string): string[] => [`the application logs at ${level} or above`, 'its logger writes to this server', 'something happens there that is logged'],
      connecting: 'Connecting',
      connectingTo: (host: string) => `Waiting for an answer of ${host}.`,
      notConnected: 'Not connected',
      notAsked: 'This page has not asked for the log yet.',
      disconnected: 'This page has closed the connection.',
      connect: 'Connect',
      whatToCheck: 'What to check:',
      nextTry: (seconds: number, attempt: number) => `Next try in ${num(seconds)} s${attempt > 1 ? ` (${nth(attempt)} try)` : ''}.`,
      tryingNow: 'Trying now.',
      tryNow: 'Try now',
      copySetting: 'Copy the setting', copied: 'Copied', notCopied: 'The browser did not let this page copy',
      noMatch: 'No entry matches',
      looking: 'Looking through older entries',
      lookingMore: 'What matches appears here as it is found.',
      allHidden: (count: number, filters: string) => `${count === 1 ? 'The one entry is' : `All ${entries(count)} are`} hidden by filters: ${filters}.`,
      byLevels: (levels: readonly string[]) => `${list(levels)} ${levels.length === 1 ? 'is' : 'are'} hidden`,
      byInstances: (count: number) => plural(count, { one: '# instance is hidden', other: '# instances are hidden' }),
      bySearch: (search: string) => `the search is for “${search}”`,
      allOf: (filters: readonly string[]) => list(filters),
      showLevels: 'Show all levels', showInstances: 'Show all instances', clearSearch: 'Clear the search',
      pausedEmpty: 'Paused before the first entry',
      /** There were entries before, which are hidden, cleared or removed. */
      pausedNothing: 'Nothing to show from before the pause',
      pausedWaiting: (count: number) => `${plural(count, { one: '# entry waits', other: '# entries wait' })} for you to go on.`,
      // the bars under the rows
      pausedAt: (time: string) => `Paused at ${time}.`,
      arrived: (count: number, errorCount: number) => `${count === 0 ? 'nothing new yet' : summary(count, errorCount)}.`,
      /** @param isCleared the list was cleared within the pause, and what arrived is counted from then on */
      stillReceiving: (arrived: string, isCleared: boolean) => `Still receiving${isCleared ? ', since the list was cleared' : ''}: ${arrived}`,
      sincePause: (arrived: string, isCleared: boolean) => `Since ${isCleared ? 'the list was cleared' : 'then'}: ${arrived}`,
      continueHere: 'Continue from here',
      jumpToLatest: (count: number) => (count > 0 ? `Jump to latest (${num(count)})` : 'Jump to latest'),
      space: 'Space',
    },
    status: {
      label: 'Counts',
      live: 'Live',
      received: (count: number) => `${num(count)} received`,
      notDelivered: (count: number) => `${num(count)} not delivered`,
      removed: (count: number) => `${num(count)} older removed`,
      cleared: (count: number) => `${num(count)} cleared`,
      unreadable: (count: number) => `${num(count)} unreadable`,
      unreadableHint: 'Messages of the server that this viewer could not read as entries',
      unknowable: (times: number) => plural(times, { one: '# break with an unknown count', other: '# breaks with an unknown count' }),
      unknowableHint: 'An instance stopped without a word, or there was no connection to a server that numbers its entries: nobody can know what is missing. The rows say when.',
      uncounted: 'losses on this server cannot be counted',
      uncountedHint: 'This server does not number its entries: what is lost before it reaches this page cannot be counted.',
      shown: (shown: number, kept: number) => `${num(shown)} of ${num(kept)} shown`,
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
          { keys: ['e', 'E'], does: 'Next and previous error or fatal; while following, the newest' },
          { keys: ['f'], does: 'Follow the newest entries' },
        ] },
        { name: 'Read', keys: [
          { keys: ['Enter'], does: 'Open the entry' },
          { keys: ['Escape'], does: 'Close the entry; in the search, clear it' },
          { keys: ['/'], does: 'Search the messages; Enter or ↓ goes to what it found' },
          { keys: ['Space'], does: 'Pause; continue from here' },
          { keys: ['Ctrl+C', '⌘C'], does: 'In the tree of an entry, copy the value' },
          { keys: ['?'], does: 'These keys' },
        ] },
      ] as readonly KeyGroup[],
    },
  };
};
