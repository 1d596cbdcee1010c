// The tables of docs/directus.md, as tests read them: what can be known of a failure, and what is then said.
import { readFileSync } from 'node:fs';
import type { Cause } from '../../src/core/cause.js';

const EXAMPLE_HOST = 'logs.example.com';

const rows = readFileSync(new URL('../../docs/directus.md', import.meta.url), 'utf8').split('\n')
  .filter((line) => line.startsWith('| ')).map((line) => line.slice(2, -2).split(' | '));

/** The names of what to check, and what the viewer says for each. */
export const CHECKS: ReadonlyMap<string, string> = new Map(rows.filter((cells) => cells.length === 2).map(([name = '', clause = '']) => [name, clause.replaceAll('`', '')]));

/** The rows of causes as their cells: what is known, code and short, what is said, what to check, whether the page tries again. */
export const CAUSE_ROWS: readonly (readonly string[])[] = rows.filter((cells) => cells.length === 5 && /^`/.test(cells[0] ?? ''));

/** What the table has a viewer say. */
export type ExpectedCause = Omit<Cause, 'code' | 'name' | 'facts' | 'checkNames'> & { readonly code: string };

/**
 * What the table says of what is known, for a server at `host`. Where the page gave a token, the check of the sign-in is that of the token: rows that
 * differ in nothing else stand there once.
 * @param known the marks of its row, `close 1006` and `HTTP 200 nobody`
 */
export function expectedCause(known: readonly string[], host: string, hasToken: boolean): ExpectedCause {
  const marks = known.map((mark) => `\`${mark}\``).join(' ');
  const row = CAUSE_ROWS.find(([cell]) => cell === marks);
  if (row === undefined) throw new Error(`docs/directus.md has no row for ${marks}`);
  const [, named = '', says = '', check = '', again = ''] = row;
  const [, code = '', short = ''] = /^`(.*)` (.*)$/.exec(named) ?? [], [, title = '', sentence = ''] = /^\*\*(.*)\.\*\* (.*)$/.exec(says) ?? [];
  const names = check === '–' ? [] : check.split(', ').map((name) => (hasToken && name === 'sign-in' ? 'token' : name));
  const settings = names.filter((name) => name.startsWith('`')).map((name) => name.slice(1, -1));
  return {
    code, short, title, sentence: sentence.replaceAll(EXAMPLE_HOST, host), setting: settings[0] ?? null, retry: again === 'yes',
    checks: names.filter((name) => !name.startsWith('`')).map((name) => CHECKS.get(name) ?? `unknown check ${name}`),
  };
}
