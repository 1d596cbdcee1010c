// Times and numbers as people read them, the same in every language: 24 hours, digits from 0 to 9. Built by hand: an Intl call a row is too dear while
// a list scrolls. What differs by language is locale-format.ts'.

/** `time` is `12:04:08.201`, `datetime` `2025-11-22 12:04:08.201`, `iso` `2025-11-22T12:04:08.201Z` (always UTC). */
export type TimestampStyle = 'time' | 'datetime' | 'iso';
export type TimeZoneChoice = 'local' | 'utc';

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

/** A time in ms since 1970 for a row; '' where it is not valid. */
export function formatTimestamp(time: number, style: TimestampStyle, zone: TimeZoneChoice): string {
  const date = new Date(time);
  // the getters of a Date that was moved by its zone's offset say UTC as if it were local; the last day that a Date holds may move out of it
  const at = zone === 'local' && style !== 'iso' ? new Date(time - date.getTimezoneOffset() * 60_000) : date;
  if (Number.isNaN(at.getTime())) return '';
  if (style === 'iso') return at.toISOString();
  const clock = `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}.${pad(at.getUTCMilliseconds(), 3)}`;
  return style === 'time' ? clock : `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())} ${clock}`;
}

/** `12:04:08`, for sentences. */
export function formatClock(time: number, zone: TimeZoneChoice = 'local'): string {
  return formatTimestamp(time, 'time', zone).slice(0, 8);
}

/** `+01:00`, the offset that was in force at a time; `+00:00` in UTC; '' where the time is not valid. */
export function formatOffset(time: number, zone: TimeZoneChoice): string {
  const minutes = zone === 'utc' ? 0 : -new Date(time).getTimezoneOffset();
  if (Number.isNaN(minutes)) return '';
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '−' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

const counts = new Intl.NumberFormat('en');

/** `12,345`, in English. */
export function formatCount(count: number): string {
  return counts.format(count);
}
