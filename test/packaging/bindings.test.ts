// What templates bind has the type of the property or attribute that it is bound to; the compiler does not see it, lit-analyzer does.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../..');
/** It does not know `nothing`, which takes an attribute away, and calls it a symbol. */
const NOTHING = /Symbol\(undefined\)/;

/** Its errors, each with the line; its warnings tell of HTML that is younger than it. */
async function complaints(files: string): Promise<string[]> {
  const args = [join(ROOT, 'node_modules/lit-analyzer/cli.js'), files, '--strict', '--rules.no-invalid-css', 'off', '--quiet'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' } }).catch((error: { stdout: string }) => error);
  assert.match(stdout, /Analyzing \d+ file/);
  return stdout.split(/\n\n+/).filter((block) => /^\s+\d+: /m.test(block) && !NOTHING.test(block));
}

test('every binding of the templates is right', async () => {
  assert.deepEqual(await complaints('src/elements/**/*.ts'), []);
});

test('wrong bindings are found', async () => {
  const wrong = readFileSync(join(import.meta.dirname, 'types/bindings.ts'), 'utf8').split('\n').filter((line) => line.startsWith('  html`'));
  assert.equal((await complaints('test/packaging/types/bindings.ts')).length, wrong.length);
});
