/** Where a key or the wheel leads to from the image in sight. */
export type Step = 'next' | 'previous' | 'first' | 'last' | 'next-scan' | 'previous-scan';

/** Index in a scan of `count` images after a step; the ends hold. Steps to other scans are not its business. */
export function stepped(index: number, count: number, step: Step): number {
  switch (step) {
    case 'next':
      return Math.min(count - 1, index + 1);
    case 'previous':
      return Math.max(0, index - 1);
    case 'first':
      return 0;
    case 'last':
      return count - 1;
    default:
      return index;
  }
}

/** The images that are most likely looked at next: a few in the direction of reading, fewer behind. */
export function aheadOf<T>(images: readonly T[], index: number, backwards: boolean): T[] {
  const forward = images.slice(index + 1, index + 1 + (backwards ? 2 : 6));
  const behind = images.slice(Math.max(0, index - (backwards ? 6 : 2)), index).reverse();
  return backwards ? [...behind, ...forward] : [...forward, ...behind];
}
