// The one-file bundles: what they weigh, that they are made the same way each time, and that a Lit which asks for its policy otherwise fails the build.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rollup, type OutputOptions, type Plugin, type RollupOptions } from 'rollup';
import { minifiedTemplates } from '../../build/minified-templates.mjs';
import { ownPolicy } from '../../build/own-policy.mjs';

const ROOT = join(import.meta.dirname, '../..'), CDN = join(ROOT, 'dist/cdn');
/** Bytes after gzip: what was reached, and two percent; see docs/decisions/0015-bundle-size.md before it is made more. */
const BUDGET = 87_000;
const BUNDLES = ['system-logs.min.js', 'system-logs.iife.min.js'];

for (const file of BUNDLES) {
  test(`${file} is within its budget, one file, with its map`, () => {
    const code = readFileSync(join(CDN, file), 'utf8'), size = gzipSync(code, { level: 9 }).length;
    assert.ok(size <= BUDGET, `${file} has ${size} bytes after gzip; the budget is ${BUDGET}.`);
    assert.doesNotMatch(code, /\bimport\s*[("'{*]|(?<![.\w])require\(/);
    assert.match(code, new RegExp(`//# sourceMappingURL=${file}\\.map\\s*$`));
    const { sources, sourcesContent } = JSON.parse(readFileSync(join(CDN, `${file}.map`), 'utf8')) as { sources: string[]; sourcesContent: unknown[] };
    assert.ok(sources.some((source) => source.endsWith('src/elements/system-logs.ts')) || sources.some((source) => source.endsWith('elements/system-logs.js')), sources.join(' '));
    assert.equal(sourcesContent.filter((text) => typeof text === 'string').length, sources.length);
  });

  test(`${file} calls its Trusted Types policy by our name, and makes no other`, () => {
    const made = [...readFileSync(join(CDN, file), 'utf8').matchAll(/createPolicy\(\s*(["'`])(.*?)\1/g)].map(([, , name]) => name);
    assert.deepEqual(made, ['system-logs']);
  });
}

test('a second build gives the same bytes', async () => {
  const { default: configs } = await import(pathToFileURL(join(ROOT, 'rollup.config.mjs')).href) as { default: (RollupOptions & { input: string; output: OutputOptions | OutputOptions[] })[] };
  for (const { output, ...input } of configs) {
    const bundle = await rollup({ ...input, input: join(ROOT, input.input) });
    for (const options of [output].flat()) {
      const { output: [chunk] } = await bundle.generate(options);
      assert.ok(readFileSync(join(ROOT, options.file ?? ''), 'utf8').startsWith(chunk.code.trimEnd()), options.file);
    }
    await bundle.close();
  }
});

const virtual = (id: string, code: string): Plugin => ({ name: 'virtual', resolveId: (source) => (source === id ? id : null), load: (path) => (path === id ? code : null) });

for (const [state, code, expected] of [
  ['under another name', 'globalThis.trustedTypes?.createPolicy("lit", {});', /asks 0 times/],
  ['twice', 'const t = globalThis.trustedTypes; t.createPolicy("lit-html", {}); t.createPolicy("lit-html", {});', /asks 2 times/],
] as const) {
  test(`a Lit that asks for its policy ${state} fails the build`, async () => {
    const id = '/node_modules/lit-html/lit-html.js';
    await assert.rejects(rollup({ input: id, plugins: [virtual(id, code), ownPolicy()] }), expected);
  });
}

test('a bundle without Lit fails the build', async () => {
  await assert.rejects(rollup({ input: '/entry.js', plugins: [virtual('/entry.js', 'export {};'), ownPolicy()] }), /has no lit-html/);
});

test('templates lose their comments and indentation, and nothing that is read', async () => {
  const source = [
    "export const a = css `\n  /* it's gone */\n  .a > .b, .c :hover { color: red; margin: calc(1px + 2px) ;\n content: ' a ;  } /* b */ '; }\n`;",
    'export const b = (t) => html `<p\n    title="a  b">\n  ${t}  two\n  lines ${html`\n <b>x</b>`}</p>`;',
    'export const c = other `\n  as it is  `;',
  ].join('\n');
  const bundle = await rollup({ input: '/entry.js', external: () => false, plugins: [virtual('/entry.js', `const css = String.raw, html = css, other = css;\n${source}`), minifiedTemplates()] });
  const { output: [{ code }] } = await bundle.generate({ format: 'es' });
  assert.ok(code.includes("css ` .a>.b,.c :hover{color:red;margin:calc(1px + 2px);content:' a ;  } /* b */ '}`"), code);
  assert.ok(code.includes('html `<p title="a  b"> ${t}  two lines ${html` <b>x</b>`}</p>`'), code);
  assert.ok(code.includes('other `\n  as it is  `'), code);
});
