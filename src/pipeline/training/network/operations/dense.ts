import type { Tensor } from '@tensorflow/tfjs-node';
import { type OperationOf, single, weightOfKind } from '../operation.ts';
import { activated, beforeActivation, readsOutput } from './activation.ts';
import { addedBias, biasGradient } from './bias.ts';
import { product } from './product.ts';

export const dense: OperationOf<'dense'> = (native, node) => ({
  forward: (inputs, weights) => {
    const value = product(native, single(inputs), weightOfKind(weights, 'kernel'));
    return activated(native, node.activation, addedBias(native, value, weightOfKind(weights, 'bias')));
  },
  keeps: (wanted) => ({ inputs: wanted.weights.has('kernel'), output: readsOutput(node.activation) }),
  backward: (gradient, passed, wanted) =>
    beforeActivation(native, node.activation, gradient, passed.output, (inner) => {
      const weights: Record<string, Tensor> = {};
      if (wanted.weights.has('kernel')) weights.kernel = product(native, single(passed.inputs), inner, 'first');
      if (wanted.weights.has('bias')) weights.bias = biasGradient(native, inner);
      const toInput = (): Tensor => product(native, inner, weightOfKind(passed.weights, 'kernel'), 'second');
      return { inputs: [wanted.inputs[0] ? toInput() : undefined], weights };
    }),
});
