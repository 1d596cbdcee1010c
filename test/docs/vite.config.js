import { defineConfig } from 'vite';

const directus = { target: 'http://localhost:8055', ws: true };

export default defineConfig({ server: { proxy: { '/websocket': directus, '/server/info': directus } } });
