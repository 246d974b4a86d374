import type { Prediction } from '../../domain/metrics.ts';
import type { Params } from '../../domain/params.ts';
import { headProbabilities, trainHead } from '../../training/index.ts';
import { throwIfCancelled } from '../cancel.ts';
import type { StageContext } from '../context.ts';
import { foldsOf, indicesWhere, predictionOf, type StudyRow } from '../train/parts.ts';

/** Vectors of all rows, one after the other. */
export interface Vectors {
  readonly values: Float32Array;
  readonly dimensions: number;
}

/**
 * Held-out predictions of a classifier on plain vectors: for each fold (the part of a row) a head is trained on the others
 * for all its epochs. Nothing is watched, kept or recorded; what is measured here is the data, not a model to use.
 * @returns in the order of the rows
 * @throws HilumError `cancelled/by-user`, `training/…`
 */
export async function headOverFolds(
  rows: readonly StudyRow[],
  { values, dimensions }: Vectors,
  classes: number,
  params: Pick<Params, 'seed' | 'head' | 'training'>,
  context: Pick<StageContext, 'signal'>,
  report: (foldsDone: number) => void,
): Promise<Prediction[]> {
  const probabilities: (readonly number[])[] = rows.map(() => []);
  const labels = Int32Array.from(rows, ({ label }) => label);
  for (const [done, fold] of foldsOf(rows).entries()) {
    throwIfCancelled(context.signal);
    const { outcome, weights } = await trainHead({
      ...{ features: values, dimensions, labels, classes },
      trainRows: indicesWhere(rows, ({ part }) => part !== String(fold)),
      validationRows: new Int32Array(),
      params,
      signal: context.signal,
      onEpoch: async () => undefined,
    });
    if (outcome === 'cancelled') throwIfCancelled(context.signal);
    const held = indicesWhere(rows, ({ part }) => part === String(fold));
    const answers = headProbabilities(weights, values, dimensions, held);
    for (const [at, index] of held.entries()) probabilities[index] = answers[at] ?? [];
    report(done + 1);
  }
  return rows.map((row, index) => predictionOf(row, probabilities[index] ?? []));
}
