// The head of an opened entry: level by name and number, full time, instance, and the message as its title. A function; it keeps nothing.
import { html, nothing, type TemplateResult } from 'lit';
import { formatOffset, formatTimestamp, type TimeZoneChoice } from '../core/format.js';
import { findPath } from '../core/json-find.js';
import { levelName, nearestLevel, NO_LEVEL } from '../core/levels.js';
import type { LogEntry } from '../core/log-entry.js';
import { levelShape } from './icons.js';
import { shownText } from './shown-text.js';
import type { Strings } from './strings.js';

const MAX_RAW_TIME = 60, MAX_INSTANCE = 200;

/** The level as a framed badge: `◆ ERROR 50`; a custom level has the shape of the pino level below it and its own number. */
export function levelBadge(level: number, { levels }: Strings): TemplateResult {
  const name = levelName(level);
  const word = level === NO_LEVEL ? levels.none : name === null ? levels.custom(level) : levels[name];
  return html`<span class="badge lv-${nearestLevel(level)}" part="level">${levelShape(level)}<span>${word}${
    name === null ? nothing : html` <span class="level-number num">${level}</span>`
  }</span></span>`;
}

/** `Sat 22 Nov 2025, 12:04:08.201 +01:00`; a time that is none is shown as it was written. */
export function fullTime({ time, text }: LogEntry, zone: TimeZoneChoice, { detail }: Strings): TemplateResult {
  if (Number.isNaN(time)) {
    const written = findPath(text, 'time');
    if (written === null) return html`<span class="when" part="time">${detail.noTime}</span>`;
    return html`<span class="when" part="time"><bdi class="mono">${shownText(text.slice(written.start, written.end), MAX_RAW_TIME)}</bdi> · ${detail.wrongTime}</span>`;
  }
  return html`<time class="when" part="time" datetime=${new Date(time).toISOString()}><bdi>${detail.date(time, zone)} <bdi dir="ltr">${
    formatTimestamp(time, 'time', zone)} <span class="offset">${formatOffset(time, zone)}</span></bdi></bdi></time>`;
}

export function instanceName({ instance }: LogEntry): unknown {
  if (instance === '') return nothing;
  return html`<span class="between" aria-hidden="true">·</span><bdi class="instance mono" part="instance">${shownText(instance, MAX_INSTANCE)}</bdi>`;
}
