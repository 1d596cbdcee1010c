// What the viewer itself says between the entries, in words. Names of instances come from outside: cut, made visible, and set apart from the words
// around them.
import { formatClock, type TimeZoneChoice } from '../core/format.js';
import type { Gap } from '../core/gap.js';
import type { InstanceChange } from '../core/instance-lives.js';
import { sumOf } from '../core/level-counts.js';
import type { Notice } from '../core/notice.js';
import type { BusAway } from '../core/protocol.js';
import { visibleText } from '../core/visible-text.js';
import { isolated } from './languages/isolated.js';
import type { Strings } from './strings.js';

const MAX_NAME = 64, MAX_REASON = 200;
/** Of instances of which the same is said, so many are named. */
const MAX_NAMES = 4;
/** In this order they are said. */
const CHANGES = ['silent', 'stopped', 'started', 'again', 'twin'] as const;

/** A sentence of a row; `strong` is its beginning where that is set apart. */
export interface NoticeWords {
  readonly strong: string;
  readonly rest: string;
}

export function noticeInWords(notice: Notice, strings: Strings, zone: TimeZoneChoice = 'local'): NoticeWords {
  const { list } = strings;
  switch (notice.name) {
    case 'cleared': return { strong: '', rest: list.cleared(notice.count) };
    case 'level': return { strong: '', rest: list.levelFromHere(strings.levels[notice.level]) };
    case 'disconnected': return { strong: '', rest: list.disconnected(formatClock(notice.from, zone), formatClock(notice.to, zone)) };
    case 'gap': return gapInWords(notice, strings, zone);
    case 'instances': return changesInWords(notice.changes, strings, zone);
    case 'others-away': return othersAwayInWords(notice, strings, zone);
    case 'others-back': return { strong: '', rest: strings.instances.othersBack(formatClock(notice.at, zone)) };
  }
}

/** The reason is the server's own, in its words. */
export function othersAwayInWords({ since, reason }: BusAway, { instances }: Strings, zone: TimeZoneChoice): NoticeWords {
  return { strong: instances.othersAway(formatClock(since, zone)), rest: reason === '' ? '' : `: ${shown(reason, MAX_REASON)}` };
}

function changesInWords(changes: readonly InstanceChange[], { instances, filters }: Strings, zone: TimeZoneChoice): NoticeWords {
  const sentences = CHANGES.flatMap((change): NoticeWords[] => {
    const of = changes.filter((one) => one.change === change), names = of.slice(0, MAX_NAMES).map(({ instance }) => (instance === '' ? filters.unnamed : shown(instance)));
    if (of.length === 0) return [];
    if (of.length > names.length) names.push(instances.others(of.length - names.length));
    // of several, the latest: until then something was heard of one of them
    const latest = Math.max(...of.map(({ at }) => at ?? -Infinity)), at = latest === -Infinity ? '' : formatClock(latest, zone);
    const said = instances[change]({ count: of.length, names: instances.listed(names), at });
    return [typeof said === 'string' ? { strong: '', rest: said } : said];
  });
  return { strong: sentences[0]?.strong ?? '', rest: sentences.map(({ rest }) => rest).join(instances.between) };
}

function gapInWords({ cause, instance, levels, from, to }: Gap, { list, numbers }: Strings, zone: TimeZoneChoice): NoticeWords {
  return list.gap({
    cause, count: sumOf(levels), instance: instance === '' ? '' : shown(instance), from: formatClock(from, zone), to: formatClock(to, zone), levels: numbers.byLevel(levels),
  });
}

/** What somebody else wrote. */
function shown(text: string, max = MAX_NAME): string {
  return isolated(visibleText(text.slice(0, max)));
}
