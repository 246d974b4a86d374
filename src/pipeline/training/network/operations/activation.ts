import type { Tensor } from '@tensorflow/tfjs-node';
import type { Activation } from '../../../domain/network.ts';
import type { Native } from '../native.ts';
import { type OperationOf, single } from '../operation.ts';

/**
 * Softmax stands at the end only and belongs to the loss there, so it changes nothing here. Sigmoid and tanh never get this far:
 * `operationOf` refuses them.
 */
const forwardOperation: Record<Activation, string | undefined> = {
  linear: undefined,
  softmax: undefined,
  sigmoid: undefined,
  tanh: undefined,
  relu: 'Relu',
  relu6: 'Relu6',
};

/** TensorFlow's gradients of both take the output as well as the input. */
const gradientOperation: Record<Activation, string | undefined> = {
  linear: undefined,
  softmax: undefined,
  sigmoid: undefined,
  tanh: undefined,
  relu: 'ReluGrad',
  relu6: 'Relu6Grad',
};

/** Whether the gradient reads the activation's output. */
export function readsOutput(activation: Activation): boolean {
  return gradientOperation[activation] !== undefined;
}

/** The activated value; the given one is gone. */
export function activated(native: Native, activation: Activation, value: Tensor): Tensor {
  const operation = forwardOperation[activation];
  return operation === undefined ? value : native.through(operation, [native.attributes.float('T')], value);
}

/** Calls `next` with the gradient before the activation, which is gone afterwards. */
export function beforeActivation<Result>(
  native: Native,
  activation: Activation,
  gradient: Tensor,
  output: Tensor,
  next: (inner: Tensor) => Result,
): Result {
  const operation = gradientOperation[activation];
  if (operation === undefined) return next(gradient);
  const inner = native.run(operation, [native.attributes.float('T')], [gradient, output]);
  const result = next(inner);
  inner.dispose();
  return result;
}

export const activation: OperationOf<'activation'> = (native, node) => ({
  forward: (inputs) => activated(native, node.activation, single(inputs).clone()),
  keeps: () => ({ inputs: false, output: readsOutput(node.activation) }),
  backward: (gradient, { output }) =>
    beforeActivation(native, node.activation, gradient, output, (inner) => ({ inputs: [inner.clone()], weights: {} })),
});
