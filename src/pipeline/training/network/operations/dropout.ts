import type { Tensor } from '@tensorflow/tfjs-node';
import { headNames } from '../../../domain/node-names.ts';
import type { Native } from '../native.ts';
import { type OperationOf, single } from '../operation.ts';

/** Multiplies by the step's mask before the head; a dropout of the network's own does nothing, as where it is deployed. */
export const dropout: OperationOf<'dropout'> = (native, node) => ({
  forward: (inputs, _weights, { mask }) =>
    masked(native, single(inputs), node.name === headNames.dropout ? mask : undefined),
  keeps: () => ({ inputs: false, output: false }),
  backward: (gradient, _passed, _wanted, { mask }) => ({
    inputs: [masked(native, gradient, node.name === headNames.dropout ? mask : undefined)],
    weights: {},
  }),
});

function masked({ run, attributes }: Native, value: Tensor, mask: Tensor | undefined): Tensor {
  return mask === undefined ? value.clone() : run('Mul', [attributes.float('T')], [value, mask]);
}
