import type { ManifestRow, SplitRow } from '../domain/dataset.ts';
import { type SplitInput, splitInputSchema } from '../domain/stage-inputs.ts';
import { checkSplit, splitByGroup, thumbnailSize, writeSplit } from '../files/index.ts';
import { thumbnail } from '../images/index.ts';
import type { StageContext } from './context.ts';
import { openDataset, readManifestOf, readSplitOf } from './dataset-on-disk.ts';
import { openThumbnailStore } from './ingest/thumbnail-store.ts';
import type { Stage } from './stage.ts';
import { artifactPath, cachePaths } from './workspace-files.ts';

export interface SplitReport {
  /** Images, scans and patient groups of each part. */
  readonly parts: Record<string, { images: number; scans: number; groups: number; classes: Record<string, number> }>;
  readonly leak: { groups: number; images: number; examples: readonly { a: string; b: string; correlation: number }[] };
  /** Images of the manifest that the split does not name, and the other way round. */
  readonly missing: number;
  readonly surplus: number;
}

/** Manifest → split.csv by patient group; `checkOnly` looks for leaks in the split that is there. */
export const split: Stage<SplitInput> = {
  input: splitInputSchema,
  async run(input, context): Promise<SplitReport> {
    const manifest = await readManifestOf(input.workspace);
    const rows = input.checkOnly
      ? await readSplitOf(input.workspace)
      : splitByGroup(manifest, input.params.split, input.params.seed);
    const found = await findLeaks(input, manifest, rows, context);
    if (!input.checkOnly) await writeSplit(artifactPath(input.workspace, 'split'), rows);
    return {
      parts: countParts(manifest, rows),
      leak: {
        groups: found.sharedGroups.length,
        images: found.nearDuplicates.length,
        examples: found.nearDuplicates.slice(0, 10),
      },
      missing: found.missing.length,
      surplus: found.surplus.length,
    };
  },
};

async function findLeaks(
  input: SplitInput,
  manifest: readonly ManifestRow[],
  rows: readonly SplitRow[],
  context: StageContext,
) {
  const store = await openThumbnailStore(cachePaths(input.workspace).thumbnails);
  const thumbnails = new Map<string, Float32Array>();
  let dataset: Awaited<ReturnType<typeof openDataset>> | undefined;
  for (const row of manifest) {
    const cached = store.get(row.pixel_hash);
    if (cached !== undefined) {
      thumbnails.set(row.image, Float32Array.from(cached));
      continue;
    }
    dataset ??= await openDataset(input.workspace, context.signal);
    thumbnails.set(row.image, thumbnail(await dataset.decode(row), thumbnailSize));
  }
  return checkSplit(manifest, rows, { thumbnails, nearDuplicate: input.params.scans.near_duplicate });
}

function countParts(manifest: readonly ManifestRow[], rows: readonly SplitRow[]): SplitReport['parts'] {
  const partOf = new Map(rows.map((row) => [row.image, row.part]));
  const byPart = Map.groupBy(
    manifest.filter((row) => partOf.has(row.image)),
    (row) => partOf.get(row.image) ?? '',
  );
  const order = [...byPart.keys()].sort((a, b) => Number(a) - Number(b) || partOrder(a) - partOrder(b));
  return Object.fromEntries(
    order.map((part) => {
      const own = byPart.get(part) ?? [];
      const classes: Record<string, number> = {};
      for (const row of own) classes[row.class] = (classes[row.class] ?? 0) + 1;
      const scans = new Set(own.map((row) => row.scan)).size;
      const groups = new Set(own.map((row) => row.group)).size;
      return [part, { images: own.length, scans, groups, classes }];
    }),
  );
}

function partOrder(part: string): number {
  return ['train', 'validation', 'test'].indexOf(part);
}
