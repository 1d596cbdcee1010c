// Builds the admin page of one framework into a folder: by Vite, by Angular's own tool, or, for plain HTML, by copying. A test may leave out pieces of
// the page's source, to see that it notices.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { pagePolicy } from '../page-policy.js';

export const FRAMEWORKS = ['html', 'react', 'vue', 'svelte', 'angular', 'solid'] as const;
export type Framework = (typeof FRAMEWORKS)[number];

export interface BuildOptions {
  /** Distinguishes the folders of several builds; default `page`. */
  readonly name?: string;
  /** With the framework's own warnings; default false. */
  readonly development?: boolean;
  /** Pieces of source to leave out; each must be in one file of the page. */
  readonly without?: readonly string[];
}

const HERE = import.meta.dirname, ROOT = join(HERE, '../..'), SHARED = join(HERE, 'shared');
const run = promisify(execFile);

/** Folders that have dependencies of their own, so that nobody else has to install them. */
const OWN_DEPENDENCIES: readonly Framework[] = ['angular', 'solid'];

/** The names of the policies by which each framework, and lit, make markup; null: it makes it without one, which Trusted Types forbid. */
const TRUSTED_TYPES: Readonly<Record<Exclude<Framework, 'html'>, string | null>> = {
  react: 'lit-html', vue: 'vue lit-html', svelte: 'svelte-trusted-html lit-html', angular: 'lit-html', solid: null,
};

/** The strictest content security policy under which the page runs. */
export function policyOf(framework: Framework): string {
  if (framework === 'html') return pagePolicy(null);
  const names = TRUSTED_TYPES[framework];
  return names === null ? pagePolicy(null).replace(/; require-trusted-types-for.*$/, '') : pagePolicy(null, names);
}

/** @returns the folder of the built page */
export async function buildPage(framework: Framework, { name = 'page', development = false, without = [] }: BuildOptions = {}): Promise<string> {
  if (OWN_DEPENDENCIES.includes(framework)) await install(join(HERE, framework));
  const out = join(HERE, 'dist', `${framework}-${name}`), folder = join(out, 'page');
  rmSync(out, { recursive: true, force: true });
  const source = without.length === 0 ? join(HERE, framework) : copyWithout(framework, join(out, 'source'), without);
  if (framework === 'angular') return buildAngular(source, folder, development);
  if (framework === 'html') copyPage(source, folder);
  else await buildByVite(source, folder, development);
  return folder;
}

function copyPage(source: string, folder: string): void {
  for (const from of [source, join(SHARED, 'public')]) cpSync(from, folder, { recursive: true });
  cpSync(join(SHARED, 'shop.js'), join(folder, 'shop.js'));
  cpSync(join(ROOT, 'dist/cdn/system-logs.min.js'), join(folder, 'system-logs.min.js'));
}

async function buildByVite(root: string, outDir: string, development: boolean): Promise<void> {
  // frameworks read NODE_ENV while they are bundled
  process.env['NODE_ENV'] = development ? 'development' : 'production';
  await build({
    root, configFile: join(root, 'vite.config.js'), mode: development ? 'development' : 'production', logLevel: 'warn',
    build: { outDir, emptyOutDir: true, rolldownOptions: { checks: { pluginTimings: false } } },
  });
}

async function buildAngular(root: string, out: string, development: boolean): Promise<string> {
  const ng = join(HERE, 'angular/node_modules/@angular/cli/bin/ng.js'), folder = join(out, 'browser');
  await run(process.execPath, [ng, 'build', '--configuration', development ? 'development' : 'production', '--output-path', out], { cwd: root });
  // it takes assets from nowhere but its own folder
  cpSync(join(SHARED, 'public'), folder, { recursive: true });
  return folder;
}

/** What is missing is installed; this package is linked beside it, as `npm link` would. */
async function install(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules');
  if (!existsSync(join(modules, '.package-lock.json'))) await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder });
  rmSync(join(modules, 'system-logs'), { force: true });
  symlinkSync(relative(modules, ROOT), join(modules, 'system-logs'), 'junction');
}

/** A copy of the page's source beside one of what it shares, without some pieces. */
function copyWithout(framework: Framework, to: string, pieces: readonly string[]): string {
  const root = join(to, framework), skipped = /[\\/]node_modules$/;
  mkdirSync(to, { recursive: true });
  cpSync(SHARED, join(to, 'shared'), { recursive: true });
  cpSync(join(HERE, framework), root, { recursive: true, filter: (path) => !skipped.test(path) });
  if (OWN_DEPENDENCIES.includes(framework)) symlinkSync(join(HERE, framework, 'node_modules'), join(root, 'node_modules'), 'junction');
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const piece of pieces) {
    const file = files.find((path) => readFileSync(path, 'utf8').includes(piece));
    if (file === undefined) throw new Error(`No file of the ${framework} page has “${piece}”.`);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(piece, ''));
  }
  return root;
}
