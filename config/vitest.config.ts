import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/peers/**'],
    pool: 'forks',
    // Secrets of whoever runs the tests are none of their business.
    env: { HILUM_KEYCHAIN: 'off' },
    // Most of a test is waiting for a process of its own: one worker leaves half of a small machine idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
