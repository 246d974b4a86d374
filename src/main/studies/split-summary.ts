import { join } from 'node:path';
import { z } from 'zod';
import type { ManifestRow, SplitRow } from '../../pipeline/domain/dataset.ts';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { type SplitStrategy, splitStrategies } from '../../pipeline/domain/params.ts';
import { openHasher } from '../workspace/hashes.ts';
import { workspaceNames } from '../workspace/names.ts';
import type { Workspace } from '../workspace/open.ts';
import { readPipeline } from '../workspace/pipeline-file.ts';
import { type LockedStage, readStageLock } from '../workspace/stage-lock.ts';
import { stageChange } from '../workspace/stage-status.ts';
import { type Counts, countsByClass, countsOf } from './dataset-counts.ts';

export interface SplitSummary {
  readonly strategy: SplitStrategy;
  readonly parts: { part: string; classes: Record<string, Counts>; all: Counts }[];
  /** Patient groups that stand in more than one part. */
  readonly leakingGroups: number;
  /** Manifest or parameters changed since it was made. */
  readonly stale: boolean;
}

/** Images, scans and groups of each part of the split that is there. */
export async function splitSummary(
  workspace: Workspace,
  manifest: readonly ManifestRow[],
  split: readonly SplitRow[],
): Promise<SplitSummary> {
  const partOf = new Map(split.map(({ image, part }) => [image, part]));
  const placed = manifest.flatMap((row) => {
    const part = partOf.get(row.image);
    return part === undefined ? [] : [{ ...row, part }];
  });
  const parts = [...Map.groupBy(placed, (row) => row.part)].sort(([a], [b]) => byPart(a, b));
  return {
    ...(await madeWith(workspace)),
    parts: parts.map(([part, rows]) => ({ part, classes: countsByClass(rows), all: countsOf(rows) })),
    leakingGroups: leakingGroups(placed),
  };
}

function leakingGroups(rows: readonly { readonly group: string; readonly part: string }[]): number {
  const first = new Map<string, string>();
  const leaking = new Set<string>();
  for (const { group, part } of rows) {
    if ((first.get(group) ?? part) === part) first.set(group, part);
    else leaking.add(group);
  }
  return leaking.size;
}

const partNames = ['train', 'validation', 'test'];

/** train, validation, test; folds by their number. */
function byPart(a: string, b: string): number {
  return partNames.indexOf(a) - partNames.indexOf(b) || Number(a) - Number(b);
}

const lockedParamsSchema = z.object({ split: z.object({ strategy: z.enum(splitStrategies) }) });

/** The strategy that dvc.lock remembers, and whether anything differs from what stands there. */
async function madeWith(workspace: Workspace): Promise<Pick<SplitSummary, 'strategy' | 'stale'>> {
  const { root, state } = workspace.paths;
  try {
    const locked = (await readStageLock(root)).split;
    const stage = (await readPipeline(workspace)).find(({ name }) => name === 'split');
    if (stage === undefined) return { strategy: strategyOf(locked, workspace), stale: true };
    const hasher = await openHasher(join(state, 'cache', 'md5.json'));
    const change = await stageChange(root, stage, locked, hasher);
    await hasher.save();
    return { strategy: strategyOf(locked, workspace), stale: change !== null };
  } catch (error) {
    // A broken dvc.yaml or dvc.lock is told by whoever wants to run it; here nothing vouches for the split.
    if (error instanceof HilumError) return { strategy: workspace.params.split.strategy, stale: true };
    throw error;
  }
}

function strategyOf(locked: LockedStage | undefined, { params }: Workspace): SplitStrategy {
  const made = lockedParamsSchema.safeParse(locked?.params?.[workspaceNames.params]);
  return made.success ? made.data.split.strategy : params.split.strategy;
}
