import type { WeightedNetwork } from '../domain/network.ts';
import { isHeadNode } from '../domain/node-names.ts';

export interface ParameterCount {
  readonly frozen: number;
  readonly trainable: number;
}

/**
 * Parameters of a network. Moving statistics of BatchNorm are never trained and count as frozen.
 * @param isTrainable says by node name what training may change; the head alone unless told otherwise
 */
export function countParameters(
  { weights }: WeightedNetwork,
  isTrainable: (node: string) => boolean = isHeadNode,
): ParameterCount {
  let frozen = 0;
  let trainable = 0;
  for (const [name, { data }] of weights) {
    const slash = name.lastIndexOf('/');
    const isStatistic = name.startsWith('moving_', slash + 1);
    if (!isStatistic && isTrainable(name.slice(0, slash))) trainable += data.length;
    else frozen += data.length;
  }
  return { frozen, trainable };
}
