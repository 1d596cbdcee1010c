// What can be said of the documents without running them: each block has a test, commands and variables exist, excerpts are what stands in the file that
// they name, links lead somewhere.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { test } from 'node:test';
import { causesInEnglish, type CauseWords } from '../../src/core/cause-words.js';
import { blocksOf, DOCS, kindOf, nameOf, readBlocks, ROOT, testOf } from './doc-blocks.js';

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: object;
  readonly peerDependencies: object;
  readonly devDependencies: object;
}

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const pack = JSON.parse(read('package.json')) as PackageJson;
const packages = new Set([pack.name, ...[pack.dependencies, pack.peerDependencies, pack.devDependencies].flatMap((each) => Object.keys(each))]);

/** What commands may be given in front; Directus' variables are those that ours are named after. */
const VARIABLES = ['src/server/config.ts', 'src/server/redis-env.ts', 'demo/settings.ts', 'web-test-runner.config.mjs', 'docs/directus.md'].map(read).join('\n');

/** Programs that a reader starts besides npm and node. */
const HARMLESS: Readonly<Record<string, RegExp>> = {
  'npm ci': /^$/, 'npm install': /^( --prefix [\w/]+)?( [\w@/-]+)*$/, 'npm start': /^( -- --instances \d)?$/, 'npm test': /^$/,
  'cp': /^ node_modules\/system-logs\/dist\/cdn\/system-logs\.min\.js \.$/, 'python3': /^ -m http\.server \d+$/,
};

test('every block is one that a test runs', () => {
  for (const block of DOCS.flatMap((file) => readBlocks(file))) {
    const own = testOf(block);
    if (own === null) kindOf(block);
    else assert.ok(read(own).includes(posix.basename(block.file)), `${own} does not read ${block.file}`);
  }
});

test('a block of an unknown kind is told how to be marked', () => {
  const [block] = readBlocks('docs/some.md', '# Title\n\n```js\nalert(1)\n```\n');
  assert.ok(block !== undefined);
  assert.throws(() => kindOf(block), /^Error: docs\/some\.md:3: no test knows .* "js"\. A block is one of: /);
  assert.throws(() => readBlocks('docs/some.md', '```js\n'), /has no end/);
});

