import { csvTable } from '../../disk/csv.ts';
import type { Repeat } from './repeats.ts';

/** validation-repeats.csv: `repeat,fold,image,scan,group,class,predicted,p_<class>...`, repeat after repeat. */
export function repeatTable(repeats: readonly Repeat[], classes: readonly string[]): string {
  const columns = ['repeat', 'fold', 'image', 'scan', 'group', 'class', 'predicted'];
  return csvTable(
    [...columns, ...classes.map((name) => `p_${name}`)],
    repeats.flatMap(({ repeat, folds, predictions }) =>
      predictions.map(({ image, scan, group, truth, probabilities }, at) => [
        ...[repeat, folds[at], image, scan, group, classes[truth]],
        classes[probabilities.indexOf(Math.max(...probabilities))],
        ...probabilities,
      ]),
    ),
  );
}
