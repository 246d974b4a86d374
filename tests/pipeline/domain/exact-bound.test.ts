import { describe, expect, it } from 'vitest';
import { exactLowerBound } from '../../../src/pipeline/domain/exact-bound.ts';

describe('exact lower bound of a share', () => {
  // From the same definition with exact integers, computed apart.
  it.each([
    [7, 7, 0.5903836],
    [3, 3, 0.2924018],
    [8, 10, 0.4439045],
    [1, 10, 0.002528579],
    [90, 100, 0.8237774],
    [500, 500, 0.9926494],
  ])('%i of %i', (hits, cases, low) => {
    expect(exactLowerBound(hits, cases)).toBeCloseTo(low, 6);
  });

  it('is 0 without a hit or a case', () => {
    expect(exactLowerBound(0, 10)).toBe(0);
    expect(exactLowerBound(0, 0)).toBe(0);
  });
});
