import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ingestSummarySchema } from '../../pipeline/domain/dataset.ts';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { artifactNames, type TrainInput } from '../../pipeline/domain/stage-inputs.ts';
import type { StudyContext } from './context.ts';
import type { Study } from './study.ts';
import { counted } from './text-table.ts';

/** What the `train` stage is given for a run of the records. @throws HilumError `dataset/missing` */
export async function trainInput(
  { workspace, records }: Study,
  context: Pick<StudyContext, 'now'>,
  run: Pick<TrainInput, 'runId' | 'title' | 'resume' | 'allowLeak'>,
): Promise<TrainInput> {
  const { paths, params, config } = workspace;
  return {
    workspace: paths,
    params,
    ...run,
    // A resumed run seals the same card as an unbroken one.
    createdAt: run.resume ? records.runs.get(run.runId).startedAt : context.now(),
    codeVersion: records.runs.get(run.runId).codeVersion,
    trainedOn: config.description ?? (await countsOfDataset(paths.artifacts)),
    ...(config.card === undefined ? {} : { userFacts: config.card }),
  };
}

async function countsOfDataset(artifacts: string): Promise<string> {
  const text = await readFile(join(artifacts, artifactNames.summary), 'utf8').catch(() => undefined);
  if (text === undefined) throw new HilumError('dataset/missing', { file: artifactNames.summary, command: 'ingest' });
  const { images, scans, groups } = ingestSummarySchema.parse(JSON.parse(text));
  return `${counted(images, 'image')} of ${counted(scans, 'scan')} (${counted(groups, 'patient group')})`;
}
