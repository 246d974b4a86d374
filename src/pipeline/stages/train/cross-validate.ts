import type { ManifestRow } from '../../domain/dataset.ts';
import type { Prediction } from '../../domain/metrics.ts';
import type { Params } from '../../domain/params.ts';
import { validationGroups } from '../../files/index.ts';
import { throwIfCancelled } from '../cancel.ts';
import type { StageContext } from '../context.ts';
import { fitModel } from './fit.ts';
import { indicesWhere, predictionOf } from './parts.ts';
import type { Study } from './study.ts';

export interface CrossValidated {
  /** Of every image, in the order of the rows. */
  readonly outOfFold: readonly Prediction[];
  /** Of each fold's model. */
  readonly bestEpochs: readonly number[];
  readonly medianBestEpoch: number;
  /** Of the heads that fine-tuning started from; undefined where there were none. */
  readonly medianWarmEpochs: number | undefined;
  /** Some fold rests at `study.stopAfter`. */
  readonly stopped: boolean;
}

/**
 * Grouped cross-validation: each fold (the part of a row) is predicted by a model that has seen none of its patient groups;
 * early stopping watches patient groups of the training folds where there are enough of them. The study's seed decides
 * everything but the folds.
 * @param numberedFrom added to a fold's number in epochs and checkpoints, so that several cross-validations of one run stay apart
 */
export async function crossValidate(
  study: Study,
  folds: readonly number[],
  context: StageContext,
  /** Fits that are done, with a fraction of the one that runs. */
  report: (fitsDone: number) => void,
  numberedFrom = 0,
): Promise<CrossValidated> {
  const { rows, params } = study;
  const probabilities: (readonly number[] | undefined)[] = rows.map(() => undefined);
  const bestEpochs: number[] = [];
  const warmEpochs: number[] = [];
  let stopped = false;
  for (const [done, fold] of folds.entries()) {
    throwIfCancelled(context.signal);
    const rest = rows.filter(({ part }) => part !== String(fold)).map(({ row }) => row);
    const watched = watchedGroups(rest, params, fold);
    const trained = await fitModel(study, {
      fold: numberedFrom + fold,
      trainRows: indicesWhere(rows, ({ row, part }) => part !== String(fold) && !watched.has(row.group)),
      validationRows: indicesWhere(rows, ({ row, part }) => part !== String(fold) && watched.has(row.group)),
      context,
      onProgress: (epochs, of) => report(done + epochs / of),
    });
    throwIfCancelled(context.signal);
    bestEpochs.push(trained.bestEpoch);
    stopped ||= trained.outcome === 'stopped';
    if (trained.warmEpochs !== undefined) warmEpochs.push(trained.warmEpochs);
    const heldOut = indicesWhere(rows, ({ part }) => part === String(fold));
    const answers = await trained.answers(heldOut);
    for (const [at, index] of heldOut.entries()) probabilities[index] = answers[at];
    report(done + 1);
  }
  const outOfFold = rows.map((row, index) => predictionOf(row, probabilities[index] ?? []));
  const medianWarmEpochs = warmEpochs.length === 0 ? undefined : median(warmEpochs);
  return { outOfFold, bestEpochs, medianBestEpoch: median(bestEpochs), medianWarmEpochs, stopped };
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
