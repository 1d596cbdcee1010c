import type { Plugin } from 'rollup';
export function ownPolicy(): Plugin;
