// docs/faults.md names the tests that do what it says; none of them is gone or has another name.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const FOLDER = new URL('../', import.meta.url);
const rows = readFileSync(new URL('../docs/faults.md', FOLDER), 'utf8').split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| fault |'));

test('each fault has a test that is there, under the name that is given', () => {
  assert.ok(rows.length > 35, `${rows.length} rows`);
  for (const row of rows) {
    const named = [...(row.split(' | ').at(-1) ?? '').matchAll(/(\w+\/[\w-]+)((?:(?:,)? "[^"]+")*)/g)];
    assert.ok(named.length > 0, row);
    for (const [, file = '', names = ''] of named) {
      const source = readFileSync(new URL(`${file}.test.ts`, FOLDER), 'utf8');
      for (const [, name = ''] of names.matchAll(/"([^"]+)"/g)) assert.ok(source.includes(name), `${file} has no test "${name}"`);
    }
  }
});
