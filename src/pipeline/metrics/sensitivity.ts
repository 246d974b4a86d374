import { classMetricInfo } from '../domain/metrics.ts';
import { ratio } from './confusion.ts';
import type { ClassMetric } from './types.ts';

/** TP / (TP + FN); null when no case is of the class. */
export function sensitivityOf(confusion: Float64Array, classes: number, classIndex: number): number | null {
  const start = classIndex * classes;
  let ofClass = 0;
  for (let column = 0; column < classes; column++) ofClass += confusion[start + column] ?? 0;
  return ratio(confusion[start + classIndex] ?? 0, ofClass);
}

export const sensitivity: ClassMetric = {
  ...classMetricInfo.sensitivity,
  restsOn: 'positives',
  value: ({ confusion, classes }, classIndex) => sensitivityOf(confusion, classes, classIndex),
};
