import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../pipeline/disk/atomic.ts';
import type { Metrics } from '../../pipeline/domain/metrics.ts';
import { artifactNames, type WorkspacePaths } from '../../pipeline/domain/stage-inputs.ts';
import { keepVersion } from '../registry/register.ts';
import { keptNames } from './kept.ts';
import { keptFolderOf } from './kept-files.ts';
import type { Study } from './study.ts';

/**
 * Keeps the model that a run has just sealed: once in the store and the registry, whatever the number of runs with the
 * same seal, and by name with the run. @throws HilumError `model/…`, `disk/…`
 */
export async function keepModel({ records, workspace }: Study, run: string, now: string): Promise<void> {
  const { artifacts, state } = workspace.paths;
  const added = { origin: 'trained', run, addedAt: now } as const;
  const { seal } = await keepVersion({ records, state }, join(artifacts, artifactNames.model), added);
  const kept = keptFolderOf(state, run);
  await writeFileAtomic(join(kept, keptNames.training), await readFile(join(artifacts, artifactNames.training)));
  await writeFileAtomic(join(kept, keptNames.model), `${JSON.stringify({ seal })}\n`);
}

/** Keeps what evaluate has just measured with the run that made the model. @throws HilumError `disk/…` */
export async function keepResults({ artifacts, state }: WorkspacePaths, run: string, metrics: Metrics): Promise<void> {
  const kept = keptFolderOf(state, run);
  await writeFileAtomic(join(kept, keptNames.predictions), await readFile(join(artifacts, artifactNames.predictions)));
  await writeFileAtomic(join(kept, keptNames.metrics), `${JSON.stringify(metrics, null, 2)}\n`);
}
