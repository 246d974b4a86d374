import { byCodePoint } from '../../domain/names.ts';
import { randomFrom } from '../../domain/random.ts';
import { classesOf, groupsWith, patientGroups, type SplitInput } from './groups.ts';
import { stratify } from './stratify.ts';

/**
 * Groups to watch while training on the others, stratified by class. The last group of a class always stays in training.
 * @param rows of the part that is trained on
 * @param fraction of the images that should be watched; 0 gives no groups
 */
export function validationGroups(rows: readonly SplitInput[], seed: number, fraction: number): Set<string> {
  if (fraction <= 0) return new Set();
  const groups = patientGroups(rows);
  const parts = [
    { name: 'train', share: 1 - fraction },
    { name: 'validation', share: fraction },
  ];
  const partOf = stratify(groups, parts, randomFrom('validation', seed));
  const watched = new Set([...partOf].filter(([, part]) => part === 'validation').map(([id]) => id));
  for (const className of classesOf(groups)) {
    const own = groupsWith(groups, className);
    if (own.some(({ id }) => !watched.has(id))) continue;
    const smallest = own.toSorted((a, b) => a.images - b.images || byCodePoint(a.id, b.id))[0];
    if (smallest !== undefined) watched.delete(smallest.id);
  }
  return watched;
}
