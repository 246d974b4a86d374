import { patientGroups, requireTwoGroups } from './groups.ts';
import { partsByGroup, type SplitMethod } from './method.ts';

/** Every patient group is a fold of its own, numbered in order of the groups' ids. */
export const leaveOneGroupOut: SplitMethod = (rows) => {
  const groups = patientGroups(rows);
  requireTwoGroups(groups, 'leave one out');
  return partsByGroup(rows, new Map(groups.map(({ id }, i) => [id, String(i + 1)])));
};
