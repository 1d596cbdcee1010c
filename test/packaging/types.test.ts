// The types for React, Vue, Svelte, Solid and plain TypeScript take right uses and refuse wrong ones, as each framework's own compiler sees it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../..'), CASES = join(import.meta.dirname, 'types');
const run = promisify(execFile);

/** What a program of Node prints, whatever its exit code. */
async function printed(script: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(ROOT, 'node_modules', script), ...args], { cwd: ROOT }).catch((error: { stdout: string }) => error);
  return stdout;
}

// where a use is wrong, the file expects an error; one that does not come is an error too
test('React, Solid and plain TypeScript', async () => {
  assert.equal(await printed('typescript/bin/tsc', ['-p', CASES]), '');
});

test('an application of Node needs the types of Node, which the guide says, and no others', async () => {
  const listed = await printed('typescript/bin/tsc', ['-p', join(CASES, 'server'), '--listFiles']), types = new Set([...listed.matchAll(/node_modules\/@types\/([^/]+)/g)].map(([, name]) => name));
  assert.deepEqual([listed.match(/^.*error TS.*$/gm), [...types]], [null, ['node']]);
  assert.match(readFileSync(join(ROOT, 'docs/getting-started.md'), 'utf8'), /TypeScript.*`npm install -D [^`]*@types\/node`/);
});

// the pages of React, Vue and Svelte are checked with their suites; Solid's suite, and Angular's, whose build checks its page, need packages of their own
test('the Solid page of the demo', async () => {
  assert.equal(await printed('typescript/bin/tsc', ['-p', join(CASES, 'solid-page')]), '');
});

test('Vue', async () => {
  assert.equal(await printed('vue-tsc/bin/vue-tsc.js', ['-p', join(CASES, 'vue'), '--noEmit']), '');
});

test('Svelte', async () => {
  const output = await printed('svelte-check/bin/svelte-check', ['--workspace', join(CASES, 'svelte'), '--tsconfig', './tsconfig.json', '--output', 'machine']);
  const errors = [...output.matchAll(/ (?:ERROR|WARNING) "(.+?)" (\d+):/g)].map(([, file, line]) => `${file}:${line}`);
  const wrong = readFileSync(join(CASES, 'svelte/Wrong.svelte'), 'utf8').split('\n').flatMap((line, index) => (/^<(?:system|log)-/.test(line) ? [`Wrong.svelte:${index + 1}`] : []));
  assert.ok(wrong.length >= 5 && output.includes('COMPLETED'), output);
  assert.deepEqual(errors, wrong);
});

test('the guide to embedding has the line that brings the types of each framework', () => {
  const guide = readFileSync(join(ROOT, 'docs/embedding.md'), 'utf8'), { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { exports: Record<string, { types?: string }> };
  const frameworks = Object.keys(exports).filter((name) => exports[name]?.types === `./types/${name.slice(2)}.d.ts`).map((name) => name.slice(2));
  assert.ok(frameworks.length >= 4, frameworks.join());
  for (const name of frameworks) {
    const [section = ''] = new RegExp(`^## ${name}\\b[^]*?(?=^## |$(?![^]))`, 'im').exec(guide) ?? [];
    assert.ok(section.includes(`import type {} from 'system-logs/${name}';`), `${name}: the section has no such line`);
  }
});
