import { join } from 'node:path';
import { writeFileAtomic, writeFolderAtomic } from '../disk/atomic.ts';
import { HilumError } from '../domain/errors.ts';
import type { Metrics, Prediction } from '../domain/metrics.ts';
import { type EvaluateInput, evaluateInputSchema } from '../domain/stage-inputs.ts';
import { applyContract } from '../images/index.ts';
import { computeMetrics, plotData } from '../metrics/index.ts';
import type { SealedModel } from '../network/index.ts';
import { stepProgress } from '../progress.ts';
import { studyPlots, studyReportHtml } from '../reports/index.ts';
import { throwIfCancelled } from './cancel.ts';
import type { StageContext } from './context.ts';
import { openDataset, readArtifact, readManifestOf, readSplitOf } from './dataset-on-disk.ts';
import { inOrder } from './in-order.ts';
import { parsePredictions, predictionTable } from './prediction-table.ts';
import { reportModel } from './report.ts';
import { openSealedEngine, type SealedEngine } from './sealed-engine.ts';
import type { Stage } from './stage.ts';
import { crossFitted } from './train/calibrate.ts';
import { type StudyRow, studyRows } from './train/parts.ts';
import { readTrainingRecord, type TrainingRecord } from './train/record.ts';
import { artifactPath } from './workspace-files.ts';

/** Enough to keep decoder and network busy on all cores. */
const imagesAtOnce = 8;

/**
 * metrics.json, predictions.csv, plots and a report, all from stored predictions. Holdout: the sealed model answers for the
 * test part, pixels to probabilities as it will serve. Cross-validation: the held-out predictions that train stored.
 * @throws HilumError `evaluation/overlap` when a test group or test image was trained on and the run is not stamped leaky
 */
export const evaluate: Stage<EvaluateInput> = {
  input: evaluateInputSchema,
  async run(input, context): Promise<Metrics> {
    const { workspace, params } = input;
    await readArtifact(workspace, 'training');
    const record = await readTrainingRecord(artifactPath(workspace, 'training'));
    const sealed = await openSealedEngine(artifactPath(workspace, 'model'));
    const { classes } = sealed.model.contract;
    const progress = stepProgress(
      [
        { name: 'Predicting', weight: 7 },
        { name: 'Bootstrap', weight: 3 },
      ],
      context.report,
    );
    const predictions = await predictionsFor(input, record, sealed, context, progress.at).finally(() =>
      sealed.engine.close(),
    );
    throwIfCancelled(context.signal);
    progress.at('Bootstrap', 0, 1);
    const measured = computeMetrics(predictions, classes, {
      part: record.protocol === 'cross-validated' ? 'out-of-fold' : 'test',
      honesty: record.leaky ? 'leaky' : 'grouped',
      protocol: record.protocol,
      resamples: params.evaluation.resamples,
      seed: params.seed,
      scanVote: params.evaluation.scan_vote,
    });
    const metrics = input.testSet === null ? measured : { ...measured, test_set: input.testSet };
    await write(input, metrics, predictions, sealed.model);
    progress.at('Bootstrap', 1, 1);
    return metrics;
  },
};

async function predictionsFor(
  input: EvaluateInput,
  record: TrainingRecord,
  sealed: SealedEngine,
  context: StageContext,
  report: (step: string, done: number, total: number) => void,
): Promise<Prediction[]> {
  if (record.protocol === 'cross-validated') {
    const text = await readArtifact(input.workspace, 'outOfFold');
    const answers = parsePredictions(text, 'out-of-fold.csv', sealed.model.contract.classes);
    // As the model would serve, were it not for the held-out group: with the temperature that the other groups ask for.
    return sealed.model.calibration.temperature === 1 ? answers : [...crossFitted(answers)];
  }
  const manifest = await readManifestOf(input.workspace);
  const rows = studyRows(manifest, await readSplitOf(input.workspace), sealed.model.contract);
  const held = rows.filter(({ part }) => part === 'test');
  if (held.length === 0) throw new HilumError('evaluation/empty-part', { part: 'test' });
  refuseOverlap(held, record);
  const { model, engine } = sealed;
  const dataset = await openDataset(input.workspace, context.signal);
  const predictions: Prediction[] = [];
  const answers = inOrder(held, imagesAtOnce, async (study) => {
    throwIfCancelled(context.signal);
    const pixels = applyContract(await dataset.decode(study.row), model.contract, engine.planes);
    return { study, probabilities: await engine.run(pixels, 1) };
  });
  for await (const { study, probabilities } of answers) {
    if (!probabilities.every(Number.isFinite)) throw new HilumError('image/invalid-output');
    const { image, scan, group } = study.row;
    predictions.push({ image, scan, group, truth: study.label, probabilities: [...probabilities] });
    report('Predicting', predictions.length, held.length);
  }
  return predictions;
}

function refuseOverlap(held: readonly StudyRow[], record: TrainingRecord): void {
  if (record.leaky) return;
  const groups = new Set(record.trained.map((each) => each.group));
  const pixels = new Set(record.trained.map((each) => each.pixel_hash));
  const seen = held.filter(({ row }) => groups.has(row.group) || pixels.has(row.pixel_hash));
  if (seen.length > 0)
    throw new HilumError('evaluation/overlap', { groups: new Set(seen.map(({ row }) => row.group)).size });
}

async function write(
  input: EvaluateInput,
  metrics: Metrics,
  predictions: readonly Prediction[],
  model: SealedModel,
): Promise<void> {
  const { classes } = model.contract;
  const plots = studyPlots(metrics, plotData(predictions, classes, input.params.evaluation.scan_vote));
  await writeFolderAtomic(artifactPath(input.workspace, 'plots'), async (folder) => {
    for (const { name, svg } of plots) await writeFileAtomic(join(folder, `${name}.svg`), svg);
  });
  await writeFileAtomic(artifactPath(input.workspace, 'predictions'), predictionTable(predictions, classes));
  await writeFileAtomic(
    artifactPath(input.workspace, 'report'),
    studyReportHtml({ model: reportModel(model), metrics, params: input.params, plots }),
  );
  const text = `${JSON.stringify(withoutLooks(metrics), null, 2)}\n`;
  await writeFileAtomic(artifactPath(input.workspace, 'metrics'), text);
}

/** How often the test part was opened before is no property of model and data: the run and the report tell it. */
function withoutLooks(metrics: Metrics): Metrics {
  if (metrics.test_set === undefined) return metrics;
  const { hash, images } = metrics.test_set;
  return { ...metrics, test_set: { hash, images } };
}
