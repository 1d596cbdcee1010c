// The fenced blocks of README.md and of the guides, and the test that each of them belongs to. What a block is, its info string says: the language, then
// what is to be done with it. It runs nothing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface DocBlock {
  /** From the root of the repository. */
  readonly file: string;
  /** Of its opening fence, from 1. */
  readonly line: number;
  /** The heading that it stands under. */
  readonly heading: string;
  readonly language: string;
  /** What follows the language. */
  readonly words: readonly string[];
  readonly code: string;
}

/** README.md and the guides, without the decisions. */
export const DOCS: readonly string[] = ['README.md', ...readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`).sort()];

const HOW = 'A block is one of: `html` (a page), `html directus` (a page at a Directus), `js server` (a program), `js page` or `js page directus` (a script of the page '
  + 'above it), `css` (a style sheet of a page), `sh` (commands), or any language with the path of the tested file that it is taken from, such as `tsx demo/frameworks/react/Logs.tsx`.';

/** Blocks that have a test of their own, by document and language. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'docs/accessibility.md tree': 'test/elements/accessibility-tree.test.ts',
  'docs/recipes.md js': 'test/server/recipes.test.ts',
  'docs/deploying.md nginx': 'test/deploying/nginx.test.ts',
};

export type Kind = 'page' | 'program' | 'script' | 'style' | 'commands' | 'excerpt';

/** Every block of a document, in its order. */
export function readBlocks(file: string, text = readFileSync(join(ROOT, file), 'utf8')): DocBlock[] {
  const blocks: DocBlock[] = [];
  let heading = '', open: { line: number; info: string; lines: string[] } | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const fence = /^```(.*)$/.exec(line);
    if (open !== null && fence === null) open.lines.push(line);
    else if (open !== null) {
      const [language = '', ...words] = open.info.trim().split(/\s+/);
      blocks.push({ file, line: open.line, heading, language, words, code: `${open.lines.join('\n')}\n` });
      open = null;
    } else if (fence !== null) open = { line: index + 1, info: fence[1] ?? '', lines: [] };
    else heading = /^#+ (.+)$/.exec(line)?.[1] ?? heading;
  }
  if (open !== null) throw new Error(`${file}:${open.line}: this block has no end.`);
  return blocks;
}

/** The test of its own that a block has; null where it has none. */
export function testOf({ file, language }: DocBlock): string | null {
  return ELSEWHERE[`${file} ${language}`] ?? null;
}

/** @throws Error with a sentence that says how a block is marked */
export function kindOf({ file, line, language, words }: DocBlock): Kind {
  const known: Readonly<Record<string, Kind>> = {
    'html': 'page', 'html directus': 'page', 'js server': 'program', 'js page': 'script', 'js page directus': 'script', 'css': 'style', 'sh': 'commands',
  };
  const kind = words[0]?.includes('/') === true ? 'excerpt' : known[[language, ...words].join(' ')];
  if (kind === undefined) throw new Error(`${file}:${line}: no test knows what to do with a block that is marked "${[language, ...words].join(' ')}". ${HOW}`);
  return kind;
}

/** The blocks of all documents that are of this kind and have no test of their own. */
export function blocksOf(kind: Kind): DocBlock[] {
  return DOCS.flatMap((file) => readBlocks(file)).filter((block) => testOf(block) === null && isOf(block, kind));
}

/** How a test names a block. */
export function nameOf({ file, line, heading }: DocBlock): string {
  return `${file}:${line} (${heading})`;
}

function isOf(block: DocBlock, kind: Kind): boolean {
  try {
    return kindOf(block) === kind;
  } catch {
    // told by the test of the kinds
    return false;
  }
}
