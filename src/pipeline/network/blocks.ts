import type { Weights } from '../domain/network.ts';
import { isHeadNode } from '../domain/node-names.ts';
import type { Backbone } from './backbones/backbone.ts';

/** Weights that training may change together. */
export interface Block {
  /** `head`, or a block of the backbone. */
  readonly name: string;
  /** Names of its weights, in the order of the network. */
  readonly weights: readonly string[];
}

/**
 * The head and the blocks of the backbone that a network has, from the head down. Moving statistics and fixed nodes belong to no
 * block: training never changes them.
 * @param weights of a network with its head, cut anywhere
 */
export function trainableBlocks(weights: Weights, backbone: Pick<Backbone, 'blocks' | 'blockOfNode'>): Block[] {
  const byBlock = Map.groupBy(
    [...weights.keys()].filter((name) => !isStatistic(name)),
    (name) => blockOf(name.slice(0, name.lastIndexOf('/')), backbone),
  );
  return ['head', ...backbone.blocks].flatMap((name) => {
    const names = byBlock.get(name);
    return names === undefined ? [] : [{ name, weights: names }];
  });
}

function blockOf(node: string, backbone: Pick<Backbone, 'blockOfNode'>): string | undefined {
  return isHeadNode(node) ? 'head' : backbone.blockOfNode(node);
}

function isStatistic(name: string): boolean {
  return name.startsWith('moving_', name.lastIndexOf('/') + 1);
}
