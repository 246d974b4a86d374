import { describe, expect, it } from 'vitest';
import { learningRateAt, type ScheduleName } from '../../../src/pipeline/training/index.ts';

describe('learning-rate schedules', () => {
  it.each<[ScheduleName, number[]]>([
    ['constant', [1, 1, 1, 1, 1, 1, 1, 1]],
    ['cosine', [1, 0.96194, 0.853553, 0.691342, 0.5, 0.308658, 0.146447, 0.03806]],
    ['step', [1, 1, 1, 1, 0.1, 0.1, 0.01, 0.01]],
  ])('%s over 8 epochs', (schedule, expected) => {
    const found = expected.map((_, index) => learningRateAt(schedule, 2, index + 1, 8));
    for (const [index, rate] of found.entries()) expect(rate / 2).toBeCloseTo(expected[index] ?? Number.NaN, 6);
  });

  it('uses the whole rate when there is one epoch', () => {
    for (const schedule of ['constant', 'cosine', 'step'] as const) {
      expect(learningRateAt(schedule, 0.3, 1, 1)).toBe(0.3);
    }
  });
});
