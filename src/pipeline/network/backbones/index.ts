import { HilumError } from '../../domain/errors.ts';
import { nearestName } from '../../domain/names.ts';
import type { Backbone } from './backbone.ts';
import { efficientnetLite0 } from './efficientnet-lite0.ts';
import { mobilenetV2 } from './mobilenet-v2.ts';
import { vgg16 } from './vgg16.ts';

/** Every backbone that params.yaml may name. */
export const backbones: readonly Backbone[] = [efficientnetLite0, mobilenetV2, vgg16];

/** @throws HilumError `network/unknown-backbone` with the nearest known name */
export function findBackbone(name: string): Backbone {
  const found = backbones.find((backbone) => backbone.id === name);
  if (found !== undefined) return found;
  const nearest = nearestName(
    name,
    backbones.map((backbone) => backbone.id),
  );
  throw new HilumError('network/unknown-backbone', { name, nearest });
}

/**
 * Node names of feature levels, in the given order.
 * @throws HilumError `network/unknown-tap` with the nearest known level
 */
export function nodesOfFeatures(backbone: Backbone, levels: readonly string[]): readonly string[] {
  return levels.map((level) => {
    if (backbone.features.includes(level)) return backbone.nodeOfFeature(level);
    const nearest = nearestName(level, backbone.features);
    throw new HilumError('network/unknown-tap', { name: level, backbone: backbone.id, nearest });
  });
}
