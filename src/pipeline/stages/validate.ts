import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../disk/atomic.ts';
import { type Metrics, overallMetricNames, type Prediction } from '../domain/metrics.ts';
import { notice } from '../domain/outcome.ts';
import { type Validation, type ValidationInput, validationFiles, validationInputSchema } from '../domain/validation.ts';
import { computeMetrics } from '../metrics/index.ts';
import { stepProgress } from '../progress.ts';
import { readBaseModel } from './base-model.ts';
import { throwIfCancelled } from './cancel.ts';
import type { StageContext } from './context.ts';
import { readManifestOf } from './dataset-on-disk.ts';
import { extractFeatures } from './features.ts';
import { predictionTable } from './prediction-table.ts';
import type { Stage } from './stage.ts';
import { openPictures } from './train/pictures.ts';
import { pooledPredictions, type Repeat, runRepeats } from './validate/repeats.ts';
import { shuffleSentence, shuffleVerdict, validationSentence } from './validate/sentence.ts';
import { shuffleLabels } from './validate/shuffle-labels.ts';
import { spreadOf, spreadsOf } from './validate/spread.ts';
import { repeatTable } from './validate/tables.ts';

/**
 * Repeated grouped cross-validation over the whole dataset, whatever split.csv says: mean and spread over the repeats, and
 * figures of the pooled held-out predictions. No model is kept.
 * @throws HilumError `split/single-group`, `cancelled/by-user`; as `train` for dataset and base model
 */
export const validate: Stage<ValidationInput> = {
  input: validationInputSchema,
  async run(input, context): Promise<Validation> {
    const progress = stepProgress(
      [
        { name: 'Extracting features', weight: 5 },
        { name: 'Cross-validating', weight: input.params.training.preset === 'head' ? 8 : 80 },
        { name: 'Bootstrap', weight: 2 },
      ],
      context.report,
    );
    const { repeats, classes } = await crossValidateAll(input, context, progress.at);
    throwIfCancelled(context.signal);
    progress.at('Bootstrap', 0, repeats.length + 1);
    const measured = repeats.map(({ predictions }, done) => {
      progress.at('Bootstrap', done, repeats.length + 1);
      return metricsOf(input, predictions, classes);
    });
    throwIfCancelled(context.signal);
    const pooled = pooledPredictions(repeats);
    const result = resultOf(input, classes, repeats, measured, metricsOf(input, pooled, classes));
    await write(input, result, pooled, repeats);
    progress.at('Bootstrap', repeats.length + 1, repeats.length + 1);
    return result;
  },
};

async function crossValidateAll(
  input: ValidationInput,
  context: StageContext,
  report: (step: string, done: number, total: number) => void,
): Promise<{ repeats: Repeat[]; classes: readonly string[] }> {
  const { workspace, params } = input;
  const read = await readManifestOf(workspace);
  const base = await readBaseModel(workspace);
  const features = await extractFeatures(workspace, base, read, context.signal, (done, total) =>
    report('Extracting features', done, total),
  );
  const manifest = input.shuffleLabels ? shuffleLabels(read, params.seed) : read;
  const checkpoints = join(workspace.state, 'runs', input.runId, 'checkpoints');
  const pictures = openPictures(workspace, base.contract, context.signal);
  const study = { rows: [], features, pictures, base, params, checkpoints, resume: false };
  try {
    const repeats = await runRepeats(study, manifest, context, (done, total) =>
      report('Cross-validating', Math.round(10 * done) / 10, total),
    );
    return { repeats, classes: base.contract.classes };
  } finally {
    // Nothing goes on from them: a validation that was stopped begins anew.
    await rm(checkpoints, { recursive: true, force: true });
  }
}

/** One seed for all repeats: they see the same draws of patients, so that their intervals pair. */
function metricsOf(
  { params }: ValidationInput,
  predictions: readonly Prediction[],
  classes: readonly string[],
): Metrics {
  return computeMetrics(predictions, classes, {
    ...{ part: 'out-of-fold', honesty: 'grouped', protocol: 'cross-validated', seed: params.seed },
    resamples: params.evaluation.resamples,
    scanVote: params.evaluation.scan_vote,
  });
}

function resultOf(
  { runId, params, shuffleLabels: isShuffled }: ValidationInput,
  classes: readonly string[],
  repeats: readonly Repeat[],
  measured: readonly Metrics[],
  pooled: Metrics,
): Validation {
  const chance = 1 / classes.length;
  const spread = { scan: spreadsOf(measured, 'scan'), slice: spreadsOf(measured, 'slice') };
  const ofRepeats = spreadOf(measured.map(({ scan }) => scan.balanced_accuracy));
  const folds = Math.max(...repeats.flatMap((each) => each.folds));
  const balanced = pooled.scan.balanced_accuracy;
  const verdict = shuffleVerdict(balanced, chance);
  return {
    run: runId,
    preset: params.training.preset,
    classes: [...classes],
    folds,
    repeats: repeats.map(({ repeat, seed, bestEpochs }, at) => ({
      ...{ repeat, seed, best_epochs: [...bestEpochs] },
      scan: overallOf(measured[at], 'scan'),
      slice: overallOf(measured[at], 'slice'),
    })),
    spread,
    pooled,
    chance,
    shuffled: isShuffled ? { seed: params.seed, verdict } : null,
    sentence: isShuffled
      ? shuffleSentence(balanced, chance, verdict)
      : validationSentence(ofRepeats, folds, repeats.length, chance),
    notice,
  };
}

function overallOf(metrics: Metrics | undefined, level: 'scan' | 'slice'): Validation['repeats'][number]['scan'] {
  if (metrics === undefined) return {};
  return Object.fromEntries(overallMetricNames.map((name) => [name, metrics[level][name]]));
}

async function write(
  { out }: ValidationInput,
  result: Validation,
  pooled: readonly Prediction[],
  repeats: readonly Repeat[],
): Promise<void> {
  await writeFileAtomic(join(out, validationFiles.predictions), predictionTable(pooled, result.classes));
  await writeFileAtomic(join(out, validationFiles.repeats), repeatTable(repeats, result.classes));
  await writeFileAtomic(join(out, validationFiles.result), `${JSON.stringify(result, null, 2)}\n`);
}
