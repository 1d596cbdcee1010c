// A row of the list as a template: an entry, a notice of the viewer's own, or a line. A function, not an element: rows are recycled many times
// a second. Everything that comes from an entry is bound as text.
import { html, nothing, type TemplateResult } from 'lit';
import { formatTimestamp, type TimestampStyle, type TimeZoneChoice } from '../core/format.js';
import { highlight } from '../core/highlight.js';
import { levelName, nearestLevel, NO_LEVEL } from '../core/levels.js';
import type { WindowLine } from '../core/list-window.js';
import { formatDuration, readEntry, type EntryFacts, type HttpFacts, type LogEntry } from '../core/log-entry.js';
import type { Notice, NoticeRow } from '../core/notice.js';
import type { RequestAnswer } from '../core/request-parts.js';
import { cutText, visibleText } from '../core/visible-text.js';
import { icon, type IconName } from './icons.js';
import { noticeInWords } from './notice-words.js';
import { hasHighlights } from './row-marks.js';
import type { Strings } from './strings.js';

/** An entry with what its row shows, read once while it is on the screen. */
export interface EntryRow {
  readonly entry: LogEntry;
  readonly facts: EntryFacts;
  /** The message, or the path of an answered request, cut and with its control characters made visible. */
  readonly shown: string;
  /** What stands after it, dimmer, likewise: the query of an answered request; the method and address of one that is not answered yet. */
  readonly aside: string;
  /** The instance likewise. */
  readonly instance: string;
  /** What the columns of status and duration say: of an answered request, or of the answer alone. */
  readonly answer: HttpFacts | RequestAnswer | null;
  /** Whether anything of it is written from right to left: to look for that costs a browser much at each drawing. */
  readonly isBidi: boolean;
}

export interface RowContext {
  readonly selectedId: number | null;
  readonly cursorId: number | null;
  /** Whether rows that follow one another alternate. The ground is the entry's own, so that it stays while rows move: under a filter there would be clumps. */
  readonly isStriped: boolean;
  readonly patterns: readonly RegExp[];
  readonly timestamps: TimestampStyle;
  readonly zone: TimeZoneChoice;
  readonly strings: Strings;
}

/** No screen shows more of a row than this. */
const MAX_SHOWN = 1000, MAX_INSTANCE = 64, MAX_LEVEL = 6;
/** Letters of the scripts from right to left (Unicode's blocks of them; of those beyond U+FFFF the leading halves). */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\ud802\ud803\ud83a\ud83b]/;
const SLOW_MS = 1000;
/** The style sheet's `tab-size` of a message. */
const METHOD_TAB = 7;
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
const NOTICE_ICONS: Readonly<Record<NoticeRow['notice']['name'], IconName>> = {
  cleared: 'clear', level: 'filter', disconnected: 'gap', gap: 'gap', instances: 'instance', 'others-away': 'gap', 'others-back': 'link',
};

export function readEntryRow(entry: LogEntry): EntryRow {
  const facts = readEntry(parse(entry.text), entry.text), { http, asked, message, errorType } = facts;
  const words = oneLine((http?.url ?? message).slice(0, MAX_SHOWN)), query = http === null ? -1 : words.indexOf('?');
  // the message stays whole and first: each line of a request's own logger repeats the request
  const aside = asked !== null ? ` ${oneLine(asked.slice(0, MAX_SHOWN))}` : query < 0 ? '' : words.slice(query);
  const shown = query < 0 ? words : words.slice(0, query), instance = visibleText(entry.instance.slice(0, MAX_INSTANCE));
  const isBidi = [shown, aside, instance, http?.method, errorType].some((text) => RIGHT_TO_LEFT.test(text ?? ''));
  return { entry, facts, shown, aside, instance, answer: http ?? facts.answer, isBidi };
}

