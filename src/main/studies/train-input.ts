import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { datasetCountsSchema } from '../../pipeline/domain/dataset.ts';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { artifactNames, type TrainInput } from '../../pipeline/domain/stage-inputs.ts';
import type { Study } from './study.ts';
import { counted } from './text-table.ts';

/** What the `train` stage is given for a run of the records. @throws HilumError `dataset/missing` */
export async function trainInput(
  { workspace, records }: Study,
  run: Pick<TrainInput, 'runId' | 'title' | 'resume' | 'allowLeak'>,
): Promise<TrainInput> {
  const { paths, params, config } = workspace;
  return {
    workspace: paths,
    params,
    ...run,
    codeVersion: records.runs.get(run.runId).codeVersion,
    trainedOn: config.description ?? (await countsOfDataset(paths.artifacts)),
    ...(config.card === undefined ? {} : { userFacts: config.card }),
  };
}

async function countsOfDataset(artifacts: string): Promise<string> {
  const text = await readFile(join(artifacts, artifactNames.summary), 'utf8').catch(() => undefined);
  if (text === undefined) throw new HilumError('dataset/missing', { file: artifactNames.summary, command: 'ingest' });
  const { images, scans, groups } = datasetCountsSchema.parse(JSON.parse(text));
  return `${counted(images, 'image')} of ${counted(scans, 'scan')} (${counted(groups, 'patient group')})`;
}
