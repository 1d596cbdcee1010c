// Entries and frames for tests, in the shapes that pino and pino-http write.

/** A pino line's fields; `n` makes it one of a kind. */
export function line(n: number, level = 30, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return { level, time: Date.UTC(2026, 0, 2, 3, 4, 5) + n * 40, pid: 1, hostname: 'h', msg: `entry ${n}`, ...fields };
}

/** Directus' frame around an entry. */
export function entryFrame(entry: unknown, uid = 'api-1'): string {
  return `{"type":"logs","data":${JSON.stringify(entry)},"uid":${JSON.stringify(uid)}}`;
}

export function frames(from: number, count: number, level = 30): string[] {
  return Array.from({ length: count }, (_, index) => entryFrame(line(from + index, level)));
}
