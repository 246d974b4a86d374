import { groupsOf } from './groups.ts';
import type { GroupedCase } from './scan-cases.ts';

export interface GroupConformal {
  /** Smallest probability at which each class joins the set. */
  readonly thresholds: readonly number[];
  /** True: every class had the 1/error - 1 patient groups that the promise needs. */
  readonly promised: boolean;
}

/**
 * Class-wise (Mondrian) conformal thresholds (Vovk 2012; Sadinle, Lei & Wasserman 2019) where the images of a patient group
 * are alike and only groups are exchangeable: every group weighs the same, and one more, unseen, counts as a miss
 * (hierarchical conformal prediction; Lee, Barber & Willett 2023, section 3). Among images of new groups of a class at most `error` miss it. A class with fewer groups than that takes
 * gets the threshold of its worst group, which promises nothing but does better than to pool its images.
 * @param cases of groups that the model did not learn from
 * @returns null when a class has fewer than two groups
 */
export function groupConformal(cases: readonly GroupedCase[], classes: number, error: number): GroupConformal | null {
  if (!(error > 0 && error < 1)) throw new RangeError('expected an error above 0 and below 1');
  const ofClasses = Array.from({ length: classes }, (_, k) => {
    const own = cases.filter(({ truth }) => truth === k);
    const { names, groupOf } = groupsOf(own);
    const groups: number[][] = names.map(() => []);
    own.forEach(({ probabilities }, i) => {
      groups[groupOf[i] ?? 0]?.push(probabilities[k] ?? 0);
    });
    return groups;
  });
  if (ofClasses.some((groups) => groups.length < 2)) return null;
  return {
    thresholds: ofClasses.map((groups) => thresholdOf(groups, error)),
    promised: ofClasses.every((groups) => isEnough(groups.length, error)),
  };
}

function isEnough(groups: number, error: number): boolean {
  return groups / (groups + 1) >= 1 - error - tolerance;
}

function thresholdOf(groups: readonly (readonly number[])[], error: number): number {
  if (!isEnough(groups.length, error)) return Math.min(...groups.map((group) => reached([group], 1, 1 - error)));
  return reached(groups, groups.length + 1, 1 - error);
}

/** Sums of weights round. */
const tolerance = 1e-9;

/** Smallest of the greatest values that together weigh so much; the values of a group weigh 1 / `of` together. */
function reached(groups: readonly (readonly number[])[], of: number, wanted: number): number {
  const weighted = groups
    .flatMap((group) => group.map((value) => ({ value, weight: 1 / (group.length * of) })))
    .sort((a, b) => b.value - a.value);
  let sum = 0;
  for (const { value, weight } of weighted) {
    sum += weight;
    if (sum >= wanted - tolerance) return value;
  }
  return 0;
}
