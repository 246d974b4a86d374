import type { Estimate } from '../domain/metrics.ts';
import { predictiveValues } from '../domain/predictive-values.ts';
import { bootstrapSums, type SumStatistic } from './bootstrap-sums.ts';
import { ratio } from './confusion.ts';
import type { BootstrapOptions } from './draws.ts';
import { groupsOf } from './groups.ts';

/** A yes-or-no question asked of every case: is it of the class? */
export interface BinaryQuestion {
  /** By case: it is of the class. */
  readonly isClass: readonly boolean[];
  /** By case: the answer was yes. */
  readonly called: readonly boolean[];
  /** Share of the class where the model will be used, 0..1, taken as known. */
  readonly prevalence: number;
}

/** Sensitivity and specificity with what they are worth at the prevalence, intervals over patient groups. */
export interface PredictiveEstimates {
  readonly sensitivity: Estimate;
  readonly specificity: Estimate;
  readonly ppv: Estimate;
  readonly npv: Estimate;
}

/** Cases of the class that were missed and found, then the rest wrongly called and rightly left. */
const columnsEach = 4;

/** All questions under the same draws. No interval where a figure rests on one patient group. */
export function predictiveEstimates(
  cases: readonly { readonly group: string }[],
  questions: readonly BinaryQuestion[],
  options: BootstrapOptions,
): PredictiveEstimates[] {
  const { names, groupOf } = groupsOf(cases);
  const columns = columnsEach * questions.length;
  const sums = new Float64Array(names.length * columns);
  questions.forEach(({ isClass, called }, q) => {
    isClass.forEach((positive, i) => {
      const right = positive === called[i];
      const cell = (groupOf[i] ?? 0) * columns + q * columnsEach + (positive ? 0 : 2) + (right ? 1 : 0);
      sums[cell] = (sums[cell] ?? 0) + 1;
    });
  });
  const statistics = questions.flatMap(({ prevalence }, q) => figuresAt(q * columnsEach, prevalence));
  const estimates = bootstrapSums(sums, columns, statistics, options);
  return questions.map(({ isClass }, q) => {
    const groupsWith = (positive: boolean) => new Set(groupOf.filter((_, i) => isClass[i] === positive)).size;
    const [enough, enoughRest] = [groupsWith(true) >= 2, groupsWith(false) >= 2];
    const at = (figure: number, bounded: boolean): Estimate => {
      const { value, low, high } = estimates[q * columnsEach + figure] ?? { value: null, low: null, high: null };
      return bounded ? { value, low, high } : { value, low: null, high: null };
    };
    return {
      sensitivity: at(0, enough),
      specificity: at(1, enoughRest),
      ppv: at(2, enough && enoughRest),
      npv: at(3, enough && enoughRest),
    };
  });
}

/** Sensitivity, specificity, PPV, NPV from four columns. */
function figuresAt(from: number, prevalence: number): SumStatistic[] {
  const share = (sums: Float64Array, column: number) =>
    ratio(sums[column + 1] ?? 0, (sums[column] ?? 0) + (sums[column + 1] ?? 0));
  const worth = (sums: Float64Array, name: 'ppv' | 'npv') => {
    const [sensitivity, specificity] = [share(sums, from), share(sums, from + 2)];
    if (sensitivity === null || specificity === null) return null;
    return predictiveValues({ sensitivity, specificity, prevalence })[name];
  };
  return [
    (sums) => share(sums, from),
    (sums) => share(sums, from + 2),
    (sums) => worth(sums, 'ppv'),
    (sums) => worth(sums, 'npv'),
  ];
}
