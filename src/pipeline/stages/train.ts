import { join } from 'node:path';
import { writeFileAtomic } from '../disk/atomic.ts';
import { HilumError } from '../domain/errors.ts';
import type { Prediction } from '../domain/metrics.ts';
import type { Params } from '../domain/params.ts';
import { type TrainInput, trainInputSchema } from '../domain/stage-inputs.ts';
import { sharedGroups } from '../files/index.ts';
import { stepProgress } from '../progress.ts';
import { readBaseModel } from './base-model.ts';
import { throwIfCancelled } from './cancel.ts';
import type { StageContext } from './context.ts';
import { readManifestOf, readSplitOf } from './dataset-on-disk.ts';
import { extractFeatures } from './features.ts';
import { predictionTable } from './prediction-table.ts';
import type { Stage } from './stage.ts';
import { type CrossValidated, crossValidate } from './train/cross-validate.ts';
import { type FittedModel, fitModel } from './train/fit.ts';
import { type HeldOutFigures, heldOutFigures } from './train/held-out.ts';
import { foldsOf, indicesWhere, predictionOf, studyRows } from './train/parts.ts';
import { openPictures } from './train/pictures.ts';
import { type TrainingRecord, writeTrainingRecord } from './train/record.ts';
import { sealTrainedModel } from './train/seal.ts';
import type { Study } from './train/study.ts';
import { artifactPath } from './workspace-files.ts';

/** Training rests at `stopAfter`: nothing is sealed. */
export interface RestReport {
  readonly runId: string;
  readonly stopped: true;
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly heldOut: HeldOutFigures | null;
}

export interface TrainReport {
  readonly runId: string;
  readonly stopped: false;
  /** Only when `stopAfter` was given. */
  readonly heldOut: HeldOutFigures | null;
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly leaky: boolean;
  readonly protocol: TrainingRecord['protocol'];
  readonly folds: number;
  readonly seal: string;
  readonly trainImages: number;
  readonly classWeights: readonly number[];
}

/**
 * Manifest, split and base model → sealed model. With folds: one model a fold for held-out predictions, then the model
 * itself on all images for as many epochs as the folds needed (median of their best epochs).
 * @throws HilumError `split/leak-refused` unless allowLeak; `cancelled/by-user` with a checkpoint that --resume takes up
 */
export const train: Stage<TrainInput> = {
  input: trainInputSchema,
  async run(input, context): Promise<TrainReport | RestReport> {
    const manifest = await readManifestOf(input.workspace);
    const base = await readBaseModel(input.workspace);
    const rows = studyRows(manifest, await readSplitOf(input.workspace), base.contract);
    const leaky = sharedGroups(rows.map(({ row, part }) => ({ group: row.group, part }))).length > 0;
    if (leaky && !input.allowLeak) throw new HilumError('split/leak-refused');
    const folds = foldsOf(rows);
    const progress = stepProgress(
      [
        // The head learns in seconds from features that take a minute; a network learns from pictures.
        { name: 'Extracting features', weight: 6 },
        { name: 'Training', weight: input.params.training.preset === 'head' ? 3 : 60 },
        { name: 'Sealing', weight: 1 },
      ],
      context.report,
    );
    const features = await extractFeatures(input.workspace, base, manifest, context.signal, (done, total) =>
      progress.at('Extracting features', done, total),
    );
    const study = {
      rows,
      features,
      pictures: openPictures(input.workspace, base.contract, context.signal),
      base,
      params: input.params,
      checkpoints: checkpointFolder(input),
      resume: input.resume,
      stopAfter: input.stopAfter,
    };
    const trained =
      folds.length > 0
        ? await trainOnFolds(study, folds, context, progress.at)
        : await trainOnHoldout(study, context, progress.at);
    const { heldOut } = trained;
    const figures = input.stopAfter === undefined ? null : heldOutFigures(heldOut, base.contract.classes, input.params);
    if (trained.model === undefined) {
      const { epochs, bestEpoch } = trained;
      return { runId: input.runId, stopped: true, epochs, bestEpoch, heldOut: figures };
    }
    const fitted = trained.model;
    throwIfCancelled(context.signal);
    progress.at('Sealing', 0, 1);
    const record: TrainingRecord = {
      leaky,
      protocol: folds.length > 0 ? 'cross-validated' : 'holdout',
      folds: folds.length,
      best_epoch: fitted.bestEpoch,
      epochs: fitted.epochs,
      // In cross-validation every image is in the final model; its figures come from the folds.
      trained: rows
        .filter(({ part }) => part !== 'test')
        .map(({ row }) => ({ group: row.group, pixel_hash: row.pixel_hash })),
    };
    const seal = await sealTrainedModel(input, base, {
      fitted,
      heldOut,
      record,
      rows,
      pictures: study.pictures,
      signal: context.signal,
    });
    // Behind the model, so that a training that is killed in its seconds of sealing leaves the old outputs, all of them.
    // The same files whatever the split, so that dvc.yaml can name them: without folds a table without rows.
    const outOfFold = predictionTable(folds.length > 0 ? heldOut : [], base.contract.classes);
    await writeFileAtomic(artifactPath(input.workspace, 'outOfFold'), outOfFold);
    await writeTrainingRecord(artifactPath(input.workspace, 'training'), record);
    progress.at('Sealing', 1, 1);
    return {
      runId: input.runId,
      stopped: false,
      heldOut: figures,
      epochs: fitted.epochs,
      bestEpoch: fitted.bestEpoch,
      leaky,
      protocol: record.protocol,
      folds: folds.length,
      seal,
      trainImages: fitted.trainImages,
      classWeights: fitted.classWeights,
    };
  },
};

