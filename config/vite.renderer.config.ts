import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page, for the window of the app and for the browser alike. */
export default defineConfig({
  root: fileURLToPath(new URL('../src/renderer', import.meta.url)),
  base: './',
  logLevel: 'warn',
  plugins: [react()],
  build: {
    target: 'chrome144',
    minify: true,
    sourcemap: false,
    emptyOutDir: true,
    // Everything is a file of its own: the content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
