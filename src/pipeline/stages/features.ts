import type { ManifestRow } from '../domain/dataset.ts';
import { HilumError } from '../domain/errors.ts';
import type { WorkspacePaths } from '../domain/stage-inputs.ts';
import { applyContract } from '../images/index.ts';
import { createEngine } from '../predictions/index.ts';
import { openFeatureCache } from '../training/index.ts';
import type { BaseModel } from './base-model.ts';
import { throwIfCancelled } from './cancel.ts';
import { openDataset } from './dataset-on-disk.ts';
import { inOrder } from './in-order.ts';
import { cachePaths } from './workspace-files.ts';

/** Enough to keep decoder and network busy on all cores. */
const imagesAtOnce = 8;

/** What features are extracted with: the base model, or the backbone of a model that serves. */
export type FeatureSource = Pick<BaseModel, 'featureKey' | 'dimensions' | 'onnx' | 'contract'>;

/**
 * Pooled backbone features of the images, row by row (N × dimensions). Extracted once with ONNX Runtime and cached by
 * pixel hash, contract and backbone; images whose features are cached are not even read.
 * @throws HilumError of the first image that cannot be read: a training set with holes would not be the recorded one
 */
export async function extractFeatures(
  workspace: WorkspacePaths,
  base: FeatureSource,
  rows: readonly ManifestRow[],
  signal: AbortSignal,
  report: (done: number, total: number) => void,
): Promise<Float32Array> {
  const cache = await openFeatureCache(cachePaths(workspace).features, {
    key: base.featureKey,
    dimensions: base.dimensions,
  });
  const absent = rows.filter((row) => !cache.has(row.pixel_hash));
  report(rows.length - absent.length, rows.length);
  if (absent.length > 0) {
    const dataset = await openDataset(workspace, signal);
    const engine = await createEngine(base.onnx);
    try {
      const inputs = inOrder(absent, imagesAtOnce, async (row) => {
        throwIfCancelled(signal);
        return {
          row,
          features: await engine.run(applyContract(await dataset.decode(row), base.contract, engine.planes), 1),
        };
      });
      let done = rows.length - absent.length;
      for await (const { row, features } of inputs) {
        if (!features.every(Number.isFinite)) throw new HilumError('image/invalid-output');
        cache.add(row.pixel_hash, features);
        report(++done, rows.length);
      }
    } finally {
      await engine.close();
      await cache.flush();
    }
  }
  return cache.matrix(rows.map((row) => row.pixel_hash));
}
