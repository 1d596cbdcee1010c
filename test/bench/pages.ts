// The pages of the benchmark as files in memory: their TypeScript, and the viewer's own from `src`, compiled and bundled, readable rather than
// minified, so that a profile names the functions.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup, type Plugin } from 'rollup';
import ts from 'typescript';

export interface PageFile {
  readonly type: string;
  readonly text: string;
  /** Its content security policy; default the strict one of the demo. */
  readonly policy?: string;
}

const ROOT = join(import.meta.dirname, '../..'), PAGES = join(import.meta.dirname, 'pages');
const ENTRIES = ['bare', 'viewer', 'parts'];
const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as { config: { compilerOptions: object } };
const { options: compilerOptions } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, module: 'ESNext', moduleResolution: 'Bundler' }, ROOT);

/** The same as the compiler emits for `dist`; types are not checked here. */
const typescript: Plugin = {
  name: 'typescript',
  resolveId(source, importer) {
    const path = importer === undefined || !source.startsWith('.') ? null : join(dirname(importer), source.replace(/\.js$/, '.ts'));
    return path !== null && existsSync(path) ? path : null;
  },
  transform(code, id) {
    if (!id.endsWith('.ts')) return null;
    const { outputText } = ts.transpileModule(code, { compilerOptions: { ...compilerOptions, sourceMap: false, inlineSources: false, declaration: false, declarationMap: false }, fileName: id });
    return { code: outputText, map: null };
  },
};

/** As in the shipped bundle: the list brings its own layout. */
const noStockLayout: Plugin = {
  name: 'no-stock-layout',
  resolveId: (source) => (source === './layouts/flow.js' ? '\0no-stock-layout' : null),
  load: (id) => (id === '\0no-stock-layout' ? 'export const FlowLayout = undefined;' : null),
};

/** Each file by its path on the server. With `modules`, each source module stays a file of its own, so that a profile names it. */
export async function buildPages(modules = false): Promise<Record<string, PageFile>> {
  const files: Record<string, PageFile> = { '/page.css': { type: 'text/css', text: readFileSync(join(PAGES, 'page.css'), 'utf8') } };
  const bundle = await rollup({
    input: Object.fromEntries(ENTRIES.map((name) => [name, join(PAGES, `${name}.ts`)])),
    plugins: [noStockLayout, typescript, nodeResolve({ exportConditions: ['production', 'browser'] })],
    onwarn(warning, warn) {
      if (warning.code === 'UNRESOLVED_IMPORT') throw new Error(warning.message);
      warn(warning);
    },
  });
  const { output } = await bundle.generate({ format: 'es', ...(modules ? { preserveModules: true, preserveModulesRoot: ROOT } : {}) });
  await bundle.close();
  for (const chunk of output) if (chunk.type === 'chunk') files[`/${chunk.fileName}`] = { type: 'text/javascript; charset=utf-8', text: chunk.code };
  for (const name of ENTRIES) {
    const script = output.find((chunk) => chunk.type === 'chunk' && chunk.isEntry && chunk.facadeModuleId === join(PAGES, `${name}.ts`))?.fileName;
    files[`/${name}.html`] = { type: 'text/html; charset=utf-8', text: `<!doctype html><meta charset="utf-8"><title>${name}</title><link rel="stylesheet" href="/page.css"><script type="module" src="/${script}"></script>` };
  }
  return files;
}
