import { join } from 'node:path';
import type { z } from 'zod';
import { sha256File } from '../../pipeline/disk/hash.ts';
import { type LeakMeter, leakMeterSchema } from '../../pipeline/domain/leak-meter.ts';
import { type Shortcuts, shortcutsSchema } from '../../pipeline/domain/shortcuts.ts';
import { artifactNames } from '../../pipeline/domain/stage-inputs.ts';
import { stageInWorker } from '../jobs/stage-in-worker.ts';
import { version } from '../workspace/version.ts';
import type { StudyContext } from './context.ts';
import { changeOf, plannedStages } from './reproduce.ts';
import type { Study } from './study.ts';

/** Scores the leak meter's numbers and keeps them as a finding. @throws HilumError as the stage */
export function auditLeak(study: Study, context: StudyContext): Promise<LeakMeter> {
  return examine(study, context, 'leak-meter', leakMeterSchema);
}

/** Trains the control classifiers and keeps what they reach as a finding. @throws HilumError as the stage */
export function auditShortcuts(study: Study, context: StudyContext): Promise<Shortcuts> {
  return examine(study, context, 'shortcuts', shortcutsSchema);
}

async function examine<T extends Record<string, unknown>>(
  { workspace, records }: Study,
  context: StudyContext,
  kind: 'leak-meter' | 'shortcuts',
  schema: z.ZodType<T>,
): Promise<T> {
  const { paths, params } = workspace;
  const result = await stageInWorker(context, kind, { workspace: paths, params }, schema);
  records.findings.add({
    ...{ kind, subject: 'dataset', codeVersion: version, result },
    datasetHash: await sha256File(join(paths.artifacts, artifactNames.manifest)),
    settings: { ...params.validation, seed: params.seed, resamples: params.evaluation.resamples },
  });
  return result;
}

/** Makes the base model anew where params.yaml or the dataset changed since it was made. @throws HilumError of `prepare` */
export async function prepareWhereDue(study: Study, context: StudyContext): Promise<void> {
  const planned = (await plannedStages(study)).find(({ known }) => known.name === 'prepare');
  if (planned === undefined || (await changeOf(study, planned.stage)) === null) return;
  context.say('prepare: not up to date; running `hilum prepare`');
  await planned.known.runIn({ ...planned.given }, study, context);
}
