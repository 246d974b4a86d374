import { patientGroups, requireTwoGroups } from './groups.ts';
import { partsByGroup, type SplitMethod, type SplitParams } from './method.ts';
import { type Part, stratify } from './stratify.ts';

/** Train, validation and test by patient group, stratified by class. A class needs two groups once anything is held out. */
export const holdout: SplitMethod = (rows, params, random) => {
  const groups = patientGroups(rows);
  const parts = holdoutParts(params);
  if (parts.length > 1) requireTwoGroups(groups, 'hold some out');
  return partsByGroup(rows, stratify(groups, parts, random));
};

/** Parts of a holdout split that are not empty, training first. */
export function holdoutParts(params: SplitParams): Part[] {
  const shares: Part[] = [
    { name: 'train', share: Math.max(0, 1 - params.validation - params.test) },
    { name: 'validation', share: params.validation },
    { name: 'test', share: params.test },
  ];
  return shares.filter(({ name, share }) => name === 'train' || share > 0);
}
