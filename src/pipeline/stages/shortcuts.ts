import type { ManifestRow } from '../domain/dataset.ts';
import { type Params, paramsSchema } from '../domain/params.ts';
import { type ShortcutInput, type Shortcuts, shortcutInputSchema } from '../domain/shortcuts.ts';
import { stepProgress } from '../progress.ts';
import { type BaseModel, readBaseModel } from './base-model.ts';
import type { StageContext } from './context.ts';
import { readManifestOf } from './dataset-on-disk.ts';
import { groupedFolds } from './honesty/grouped-folds.ts';
import { headOverFolds, type Vectors } from './honesty/head-folds.ts';
import { sliceScore } from './honesty/slice-score.ts';
import type { Control } from './shortcuts/control.ts';
import { controls } from './shortcuts/controls/index.ts';
import { auditSentence, resultOf } from './shortcuts/judge.ts';
import { lookAtAll } from './shortcuts/look-at-all.ts';
import type { Stage } from './stage.ts';
import { foldsOf, studyRows } from './train/parts.ts';
import { pooledPredictions, type Repeat, seedOfRepeat } from './validate/repeats.ts';

/** Softmax regression on a few numbers, the same whatever a study tries on its own head. */
const smallClassifier = {
  head: { dropout: 0, hidden: 0 },
  training: {
    ...{ preset: 'head', epochs: 60, learning_rate: 0.02, batch_size: 64, schedule: 'cosine', l2: 0.01 },
    ...{ class_weights: 'balanced', label_smoothing: 0, early_stopping: { patience: 0 } },
  },
} as const;

/**
 * Whether the class can be told from what is not the disease: each control classifier in repeated cross-validation by patient
 * group, its figure with an interval beside guessing.
 * @throws HilumError `split/single-group`, `cancelled/by-user`; as `train` for dataset and base model
 */
export const shortcuts: Stage<ShortcutInput> = {
  input: shortcutInputSchema,
  async run({ workspace, params }, context): Promise<Shortcuts> {
    const manifest = await readManifestOf(workspace);
    const base = await readBaseModel(workspace);
    const { classes } = base.contract;
    const progress = stepProgress(
      [
        { name: 'Looking at the images', weight: 6 },
        { name: 'Training the controls', weight: 4 },
      ],
      context.report,
    );
    // Before the images are read: a class in one patient group only is said at once.
    const { repeats } = params.validation;
    const parts = groupedFolds(manifest, params, params.validation.folds, params.seed).map(({ part }) => part);
    const folds = new Set(parts).size;
    const vectors = await lookAtAll(workspace, base, manifest, controls, context.signal, (done) =>
      progress.at('Looking at the images', done, manifest.length),
    );
    const scored = [];
    for (const [at, control] of controls.entries()) {
      const own = vectors.get(control.name) ?? { values: new Float32Array(), dimensions: 0 };
      const answers = await repeated(manifest, base, params, control, own, context, (share) =>
        progress.at('Training the controls', at + share, controls.length),
      );
      const score = sliceScore(pooledPredictions(answers), classes, params);
      scored.push({ control, dimensions: own.dimensions, score });
    }
    const chance = 1 / classes.length;
    const results = scored.map(({ control, dimensions, score }) =>
      resultOf(control, dimensions, score.balanced_accuracy, chance),
    );
    return {
      ...{ folds, repeats, seed: params.seed, chance, controls: results },
      counts: scored[0]?.score.counts ?? { images: 0, scans: 0, groups: 0 },
      sentence: auditSentence(results),
    };
  },
};

type Answers = Pick<Repeat, 'predictions'>;

async function repeated(
  manifest: readonly ManifestRow[],
  { contract }: BaseModel,
  params: Params,
  control: Control,
  vectors: Vectors,
  context: StageContext,
  report: (share: number) => void,
): Promise<Answers[]> {
  const { folds, repeats } = params.validation;
  const found: Answers[] = [];
  for (let repeat = 1; repeat <= repeats; repeat++) {
    const seed = seedOfRepeat(params.seed, repeat);
    const rows = studyRows(manifest, groupedFolds(manifest, params, folds, seed), contract);
    const how = control.asTheModel ? { ...params, seed } : paramsSchema.parse({ seed, ...smallClassifier });
    const fits = foldsOf(rows).length;
    const predictions = await headOverFolds(rows, vectors, contract.classes.length, how, context, (done) =>
      report((repeat - 1 + done / fits) / repeats),
    );
    found.push({ predictions });
  }
  return found;
}
