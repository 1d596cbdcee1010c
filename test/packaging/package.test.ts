// What `npm pack` would publish: nothing but what is used, every export there and importable in Node, and no complaint of publint or of Are The Types Wrong.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { name: string; version: string; exports: Record<string, string | { types: string; default: string }> };
const scratch = mkdtempSync(join(tmpdir(), 'system-logs-pack-'));
const unpacked = join(scratch, 'package');
/** All pictures of the package together, which is two megabytes with them. */
const MAX_PICTURE_BYTES = 7e5;
let tarball = '', files: string[] = [];

before(async () => {
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', scratch], { cwd: ROOT, maxBuffer: 2 ** 24 });
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  tarball = join(scratch, packed?.filename ?? '');
  // `prepack` begins with an empty dist; here it may hold what was left by a source that is gone
  files = packed?.files.map(({ path }) => path).filter((path) => existsSync(join(ROOT, sourceOf(path)))) ?? [];
  await run('tar', ['-xzf', tarball, '-C', scratch]);
});
after(() => rmSync(scratch, { recursive: true }));

test('only what is built, types, and the documents of the package are in it', () => {
  const unexpected = files.filter((path) => !/^(?:dist\/(?:core|elements|server|cdn)\/.*\.(?:js|js\.map|d\.ts)|dist\/(?:custom-elements|vscode\.html-custom-data)\.json|types\/[a-z]+\.d\.ts|docs\/(?:decisions\/)?[\w-]+\.md|docs\/images\/[a-z-]+\.webp|demo\/looks\/[a-z-]+\.css)$/.test(path));
  assert.deepEqual(unexpected.sort(), ['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'PROTOCOL.md', 'README.md', 'package.json']);
  for (const path of ['dist/cdn/system-logs.min.js', 'dist/cdn/system-logs.iife.min.js', 'dist/custom-elements.json', 'types/react.d.ts']) assert.ok(files.includes(path), path);
});

test('every link and every picture of its documents leads to a file of it, and no picture is in it that none of them shows', () => {
  const documents = files.filter((path) => path.endsWith('.md')), shown = new Set<string>();
  assert.ok(documents.length > 15);
  for (const document of documents) {
    const text = readFileSync(join(unpacked, document), 'utf8').replaceAll(/^```[^]*?^```/gm, '');
    for (const [link, target = ''] of text.matchAll(/!?\[[^\]]*\]\(([^)\s#]+)/g)) {
      const path = posix.join(dirname(document), target);
      if (!/^https?:/.test(target)) assert.ok(files.includes(path), `${document}: ${target} is not in the package`);
      if (link.startsWith('!')) shown.add(path);
    }
  }
  const pictures = files.filter((path) => path.startsWith('docs/images/'));
  assert.deepEqual([...shown].sort(), pictures.sort());
  const weight = pictures.reduce((sum, path) => sum + statSync(join(unpacked, path)).size, 0);
  assert.ok(weight < MAX_PICTURE_BYTES, `${weight} bytes of pictures`);
});

test('every map is complete in itself, and no file names a map that is not there', () => {
  for (const path of files.filter((name) => /\.(?:js|d\.ts)$/.test(name))) {
    const [, map] = /\n\/\/# sourceMappingURL=(\S+)\s*$/.exec(readFileSync(join(unpacked, path), 'utf8')) ?? [];
    if (map !== undefined) assert.ok(files.includes(posix.join(dirname(path), map)), `${path} names ${map}`);
  }
  for (const path of files.filter((name) => name.endsWith('.map'))) {
    const { sources, sourcesContent = [] } = JSON.parse(readFileSync(join(unpacked, path), 'utf8')) as { sources: string[]; sourcesContent?: unknown[] };
    assert.equal(sourcesContent.filter((text) => typeof text === 'string').length, sources.length, path);
  }
});

test('every export is in it', () => {
  for (const [name, target] of Object.entries(manifest.exports)) {
    for (const path of typeof target === 'string' ? [target] : Object.values(target)) {
      const relative = path.replace('./', '');
      assert.ok(relative.includes('*') ? files.some((file) => file.startsWith(relative.slice(0, relative.indexOf('*')))) : files.includes(relative), `${name}: ${path}`);
    }
  }
});

test('every export but the bundles can be imported in Node', async () => {
  const names = Object.entries(manifest.exports).filter(([, target]) => typeof target !== 'string').map(([name]) => name.replace(/^\./, manifest.name));
  assert.ok(names.length >= 8);
  // a copy of the package under another root would not find its dependencies
  const script = `for (const name of ${JSON.stringify(names)}) await import(name.replace('*', 'de'));`;
  await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: ROOT });
});

test('importing in Node draws nothing and says nothing', async () => {
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', `await import('${manifest.name}'); if (typeof window !== 'undefined') throw new Error('a window')`], { cwd: ROOT, env: { ...process.env, NODE_ENV: 'production' } });
  assert.equal(stdout + stderr, '');
});

test('publint has nothing to say', async () => {
  const { messages } = await publint({ pkgDir: unpacked, pack: false, strict: true, level: 'suggestion' });
  assert.deepEqual(messages.map((message) => formatMessage(message, manifest)), []);
});

test('the types are right for ES modules', async () => {
  const { stdout } = await run(process.execPath, [join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js'), tarball, '--profile', 'esm-only', '--format', 'json', '--exclude-entrypoints', ...bundles()], { maxBuffer: 2 ** 26 })
    .catch((error: { stdout: string }) => error);
  const { problems, analysis } = JSON.parse(stdout) as { analysis: { entrypoints: object }; problems?: Record<string, { resolutionKind?: string }[]> };
  assert.ok(Object.keys(analysis.entrypoints).length >= 12, stdout.slice(0, 500));
  // the list has those of CommonJS too, which this package does not serve
  assert.deepEqual(Object.values(problems ?? {}).flat().filter(({ resolutionKind = 'bundler' }) => ['node16-esm', 'bundler'].includes(resolutionKind)), []);
});

/** `dist/core/tally.d.ts` comes of `src/core/tally.ts`; what is no module of ours comes of itself. */
function sourceOf(path: string): string {
  return path.replace(/^dist\/((?:core|elements|server)\/.*?)(?:\.d\.ts|\.js)(?:\.map)?$/, 'src/$1.ts');
}

/** Plain scripts, for script tags: they have no types. */
function bundles(): string[] {
  return ['./custom-elements.json', ...readdirSync(join(ROOT, 'dist/cdn'), { recursive: true }).filter((path) => String(path).endsWith('.js')).map((path) => `./cdn/${String(path)}`)];
}
