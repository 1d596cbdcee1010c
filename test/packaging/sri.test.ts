// The hashes that README shows are those of the bundles: a browser refuses a script that has another.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundleHashes, STALE, withHashes } from '../../build/sri.mjs';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

test('README has the hashes of the bundles', () => {
  const hashes = bundleHashes();
  for (const file of Object.keys(hashes)) assert.match(readme, new RegExp(`${file.replaceAll('.', '\\.')}[^]{0,40}sha384-`), `README.md shows no hash of ${file}.`);
  assert.ok(withHashes(readme, hashes) === readme, STALE);
});

test('each hash is that of the bundle that is named last before it', () => {
  const hashes = { 'system-logs.min.js': 'sha384-a+/=', 'system-logs.iife.min.js': 'sha384-b' };
  const text = 'sha384-none\n<script src="/x/system-logs.min.js" integrity="sha384-old"></script>\n`system-logs.iife.min.js`: `sha384-OLD/+==`, and `sha384-`.';
  assert.equal(withHashes(text, hashes), 'sha384-none\n<script src="/x/system-logs.min.js" integrity="sha384-a+/="></script>\n`system-logs.iife.min.js`: `sha384-b`, and `sha384-b`.');
});
