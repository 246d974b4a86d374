import type { Random } from '../../domain/random.ts';
import { classesOf, type PatientGroup, patientGroups, requireTwoGroups } from './groups.ts';
import { partsByGroup, type SplitMethod } from './method.ts';

/** Grouped, stratified folds 1..k. There are never more folds than groups, so that none is empty. */
export const kFold: SplitMethod = (rows, params, random) => {
  const groups = patientGroups(rows);
  requireTwoGroups(groups, 'cross-validate');
  return partsByGroup(rows, spreadOverFolds(groups, Math.min(params.folds, groups.length), random));
};

interface Fold {
  readonly name: string;
  images: number;
  /** Groups and images of the class that is being spread. */
  classGroups: number;
  classImages: number;
}

/** Class by class, fewest groups first; within a class the largest group first, each to the fold that has least of the class. */
function spreadOverFolds(groups: readonly PatientGroup[], folds: number, random: Random): Map<string, string> {
  const strata = classesOf(groups)
    .map((name) => groups.filter((group) => group.mainClass === name))
    .sort((a, b) => a.length - b.length);
  const state: Fold[] = Array.from({ length: folds }, (_, i) => ({
    name: String(i + 1),
    images: 0,
    classGroups: 0,
    classImages: 0,
  }));
  const foldOf = new Map<string, string>();
  for (const stratum of strata) {
    for (const fold of state) fold.classGroups = fold.classImages = 0;
    for (const group of random.shuffled(stratum).sort((a, b) => b.images - a.images)) {
      const [fold] = random.shuffled(state).sort(byNeed);
      if (fold === undefined) continue;
      foldOf.set(group.id, fold.name);
      fold.images += group.images;
      fold.classGroups += 1;
      fold.classImages += group.images;
    }
  }
  return foldOf;
}

function byNeed(a: Fold, b: Fold): number {
  return a.classGroups - b.classGroups || a.classImages - b.classImages || a.images - b.images;
}
