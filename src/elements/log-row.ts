// A row of the list as a template: an entry, a notice of the viewer's own, or a line. A function, not an element: rows are recycled many times
// a second. Everything that comes from an entry is bound as text.
import { html, nothing, type TemplateResult } from 'lit';
import { formatTimestamp, type TimestampStyle, type TimeZoneChoice } from '../core/format.js';
import { highlight } from '../core/highlight.js';
import { levelName, nearestLevel, NO_LEVEL } from '../core/levels.js';
import type { WindowLine } from '../core/list-window.js';
import { formatDuration, readEntry, type EntryFacts, type HttpFacts, type LogEntry } from '../core/log-entry.js';
import type { Notice, NoticeRow } from '../core/notice.js';
import { cutText, visibleText } from '../core/visible-text.js';
import { icon, type IconName } from './icons.js';
import { noticeInWords } from './notice-words.js';
import { hasHighlights } from './row-marks.js';
import type { Strings } from './strings.js';

/** An entry with what its row shows, read once while it is on the screen. */
export interface EntryRow {
  readonly entry: LogEntry;
  readonly facts: EntryFacts;
  /** The message, or the address of a request, cut and with its control characters made visible. */
  readonly shown: string;
  /** The instance likewise. */
  readonly instance: string;
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
  const facts = readEntry(parse(entry.text), entry.text);
  // a row is one line, whatever its text holds
  const shown = visibleText((facts.http?.url ?? facts.message).slice(0, MAX_SHOWN)).replace(/\r?\n/g, ' ↵ ').replaceAll('\t', ' ');
  const instance = visibleText(entry.instance.slice(0, MAX_INSTANCE));
  return { entry, facts, shown, instance, isBidi: [shown, instance, facts.http?.method, facts.errorType].some((text) => RIGHT_TO_LEFT.test(text ?? '')) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** One template for every entry, and six cells in each: rows are rewritten many times a second, and what is there already need not be made. */
export function entryRow({ entry, facts, shown, instance, isBidi }: EntryRow, index: number, isFirstOfSecond: boolean, context: RowContext): TemplateResult {
  const { http } = facts, query = http === null ? -1 : shown.indexOf('?'), body = query < 0 ? shown : shown.slice(0, query);
  const isSelected = entry.id === context.selectedId, dir = isBidi ? 'auto' : nothing;
  return html`<div
    id="row-${entry.id}" role="row" part="row" aria-rowindex=${index + 2} aria-selected=${isSelected ? 'true' : 'false'} class=${rowClass(entry, http !== null, isSelected, isBidi, context)}
  ><span class=${isFirstOfSecond ? 't first' : 't'} role="gridcell" part="time">${formatTimestamp(entry.time, context.timestamps, context.zone) || context.strings.list.noTime}</span
  ><span class="in" role="gridcell" part="instance">${instance}</span
  ><span class="lvl" role="gridcell" part="level"><span>${levelWord(entry.level)}</span></span
  ><span class="msg" role="gridcell" part="message"><span class=${leadClass(http)} dir=${dir}>${leadOf(facts)}</span><span dir=${dir}>${marked(body, context.patterns)}<span class="qs">${
    query < 0 ? '' : marked(shown.slice(query), context.patterns)}</span></span></span
  ><span class="st" role="gridcell" part="status" aria-label=${http !== null && http.status === null ? context.strings.list.noStatus : nothing}><span class=${statusClass(http)}>${http === null ? '' : (http.status ?? '—')}</span></span
  ><span class=${(http?.duration ?? 0) >= SLOW_MS ? 'dur slow' : 'dur'} role="gridcell" part="duration">${durationOf(http)}</span></div>`;
}

function rowClass({ id, level }: LogEntry, isHttp: boolean, isSelected: boolean, isBidi: boolean, { cursorId, isStriped }: RowContext): string {
  return `row entry ${nearestLevel(level)}${isHttp ? ' http' : ''}${isStriped && id % 2 === 1 ? ' alt' : ''}${isSelected ? ' selected' : ''}${id === cursorId ? ' cursor' : ''}${isBidi ? ' bidi' : ''}`;
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

function durationOf(http: HttpFacts | null): string {
  return http === null || http.duration === null ? '' : `${formatDuration(http.duration)} ms`;
}

/** Constant names for the classes of HTTP status, so that no data ends up in an attribute. */
function statusClass(http: HttpFacts | null): string {
  if (http === null) return '';
  const { status } = http;
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