type Report = (step: string, done: number, total: number) => void;

/** A model, and what it (or the model of a fold) says of patient groups that it has not learned from and that are no test. */
type Trained =
  | { readonly model: FittedModel; readonly heldOut: readonly Prediction[] }
  /** At rest at `stopAfter`. */
  | {
      readonly model: undefined;
      readonly heldOut: readonly Prediction[];
      readonly epochs: number;
      readonly bestEpoch: number;
    };

async function trainOnHoldout(study: Study, context: StageContext, report: Report): Promise<Trained> {
  const validationRows = indicesWhere(study.rows, ({ part }) => part === 'validation');
  const model = await fitModel(study, {
    fold: 0,
    trainRows: indicesWhere(study.rows, ({ part }) => part === 'train'),
    validationRows,
    context,
    onProgress: (epochs, of) => report('Training', rounded(epochs), of),
  });
  throwIfCancelled(context.signal);
  const answers = await model.answers(validationRows);
  const heldOut = Array.from(validationRows, (index, at) => {
    const row = study.rows[index];
    return row === undefined ? [] : [predictionOf(row, answers[at] ?? [])];
  });
  const { outcome, epochs, bestEpoch } = model;
  if (outcome === 'stopped') return { model: undefined, heldOut: heldOut.flat(), epochs, bestEpoch };
  return { model, heldOut: heldOut.flat() };
}

async function trainOnFolds(
  study: Study,
  folds: readonly number[],
  context: StageContext,
  report: Report,
): Promise<Trained> {
  const fits = folds.length + 1;
  const validated = await crossValidate(study, folds, context, (done) => report('Training', rounded(done), fits));
  if (validated.stopped) {
    const { outOfFold, medianBestEpoch } = validated;
    return { model: undefined, heldOut: outOfFold, epochs: study.stopAfter ?? 0, bestEpoch: medianBestEpoch };
  }
  const model = await fitModel(
    { ...study, params: finalParams(study.params, validated) },
    {
      fold: 0,
      trainRows: indicesWhere(study.rows, () => true),
      validationRows: new Int32Array(),
      context,
      onProgress: (epochs, of) => report('Training', rounded(folds.length + epochs / of), fits),
    },
  );
  report('Training', fits, fits);
  return { model, heldOut: validated.outOfFold };
}

/** Nothing is watched when every image trains: as many epochs as the folds needed, of the warm start and of what follows it. */
function finalParams({ training, fine_tuning, ...params }: Params, found: CrossValidated): Params {
  const { medianBestEpoch, medianWarmEpochs } = found;
  const isHead = training.preset === 'head';
  const epochs = isHead ? medianBestEpoch : (medianWarmEpochs ?? training.epochs);
  const early_stopping = { ...training.early_stopping, patience: 0 };
  return {
    ...params,
    training: { ...training, epochs, early_stopping },
    fine_tuning: isHead ? fine_tuning : { ...fine_tuning, epochs: medianBestEpoch },
  };
}

/** Epochs or folds with their tenth. */
function rounded(done: number): number {
  return Math.round(done * 10) / 10;
}

function checkpointFolder(input: TrainInput): string {
  return join(input.workspace.state, 'runs', input.runId, 'checkpoints');
}
