import type { Timers } from '../../src/main/jobs/timers.ts';

/** Timers that fire when the test says so. */
export function handTimers(): Timers & { fire(ms: number): void; readonly waiting: number } {
  const due = new Map<() => void, number>();
  return {
    after: (ms, callback) => {
      const entry = (): void => callback();
      due.set(entry, ms);
      return () => void due.delete(entry);
    },
    fire: (ms) => {
      for (const [callback, dueMs] of [...due]) if (dueMs === ms && due.delete(callback)) callback();
    },
    get waiting() {
      return due.size;
    },
  };
}
