import type { Tensor } from '@tensorflow/tfjs-node';
import type { Native } from '../native.ts';
import { fusedProduct } from '../one-dnn.ts';
import { type NodeOf, type Operation, single, weightOfKind } from '../operation.ts';
import { beforeActivation, readsOutput } from './activation.ts';
import { biasGradient } from './bias.ts';
import { isLargeProduct, product } from './product.ts';

/** Whether a convolution looks at one pixel at a time and at every one. */
export function isPointwise({ kernelSize, stride }: NodeOf<'conv'>): boolean {
  return kernelSize === 1 && stride === 1;
}

/**
 * A 1×1 convolution as a product of matrices, pixels × channels: both gradients take half of the time that TensorFlow's
 * convolution gradients take (EfficientNet-Lite0 on AVX-512).
 * @param asConvolution the forward pass of any convolution
 */
export function pointwise(native: Native, node: NodeOf<'conv'>, asConvolution: Operation['forward']): Operation {
  const { activation, filters } = node;
  return {
    forward: (inputs, weights, pass) => {
      const input = single(inputs);
      const isFused = node.bias && native.oneDnn.fuses && isLargeProduct(input.size * filters);
      if (!isFused) return asConvolution(inputs, weights, pass);
      const fused = { bias: weightOfKind(weights, 'bias'), activation };
      const answer = withMatrices(native, [input, weightOfKind(weights, 'kernel')], ([pixels, matrix]) =>
        fusedProduct(native, pixels, matrix, fused),
      );
      return reshaped(native, answer, [...input.shape.slice(0, 3), filters]);
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
          weights.kernel = reshaped(native, found, kernel.shape);
        }
        const toInput = (): Tensor => {
          const found = withMatrices(native, [inner, kernel], ([outer, matrix]) =>
            product(native, outer, matrix, 'second'),
          );
          return reshaped(native, found, input.shape);
        };
        return { inputs: [wanted.inputs[0] ? toInput() : undefined], weights };
      }),
  };
}

/** The given one is gone. */
function reshaped(native: Native, value: Tensor, shape: readonly number[]): Tensor {
  return native.through('Reshape', reshapeAttributes(native), value, native.integers(shape));
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
