import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { resourcePath } from '../disk/resources.ts';
import { HilumError } from '../domain/errors.ts';
import type { WeightArray, WeightedNetwork, Weights } from '../domain/network.ts';
import type { Backbone } from './backbones/backbone.ts';
import { importedName, readImportedBackbone } from './backbones/imported.ts';
import { findBackbone } from './backbones/index.ts';
import { requireReasonable } from './limits.ts';
import { readModelJson, readWeights } from './tfjs/read-weights.ts';
import { withWeights } from './weights.ts';

export interface BackboneOptions {
  /** Height and width of the input in pixels. */
  readonly size: number;
  /** Folder of a tfjs layers-model with the weights; not needed for a backbone that is shipped. */
  readonly weightsFolder?: string | undefined;
}

/**
 * A pretrained backbone with its weights, BatchNorm still separate.
 * @throws HilumError `network/unknown-backbone`, `network/weights-missing`, `network/bad-weights`, `network/too-large`
 */
export async function loadBackbone(name: string, options: BackboneOptions): Promise<WeightedNetwork> {
  const backbone = findBackbone(name);
  const folder = weightsFolder(backbone, options.weightsFolder);
  const model = await readModelJson(folder, backbone.title);
  const weights = byLayer(await readWeights(folder, model, backbone.title));
  for (const [key, weight] of backbone.fixedWeights ?? []) weights.set(key, weight);
  const shapes = new Map([...weights].map(([key, weight]) => [key, weight.shape] as const));
  const network = backbone.build(options.size, shapes);
  requireReasonable(network);
  return withWeights(network, weights, backbone.title);
}

/**
 * The backbone that params.yaml names with its weights, an imported one included.
 * @throws HilumError as `loadBackbone`; `network/not-imported`, `network/fixed-size`
 */
export async function openBackbone(
  name: string,
  options: BackboneOptions,
): Promise<{ readonly backbone: Backbone; readonly loaded: WeightedNetwork }> {
  if (name !== importedName) return { backbone: findBackbone(name), loaded: await loadBackbone(name, options) };
  if (options.weightsFolder === undefined) throw new HilumError('network/not-imported');
  const { backbone, net } = await readImportedBackbone(options.weightsFolder);
  const network = backbone.build(options.size);
  requireReasonable(network);
  return { backbone, loaded: { network, weights: net.weights } };
}

/**
 * Whether weights are there to be read; whether they fit is only known when they are loaded.
 * @param ofUser folder of the user's weights for this backbone
 */
export function hasWeights(backbone: Backbone, ofUser: string | undefined): boolean {
  const isThere = (folder: string): boolean => existsSync(join(folder, 'model.json'));
  if (ofUser !== undefined) return isThere(ofUser);
  return backbone.bundledFolder !== undefined && isThere(resourcePath('backbones', backbone.bundledFolder));
}

function weightsFolder(backbone: Backbone, ofUser: string | undefined): string {
  if (ofUser !== undefined) return ofUser;
  if (backbone.bundledFolder !== undefined) return resourcePath('backbones', backbone.bundledFolder);
  throw new HilumError('network/weights-missing', { name: backbone.title });
}

/**
 * Weights by `<layer>/<kind>`: converters put model and scope names before (`model/stem_conv/kernel:0`). Where two
 * tensors end alike, the one with the shorter name is meant (a nested copy has the longer).
 */
function byLayer(weights: Weights): Map<string, WeightArray> {
  const result = new Map<string, WeightArray>();
  const shortestFirst = [...weights].sort(([a], [b]) => a.length - b.length);
  for (const [name, weight] of shortestFirst) {
    const key = name.replace(/:0$/, '').split('/').slice(-2).join('/');
    if (!result.has(key)) result.set(key, weight);
  }
  return result;
}
