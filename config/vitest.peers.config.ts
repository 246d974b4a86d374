import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/peers/**/*.test.ts'],
    pool: 'forks',
    // Secrets of whoever runs the tests are none of their business.
    env: { HILUM_KEYCHAIN: 'off' },
    // Keras and TensorFlow take all cores and gigabytes: one peer at a time.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
