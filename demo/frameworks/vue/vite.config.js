import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// else Vue looks for components of these names, and warns that there are none
const isCustomElement = (tag) => tag === 'system-logs' || tag.startsWith('log-');

export default defineConfig({ plugins: [vue({ template: { compilerOptions: { isCustomElement } } })], publicDir: '../shared/public' });
