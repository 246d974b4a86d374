import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The preload script of the window: a sandboxed one must be a single CommonJS file. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  logLevel: 'warn',
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node24',
    minify: false,
    emptyOutDir: true,
    reportCompressedSize: false,
    rollupOptions: {
      input: { preload: fileURLToPath(new URL('../src/main/preload.ts', import.meta.url)) },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
});
