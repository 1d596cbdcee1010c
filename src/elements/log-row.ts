// A row of the list as a template: an entry, a notice of the viewer's own, or a line. A function, not an element: rows are recycled many times
// a second. Everything that comes from an entry is bound as text.
import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { formatTimestamp, type TimestampStyle, type TimeZoneChoice } from '../core/format.js';
import { highlight } from '../core/highlight.js';
import { levelName, nearestLevel, NO_LEVEL } from '../core/levels.js';
import type { WindowLine } from '../core/list-window.js';
import { formatDuration, readEntry, type EntryFacts, type HttpFacts, type LogEntry } from '../core/log-entry.js';
import type { NoticeRow } from '../core/notice.js';
import { visibleText } from '../core/visible-text.js';
import { icon, levelShape, type IconName } from './icons.js';
import { strings } from './strings.js';

/** An entry with what its row shows, read once while it is on the screen. */
export interface EntryRow {
  readonly entry: LogEntry;
  readonly facts: EntryFacts;
  /** The message, or the address of a request, cut and with its control characters made visible. */
  readonly shown: string;
}

export interface RowContext {
  readonly selectedId: number | null;
  readonly cursorId: number | null;
  readonly patterns: readonly RegExp[];
  readonly timestamps: TimestampStyle;
  readonly zone: TimeZoneChoice;
}

/** No screen shows more of a row than this. */
const MAX_SHOWN = 1000;
const SLOW_MS = 1000;
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
const NOTICE_ICONS: Readonly<Record<NoticeRow['notice']['name'], IconName>> = { cleared: 'clear', level: 'filter', disconnected: 'gap', gap: 'gap' };

export function readEntryRow(entry: LogEntry): EntryRow {
  const facts = readEntry(parse(entry.text), entry.text);
  const shown = facts.http?.url ?? facts.message;
  // a row is one line, whatever its text holds
  return { entry, facts, shown: visibleText(shown.slice(0, MAX_SHOWN)).replace(/\r?\n/g, ' ↵ ').replaceAll('\t', ' ') };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function entryRow({ entry, facts, shown }: EntryRow, index: number, isFirstOfSecond: boolean, context: RowContext): TemplateResult {
  const level = nearestLevel(entry.level), { http } = facts;
  const isSelected = entry.id === context.selectedId, isCursor = entry.id === context.cursorId;
  return html`<div
    id="row-${entry.id}" role="row" part="row" aria-rowindex=${index + 2} aria-selected=${isSelected ? 'true' : 'false'}
    class=${classMap({ row: true, cols: true, http: http !== null, alt: entry.id % 2 === 1, selected: isSelected, cursor: isCursor, [level]: true })}
  >${timeCell(entry.time, isFirstOfSecond, context)}<span class="in" role="gridcell" part="instance"><bdi>${visibleText(entry.instance.slice(0, 64))}</bdi></span>${levelCell(entry.level)}${
    http === null
      ? html`<span class="msg" role="gridcell" part="message">${facts.errorType === null ? nothing : html`<bdi class="etype">${visibleText(facts.errorType.slice(0, 100))}</bdi>: `}<bdi>${marked(shown, context.patterns)}</bdi></span>`
      : httpCells(http, shown, context.patterns)
  }</div>`;
}

function timeCell(time: number, isFirstOfSecond: boolean, { timestamps, zone }: RowContext): TemplateResult {
  const text = formatTimestamp(time, timestamps, zone);
  if (text === '') return html`<span class="t" role="gridcell" part="time">${strings.list.noTime}</span>`;
  const dot = text.lastIndexOf('.');
  return html`<span class=${isFirstOfSecond ? 't first' : 't'} role="gridcell" part="time">${text.slice(0, dot)}<span class="ms">${text.slice(dot)}</span></span>`;
}

function levelCell(level: number): TemplateResult {
  const nearest = nearestLevel(level), own = levelName(level);
  const name = level === NO_LEVEL ? '—' : own === null ? String(level) : own;
  return html`<span class="lvl lv-${nearest}" role="gridcell" part="level">${levelShape(level)}<span>${name}</span></span>`;
}

function httpCells(http: HttpFacts, url: string, patterns: readonly RegExp[]): TemplateResult {
  const { method, status, duration } = http, query = url.indexOf('?');
  const [path, rest] = query < 0 ? [url, ''] : [url.slice(0, query), url.slice(query)];
  return html`<span class="msg" role="gridcell" part="message"><bdi class=${READS.has(method) ? 'verb' : 'verb writes'}>${visibleText(method.slice(0, 20))}</bdi> <bdi>${marked(path, patterns)}${
    rest === '' ? nothing : html`<span class="qs">${marked(rest, patterns)}</span>`}</bdi></span><span class="st" role="gridcell" part="status">${
    status === null
      ? html`<span class="status none" aria-hidden="true">—</span><span class="for-readers">${strings.list.noStatus}</span>`
      : html`<span class="status ${statusClass(status)}">${status}</span>`
  }</span><span class=${duration !== null && duration >= SLOW_MS ? 'dur slow' : 'dur'} role="gridcell" part="duration">${duration === null ? nothing : html`${formatDuration(duration)} ms`}</span>`;
}

/** A constant name for a class of HTTP status, so that no data ends up in an attribute. */
function statusClass(status: number): string {
  return status >= 500 ? 's5' : status >= 400 ? 's4' : status >= 300 ? 's3' : status >= 200 ? 's2' : 's3';
}

function marked(text: string, patterns: readonly RegExp[]): unknown {
  if (patterns.length === 0) return text;
  return highlight(text, patterns).map((piece) => (piece.hit ? html`<mark>${piece.text}</mark>` : piece.text));
}

export function noticeRow({ id, time, notice }: NoticeRow, index: number, context: RowContext): TemplateResult {
  const { strong, rest } = strings.list.notice(notice), isGap = notice.name === 'gap';
  const isCursor = id === context.cursorId;
  return html`<div id="row-${id}" role="row" part="row notice" aria-rowindex=${index + 2} class=${classMap({ row: true, gap: isGap, notice: !isGap, cursor: isCursor })}
  >${isGap ? nothing : timeCell(time, false, context)}<span class="say" role="gridcell">${icon(NOTICE_ICONS[notice.name])}<span dir="auto">${
    strong === '' ? nothing : html`<b>${strong}</b>`}${rest}</span></span></div>`;
}

export function lineRow(line: WindowLine, index: number): TemplateResult {
  return html`<div role="row" part="row notice" aria-rowindex=${index + 2} class="row notice line"><span class="say" role="gridcell">${icon('clear')}<span dir="auto">${
    line.kind === 'older' ? strings.list.older(line.count) : strings.list.hole()}</span></span></div>`;
}
