import type { ManifestRow } from '../../domain/dataset.ts';
import type { WorkspacePaths } from '../../domain/stage-inputs.ts';
import { thumbnailSize } from '../../files/index.ts';
import { thumbnail } from '../../images/index.ts';
import { openDataset } from '../dataset-on-disk.ts';
import { openThumbnailStore } from '../ingest/thumbnail-store.ts';
import { cachePaths } from '../workspace-files.ts';

/**
 * 48x48 grey values of each image, by its name: from the cache of ingest, decoded again where that was cleared.
 * @throws HilumError of the first image that is missing from the cache and cannot be read
 */
export async function thumbnailsOf(
  workspace: WorkspacePaths,
  manifest: readonly ManifestRow[],
  signal: AbortSignal,
): Promise<Map<string, Float32Array>> {
  const store = await openThumbnailStore(cachePaths(workspace).thumbnails);
  const thumbnails = new Map<string, Float32Array>();
  let dataset: Awaited<ReturnType<typeof openDataset>> | undefined;
  for (const row of manifest) {
    const cached = store.get(row.pixel_hash);
    if (cached !== undefined) {
      thumbnails.set(row.image, Float32Array.from(cached));
      continue;
    }
    dataset ??= await openDataset(workspace, signal);
    thumbnails.set(row.image, thumbnail(await dataset.decode(row), thumbnailSize));
  }
  return thumbnails;
}
