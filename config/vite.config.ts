import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { licences } from './licences.ts';

/** Packages with native code or WebAssembly: they find their files beside their own modules, so they stay outside. */
const external = [
  /^electron$/,
  /^@tensorflow\//,
  /^onnxruntime-node/,
  /^sharp$/,
  /^better-sqlite3$/,
  /^@napi-rs\//,
  /^@cornerstonejs\//,
  /^@itk-wasm\//,
  /^itk-wasm/,
  /^h5wasm/,
];

const source = (path: string): string => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

const root = fileURLToPath(new URL('..', import.meta.url));

/** The command line, the worker and the main process of the app, as CommonJS for Node 24. */
export default defineConfig({
  root,
  plugins: [licences(root)],
  logLevel: 'warn',
  ssr: { noExternal: true, external: [] },
  build: {
    ssr: true,
    target: 'node24',
    minify: false,
    sourcemap: false,
    emptyOutDir: true,
    reportCompressedSize: false,
    rollupOptions: {
      input: {
        cli: source('main/cli/index.ts'),
        worker: source('pipeline/worker.ts'),
        index: source('main/index.ts'),
      },
      external,
      output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
    },
  },
});