for (const block of blocksOf('commands')) {
  test(`${nameOf(block)}: the commands exist`, () => {
    for (const line of block.code.replaceAll('\\\n', '').split('\n').map((text) => text.replace(/(^|\s)#.*$/, '').trim()).filter((text) => text !== '')) {
      for (const command of line.split(' && ')) checkCommand(command, block.file);
    }
  });
}

function checkCommand(line: string, file: string): void {
  const words = line.split(' '), given = words.filter((_, index) => words.slice(0, index + 1).every((each) => /^[A-Z_]+=/.test(each)));
  // a variable of a program that the document shows is known by that program
  const known = VARIABLES + readBlocks(file).filter(({ language }) => language === 'js').map(({ code }) => code).join('\n');
  for (const [name = ''] of given.map((word) => word.split('='))) assert.ok(known.includes(name), `nothing reads ${name}`);
  const [program = '', ...rest] = words.slice(given.length);
  if (program === '') return;
  if (program === 'npx' || program === 'npm') assert.notEqual(rest[0], undefined, line);
  if (program === 'npm' && rest[0] === 'run') return assert.ok(Object.hasOwn(pack.scripts, rest[1] ?? ''), `package.json has no script "${rest[1]}"`);
  if (program === 'npm' && rest[0] === 'install') {
    for (const name of rest.slice(1).filter((word, index, all) => !word.startsWith('-') && all[index - 1] !== '--prefix')) assert.ok(packages.has(name), `${name} is not used in this repository`);
  }
  if (program === 'node' && /^[\w-]+\.mjs$/.test(rest[0] ?? '')) return assert.ok(readBlocks(file).some(({ code }) => code.startsWith(`// ${rest[0]}\n`)), `${file} shows no ${rest[0]}`);
  if (program === 'node') return assert.ok(rest.filter((word) => word.endsWith('.ts')).every((path) => existsSync(join(ROOT, path))), line);
  const key = program === 'npm' ? `npm ${rest[0]}` : program, args = rest.slice(program === 'npm' ? 1 : 0);
  assert.match(args.map((arg) => ` ${arg}`).join(''), HARMLESS[key] ?? /$^/, `"${line}" is not known to be harmless`);
}

for (const block of blocksOf('excerpt')) {
  test(`${nameOf(block)}: stands in ${block.words[0]} as it is shown`, () => {
    const source = read(block.words[0] ?? ''), indents = source.split('\n').map((line) => /^ */.exec(line)?.[0] ?? '');
    const found = [...new Set(indents)].some((indent) => source.includes(block.code.replaceAll(/^(?=.)/gm, indent)));
    assert.ok(found, `${block.words[0]} has no such lines`);
  });
}

/** As the places that show these documents make them of headings. */
const anchorsOf = (text: string): Set<string> => new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => (
  title.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'))));

test('every link leads to a file, and to a heading that it has', () => {
  for (const file of [...DOCS, 'CONTRIBUTING.md', 'PROTOCOL.md']) {
    const text = read(file).replaceAll(/^```[^]*?^```/gm, '');
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const [path = '', anchor] = target.split('#'), to = path === '' ? file : posix.join(dirname(file), path);
      assert.ok(existsSync(join(ROOT, to)), `${file}: ${target} leads nowhere`);
      if (anchor !== undefined) assert.ok(anchorsOf(read(to)).has(anchor), `${file}: ${to} has no heading "${anchor}"`);
    }
  }
});

test('what the viewer says in the questions, it says', () => {
  const folder = join(ROOT, 'src'), said = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /^(?:elements|core).*\.ts$/.test(name)).map((name) => read(`src/${name}`)).join('\n');
  const quoted = [...read('docs/faq.md').matchAll(/“([^”]+)”/g)].map(([, words = '']) => words.replace(/\.$/, ''));
  assert.ok(quoted.length > 20);
  assert.deepEqual(quoted.filter((words) => !said.includes(words)), []);
});

test('why it is not live is answered for every reason that the viewer can give, in its words', () => {
  const [answer = ''] = /^## Why is it not live\?\n[^]*?(?=^## )/m.exec(read('docs/faq.md')) ?? [];
  const facts = { host: 'logs.example.com', status: 502, closeCode: null, words: 'words', hasToken: true, attribute: 'layout', choices: ['auto'], usual: 1 };
  const headings = [...new Set(Object.values(causesInEnglish).map((say: (about: typeof facts) => CauseWords) => say(facts)[1]))];
  assert.ok(headings.length > 25, `${headings.length} headings`);
  assert.deepEqual(headings.filter((heading) => !answer.includes(`“${heading}.”`)), []);
});

test('the figures that README promises and compares by are those of the measurements', () => {
  const [promise = '', compared = ''] = [/^[^]*?(?=^## Start)/m, /^## Beside others\n[^]*?(?=^## )/m].map((part) => part.exec(read('README.md'))?.[0]);
  const figures = [promise, compared].flatMap((text) => [...text.matchAll(/\b\d[\d,]+/g)]).map(([figure]) => figure), measured = read('docs/measurements.md');
  assert.ok(figures.length > 15, `${figures.length} figures`);
  assert.deepEqual(figures.filter((figure) => !measured.includes(figure)), []);
});

test('the tarball has the name that the documents give it', () => {
  const named = DOCS.flatMap((file) => [...read(file).matchAll(/system-logs-[\w.-]*\.tgz/g)].map(([name]) => name));
  assert.ok(named.length > 1);
  assert.deepEqual([...new Set(named)], [`${pack.name}-${pack.version}.tgz`]);
});

test('every guide is in the index', () => {
  const index = read('docs/README.md');
  for (const file of DOCS.filter((name) => name.startsWith('docs/') && name !== 'docs/README.md')) assert.ok(index.includes(`](${posix.basename(file)})`), `docs/README.md has no link to ${file}`);
});
