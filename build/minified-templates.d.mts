import type { Plugin } from 'rollup';
export function minifiedTemplates(): Plugin;
