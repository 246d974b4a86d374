const firstMs = 500;
const longestMs = 10_000;

/** How long to wait before the next attempt; `attempt` counts from 0. */
export function retryDelayMs(attempt: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 10));
}
