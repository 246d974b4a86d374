import { canonicalJson, sha256 } from '../../disk/hash.ts';
import { pixelRules } from '../../domain/contract.ts';
import type { ManifestRow } from '../../domain/dataset.ts';
import { HilumError } from '../../domain/errors.ts';
import type { NeighboursInput } from '../../domain/explain.ts';
import { caseBase, featureNodeOf, nearestCases } from '../../explain/index.ts';
import { channelsOf, cutAt, featureDimensions, toOnnx } from '../../network/index.ts';
import { openFeatureCache } from '../../training/index.ts';
import { hashNetwork } from '../base-model.ts';
import type { StageContext } from '../context.ts';
import { readManifestOf } from '../dataset-on-disk.ts';
import type { SealedExplainer } from '../explain/kept-explainer.ts';
import { extractFeatures, type FeatureSource } from '../features.ts';
import { readTrainingRecord } from '../train/record.ts';
import { cachePaths } from '../workspace-files.ts';

/** A training image as it stands in the manifest now: its label may have been mended since. */
interface TrainingCase {
  readonly row: ManifestRow;
  readonly scan: string;
  readonly group: string;
}

export interface TrainingCases {
  readonly cases: readonly TrainingCase[];
  readonly manifest: readonly ManifestRow[];
  nearest(
    vector: ArrayLike<number>,
    isOwn: (each: TrainingCase) => boolean,
    count: number,
  ): readonly { readonly case: TrainingCase; readonly distance: number }[];
}

/** Reading and decoding more images than this is nothing to wait for beside a picture. */
const mostAtOnce = 200;

/**
 * What the model was trained on, as far as the dataset still holds it, with the features that the serving network sees in it.
 * @throws HilumError `explain/no-cases`, `explain/features-missing` when too many would have to be extracted now
 */
export async function trainingCases(
  { workspace, training, extract }: NeighboursInput,
  lent: SealedExplainer,
  context: StageContext,
): Promise<TrainingCases> {
  const record = await readTrainingRecord(training);
  const trained = new Set(record.trained.map(({ pixel_hash }) => pixel_hash));
  const manifest = await readManifestOf(workspace);
  const rows = manifest.filter((row) => trained.has(row.pixel_hash));
  if (rows.length === 0) throw new HilumError('explain/no-cases');
  const source = featureSource(lent);
  if (!extract) {
    const cache = await openFeatureCache(cachePaths(workspace).features, {
      key: source.featureKey,
      dimensions: source.dimensions,
    });
    const absent = rows.filter((row) => !cache.has(row.pixel_hash)).length;
    if (absent > mostAtOnce) throw new HilumError('explain/features-missing', { images: absent });
  }
  const features = await extractFeatures(workspace, source, rows, context.signal, (done, total) =>
    context.report({ step: 'Reading training images', done, total, fraction: done / total }),
  );
  const base = caseBase(features, source.dimensions);
  const cases = rows.map((row) => ({ row, scan: row.scan, group: row.group }));
  return {
    cases,
    manifest,
    nearest: (vector, isOwn, count) => nearestCases(cases, base.distances(vector), isOwn, count),
  };
}

/**
 * The serving network up to its pooled features. With a frozen backbone it is the base model's, key and all, so that what
 * training extracted is there; a fine-tuned one has a key of its own.
 */
export function featureSource({ model: { contract }, network }: SealedExplainer): FeatureSource {
  const cut = cutAt(network, featureNodeOf(network));
  return {
    contract,
    dimensions: featureDimensions(cut.network),
    featureKey: sha256(canonicalJson([pixelRules(contract), hashNetwork(cut)])),
    get onnx() {
      return toOnnx(cut, { channels: channelsOf(contract) });
    },
  };
}
