import { expect, it } from 'vitest';
import { paceOf } from '../../../src/main/jobs/pace.ts';

/** Reports of one piece of work, each at its time. */
function follow(reports: readonly [nowMs: number, step: string, done: number, total: number, fraction: number][]) {
  let now = 0;
  const pace = paceOf(() => now);
  return reports.map(([nowMs, step, done, total, fraction]) => {
    now = nowMs;
    return pace({ step, done, total, fraction });
  });
}

it('the rate is that of the step', () => {
  const paces = follow([
    [0, 'Listing', 0, 100, 0],
    [5000, 'Classifying', 0, 100, 0.1],
    [7000, 'Classifying', 50, 100, 0.6],
  ]);
  expect(paces.map(({ perSecond }) => perSecond)).toEqual([null, null, 25]);
});

it('what is left is the longer of two guesses: by the weight of the steps, by the pace of this one', () => {
  const [, , byPace] = follow([
    [0, 'Features', 10, 10, 0.5],
    [2000, 'Training', 1, 1001, 0.5],
    [3000, 'Training', 11, 1001, 0.51],
  ]);
  expect(byPace?.remainingMs).toBe(99_000);
  const [, byWeight] = follow([
    [0, 'Classifying', 0, 100, 0.02],
    [4000, 'Classifying', 98, 100, 0.5],
  ]);
  expect(byWeight?.remainingMs).toBe(4000);
});

it('nothing is said about a step of 10,000 that has just begun, however fast the one before was', () => {
  const [, begun] = follow([
    [0, 'Features', 10, 10, 0.5],
    [2000, 'Training', 1, 10_000, 0.55],
  ]);
  expect(begun).toEqual({ perSecond: null, remainingMs: null });
});
