// dist/ holds the compiler's own output (unbundled ES modules); rollup makes the one-file bundles for a script tag out of it.
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { minifiedTemplates } from './build/minified-templates.mjs';
import { ownPolicy } from './build/own-policy.mjs';

// in a script that is no module the outermost names are the page's: the global has to stay
const minified = (module = true) => terser({ ecma: 2022, module, format: { comments: /@license|@preserve/ }, compress: { passes: 3 } });

// the list always brings its own layout; the virtualizer's stock one, which it would load on demand, stays out of the one-file bundles
const noStockLayout = {
  name: 'no-stock-layout',
  resolveId: (source) => (source === './layouts/flow.js' ? '\0no-stock-layout' : null),
  load: (id) => (id === '\0no-stock-layout' ? 'export const FlowLayout = undefined;' : null),
};

const viewer = {
  input: 'dist/elements/index.js',
  plugins: [noStockLayout, minifiedTemplates(), ownPolicy(), resolve({ exportConditions: ['production', 'browser'] })],
  output: [
    // the virtualizer imports its stock layout dynamically; one file means inlined
    { file: 'dist/cdn/system-logs.min.js', format: 'es', inlineDynamicImports: true, sourcemap: true, plugins: [minified()] },
    { file: 'dist/cdn/system-logs.iife.min.js', format: 'iife', name: 'SystemLogs', inlineDynamicImports: true, sourcemap: true, plugins: [minified(false)] },
  ],
};

// beside either bundle, before it or after it: a language imports nothing but itself
const languages = ['ar', 'de'].map((language) => ({
  input: `dist/elements/languages/${language}.js`,
  plugins: [resolve(), minified()],
  output: { file: `dist/cdn/languages/${language}.js`, format: 'es', sourcemap: true },
}));

export default [viewer, ...languages];
