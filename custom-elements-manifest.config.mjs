// `npm run manifest`: what the elements take, tell and draw, for editors and for docs/api.md. Made of the sources, and shipped with them.
import { customElementVsCodePlugin } from 'custom-element-vs-code-integration';
import { publicManifest } from './build/public-manifest.mjs';

export default {
  globs: ['src/elements/**/*.ts', 'src/core/format.ts', 'src/core/levels.ts', 'src/core/log-store-options.ts', 'src/core/socket-address.ts'],
  outdir: 'dist',
  litelement: true,
  plugins: [publicManifest(), customElementVsCodePlugin({ outdir: 'dist', cssFileName: null, hideLogs: true })],
};
