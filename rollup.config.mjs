// dist/ holds the compiler's own output (unbundled ES modules); rollup makes the one-file bundles for a script tag out of it.
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

const minified = terser({ ecma: 2022, module: true, format: { comments: /@license|@preserve/ }, compress: { passes: 2 } });

export default {
  input: 'dist/elements/index.js',
  plugins: [resolve({ exportConditions: ['production', 'browser'] }), minified],
  output: [
    // the virtualizer imports its stock layout dynamically; one file means inlined
    { file: 'dist/cdn/system-logs.min.js', format: 'es', inlineDynamicImports: true, sourcemap: true },
    { file: 'dist/cdn/system-logs.iife.min.js', format: 'iife', name: 'SystemLogs', inlineDynamicImports: true, sourcemap: true },
  ],
};
