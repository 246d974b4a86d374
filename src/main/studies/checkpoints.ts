import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkpointManifest } from '../../pipeline/domain/checkpoint.ts';
import type { Run } from '../records/runs.ts';
import { keptFolderOf } from './kept-files.ts';

/** Whether training left a whole checkpoint of this run, of any fold. Its hashes are checked when it is loaded. */
async function hasCheckpoint(state: string, run: string): Promise<boolean> {
  const folds = join(keptFolderOf(state, run), 'checkpoints');
  for (const fold of await namesIn(folds)) {
    for (const epoch of await namesIn(join(folds, fold))) {
      if (existsSync(join(folds, fold, epoch, checkpointManifest))) return true;
    }
  }
  return false;
}

/** Whether a run was stopped on its way and can go on from where it was. */
export async function isResumable(state: string, run: Pick<Run, 'id' | 'kind' | 'outcome'>): Promise<boolean> {
  const stopped = run.kind === 'train' && run.outcome !== 'completed' && run.outcome !== 'running';
  return stopped && (await hasCheckpoint(state, run.id));
}

/** Of what a killed writer left, nothing counts: its names begin with a dot. */
async function namesIn(folder: string): Promise<string[]> {
  const names: readonly string[] = await readdir(folder).catch(() => []);
  return names.filter((name) => !name.startsWith('.'));
}
