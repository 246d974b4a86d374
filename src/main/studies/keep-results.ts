import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../pipeline/disk/atomic.ts';
import { artifactNames, type WorkspacePaths } from '../../pipeline/domain/stage-inputs.ts';
import { addModel } from '../models/store.ts';
import { keptNames } from './kept.ts';
import { keptFolderOf } from './kept-files.ts';

/**
 * Keeps the model that a run has just sealed: once in the store, whatever the number of runs with the same seal, and by
 * name with the run. @throws HilumError `model/…`, `disk/…`
 */
export async function keepModel({ artifacts, state }: WorkspacePaths, run: string, now: string): Promise<void> {
  const seal = await addModel(state, join(artifacts, artifactNames.model), { origin: 'trained', run, addedAt: now });
  const kept = keptFolderOf(state, run);
  await writeFileAtomic(join(kept, keptNames.training), await readFile(join(artifacts, artifactNames.training)));
  await writeFileAtomic(join(kept, keptNames.model), `${JSON.stringify({ seal })}\n`);
}

/** Keeps what evaluate has just measured with the run that made the model. @throws HilumError `disk/…` */
export async function keepResults({ artifacts, state }: WorkspacePaths, run: string): Promise<void> {
  for (const name of ['predictions', 'metrics'] as const) {
    const bytes = await readFile(join(artifacts, artifactNames[name]));
    await writeFileAtomic(join(keptFolderOf(state, run), keptNames[name]), bytes);
  }
}
