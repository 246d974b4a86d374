import type { ManifestRow } from '../../domain/dataset.ts';
import type { Prediction } from '../../domain/metrics.ts';
import type { StageContext } from '../context.ts';
import { groupedFolds } from '../honesty/grouped-folds.ts';
import { crossFitted } from '../train/calibrate.ts';
import { crossValidate } from '../train/cross-validate.ts';
import { foldsOf, studyRows } from '../train/parts.ts';
import type { Study } from '../train/study.ts';

/** One cross-validation of several. */
export interface Repeat {
  /** From 1. */
  readonly repeat: number;
  readonly seed: number;
  readonly bestEpochs: readonly number[];
  /** Fold of each image, from 1, in the order of the manifest. */
  readonly folds: readonly number[];
  /** In the order of the manifest, with the temperature that other patient groups ask for: as a model would serve. */
  readonly predictions: readonly Prediction[];
}

/** Seed of a repeat, which is that of the study in the first one. @param repeat from 1 */
export function seedOfRepeat(seed: number, repeat: number): number {
  return seed + repeat - 1;
}

/**
 * Cross-validates again and again, each time with other folds and seeds. Fold numbers in epochs go on from repeat to repeat.
 * @param study its rows are replaced
 */
export async function runRepeats(
  study: Study,
  manifest: readonly ManifestRow[],
  context: StageContext,
  report: (fitsDone: number, fits: number) => void,
): Promise<Repeat[]> {
  const { folds, repeats } = study.params.validation;
  const found: Repeat[] = [];
  for (let repeat = 1; repeat <= repeats; repeat++) {
    const seed = seedOfRepeat(study.params.seed, repeat);
    const rows = studyRows(manifest, groupedFolds(manifest, study.params, folds, seed), study.base.contract);
    const numbers = foldsOf(rows);
    const before = (repeat - 1) * numbers.length;
    const { outOfFold, bestEpochs } = await crossValidate(
      { ...study, rows, params: { ...study.params, seed } },
      numbers,
      context,
      (done) => report(before + done, repeats * numbers.length),
      before,
    );
    found.push({
      ...{ repeat, seed, bestEpochs, predictions: crossFitted(outOfFold) },
      folds: rows.map(({ part }) => Number(part)),
    });
  }
  return found;
}

/** For each image the mean of what the repeats said of it. @param repeats at least one, each in the same order */
export function pooledPredictions(repeats: readonly Pick<Repeat, 'predictions'>[]): Prediction[] {
  const [first] = repeats;
  return (first?.predictions ?? []).map((prediction, at) => ({
    ...prediction,
    probabilities: prediction.probabilities.map((_value, k) =>
      mean(repeats.map(({ predictions }) => predictions[at]?.probabilities[k] ?? 0)),
    ),
  }));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
