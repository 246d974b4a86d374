import { join } from 'node:path';
import { z } from 'zod';
import { metricsSchema } from '../../../pipeline/domain/metrics.ts';
import type { Params } from '../../../pipeline/domain/params.ts';
import { filesOf } from '../../../pipeline/domain/sealed-model.ts';
import { artifactNames, type TrainInput, type WorkspacePaths } from '../../../pipeline/domain/stage-inputs.ts';
import { type Verification, verificationSchema } from '../../../pipeline/domain/verification.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import { readSeal } from '../../models/sealed-folder.ts';
import type { Epoch } from '../../records/epochs.ts';
import { version } from '../../workspace/version.ts';
import type { StudyContext } from '../context.ts';
import { runEnvironment } from '../environment.ts';
import { readKeptMetrics } from '../kept-files.ts';
import { type RunRecord, readRecord } from '../run-record.ts';
import type { Study } from '../study.ts';
import { withInputsOf } from './bench.ts';
import { comparedEnvironment, comparedEpochs, comparedFiles, comparedMetrics } from './compare.ts';
import { type RecordedModel, recordedModel, recordedParams } from './recorded.ts';

/**
 * Trains a run again from its recorded inputs, aside, and compares what comes out with what was recorded: bit by bit. The
 * test part is not looked at: an equal model gives equal answers. Kept as a finding; the artifacts folder stays as it is.
 * @param id of a run that completed
 * @throws HilumError `run/unknown`, `verify/…`, `training/…`; `cancelled/by-user`
 */
export async function verifyRun(study: Study, context: StudyContext, id: string): Promise<Verification> {
  const { records, workspace } = study;
  const record = readRecord(records, records.runs.get(id));
  const model = await recordedModel(workspace.paths.state, record);
  const params = recordedParams(record);
  const again = await withInputsOf(study, context, record.run, params, async (bench) => {
    const trained = await trainAgain(study, context, record, model, params, bench);
    return { ...trained, metrics: await metricsItem(study, context, record, params, bench, trained.protocol) };
  });
  const items = [
    ...comparedFiles(model.files, again.files),
    comparedEpochs(record.epochs, again.epochs),
    again.metrics,
  ];
  const now = { ...runEnvironment(), sqlite: records.engine, code_version: version };
  const then = { ...record.run.environment, code_version: record.run.codeVersion };
  const result: Verification = {
    run: id,
    equal: items.every(({ item, state }) => item === 'card' || state !== 'different'),
    items,
    environment: comparedEnvironment(then, now),
    seal: again.seal,
  };
  const { datasetHash } = record.run;
  records.findings.add({ kind: 'verification', subject: id, codeVersion: version, datasetHash, settings: {}, result });
  return result;
}

/** The newest verification of a run; null before the first. */
export function verificationOf(
  { records }: Pick<Study, 'records'>,
  run: string,
): { at: string; value: Verification } | null {
  const [newest] = records.findings.list({ kind: 'verification', subject: run, limit: 1 });
  return newest === undefined ? null : { at: newest.madeAt, value: verificationSchema.parse(newest.result) };
}

const trainedSchema = z.object({ protocol: z.enum(['holdout', 'cross-validated']), seal: z.string() });

async function trainAgain(
  { workspace }: Study,
  context: StudyContext,
  { run }: RunRecord,
  { card }: RecordedModel,
  params: Params,
  bench: WorkspacePaths,
) {
  const { config } = workspace;
  const input: TrainInput = {
    workspace: bench,
    params,
    ...{ runId: run.id, resume: false, allowLeak: run.leaky, codeVersion: run.codeVersion },
    title: card?.title ?? run.name,
    trainedOn: card?.trained_on ?? '',
    ...(config.card === undefined ? {} : { userFacts: config.card }),
  };
  const epochs: Epoch[] = [];
  const { protocol, seal } = await stageInWorker(context, 'train', input, trainedSchema, (event) => {
    if (event.kind === 'epoch') epochs.push({ fold: event.fold, metrics: event.metrics });
  });
  const sealed = await readSeal(join(bench.artifacts, artifactNames.model));
  return { protocol, seal, epochs, files: new Map(filesOf(sealed).map(({ name, sha256 }) => [name, sha256])) };
}

type MetricsItem = Verification['items'][number];

async function metricsItem(
  { workspace }: Study,
  context: StudyContext,
  { run }: RunRecord,
  params: Params,
  bench: WorkspacePaths,
  protocol: 'holdout' | 'cross-validated',
): Promise<MetricsItem> {
  const skipped = (what: string): MetricsItem => ({ item: 'metrics', state: 'not-compared', what });
  const known = await readKeptMetrics(workspace.paths.state, run.id);
  if (known === null) return skipped('the run was not evaluated');
  if (protocol === 'holdout') {
    return skipped('measuring again would look into the test part once more; an equal model gives equal answers');
  }
  const input = { workspace: bench, params, testSet: null };
  return comparedMetrics(known, await stageInWorker(context, 'evaluate', input, metricsSchema));
}
