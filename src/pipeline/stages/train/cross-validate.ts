import type { ManifestRow } from '../../domain/dataset.ts';
import type { Prediction } from '../../domain/metrics.ts';
import type { Params } from '../../domain/params.ts';
import { validationGroups } from '../../files/index.ts';
import { throwIfCancelled } from '../cancel.ts';
import type { StageContext } from '../context.ts';
import { fitModel } from './fit.ts';
import { indicesWhere, predictionOf } from './parts.ts';
import type { Study } from './study.ts';

/**
 * Grouped cross-validation: each fold is predicted by a model that has seen none of its patient groups;
 * early stopping watches patient groups of the training folds where there are enough of them.
 * @returns predictions of every image in the order of the rows, and the median of the folds' best epochs
 */
export async function crossValidate(
  study: Study,
  folds: readonly number[],
  context: StageContext,
  report: (fitsDone: number) => void,
): Promise<{ outOfFold: readonly Prediction[]; medianBestEpoch: number }> {
  const { rows, params } = study;
  const probabilities: (readonly number[] | undefined)[] = rows.map(() => undefined);
  const bestEpochs: number[] = [];
  for (const [done, fold] of folds.entries()) {
    throwIfCancelled(context.signal);
    const rest = rows.filter(({ part }) => part !== String(fold)).map(({ row }) => row);
    const watched = watchedGroups(rest, params, fold);
    const trained = await fitModel(study, {
      fold,
      trainRows: indicesWhere(rows, ({ row, part }) => part !== String(fold) && !watched.has(row.group)),
      validationRows: indicesWhere(rows, ({ row, part }) => part !== String(fold) && watched.has(row.group)),
      context,
    });
    throwIfCancelled(context.signal);
    bestEpochs.push(trained.bestEpoch);
    const heldOut = indicesWhere(rows, ({ part }) => part === String(fold));
    const answers = await trained.answers(heldOut);
    for (const [at, index] of heldOut.entries()) probabilities[index] = answers[at];
    report(done + 1);
  }
  const outOfFold = rows.map((row, index) => predictionOf(row, probabilities[index] ?? []));
  return { outOfFold, medianBestEpoch: median(bestEpochs) };
}

/** Fewer than this many patients of a class to learn from, and taking some away to watch costs more than it tells. */
const leastTrainingGroups = 4;

/**
 * Patient groups of the training folds that early stopping watches; none where a class would keep too few to train on.
 * Three exams a class, watched by one of them: balanced accuracy fell from 0.59 to 0.46 on the development images.
 */
export function watchedGroups(rest: readonly ManifestRow[], params: Params, fold: number): Set<string> {
  const watched = validationGroups(rest, params.seed + fold, params.split.validation);
  const kept = Map.groupBy(
    rest.filter((row) => !watched.has(row.group)),
    (row) => row.class,
  );
  const fewest = Math.min(...[...kept.values()].map((rows) => new Set(rows.map((row) => row.group)).size));
  return fewest < leastTrainingGroups ? new Set() : watched;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 1;
}
