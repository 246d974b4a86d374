import type { WeightedNetwork } from '../../domain/network.ts';
import type { Params } from '../../domain/params.ts';
import { type Block, findBackbone, trainableBlocks } from '../../network/index.ts';

/** What the preset trains of a network, from the head down. */
export function trainedBlocks({ weights }: WeightedNetwork, backbone: string, params: Params): Block[] {
  const blocks = trainableBlocks(weights, findBackbone(backbone));
  return params.training.preset === 'all' ? blocks : blocks.slice(0, 1 + params.fine_tuning.blocks);
}
