import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson, sha256 } from '../disk/hash.ts';
import { contractSchema, pixelRules } from '../domain/contract.ts';
import { HilumError } from '../domain/errors.ts';
import type { WeightedNetwork } from '../domain/network.ts';
import { artifactNames, type WorkspacePaths } from '../domain/stage-inputs.ts';
import { readTfjs } from '../network/index.ts';
import { artifactPath } from './workspace-files.ts';

/** base-model/base.json: the frozen backbone cut at its feature levels, and the contract that feeds it. */
export const baseSchema = z.object({
  backbone: z.string(),
  features: z.array(z.string()),
  dimensions: z.int().positive(),
  frozen_parameters: z.int(),
  trainable_parameters: z.int(),
  /** SHA-256 over the network's definition and weights. */
  backbone_hash: z.string(),
  contract_hash: z.string(),
  contract: contractSchema,
});
export type BaseDescription = z.infer<typeof baseSchema>;

export interface BaseModel extends BaseDescription {
  readonly network: WeightedNetwork;
  readonly onnx: Uint8Array;
  /** Key of the feature cache: pixel rules and backbone; class names do not change features. */
  readonly featureKey: string;
}

export const baseFiles = { description: 'base.json', onnx: 'features.onnx' } as const;

/** @throws HilumError `dataset/missing` (run prepare), `model/seal-broken` when a file is not the one prepare wrote */
export async function readBaseModel(workspace: WorkspacePaths): Promise<BaseModel> {
  const folder = artifactPath(workspace, 'baseModel');
  const text = await readFile(join(folder, baseFiles.description), 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new HilumError('dataset/missing', { file: artifactNames.baseModel, command: 'prepare' });
  const base = baseSchema.parse(JSON.parse(text));
  const network = await readTfjs(folder);
  if (hashNetwork(network) !== base.backbone_hash) throw new HilumError('model/seal-broken', { file: 'base-model' });
  const onnx = await readFile(join(folder, baseFiles.onnx));
  return { ...base, network, onnx, featureKey: featureKeyOf(base) };
}

export function hashNetwork({ network, weights }: WeightedNetwork): string {
  const arrays = [...weights].sort(([a], [b]) => (a < b ? -1 : 1));
  const hashes = arrays.map(([name, { shape, data }]) => [
    name,
    shape,
    sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ]);
  return sha256(canonicalJson([network, hashes]));
}

function featureKeyOf(base: BaseDescription): string {
  return sha256(canonicalJson([pixelRules(base.contract), base.backbone_hash]));
}
