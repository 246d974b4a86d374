import { HilumError } from '../../domain/errors.ts';
import type { WeightedNetwork } from '../../domain/network.ts';
import type { Params } from '../../domain/params.ts';
import { type Block, findBackbone, importedName, trainableBlocks } from '../../network/index.ts';

/**
 * What the preset trains of a network, from the head down. Of an imported backbone that is the head alone.
 * @throws HilumError `network/not-trainable`
 */
export function trainedBlocks({ weights }: WeightedNetwork, backbone: string, params: Params): Block[] {
  if (backbone === importedName) {
    if (params.training.preset !== 'head')
      throw new HilumError('network/not-trainable', { node: backbone, layer: 'backbone' });
    return trainableBlocks(weights, { blocks: [], blockOfNode: () => undefined });
  }
  const blocks = trainableBlocks(weights, findBackbone(backbone));
  return params.training.preset === 'all' ? blocks : blocks.slice(0, 1 + params.fine_tuning.blocks);
}
