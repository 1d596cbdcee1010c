// dist/ holds the compiler's own output (unbundled ES modules); rollup makes the one-file bundles for a script tag out of it.
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

const minified = terser({ ecma: 2022, module: true, format: { comments: /@license|@preserve/ }, compress: { passes: 2 } });

// the list always brings its own layout; the virtualizer's stock one, which it would load on demand, stays out of the one-file bundles
const noStockLayout = {
  name: 'no-stock-layout',
  resolveId: (source) => (source === './layouts/flow.js' ? '\0no-stock-layout' : null),
  load: (id) => (id === '\0no-stock-layout' ? 'export const FlowLayout = undefined;' : null),
};

export default {
  input: 'dist/elements/index.js',
  plugins: [noStockLayout, resolve({ exportConditions: ['production', 'browser'] }), minified],
  output: [
    // the virtualizer imports its stock layout dynamically; one file means inlined
    { file: 'dist/cdn/system-logs.min.js', format: 'es', inlineDynamicImports: true, sourcemap: true },
    { file: 'dist/cdn/system-logs.iife.min.js', format: 'iife', name: 'SystemLogs', inlineDynamicImports: true, sourcemap: true },
  ],
};
