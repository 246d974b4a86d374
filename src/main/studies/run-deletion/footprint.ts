import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../../../pipeline/disk/atomic.ts';
import { errnoOf } from '../../../pipeline/domain/errors.ts';
import { modelStore } from '../../models/store.ts';
import { keptFolderOf } from '../kept-files.ts';
import { cachedCopies } from './cached-copies.ts';
import { type KeptModels, sealsOf } from './kept-models.ts';
import { ownFeatures } from './run-features.ts';

export interface Size {
  readonly files: number;
  readonly bytes: number;
}

/** What goes with runs, and what stays because others need it. */
export interface Footprint {
  readonly own: Size;
  readonly shared: Size;
}

const nothing: Size = { files: 0, bytes: 0 };

/**
 * @param which runs that would go together
 * @throws HilumError `disk/…`
 */
export async function footprintOf(state: string, which: readonly string[], models: KeptModels): Promise<Footprint> {
  let own = nothing;
  let shared = nothing;
  for (const run of which) own = sum(own, await sizeOf(keptFolderOf(state, run)));
  const { free, needed } = await sealsOf(state, which, models);
  for (const seal of free) own = sum(own, await modelSize(state, seal));
  const copies = models.folders === undefined ? [] : await cachedCopies(models.folders.root, state, free);
  for (const path of [...copies, ...(await ownFeatures(state, which, models))]) own = sum(own, await fileSize(path));
  for (const seal of needed) shared = sum(shared, await modelSize(state, seal));
  return { own, shared };
}

function sum(a: Size, b: Size): Size {
  return { files: a.files + b.files, bytes: a.bytes + b.bytes };
}

function modelSize(state: string, seal: string): Promise<Size> {
  return sizeOf(join(modelStore(state), seal));
}

async function fileSize(path: string): Promise<Size> {
  return lstat(path).then(
    ({ size }) => ({ files: 1, bytes: size }),
    () => nothing,
  );
}

/** All files below a folder; none when it is not there. Links are not followed. */
async function sizeOf(folder: string): Promise<Size> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return [];
    throw diskError(error, folder);
  });
  let size = nothing;
  for (const entry of entries) {
    if (entry.isFile()) size = sum(size, { files: 1, bytes: (await lstat(join(entry.parentPath, entry.name))).size });
  }
  return size;
}