/** A row is one line, whatever its text holds. */
function oneLine(text: string): string {
  return visibleText(text).replace(/\r?\n/g, ' ↵ ').replaceAll('\t', ' ');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** One template for every entry, and six cells in each: rows are rewritten many times a second, and what is there already need not be made. */
export function entryRow({ entry, facts, shown, aside, answer, instance, isBidi }: EntryRow, index: number, isFirstOfSecond: boolean, context: RowContext): TemplateResult {
  const isSelected = entry.id === context.selectedId, dir = isBidi ? 'auto' : nothing;
  return html`<div
    id="row-${entry.id}" role="row" part="row" aria-rowindex=${index + 2} aria-selected=${isSelected ? 'true' : 'false'} class=${rowClass(entry, answer !== null, isSelected, isBidi, context)}
  ><span class=${isFirstOfSecond ? 't first' : 't'} role="gridcell" part="time">${formatTimestamp(entry.time, context.timestamps, context.zone) || context.strings.list.noTime}</span
  ><span class="in" role="gridcell" part="instance">${instance}</span
  ><span class="lvl" role="gridcell" part="level"><span>${levelWord(entry.level)}</span></span
  ><span class="msg" role="gridcell" part="message"><span class=${leadClass(facts.http)} dir=${dir}>${leadOf(facts)}</span><span dir=${dir}>${marked(shown, context.patterns)}<span class="qs">${
    marked(aside, context.patterns)}</span></span></span
  ><span class="st" role="gridcell" part="status" aria-label=${answer !== null && answer.status === null ? context.strings.list.noStatus : nothing}><span class=${statusClass(answer)}>${answer === null ? '' : (answer.status ?? '—')}</span></span
  ><span class=${(answer?.duration ?? 0) >= SLOW_MS ? 'dur slow' : 'dur'} role="gridcell" part="duration">${durationOf(answer)}</span></div>`;
}

function rowClass({ id, level }: LogEntry, hasAnswer: boolean, isSelected: boolean, isBidi: boolean, { cursorId, isStriped }: RowContext): string {
  return `row entry ${nearestLevel(level)}${hasAnswer ? ' http' : ''}${isStriped && id % 2 === 1 ? ' alt' : ''}${isSelected ? ' selected' : ''}${id === cursorId ? ' cursor' : ''}${isBidi ? ' bidi' : ''}`;
}

function levelWord(level: number): string {
  return level === NO_LEVEL ? '—' : (levelName(level) ?? cutText(String(level), MAX_LEVEL));
}

/** What stands before the message: the method of a request, with a tab that has the addresses begin at one place, or the type of an error. */
function leadOf({ http, errorType }: EntryFacts): string {
  if (http !== null) return `${visibleText(http.method.slice(0, 20))}${http.method.length < METHOD_TAB ? '\t' : ' '}`;
  return errorType === null ? '' : `${visibleText(errorType.slice(0, 100))}: `;
}

function leadClass(http: HttpFacts | null): string {
  return http === null ? 'etype' : READS.has(http.method) ? 'verb' : 'verb writes';
}

function durationOf(answer: EntryRow['answer']): string {
  return answer === null || answer.duration === null ? '' : `${formatDuration(answer.duration)} ms`;
}

/** Constant names for the classes of HTTP status, so that no data ends up in an attribute. */
function statusClass(answer: EntryRow['answer']): string {
  if (answer === null) return '';
  const { status } = answer;
  return status === null ? 'status none' : status >= 500 ? 'status s5' : status >= 400 ? 'status s4' : status >= 300 ? 'status s3' : status >= 200 ? 'status s2' : 'status s3';
}

/** A text with its hits as elements, where `RowMarks` cannot mark them. */
function marked(text: string, patterns: readonly RegExp[]): unknown {
  if (hasHighlights || patterns.length === 0) return text;
  return highlight(text, patterns).map((piece) => (piece.hit ? html`<mark>${piece.text}</mark>` : piece.text));
}

/** Entries are missing here, or may be. */
function isLoss(notice: Notice): boolean {
  return notice.name === 'gap' || (notice.name === 'instances' && notice.changes[0]?.change === 'silent');
}

export function noticeRow({ id, time, notice }: NoticeRow, index: number, context: RowContext): TemplateResult {
  const { strong, rest } = noticeInWords(notice, context.strings, context.zone), isGap = isLoss(notice);
  return html`<div id="row-${id}" role="row" part="row notice" aria-rowindex=${index + 2} class="row ${isGap ? 'gap' : 'notice'}${id === context.cursorId ? ' cursor' : ''}"
  >${isGap ? nothing : html`<span class="t" role="gridcell" part="time">${formatTimestamp(time, context.timestamps, context.zone)}</span>`}<span class="say" role="gridcell">${icon(NOTICE_ICONS[notice.name])}<span dir="auto">${
    strong === '' ? nothing : html`<b>${strong}</b>`}${rest}</span></span></div>`;
}

export function lineRow(line: WindowLine, index: number, { strings: { list } }: RowContext): TemplateResult {
  return html`<div role="row" part="row notice" aria-rowindex=${index + 2} class="row notice line"><span class="say" role="gridcell">${icon('clear')}<span dir="auto">${
    line.kind === 'older' ? list.older(line.count) : list.hole}</span></span></div>`;
}
