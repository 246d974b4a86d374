import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/peers/**'],
    pool: 'forks',
    // Secrets of whoever runs the tests are none of their business.
    env: { HILUM_KEYCHAIN: 'off' },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
