import type { ManifestRow } from '../../domain/dataset.ts';
import { hasCode } from '../../domain/errors.ts';
import type { Prediction } from '../../domain/metrics.ts';
import type { SuspectsInput } from '../../domain/suspects.ts';
import { type BaseModel, readBaseModel } from '../base-model.ts';
import type { StageContext } from '../context.ts';
import { readArtifact } from '../dataset-on-disk.ts';
import { extractFeatures } from '../features.ts';
import { groupedFolds } from '../honesty/grouped-folds.ts';
import { headOverFolds } from '../honesty/head-folds.ts';
import { parsePredictions } from '../prediction-table.ts';
import { foldsOf, studyRows } from '../train/parts.ts';

/** Answers for every image of the manifest, in its order, by models that have not seen its patient group. */
export interface HeldOut {
  readonly from: 'out-of-fold' | 'cross-validation';
  readonly folds: number;
  readonly classes: readonly string[];
  /** A list a repeat. */
  readonly repeats: readonly (readonly Prediction[])[];
}

/**
 * What train's folds said, where it fits the labels as they are now; else heads trained anew on cached features, with
 * other folds and seeds each time. @throws HilumError `split/single-group`, `dataset/missing` (run prepare), as features
 */
export async function heldOutAnswers(
  input: SuspectsInput,
  manifest: readonly ManifestRow[],
  context: StageContext,
  report: (step: string, done: number, total: number) => void,
): Promise<HeldOut> {
  const base = await readBaseModel(input.workspace);
  const { classes } = base.contract;
  const stored = input.useOutOfFold ? await storedAnswers(input, manifest, classes) : undefined;
  if (stored !== undefined) return { from: 'out-of-fold', folds: 0, classes, repeats: [stored] };
  const features = await extractFeatures(input.workspace, base, manifest, context.signal, (done, total) =>
    report('Extracting features', done, total),
  );
  const repeats: (readonly Prediction[])[] = [];
  let folds = 0;
  for (let repeat = 0; repeat < input.repeats; repeat++) {
    const answers = await trainedAnew(input, { manifest, base, features, repeat }, context, (done, total) =>
      report('Training on folds', repeat * total + done, input.repeats * total),
    );
    folds = answers.folds;
    repeats.push(answers.outOfFold);
  }
  return { from: 'cross-validation', folds, classes, repeats };
}

/** undefined: the newest run was not cross-validated, or labels or images changed since. */
async function storedAnswers(
  { workspace }: SuspectsInput,
  manifest: readonly ManifestRow[],
  classes: readonly string[],
): Promise<Prediction[] | undefined> {
  try {
    const text = await readArtifact(workspace, 'outOfFold');
    const byImage = new Map(parsePredictions(text, 'out-of-fold.csv', classes).map((each) => [each.image, each]));
    const inOrder = manifest.flatMap((row) => {
      const found = byImage.get(row.image);
      return found !== undefined && classes[found.truth] === row.class ? [found] : [];
    });
    return inOrder.length === manifest.length ? inOrder : undefined;
  } catch (error) {
    // Not trained yet, or with other classes: it is simply not there to be used.
    if (hasCode(error, 'dataset/missing') || hasCode(error, 'table/bad-header') || hasCode(error, 'table/bad-row'))
      return undefined;
    throw error;
  }
}

interface Repeat {
  readonly manifest: readonly ManifestRow[];
  readonly base: BaseModel;
  readonly features: Float32Array;
  /** 0-based. */
  readonly repeat: number;
}

/** Heads alone, whatever the study trains: a backbone that was tuned on a wrong label may have learned it by heart. */
async function trainedAnew(
  { params, folds: wanted }: SuspectsInput,
  { manifest, base, features, repeat }: Repeat,
  context: StageContext,
  report: (done: number, total: number) => void,
): Promise<{ outOfFold: readonly Prediction[]; folds: number }> {
  const seed = params.seed + repeat;
  const rows = studyRows(manifest, groupedFolds(manifest, params, wanted, seed), base.contract);
  const folds = foldsOf(rows).length;
  const vectors = { values: features, dimensions: base.dimensions };
  const outOfFold = await headOverFolds(
    rows,
    vectors,
    base.contract.classes.length,
    { ...params, seed },
    context,
    (done) => report(done, folds),
  );
  return { outOfFold, folds };
}
