import type { Estimate } from '../../../../../pipeline/domain/metrics.ts';
import { carriedTo } from '../../../../../pipeline/domain/predictive-values.ts';
import type { ClassFigures } from '../../../../../pipeline/domain/run-figures.ts';

/** PPV and NPV of a class where it has another share than they were computed for, intervals carried along. */
export function worthAt(
  { prevalence: from, answer }: ClassFigures,
  prevalence: number,
): { readonly ppv: Estimate; readonly npv: Estimate } {
  const carried = ({ value, low, high }: Estimate, was: number, is: number): Estimate => ({
    value: carriedTo(value, was, is),
    low: carriedTo(low, was, is),
    high: carriedTo(high, was, is),
  });
  return { ppv: carried(answer.ppv, from, prevalence), npv: carried(answer.npv, 1 - from, 1 - prevalence) };
}
