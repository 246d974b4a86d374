import { expect } from 'vitest';

/** Asks again until the matcher is content: as long as pages take on a busy machine, often enough for what passes quickly. */
export function eventually<T>(ask: () => T | Promise<T>) {
  return expect.poll(ask, { interval: 20, timeout: 60_000 });
}
