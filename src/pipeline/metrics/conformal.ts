import type { Labelled } from './temperature.ts';

/**
 * Class-wise (Mondrian) split conformal prediction (Vovk 2012; Sadinle, Lei & Wasserman 2019): for each class the smallest
 * probability at which it joins the set, so that among new cases of that class at most `error` miss it, whatever the model.
 * The promise needs cases that are exchangeable: one case a patient group, or scans rather than slices. A class with fewer
 * than 1/error - 1 cases gets 0: it is always in the set, which is all that can be promised of it.
 * @param cases of groups that the model did not learn from
 * @param classes count of classes
 * @param error share of misses allowed, above 0 and below 1
 */
export function conformalThresholds(cases: readonly Labelled[], classes: number, error: number): number[] {
  if (!(error > 0 && error < 1)) throw new RangeError('expected an error above 0 and below 1');
  return Array.from({ length: classes }, (_, k) => {
    const ofClass = cases
      .filter(({ truth }) => truth === k)
      .map(({ probabilities }) => probabilities[k] ?? 0)
      .sort((a, b) => b - a);
    // The product may round above a whole number that it stands for: 20 * (1 - 0.05) = 19.
    const rank = Math.ceil((ofClass.length + 1) * (1 - error) - 1e-9);
    return ofClass[rank - 1] ?? 0;
  });
}

/** Indices of the classes that cannot be excluded; may be empty (unlike anything seen) or hold several (unsure). */
export function conformalSet(probabilities: readonly number[], thresholds: readonly number[]): number[] {
  return probabilities.flatMap((probability, k) => (probability >= (thresholds[k] ?? 0) ? [k] : []));
}
