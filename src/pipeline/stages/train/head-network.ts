import type { WeightArray, WeightedNetwork } from '../../domain/network.ts';
import { headNames } from '../../domain/node-names.ts';
import { attachHead } from '../../network/index.ts';
import type { HeadWeights } from '../../training/index.ts';
import type { Study } from './study.ts';

/** The study's backbone with this head. */
export function withHead(
  { base, params }: Pick<Study, 'base' | 'params'>,
  { hidden, dense }: HeadWeights,
): WeightedNetwork {
  const layers = { [headNames.output]: dense, ...(hidden === undefined ? {} : { [headNames.hidden]: hidden }) };
  const weights = Object.entries(layers).flatMap(([name, { kernel, bias }]): [string, WeightArray][] => [
    [`${name}/kernel`, kernel],
    [`${name}/bias`, bias],
  ]);
  return attachHead(base.network, {
    ...params.head,
    classes: base.contract.classes.length,
    weights: new Map(weights),
  });
}
