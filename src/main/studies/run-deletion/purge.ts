import { rm } from 'node:fs/promises';
import { diskError } from '../../../pipeline/disk/atomic.ts';
import { hasCode } from '../../../pipeline/domain/errors.ts';
import { removeModel } from '../../models/store.ts';
import { keptFolderOf } from '../kept-files.ts';
import { cachedCopies, removeObjects } from './cached-copies.ts';
import { type KeptModels, sealsOf } from './kept-models.ts';
import { ownFeatures } from './run-features.ts';

/**
 * Removes runs for good: models and cached features that nobody else needs, then the files of each run, then its records,
 * and gives the space of much that was recorded back to the disk. Cut short, the runs
 * that are left are still in the records, and purging them again goes on.
 * @returns how many models went
 * @throws HilumError `disk/…`
 */
export async function purgeRuns(state: string, which: readonly string[], models: KeptModels): Promise<number> {
  const { records } = models;
  if (!records.isOpen) return 0;
  records.runDeletions.seal(which);
  const { free } = await sealsOf(state, which, models);
  // Looked up before the models go, by which they are known.
  const copies = models.folders === undefined ? [] : await cachedCopies(models.folders.root, state, free);
  const features = await ownFeatures(state, which, models);
  for (const seal of free) await removeModelIfThere(state, seal);
  await removeObjects([...copies, ...features]);
  for (const run of which) {
    const folder = keptFolderOf(state, run);
    await rm(folder, { recursive: true, force: true }).catch((error: unknown) => {
      throw diskError(error, folder);
    });
    // Closed meanwhile: the next start goes on from here.
    if (!records.isOpen) return free.length;
    records.runs.delete(run);
  }
  if (records.isOpen) records.reclaim();
  return free.length;
}

async function removeModelIfThere(state: string, seal: string): Promise<void> {
  try {
    await removeModel(state, seal);
  } catch (error) {
    // Removed by hand before, or the model that comes with the program: neither takes space of this run.
    if (!hasCode(error, 'model/unknown') && !hasCode(error, 'model/in-use')) throw error;
  }
}
