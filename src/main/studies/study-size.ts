import { canonicalJson } from '../../pipeline/disk/hash.ts';
import type { ManifestRow } from '../../pipeline/domain/dataset.ts';
import type { Params } from '../../pipeline/domain/params.ts';
import type { Workspace } from '../workspace/open.ts';
import { datasetTables } from './dataset-tables.ts';

/** How much there is to train and to measure. */
export interface StudySize {
  /** Images that the model learns from. */
  readonly training: number;
  /** Images that are predicted by the sealed model; cross-validation stores its predictions while it trains. */
  readonly predicted: number;
  /** Images that the figures are computed over. */
  readonly measured: number;
  /** Heads that are trained: the model itself, and one for each fold. */
  readonly fits: number;
  /** Images of one fit as a share of `training`, on average: a fold's head does without that fold. */
  readonly shareOfFit: number;
  /** Something is watched for early stopping. */
  readonly watched: boolean;
  /** Images of one fit that are watched. Cross-validation of few patient groups watches none. */
  readonly watchedImages: number;
}

/** Parts as these parameters would make them; counted where these are the parameters of the split that is there. */
export async function studySize(
  workspace: Workspace,
  manifest: readonly ManifestRow[],
  params: Params,
): Promise<StudySize> {
  const { validation, test } = params.split;
  const images = manifest.length;
  const folds = foldsOf(manifest, params);
  if (folds > 0) {
    const shareOfFit = folds / (folds + 1);
    const watchedImages = Math.round(((folds - 1) / folds) * validation * images);
    const sizes = { training: images, predicted: 0, measured: images, fits: folds + 1, shareOfFit };
    return { ...sizes, watched: validation > 0, watchedImages };
  }
  const made = await countedParts(workspace, params);
  const training = made?.train ?? Math.round(images * Math.max(0, 1 - validation - test));
  const held = made?.test ?? Math.round(images * test);
  const watchedImages = made?.validation ?? Math.round(images * validation);
  return { training, predicted: held, measured: held, fits: 1, shareOfFit: 1, watched: validation > 0, watchedImages };
}

function foldsOf(manifest: readonly ManifestRow[], { split }: Params): number {
  if (split.strategy === 'k-fold') return split.folds;
  if (split.strategy === 'leave-one-group-out') return new Set(manifest.map((row) => row.group)).size;
  return 0;
}

/** Images of the parts that are there, when these parameters are the ones of params.yaml. */
async function countedParts(workspace: Workspace, params: Params) {
  const decisive = ({ seed, split, scans }: Params): string => canonicalJson([seed, split, scans.near_duplicate]);
  if (decisive(params) !== decisive(workspace.params)) return undefined;
  const rows = await datasetTables(workspace.paths).split();
  if (rows === undefined) return undefined;
  const count = (part: string): number => rows.filter((row) => row.part === part).length;
  return { train: count('train'), validation: count('validation'), test: count('test') };
}
