// `npm run sri`: the `integrity` of each one-file bundle, to be printed beside a release. The same sources give the same bytes. `npm run sri -- --write` puts
// it into README.md too, where each hash belongs to the bundle that is named last before it.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '..'), README = join(ROOT, 'README.md');
/** What is to be done where a document shows another hash. */
export const STALE = 'The bundles are not those whose hashes README.md shows; “npm run sri -- --write” builds them and writes their hashes.';
const FILES = ['system-logs.min.js', 'system-logs.iife.min.js'];

/** @returns what a browser compares a bundle with, by the bundle's name */
export function bundleHashes() {
  return Object.fromEntries(FILES.map((file) => [file, `sha384-${createHash('sha384').update(readFileSync(join(ROOT, 'dist/cdn', file))).digest('base64')}`]));
}

/** @returns the text with the hash of each bundle behind its name */
export function withHashes(text, hashes) {
  let file = '';
  return text.replaceAll(/(system-logs(?:\.iife)?\.min\.js)|sha384-[\w+/=]*/g, (found, name) => {
    if (name === undefined) return hashes[file] ?? found;
    file = name;
    return found;
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const hashes = bundleHashes();
  for (const [file, hash] of Object.entries(hashes)) console.log(`${file} ${hash}`);
  if (process.argv.includes('--write')) writeFileSync(README, withHashes(readFileSync(README, 'utf8'), hashes));
}
