import type { Prediction } from '../../domain/metrics.ts';
import { validationGroups } from '../../files/index.ts';
import { headProbabilities } from '../../training/index.ts';
import { throwIfCancelled } from '../cancel.ts';
import type { StageContext } from '../context.ts';
import { predictionTable } from '../prediction-table.ts';
import type { Study } from '../train.ts';
import { fitHead } from './fit-head.ts';
import { indicesWhere } from './parts.ts';

/**
 * Grouped cross-validation of the head: each fold is predicted by a head that has seen none of its patient groups;
 * early stopping watches patient groups of the training folds.
 * @returns predictions of every image as CSV, and the median of the folds' best epochs
 */
export async function crossValidate(
  study: Study,
  folds: readonly number[],
  context: StageContext,
  report: (fitsDone: number) => void,
): Promise<{ outOfFold: string; medianBestEpoch: number }> {
  const { rows, params } = study;
  const probabilities: (readonly number[] | undefined)[] = rows.map(() => undefined);
  const bestEpochs: number[] = [];
  for (const [done, fold] of folds.entries()) {
    throwIfCancelled(context.signal);
    const rest = rows.filter(({ part }) => part !== String(fold)).map(({ row }) => row);
    const watched = validationGroups(rest, params.seed + fold, params.split.validation);
    const trained = await fitHead(study, {
      fold,
      trainRows: indicesWhere(rows, ({ row, part }) => part !== String(fold) && !watched.has(row.group)),
      validationRows: indicesWhere(rows, ({ row, part }) => part !== String(fold) && watched.has(row.group)),
      context,
    });
    throwIfCancelled(context.signal);
    bestEpochs.push(trained.bestEpoch);
    const heldOut = indicesWhere(rows, ({ part }) => part === String(fold));
    const answers = headProbabilities(trained.weights, study.features, study.base.dimensions, heldOut);
    for (const [at, index] of heldOut.entries()) probabilities[index] = answers[at];
    report(done + 1);
  }
  const predictions = rows.map(
    ({ row, label }, index): Prediction => ({
      image: row.image,
      scan: row.scan,
      group: row.group,
      truth: label,
      probabilities: probabilities[index] ?? [],
    }),
  );
  return { outOfFold: predictionTable(predictions, study.base.contract.classes), medianBestEpoch: median(bestEpochs) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 1;
}
