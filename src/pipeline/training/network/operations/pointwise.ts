import type { Tensor } from '@tensorflow/tfjs-node';
import type { Native } from '../native.ts';
import { type NodeOf, type Operation, single, weightOfKind } from '../operation.ts';
import { activated, beforeActivation, readsOutput } from './activation.ts';
import { addedBias, biasGradient } from './bias.ts';
import { product } from './product.ts';

/** Whether a convolution looks at one pixel at a time and at every one. */
export function isPointwise({ kernelSize, stride }: NodeOf<'conv'>): boolean {
  return kernelSize === 1 && stride === 1;
}

/**
 * A 1×1 convolution as a product of matrices, pixels × channels: both gradients take half of the time that TensorFlow's
 * convolution gradients take (EfficientNet-Lite0 on AVX-512).
 * @param inside the forward pass where another one is faster
 */
export function pointwise(native: Native, node: NodeOf<'conv'>, inside: Operation['forward'] | undefined): Operation {
  const { activation } = node;
  return {
    forward: (inputs, weights, pass) => {
      const input = single(inputs);
      const channels = input.shape[3] ?? 0;
      if (inside !== undefined && channels < node.filters) return inside(inputs, weights, pass);
      const kernel = weightOfKind(weights, 'kernel');
      const value = withMatrices(native, [input, kernel], ([pixels, matrix]) => product(native, pixels, matrix));
      const shifted = node.bias ? addedBias(native, value, weightOfKind(weights, 'bias')) : value;
      const answer = activated(native, activation, shifted);
      return native.through(
        'Reshape',
        reshapeAttributes(native),
        answer,
        native.integers([...input.shape.slice(0, 3), node.filters]),
      );
    },
    keeps: (wanted) => ({ inputs: wanted.weights.has('kernel'), output: readsOutput(activation) }),
    backward: (gradient, passed, wanted) =>
      beforeActivation(native, activation, gradient, passed.output, (inner) => {
        const input = single(passed.inputs);
        const kernel = weightOfKind(passed.weights, 'kernel');
        const weights: Record<string, Tensor> = {};
        if (wanted.weights.has('bias')) weights.bias = biasGradient(native, inner);
        if (wanted.weights.has('kernel')) {
          const found = withMatrices(native, [input, inner], ([pixels, outer]) =>
            product(native, pixels, outer, 'first'),
          );
          weights.kernel = native.through('Reshape', reshapeAttributes(native), found, native.integers(kernel.shape));
        }
        const toInput = (): Tensor => {
          const found = withMatrices(native, [inner, kernel], ([outer, matrix]) =>
            product(native, outer, matrix, 'second'),
          );
          return native.through('Reshape', reshapeAttributes(native), found, native.integers(input.shape));
        };
        return { inputs: [wanted.inputs[0] ? toInput() : undefined], weights };
      }),
  };
}

function reshapeAttributes({ attributes }: Native) {
  return [attributes.float('T'), attributes.int32('Tshape')];
}

/** Calls `next` with both tensors as matrices whose columns are the last axis. Nothing is copied. */
function withMatrices(
  native: Native,
  tensors: readonly [Tensor, Tensor],
  next: (matrices: readonly [Tensor, Tensor]) => Tensor,
): Tensor {
  const matrix = (tensor: Tensor): Tensor => {
    const columns = tensor.shape.at(-1) ?? 1;
    return native.run('Reshape', reshapeAttributes(native), [
      tensor,
      native.integers([tensor.size / columns, columns]),
    ]);
  };
  const matrices = [matrix(tensors[0]), matrix(tensors[1])] as const;
  const result = next(matrices);
  native.tf.dispose([...matrices]);
  return result;
}
