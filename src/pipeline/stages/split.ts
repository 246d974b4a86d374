import type { ManifestRow, SplitRow } from '../domain/dataset.ts';
import { type SplitInput, splitInputSchema } from '../domain/stage-inputs.ts';
import { checkSplit, splitByGroup, writeSplit } from '../files/index.ts';
import type { StageContext } from './context.ts';
import { readManifestOf, readSplitOf } from './dataset-on-disk.ts';
import { thumbnailsOf } from './honesty/thumbnails.ts';
import type { Stage } from './stage.ts';
import { artifactPath } from './workspace-files.ts';

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
  const thumbnails = await thumbnailsOf(input.workspace, manifest, context.signal);
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
